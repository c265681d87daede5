"""How a programme pays a role: by points, by starting pay and additions, a printed amount, or another document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from grantcalc.comparison.model import Aspect, Fact, Shelf
from grantcalc.draft.choices import Education, Licence, Role
from grantcalc.money import Exact
from grantcalc.pay.points import POINT_VALUE, pay_by_points, point_value, range_of, value_on
from grantcalc.pay.postcaps import post_caps
from grantcalc.pay.scale import Held, has_starting_pay, social_worker_pay
from grantcalc.pay.stepscale import LICENCE, Grading, degrees_of, pay_by_step, steps_of
from grantcalc.rules.kinds import social_worker_pay as social_workers
from grantcalc.rules.kinds.point_pay import PointPay
from grantcalc.rules.kinds.post_pay import PostPay
from grantcalc.rules.kinds.step_pay import StepPay
from grantcalc.rules.kinds.supplied_pay import SuppliedPay
from grantcalc.rules.rule import Rule
from grantcalc.sources import Citation
from grantcalc.text import Bilingual, Measure, Message, Text, Value, dollars
from grantcalc.units import Unit

FORM = Message("paid by")
BY_STEPS = Message("points of step and degree with additions, times the value of a point")
BY_POINTS = Message("points within the range of the degree, times the value of a point")
BY_STARTING_PAY = Message("starting pay, seniority and additions")
BY_PRINTED = Message("a printed monthly amount")
BY_OTHER = Message("another document's pay table")
BY_NONE = Message("no rate is printed")
STARTING = Message("starting pay")
SENIORITY = Message("seniority")
EACH_STEP = Message("{amount} a step, up to step {step}")
STEPS = Message("steps")
SPAN = Message("{start} to {end}")
OF_DEGREE = Message("monthly pay, {education}")
HIGHEST = Message("highest monthly pay")
PRINTED = Message("monthly pay")
FROM_DEGREE = Message("monthly pay, {education} or higher")
DEGREE_OR_YEARS = Message("monthly pay, {education} or {years} years of practice")


def pay_facts(shelf: Shelf, role: Role) -> tuple[Fact, ...]:
    """Everything the programme's rules say of the pay of a role."""
    return tuple(fact for rule in shelf.programme.rules for fact in rule_pay(shelf, rule, role))


def rule_pay(shelf: Shelf, rule: Rule, role: Role) -> Iterator[Fact]:
    """What one rule says of the pay of a role; nothing where it is no rule of pay or pays other roles."""
    if rule.kind == social_workers.KIND.name:
        yield from _social_worker(shelf, rule, role)
        return
    told = _KINDS.get(type(rule.values))
    if told is not None:
        yield from told(shelf, rule, role)


def _social_worker(shelf: Shelf, rule: Rule, role: Role) -> Iterator[Fact]:
    tables, folder = shelf.tables, shelf.programme.document
    if not has_starting_pay(tables, folder, role):
        return
    starting, steps = tables[f"{folder}/social_worker_pay"], tables[f"{folder}/social_worker_steps"]
    additions = tables[f"{folder}/social_worker_additions"]
    yield _form(rule, BY_STARTING_PAY)
    yield _amount("starting", STARTING, starting.row(role=role.value)["starting_pay"], starting.info.citation)
    top = max(steps.rows, key=lambda row: row["step"])
    each = next(row["amount"] for row in steps.rows if row["step"] == 1)
    yield Fact(
        aspect=Aspect.PAY,
        key="seniority",
        label=SENIORITY,
        said=EACH_STEP(amount=dollars(each), step=top["step"]),
        compared=(each, top["step"], top["amount"]),
        value=top["amount"],
        unit=Unit.DOLLAR,
        citation=steps.info.citation,
    )
    for row in additions.rows:
        title = Bilingual(row["name_zh"], row["name_en"])
        yield _amount(f"addition.{row['key']}", title, row["amount"], additions.info.citation)
    base = int(social_worker_pay(tables, folder, Held(role=role, step=top["step"])).value)
    highest = base + sum(row["amount"] for row in additions.rows)
    yield _amount("highest", HIGHEST, highest, starting.info.citation)


def _by_steps(shelf: Shelf, rule: Rule, role: Role) -> Iterator[Fact]:
    values: StepPay = rule.values
    if role not in values.roles:
        return
    tables, day = shelf.tables, shelf.programme.first_day
    low, high = values.lowest_step(tables, role), steps_of(tables, values)[-1]
    yield _form(rule, BY_STEPS)
    yield _value_of_point(*value_on(tables, values.point_value, day))
    citation = tables[values.points].info.citation
    said = SPAN(start=low, end=high)
    yield Fact(aspect=Aspect.PAY, key="steps", label=STEPS, said=said, compared=(low, high), citation=citation)

    def paid(education: Education, step: int, licences: tuple[Licence, ...] = ()) -> int:
        grading = Grading(role=role, education=education, step=step, licences=licences)
        return int(pay_by_step(tables, values, grading, day).value)

    degrees = degrees_of(tables, values)
    for education in degrees:
        yield _range(education, paid(education, low), paid(education, high), citation)
    additions = tables[values.additions]
    for row in additions.rows:
        if row["key"] in {LICENCE, role.value}:
            title = Bilingual(row["name_zh"], row["name_en"])
            origin = Citation(source=additions.info.citation.source, section=str(row["section"]))
            yield _points(f"addition.{row['key']}", title, row["points"], origin)
    counted = tuple(Licence(row["licence"]) for row in tables[values.licences].rows)
    yield _amount("highest", HIGHEST, max(paid(education, high, counted) for education in degrees), citation)


def _by_points(shelf: Shelf, rule: Rule, role: Role) -> Iterator[Fact]:
    values: PointPay = rule.values
    if role not in values.roles:
        return
    value, origin = point_value(shelf.tables, values, shelf.programme.first_day)
    yield _form(rule, BY_POINTS)
    yield _value_of_point(value, origin)
    highest = 0
    for education in Education:
        span = range_of(shelf.tables, values, education)
        if span is not None and education is not Education.DOCTORATE:  # a doctorate is paid as a master's degree
            low, high = (int(pay_by_points(points, value, origin).value) for points in (span.low, span.high))
            yield _range(education, low, high, span.citation)
            highest = max(highest, high)
    yield _amount("highest", HIGHEST, highest, origin)


def _printed(shelf: Shelf, rule: Rule, role: Role) -> Iterator[Fact]:
    values: PostPay = rule.values
    if role in values.unprinted:
        yield _form(rule, BY_NONE)
        return
    if role in values.supplied:
        yield _form(rule, BY_OTHER)
        return
    caps = post_caps(shelf.tables, values.table, role)
    if caps:
        yield _form(rule, BY_PRINTED)
    for cap in caps:
        label: Text | Message = PRINTED
        if cap.education_from is not None and cap.years is not None:
            label = DEGREE_OR_YEARS(education=cap.education_from, years=cap.years)
        elif cap.education_from is not None:
            label = FROM_DEGREE(education=cap.education_from)
        key = f"printed.{cap.education_from.value if cap.education_from else ''}"
        yield _amount(key, label, cap.amount, cap.citation)


def _supplied(shelf: Shelf, rule: Rule, role: Role) -> Iterator[Fact]:
    if role in rule.values.roles:
        yield _form(rule, BY_OTHER)


_KINDS: Mapping[type[Any], Callable[[Shelf, Rule, Role], Iterator[Fact]]] = {
    StepPay: _by_steps,
    PointPay: _by_points,
    PostPay: _printed,
    SuppliedPay: _supplied,
}


def _form(rule: Rule, form: Message) -> Fact:
    citation = next(iter(rule.citations), None)
    return Fact(aspect=Aspect.PAY, key="form", label=FORM, said=form(), compared=form.template, citation=citation)


def _amount(key: str, label: Value | Message, amount: int, citation: Citation) -> Fact:
    return Fact.of_money(Aspect.PAY, key, label, amount, citation)


def _points(key: str, label: Value, points: int, citation: Citation) -> Fact:
    said = Measure(points, Unit.POINT)
    return Fact(
        aspect=Aspect.PAY,
        key=key,
        label=label,
        said=said,
        compared=points,
        value=points,
        unit=Unit.POINT,
        citation=citation,
    )


def _value_of_point(value: Exact, citation: Citation) -> Fact:
    return Fact(
        aspect=Aspect.PAY,
        key="point-value",
        label=POINT_VALUE,
        said=dollars(value),
        compared=value,
        value=value,
        unit=Unit.DOLLAR,
        citation=citation,
    )


def _range(education: Education, low: int, high: int, citation: Citation) -> Fact:
    return Fact(
        aspect=Aspect.PAY,
        key=f"range.{education.value}",
        label=OF_DEGREE(education=education),
        said=SPAN(start=dollars(low), end=dollars(high)),
        compared=(low, high),
        value=high,
        unit=Unit.DOLLAR,
        citation=citation,
    )
