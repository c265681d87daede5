"""The computed side of a draft: every amount worked out again from prices, quantities, months and dates.

Bases and totals of the checks use these, so a wrong amount cell moves no limit. An amount that cannot be worked out
is ``None`` and named among the missing inputs of whatever needs it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from grantcalc import roc
from grantcalc.draft.model import Draft, Fund, Line, Period, Position
from grantcalc.money import Number, is_whole, number, product, whole
from grantcalc.pay.months import BonusRule, Earned, earn
from grantcalc.rules.programme import Programme


@frozen(kw_only=True)
class Amount:
    """One computed amount: its category, who pays, the row it comes from."""

    category: str
    fund: Fund
    value: int | None
    path: str


@frozen(kw_only=True)
class Sum:
    """A sum with the paths of the amounts that could not be worked out."""

    value: int
    missing: tuple[str, ...] = ()


@frozen(kw_only=True)
class Ledger:
    """All computed amounts of one draft."""

    amounts: tuple[Amount, ...]
    by_item: Mapping[str, tuple[Line, ...]]
    sums: Mapping[tuple[str, Fund], Sum]

    def sum(self, fund: Fund, categories: Iterable[str] | None = None) -> Sum:
        """What a fund pays in these categories; in all without any."""
        wanted = None if categories is None else set(categories)
        chosen = [
            found
            for (category, payer), found in self.sums.items()
            if payer is fund and (wanted is None or category in wanted)
        ]
        return Sum(
            value=sum(found.value for found in chosen),
            missing=tuple(path for found in chosen for path in found.missing),
        )

    def of_rows(self, fund: Fund, rows: Collection[str], categories: Collection[str] | None = None) -> Sum:
        """What a fund pays in these posts and rows alone, by their paths; of these categories if any are given."""
        chosen = [
            amount
            for amount in (self.amounts if rows else ())
            if amount.fund is fund
            and amount.path.rpartition(".")[0] in rows
            and (categories is None or amount.category in categories)
        ]
        return Sum(
            value=sum(amount.value or 0 for amount in chosen),
            missing=tuple(amount.path for amount in chosen if amount.value is None),
        )


DATES = ("start", "end")
EARNING = (*DATES, "hired_on", "months")
"""Fields whose absence means a default for what a post earns; unreadable ones do not."""


def span(position: Position, period: Period) -> Period:
    """The subsidised span of a post (default: the period).

    Days outside the period are cut off: they are the finding of ``draft/period``, and earn nothing.
    """
    start, end = position.start or period.start, position.end or period.end
    return Period(start=max(start, period.start), end=min(end, period.end))


def touched_months(position: Position, period: Period) -> int:
    """Calendar months a post touches."""
    dates = span(position, period)
    return roc.months_touched(dates.start, dates.end)


def earned(position: Position, period: Period, bonus: BonusRule) -> Earned | None:
    """What one person on this post earns by its dates at the stated pay; ``None`` without pay or with bad dates."""
    if not usable(position.monthly_pay) or position.unread_of(*EARNING):
        return None
    dates = span(position, period)
    return earn(position.monthly_pay or 0, dates.start, dates.end, bonus, position.hired_on or position.start)


def usable(value: Number | None) -> bool:
    """True for a stated amount that is whole and not negative."""
    return value is not None and value >= 0 and is_whole(value)


def line_amount(line: Line) -> int | None:
    """Unit price × every quantity, half up; the stated amount where the row gives no price and quantities."""
    if line.unit_price is None or not line.quantities:
        return int(line.amount) if line.amount is not None and usable(line.amount) else None
    if not usable(line.unit_price) or any(quantity.number <= 0 for quantity in line.quantities):
        return None
    return whole(product(line.unit_price, *(quantity.number for quantity in line.quantities)))


def pay_amount(position: Position, period: Period, bonus: BonusRule) -> int | None:
    """Monthly pay × months × posts where months are given, else what the dates earn; else the stated amount."""
    count = position.count if usable(position.count) else None
    if position.monthly_pay is None:
        return int(position.pay_amount) if usable(position.pay_amount) and position.pay_amount is not None else None
    if count is None or not usable(position.monthly_pay):
        return None
    if position.months is not None:
        return whole(product(position.monthly_pay, position.months)) * int(count) if position.months >= 0 else None
    found = earned(position, period, bonus)
    return None if found is None else found.total * int(count)


def monthly_amount(monthly: Number | None, stated: Number | None, position: Position, period: Period) -> int | None:
    """A monthly amount × calendar months touched × posts; 0 where neither it nor a sum is stated."""
    if monthly is None:
        return 0 if stated is None else int(stated) if usable(stated) else None
    if not usable(monthly) or not usable(position.count) or position.unread_of(*DATES):
        return None
    return int(monthly) * touched_months(position, period) * position.people


def open_ledger(draft: Draft, programme: Programme) -> Ledger:
    """Work out every amount of a draft."""
    period = draft.period or programme.period
    amounts: list[Amount] = []
    for position in draft.positions:
        amounts += _post_amounts(position, period, programme)
    by_item: defaultdict[str, list[Line]] = defaultdict(list)
    for line in draft.lines:
        by_item[line.item or ""].append(line)
        category = programme.category_of(line)
        path = f"{line.origin.path}.amount"
        amounts.append(Amount(category=category, fund=line.fund, value=line_amount(line), path=path))
    return Ledger(
        amounts=tuple(amounts),
        by_item={code: tuple(lines) for code, lines in by_item.items()},
        sums=_sums(amounts),
    )


def stated_sum(draft: Draft, ledger: Ledger, fund: Fund) -> Number:
    """What the rows themselves state that a fund pays (各列所載金額); the computed amount where a row states none."""
    stated: dict[str, Number | None] = {f"{line.origin.path}.amount": line.amount for line in draft.lines}
    for position in draft.positions:
        for name in ("pay_amount", "allowance_amount", "insurance_amount"):
            stated[f"{position.origin.path}.{name}"] = getattr(position, name)
    total = Fraction(0)
    for amount in ledger.amounts:
        if amount.fund is fund:
            found = stated.get(amount.path)
            total += Fraction((amount.value or 0) if found is None else found)
    return number(total)


def _post_amounts(position: Position, period: Period, programme: Programme) -> list[Amount]:
    pay = pay_amount(position, period, programme.bonus)
    allowance = monthly_amount(position.regional_allowance, position.allowance_amount, position, period)
    insurance = monthly_amount(position.employer_insurance, position.insurance_amount, position, period)
    own_pay = _own_pay(position, period, programme.bonus)
    own_insurance = monthly_amount(position.own_insurance, None, position, period)
    if position.unread_of("own_insurance"):
        own_insurance = None
    if position.unread_of("regional_allowance") and position.allowance_amount is None:
        allowance = None
    if position.unread_of("employer_insurance") and position.insurance_amount is None:
        insurance = None
    path = position.origin.path
    where = programme.posts
    return [
        Amount(category=where.pay, fund=position.fund, value=pay, path=f"{path}.pay_amount"),
        Amount(category=where.allowance, fund=position.fund, value=allowance, path=f"{path}.allowance_amount"),
        Amount(category=where.insurance, fund=position.fund, value=insurance, path=f"{path}.insurance_amount"),
        Amount(category=where.pay, fund=Fund.OWN, value=own_pay, path=f"{path}.own_monthly_pay"),
        Amount(category=where.insurance, fund=Fund.OWN, value=own_insurance, path=f"{path}.own_insurance"),
    ]


def _own_pay(position: Position, period: Period, bonus: BonusRule) -> int | None:
    if position.own_monthly_pay is None:
        return None if position.unread_of("own_monthly_pay") else 0
    if not usable(position.own_monthly_pay) or not usable(position.count):
        return None
    months = position.months
    if months is None:
        if position.unread_of(*EARNING):
            return None
        dates = span(position, period)
        hired = position.hired_on or position.start
        return earn(position.own_monthly_pay, dates.start, dates.end, bonus, hired).total * position.people
    return whole(product(position.own_monthly_pay, months)) * position.people if months >= 0 else None


def _sums(amounts: list[Amount]) -> dict[tuple[str, Fund], Sum]:
    values: defaultdict[tuple[str, Fund], int] = defaultdict(int)
    missing: defaultdict[tuple[str, Fund], list[str]] = defaultdict(list)
    for amount in amounts:
        key = (amount.category, amount.fund)
        values[key] += amount.value or 0
        if amount.value is None:
            missing[key].append(amount.path)
    return {key: Sum(value=value, missing=tuple(missing.get(key, ()))) for key, value in values.items()}
