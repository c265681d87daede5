"""Writes a scenario as TOML with a comment on every key, in the chosen language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from grantcalc.draft.model import RiskAllowance
from grantcalc.headcount.model import Basis, Change, ChangeKind, Scenario, Staff
from grantcalc.money import Number, number
from grantcalc.text import Language, Message, joined

HEAD = Message("A scenario of grantcalc: who is in post in the year, at what pay, and what changes.")
RUN = Message("Edit it, then run it: grantcalc simulate run FILE.toml")
DAYS = Message("Days are written 2024-07-01; a line that begins with # is a comment.")

ROOT: Mapping[str, Message] = {
    "format": Message("The form of this file."),
    "programme": Message("The grant programme (see grantcalc programmes)."),
    "county": Message("The county or city; its approved posts and money are the limits."),
    "title": Message("A title of your own."),
    "budget": Message(
        "Money of the year for posts; left out: the approved personnel money of the county. none: no limit."
    ),
    "insured": Message("Who bears the employer's insurance: subsidy, own (own funds), included (the pay contains it)."),
    "insurance": Message(
        "Insurance a person and month; left out: what the employer really pays, up to the printed cap."
    ),
    "bonus_month": Message("The month in which the year-end bonus is paid (assumption)."),
    "cases": Message("Open cases: one number, or a list of 12, one for each month. none: not looked at."),
}
PAY_HEAD = Message("[pay]: the pay of a whole role, for those whose entry says nothing of its own.")
PAY_FORMS = Message(
    'Dollars a month, a range like [38000, 46000], or what a scale asks for: { education = "bachelor", step = 3 }.'
)
STAFF_HEAD = Message("[[staff]]: one entry for one person or for several who are alike. Keys:")
STAFF: Mapping[str, Message] = {
    "name": Message("a name of its own, by which [[change]] means it"),
    "role": Message("the role: {roles}"),
    "count": Message("how many persons"),
    "person": Message("the person's name; nobody may hold two posts at once"),
    "start, end": Message("first and last day in post"),
    "hired_on": Message("start of the employment where it is earlier; the year-end bonus goes by it"),
    "monthly": Message(
        "monthly pay in dollars, or a range like [38000, 46000]; left out: by the scale, the pay table or [pay]"
    ),
    "education, step, points, licences, risk_allowance": Message(
        "what a scale asks for; without step or points: the lowest"
    ),
    "allowance": Message("regional allowance a person and month"),
    "insurance": Message("employer's insurance a person and month, instead of the above"),
    "own_pay, own_insurance": Message("what own funds add to pay and insurance, a person and month"),
    "bonus": Message("false: no year-end bonus is paid; left out: by the dates in post"),
}
CHANGE_HEAD = Message("[[change]]: what happens in the year. kind and its keys:")
CHANGE: Mapping[str, Message] = {
    "hire": Message("new staff from date on: the keys of [[staff]], date instead of start"),
    "leave": Message("who, date (last day in post), count"),
    "replace": Message(
        "who, date (last day in post), vacancy (months without anybody), count; who comes starts at the lowest step"
    ),
    "promote": Message("who, date (first day), role, count"),
    "step": Message("who, date (first day), step or points (left out: one step higher), count"),
    "delay": Message("who, date (the new first day) or months, count"),
    "raise": Message('who (a name or a role; left out: everybody), date, and percent = "3%", amount or monthly'),
}
EXAMPLE = Message("Example:")
ONE_OF = Message("{code} ({name})")

NONE = "none"


def scenario_toml(scenario: Scenario, language: Language) -> str:
    """The text of the file."""
    lines = [*_comments(language, HEAD, RUN, DAYS)]
    for key, value in _root(scenario).items():
        lines += ["", f"# {key}: {language(ROOT[key])}", *_line(key, value)]
    lines += ["", *_comments(language, PAY_HEAD, PAY_FORMS)]
    if scenario.pay:
        lines += ["[pay]", *(line for role, basis in scenario.pay for line in _line(role.value, _of_role(basis)))]
    elif scenario.staff:
        lines += [*_comments(language, EXAMPLE), "# [pay]", f"# {scenario.staff[0].role.value} = 42000"]
    lines += ["", *_comments(language, STAFF_HEAD), *_explained(_staff_words(scenario, language))]
    for member in scenario.staff:
        lines += ["", "[[staff]]", *_lines(_staff(member, "start"))]
    words = {key: language(text) for key, text in CHANGE.items()}
    lines += ["", *_comments(language, CHANGE_HEAD), *_explained(words)]
    if not scenario.changes:
        lines += [*_comments(language, EXAMPLE), *(f"# {line}" for line in _example(scenario))]
    for change in scenario.changes:
        lines += ["", "[[change]]", *_lines(_change(change))]
    return "\n".join(lines) + "\n"


def _comments(language: Language, *texts: Message) -> list[str]:
    return [f"# {language(text)}" for text in texts]


def _explained(words: Mapping[str, str]) -> list[str]:
    return [f"#   {key}: {text}" for key, text in words.items()]


def _staff_words(scenario: Scenario, language: Language) -> dict[str, str]:
    """What the keys of an entry mean; the roles are those that the scenario has."""
    used = dict.fromkeys((*(member.role for member in scenario.staff), *(role for role, _ in scenario.pay)))
    roles = joined(ONE_OF(code=role.value, name=role) for role in used)
    return {key: language(text(roles=roles) if key == "role" else text) for key, text in STAFF.items()}


def _root(scenario: Scenario) -> dict[str, object]:
    cases: object = NONE
    if scenario.cases is not None:
        cases = scenario.cases[0] if len(set(scenario.cases)) == 1 else scenario.cases
    return {
        "format": 1,
        "programme": scenario.programme,
        "county": scenario.county,
        "title": scenario.title,
        "budget": NONE if scenario.budget is None else scenario.budget,
        "insured": scenario.insured,
        "insurance": scenario.insurance,
        "bonus_month": scenario.bonus_month,
        "cases": cases,
    }


def _of_role(basis: Basis) -> object:
    known = _basis(basis)
    return basis.monthly if set(known) == {"monthly"} else known


def _staff(member: Staff, first: str) -> dict[str, object]:
    return {
        "name": member.name,
        "role": member.role,
        "count": member.count,
        "person": member.person,
        first: member.start,
        "end": member.end,
        "hired_on": member.hired_on,
        **_basis(member.basis),
        "allowance": member.allowance or None,
        "insurance": member.insurance,
        "own_pay": member.own_pay or None,
        "own_insurance": member.own_insurance or None,
        "bonus": None if member.bonus else False,
    }


def _basis(basis: Basis) -> dict[str, object]:
    """Only what it says."""
    stated = {
        "monthly": basis.monthly,
        "education": basis.education,
        "step": basis.step,
        "points": basis.points,
        "licences": basis.licences or None,
        "risk_allowance": None if basis.risk is RiskAllowance.NONE else basis.risk,
    }
    return {key: value for key, value in stated.items() if value is not None}


def _change(change: Change) -> dict[str, object]:
    if change.hired is not None:
        return {"kind": change.kind, **_staff(change.hired, "date")}
    return {
        "kind": change.kind,
        "who": change.who,
        "date": change.date,
        "count": change.count,
        "role": change.role,
        "vacancy": _exact(change.vacancy) if change.vacancy else None,
        "months": change.months,
        "percent": None if change.percent is None else f"{_exact(change.percent * 100)}%",
        "amount": change.amount,
        **({} if change.basis is None else _basis(change.basis)),
    }


def _exact(share: Fraction) -> Number | str:
    """A number where it has an end, else a fraction as text."""
    found = number(share)
    return found if Fraction(found) == share else f"{share.numerator}/{share.denominator}"


def _example(scenario: Scenario) -> list[str]:
    if not scenario.staff:
        return []
    first = scenario.staff[0]
    last = first.start + (first.end - first.start) / 2
    return [
        "[[change]]",
        *_lines({"kind": ChangeKind.REPLACE, "who": first.name, "date": last, "count": 1, "vacancy": 2}),
    ]


def _lines(values: Mapping[str, object]) -> list[str]:
    return [line for key, value in values.items() for line in _line(key, value)]


def _line(key: str, value: object) -> list[str]:
    """One key with its value; nothing where there is none."""
    return [] if value is None else [f"{key} = {_toml(value)}"]


def _toml(value: object) -> str:
    import tomlkit

    if isinstance(value, Enum):
        return _toml(value.value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_toml(inner)}' for key, inner in value.items())} }}"
    return tomlkit.item(value).as_string()
