"""What mending a finding changes elsewhere: totals, bases and caps; and the sum that is left when all is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grantcalc.draft.model import Fund
from grantcalc.finding import Effect, Finding, Outcome
from grantcalc.mending import Left, left_of
from grantcalc.rules.context import Context
from grantcalc.rules.kinds.share_cap import ShareCap, cap
from grantcalc.rules.rule import Rule
from grantcalc.text import Bilingual, Message, joined
from grantcalc.units import Unit

CATEGORY_TOTAL = Message("subsidised total of {category}")
SUBSIDY_TOTAL = Message("subsidy asked for in all")
CAP_OF = Message("cap of {category}")
WILL_EXCEED = Message("“{category}” will exceed its cap, when every error is mended, by")


def effects_of(context: Context, finding: Finding, left: Left) -> tuple[Effect, ...]:
    """Totals and caps before and after the cut that mends a finding; ``left`` is what mending every error leaves."""
    if finding.cut is None or finding.cut.amount == 0:
        return ()
    return tuple(_effects(context, finding.cut.categories, finding.cut.amount, left))


def _effects(context: Context, categories: tuple[str, ...], cut: int, left: Left) -> Iterator[Effect]:
    ledger = context.ledger
    names = joined(_title(context, name) for name in categories)
    before = ledger.sum(Fund.SUBSIDY, categories).value
    yield Effect(label=CATEGORY_TOTAL(category=names), before=before, after=before - cut, unit=Unit.DOLLAR)
    total = ledger.sum(Fund.SUBSIDY).value
    yield Effect(label=SUBSIDY_TOTAL(), before=total, after=total - cut, unit=Unit.DOLLAR)
    for rule in context.programme.rules:
        values = rule.values
        if isinstance(values, ShareCap) and set(values.base) & set(categories):
            base = ledger.sum(Fund.SUBSIDY, values.base).value
            yield Effect(
                label=CAP_OF(category=_title(context, values.of)),
                before=cap(base, values),
                after=cap(base - cut, values),
                unit=Unit.DOLLAR,
                rule=rule.id,
            )
            yield from _exceeding(context, rule, values, left)


def _exceeding(context: Context, rule: Rule, values: ShareCap, left: Left) -> Iterator[Effect]:
    """What a share will be above its cap once the base has shrunk, where that is more than it is now."""
    asked = context.ledger.sum(Fund.SUBSIDY, [values.of]).value
    base = context.ledger.sum(Fund.SUBSIDY, values.base).value
    now = max(0, asked - cap(base, values))
    then = max(0, left.sum([values.of]) - cap(left.sum(values.base), values))
    if then > now:
        label = WILL_EXCEED(category=_title(context, values.of))
        yield Effect(label=label, before=now, after=then, unit=Unit.DOLLAR, rule=rule.id)


def _title(context: Context, name: str) -> Bilingual | str:
    category = context.programme.category(name)
    return category.title if category else name


def largest_allowed(context: Context, findings: Iterable[Finding]) -> tuple[int, int]:
    """Subsidy asked for, and what is left of it when every error is mended, caps of shares worked out anew."""
    chosen = list(findings)
    asked = context.ledger.sum(Fund.SUBSIDY).value
    left = left_of(context, chosen)
    cuts = [finding.cut for finding in chosen if finding.outcome is Outcome.ERROR and finding.cut is not None]
    ceilings = [(cut.categories, cut.ceiling) for cut in cuts if cut.ceiling is not None]
    shares = [rule.values for rule in context.programme.rules if isinstance(rule.values, ShareCap)]
    ceilings += [
        ((values.of,), cap(left.sum(values.base), values))
        for values in shares
        if not context.ledger.sum(Fund.SUBSIDY, values.base).missing  # of an unknown base no cap is known
    ]
    taken: dict[tuple[str, ...], int] = {}
    for categories, ceiling in ceilings:
        over = max(0, left.sum(categories) - ceiling)
        taken[categories] = max(over, taken.get(categories, 0))
    return asked, max(0, left.sum() - sum(taken.values()))
