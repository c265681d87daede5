"""What ``grantcalc pay`` prints: a month's pay, what the dates earn with the bonus, and the arithmetic."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve, frozen

from grantcalc.cli import common
from grantcalc.draft.model import Role
from grantcalc.finding import Explanation, Operation
from grantcalc.money import Exact, Number, is_whole, number, product, whole
from grantcalc.text import Language, Measure, Message, dollars
from grantcalc.units import Unit

if TYPE_CHECKING:
    from grantcalc.pay.allowance import BasicAmount, Workplace
    from grantcalc.pay.quote import Quote
    from grantcalc.rules.library import Library
    from grantcalc.rules.programme import Programme

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


def earned(
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


def with_allowance(result: Result, written: str | None, library: Library, programme: Programme) -> Result:
    if written is None:
        return result
    from grantcalc.pay.allowance import basic_amount, zone_of

    workplace = zone_of(written, None, library.tables)
    basis = programme.parameters.penghu_basis
    amount = basic_amount(workplace, result.start, basis, library.tables)
    return evolve(result, workplace=workplace, allowance=amount)


def as_json(result: Result, speak: Language) -> dict[str, Any]:
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


def show(result: Result, speak: Language) -> None:
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
