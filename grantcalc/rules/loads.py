"""What a row pays one person in a month or on a day (每人每月、每人每日), and limits on it over all of a person's rows.

A row says how many persons, months and days it is for; what it does not say leaves a range: its sum may fall into one
month, or be spread over those of the plan. Only what is above a limit in every case is a fault, only what is within it
in every case passes.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from grantcalc.draft.model import Line
from grantcalc.money import Exact, product
from grantcalc.rules.prices import quantity_of
from grantcalc.units import Unit

DAYS = (Unit.DAY, Unit.PERSON_DAY)
TIMES = (Unit.TIME, Unit.SESSION, Unit.PERSON_TIME)
OF_A_PERSON = (Unit.PERSON_DAY, Unit.PERSON_TIME)

Span = tuple[int, ...]
"""A month (year, month) or a day (year, month, day) that a row's date tells."""


@frozen(kw_only=True)
class Load:
    """One row's dollars a person: at least ``low`` in its highest month (or day), at most ``high`` in any.

    ``total``: of the whole row a person, at least. ``span``: the month or day it falls on, where a date tells.
    ``always``: it falls into every month of the plan.
    """

    line: Line
    low: Fraction
    high: Fraction
    total: Fraction
    span: Span | None = None
    always: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the row says all that its highest month (or day) takes."""
        return self.low == self.high


@frozen(kw_only=True)
class Excess:
    """What these rows pay a person above a limit: in one month or day, or ``in_all`` months of the plan."""

    loads: tuple[Load, ...]
    stated: Fraction
    allowed: int
    in_all: bool = False

    def paid(self, load: Load) -> Fraction:
        """What one of the rows adds to what is stated: of the whole plan, or of the highest month or day."""
        return load.total if self.in_all else load.low


def month_load(line: Line, price: Exact, months: int) -> Load:
    """A row's dollars a person and a month, of a plan of so many months."""
    paid = Fraction(product(price, *(quantity.number for quantity in line.quantities)))
    fewest, most = _persons(line)
    stated = quantity_of(line, Unit.PERSON_MONTH) or quantity_of(line, Unit.MONTH)
    date = line.details.date
    if stated is not None or date is not None:
        # Less than one month is still that month's pay.
        number = max(Fraction(1), Fraction(stated[1].number)) if stated else Fraction(1)
        return Load(
            line=line,
            low=paid / most / number,
            high=paid / fewest / number,
            total=paid / most / number * min(number, Fraction(months)),
            span=(date.year, date.month) if date and not stated else None,
            always=number >= months,
        )
    return Load(line=line, low=paid / most / max(months, 1), high=paid / fewest, total=paid / most)


def day_load(line: Line, price: Exact) -> Load:
    """A row's dollars a person and a day; where it counts no days, a time is one (每次視為一日)."""
    units = [quantity.unit for quantity in line.quantities]
    counted = DAYS if any(unit in DAYS for unit in units) else TIMES
    others = {*counted, Unit.PERSON, Unit.MONTH, Unit.PERSON_MONTH}
    each = Fraction(product(price, *(one.number for one in line.quantities if one.unit not in others)))
    date = line.details.date
    if any(unit in counted for unit in units):
        return Load(line=line, low=each, high=each, total=each, span=_day(date))
    # All hours of a month may fall on one day; without months, all there are.
    monthly = month_load(line, price, 1)
    is_one_day = date is not None and not {Unit.MONTH, Unit.PERSON_MONTH} & set(units)
    low = monthly.low if is_one_day else Fraction(0)
    return Load(line=line, low=low, high=monthly.high, total=monthly.high, span=_day(date))


def _day(date: dt.date | None) -> Span | None:
    return None if date is None else (date.year, date.month, date.day)


def _persons(line: Line) -> tuple[Fraction, Fraction]:
    """The fewest and the most persons a row is for; one where it says none, or names the person."""
    stated = quantity_of(line, Unit.PERSON)
    fewest = Fraction(stated[1].number) if stated else Fraction(1)
    if stated or line.details.person:
        return fewest, fewest
    counted = [Fraction(one.number) for one in line.quantities if one.unit in OF_A_PERSON]
    return fewest, max(fewest, *counted) if counted else fewest


def scaled(load: Load, share: Fraction) -> Load:
    """The load as it is once its row pays this share of it."""
    return evolve(load, low=load.low * share, high=load.high * share, total=load.total * share)


def above(loads: Sequence[Load], limit: int, spans: int | None = None) -> Excess | None:
    """What the rows of one person pay above a limit in any case; of a plan of so many ``spans`` (months)."""
    one = _highest(loads)
    if sum((load.low for load in one), Fraction(0)) > limit:
        known = all(load.is_known for load in one)
        if known or spans is None:
            return Excess(loads=tuple(one), stated=sum((load.low for load in one), Fraction(0)), allowed=limit)
    total = sum((load.total for load in loads), Fraction(0))
    if spans is not None and total > limit * spans:
        return Excess(loads=tuple(loads), stated=total, allowed=limit * spans, in_all=True)
    return None


def within(loads: Sequence[Load], limit: int) -> bool:
    """Whether the rows of one person keep to a limit in every case."""
    return _most(loads) <= limit


def _most(loads: Iterable[Load]) -> Fraction:
    """Everything that may fall together: all without a date, and those of one month or day."""
    dated: defaultdict[Span | None, Fraction] = defaultdict(Fraction)
    for load in loads:
        dated[load.span] += load.high
    free = dated.pop(None, Fraction(0))
    return free + max(dated.values(), default=Fraction(0))


def _highest(loads: Sequence[Load]) -> list[Load]:
    """Rows that fall together for certain and pay most: one alone, or of one month or day, with those of every one."""
    groups: defaultdict[Span, list[Load]] = defaultdict(list)
    for load in loads:
        if load.span is not None:
            groups[load.span].append(load)
    always = [load for load in loads if load.always and load.span is None]
    alone = [[load] for load in loads if load.span is None and not load.always]
    return max(
        ([*always, *group] for group in (*groups.values(), *alone, [])),
        key=lambda group: (
            sum((load.low for load in group), Fraction(0)),
            all(load.is_known for load in group),
            sorted(load.line.ref or "" for load in group),
        ),
    )
