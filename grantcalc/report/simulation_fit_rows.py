"""What a fit tells in every form: its words, and the rows that text, page and workbook lay out alike."""

from __future__ import annotations

from grantcalc.headcount.results import Allowed, Fit
from grantcalc.report.columns import NOTHING, Column, Fact, Look, texts
from grantcalc.report.simulation_run_rows import no_budget
from grantcalc.report.simulation_sweep_rows import FIRST_DAY, NONE, PEAK, peak_told
from grantcalc.report.simulation_words import BINDINGS, BUDGET, COST, ENTRY, ROLE
from grantcalc.text import Language, Message

FIT = Message("What the money fits")
LEAST = Message("Least money that the team of the scenario needs in the year")
SHORT = Message("Less than needed by")
SPARE = Message("More than needed by")
MOST = Message("Most persons of one role that the money pays, the others unchanged")
ALLOWED = Message("Most persons of one role that no rule stops, the others unchanged")
PLANNED_PERSONS = Message("Planned persons")
STOPS = Message("What stops one more")
MOST_PERSONS = Message("Most persons")
START = Message("Earliest common start that fits")
NO_START = Message("no start of the year fits")
STEPS = Message("Highest steps that fit")
STEP = Message("Step")
PLANNED_AT_FIRST = Message("Planned persons, hires not among them")
MOST_AT_FIRST = Message("Most persons, hires not among them")


def money_of(found: Fit, speak: Language) -> list[Fact]:
    """The budget, the least money needed, and the difference."""
    least: Fact = (speak(LEAST), found.least_money, Look.DOLLARS)
    if found.budget is None:
        return [no_budget(speak), least]
    left = found.budget - found.least_money
    spare: Fact = (speak(SPARE if left >= 0 else SHORT), abs(left), Look.DOLLARS)
    return [(speak(BUDGET), found.budget, Look.DOLLARS), least, spare]


def planned_word(found: Fit) -> Message:
    """The header of the persons planned; it says where those hired in the year are not among them."""
    return PLANNED_AT_FIRST if found.hires else PLANNED_PERSONS


def most_of(found: Fit, speak: Language) -> list[Column]:
    """Role, the most persons that the money pays, the cost then."""
    return [
        texts(speak(ROLE), (speak(role) for role, _, _ in found.most)),
        Column(header=speak(MOST_AT_FIRST if found.hires else MOST_PERSONS), cells=[most for _, most, _ in found.most]),
        Column(header=speak(COST), cells=[cost for _, _, cost in found.most]),
    ]


def allowed_of(found: Fit, speak: Language) -> list[Column]:
    """Role, persons planned, the most that no rule stops, the most in post then, and what stops one more."""
    known = found.allowed
    persons = [speak(NONE) if one.persons is None else one.persons for one in known]
    return [
        texts(speak(ROLE), (speak(one.role) for one in known)),
        Column(header=speak(planned_word(found)), cells=[one.planned for one in known]),
        Column(header=speak(MOST_AT_FIRST if found.hires else MOST_PERSONS), cells=persons),
        Column(header=speak(PEAK), look=Look.NUMBER, cells=[peak_of(one) for one in known]),
        texts(speak(STOPS), (stop_of(one, speak) for one in known)),
    ]


def peak_of(known: Allowed) -> str | None:
    """The most in post then, as the ratio takes them."""
    return None if known.peak is None else peak_told(*known.peak)


def stop_of(known: Allowed, speak: Language) -> str:
    """What stops one more."""
    return NOTHING if known.binding is None else speak(BINDINGS[known.binding])


def start_of(found: Fit, speak: Language) -> list[Fact]:
    """The earliest common start that fits, and the cost then; nothing without a budget."""
    if found.budget is None:
        return []
    if found.start is None or found.start_cost is None:
        return [(speak(FIRST_DAY), speak(NO_START), Look.TEXT)]
    return [(speak(FIRST_DAY), found.start, Look.DATE), (speak(COST), found.start_cost, Look.DOLLARS)]


def steps_of(found: Fit, speak: Language) -> list[Column]:
    """Entry, the highest step that fits, the cost then."""
    return [
        texts(speak(ENTRY), (name for name, _, _ in found.steps)),
        Column(header=speak(STEP), cells=[step for _, step, _ in found.steps]),
        Column(header=speak(COST), cells=[cost for _, _, cost in found.steps]),
    ]
