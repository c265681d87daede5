"""Groups of persons that share everything, spell by spell: what changes work on before they become stints."""

from __future__ import annotations

import datetime as dt

from attrs import evolve, frozen

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Basis, Change, Pay, PaySource, Staff
from grantcalc.headcount.pricing import Prices
from grantcalc.pay.quote import QuoteError
from grantcalc.text import Message, Text

NO_PAY = Message("{entry}: {reason} In a scenario these are keys of the entry itself, of the change, or of [pay].")
BELOW_ZERO = Message("{entry}: the pay would fall below zero.")
LINES = Message("{first}\n{others}")

ONE_DAY = dt.timedelta(days=1)


class ScenarioError(Exception):
    """A scenario that contradicts itself; every one of ``texts`` names the entry and what is wrong, ``text`` is all."""

    def __init__(self, text: Text, *others: Text) -> None:
        """Keep the messages for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.texts = (text, *others)
        self.text: Text = text if not others else LINES(first=text, others=ScenarioError(*others).text)


@frozen(kw_only=True)
class Spell:
    """One pay and role from ``start`` to ``end``.

    ``raises`` are applied to what ``basis`` gives. ``is_fixed``: the pay is stated for this very start, so that a
    raise of the whole role before it does not count on top.
    """

    role: Role
    basis: Basis
    pay: Pay
    start: dt.date
    end: dt.date
    raises: tuple[Change, ...] = ()
    is_fixed: bool = False


@frozen(kw_only=True)
class Group:
    """``count`` persons on the posts of one entry: spells one after the other, of one employment since ``first``."""

    name: str
    post: str
    count: int
    first: dt.date
    spells: tuple[Spell, ...]
    allowance: int = 0
    insurance: int | None = None
    own_pay: int = 0
    own_insurance: int = 0
    bonus: bool = True
    is_leaving: bool = False
    """Whether a change has already settled that they leave on their last day."""

    @property
    def start(self) -> dt.date:
        """The first day in post."""
        return self.spells[0].start

    @property
    def last(self) -> dt.date:
        """The last day in post."""
        return self.spells[-1].end

    def at(self, day: dt.date) -> Spell | None:
        """The spell in force on a day."""
        return next((spell for spell in self.spells if spell.start <= day <= spell.end), None)

    def until(self, last: dt.date) -> Group:
        """The group leaving on ``last``."""
        spells = tuple(evolve(spell, end=min(spell.end, last)) for spell in self.spells if spell.start <= last)
        return evolve(self, spells=spells, is_leaving=True)

    def changing(self, day: dt.date, to: Spell) -> Group:
        """The group with another spell from ``day`` to its last day."""
        before = tuple(evolve(spell, end=min(spell.end, day - ONE_DAY)) for spell in self.spells if spell.start < day)
        return evolve(self, spells=(*before, evolve(to, start=day, end=self.last)))


def group_of(member: Staff, prices: Prices, entry: str) -> Group:
    """The persons of one entry of staff, before any change."""
    spell = Spell(
        role=member.role,
        basis=member.basis,
        pay=price(prices, member.role, member.basis, (), member.start, entry),
        start=member.start,
        end=member.end,
        is_fixed=member.basis.monthly is not None,
    )
    return Group(
        name=member.name,
        post=member.name,
        count=member.count,
        first=min(member.hired_on or member.start, member.start),
        spells=(spell,),
        allowance=member.allowance,
        insurance=member.insurance,
        own_pay=member.own_pay,
        own_insurance=member.own_insurance,
        bonus=member.bonus,
    )


def price(prices: Prices, role: Role, basis: Basis, raises: tuple[Change, ...], day: dt.date, entry: str) -> Pay:
    """The pay by a basis, with every raise on top; :class:`ScenarioError` naming the entry where there is none."""
    try:
        pay = prices.of(role, basis, day)
    except QuoteError as error:
        raise ScenarioError(NO_PAY(entry=entry, reason=error.text)) from None
    for change in raises:
        pay = _raised(pay, change)
    if pay.low < 0:
        raise ScenarioError(BELOW_ZERO(entry=entry))
    return pay


def _raised(pay: Pay, change: Change) -> Pay:
    if change.percent is not None:
        pay = pay.times(1 + change.percent)
    if change.amount is not None:
        pay = pay.plus(change.amount)
    stated = change.basis.monthly if change.basis is not None else None
    if stated is None:
        return pay
    low, high = stated if isinstance(stated, tuple) else (stated, stated)
    return Pay(low=low, high=high, source=PaySource.STATED if low == high else PaySource.RANGE)
