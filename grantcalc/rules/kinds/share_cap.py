"""A sum capped at a share of others (比率上限): the management fee (管理費), or items inside a category (雜支費).

The base is what the subsidy pays, recomputed from prices and quantities, without the posts of some roles where the
document leaves them out; the cap is rounded as the rule says, and a ceiling in dollars may stand above it.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from grantcalc.draft.model import Fund, Line, Role
from grantcalc.finding import Cut, Explanation, Finding, Operation, Verdict
from grantcalc.money import Rounding, whole
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import without_role
from grantcalc.rules.ledger import Sum
from grantcalc.rules.lowering import edits_of, rows_lowered, told
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Percent, Text, Value, dollars, joined
from grantcalc.units import Unit

OVER = Message("“{category}” asks for {stated}, above the cap of {allowed} ({base} × {rate}).")
OVER_EITHER = Message(
    "“{category}” asks for {stated}, above the cap of {allowed}: the smaller of {share} ({base} × {rate}) and "
    "{ceiling}."
)
FALLS = Message(
    "{remedy} “{category}” is part of its own base, which falls with it: {most} is the largest amount that then passes "
    "({base} × {rate})."
)
CAP = Message("cap of {category}")
SHARE = Message("share of the base")
BASE = Message("base: subsidised rows of the categories counted")
WHOLE_BASE = Message("subsidised rows of the categories")
LEFT_OUT = Message("subsidised posts left out: {roles}")


@frozen(kw_only=True, eq=False, repr=False)
class ShareCap:
    """``of`` may cost at most ``rate`` of the subsidised sum of ``base``, and at most ``ceiling``.

    ``items``: the cap is on these items of the category ``of`` alone. ``less_roles``: posts that leave the base.
    """

    of: str
    base: tuple[str, ...]
    rate: Limit
    rounding: Rounding = Rounding.DOWN
    items: tuple[str, ...] = ()
    less_roles: tuple[Role, ...] = ()
    ceiling: Limit | None = None


@frozen(kw_only=True)
class Sums:
    """What a cap is judged by: the sum ``asked`` for, its ``base``, and how much of ``asked`` lies inside the base."""

    asked: int
    base: int
    inside: int = 0


def cap(base: int, values: ShareCap) -> int:
    """The largest allowed amount for a base."""
    share = whole(Fraction(base) * Fraction(values.rate.value), values.rounding)
    return share if values.ceiling is None else min(share, whole(values.ceiling.value, Rounding.DOWN))


def settled(sums: Sums, values: ShareCap) -> int:
    """The largest amount, up to the one asked for, that passes once it is lowered to that.

    A base that holds the amount itself falls with it, and the cap with the base.
    """
    most = sums.asked
    while (allowed := cap(sums.base - min(sums.inside, sums.asked - most), values)) < most:
        most = max(0, allowed)
    return most


def capped_rows(context: Context, values: ShareCap) -> list[Line]:
    """Subsidised rows of the items, else of the category."""
    if values.items:
        return context.lines(*values.items)
    return [line for line in context.subsidised_lines if context.programme.category_of(line) == values.of]


def item_rows(context: Context, values: ShareCap) -> tuple[str, ...]:
    """Paths of the rows that the cap is on; none where it is on a whole category."""
    return tuple(line.origin.path for line in context.lines(*values.items))


def posts_left_out(context: Context, values: ShareCap) -> tuple[str, ...]:
    """Paths of the posts whose amounts leave the base."""
    return tuple(post.origin.path for post in context.subsidised_posts if post.role in values.less_roles)


def asked_of(context: Context, values: ShareCap) -> Sum:
    """What the subsidy is asked for under the cap."""
    if values.items:
        return context.ledger.of_rows(Fund.SUBSIDY, item_rows(context, values))
    return context.ledger.sum(Fund.SUBSIDY, [values.of])


def base_of(context: Context, values: ShareCap) -> Sum:
    """The base, and what is not known of it: amounts, and roles where some roles leave it."""
    total = context.ledger.sum(Fund.SUBSIDY, values.base)
    less = context.ledger.of_rows(Fund.SUBSIDY, posts_left_out(context, values), values.base)
    missing = tuple(path for path in total.missing if path not in less.missing)
    roles = without_role(context) if values.less_roles else ()
    return Sum(value=total.value - less.value, missing=(*missing, *roles))


def inside_of(context: Context, values: ShareCap) -> int:
    """How much of what is asked for lies inside its own base."""
    if values.items:
        return context.ledger.of_rows(Fund.SUBSIDY, item_rows(context, values), values.base).value
    return asked_of(context, values).value if values.of in values.base else 0


def title_of(context: Context, values: ShareCap) -> Value:
    """What the cap is on, as a message names it."""
    items = [context.programme.items[code].name for code in values.items if code in context.programme.items]
    category = context.programme.category(values.of)
    return joined(items) if items else category.title if category else values.of


def explain(context: Context, values: ShareCap, base: int) -> Explanation:
    """The cap as a tree: base by category, without the posts left out, × rate; the smaller of that and a ceiling."""
    label = CAP(category=title_of(context, values))
    product = Explanation(
        label=label,
        value=cap(base, evolve(values, ceiling=None)),
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(_explained_base(context, values, base), values.rate.explained()),
        rounding=values.rounding.value,
    )
    if values.ceiling is None:
        return product
    return Explanation(
        label=label,
        value=cap(base, values),
        unit=Unit.DOLLAR,
        operation=Operation.SMALLEST,
        inputs=(evolve(product, label=SHARE), values.ceiling.explained()),
    )


def _explained_base(context: Context, values: ShareCap, base: int) -> Explanation:
    parts = tuple(
        Explanation(label=category.title, value=context.ledger.sum(Fund.SUBSIDY, [name]).value, unit=Unit.DOLLAR)
        for name in values.base
        if (category := context.programme.category(name)) is not None
    )
    total = Explanation(label=BASE, value=base, unit=Unit.DOLLAR, operation=Operation.SUM, inputs=parts)
    if not values.less_roles:
        return total
    less = context.ledger.of_rows(Fund.SUBSIDY, posts_left_out(context, values), values.base).value
    label = LEFT_OUT(roles=joined(values.less_roles))
    left_out = Explanation(label=label, value=less, unit=Unit.DOLLAR)
    counted = evolve(total, label=WHOLE_BASE, value=base + less)
    return evolve(total, operation=Operation.DIFFERENCE, inputs=(counted, left_out))


def check(context: Context, rule: Rule, values: ShareCap) -> Verdict:
    """One finding on the dearest row when the rows pass their cap."""
    tally = Tally()
    rows = capped_rows(context, values)
    asked, base = asked_of(context, values), base_of(context, values)
    tally.examine(len(rows))
    if rows:
        tally.lacks(*asked.missing, *base.missing)
    if rows and not base.missing and asked.value > cap(base.value, values):
        sums = Sums(asked=asked.value, base=base.value, inside=inside_of(context, values))
        tally.found(_finding(context, values, rows, sums))
    return tally.verdict()


def _finding(context: Context, values: ShareCap, rows: list[Line], sums: Sums) -> Finding:
    most = settled(sums, values)
    changed = rows_lowered(rows, sums.asked - most)
    return Finding(
        place=changed[0].line.origin.place("amount"),
        stated=sums.asked,
        allowed=cap(sums.base, values),
        unit=Unit.DOLLAR,
        message=_message(context, values, sums),
        remedy=_remedy(context, values, sums, most, told(title_of(context, values), most, changed)),
        explanation=explain(context, values, sums.base),
        edits=edits_of(changed),
        cut=Cut(categories=(values.of,), amount=sums.asked - most, ceiling=most, rows=item_rows(context, values)),
    )


def _message(context: Context, values: ShareCap, sums: Sums) -> Text:
    shown: dict[str, Value] = {
        "category": title_of(context, values),
        "stated": dollars(sums.asked),
        "allowed": dollars(cap(sums.base, values)),
        "base": dollars(sums.base),
        "rate": Percent(values.rate.value),
    }
    if values.ceiling is None:
        return OVER(**shown)
    share = cap(sums.base, evolve(values, ceiling=None))
    return OVER_EITHER(share=dollars(share), ceiling=dollars(values.ceiling.value), **shown)


def _remedy(context: Context, values: ShareCap, sums: Sums, most: int, remedy: Text) -> Text:
    """The rows to lower, and why to less than the cap where the base falls with them."""
    if most == cap(sums.base, values):
        return remedy
    return FALLS(
        remedy=remedy,
        category=title_of(context, values),
        most=dollars(most),
        base=dollars(sums.base - min(sums.inside, sums.asked - most)),
        rate=Percent(values.rate.value),
    )


KIND = Kind(name="share-cap", check=check, values=ShareCap)
