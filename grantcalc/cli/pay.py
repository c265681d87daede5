"""``grantcalc pay``: what a post may be paid a month and over its dates, with the arithmetic."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from grantcalc.cli import common
from grantcalc.cli.values import Argument, File, MemberOf, Whole
from grantcalc.cli.words import Command, Refused, option
from grantcalc.draft.model import Education, Licence, RiskAllowance, Role
from grantcalc.money import Number, number
from grantcalc.text import Measure, Message, joined
from grantcalc.units import Unit

if TYPE_CHECKING:
    from grantcalc.cli.payresult import Result
    from grantcalc.rules.library import Library
    from grantcalc.rules.programme import Programme

HELP = Message(
    "Work out the pay of a post: a month, and over its dates with the year-end bonus. Dates may be written in the ROC "
    "calendar (113/3/16).\nExample: "
    "grantcalc pay social-worker --education master --licence social-worker --step 3 --start 113/3/16\n"
    "Roles: {role}. Names in Chinese and English and codes are understood."
)
PROGRAMME_HELP = Message("Grant programme; may be left out where the programmes with this role are of one document.")
EDUCATION_HELP = Message("Highest degree: {education}.")
LICENCE_HELP = Message("A licence held, may be given several times: {licences}.")
RISK_HELP = Message("Which case of the risk allowance: {risk}.")
STEP_HELP = Message("Seniority step; without it, the lowest of the role.")
POINTS_HELP = Message("Pay points; without them, the lowest of the degree.")
MONTHLY_HELP = Message("A pay that is stated, instead of one by the scale.")
START_HELP = Message("First day of the post (default: of the programme).")
END_HELP = Message("Last day of the post (default: of the programme).")
HIRED_HELP = Message("Start of the employment where it lies before the first day.")
MONTHS_HELP = Message("Months of pay with the bonus, instead of what the dates earn.")
TABLE_HELP = Message(
    "CSV with a pay scale of another document: case managers, supervisors, full-time assistants; roles, degrees and "
    "licences by name or code."
)
WORKPLACE_HELP = Message("Workplace on an island, for the regional allowance.")

POINTS_UNUSED = Message(
    "The pay of a {role} of {programme} does not depend on pay points; leave out --points {points}. Degree, licences "
    "and step decide (--education, --licence, --step), or --monthly."
)
OTHER_POINTS = Message(
    "Degree, step and licences give the role {role} of {programme} {found}, not {points}; leave out --points."
)
NO_ROLE = Message("Name a role, for example: grantcalc pay social-worker")
SEVERAL = Message("The role {role} stands in several programmes ({known}); choose one by --programme.")
NONE_HAS = Message("No programme has the role {role}.")
NOT_THERE = Message("{programme} has no post of a {role}; its posts are: {known}.")
BACKWARDS = Message("The last day {end} lies before the first day {start}.")
OUTSIDE = Message("{day} lies outside the period of {programme}, {start} to {end}.")
HIRED_LATE = Message("The start of the employment {hired} lies after the first day of the post {start}.")
BAD_MONTHS = Message("“{found}” is no number of months; write for example 13.5.")


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
    from grantcalc.cli.payresult import as_json, show

    library = common.library()
    programme = _programme(library, role, name)
    result = _result(library, programme, role, known)
    if form == "json":
        common.print_json(as_json(result, common.language()))
    else:
        show(result, common.language())


def _programme(library: Library, role: Role, name: str | None) -> Programme:
    if name is not None:
        programme = common.programme(name, library)
        if role not in programme.roles:
            raise Refused(NOT_THERE(programme=name, role=role, known=joined(programme.roles)))
        return programme
    having = [programme for programme in library.programmes() if role in programme.roles]
    if not having:
        raise Refused(NONE_HAS(role=role))
    if len({programme.document for programme in having}) > 1:
        raise Refused(SEVERAL(role=role, known=joined(programme.id for programme in having)))
    return having[0]  # one document pays a role alike in all its programmes


def _result(library: Library, programme: Programme, role: Role, known: dict[str, Any]) -> Result:
    from grantcalc.cli.payresult import earned, with_allowance
    from grantcalc.pay.paytable import read_pay_table
    from grantcalc.pay.quote import Asked, quote
    from grantcalc.rules.payscales import scales_of

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
    found = quote(scales_of(programme, role, library.tables), asked, library.tables)
    _check_points(programme, role, asked.points, found.points)
    months = None if known["months"] is None else _months(known["months"])
    result = earned(programme, role, found, start, end, known["hired"], months)
    return with_allowance(result, known["workplace"], library, programme)


def _check_points(programme: Programme, role: Role, asked: int | None, found: Number | None) -> None:
    if asked is None or found == asked:
        return
    if found is None:
        raise Refused(POINTS_UNUSED(points=asked, role=role, programme=programme.id))
    points = Measure(found, Unit.POINT)
    raise Refused(OTHER_POINTS(found=points, points=asked, role=role, programme=programme.id))


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
