"""What a simulation takes for granted (假設): every output states it.

Pay that no document in hand publishes, the month of the bonus, who bears the insurance, the cases, the lowest step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grantcalc.draft.model import Role
from grantcalc.finding import Explanation
from grantcalc.headcount.insured import printed_cap, real_cost
from grantcalc.headcount.model import Assumption, ChangeKind, Insured, Pay, PaySource, Scenario, Stint
from grantcalc.headcount.pricing import Prices, approved_of, personnel_money
from grantcalc.headcount.team import groups_of
from grantcalc.text import Message, Text, Value, dollars, joined

PAY_STATED = Message(
    "The pay of a {role}, {amounts} a month, is what the scenario states; no document in hand publishes it."
)
PAY_RANGE = Message(
    "The pay of a {role} is a range that the scenario states, {amounts} a month; the middle is taken, for "
    "the insurance too."
)
PAY_TABLE = Message("The pay of a {role}, {amounts} a month, is that of the supplied pay table.")
PAY_IMPLIED = Message(
    "The pay of these roles is not published ({roles}); the implied average is taken: {money} of approved personnel "
    "money ÷ {posts} approved posts, project managers among them, ÷ {months} months of pay = {amount} a month."
)
SPAN = Message("{low} to {high}")
LOWEST = Message("No step or points are stated for {names}: the lowest of the scale is taken.")
REPLACED = Message(
    "Who replaces others ({names}) starts at the lowest step or points with the same degree and licences; a pay on no "
    "scale is taken over, without raises of the person."
)
BONUS_MONTH = Message("The year-end bonus is paid in month {month} (bonus_month).")
INCLUDED = Message("The pay contains the employer's insurance: none is added to any post.")
IGNORED = Message("An insurance is stated as well; as the pay contains it (insured), what is stated is not added.")
INCLUDED_SCALE = Message("The pay by a scale contains none: the insurance of {roles} is not in the cost.")
DOUBLE = Message(
    "The implied average contains the employer's insurance, yet the scenario adds it once more (insured); "
    "“included” would not."
)
REAL_CAPPED = Message(
    "The insurance is what the employer really pays, at most {cap} a person and month from the subsidy."
)
REAL = Message("The insurance is what the employer really pays a person and month; the subsidy bears it.")
OWN = Message("Own funds bear the insurance: it is shown, and not counted against the budget.")
STATED = Message("The insurance of {amount} a person and month is what the scenario states.")
UNKNOWN = Message(
    "The insurance of {names} cannot be worked out from the grades and rates in hand and counts as 0; state it by "
    "insurance."
)
ONE_MONTH = Message(
    "Where pay changes inside a month, the insurance of that month goes by the earlier pay and counts once."
)
AVERAGE = Message("The open cases of every month are the county's average of the table of approved posts, {cases}.")
BUDGET = Message("The budget is the approved personnel money of {county}, {budget}.")
BEYOND = Message(
    "The pay of a {role} by the scale, {pay} a month, is above the implied average of {average}: so the approved posts "
    "for a whole year cost more than the approved personnel money."
)


def assumptions_of(scenario: Scenario, prices: Prices, stints: Iterable[Stint]) -> tuple[Assumption, ...]:
    """All of them, in the order in which an output tells them."""
    known = tuple(stints)
    texts = (
        *_of_pay(prices, known),
        *_of_steps(scenario, prices),
        *_of_replacements(scenario),
        BONUS_MONTH(month=scenario.bonus_month),
        *_of_insurance(scenario, prices, known),
        *_of_county(scenario, prices),
    )
    return (*scenario.assumptions, *(Assumption(text=text) for text in texts))


def _of_pay(prices: Prices, stints: tuple[Stint, ...]) -> Iterator[Text]:
    """One for every role and source whose pay the programme's document does not print."""
    found: dict[tuple[Role, PaySource], dict[tuple[int, int], Pay]] = {}
    for stint in stints:
        if not prices.is_printed(stint.role) or stint.pay.source is PaySource.RANGE:
            pays = found.setdefault((stint.role, stint.pay.source), {})
            pays[(stint.pay.low, stint.pay.high)] = stint.pay
    implied = [role for role, source in found if source is PaySource.IMPLIED]
    if implied and prices.implied is not None:
        yield _implied(implied, prices.implied)
        yield from _beyond(prices.implied, stints)
    for (role, source), pays in found.items():
        if source is PaySource.IMPLIED:
            continue
        message = {PaySource.RANGE: PAY_RANGE, PaySource.TABLE: PAY_TABLE}.get(source, PAY_STATED)
        yield message(role=role, amounts=joined(_amount(pay) for pay in pays.values()))


def _amount(pay: Pay) -> Value:
    if pay.low == pay.high:
        return dollars(pay.low)
    return SPAN(low=dollars(pay.low), high=dollars(pay.high))


def _implied(roles: list[Role], found: Explanation) -> Text:
    money, posts, months = (part.value for part in found.inputs)
    return PAY_IMPLIED(
        roles=joined(roles), money=dollars(money), posts=posts, months=months, amount=dollars(found.value)
    )


def _beyond(average: Explanation, stints: tuple[Stint, ...]) -> Iterator[Text]:
    """A published scale that takes the team beyond the approved money, whatever is assumed of the others."""
    above = {stint.role: stint.pay for stint in stints if stint.pay.source is PaySource.SCALE}
    for role, pay in above.items():
        if pay.low > average.value:
            yield BEYOND(role=role, pay=dollars(pay.low), average=dollars(average.value))


def _of_steps(scenario: Scenario, prices: Prices) -> Iterator[Text]:
    """Of everybody on a scale, hired and promoted ones among them."""
    names: dict[str, None] = {}
    for group in groups_of(scenario, prices):
        for spell in group.spells:
            ladder = prices.ladder(spell.role, spell.basis)
            if ladder is not None and ladder.of(spell.basis.over(prices.stated.get(spell.role))) is None:
                names[group.post] = None
    if names:
        yield LOWEST(names=joined(names))


def _of_replacements(scenario: Scenario) -> Iterator[Text]:
    """Of those whose pay the change itself does not state."""
    replaced = (change for change in scenario.changes if change.kind is ChangeKind.REPLACE)
    names = dict.fromkeys(
        change.who or "" for change in replaced if change.basis is None or change.basis.monthly is None
    )
    if names:
        yield REPLACED(names=joined(names))


def _of_insurance(scenario: Scenario, prices: Prices, stints: tuple[Stint, ...]) -> Iterator[Text]:
    is_implied = any(stint.pay.source is PaySource.IMPLIED for stint in stints)
    if scenario.insured is Insured.INCLUDED:
        yield INCLUDED()
        if scenario.insurance is not None or stated_insurance(scenario):
            yield IGNORED()
        by_scale = {PaySource.SCALE, PaySource.TABLE}
        scaled = dict.fromkeys(stint.role for stint in stints if stint.pay.source in by_scale)
        if scaled:
            yield INCLUDED_SCALE(roles=joined(scaled))
        return
    if scenario.insured is Insured.OWN:
        yield OWN()
    elif is_implied:
        yield DOUBLE()
    if scenario.insurance is not None:
        yield STATED(amount=dollars(scenario.insurance))
    else:
        yield from _real(scenario, prices, stints)
    if any(stint.follows and stint.start.day > 1 for stint in stints):
        yield ONE_MONTH()


def _real(scenario: Scenario, prices: Prices, stints: tuple[Stint, ...]) -> Iterator[Text]:
    stated = stated_insurance(scenario)
    worked_out = [stint for stint in stints if stint.name.removesuffix(" *") not in stated]
    if not worked_out:
        return
    if scenario.insured is Insured.SUBSIDY:
        cap = printed_cap(prices.programme)
        yield REAL() if cap is None else REAL_CAPPED(cap=dollars(cap))
    found = [(stint.name, real_cost(scenario, prices, stint.insured_pay)) for stint in worked_out]
    unknown = dict.fromkeys(name for name, cost in found if cost is None)
    if unknown:
        yield UNKNOWN(names=joined(unknown))
    yield from {note.template: note for _, cost in found if cost is not None for note in cost.notes}.values()


def stated_insurance(scenario: Scenario) -> frozenset[str]:
    """Entries of staff that state their own insurance, hired ones among them."""
    hired = (change.hired for change in scenario.changes if change.hired is not None)
    return frozenset(member.name for member in (*scenario.staff, *hired) if member.insurance is not None)


def _of_county(scenario: Scenario, prices: Prices) -> Iterator[Text]:
    approved = approved_of(prices.programme, scenario.county, prices.tables)
    if approved is not None and scenario.cases is not None and set(scenario.cases) == {approved.cases}:
        yield AVERAGE(cases=approved.cases)
    money = personnel_money(prices.programme, scenario.county, prices.tables)
    if money is not None and scenario.budget == money:
        yield BUDGET(county=scenario.county or "", budget=dollars(money))
