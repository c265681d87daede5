"""What the reading of the file showed: values that could not be read, values read as another, cells no field claims.

Three small kinds over :class:`grantcalc.draft.model.Reading`.
"""

from __future__ import annotations

import datetime as dt

from grantcalc.draft.model import Normalisation
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, Text

READ_AS = Message("“{found}” was read as {taken}.")
READ_AS_TIMES = Message("“{found}” was read as {taken}, {times} times; this is the first place.")
ASSUMED = Message("The fund is not stated: taken as {taken}.")
ASSUMED_TIMES = Message("The fund is not stated on {times} rows: taken as {taken}; this is the first of them.")
WRITE_NUMBER = Message("Write {taken} as a number, so that the workbook's own totals count it.")
WRITE_DATE = Message("Write {taken} as a date, so that the workbook's own formulas count it.")
UNREAD = Message("The cell holds “{shown}”, but no field claims it.")
UNREAD_MONEY = Message("The cell holds “{shown}” in a column of amounts, but no row of the draft claims it.")
CLAIM_MONEY = Message("Look whether it is money that is asked for; if so, give its row a name and an amount.")
MAP_COLUMNS = Message("A map (--map) may say what the columns are; `grantcalc map` proposes one.")
UNREAD_EMPTY = Message("The cell is not empty, but no field claims it.")
CLAIM = Message("Nothing to change if it is a remark; an amount belongs into a column that is read.")


def check_readable(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every value that could not be read as it stands."""
    tally = Tally()
    tally.examine()
    for problem in context.reading.problems:
        found = Finding(
            outcome=rule.outcome,
            place=problem.place,
            message=problem.message,
            remedy=problem.remedy,
            hint=problem.hint,
        )
        tally.found(found)
    return tally.verdict()


def check_normalised(context: Context, rule: Rule, values: None) -> Verdict:
    """A note for every value that was read as another than it was written."""
    tally = Tally()
    tally.examine()
    for one in context.reading.normalisations:
        message = _normalised(one)(found=one.found, taken=one.taken, times=one.times)
        tally.found(Finding(outcome=rule.outcome, place=one.place, message=message, remedy=_remedy(one)))
    return tally.verdict()


def _remedy(one: Normalisation) -> Text:
    if not one.unseen:
        return NOTHING_TO_DO()
    if isinstance(one.taken, dt.date):
        return WRITE_DATE(taken=one.taken.isoformat())
    return WRITE_NUMBER(taken=one.taken.value if isinstance(one.taken, Measure) else one.taken)


def _normalised(one: Normalisation) -> Message:
    if not one.found:
        return ASSUMED_TIMES if one.times > 1 else ASSUMED
    return READ_AS_TIMES if one.times > 1 else READ_AS


def check_unread(context: Context, rule: Rule, values: None) -> Verdict:
    """A note for every non-empty cell that no field claims; money that no row claims is for a person to look at."""
    tally = Tally()
    tally.examine(len(context.reading.cells))
    for cell in context.reading.unread:
        if cell.told:
            continue
        if cell.money:
            message = UNREAD_MONEY(shown=cell.shown)
            tally.found(
                Finding(
                    outcome=Outcome.REVIEW,
                    place=cell.place,
                    message=message,
                    remedy=CLAIM_MONEY(),
                    hint=MAP_COLUMNS(),
                )
            )
            continue
        message = UNREAD(shown=cell.shown) if cell.shown else UNREAD_EMPTY()
        tally.found(Finding(outcome=rule.outcome, place=cell.place, message=message, remedy=CLAIM()))
    return tally.verdict()


READABLE = Kind(name="readable", check=check_readable)
NORMALISED = Kind(name="normalised", check=check_normalised)
UNREAD_CELL = Kind(name="unread-cell", check=check_unread)
