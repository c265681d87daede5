"""``grantcalc pay``: what a post may be paid a month and over its dates, with the arithmetic."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve, frozen

from grantcalc.cli import common
from grantcalc.cli.values import Argument, File, MemberOf, Whole
from grantcalc.cli.words import Command, Refused, option
from grantcalc.draft.model import Education, Licence, RiskAllowance, Role
from grantcalc.finding import Explanation, Operation
from grantcalc.money import Exact, Number, is_whole, number, product, whole
from grantcalc.text import Language, Measure, Message, dollars, joined
from grantcalc.units import Unit

if TYPE_CHECKING:
    from grantcalc.pay.allowance import BasicAmount, Workplace
    from grantcalc.pay.quote import Quote
    from grantcalc.rules.library import Library
    from grantcalc.rules.programme import Programme

HELP = Message(
    "Work out the pay of a post: a month, and over its dates with the year-end bonus. Dates may be written in the ROC "
    "calendar (113/3/16).\nExample: "
    "grantcalc pay social-worker --education master --licence social-worker --step 3 --start 113/3/16\n"
    "Roles: {role}. Names in Chinese and English and codes are understood."
)
PROGRAMME_HELP = Message("Grant programme; may be left out where only one has this role.")
EDUCATION_HELP = Message("Highest degree: {education}.")
LICENCE_HELP = Message("A licence held, may be given several times: {licences}.")
RISK_HELP = Message("Which case of the risk allowance: {risk}.")
STEP_HELP = Message("Seniority step.")
POINTS_HELP = Message("Pay points; without them, the lowest of the degree.")
MONTHLY_HELP = Message("A pay that is stated, instead of one by the scale.")
START_HELP = Message("First day of the post (default: of the programme).")
END_HELP = Message("Last day of the post (default: of the programme).")
HIRED_HELP = Message("Start of the employment where it lies before the first day.")
MONTHS_HELP = Message("Months of pay with the bonus, instead of what the dates earn.")
TABLE_HELP = Message("CSV with the pay of case managers and supervisors from the other document.")
WORKPLACE_HELP = Message("Workplace on an island, for the regional allowance.")

POINTS_UNUSED = Message(
    "The pay of a {role} of {programme} does not depend on pay points; leave out --points {points}. Degree, licences "
    "and step decide (--education, --licence, --step), or --monthly."
)
NO_ROLE = Message("Name a role, for example: grantcalc pay social-worker")
SEVERAL = Message("The role {role} stands in several programmes ({known}); choose one by --programme.")
NONE_HAS = Message("No programme has the role {role}.")
NOT_THERE = Message("{programme} has no post of a {role}; its posts are: {known}.")
BACKWARDS = Message("The last day {end} lies before the first day {start}.")
OUTSIDE = Message("{day} lies outside the period of {programme}, {start} to {end}.")
HIRED_LATE = Message("The start of the employment {hired} lies after the first day of the post {start}.")
BAD_MONTHS = Message("“{found}” is no number of months; write for example 13.5.")

MONTHLY = Message("Monthly pay")
MONTHS = Message("Months of pay, bonus included")
BONUS = Message("Year-end bonus")
ANNUAL = Message("Pay in all")
POINTS = Message("Points")
ALLOWANCE = Message("Regional allowance a month")
SPAN = Message("from {start} to {end}")
STATED_MONTHS = Message("months of pay as stated")
BY_MONTHS = Message("pay of the stated months")
ASK = Message("A person must judge whether this workplace has a zone of the regional allowance.")
NO_ZONE = Message("This workplace has no zone of the regional allowance that is subsidised.")
ARITHMETIC = Message("Arithmetic")


@frozen(kw_only=True)
class Result:
    """Everything the command prints."""

    programme: str
    role: Role
    start: dt.date
    end: dt.date
    quote: Quote
    months: Exact
    bonus: int | None
    annual: int
    explanation: Explanation
    workplace: Workplace | None = None
    allowance: BasicAmount | None = None


@click.command("pay", cls=Command, text=HELP)
@click.argument("role", cls=Argument, type=MemberOf(Role, "role"), metavar="ROLE", absent=NO_ROLE)
@option("--programme", "name", metavar="PROGRAMME", default=None, text=PROGRAMME_HELP)
@option("--education", type=MemberOf(Education, "degree"), default=None, text=EDUCATION_HELP)
@option("--licence", "licences", type=MemberOf(Licence, "licence"), multiple=True, text=LICENCE_HELP)
@option("--risk", type=MemberOf(RiskAllowance, "case"), default="none", text=RISK_HELP)
@option("--step", type=Whole(), default=None, text=STEP_HELP)
@option("--points", type=Whole(least=1), default=None, text=POINTS_HELP)
@option("--monthly", type=Whole("amount"), default=None, text=MONTHLY_HELP)
@option("--start", type=common.DateType(), default=None, text=START_HELP)
@option("--end", type=common.DateType(), default=None, text=END_HELP)
@option("--hired-on", "hired", type=common.DateType(), default=None, text=HIRED_HELP)
@option("--months", metavar="NUMBER", default=None, text=MONTHS_HELP)
@option("--pay-table", type=File(), default=None, text=TABLE_HELP)
@option("--workplace", metavar="PLACE", default=None, text=WORKPLACE_HELP)
@common.format_option
def command(role: Role, name: str | None, form: str, **known: Any) -> None:
    """Work it out and print it."""
    library = common.library()
    programme = _programme(library, role, name)
    result = _result(library, programme, role, known)
    if form == "json":
        common.print_json(_json(result, common.language()))
    else:
        _print(result, common.language())


def _programme(library: Library, role: Role, name: str | None) -> Programme:
    if name is not None:
        programme = common.programme(name, library)
        if role not in programme.roles:
            raise Refused(NOT_THERE(programme=name, role=role, known=joined(programme.roles)))
        return programme
    having = [programme for programme in library.programmes() if role in programme.roles]
    if not having:
        raise Refused(NONE_HAS(role=role))
    if len(having) > 1:
        raise Refused(SEVERAL(role=role, known=joined(programme.id for programme in having)))
    return having[0]


def _result(library: Library, programme: Programme, role: Role, known: dict[str, Any]) -> Result:
    from grantcalc.pay.paytable import read_pay_table
    from grantcalc.pay.quote import Asked, quote

    start, end = known["start"] or programme.period.start, known["end"] or programme.period.end
    _check_dates(programme, start, end, known["hired"])
    asked = Asked(
        role=role,
        day=start,
        education=known["education"],
        licences=tuple(known["licences"]),
        risk=known["risk"],
        step=known["step"],
        points=known["points"],
        monthly=known["monthly"],
        pay_table=None if known["pay_table"] is None else read_pay_table(known["pay_table"]),
    )
    found = quote(programme.id, asked, library.tables)
    if asked.points is not None and found.points != asked.points:
        raise Refused(POINTS_UNUSED(points=asked.points, role=role, programme=programme.id))
    months = None if known["months"] is None else _months(known["months"])
    result = _earned(programme, role, found, start, end, known["hired"], months)
    return _with_allowance(result, known["workplace"], library, programme)


def _check_dates(programme: Programme, start: dt.date, end: dt.date, hired: dt.date | None) -> None:
    period = programme.period
    for day in (start, end):
        if not period.start <= day <= period.end:
            raise Refused(OUTSIDE(day=day, programme=programme.id, start=period.start, end=period.end))
    if end < start:
        raise Refused(BACKWARDS(start=start, end=end))
    if hired is not None and hired > start:
        raise Refused(HIRED_LATE(hired=hired, start=start))


def _months(written: str) -> Number:
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise Refused(BAD_MONTHS(found=written)) from None
    if not value.is_finite() or value <= 0:
        raise Refused(BAD_MONTHS(found=written))
    return number(value)


def _earned(
    programme: Programme,
    role: Role,
    found: Quote,
    start: dt.date,
    end: dt.date,
    hired: dt.date | None,
    months: Number | None,
) -> Result:
    from grantcalc.pay.months import earn

    if months is not None:
        annual = whole(product(found.monthly, months))
        leaf = Explanation(label=STATED_MONTHS, value=months, unit=Unit.MONTH)
        tree = Explanation(
            label=BY_MONTHS,
            value=annual,
            unit=Unit.DOLLAR,
            operation=Operation.PRODUCT,
            inputs=(found.explanation, leaf),
            rounding=None if is_whole(product(found.monthly, months)) else "half-up",
        )
        bonus, span = None, months
    else:
        dates = earn(found.monthly, start, end, programme.bonus, hired)
        annual, bonus, span = dates.total, dates.bonus, dates.months  # type: ignore[assignment]
        tree = _nested(dates.explanation(), found.explanation)
    return Result(
        programme=programme.id,
        role=role,
        start=start,
        end=end,
        quote=found,
        months=span,
        bonus=bonus,
        annual=annual,
        explanation=tree,
    )


def _nested(tree: Explanation, monthly: Explanation) -> Explanation:
    """The pay of the dates with the monthly pay's own arithmetic where it stands first."""
    first, *others = tree.inputs
    first = evolve(first, inputs=(monthly, *first.inputs[1:]))
    return evolve(tree, inputs=(first, *others))


def _with_allowance(result: Result, written: str | None, library: Library, programme: Programme) -> Result:
    if written is None:
        return result
    from grantcalc.pay.allowance import basic_amount, zone_of

    workplace = zone_of(written, None, library.tables)
    basis = programme.parameters.penghu_basis
    amount = basic_amount(workplace, result.start, basis, library.tables)
    return evolve(result, workplace=workplace, allowance=amount)


def _json(result: Result, speak: Language) -> dict[str, Any]:
    from grantcalc.report.jsonform import exact, explanation_json

    shown: dict[str, Any] = {
        "programme": result.programme,
        "role": result.role.value,
        "start": result.start.isoformat(),
        "end": result.end.isoformat(),
        "monthly": result.quote.monthly,
        "months": exact(number(result.months)),
        "bonus": result.bonus,
        "annual": result.annual,
        "points": exact(result.quote.points),
        "explanation": explanation_json(result.explanation, speak),
    }
    if result.workplace is not None:
        shown["workplace"] = {
            "standing": result.workplace.kind.value,
            "zone": result.workplace.zone,
            "monthly": result.allowance.amount if result.allowance else None,
        }
    return shown


def _print(result: Result, speak: Language) -> None:
    from grantcalc.report.arithmetic import arithmetic

    click.echo(f"{result.programme} {speak(result.role)} {speak(SPAN(start=result.start, end=result.end))}")
    pairs = [(speak(MONTHLY), speak(dollars(result.quote.monthly)))]
    if result.quote.points is not None:
        pairs.append((speak(POINTS), speak(result.quote.points)))
    pairs.append((speak(MONTHS), _months_shown(result.months, speak)))
    if result.bonus is not None:
        pairs.append((speak(BONUS), speak(dollars(result.bonus))))
    pairs.append((speak(ANNUAL), speak(dollars(result.annual))))
    if result.workplace is not None:
        pairs.append((speak(ALLOWANCE), _allowance(result, speak)))
    common.print_pairs(pairs)
    click.echo(f"\n{speak(ARITHMETIC)}")
    for line in arithmetic(result.explanation, speak):
        click.echo(line)


def _months_shown(months: Exact, speak: Language) -> str:
    from grantcalc.report.arithmetic import value_shown

    value, exact = value_shown(Measure(months, Unit.MONTH), speak)
    return value if exact else f"≈ {value}"


def _allowance(result: Result, speak: Language) -> str:
    from grantcalc.pay.allowance import Standing

    if result.allowance is not None:
        return f"{speak(dollars(result.allowance.amount))} ({speak(result.allowance.title)})"
    doubtful = result.workplace is not None and result.workplace.kind is Standing.DOUBTFUL
    return speak(ASK if doubtful else NO_ZONE)
