"""``grantcalc insurance``: the employer's and the person's shares of the social insurances on one monthly pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from grantcalc.cli import common
from grantcalc.cli.values import Argument, Whole
from grantcalc.cli.words import Command, option
from grantcalc.text import Language, Message, dollars

if TYPE_CHECKING:
    from grantcalc.pay.insurance import InsuranceCost, Shares

HELP = Message("Work out the monthly insurance of a pay: labour, occupational and health insurance, and pension.")
YEAR_HELP = Message("ROC year; other years than those of the tables are refused.")
INDUSTRY_HELP = Message("Industry number of the occupational insurance (51 social work, 49 public administration).")

NO_AMOUNT = Message("Give a monthly pay, for example: grantcalc insurance 40,000")
PART = Message("Part")
INSURED = Message("Insured amount")
EMPLOYER = Message("Employer")
EMPLOYEE = Message("Person")
TOTAL = Message("Total")
ARREARS = Message("wage-arrears fund (not in the total)")
UNKNOWN = Message("not known")
ARITHMETIC = Message("Arithmetic")


@click.command("insurance", cls=Command, text=HELP)
@click.argument("amount", cls=Argument, type=Whole("amount"), metavar="AMOUNT", absent=NO_AMOUNT)
@option("--year", type=Whole("year", least=1), default=113, show_default=True, text=YEAR_HELP)
@option("--industry", type=Whole(least=1), default=51, show_default=True, text=INDUSTRY_HELP)
@common.format_option
def command(amount: int, year: int, industry: int, form: str) -> None:
    """Print the shares."""
    from grantcalc.pay.insurance import insurance

    cost = insurance(amount, year, industry, common.tables())
    speak = common.language()
    if form == "json":
        common.print_json(_json(cost, speak))
    else:
        _print(cost, speak)


def _json(cost: InsuranceCost, speak: Language) -> dict[str, Any]:
    from grantcalc.report.jsonform import explanation_json

    return {
        "year": cost.roc_year,
        "pay": cost.pay,
        "industry": cost.industry,
        "grades": {
            "labour": cost.grades.labour,
            "occupational": cost.grades.occupational,
            "health": cost.grades.health,
            "pension": cost.grades.pension,
        },
        "employer": {**_shares(cost.employer), "arrears_fund": cost.employer.arrears_fund},
        "employee": _shares(cost.employee),
        "missing": list(cost.missing),
        "notes": [speak(note) for note in cost.notes],
        "explanation": explanation_json(cost.explanation(), speak),
    }


def _shares(shares: Shares) -> dict[str, int | None]:
    return {
        "labour_ordinary": shares.labour_ordinary,
        "employment": shares.employment,
        "occupational": shares.occupational,
        "health": shares.health,
        "pension": shares.pension,
        "total": shares.total,
    }


def _print(cost: InsuranceCost, speak: Language) -> None:
    from grantcalc.pay.insurance import EMPLOYMENT, HEALTH, LABOUR_ORDINARY, OCCUPATIONAL, PENSION
    from grantcalc.report.arithmetic import arithmetic

    def money(value: int | None) -> str:
        return speak(UNKNOWN) if value is None else speak(dollars(value))

    grades, employer, employee = cost.grades, cost.employer, cost.employee
    parts = (
        (LABOUR_ORDINARY, grades.labour, employer.labour_ordinary, employee.labour_ordinary),
        (EMPLOYMENT, grades.labour, employer.employment, employee.employment),
        (OCCUPATIONAL, grades.occupational, employer.occupational, employee.occupational),
        (HEALTH, grades.health, employer.health, employee.health),
        (PENSION, grades.pension, employer.pension, employee.pension),
    )
    rows = [(speak(label), *(money(value) for value in values)) for label, *values in parts]
    rows.append((speak(TOTAL), "", money(employer.total), money(employee.total)))
    rows.append((speak(ARREARS), "", money(employer.arrears_fund), ""))
    common.print_table([speak(word) for word in (PART, INSURED, EMPLOYER, EMPLOYEE)], rows, right=(1, 2, 3))
    for note in cost.notes:
        click.echo(speak(note))
    click.echo(f"\n{speak(ARITHMETIC)}")
    for line in arithmetic(cost.explanation(), speak):
        click.echo(line)
