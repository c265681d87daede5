"""A scenario as a TOML file: read with every problem at once, and written with a comment on every key.

Entries are named as a person counts them: staff[3] is the third ``[[staff]]``. What is written reads back equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import evolve

from grantcalc import roc
from grantcalc.headcount import scenario_values as read
from grantcalc.headcount.defaults import default_budget, default_cases, default_insured
from grantcalc.headcount.groups import ScenarioError
from grantcalc.headcount.insured import is_own_only
from grantcalc.headcount.model import MONTHS, Insured, Scenario
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.scenario_changes import changes_of
from grantcalc.headcount.scenario_checks import check
from grantcalc.headcount.scenario_entries import Frame, names_in, pay_of, staff_of
from grantcalc.headcount.scenario_sections import Problems, Section, Unfit
from grantcalc.headcount.scenario_writer import scenario_toml
from grantcalc.money import Number
from grantcalc.pay.paytable import PayRow
from grantcalc.reading import content
from grantcalc.reading.jsonform import parsed_toml
from grantcalc.reading.names import Counties, likely
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.text import Language, Message, joined

FORMAT = 1
NONE = "none"
MOST_BUDGET = 1_000_000_000_000

MEND = Message(
    "Correct the scenario file at that place: a date is written 2024-07-01, text stands between quotes; a file written "
    "by --save is a pattern."
)
FORMAT_1 = Message("the number 1")
PROGRAMME = Message("one of the programmes: {known}")
COUNTY = Message("one of the 22 counties and cities, for example 嘉義縣")
BUDGET = Message("dollars of the year, or “none”")
CASES = Message("open cases, from 0 to {most}: one number, a list of {months} (one for each month), or “none”")
LISTED = Message("a list of {expected} numbers, one for each month; this one has {found}")
NO_STAFF = Message("{file}: there is no [[staff]]; a scenario needs at least one entry.")
OWN_ONLY = Message(
    "{place}: found “subsidy”; the document of {programme} leaves the employer's insurance to own funds: expected "
    "“own”."
)


def read_scenario(path: Path, library: Library, pay_table: tuple[PayRow, ...] | None = None) -> Scenario:
    """The scenario of a file; a pay table decides with it whether the pay contains the insurance.

    :class:`ScenarioError` tells everything that is wrong with it, ``Unreadable`` where it is no TOML at all.
    """
    file = path.name
    return scenario_of(parsed_toml(content(path, file), file, MEND), library, file, pay_table)


def save(scenario: Scenario, path: Path, language: Language) -> None:
    """Write a scenario with comments in this language."""
    from grantcalc.files import moved_into_place

    with moved_into_place(path) as temporary:
        temporary.write_text(scenario_toml(scenario, language), encoding="utf-8", newline="\n")


def scenario_of(
    raw: Mapping[str, object], library: Library, file: str, pay_table: tuple[PayRow, ...] | None = None
) -> Scenario:
    """The same from keys and values."""
    problems = Problems(file)
    root = Section("", raw, problems)
    programme = _programme(root, library)
    if programme is None:
        raise _error(problems)
    frame = Frame(period=programme.period, roles=programme.roles, problems=problems)
    county = root.get("county", lambda found: _county(found, library))
    staff = tuple(staff_of(root.get("staff", _as_is), frame))
    named = evolve(frame, names=names_in(raw, staff, frame))
    scenario = Scenario(
        programme=programme.id,
        county=county,
        title=root.get("title", read.text),
        period=programme.period,
        insurance=root.get("insurance", read.whole(0, read.MOST_DOLLARS)),
        bonus_month=root.get("bonus_month", _bonus_month(programme)) or MONTHS,
        pay=pay_of(root.get("pay", _as_is) or {}, frame),
        staff=staff,
        changes=tuple(changes_of(root.get("change", _as_is), named)),
        budget=_budget(root, programme, county, library),
        cases=_cases(root, programme, county, library),
    )
    if not raw.get("staff"):
        root.say(NO_STAFF(file=file))
    prices = prices_of(scenario, programme, library.tables, pay_table)
    scenario = evolve(scenario, insured=_insured(root, scenario, prices))
    root.close()
    check(scenario, prices, problems)
    if problems.texts:
        raise _error(problems)
    return scenario


def _error(problems: Problems) -> ScenarioError:
    first, *others = problems.texts
    return ScenarioError(first, *others)


def _as_is(found: object) -> object:
    return found


def _programme(root: Section, library: Library) -> Programme | None:
    root.need("format", _format, FORMAT_1())
    known = library.ids()
    expected = PROGRAMME(known=joined(known))

    def named(found: object) -> str:
        if isinstance(found, str) and found.strip() in known:
            return found.strip()
        raise Unfit(expected, likely(found, known) if isinstance(found, str) else ())

    name = root.need("programme", named, expected)
    return None if name is None else library.programme(name)


def _format(found: object) -> int:
    if isinstance(found, bool) or found != FORMAT:
        raise Unfit(FORMAT_1())
    return FORMAT


def _county(found: object, library: Library) -> str:
    counties = Counties.of(library.tables)
    name = counties.find(found) if isinstance(found, str) else None
    if name is None:
        raise Unfit(COUNTY(), counties.nearest(found) if isinstance(found, str) else ())
    return name


def _bonus_month(programme: Programme) -> Callable[[object], int]:
    return read.whole(programme.period.start.month, programme.period.end.month)


def _budget(root: Section, programme: Programme, county: str | None, library: Library) -> int | None:
    if "budget" not in root.raw:
        root.known.append("budget")
        return default_budget(programme, county, library.tables)

    def stated(found: object) -> int | None:
        if found == NONE:
            return None
        try:
            return read.whole(0, MOST_BUDGET)(found)
        except Unfit:
            raise Unfit(BUDGET()) from None

    return root.get("budget", stated)


def _cases(root: Section, programme: Programme, county: str | None, library: Library) -> tuple[Number, ...] | None:
    months = roc.months_touched(programme.period.start, programme.period.end)
    if "cases" not in root.raw:
        root.known.append("cases")
        return default_cases(programme, county, library.tables)

    def stated(found: object) -> tuple[Number, ...] | None:
        if found == NONE:
            return None
        if isinstance(found, list) and len(found) != months:
            raise Unfit(LISTED(expected=months, found=len(found)))
        if isinstance(found, list):
            each = [root.read(f"cases[{month}]", one, read.cases) for month, one in enumerate(found, start=1)]
            return tuple(one for one in each if one is not None)
        try:
            return (read.cases(found),) * months
        except Unfit:
            raise Unfit(CASES(most=read.MOST_CASES, months=months)) from None

    return root.get("cases", stated)


def _insured(root: Section, scenario: Scenario, prices: Prices) -> Insured:
    found = root.get("insured", read.member(Insured)) or default_insured(prices, scenario.staff)
    if found is Insured.SUBSIDY and is_own_only(prices.programme):
        root.say(OWN_ONLY(place=root.problems.place("insured"), programme=prices.programme.id))
    return found
