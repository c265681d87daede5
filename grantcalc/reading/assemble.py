"""Puts a draft together from the fields a file holds; the JSON reader and the workbook reader both end here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Any

from attrs import define, field

from grantcalc.draft.fields import COVER_FIELDS, LINE_FIELDS, POSITION_FIELDS, FieldSpec, Kind
from grantcalc.draft.model import (
    Caseload,
    Details,
    Draft,
    Funding,
    Line,
    Origin,
    OtherFund,
    Period,
    Position,
    Quantity,
    Role,
    Totals,
)
from grantcalc.money import Number
from grantcalc.reading.names import Counties, Vocabulary, folded, likely
from grantcalc.reading.problems import ADD_KEY, FILL_IN, FOUND, MISSING_KEY, MISSING_LABEL, Sink, shown
from grantcalc.reading.values import (
    A_COUNTY,
    A_PROGRAMME,
    CHOOSE,
    DATE,
    DID_YOU_MEAN,
    ONE_OF,
    ONE_OF_THESE,
    Convert,
    choice,
    converter,
    money,
    one_of,
    plain_number,
    text,
)
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.text import Message, Text, joined
from grantcalc.units import Unit

REVERSED = Message("The period ends on {end}, before it starts on {start}.")
SWAP = Message("Give the first day as start and the last day as end.")
A_QUANTITY = Message("a number with its unit")
BOTH = Message("Give both the number and the unit, or neither.")
A_FUND = Message("a source with its amount")
BOTH_OF_FUND = Message("Give both the source and its amount, or neither.")

NO_DETAILS = Details()


@define
class Assembler:
    """Holds the converters of one reading."""

    library: Library
    sink: Sink
    programme: Programme | None = None
    vocabulary: Vocabulary = field(factory=lambda: Vocabulary.of(None))
    counties: Counties = field(init=False)
    number: Convert = field(init=False)
    money: Convert = field(init=False)
    text: Convert = field(init=False)
    unit: Convert = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.counties = Counties.of(self.library.tables)
        self.number = plain_number(self.sink)
        self.money = money(self.sink)
        self.text = text(self.sink)
        self.unit = choice(Unit, self.sink)

    def converters(self, specs: tuple[FieldSpec, ...]) -> dict[str, Convert]:
        """The converter of every field, by name."""
        return {spec.name: converter(spec, self.sink, self.counties, self._offered(spec)) for spec in specs}

    def _offered(self, spec: FieldSpec) -> tuple[Enum, ...]:
        """The posts of this programme only, though those of all are read."""
        return self.programme.roles if self.programme is not None and spec.choices is Role else ()

    def position_converters(self) -> dict[str, Convert]:
        """The converters of 人力."""
        return self.converters(POSITION_FIELDS)

    def line_converters(self) -> dict[str, Convert]:
        """The converters of 經費."""
        return self.converters(LINE_FIELDS)

    def choose_programme(self, raw: object, origin: Origin) -> None:
        """Find the programme; everything that needs it stays unread where there is none of that name."""
        ids = self.library.ids()
        if not isinstance(raw, str):
            if raw is not None:
                self.sink.unfit(origin.place("programme"), raw, A_PROGRAMME(), CHOOSE())
            return
        wanted = folded(raw)
        found = next((known for known in ids if folded(known) == wanted), None)
        if found is not None:
            self.programme = self.library.programme(found)
            self.vocabulary = Vocabulary.of(self.programme)
        elif wanted:
            expected = ONE_OF(choices=joined(ids))
            near = likely(wanted, ids)
            remedy = DID_YOU_MEAN(nearest=joined(near)) if near else ONE_OF_THESE()
            self.sink.unfit(origin.place("programme"), raw, expected, remedy)

    def cover(self, raw: Mapping[str, object], origin: Origin, lost: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The values of the cover fields, by dotted name; what is required and missing is told, save ``lost``."""
        self.choose_programme(raw.get("programme"), origin)
        values: dict[str, Any] = {}
        for spec in COVER_FIELDS:
            given = raw.get(spec.name)
            if given is None or (isinstance(given, str) and not given.strip()):
                if spec.required and spec.name not in lost:
                    self.missing(spec, origin)
                continue
            if spec.kind is not Kind.PROGRAMME:
                values[spec.name] = converter(spec, self.sink, self.counties)(given, origin, spec.name)
        return values

    def missing(self, spec: FieldSpec, origin: Origin) -> None:
        """A required field is absent."""
        place = origin.place(spec.name)
        expected = self.expected(spec)
        if origin.sheet:
            self.sink.problem(place, MISSING_LABEL(label=spec.header), FILL_IN(expected=expected))
        else:
            self.sink.problem(place, MISSING_KEY(key=spec.name), ADD_KEY(expected=expected))

    def expected(self, spec: FieldSpec) -> Text:
        """What a required field of the cover holds."""
        if spec.kind is Kind.PROGRAMME:
            return ONE_OF(choices=joined(self.library.ids()))
        if spec.kind is Kind.COUNTY:
            return A_COUNTY()
        return one_of(spec.choices) if spec.choices else DATE()

    def category(self, raw: object, origin: Origin, name: str) -> str | None:
        """A category by its official name."""
        stated = self.text(raw, origin, name)
        return None if stated is None else self.vocabulary.category(stated)

    def quantity(self, number: object, unit: object, origin: Origin, name: str) -> Quantity | None:
        """One quantity; ``None`` (and told) where its number or its unit is none."""
        how_many = self.number(number, origin, f"{name}.number") if number is not None else None
        what = self.unit(unit, origin, f"{name}.unit") if unit is not None else None
        if how_many is not None and what is not None:
            return Quantity(number=how_many, unit=what)
        lacking = "number" if number is None else "unit" if unit is None else None
        if lacking:
            found = FOUND(found=shown(number if unit is None else unit), expected=A_QUANTITY())
            self.sink.problem(origin.place(f"{name}.{lacking}"), found, BOTH())
        return None

    def other_fund(self, source: object, amount: object, origin: Origin, name: str) -> OtherFund | None:
        """One other source of money; ``None`` (and told) where its name or its amount is missing."""
        who = self.text(source, origin, f"{name}.source") if source is not None else None
        how_much = self.money(amount, origin, f"{name}.amount") if amount is not None else None
        if who is not None and how_much is not None:
            return OtherFund(source=who, amount=how_much)
        lacking = "source" if source is None else "amount" if amount is None else None
        if lacking:
            found = FOUND(found=shown(amount if source is None else source), expected=A_FUND())
            self.sink.problem(origin.place(f"{name}.{lacking}"), found, BOTH_OF_FUND())
        return None

    def position(self, values: dict[str, Any], origin: Origin) -> Position:
        """A post; ``values`` holds what its converters made."""
        if "fund" not in values:
            self.sink.assumed_subsidy(origin)
        # A count that could not be read stays unknown: it is not the one person of a count left empty.
        given = {name: value for name, value in values.items() if value is not None or name == "count"}
        return Position(**given, origin=origin)

    def line(
        self, values: dict[str, Any], details: dict[str, Any], quantities: tuple[Quantity, ...], origin: Origin
    ) -> Line:
        """A row; ``values`` and ``details`` hold what their converters made."""
        if "fund" not in values:
            self.sink.assumed_subsidy(origin)
        elif values["fund"] is None:
            del values["fund"]
        category = values.get("category")
        if category is not None:
            values["category"] = category = self.vocabulary.category(category)
        item = values.get("item")
        if item is not None:
            values["item"] = self.vocabulary.item(item, category)
        known = Details(**details) if details else NO_DETAILS
        return Line(**values, quantities=quantities, details=known, origin=origin)

    def draft(
        self,
        cover: dict[str, Any],
        *,
        positions: tuple[Position, ...],
        lines: tuple[Line, ...],
        other: tuple[OtherFund, ...],
        totals: Mapping[str, Number],
        grand: Number | None,
        origin: Origin,
    ) -> Draft:
        """The whole; :class:`Unreadable` where its programme is not known."""
        if self.programme is None:
            raise self.sink.unreadable()
        plain = {name: value for name, value in cover.items() if "." not in name}
        return Draft(
            programme=self.programme.id,
            **plain,
            period=self._period(cover, origin),
            funding=Funding(**_group(cover, "funding"), other=other),
            caseload=Caseload(**_group(cover, "caseload")),
            positions=positions,
            lines=lines,
            totals=Totals(categories=totals, grand=grand),
            origin=origin,
        )

    def _period(self, cover: dict[str, Any], origin: Origin) -> Period | None:
        start: dt.date | None = cover.get("period.start")
        end: dt.date | None = cover.get("period.end")
        if start is None or end is None:
            return None
        if end < start:
            self.sink.problem(origin.place("period.end"), REVERSED(start=start, end=end), SWAP())
            return None
        return Period(start=start, end=end)


def _group(cover: dict[str, Any], group: str) -> dict[str, Any]:
    prefix = f"{group}."
    return {name.removeprefix(prefix): value for name, value in cover.items() if name.startswith(prefix)}
