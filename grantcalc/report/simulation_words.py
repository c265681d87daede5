"""Words that every form of a simulation's result shares: what binds, how a team stands, months, amounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from grantcalc.headcount.limits import Binding, State
from grantcalc.headcount.model import Assumption, Insured
from grantcalc.headcount.results import Combination
from grantcalc.headcount.retention import Met
from grantcalc.headcount.turnover import Moved
from grantcalc.money import shown
from grantcalc.text import Language, Message

ASSUMPTIONS = Message("What is assumed")
MONTH = Message("Month")
ROLE = Message("Role")
ENTRY = Message("Entry")
PERSONS = Message("Persons")
COST = Message("Cost of the year")
BUDGET = Message("Budget")
RATIO = Message("Ratio")
CASES_EACH = Message("Cases each")
VERDICT = Message("Verdict")
FEASIBLE = Message("feasible")
FEASIBLE_WARNED = Message("feasible, with a warning: {rules}")
BINDS = Message("binds: {rule}")
MONTH_SPAN = Message("{first} to {last}")
SUBSIDISED = Message("Subsidised")

BINDINGS: Mapping[Binding, Message] = {
    Binding.POSTS: Message("approved posts"),
    Binding.PROJECT_MANAGERS: Message("approved posts of project managers"),
    Binding.SENIORS: Message("approved posts of senior case managers"),
    Binding.RATIO: Message("ratio of case managers to supervisors"),
    Binding.MONEY: Message("budget"),
    Binding.SPAN: Message("case managers of one supervisor"),
    Binding.CASELOAD: Message("cases of one case manager"),
}
STATES: Mapping[State, Message] = {
    State.KEPT: Message("kept"),
    State.WARNED: Message("warning"),
    State.BROKEN: Message("broken"),
}
INSURED: Mapping[Insured, Message] = {
    Insured.SUBSIDY: Message("Insurance, from the subsidy"),
    Insured.OWN: Message("Insurance, from own funds"),
    Insured.INCLUDED: Message("Insurance, beside a pay that contains it"),
}
MET: Mapping[Met, Message] = {
    Met.MET: Message("met"),
    Met.MISSED: Message("missed"),
    Met.UNKNOWN: Message("cannot be said: state hired_on"),
    Met.NOBODY: Message("nobody in post"),
}
MOVED: Mapping[Moved, Message] = {
    Moved.JOINED: Message("joined"),
    Moved.LEFT: Message("left"),
    Moved.BOTH: Message("joined and left"),
}


def month_label(day: dt.date, speak: Language) -> str:
    """1月 in Chinese, 2024-01 in English."""
    return f"{day.month}月" if speak.is_chinese else f"{day:%Y-%m}"


def months_label(first: dt.date, last: dt.date, speak: Language) -> str:
    """One month, or the first to the last."""
    if first == last:
        return month_label(first, speak)
    return speak(MONTH_SPAN(first=month_label(first, speak), last=month_label(last, speak)))


def rounded(value: Fraction | None, speak: Language, digits: int = 2) -> str:
    """A ratio to two places, half up; a dash where there is none."""
    return "–" if value is None else speak(shown(value, digits))


def signed(amount: int, speak: Language) -> str:
    """A difference with its sign."""
    return f"+{speak.number(amount)}" if amount > 0 else speak.number(amount)


def told_assumptions(assumptions: Iterable[Assumption], speak: Language) -> Iterator[str]:
    """Numbered lines, each assumption once."""
    for number, text in enumerate(dict.fromkeys(speak(known.text) for known in assumptions), start=1):
        yield f"{number}. {text}"


def standing(combination: Combination, speak: Language) -> str:
    """Feasible, with the warnings, or the rule that binds first."""
    if combination.binding is not None:
        return speak(BINDS(rule=BINDINGS[combination.binding]()))
    warned = [judgement.binding for judgement in combination.judged if judgement.state is State.WARNED]
    if not warned:
        return speak(FEASIBLE)
    return speak(FEASIBLE_WARNED(rules=speak.listed(speak(BINDINGS[known]) for known in warned)))


def ratio_of(combination: Combination) -> Fraction | None:
    """Case managers for each supervisor."""
    return Fraction(combination.case_managers, combination.supervisors) if combination.supervisors else None
