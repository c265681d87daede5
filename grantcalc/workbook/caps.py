"""The limits a workbook can show beside a cell, taken from the programme's rules and tables; no number of its own.

Each function answers what the rule that owns the limit would say, or ``None`` where it says nothing of that cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Lecturer
from grantcalc.rules.half import leaders_share
from grantcalc.rules.kinds.attendance_fee import AttendanceFee
from grantcalc.rules.kinds.basic_wage import TABLE as BASIC_WAGE
from grantcalc.rules.kinds.basic_wage import BasicWage
from grantcalc.rules.kinds.lecture_fee import LectureFee
from grantcalc.rules.kinds.office_rent import OfficeRent
from grantcalc.rules.kinds.share_cap import ShareCap
from grantcalc.rules.kinds.uniform_price import UniformPrice
from grantcalc.rules.kinds.visit_transport import VisitTransport
from grantcalc.rules.programme import Item, Programme
from grantcalc.tabledata import Row, Tables
from grantcalc.workbook.postcaps import insurance_limit


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
    """Fees a period by who lectures (``None``: not said); an assistant gets a ``share`` of the lecturer's."""

    fees: Mapping[Lecturer | None, int]
    share: Fraction

    @property
    def highest(self) -> int:
        """The outside expert's fee."""
        return self.fees[Lecturer.EXTERNAL]


@frozen(kw_only=True)
class Caps:
    """Every limit of unit prices of one programme."""

    items: Mapping[str, ItemCap]
    leaders: frozenset[str]
    leader_share: Fraction
    """What a co-leader gets of a leader's price; 0 where the programme has none."""
    distances: Distances | None
    lectures: Lectures | None
    shares: tuple[ShareCap, ...]
    insurance: int | None


def caps_of(programme: Programme, tables: Tables) -> Caps:
    """Gather the limits of a programme."""
    items = {code: _item_cap(item, programme, tables) for code, item in programme.items.items()}
    assisting = [programme.items[code] for code, cap in items.items() if cap.rule is CapRule.HALF]
    return Caps(
        items=items,
        leaders=frozenset(item.assists for item in assisting if item.assists),
        leader_share=next((leaders_share(item, programme.items) for item in assisting), None) or Fraction(0),
        distances=_distances(programme, tables),
        lectures=_lectures(programme),
        shares=tuple(rule.values for rule in programme.rules if isinstance(rule.values, ShareCap)),
        insurance=insurance_limit(programme),
    )


def _item_cap(item: Item, programme: Programme, tables: Tables) -> ItemCap:
    owner = programme.rule(item.price_owner or "")
    if owner is None:
        return ItemCap()
    if item.price_cap is not None:
        share = leaders_share(item, programme.items)
        return ItemCap(rule=CapRule.HALF if share else CapRule.FIXED, dollars=item.price_cap)
    if isinstance(owner.values, UniformPrice):
        return ItemCap(rule=CapRule.UNIFORM, dollars=int(owner.values.price.value))
    if isinstance(owner.values, OfficeRent):
        return ItemCap(rule=CapRule.RENT, dollars=int(owner.values.monthly.value))
    if isinstance(owner.values, VisitTransport):
        return ItemCap(rule=CapRule.DISTANCE)
    if isinstance(owner.values, LectureFee):
        return ItemCap(rule=CapRule.LECTURE)
    if isinstance(owner.values, AttendanceFee):
        return ItemCap(rule=CapRule.FIXED, dollars=int(owner.values.cap.value))
    if isinstance(owner.values, BasicWage):
        wage = tables[BASIC_WAGE].find(roc_year=programme.year)
        hourly = None if wage is None else wage["hourly"]
        if hourly is not None:
            return ItemCap(rule=CapRule.WAGE, dollars=hourly if owner.values.cap else None, floor=hourly)
    return ItemCap()


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
    return Lectures(
        fees={kind: int(values.of(kind).value) for kind in kinds}, share=Fraction(values.assistant_share.value)
    )
