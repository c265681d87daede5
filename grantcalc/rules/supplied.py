"""Pay by a table that another document holds and the user supplies: which row is a post's, and what it gives.

An empty field of the table means "any". A doctorate is treated as master (interpretation).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from grantcalc.draft.model import Position
from grantcalc.finding import Explanation, Finding, Operation
from grantcalc.money import Exact, whole
from grantcalc.pay.points import POINT_VALUE, POINTS, degree
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import span
from grantcalc.rules.posts import named, pay_cut
from grantcalc.rules.remedies import edit, lower
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Text, dollars
from grantcalc.units import Unit

OVER = Message("{post} ({role}) is paid {stated} a month, above {allowed} of the supplied pay table ({source}).")
BY_TABLE = Message("monthly pay by the supplied table ({source})")
UNNAMED = Message("no source named")
MISSING = "pay-table"

Row = Mapping[str, object]


def judge_by_table(context: Context, posts: Sequence[Position], tally: Tally) -> None:
    """A finding for each of these posts paid above its row; without the table, that is what is missing."""
    tally.examine(len(posts))
    table = context.options.pay_table
    if table is None:
        if posts:
            tally.lacks(MISSING)
        return
    for post in posts:
        _judge(context, post, table, tally)


def _judge(context: Context, post: Position, table: Sequence[Row], tally: Tally) -> None:
    rows = [row for row in table if post.role is not None and row.get("role") == post.role.value]
    if post.monthly_pay is None:
        tally.lacks(post.origin.place("monthly_pay").path)
    found = ((_source(row), _limit(row)) for row in _in_force(context, post, rows))
    limits = [(source, limit) for source, limit in found if limit is not None]
    if not limits:
        tally.lacks(*(post.origin.place(name).path for name in _unmatched(post, rows)))
        return
    source, limit = max(limits, key=lambda pair: pair[1].value)
    if post.monthly_pay is not None and post.monthly_pay > limit.value:
        tally.found(_finding(context, post, source, limit))


def _matches(post: Position, row: Row) -> bool:
    education, licence, step = row.get("education"), row.get("licence"), row.get("step")
    return (
        (education is None or education in _degrees(post))
        and (licence is None or licence in {held.value for held in post.licences or ()})
        and (step is None or step == post.step)
    )


def _degrees(post: Position) -> set[str]:
    """The post's degree, and the one it is treated as."""
    return set() if post.education is None else {post.education.value, degree(post.education).value}


def _in_force(context: Context, post: Position, rows: Sequence[Row]) -> list[Row]:
    """Of the matching rows, for each group of staff the latest one in force when the post's span starts."""
    start = span(post, context.period).start
    latest: dict[tuple[object, ...], tuple[dt.date, Row]] = {}
    for row in rows:
        since = row.get("effective_from")
        day = since if isinstance(since, dt.date) else dt.date.min
        if not _matches(post, row) or day > start:
            continue
        key = tuple(row.get(name) for name in ("role", "education", "licence", "step"))
        if key not in latest or latest[key][0] < day:
            latest[key] = (day, row)
    return [row for _, row in latest.values()]


def _limit(row: Row) -> Explanation | None:
    """The monthly pay that a row gives: its amount, else points × the value of a point."""
    label = BY_TABLE(source=_source(row))
    amount, points, value = (_exact(row.get(name)) for name in ("amount", "points", "point_value"))
    if amount is not None:
        return Explanation(label=label, value=whole(amount), unit=Unit.DOLLAR)
    if points is None or value is None:
        return None
    return Explanation(
        label=label,
        value=whole(Fraction(points) * Fraction(value)),
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(
            Explanation(label=POINTS, value=points, unit=Unit.POINT),
            Explanation(label=POINT_VALUE, value=value, unit=Unit.DOLLAR),
        ),
    )


def _source(row: Row) -> str | Text:
    source = row.get("source")
    return str(source) if source else UNNAMED()


def _exact(value: object) -> Exact | None:
    return value if isinstance(value, (int, Decimal, Fraction)) else None


def _unmatched(post: Position, rows: Sequence[Row]) -> list[str]:
    """The post's fields that the table asks for; its role where the table has no row of it."""
    if not rows:
        return ["role"]
    fields = {
        "education": ("education", post.education),
        "licence": ("licences", post.licences),
        "step": ("step", post.step),
    }
    asked = [found for column, found in fields.items() if any(row.get(column) is not None for row in rows)]
    absent = [name for name, value in asked if value is None]
    return absent or [name for name, _ in asked] or ["role"]


def _finding(context: Context, post: Position, source: str | Text, limit: Explanation) -> Finding:
    place = post.origin.place("monthly_pay")
    allowed = int(limit.value)
    return Finding(
        place=place,
        stated=post.monthly_pay,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=OVER(
            post=named(post),
            role=post.role or "",
            stated=dollars(post.monthly_pay or 0),
            allowed=dollars(allowed),
            source=source,
        ),
        remedy=lower(place, allowed),
        explanation=limit,
        edits=edit(place, allowed),
        cut=pay_cut(context, post, allowed),
    )
