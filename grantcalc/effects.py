"""What mending a finding changes elsewhere: totals, bases and caps; and the sum that is left when all is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from grantcalc.draft.model import Fund
from grantcalc.finding import Cut, Effect, Finding, Outcome
from grantcalc.mending import Left, row_of
from grantcalc.rules.context import Context
from grantcalc.rules.kinds.share_cap import (
    ShareCap,
    Sums,
    asked_of,
    base_of,
    cap,
    item_rows,
    posts_left_out,
    settled,
    title_of,
)
from grantcalc.rules.rule import Rule
from grantcalc.text import Bilingual, Message, joined
from grantcalc.units import Unit

CATEGORY_TOTAL = Message("subsidised total of {category}")
SUBSIDY_TOTAL = Message("subsidy asked for in all")
CAP_OF = Message("cap of {category}")
WILL_EXCEED = Message("“{category}” will exceed its cap, when every error is mended, by")

Bound = tuple[tuple[str, ...], tuple[str, ...]]
"""What a ceiling is on: categories, and rows of them where it is on these alone."""


def effects_of(context: Context, finding: Finding, left: Left) -> tuple[Effect, ...]:
    """Totals and caps before and after the cut that mends a finding; ``left`` is what mending every error leaves."""
    if finding.cut is None or finding.cut.amount == 0:
        return ()
    found = _effects(context, finding, finding.cut, left)
    return tuple(effect for effect in found if effect.before != effect.after)


def _effects(context: Context, finding: Finding, cut: Cut, left: Left) -> Iterator[Effect]:
    ledger, categories = context.ledger, cut.categories
    names = joined(_title(context, name) for name in categories)
    before = ledger.sum(Fund.SUBSIDY, categories).value
    yield Effect(label=CATEGORY_TOTAL(category=names), before=before, after=before - cut.amount, unit=Unit.DOLLAR)
    total = ledger.sum(Fund.SUBSIDY).value
    yield Effect(label=SUBSIDY_TOTAL(), before=total, after=total - cut.amount, unit=Unit.DOLLAR)
    for rule in context.programme.rules:
        values = rule.values
        if isinstance(values, ShareCap) and _moves(context, values, finding, cut):
            base = base_of(context, values).value
            yield Effect(
                label=CAP_OF(category=title_of(context, values)),
                before=cap(base, values),
                after=cap(base - cut.amount, values),
                unit=Unit.DOLLAR,
                rule=rule.id,
            )
            yield from _exceeding(context, rule, values, finding, left)


def _moves(context: Context, values: ShareCap, finding: Finding, cut: Cut) -> bool:
    """Whether mending a finding takes something off the base of a cap."""
    inside = bool(set(values.base) & set(cut.categories))
    return inside and row_of(finding.place.path) not in posts_left_out(context, values)


def _exceeding(context: Context, rule: Rule, values: ShareCap, finding: Finding, left: Left) -> Iterator[Effect]:
    """What a share will be above its cap once the base has shrunk, where that is more than it is now."""
    asked, base = asked_of(context, values).value, base_of(context, values).value
    now = max(0, asked - cap(base, values))
    sums = _left_sums(context, values, left)
    # What another ceiling takes is not in what is left of single rows.
    cut = finding.cut
    more = cut.amount if cut is not None and cut.ceiling is not None and finding.rule != rule.id else 0
    then = max(0, sums.asked - cap(sums.base - more, values))
    if then > now:
        label = WILL_EXCEED(category=title_of(context, values))
        yield Effect(label=label, before=now, after=then, unit=Unit.DOLLAR, rule=rule.id)


def _left_sums(context: Context, values: ShareCap, left: Left) -> Sums:
    """What a cap is judged by when single rows are mended."""
    rows = item_rows(context, values)
    base = left.sum(values.base) - left.of_rows(posts_left_out(context, values), values.base)
    if values.items:
        return Sums(asked=left.of_rows(rows), base=base, inside=left.of_rows(rows, values.base))
    asked = left.sum([values.of])
    return Sums(asked=asked, base=base, inside=asked if values.of in values.base else 0)


def _title(context: Context, name: str) -> Bilingual | str:
    category = context.programme.category(name)
    return category.title if category else name


@frozen(kw_only=True)
class Settled:
    """A draft with every error mended: what is ``left`` of single rows, and what ceilings on several take off that."""

    left: Left
    taken: Mapping[Bound, int]

    @property
    def allowed(self) -> int:
        """The largest subsidy that is left of it."""
        return max(0, self.left.sum() - sum(self.taken.values()))


def settle(context: Context, findings: Iterable[Finding], left: Left) -> Settled:
    """What is left when every error is mended, caps of shares worked out anew; ``left`` is of the same findings."""
    taken = _excesses(context, findings, left)
    return Settled(left=left, taken={bound: value for bound, value in taken.items() if value})


def _excesses(context: Context, findings: Iterable[Finding], left: Left) -> dict[Bound, int]:
    """Dollars by which what is ``left`` of several rows passes each ceiling and share, none counted twice."""
    taken: dict[Bound, int] = {}
    for finding in findings:
        cut = finding.cut
        if finding.outcome is Outcome.ERROR and cut is not None and cut.ceiling is not None:
            found = left.of_rows(cut.rows) if cut.rows else left.sum(cut.categories)
            _take(taken, (cut.categories, cut.rows), found - cut.ceiling)
    for values in _innermost_first(context):
        if not base_of(context, values).missing:  # of an unknown base no cap is known
            _take_share(context, values, left, taken)
    return taken


def _take(taken: dict[Bound, int], bound: Bound, excess: int) -> None:
    taken[bound] = max(0, excess, taken.get(bound, 0))


def _take_share(context: Context, values: ShareCap, left: Left, taken: dict[Bound, int]) -> None:
    """What a share passes its cap by, on a base without what other ceilings take off it."""
    bound = ((values.of,), item_rows(context, values))
    sums = _left_sums(context, values, left)
    gone = sum(
        amount for other, amount in taken.items() if other != bound and set(other[0]) & set(values.base) and other[1]
    )
    sums = Sums(asked=sums.asked, base=max(0, sums.base - gone), inside=sums.inside)
    _take(taken, bound, sums.asked - settled(sums, values))


def _innermost_first(context: Context) -> list[ShareCap]:
    """Every cap that is a share, those on part of another's base before that one."""
    shares = [rule.values for rule in context.programme.rules if isinstance(rule.values, ShareCap)]
    return sorted(shares, key=lambda one: -sum(one.of in other.base for other in shares if other is not one))
