"""Regional allowance of a post (地域加給): who gets it, how much, and for how many months; one fault, one finding.

Three kinds: the place owns whatever has no zone or no claim, the amount what is above the zone's basic amount, the
months what is asked beyond the months in post.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Cut, Edit, Explanation, Finding, Outcome, Place, Verdict
from grantcalc.money import Number
from grantcalc.pay.allowance import BasicAmount, Standing, Workplace, basic_amount, zone_of
from grantcalc.rules import ledger
from grantcalc.rules.context import COUNTIES, Context
from grantcalc.rules.posts import too_many_months
from grantcalc.rules.remedies import LOOK, edit, lower, set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.soundness import sound_post
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Joined, Measure, Message, Text, Value, dollars, joined
from grantcalc.units import Unit

OUTSIDE = Message("A regional allowance of {stated} for “{workplace}”, which is in none of: {islands}.")
WRONG_ROLE = Message("A regional allowance of {stated} for a {role}; only these get it: {roles}.")
NO_ROLES = Message("A regional allowance of {stated}; this programme's document does not say who gets it.")
NOT_SUBSIDISED = Message("A regional allowance of {stated}; this programme's document subsidises none.")
DOUBTFUL = Message("A regional allowance of {stated} for “{workplace}”, which the table does not list for certain.")
OVER = Message("A regional allowance of {stated} a month for “{workplace}”, above the basic amount of {allowed}.")
MONTHS = Message(
    "The regional allowance is {stated} ({monthly} × {asked} × {count}), but the post is held in {served}."
)
ASK_PLACE = Message("to which zone of the table “{workplace}” belongs")
ASK_ROLES = Message("whether the subsidy pays a regional allowance to this post")
NO_SENIORITY = Message("Lower {place} to {allowed} or less; no seniority part is subsidised.")
MONTHS_ALLOWED = Message("calendar months of the post")


@frozen(kw_only=True, eq=False, repr=False)
class AllowancePlace:
    """``refused``: the document lists what is subsidised, and a regional allowance is not among it."""

    refused: bool = False


@frozen(kw_only=True, eq=False, repr=False)
class Asked:
    """A subsidised post that asks for an allowance, and what is known of its workplace."""

    position: Position
    workplace: Workplace | None
    roles: tuple[Role, ...]

    @property
    def place(self) -> Place:
        """The monthly amount where it is stated, else the sum."""
        name = "regional_allowance" if self.position.regional_allowance else "allowance_amount"
        return self.position.origin.place(name)

    @property
    def stated(self) -> Number:
        """What stands at :attr:`place`."""
        return self.position.regional_allowance or self.position.allowance_amount or 0

    @property
    def entitled(self) -> bool:
        """True where role and workplace leave no doubt that an allowance is due."""
        role_known = self.position.role is not None and self.position.role in self.roles
        return role_known and self.workplace is not None and self.workplace.kind is Standing.ZONE


def check_place(context: Context, rule: Rule, values: AllowancePlace) -> Verdict:
    """A finding for every post that is not of a place or of a kind that gets the allowance."""
    tally = Tally()
    for asked in _asked(context):
        tally.examine()
        if values.refused:
            tally.found(_nothing(context, asked, NOT_SUBSIDISED(stated=dollars(asked.stated))))
            continue
        finding = _place_finding(context, asked)
        if finding is not None:
            tally.found(finding)
            continue
        if asked.position.role is None and asked.roles:
            tally.lacks(asked.position.origin.place("role").path)
        if asked.workplace is None:
            tally.lacks(asked.position.origin.place("workplace").path)
    return tally.verdict()


def check_amount(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every monthly allowance above the basic amount of the workplace's zone."""
    tally = Tally()
    basis = context.programme.parameters.penghu_basis
    for asked in _asked(context):
        _lack_inputs(asked, tally)
        if not asked.entitled or asked.workplace is None:
            continue
        tally.examine()
        if asked.position.regional_allowance is None:
            tally.lacks(asked.position.origin.place("regional_allowance").path)
            continue
        unread = asked.position.unread_of("start")
        if unread:
            tally.lacks(*unread)
            continue
        start = ledger.span(asked.position, context.period).start
        amount = basic_amount(asked.workplace, start, basis, context.tables)
        if amount is not None and asked.position.regional_allowance > amount.amount:
            tally.found(_over(context, asked, asked.position.regional_allowance, amount))
    return tally.verdict()


def check_months(context: Context, rule: Rule, values: None) -> Verdict:
    """A warning for every allowance of more months than the post is held in."""
    tally = Tally()
    for asked in _asked(context):
        position = asked.position
        _lack_inputs(asked, tally)
        if not asked.entitled or position.regional_allowance is None or position.allowance_amount is None:
            continue
        tally.examine()
        tally.lacks(*position.unread_of(*ledger.DATES))
        months = too_many_months(context, position)
        if months is not None:
            tally.found(_months(context, rule, position, months))
    return tally.verdict()


def _lack_inputs(asked: Asked, tally: Tally) -> None:
    """Role or workplace not stated, where with it the post may be one that gets the allowance of its zone."""
    role, workplace = asked.position.role, asked.workplace
    may_be_of_role = bool(asked.roles) and (role is None or role in asked.roles)
    may_be_in_zone = workplace is None or workplace.kind is Standing.ZONE
    if not may_be_of_role or not may_be_in_zone:
        return
    if role is None:
        tally.lacks(asked.position.origin.place("role").path)
    if workplace is None:
        tally.lacks(asked.position.origin.place("workplace").path)


def _asked(context: Context) -> list[Asked]:
    roles = context.programme.parameters.regional_allowance_roles
    return [
        Asked(position=position, workplace=_workplace(context, position), roles=roles)
        for position in context.subsidised_posts
        if (position.regional_allowance or position.allowance_amount) and sound_post(position)
    ]


def _workplace(context: Context, position: Position) -> Workplace | None:
    if not position.workplace:
        return None
    return zone_of(position.workplace, context.draft.county, context.tables)


def _place_finding(context: Context, asked: Asked) -> Finding | None:
    position, stated, written = asked.position, dollars(asked.stated), asked.position.workplace or ""
    if asked.workplace is not None and asked.workplace.kind is Standing.OUTSIDE:
        return _nothing(context, asked, OUTSIDE(stated=stated, workplace=written, islands=_islands(context)))
    if not asked.roles:
        return _look(asked, NO_ROLES(stated=stated), ASK_ROLES())
    if position.role is not None and position.role not in asked.roles:
        message = WRONG_ROLE(stated=stated, role=position.role, roles=joined(asked.roles))
        return _nothing(context, asked, message)
    if asked.workplace is not None and asked.workplace.kind is Standing.DOUBTFUL:
        message = DOUBTFUL(stated=stated, workplace=written)
        return _look(asked, message, asked.workplace.note or ASK_PLACE(workplace=written))
    return None


def _islands(context: Context) -> Joined:
    """The counties whose islands get the allowance."""
    rows = context.tables[COUNTIES].rows
    return joined(Bilingual(row["name_zh"], row["name_en"]) for row in rows if row["island"])


def _nothing(context: Context, asked: Asked, message: Text) -> Finding:
    position = asked.position
    amount = ledger.monthly_amount(position.regional_allowance, position.allowance_amount, position, context.period)
    return Finding(
        place=asked.place,
        stated=asked.stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=message,
        remedy=lower(asked.place, 0),
        edits=tuple(Edit(place=place, value=0) for place in _stated_places(position)),
        cut=Cut(categories=(context.programme.posts.allowance,), amount=amount or 0),
    )


def _stated_places(position: Position) -> list[Place]:
    """Monthly amount and sum, as far as either is asked for."""
    names = ("regional_allowance", "allowance_amount")
    return [position.origin.place(name) for name in names if getattr(position, name)]


def _look(asked: Asked, message: Text, ask: Value) -> Finding:
    return Finding(
        outcome=Outcome.REVIEW,
        place=asked.place,
        stated=asked.stated,
        unit=Unit.DOLLAR,
        message=message,
        remedy=LOOK(ask=ask),
    )


def _over(context: Context, asked: Asked, stated: Number, amount: BasicAmount) -> Finding:
    position = asked.position
    months = ledger.touched_months(position, context.period)
    return Finding(
        place=asked.place,
        stated=stated,
        allowed=amount.amount,
        unit=Unit.DOLLAR,
        message=OVER(stated=dollars(stated), workplace=position.workplace or "", allowed=dollars(amount.amount)),
        remedy=NO_SENIORITY(place=asked.place, allowed=dollars(amount.amount)),
        explanation=Explanation(label=amount.title, value=amount.amount, unit=Unit.DOLLAR, origin=amount.citation),
        edits=edit(asked.place, amount.amount),
        cut=Cut(
            categories=(context.programme.posts.allowance,),
            amount=(int(stated) - amount.amount) * months * position.people,
        ),
    )


def _months(context: Context, rule: Rule, position: Position, asked: int) -> Finding:
    place = position.origin.place("allowance_amount")
    served = ledger.touched_months(position, context.period)
    monthly, count = int(position.regional_allowance or 0), position.people
    allowed = monthly * served * count
    return Finding(
        outcome=rule.outcome,
        place=place,
        stated=position.allowance_amount,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=MONTHS(
            stated=dollars(position.allowance_amount or 0),
            monthly=dollars(monthly),
            asked=Measure(asked, Unit.MONTH),
            count=Measure(count, Unit.POST),
            served=Measure(served, Unit.MONTH),
        ),
        remedy=set_to(place, allowed),
        explanation=Explanation(label=MONTHS_ALLOWED, value=served, unit=Unit.MONTH),
        edits=edit(place, allowed),
    )


PLACE = Kind(name="regional-allowance-place", check=check_place, values=AllowancePlace)
AMOUNT = Kind(name="regional-allowance-amount", check=check_amount)
MONTHS_SERVED = Kind(name="regional-allowance-months", check=check_months)
