"""What every sheet of one workbook shares: programme, limits, layout, lists, and where the workings stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from attrs import frozen

from grantcalc.draft.fields import NO_CHOICE, SPECIAL_FIELDS
from grantcalc.draft.model import (
    ApplicantKind,
    Caseload,
    Draft,
    Education,
    Fund,
    Lecturer,
    Licence,
    Line,
    Manuscript,
    Period,
    RiskAllowance,
    Role,
    TravelPart,
)
from grantcalc.money import Number
from grantcalc.reading.names import Counties, Vocabulary
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Row, Tables
from grantcalc.text import Bilingual, Language, Message
from grantcalc.units import QUANTITY_UNITS
from grantcalc.workbook.caps import Caps, ItemCap, caps_of
from grantcalc.workbook.heads import Heads, heads_by_day
from grantcalc.workbook.insurancecaps import add_costs
from grantcalc.workbook.layout import FIRST_ROW, Layout, Refs, Sheet, letters
from grantcalc.workbook.lists import Lists, add_choices, add_counties, category_names, item_rows, units_text
from grantcalc.workbook.postcaps import add_scales

YES = Message("yes")
NO = Message("no")

Value = str | int | Decimal | dt.date
"""What a formula's cell shows."""


@frozen
class Formula:
    """A formula and the value it has now, so that a fresh file needs no recalculation."""

    text: str
    value: Value = ""

    @classmethod
    def constant(cls, value: Number) -> Formula:
        """A number that depends on no cell."""
        return cls(f"{value:f}" if isinstance(value, Decimal) else str(value), value)


COUNTY_ORDER = "allocation"
"""The table whose order the drop-down of counties follows."""

TEAM = frozenset({Role.CASE_MANAGER, Role.SENIOR_CASE_MANAGER, Role.SUPERVISOR})
"""The roles whose posts a county is approved for together (核定補助員額)."""

LINE_WORK = (
    "fund",
    "row",
    "rule",
    "category",
    "travel",
    "lecturer",
    "priced",
    "leader",
    "talk",
    "floor",
    "taken",
    "known",
)
"""Workings of a row of 經費, beside its units."""
POST_WORK = (
    *("role", "fund", "education", "risk", "licences", "count", "insured"),
    *("start", "end", "hired", "touched", "whole", "first", "last", "bonus", "one", "own_pay", "own_insurance"),
    *("taken_pay", "known_pay", "taken_allowance", "known_allowance", "taken_insurance", "known_insurance", "team"),
)
"""Workings of a row of 人力, beside one column for each role."""


@frozen(kw_only=True)
class Book:
    """One workbook as it is laid out."""

    programme: Programme
    tables: Tables
    language: Language
    layout: Layout
    lists: Lists
    caps: Caps
    draft: Draft | None = None

    @cached_property
    def team(self) -> tuple[Role, ...]:
        """Roles counted together: case managers and supervisors; every role where the programme has none of these."""
        return tuple(role for role in self.programme.roles if role in TEAM) or self.programme.roles

    @property
    def period(self) -> Period:
        """The period on the cover, else the programme's."""
        return (self.draft.period if self.draft else None) or self.programme.period

    @cached_property
    def heads(self) -> Heads:
        """Persons whom the subsidy pays, on every day on which a post of the draft starts."""
        return heads_by_day(self.draft.positions if self.draft else (), self.period)

    @cached_property
    def line_work(self) -> tuple[str, ...]:
        """Columns of the workings of rows."""
        return (*LINE_WORK, *(f"unit{number}" for number in range(1, self.layout.pairs + 1)))

    @cached_property
    def post_work(self) -> tuple[str, ...]:
        """Columns of the workings of posts."""
        return (*POST_WORK, *(f"at_{role.value}" for role in self.programme.roles))

    @cached_property
    def work_letters(self) -> Mapping[Sheet, Mapping[str, str]]:
        """Columns of the hidden sheet that hold workings, after the lists."""
        first = len(self.lists.columns)
        posts = first + len(self.line_work)
        return {
            Sheet.BUDGET: {name: letters(first + index) for index, name in enumerate(self.line_work)},
            Sheet.STAFF: {name: letters(posts + index) for index, name in enumerate(self.post_work)},
        }

    def cap_of(self, line: Line) -> ItemCap:
        """How the unit price of a row is capped, for the applicant of the draft."""
        return self.caps.of(line.item, self.draft.applicant_kind if self.draft else None)

    @property
    def is_government(self) -> str:
        """Whether the applicant on the cover is a government, as a formula."""
        kind = code_of("applicant_kind", self.layout.cover("applicant_kind"))
        return f'{kind}="{ApplicantKind.COUNTY_GOVERNMENT.value}"'

    def row(self, sheet: Sheet, row: int) -> Refs:
        """Cells of a row of 人力 or 經費."""
        return Refs(self.layout.sheet(sheet), self.layout.columns(sheet), row)

    def work(self, sheet: Sheet, row: int) -> Refs:
        """Workings of a row of 人力 or 經費."""
        return Refs(self.layout.sheet(Sheet.LISTS), self.work_letters[sheet], row)

    def column(self, sheet: Sheet, name: str, *, work: bool = True) -> str:
        """All cells of one column, of the workings unless told otherwise."""
        column = (self.work_letters[sheet] if work else self.layout.columns(sheet))[name]
        home = self.layout.sheet(Sheet.LISTS if work else sheet)
        return f"'{home}'!${column}${FIRST_ROW}:${column}${self.layout.last_row(sheet)}"

    def rows(self, sheet: Sheet) -> Iterable[int]:
        """Rows prepared for input."""
        return range(FIRST_ROW, self.layout.last_row(sheet) + 1)


def code_of(name: str, cell: str, blank: str = "") -> str:
    """What a name in a cell stands for; ``blank`` where the cell is empty, a question mark where it is no such name."""
    return f'IF({cell}="","{blank}",IFERROR(INDEX(gc_{name}_codes,MATCH({cell},gc_{name}_keys,0)),"?"))'


def open_book(
    programme: Programme, tables: Tables, language: Language, layout: Layout, draft: Draft | None = None
) -> Book:
    """Lay out the lists of a programme."""
    lists = Lists(layout.sheet(Sheet.LISTS))
    caps = caps_of(programme, tables)
    vocabulary = Vocabulary.of(programme)
    _add_items(lists, programme, caps, vocabulary, language)
    lists.add("category", (language(category.title) for category in programme.categories))
    lists.names("category", category_names(vocabulary, programme.categories))
    for name, members in (
        ("applicant_kind", tuple(ApplicantKind)),
        ("role", programme.roles),
        ("education", tuple(Education)),
        ("risk_allowance", tuple(RiskAllowance)),
        ("fund", tuple(Fund)),
        ("lecturer", tuple(Lecturer)),
        ("travel", tuple(TravelPart)),
        ("manuscript", tuple(Manuscript)),
        ("unit", QUANTITY_UNITS),
    ):
        add_choices(lists, name, members, language)
    lists.add("licences", _licence_sets(language))
    lists.add("flag", (language(YES), language(NO)))
    counties = _in_document_order(programme, tables)
    add_counties(lists, (Bilingual(row["name_zh"], row["name_en"]) for row in counties), Counties.of(tables), language)
    _add_limits(lists, programme, tables, caps)
    return Book(
        programme=programme, tables=tables, language=language, layout=layout, lists=lists, caps=caps, draft=draft
    )


def _add_items(lists: Lists, programme: Programme, caps: Caps, vocabulary: Vocabulary, language: Language) -> None:
    items = tuple(programme.items.values())
    codes = tuple(item.code for item in items)
    lists.add("item_codes", codes)
    lists.add("item", (language(item.name) for item in items))
    lists.add("item_category", (item.category for item in items))
    lists.add("item_units", (units_text(item.units) for item in items))
    lists.add("item_unit_names", (language.listed(language.label(unit) for unit in item.units) for item in items))
    lists.add("item_caps", (caps.items[code].dollars for code in codes))
    lists.add("item_floors", (caps.items[code].floor for code in codes))
    lists.add("item_rules", (caps.items[code].rule.value for code in codes))
    if caps.government:
        bound = [caps.of(code, ApplicantKind.COUNTY_GOVERNMENT) for code in codes]
        lists.add("item_government_caps", (cap.dollars for cap in bound))
        lists.add("item_government_rules", (cap.rule.value for cap in bound))
    rows = item_rows(vocabulary, items)
    lists.add("item_keys", rows)
    lists.add("item_rows", rows.values())


def _in_document_order(programme: Programme, tables: Tables) -> list[Row]:
    """The counties as the allocation table lists them (the programme's own, else another's), else by their codes."""
    found = [info.id for info in tables.infos() if info.id.endswith(f"/{COUNTY_ORDER}")]
    found.sort(key=lambda name: name != f"{programme.document}/{COUNTY_ORDER}")
    order = [row["county"] for row in tables[found[0]].rows] if found else []
    rows = list(tables["common/counties"].rows)
    return sorted(rows, key=lambda row: order.index(row["name_zh"]) if row["name_zh"] in order else len(order))


def _licence_sets(language: Language) -> list[str]:
    """Every licence alone, and the pair a social worker holds at most."""
    pair = (Licence.SOCIAL_WORKER, Licence.SPECIALIST_SOCIAL_WORKER)
    return [
        language(NO_CHOICE),
        *(language.label(licence) for licence in Licence),
        language.listed(map(language.label, pair)),
    ]


def _add_limits(lists: Lists, programme: Programme, tables: Tables, caps: Caps) -> None:
    if caps.distances is not None:
        lists.add("km_from", (row["km_from"] for row in caps.distances.rows))
        lists.add("km_amount", (row["amount"] for row in caps.distances.rows))
    if caps.lectures is not None:
        lists.add("lecture_kinds", (kind.value if kind else "none" for kind in caps.lectures.fees))
        lists.add("lecture_caps", caps.lectures.fees.values())
    add_scales(lists, programme, tables)
    add_costs(lists, caps.insurance)
    known = {info.id for info in tables.infos()}
    for table in ("allocation", "approved_posts"):
        if f"{programme.document}/{table}" in known:
            _add_table(lists, table, tables, f"{programme.document}/{table}")


def _add_table(lists: Lists, name: str, tables: Tables, table_id: str) -> None:
    table = tables[table_id]
    for column in table.info.columns:
        lists.add(f"{name}_{column.name}", (row[column.name] for row in table.rows))


def quantities(draft: Draft | None) -> int:
    """The most quantities that a row of a draft has."""
    return max((len(line.quantities) for line in draft.lines), default=0) if draft else 0


def stated_special(draft: Draft | None) -> frozenset[str]:
    """Special fields of the caseload that a draft states, whatever its programme: none of them is lost."""
    load = draft.caseload if draft else Caseload()
    names = (name for name in SPECIAL_FIELDS if getattr(load, name.removeprefix("caseload.")) is not None)
    return frozenset(names)
