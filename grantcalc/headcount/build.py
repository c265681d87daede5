"""Scenarios built from what is known already: a county's approved posts, or the posts of a draft budget."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from grantcalc.draft.model import Draft, Period, Position, Reading, Role
from grantcalc.headcount.defaults import default_budget, default_cases, default_insured, is_implied
from grantcalc.headcount.groups import ScenarioError
from grantcalc.headcount.ladder import Rung
from grantcalc.headcount.model import MONTHS, Assumption, Basis, Insured, Scenario, Staff
from grantcalc.headcount.pricing import Prices, approved_of, prices_of
from grantcalc.headcount.scenario_values import LONGEST, MOST_CASES, MOST_DOLLARS, MOST_PERSONS, PLACES
from grantcalc.money import Number, number, whole
from grantcalc.money import shown as to_digits
from grantcalc.pay.months import Earned, earn
from grantcalc.pay.paytable import PayRow
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.staffing import Approved
from grantcalc.text import Message, Text

NO_POSTS = Message(
    "No document in hand approves posts of {county} for {programme}; only these programmes approve posts: {known}. "
    "Start from a draft (--from DRAFT) or write a scenario file."
)
NO_STAFF = Message(
    "{file}: the draft has no post that the subsidy pays and whose role is known; there is nothing to simulate."
)
LEFT_OUT = Message("{place}: left out of the simulation; {reason}.")
NOT_SUBSIDISED = Message("the subsidy does not pay this post")
NO_ROLE = Message("its role or its number of persons is not known")
OTHER_ROLE = Message("the programme has no such role")
OUT_OF_RANGE = Message("a number of it is larger than a scenario holds")
NO_DAYS = Message("its dates lie outside the period")
OTHER_MONTHS = Message(
    "{place}: the draft asks for {months} months of pay; the simulation pays what the dates earn, {earned} months."
)
SAME_PERSON = Message(
    "{place}: “{person}” holds the post “{other}” at the same time; the simulation counts two persons."
)
PROBLEMS = Message("{file} has {count} fields that cannot be read; `grantcalc check` names them.")

NAMES = {
    Role.CASE_MANAGER: "個管",
    Role.SENIOR_CASE_MANAGER: "資深個管",
    Role.SUPERVISOR: "個管督導",
    Role.PROJECT_MANAGER: "專管",
}


def from_county(
    county: str,
    library: Library,
    programme: Programme | None = None,
    pay_table: tuple[PayRow, ...] | None = None,
) -> Scenario:
    """The approved posts of a county, in post for the whole period, at the pay that is offered by default.

    Project managers stand at the lowest point of their published scale; the pay of the others is not published. Where
    no pay table gives it, the implied average takes its place, which contains the employer's insurance.
    """
    having = [known for known in library.programmes() if approved_of(known, county, library.tables) is not None]
    if programme is None and having:
        programme = having[0]
    approved = None if programme is None else approved_of(programme, county, library.tables)
    if programme is None or approved is None:
        wanted = "–" if programme is None else programme.id
        raise ScenarioError(NO_POSTS(county=county, programme=wanted, known=", ".join(known.id for known in having)))
    scenario = Scenario(
        programme=programme.id,
        county=county,
        period=programme.period,
        staff=tuple(_approved_staff(approved, programme.period)),
        budget=default_budget(programme, county, library.tables),
        cases=default_cases(programme, county, library.tables),
    )
    prices = prices_of(scenario, programme, library.tables, pay_table)
    return evolve(scenario, insured=default_insured(prices, scenario.staff))


def _approved_staff(approved: Approved, period: Period) -> Iterator[Staff]:
    counts = {
        Role.CASE_MANAGER: approved.general,
        Role.SENIOR_CASE_MANAGER: approved.senior,
        Role.SUPERVISOR: approved.supervisors,
        Role.PROJECT_MANAGER: approved.project_managers,
    }
    for role, count in counts.items():
        if count:
            yield Staff(name=NAMES[role], role=role, count=count, start=period.start, end=period.end)


def from_draft(reading: Reading, library: Library) -> Scenario:
    """The subsidised posts of a draft: pay, dates, allowance and insurance as stated there, own parts beside them."""
    draft = reading.draft
    programme = library.programme(draft.programme)
    bare = Scenario(programme=programme.id, county=draft.county, period=programme.period, staff=())
    prices = prices_of(bare, programme, library.tables)
    insured = _insured(draft)
    staff: list[Staff] = []
    texts = [PROBLEMS(file=reading.file, count=len(reading.problems))] if reading.problems else []
    for position in draft.positions:
        days = _days(position, draft, programme.period)
        reason = _unfit(position, days, programme)
        if reason is not None:
            texts.append(LEFT_OUT(place=position.origin.place("").shown, reason=reason()))
            continue
        member = _member(position, days, insured, prices, [known.name for known in staff], reading.file)
        member = evolve(member, bonus=_has_bonus(position, member, programme))
        texts += _other_months(position, member, programme)
        twin = next((known for known in staff if overlapping(known, member)), None)
        if twin is not None:
            texts.append(SAME_PERSON(place=member.entry, person=member.person or "", other=twin.name))
            member = evolve(member, person=None)
        staff.append(member)
    if not staff:
        raise ScenarioError(NO_STAFF(file=reading.file), *texts)
    if insured is Insured.OWN and all(is_implied(prices, member.role, member.basis) for member in staff):
        insured = Insured.INCLUDED
    return evolve(
        bare,
        title=_short(draft.title),
        staff=tuple(staff),
        insured=insured,
        budget=default_budget(programme, draft.county, library.tables),
        cases=_cases(draft) or default_cases(programme, draft.county, library.tables),
        assumptions=tuple(Assumption(text=text) for text in texts),
    )


def _cases(draft: Draft) -> tuple[Number, ...] | None:
    cases = draft.caseload.cases
    if cases is None or not 0 <= cases <= MOST_CASES:
        return None
    return (number(to_digits(cases, PLACES)),) * MONTHS


def _short(text: str | None) -> str | None:
    """A name or title as a scenario holds it."""
    words = " ".join(filter(str.isprintable, (text or "").split()))
    return words[:LONGEST].strip() or None


def _insured(draft: Draft) -> Insured:
    """The subsidy bears the insurance where a subsidised post asks for any."""
    asked = (post.employer_insurance or 0 for post in draft.positions if post.subsidised)
    return Insured.SUBSIDY if any(amount > 0 for amount in asked) else Insured.OWN


def _days(position: Position, draft: Draft, period: Period) -> Period:
    """The days in post: as stated, else the plan's, cut to the programme's period."""
    plan = draft.period or period
    start, end = position.start or plan.start, position.end or plan.end
    return Period(start=max(start, period.start), end=min(end, period.end))


def _unfit(position: Position, days: Period, programme: Programme) -> Message | None:
    """Why a post cannot be simulated; what is saved of the others can be read again."""
    if not position.subsidised:
        return NOT_SUBSIDISED
    if position.role is None or position.people < 1:
        return NO_ROLE
    if position.role not in programme.roles:
        return OTHER_ROLE
    if position.people > MOST_PERSONS or any((_dollars(amount) or 0) > MOST_DOLLARS for amount in _amounts(position)):
        return OUT_OF_RANGE
    return NO_DAYS if days.end < days.start else None


def _amounts(position: Position) -> Iterator[Number | None]:
    yield from (position.monthly_pay, position.regional_allowance, position.employer_insurance)
    yield from (position.own_monthly_pay, position.own_insurance)


def _member(position: Position, days: Period, insured: Insured, prices: Prices, taken: list[str], file: str) -> Staff:
    role = position.role or Role.CASE_MANAGER
    hired = position.hired_on or position.start
    own = _dollars(position.own_insurance)
    is_subsidised = insured is Insured.SUBSIDY
    insurance = _dollars(position.employer_insurance) or 0 if is_subsidised else own
    return Staff(
        name=_name(position, role, taken),
        role=role,
        count=position.people,
        person=_short(position.person) if position.people == 1 else None,
        start=days.start,
        end=days.end,
        hired_on=hired if hired is not None and hired < days.start else None,
        basis=_basis(position, role, prices),
        allowance=_dollars(position.regional_allowance) or 0,
        insurance=insurance,
        own_pay=_dollars(position.own_monthly_pay) or 0,
        own_insurance=own or 0 if is_subsidised else 0,
        entry=", ".join(filter(None, (file, position.origin.place("").shown))),
    )


def _name(position: Position, role: Role, taken: list[str]) -> str:
    wanted = _short(position.person) or _short(position.ref) or NAMES.get(role) or role.value
    wanted = wanted[: LONGEST - len(str(MOST_PERSONS)) - 1].strip()
    count = 1
    while (name := wanted if count == 1 else f"{wanted} {count}") in taken:
        count += 1
    return name


def _basis(position: Position, role: Role, prices: Prices) -> Basis:
    """The stated pay, and what a scale would ask for: a later step or replacement goes by it."""
    basis = Basis(education=position.education, licences=position.licences or ())
    if position.risk_allowance is not None:
        basis = evolve(basis, risk=position.risk_allowance)
    ladder = prices.ladder(role, basis)
    if ladder is not None and ladder.rung is Rung.POINTS:
        basis = evolve(basis, points=_dollars(position.points))
    else:
        basis = evolve(basis, step=_dollars(position.step))
    return evolve(basis, monthly=_dollars(position.monthly_pay))


def _dollars(stated: Number | None) -> int | None:
    """A whole number of the draft; a fraction, which is a finding of its own, half up."""
    return whole(stated) if stated is not None and stated >= 0 else None


def overlapping(one: Staff, other: Staff) -> bool:
    """Whether two entries put the same person in post on the same day."""
    if one.person is None or one.person != other.person:
        return False
    return one.start <= other.end and other.start <= one.end


def _earned(member: Staff, programme: Programme) -> Earned:
    return earn(1, member.start, member.end, programme.bonus, member.hired_on)


def _has_bonus(position: Position, member: Staff, programme: Programme) -> bool:
    """Whether a draft that states its months of pay asks for the bonus that the dates earn."""
    earned = _earned(member, programme)
    return (
        position.months is None
        or not earned.bonus_months
        or Fraction(position.months) != earned.months - earned.bonus_months
    )


def _other_months(position: Position, member: Staff, programme: Programme) -> list[Text]:
    earned = _earned(member, programme)
    paid = earned.months if member.bonus else earned.months - earned.bonus_months
    if position.months is None or Fraction(position.months) == paid:
        return []
    place = position.origin.place("months").shown
    return [OTHER_MONTHS(place=place, months=position.months, earned=number(paid))]
