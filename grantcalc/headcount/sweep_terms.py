"""What a sweep takes for granted beside what every simulation does: what is varied, and how it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grantcalc.headcount.axes import START, growing, hire_axis, hired_of, hires_of
from grantcalc.headcount.limits import Limits
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Axis
from grantcalc.text import Message, Text

PEAKS = Message(
    "Posts and ratio are judged by the most persons in post on any day of the year, as a check counts them; the "
    "caseload by the case managers in post at the end of each month, and by the month that leaves them the least room."
)
JOINS = Message(
    "The role {role} stands in several entries; further persons join “{name}” on its terms, and leave it first."
)
ALL_START = Message(
    "A varied start moves all staff except those who were employed before the first day of their entry."
)
HIRES_STAY = Message(
    "Whoever is hired among the changes keeps the day of the hire; start:NAME=… varies it by the name of the hire."
)
HIRED = Message(
    "The number of {role} that varies is that of the entries of staff; {hired} hired in the year come on top. Posts "
    "and ratio are judged by the most in post on any day, hires among them."
)
UNFILLED = Message(
    "Fewer than {floor} case managers for each supervisor, with no more supervisors than the {supervisors} approved, "
    "is only a warning: posts of case managers are then unfilled, and no post is turned into one of a supervisor."
)


def sweep_terms(scenario: Scenario, axes: Sequence[Axis], limits: Limits) -> Iterator[Text]:
    """One text for each thing that is taken for granted."""
    staff = scenario.staff
    if limits.approved is not None:
        yield PEAKS()
    if limits.approved is not None and limits.floor is not None:
        yield UNFILLED(floor=limits.floor, supervisors=limits.approved.supervisors)
    for axis in axes:
        if axis.role is None or not axis.counts:
            continue
        place = growing(staff, axis.role)
        if place is not None and sum(member.role is axis.role for member in staff) > 1:
            yield JOINS(role=axis.role, name=staff[place].name)
        if hired := hires_of(scenario, axis.role):
            yield HIRED(role=axis.role, hired=hired)
    if any(axis.name == START for axis in axes):
        yield ALL_START()
        if any(hire_axis(hired.name, staff, axes) is None for hired in hired_of(scenario)):
            yield HIRES_STAY()
