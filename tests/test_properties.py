"""Properties that hold for every draft: limits, caps, missing inputs, both file forms, and no crash.

The limits of all rules stand in ``limits.toml``, written by hand from the documents.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grantcalc.checking import Report, check
from grantcalc.draft.model import Draft, Origin, Reading
from grantcalc.finding import Finding, Outcome, Status
from grantcalc.reading import read
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.rules.registry import kind_of
from grantcalc.rules.rule import Limit
from grantcalc.tabledata import Tables
from grantcalc.text import Language, Tongue
from grantcalc.workbook.template import write_draft
from tests.strategies import drafts, expressible
from tests.test_cases import minimal
from tests.thorough import examples

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*/**/*.json"))
DRAWN = ("dapc-113", "fsp-113", "rsp-108-2", "rsp-108-1b")
"""Programmes of which drafts are made up: one for each list of items."""
RSP_108 = ("rsp-108-1a", "rsp-108-1b", "rsp-108-1c", "rsp-108-2", "rsp-108-3")
GRAVE = {Outcome.ERROR, Outcome.WARNING}
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

OTHER_ROWS: dict[str, list[dict[str, Any]]] = {
    "dapc-113": [
        {"ref": "R1", "category": "業務費", "item": "postage", "description": "郵資", "unit_price": 45000,
         "quantities": [{"number": 12, "unit": "month"}]},
        {"ref": "R2", "category": "業務費", "item": "stationery", "description": "文具", "unit_price": 25000,
         "quantities": [{"number": 12, "unit": "month"}]},
    ],
    "fsp-113": [
        {"ref": "R1", "category": "個案服務費", "item": "visit-counselling", "description": "家訪", "unit_price": 250,
         "quantities": [{"number": 32, "unit": "time"}, {"number": 12, "unit": "month"}]},
        {"ref": "R2", "category": "訓練及活動費", "item": "printing", "description": "單張", "unit_price": 24000,
         "quantities": [{"number": 1, "unit": "lot"}]},
    ],
    **{programme: [
        {"ref": "R1", "category": "業務費", "item": "stationery", "description": "文具", "unit_price": 100000,
         "quantities": [{"number": 1, "unit": "lot"}]},
        {"ref": "R2", "category": "業務費", "item": "printing", "description": "手冊", "unit_price": 140000,
         "quantities": [{"number": 1, "unit": "lot"}]},
    ] for programme in RSP_108},
}  # fmt: skip
"""Rows beside the one that is judged: 840,000, 120,000 and 240,000 dollars."""


@cache
def library() -> Library:
    """One library for the whole run."""
    return Library()


# ---- limits ----


@frozen(kw_only=True)
class Bound:
    """One entry of limits.toml."""

    rule: str
    programme: str
    number: str
    at: Any
    finding: str
    direction: str
    kind: str
    most: int | None
    step: int
    draft: Mapping[str, Any]
    positions: tuple[dict[str, Any], ...]
    lines: tuple[dict[str, Any], ...]

    @property
    def id(self) -> str:
        """Names the entry in a test run."""
        return f"{self.rule}-{self.number}-{self.direction}-{self.at}"

    def beyond(self, distance: Any) -> Any:
        """The value so far on the wrong side of the limit."""
        sign = -1 if self.direction == "below" else 1
        if self.kind == "date":
            return (dt.date.fromisoformat(self.at) + sign * dt.timedelta(days=distance)).isoformat()
        if self.kind == "part":
            return distance
        return self.at + sign * distance * self.step

    def distances(self) -> st.SearchStrategy[Any]:
        """How far from the limit."""
        if self.kind == "decimal":
            return st.decimals(Decimal("0.01"), Decimal(self.most or 1000), places=2)
        if self.kind == "part":
            return st.decimals(Decimal("0.01"), Decimal(99), places=2).filter(lambda value: value * 2 % 1 != 0)
        return st.integers(1, self.most or 10**6)


def bounds() -> Iterator[Bound]:
    """Every entry on disk."""
    raw = tomllib.loads((ROOT / "tests" / "limits.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    for entry in raw["limit"]:
        folder = entry["rule"].split("/")[0]
        known = {"dapc-113": "dapc-113", "rsp-108": "rsp-108-2"}.get(folder, "fsp-113")
        programme = entry.get("programme", known)
        yield Bound(
            rule=entry["rule"],
            programme=programme,
            number=entry["number"],
            at=entry["at"],
            finding=entry.get("finding", entry["number"]),
            direction=entry.get("direction", "above"),
            kind=entry.get("kind", "integer"),
            most=entry.get("most"),
            step=entry.get("step", 1),
            draft=entry.get("draft", {}),
            positions=tuple(entry.get("positions", ())),
            lines=tuple(entry.get("lines", ())),
        )


BOUNDS = list(bounds())


def with_value(bound: Bound, value: Any, order: Callable[[list[Any]], list[Any]] = list) -> dict[str, Any]:
    """The smallest draft with the entry's rows and one value in place, its rows in some order."""
    raw: dict[str, Any] = {
        **minimal(bound.programme),
        **copy.deepcopy(dict(bound.draft)),
        "positions": copy.deepcopy(list(bound.positions)),
        "lines": copy.deepcopy([*bound.lines, *OTHER_ROWS[bound.programme]]),
    }
    raw["positions"], raw["lines"] = order(raw["positions"]), order(raw["lines"])
    holder: Any = raw
    *steps, last = re.findall(r"[^.\[\]]+", placed(bound.number, raw))
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else holder.setdefault(step, {})
    holder[last] = value
    return raw


def placed(path: str, raw: Mapping[str, Any]) -> str:
    """A path with the row's ref turned into its number."""
    match = re.match(r"(positions|lines)\[(\w+)\]", path)
    if match is None:
        return path
    index = next(index for index, row in enumerate(raw[match[1]]) if row["ref"] == match[2])
    return f"{match[1]}[{index}]{path[match.end() :]}"


def judged(raw: Mapping[str, Any], programme: Programme | None = None, tables: Tables | None = None) -> Report:
    """The report on a draft in its JSON form."""
    reading = structure(dict(raw), library(), "draft.json")
    return check(reading, programme or library().programme(raw["programme"]), tables or library().tables)


def grave(report: Report) -> list[tuple[str, str]]:
    """Rule and path of every error and warning."""
    return [(one.rule, one.place.path) for one in report.findings if one.outcome in GRAVE]


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound.id)
def test_at_the_limit_nothing_is_wrong(bound: Bound) -> None:
    report = judged(with_value(bound, bound.at))
    assert [(one.rule, one.place.path) for one in report.findings if one.outcome is Outcome.ERROR] == []
    assert [rule for rule, _ in grave(report) if rule == bound.rule] == []


@settings(SLOW, max_examples=examples(6))
@given(data=st.data())
@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound.id)
def test_beyond_the_limit_one_rule_fails_at_one_place(bound: Bound, data: st.DataObject) -> None:
    value = bound.beyond(data.draw(bound.distances()))
    raw = with_value(bound, value, lambda rows: data.draw(st.permutations(rows)))
    assert grave(judged(raw)) == [(bound.rule, placed(bound.finding, raw))]


def test_every_rule_with_a_price_or_a_limit_has_an_entry() -> None:
    covered = {bound.rule for bound in BOUNDS}
    for programme in library().programmes():
        for rule in programme.rules:
            numbers = [value for value in _values(rule.values) if isinstance(value, Limit)]
            if numbers and kind_of(rule.kind).together is None:
                assert rule.id in covered
        owners = {item.price_owner for item in programme.items.values() if item.price_owner}
        assert owners <= covered


def _values(values: Any) -> Iterator[Any]:
    if attrs.has(type(values)):
        yield from (getattr(values, field.name) for field in attrs.fields(type(values)))


# ---- caps ----

CAPS = {
    "common/attendance-fee": ("cap",),
    "common/lecture-fee": ("external", "subordinate", "internal", "assistant_share"),
    "common/lodging-cap": ("weekday", "holiday"),
    "common/travel-misc": ("cap",),
    "common/manuscript-fee": ("chinese_general_to", "chinese_special_to", "foreign_general_to"),
    "common/months-cap": ("cap",),
    "fsp-113/step-range": ("highest", "rise"),
    "fsp-113/travel-estimate": ("price",),
    "fsp-113/office-rent": ("monthly",),
    "fsp-113/employer-insurance": ("monthly",),
    "fsp-113/management-fee": ("rate",),
    "dapc-113/own-funds-ceiling": ("share",),
    "rsp-108/step-experience": ("highest",),
    "rsp-108/management-fee-5": ("rate",),
    "rsp-108/management-fee-10": ("rate",),
    "rsp-108/miscellaneous": ("rate", "ceiling"),
    "rsp-108/off-hours-duty": ("monthly",),
    "rsp-108/travel-estimate": ("price",),
    "rsp-108/office-rent": ("monthly",),
    "rsp-108/literature": ("most",),
}
"""Limits that are caps, by the name of the value that holds them."""

JUDGED_BY_CAPS = [
    with_value(bound, bound.beyond(distance))
    for bound in BOUNDS
    for distance in (Decimal("0.25") if bound.kind == "part" else 1, bound.most or 500)
    if not (bound.kind == "part" and distance != Decimal("0.25"))
]


def raised(programme: Programme, rule_id: str, name: str, by: int) -> Programme:
    """The programme with one limit of one rule raised by so many percent."""

    def lifted(rule: Any) -> Any:
        if rule.id != rule_id:
            return rule
        limit = getattr(rule.values, name)
        value = min(limit.value * (1 + Decimal(by) / 100), Decimal(1) if limit.value < 1 else Decimal(10**7))
        return evolve(rule, values=evolve(rule.values, **{name: evolve(limit, value=value)}))

    return evolve(programme, rules=tuple(map(lifted, programme.rules)))


@settings(SLOW, max_examples=examples(20))
@given(raw=st.sampled_from(JUDGED_BY_CAPS), by=st.integers(1, 300), data=st.data())
def test_raising_a_limit_adds_no_finding(raw: dict[str, Any], by: int, data: st.DataObject) -> None:
    programme = library().programme(raw["programme"])
    known = [(rule, name) for rule, names in CAPS.items() for name in names if programme.rule(rule)]
    rule, name = data.draw(st.sampled_from(known))
    before, after = grave(judged(raw)), grave(judged(raw, raised(programme, rule, name, by)))
    assert set(after) <= set(before)


@settings(SLOW, max_examples=examples(20))
@given(raw=st.sampled_from(JUDGED_BY_CAPS), by=st.integers(1, 10**6), data=st.data())
def test_raising_the_cap_of_an_item_adds_no_finding(raw: dict[str, Any], by: int, data: st.DataObject) -> None:
    programme = library().programme(raw["programme"])
    names = ("price_cap", "times_limit", "hours_per_time", "persons_per_time")
    codes = [code for code, item in programme.items.items() if any(getattr(item, name) for name in names)]
    if not codes:
        return
    item = programme.items[data.draw(st.sampled_from(codes))]
    higher = {name: getattr(item, name) + by for name in names if getattr(item, name)}
    items = {**programme.items, item.code: evolve(item, **higher)}
    before, after = grave(judged(raw)), grave(judged(raw, evolve(programme, items=items)))
    # The half rate owns a co-leader's price where half of the leader's is below the cap.
    assert len(after) <= len(before)
    assert {path for _, path in after} <= {path for _, path in before}


@pytest.mark.parametrize("more", [1, 1000, 10**6])
def test_raising_the_approved_amounts_adds_no_finding(more: int, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tables", tmp_path / "tables")
    file = tmp_path / "tables" / "dapc-113" / "allocation.csv"
    lines = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    raised_rows = [[row[0], *(str(int(cell) + more) for cell in row[1:])] for row in lines[1:]]
    file.write_text("\n".join(",".join(row) for row in [lines[0], *raised_rows]) + "\n", encoding="utf-8")
    other = Library(tables=Tables(directory=tmp_path / "tables"))
    for path in EXAMPLES:
        raw = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        if raw["programme"] == "dapc-113" and not path.stem.startswith("own-funds"):
            after = grave(judged(raw, other.programme("dapc-113"), other.tables))
            assert set(after) <= set(grave(judged(raw)))


# ---- missing inputs ----

SUPPORTING = {
    "positions": (
        "role", "education", "licences", "step", "previous_step", "points", "continuing", "previous_pay", "workplace",
        "person", "field", "experience_years", "hired_on",
    ),
    "lines": ("details.km", "details.person", "details.date", "details.lecturer"),
    "": (
        "caseload.cases", "caseload.families_per_month", "caseload.new_families", "recruitment_round", "filed_on",
        "approved_on", "continuing_plan", "funding.minimum_own_ratio", "county", "applicant_kind", "caseload.housed",
        "caseload.referrals", "caseload.group_attendances", "caseload.trained_or_placed", "caseload.staff_trained",
        "caseload.material_sets", "caseload.conferences",
    ),
}  # fmt: skip
"""Fields that a rule needs beside the number it judges."""

IS_THE_FAULT = {
    ("draft/duplicate-person", "person"),  # the name itself is what stands twice
    ("draft/period", "details.date"),  # the day itself lies outside
    ("rsp-108/case-manager-pay", "points"),  # points stated above those of the scale
    ("common/attendance-fee", "details.person"),  # naming a member of staff is the fault
    ("draft/duplicate-line", "details.km"),  # a row that says less is no longer the same
    ("draft/duplicate-line", "details.person"),
    ("draft/duplicate-line", "details.date"),
    ("draft/duplicate-line", "details.lecturer"),
    ("draft/duplicate-line", "details.travel"),
    ("draft/duplicate-line", "details.place"),
    ("draft/duplicate-line", "details.manuscript"),
}
"""Where the field that is removed is itself what is wrong."""


def removals(draft: Draft) -> list[tuple[str, int, str]]:
    """Every supporting field that the draft states: group, row, name."""
    found = [("", 0, name) for name in SUPPORTING[""] if _get(draft, name) is not None]
    for group in ("positions", "lines"):
        for index, row in enumerate(getattr(draft, group)):
            found += [(group, index, name) for name in SUPPORTING[group] if _get(row, name) is not None]
    return found


def _get(holder: Any, name: str) -> Any:
    for part in name.split("."):
        holder = getattr(holder, part)
    return holder


def without(holder: Any, name: str) -> Any:
    """The same with one field not stated."""
    first, _, rest = name.partition(".")
    return evolve(holder, **{first: without(getattr(holder, first), rest) if rest else None})


def lacking(draft: Draft, group: str, index: int, name: str) -> Draft:
    """The draft without one field."""
    if not group:
        return without(draft, name)  # type: ignore[no-any-return]
    rows = list(getattr(draft, group))
    rows[index] = without(rows[index], name)
    return evolve(draft, **{group: tuple(rows)})


def in_place(draft: Draft) -> Draft:
    """The draft with the origins that a JSON file gives its rows."""
    return evolve(
        draft,
        positions=tuple(evolve(row, origin=Origin(path=f"positions[{i}]")) for i, row in enumerate(draft.positions)),
        lines=tuple(evolve(row, origin=Origin(path=f"lines[{i}]")) for i, row in enumerate(draft.lines)),
    )


def report_on(draft: Draft) -> Report:
    """The report on a draft that no file holds."""
    return check(Reading(draft=in_place(draft)), library().programme(draft.programme), library().tables)


def statuses(draft: Draft) -> dict[str, Status]:
    """What became of each rule."""
    return {result.rule.id: result.status for result in report_on(draft).rules}


def newly_passed(
    draft: Draft, group: str, index: int, name: str, known: Mapping[str, Status] | None = None
) -> list[str]:
    """Rules that pass only because a field is no longer stated."""
    before, after = known or statuses(draft), statuses(lacking(draft, group, index, name))
    return [
        rule
        for rule, status in after.items()
        if status is Status.PASSED
        and before[rule] in {Status.FAILED, Status.COULD_NOT_RUN}
        and (rule, name) not in IS_THE_FAULT
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_an_example_that_says_less_passes_no_rule_more(example: Path) -> None:
    draft = read(example, library()).draft
    known = statuses(draft)
    gained = {(*field, rule) for field in removals(draft) for rule in newly_passed(draft, *field, known)}
    assert gained == set()


@settings(SLOW, max_examples=examples(20))
@given(data=st.data())
@pytest.mark.parametrize("programme", DRAWN)
def test_a_draft_that_says_less_passes_no_rule_more(programme: str, data: st.DataObject) -> None:
    draft = data.draw(drafts(programme))
    fields = removals(draft)
    if fields:
        assert newly_passed(draft, *data.draw(st.sampled_from(fields))) == []


# ---- the two forms of a draft ----


def told(report: Report) -> list[tuple[str, str, str, str, str]]:
    """What a report finds, without what only a file's form brings about."""
    apart = {"draft/normalised", "draft/unread-cell"}
    found = [one for one in report.findings if one.rule not in apart]
    return sorted((one.rule, one.outcome.value, one.place.path, *_numbers(one)) for one in found)


def _numbers(finding: Finding) -> tuple[str, str]:
    return str(finding.stated), str(finding.allowed)


def through_workbook(draft: Draft, folder: Path, tongue: Tongue) -> Reading:
    """The draft written into the form and read back."""
    file = folder / "draft.xlsx"
    write_draft(draft, file, library().programme(draft.programme), library(), Language(tongue), posts=2, rows=2)
    return read(file, library())


def same_in_both_forms(draft: Draft, folder: Path, tongue: Tongue) -> None:
    reading = through_workbook(draft, folder, tongue)
    assert reading.draft == draft
    programme = library().programme(draft.programme)
    assert told(check(reading, programme, library().tables)) == told(report_on(draft))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_an_example_is_the_same_in_both_forms(example: Path, tmp_path: Path) -> None:
    reading = read(example, library())
    if not reading.problems:
        same_in_both_forms(expressible(reading.draft), tmp_path, Tongue.ZH_TW)


@settings(SLOW, max_examples=examples(6))
@given(data=st.data())
@pytest.mark.parametrize("programme", DRAWN)
def test_a_draft_is_the_same_in_both_forms(
    programme: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    draft = expressible(data.draw(drafts(programme)))
    same_in_both_forms(draft, tmp_path_factory.mktemp("form"), data.draw(st.sampled_from(Tongue)))


# ---- no crash ----


@settings(SLOW, max_examples=examples(25))
@given(data=st.data())
@pytest.mark.parametrize("programme", DRAWN)
def test_no_draft_makes_a_rule_crash(programme: str, data: st.DataObject) -> None:
    draft = data.draw(drafts(programme))
    report = report_on(draft)
    assert report.allowed >= 0
    for language in (Language(Tongue.ZH_TW), Language(Tongue.EN)):
        assert all(language(one.message) and language(one.remedy) for one in report.findings)
