"""What a month's pay may be for a role with these degrees, licences, points or steps; asked outside of any draft."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from grantcalc.draft.model import Education, Licence, RiskAllowance, Role
from grantcalc.finding import Explanation
from grantcalc.money import Number, number
from grantcalc.pay.paytable import PayRow
from grantcalc.pay.points import ScaleTables, pay_by_points, point_value
from grantcalc.pay.postcaps import PostCap, post_caps
from grantcalc.pay.scale import Held, has_starting_pay, social_worker_pay
from grantcalc.pay.stepscale import Grading, StepScale, degrees_of, has_degree, pay_by_step, steps_of
from grantcalc.sources import Citation
from grantcalc.tabledata import Row, Tables
from grantcalc.text import Message, Text, Value, dollars, joined
from grantcalc.units import Unit

STATED = Message("monthly pay as stated")
SUPPLIED = Message("monthly pay by the supplied pay table, row {row}")

NO_SCALE = Message(
    "The pay of a {role} stands in another document than that of {programme}; give it by --pay-table FILE.csv, or the "
    "amount by --monthly."
)
NO_RATE = Message("The document of {programme} prints no rate for the role {role}; give the amount by --monthly.")
BY_DEGREE = Message("The pay of the role {role} depends on the degree ({amounts}); give it by --education.")
FROM_DEGREE = Message("from {education}: {amount}")
NO_STEP = Message("There is no step {step} in the pay scale; its steps are {first} to {last}.")
NO_DEGREE = Message("A {role} needs one of these degrees: {degrees}; give it by --education.")
NO_POINT = Message("{points} is no point of the pay scale; its points are {known}.")
NOT_IN_RANGE = Message("{points} points are outside the range of the degree {education}: {first} to {last}.")
NOT_SUPPLIED = Message(
    "The pay table has no row for a {role} with this degree, licence and step on {day}; it has the roles {known}."
)
SEVERAL = Message(
    "The pay table has several rows for a {role} ({rows}); say which by --education, --licence and --step."
)


class QuoteError(Exception):
    """The pay cannot be told; ``text`` says what is missing or wrong."""

    def __init__(self, text: Text) -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text


@frozen(kw_only=True)
class Asked:
    """What is known of the post; ``day`` decides which point value is in force."""

    role: Role
    day: dt.date
    education: Education | None = None
    licences: tuple[Licence, ...] = ()
    risk: RiskAllowance = RiskAllowance.NONE
    step: int | None = None
    points: int | None = None
    monthly: int | None = None
    pay_table: tuple[PayRow, ...] | None = None


@frozen(kw_only=True)
class Scales:
    """Where a ``programme`` says what the role is paid; ``folder`` holds the tables of its document.

    ``steps``: a scale by step, on which the role begins at ``first_step``. ``caps``: the table of printed amounts.
    """

    programme: str
    folder: str
    steps: StepScale | None = None
    first_step: int | None = None
    caps: str | None = None
    is_unprinted: bool = False


@frozen(kw_only=True)
class Quote:
    """A month's pay in dollars, its points where the scale has points, and the arithmetic."""

    monthly: int
    points: Number | None
    explanation: Explanation


def quote(scales: Scales, asked: Asked, tables: Tables) -> Quote:
    """The pay by the programme's own scale, a supplied pay table, or as stated; :class:`QuoteError` without one."""
    if asked.monthly is not None:
        return _quote(Explanation(label=STATED, value=asked.monthly, unit=Unit.DOLLAR))
    return _own(scales, asked, tables) or _other(scales, asked)


def prints_pay(scales: Scales, role: Role, tables: Tables) -> bool:
    """Whether the programme's own document says what the role is paid: by a scale, or as an amount."""
    folder, known = scales.folder, {info.id for info in tables.infos()}
    if f"{folder}/social_worker_pay" in known and has_starting_pay(tables, folder, role):
        return True
    if has_points(scales, role, tables) or scales.steps is not None:
        return True
    return scales.caps is not None and bool(post_caps(tables, scales.caps, role))


def has_points(scales: Scales, role: Role, tables: Tables) -> bool:
    """Whether the role is paid by the points of the scale of project managers."""
    points = point_scale(scales.folder).steps
    return role is Role.PROJECT_MANAGER and any(info.id == points for info in tables.infos())


def _own(scales: Scales, asked: Asked, tables: Tables) -> Quote | None:
    """The pay by a scale or an amount that the programme's document prints."""
    folder, known = scales.folder, {info.id for info in tables.infos()}
    if f"{folder}/social_worker_pay" in known and has_starting_pay(tables, folder, asked.role):
        return _social_worker(folder, asked, tables)
    if has_points(scales, asked.role, tables):
        return _project_manager(folder, asked, tables)
    if scales.steps is not None:
        return _by_step(scales, scales.steps, asked, tables)
    caps = () if scales.caps is None else post_caps(tables, scales.caps, asked.role)
    return _printed(asked, caps) if caps else None


def _other(scales: Scales, asked: Asked) -> Quote:
    if scales.is_unprinted:
        raise QuoteError(NO_RATE(role=asked.role, programme=scales.programme))
    if asked.pay_table is None:
        raise QuoteError(NO_SCALE(role=asked.role, programme=scales.programme))
    return _supplied(asked, asked.pay_table)


def _quote(explanation: Explanation, points: Number | None = None) -> Quote:
    return Quote(monthly=int(explanation.value), points=points, explanation=explanation)


def _social_worker(folder: str, asked: Asked, tables: Tables) -> Quote:
    steps = tables[f"{folder}/social_worker_steps"]
    step = asked.step or 0
    if steps.find(step=step) is None:
        raise QuoteError(NO_STEP(step=step, first=steps.rows[0]["step"], last=steps.rows[-1]["step"]))
    held = Held(role=asked.role, step=step, education=asked.education, licences=asked.licences, risk=asked.risk)
    return _quote(social_worker_pay(tables, folder, held))


def _project_manager(folder: str, asked: Asked, tables: Tables) -> Quote:
    """The stated point, else the lowest of the degree (a new post starts there)."""
    degree = _degree(folder, asked, tables)
    points = asked.points if asked.points is not None else (degree["points_from"] if degree else None)
    if points is None:
        ranges = tables[point_scale(folder).ranges].rows
        raise QuoteError(NO_DEGREE(role=asked.role, degrees=joined(Education(row["education"]) for row in ranges)))
    scale = tables[point_scale(folder).steps]
    if scale.find(points=points) is None:
        on_scale = sorted({row["points"] for row in scale.rows})
        raise QuoteError(NO_POINT(points=points, known=joined(on_scale)))
    if (
        degree is not None
        and asked.education is not None
        and not degree["points_from"] <= points <= degree["points_to"]
    ):
        first, last = degree["points_from"], degree["points_to"]
        raise QuoteError(NOT_IN_RANGE(points=points, education=asked.education, first=first, last=last))
    value, origin = point_value(tables, point_scale(folder), asked.day)
    return _quote(pay_by_points(points, value, origin), points)


def _by_step(scales: Scales, scale: StepScale, asked: Asked, tables: Tables) -> Quote:
    """By the step asked for, else the lowest of the role (a new post starts there)."""
    known = steps_of(tables, scale)
    first = known[0] if scales.first_step is None else scales.first_step
    step = first if asked.step is None else asked.step
    if step not in known or step < first:
        raise QuoteError(NO_STEP(step=step, first=first, last=known[-1]))
    if asked.education is None or not has_degree(tables, scale, asked.education):
        raise QuoteError(NO_DEGREE(role=asked.role, degrees=joined(degrees_of(tables, scale))))
    grading = Grading(role=asked.role, education=asked.education, step=step, licences=asked.licences)
    pay = pay_by_step(tables, scale, grading, asked.day)
    return _quote(pay, number(pay.inputs[0].value))


def _printed(asked: Asked, caps: tuple[PostCap, ...]) -> Quote:
    """The printed amount of the role, by the degree where there are several."""
    sure = [cap for cap in caps if cap.binds(asked.education, None)]
    if len(caps) > 1 and (asked.education is None or not sure):
        amounts = joined(FROM_DEGREE(education=cap.education_from or "", amount=dollars(cap.amount)) for cap in caps)
        raise QuoteError(BY_DEGREE(role=asked.role, amounts=amounts))
    return _quote(max(sure or caps, key=lambda cap: cap.amount).explained())


def point_scale(folder: str) -> ScaleTables:
    """The tables of the scale of project managers."""
    name = f"{folder}/project_manager"
    return ScaleTables(steps=f"{name}_points", ranges=f"{name}_ranges", point_value=f"{name}_point_value")


def _degree(folder: str, asked: Asked, tables: Tables) -> Row | None:
    """The range of points of a degree; a doctorate counts as a master's."""
    if asked.education is None:
        return None
    ranges = tables[point_scale(folder).ranges]
    ranked = [row for row in ranges.rows if Education(row["education"]).rank <= asked.education.rank]
    if not ranked:
        degrees: list[Value] = [Education(row["education"]) for row in ranges.rows]
        raise QuoteError(NO_DEGREE(role=asked.role, degrees=joined(degrees)))
    return max(ranked, key=lambda row: Education(row["education"]).rank)


def _supplied(asked: Asked, rows: tuple[PayRow, ...]) -> Quote:
    fitting = [row for row in rows if _fits(asked, row)]
    dates = [day for row in fitting if isinstance(day := row["effective_from"], dt.date)]
    if dates:
        fitting = [row for row in fitting if row["effective_from"] == max(dates)]
    if not fitting:
        known = dict.fromkeys(Role(row["role"]) for row in rows)
        raise QuoteError(NOT_SUPPLIED(role=asked.role, day=asked.day, known=joined(known)))
    if len(fitting) > 1:
        raise QuoteError(SEVERAL(role=asked.role, rows=joined(str(row["row"]) for row in fitting)))
    return _from_row(fitting[0])


def _fits(asked: Asked, row: PayRow) -> bool:
    """Same role; degree, licence and step where both sides name them; in force on the day."""
    since = row["effective_from"]
    return (
        row["role"] == asked.role.value
        and (asked.education is None or row["education"] in {None, asked.education.value})
        and (row["licence"] is None or row["licence"] in {licence.value for licence in asked.licences})
        and (asked.step is None or row["step"] in {None, asked.step})
        and (not isinstance(since, dt.date) or since <= asked.day)
    )


def _from_row(row: PayRow) -> Quote:
    points, value, origin = row["points"], row["point_value"], Citation(source=str(row["source"]))
    if isinstance(points, int | Decimal) and isinstance(value, int | Decimal):
        return _quote(pay_by_points(points, value, origin), points)
    label, monthly = SUPPLIED(row=str(row["row"])), row["monthly"]
    return _quote(Explanation(label=label, value=int(str(monthly)), unit=Unit.DOLLAR, origin=origin))
