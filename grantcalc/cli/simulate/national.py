"""``grantcalc simulate national``: all counties under another caseload, ratio, point value or rounding (全國試算)."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import click

from grantcalc.cli import common
from grantcalc.cli.simulate.common import Output, county_named, emit, output_options
from grantcalc.cli.simulate.written import Written
from grantcalc.cli.words import Command, OneOf, option
from grantcalc.money import Rounding
from grantcalc.text import Message

HELP = Message(
    "Show the posts that the staffing formulas give all 22 counties, as they stand and under a change, the money that "
    "takes against the approved table, and who gains and loses. Without a change: how the formulas stand to what was "
    "approved.\n"
    "Example: grantcalc simulate national --cases +10% --per-supervisor 6"
)
CASES_HELP = Message("Change of the cases of every county, for example +10% or -5%.")
EACH_HELP = Message("Cases of one case manager.")
LED_HELP = Message("Case managers of one supervisor.")
SHARE_HELP = Message("Project managers as a share of case managers and supervisors, for example 0.06 or 6%.")
POINT_HELP = Message("Dollars for a point of project managers.")
ROUNDING_HELP = Message("How the case managers needed become whole: half-up or up.")
COUNTY_HELP = Message("Show only this county; once for each. All are shown without it.")

BAD_CHANGE = Message("“{found}” is no change; write it with its sign, for example +10% or -5%, above -100%.")
BAD_NUMBER = Message("“{found}” is no number from {least} to {most}.")
BAD_SHARE = Message("“{found}” is no share; write for example 0.06 or 6%, from 0% to 100%.")

_SIGNED = re.compile(r"([+-])(\d{1,4}(?:\.\d{1,4})?)%")
_PLAIN = re.compile(r"\d{1,5}(?:\.\d{1,4})?")
_PART = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)(%?)")


LEAST = 1
MOST_CASES, MOST_LED, MOST_DOLLARS = 999, 99, 9999


def _change(text: str) -> Fraction | None:
    """``+10%``: the share that is left, 11/10."""
    match = _SIGNED.fullmatch(text)
    share = None if match is None else 1 + Fraction(match[1] + match[2]) / 100
    return share if share is not None and share > 0 else None


def _share(text: str) -> Decimal | None:
    """``0.06`` or ``6%``, at most 1."""
    match = _PART.fullmatch(text)
    share = None if match is None else Decimal(match[1]) / (100 if match[2] else 1)
    return share if share is not None and share <= 1 else None


def _number(most: int) -> Written:
    """An exact number up to ``most``."""

    def read(text: str) -> Decimal | None:
        found = Decimal(text) if _PLAIN.fullmatch(text) else None
        return found if found is not None and LEAST <= found <= most else None

    return Written("number", read, BAD_NUMBER, least=LEAST, most=most)


@click.command("national", cls=Command, text=HELP)
@option("--cases", metavar="CHANGE", type=Written("change", _change, BAD_CHANGE), default=None, text=CASES_HELP)
@option("--cases-each", metavar="NUMBER", type=_number(MOST_CASES), default=None, text=EACH_HELP)
@option("--per-supervisor", metavar="NUMBER", type=_number(MOST_LED), default=None, text=LED_HELP)
@option(
    "--project-manager-share", metavar="SHARE", type=Written("share", _share, BAD_SHARE), default=None, text=SHARE_HELP
)
@option("--point-value", metavar="NUMBER", type=_number(MOST_DOLLARS), default=None, text=POINT_HELP)
@option("--rounding", type=OneOf([Rounding.HALF_UP.value, Rounding.UP.value]), default=None, text=ROUNDING_HELP)
@option("--county", "counties", metavar="COUNTY", multiple=True, text=COUNTY_HELP)
@output_options
def command(
    output: Output, counties: tuple[str, ...], cases: Fraction | None, rounding: str | None, **stated: Any
) -> None:
    """Work it out and print; what may be is no error: the exit code is 0."""
    from grantcalc.headcount.national import Change, national
    from grantcalc.staffing import DAPC_113

    library = common.library()
    wanted = [county_named(name, library) for name in counties]
    change = Change(
        cases=Fraction(1) if cases is None else cases,
        rounding=None if rounding is None else Rounding(rounding),
        **stated,
    )
    emit(national(library, library.programme(DAPC_113), change, wanted), None, output)
