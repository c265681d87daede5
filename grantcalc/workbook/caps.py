"""The limits a workbook can show beside a cell, taken from the programme's rules and tables; no number of its own.

Each function answers what the rule that owns the limit would say, or ``None`` where it says nothing of that cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction

from attrs import evolve, frozen

from grantcalc.draft.model import ApplicantKind, Lecturer
from grantcalc.rules.half import leaders_share
from grantcalc.rules.kinds.attendance_fee import AttendanceFee
from grantcalc.rules.kinds.basic_wage import BasicWage
from grantcalc.rules.kinds.half_rate import HalfRate
from grantcalc.rules.kinds.item_total import ItemTotal
from grantcalc.rules.kinds.lecture_fee import LectureFee
from grantcalc.rules.kinds.off_hours_duty import OffHoursDuty
from grantcalc.rules.kinds.office_rent import OfficeRent
from grantcalc.rules.kinds.price_floor import KIND as PRICE_FLOOR
from grantcalc.rules.kinds.share_cap import ShareCap
from grantcalc.rules.kinds.temporary_pay import TemporaryPay
from grantcalc.rules.kinds.uniform_price import UniformPrice
from grantcalc.rules.kinds.visit_transport import VisitTransport
from grantcalc.rules.programme import Item, Programme
from grantcalc.rules.rule import Rule
from grantcalc.rules.wages import TABLE as BASIC_WAGE
from grantcalc.tabledata import Row, Tables
from grantcalc.workbook.insurancecaps import InsuranceLimit, insurance_limit


class CapRule(Enum):
    """How the cap of an item's unit price comes about."""

    NONE = ""
    FIXED = "fixed"
    HALF = "half"
    UNIFORM = "uniform"
    RENT = "rent"
    DISTANCE = "distance"
    LECTURE = "lecture"
    WAGE = "wage"
    RATE = "rate"
    """The basic wage as the very price of an hour; a row of zero dollars asks for nothing."""


@frozen(kw_only=True)
class Distances:
    """Bands of kilometres and what is added above the last one (公里數級距)."""

    rows: tuple[Row, ...]
    above: int
    per: int
    step: int

    @property
    def first(self) -> int:
        """The amount of the shortest distance."""
        return int(self.rows[0]["amount"])

    @property
    def last(self) -> int:
        """The amount of the last band."""
        return int(self.rows[-1]["amount"])


@frozen(kw_only=True)
class ItemCap:
    """The cap of one item: how it is found, its dollars where it is one number, and a floor where there is one."""

    rule: CapRule = CapRule.NONE
    dollars: int | None = None
    floor: int | None = None


@frozen(kw_only=True)
class Lectures:
    """Fees a period by who lectures (``None``: not said); an assistant gets a ``share`` of the lecturer's, if any."""

    fees: Mapping[Lecturer | None, int]
    share: Fraction | None

    @property
    def highest(self) -> int:
        """The outside expert's fee."""
        return self.fees[Lecturer.EXTERNAL]


@frozen(kw_only=True)
class Caps:
    """Every limit of unit prices of one programme."""

    items: Mapping[str, ItemCap]
    government: Mapping[str, ItemCap]
    """Items that another rule prices where the applicant is a government."""
    leaders: frozenset[str]
    leader_share: Fraction
    """What a co-leader gets of a leader's price; 0 where the programme has none."""
    distances: Distances | None
    lectures: Lectures | None
    shares: tuple[ShareCap, ...]
    totals: Mapping[str, int]
    """Items whose rows have a limit together, in dollars."""
    insurance: InsuranceLimit | None

    def of(self, code: str | None, applicant: ApplicantKind | None) -> ItemCap:
        """The cap of an item for an applicant of this kind; none of an item that the programme does not list."""
        known = self.items.get(code or "", ItemCap())
        is_government = applicant is ApplicantKind.COUNTY_GOVERNMENT
        return self.government.get(code or "", known) if is_government else known

    @property
    def has_printed_floors(self) -> bool:
        """Whether an item has a floor that binds only rows that ask for money."""
        return any(cap.floor is not None and cap.rule is not CapRule.WAGE for cap in self.items.values())


def caps_of(programme: Programme, tables: Tables) -> Caps:
    """Gather the limits of a programme."""
    items = {item.code: _item_cap(item, item.price_owner, programme, tables) for item in programme.items.values()}
    government = {
        item.code: _item_cap(item, item.government_owner, programme, tables)
        for item in programme.items.values()
        if item.government_owner
    }
    assisting = [programme.items[code] for code, cap in items.items() if cap.rule is CapRule.HALF]
    return Caps(
        items=items,
        government=government,
        leaders=frozenset(item.assists for item in assisting if item.assists),
        leader_share=next((leaders_share(item, programme.items) for item in assisting), None) or Fraction(0),
        distances=_distances(programme, tables),
        lectures=_lectures(programme),
        shares=tuple(rule.values for rule in programme.rules if isinstance(rule.values, ShareCap)),
        totals=_totals(programme),
        insurance=insurance_limit(programme, tables),
    )


def _totals(programme: Programme) -> Mapping[str, int]:
    values = [rule.values for rule in programme.rules if isinstance(rule.values, ItemTotal)]
    return {code: int(found.most.value) for found in values for code in found.items if code in programme.items}


def _item_cap(item: Item, owner: str | None, programme: Programme, tables: Tables) -> ItemCap:
    """The cap by the rule that owns the price, and the floor that the document prints."""
    rule = programme.rule(owner or "")
    cap = ItemCap() if rule is None else _cap_by(rule, item, programme, tables)
    prints_floors = any(rule.kind == PRICE_FLOOR.name for rule in programme.rules)
    return evolve(cap, floor=item.price_floor) if prints_floors and item.price_floor is not None else cap


def _cap_by(rule: Rule, item: Item, programme: Programme, tables: Tables) -> ItemCap:
    values = rule.values
    if isinstance(values, VisitTransport):
        return ItemCap(rule=CapRule.DISTANCE)
    if isinstance(values, LectureFee):
        return ItemCap(rule=CapRule.LECTURE)
    if isinstance(values, BasicWage | TemporaryPay):
        return _wage_cap(values, programme, tables)
    if item.price_cap is not None:
        share = leaders_share(item, programme.items)
        return ItemCap(rule=CapRule.HALF if share else CapRule.FIXED, dollars=item.price_cap)
    found = next((kind for kind in _PRICES if isinstance(values, kind)), None)
    if found is None:
        return ItemCap()
    rule_of_cap, name = _PRICES[found]
    return ItemCap(rule=rule_of_cap, dollars=int(getattr(values, name).value))


_PRICES: Mapping[type, tuple[CapRule, str]] = {
    UniformPrice: (CapRule.UNIFORM, "price"),
    OfficeRent: (CapRule.RENT, "monthly"),
    AttendanceFee: (CapRule.FIXED, "cap"),
    OffHoursDuty: (CapRule.FIXED, "hourly"),
}
"""Kinds that own a price of one number, and where they keep it."""


def _wage_cap(values: BasicWage | TemporaryPay, programme: Programme, tables: Tables) -> ItemCap:
    """The basic wage of the year: a floor, and a cap too where the document computes with it."""
    wage = tables[BASIC_WAGE].find(roc_year=programme.year)
    hourly = None if wage is None else wage["hourly"]
    if hourly is None:
        return ItemCap()
    if isinstance(values, TemporaryPay):
        return ItemCap(rule=CapRule.RATE, dollars=hourly, floor=hourly)
    return ItemCap(rule=CapRule.WAGE, dollars=hourly if values.cap else None, floor=hourly)


def _distances(programme: Programme, tables: Tables) -> Distances | None:
    values = next((rule.values for rule in programme.rules if isinstance(rule.values, VisitTransport)), None)
    if values is None:
        return None
    more = tables[values.increment].rows[0]
    rows = tables[values.bands].rows
    return Distances(rows=rows, above=more["above_km"], per=more["per_km"], step=more["amount"])


def _lectures(programme: Programme) -> Lectures | None:
    values = next((rule.values for rule in programme.rules if isinstance(rule.values, LectureFee)), None)
    if values is None:
        return None
    kinds = (None, Lecturer.EXTERNAL, Lecturer.SUBORDINATE, Lecturer.INTERNAL)
    return Lectures(fees={kind: int(values.of(kind).value) for kind in kinds}, share=_assistants(programme, values))


def _assistants(programme: Programme, values: LectureFee) -> Fraction | None:
    """What an assistant gets of the lecturer's fee, by the rule that judges it; ``None`` where none does."""
    if values.assistants:
        return Fraction(values.assistant_share.value)
    halves = (rule.values for rule in programme.rules if isinstance(rule.values, HalfRate))
    return next((Fraction(half.share.value) for half in halves if half.assistants and half.share is not None), None)
