"""Insurance, allowance or bonus of several posts in one row: what each post gets of it, where that is proved."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from grantcalc.money import Number, is_whole, number, product, whole
from grantcalc.reading.county.figures import Figures
from grantcalc.reading.county.postgroups import PostGroup
from grantcalc.reading.county.posts import Post
from grantcalc.units import Unit

_MONTHS_OF_YEAR: Final = 12


@frozen(kw_only=True)
class Share:
    """What one post gets: its ``amount``, that of one person a month, the months of pay that a bonus adds."""

    post: Post
    amount: Number
    monthly: Number | None = None
    months: Number | None = None


def counted(figures: Figures, unit: Unit) -> Number | None:
    """How many of a unit a row counts."""
    return next((one.number for one in figures.factors if one.unit is unit), None)


def insurance_shares(figures: Figures, amount: Number, group: PostGroup) -> tuple[Share, ...] | None:
    """Price × months × the persons of all these posts makes the amount; else ``None``.

    The price is that of one person a month, or without months of one person for all of them.
    """
    posts, persons = group.posts, group.persons
    price = figures.price
    if price is None or not persons or figures.product != amount:
        return None
    named = {one.unit for one in figures.factors if one.number != 1}
    months: Number | None
    if named <= {Unit.PERSON, Unit.MONTH} and counted(figures, Unit.PERSON) == persons:
        months = counted(figures, Unit.MONTH)
    elif named == {Unit.PERSON_MONTH} and _serve_alike(posts):
        months = number(Fraction(counted(figures, Unit.PERSON_MONTH) or 0) / persons)
        if not is_whole(months) or months > _MONTHS_OF_YEAR:
            return None
    else:
        return None
    times = 1 if months is None else months
    monthly = None if months is None else price
    shares = [Share(post=post, amount=number(product(price, times, post.count)), monthly=monthly) for post in posts]
    return tuple(shares) if all(is_whole(one.amount) for one in shares) else None


def bonus_shares(figures: Figures, amount: Number, group: PostGroup, months: Number | None) -> tuple[Share, ...] | None:
    """So many months of each post's own pay make the amount; else ``None``. ``months`` are those that the words say."""
    stated = counted(figures, Unit.MONTH) or months
    persons = counted(figures, Unit.PERSON)
    if stated is None or (persons is not None and persons != group.persons) or group.monthly is None:
        return None
    # Each person's months are rounded to the dollar: what is further off is no sum of them.
    if abs(group.monthly * Fraction(stated) - Fraction(amount)) > group.persons:
        return None
    shares = []
    for post in group.posts:
        pay = post.values.get("monthly_pay")
        if pay is None or "pay_amount" not in post.values:
            return None
        own = number(whole(product(pay, stated)) * Fraction(post.count))
        shares.append(Share(post=post, amount=own, months=stated))
    return tuple(shares) if sum(one.amount for one in shares) == amount else None


def bonus_months(figures: Figures, amount: Number, post: Post) -> Number | None:
    """The months of pay that a bonus row of one post is; 3 are 1.5 of each where the row counts both persons' months.

    ``None`` where neither reading makes the amount.
    """
    stated = counted(figures, Unit.MONTH) or counted(figures, Unit.PERSON_MONTH)
    pay = post.values.get("monthly_pay") or figures.price
    if stated is None or pay is None:
        return None
    for months in (stated, number(Fraction(stated) / Fraction(post.count or 1))):
        if whole(product(pay, months)) * post.count == amount:
            return months
    return None


def _serve_alike(posts: Sequence[Post]) -> bool:
    """Whether nothing says that one of these posts is held longer than another."""
    spans = {tuple(post.values.get(name) for name in ("months", "start", "end", "hired_on")) for post in posts}
    return len(spans) == 1
