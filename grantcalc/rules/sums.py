"""Sums that a stated total may equal: of the amounts as stated, or as worked out from prices, months and dates.

Own parts of subsidised posts (``own_monthly_pay``, ``own_insurance``) have no amount cell of their own; a total may
count them or leave them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from grantcalc.draft.model import Fund, Line, Position
from grantcalc.finding import Explanation
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import Amount, usable
from grantcalc.text import Message
from grantcalc.units import Unit

SUM = Message("sum of the rows")
OWN_PARTS = Message("own parts of subsidised posts, which may be counted too")

_OWN_PARTS = (".own_monthly_pay", ".own_insurance")


@frozen(kw_only=True)
class Entry:
    """One amount of a row: as stated, as worked out, and whether it is an own part of a post."""

    amount: Amount
    stated: int | None

    @property
    def own_part(self) -> bool:
        """True for what the applicant adds to a post a month."""
        return self.amount.path.endswith(_OWN_PARTS)

    @property
    def known(self) -> int | None:
        """The stated amount, else the computed one."""
        return self.amount.value if self.stated is None else self.stated

    @property
    def computed(self) -> int | None:
        """The computed amount, else the stated one."""
        return self.stated if self.amount.value is None else self.amount.value


@frozen(kw_only=True)
class Accepted:
    """The sums a stated total may equal, ``expected`` first, and the amounts that are not known."""

    expected: int
    sums: frozenset[int]
    as_stated: frozenset[int] = frozenset()
    """Those of the amounts as stated; the others are of the amounts as worked out."""
    own_parts: int
    missing: tuple[str, ...]

    def explanation(self) -> Explanation:
        """The sum that is expected."""
        parts = (Explanation(label=OWN_PARTS, value=self.own_parts, unit=Unit.DOLLAR),) if self.own_parts else ()
        return Explanation(label=SUM, value=self.expected, unit=Unit.DOLLAR, inputs=parts)


def entries(context: Context) -> tuple[Entry, ...]:
    """Every amount of the draft."""
    stated = dict(_stated(context))
    return tuple(Entry(amount=amount, stated=stated.get(amount.path)) for amount in context.ledger.amounts)


def accepted(chosen: Iterable[Entry]) -> Accepted:
    """What a total of these amounts may say."""
    every = tuple(chosen)
    rows = [entry for entry in every if not entry.own_part]
    own = [entry for entry in every if entry.own_part]
    as_stated = sum(entry.known or 0 for entry in rows)
    as_computed = sum(entry.computed or 0 for entry in rows)
    own_parts = sum(entry.known or 0 for entry in own)
    bases = (as_stated, as_computed)
    by_statement = frozenset((as_stated, as_stated + own_parts))
    return Accepted(
        expected=as_stated,
        sums=frozenset((*bases, *(base + own_parts for base in bases))),
        as_stated=by_statement,
        own_parts=own_parts,
        missing=tuple(entry.amount.path for entry in (*rows, *own) if entry.known is None),
    )


def with_rows_as_stated(found: Sequence[Entry], context: Context) -> tuple[Entry, ...]:
    """The amounts, where several lines of one row of a sheet make what that row states.

    What the row states beyond its lines counts with the first of them: the row itself is judged apart.
    """
    known = {entry.amount.path: entry for entry in found}
    for one in context.reading.sums:
        lines = [known[path] for path in one.rows if path in known]
        if one.place.path not in one.rows or one.parts or len(lines) < len(one.rows) or not usable(one.stated):
            continue
        rest = [entry.known for entry in lines[1:]]
        if lines[0].computed is not None and None not in rest:
            beyond = int(one.stated) - sum(value or 0 for value in rest)
            known[lines[0].amount.path] = evolve(lines[0], stated=beyond)
    return tuple(known.values())


def of_fund(found: Iterable[Entry], fund: Fund) -> list[Entry]:
    """The amounts one fund pays."""
    return [entry for entry in found if entry.amount.fund is fund]


def _stated(context: Context) -> Iterator[tuple[str, int]]:
    for position in context.draft.positions:
        for name in ("pay_amount", "allowance_amount", "insurance_amount"):
            yield from _one(position, name)
    for line in context.draft.lines:
        yield from _one(line, "amount")


def _one(row: Position | Line, name: str) -> Iterator[tuple[str, int]]:
    value = getattr(row, name)
    if value is not None and usable(value):
        yield f"{row.origin.path}.{name}", int(value)
