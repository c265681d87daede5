"""``grantcalc staffing``: posts by the formulas, approved and planned, county by county (DAPC-113 附件七)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from grantcalc.cli import common
from grantcalc.cli.values import Argument, Whole
from grantcalc.cli.verdicts import VERDICTS, Verdict
from grantcalc.cli.words import Command, Refused, did_you_mean, option
from grantcalc.money import number, shown
from grantcalc.text import Bilingual, Language, Message

if TYPE_CHECKING:
    from fractions import Fraction

    from grantcalc.money import Rounding
    from grantcalc.staffing import Approved, Difference, Need
    from grantcalc.tabledata import Tables

HELP = Message(
    "Show the posts of the drug abuse prevention centres: by the formulas, approved, planned, and the ratio of case "
    "managers to supervisors. Without a county, all 22."
)
CASES_HELP = Message("Cases, instead of the average of the table.")
MANAGERS_HELP = Message("Case managers planned.")
SUPERVISORS_HELP = Message("Supervisors planned.")

NEEDS_COUNTY = Message("--cases, --case-managers and --supervisors need a county.")
NO_COUNTY = Message("There is no county “{name}”.{hint}")

COUNTY = Message("County")
CASES = Message("Cases")
TIER = Message("Fiscal tier")
FORMULA = Message("Formula")
APPROVED = Message("Approved")
PLANNED = Message("Planned")
DIFFERENCE = Message("Difference")
RATIO = Message("Ratio")
RATIO_DIGITS = 2
VERDICT = Message("Verdict")
POSTS = Message("Posts")
POST = Message("Post")
TOTAL = Message("Total")
EXPLAINED = Message("Why they differ")
ARITHMETIC = Message("Arithmetic")
PAIR = Message(
    "formula→approved of case managers, seniors among them, supervisors, project managers; ratio of case managers to "
    "one supervisor"
)
SHORT_TIER = Message("Tier")
HEADS: dict[str, Message] = {
    "case_managers": Message("managers"),
    "senior": Message("senior"),
    "supervisors": Message("superv."),
    "project_managers": Message("project"),
}
"""Short heads of the table of all counties."""
SPLIT_OF = Message("{ratio} : 1")
PRINTED_CASES = Message("The document prints {printed} cases in all; its rows add up to {sum}. National need: {need}.")

FIGURES: dict[str, Message] = {
    "case_managers": Message("case managers"),
    "senior": Message("of these, senior"),
    "supervisors": Message("supervisors"),
    "project_managers": Message("project managers"),
}


@frozen(kw_only=True)
class Team:
    """What one county shows."""

    approved: Approved
    title: Bilingual
    tier: int | None
    cases: int
    need: Need
    planned: tuple[int, int] | None
    ratio: Fraction | None
    verdict: Verdict
    differences: tuple[Difference, ...]

    def formula(self) -> dict[str, int]:
        """The formulas' numbers."""
        return {name: getattr(self.need, name).value for name in FIGURES}

    def granted(self) -> dict[str, int]:
        """The approved numbers."""
        return {name: getattr(self.approved, name) for name in FIGURES}

    def plan(self) -> dict[str, int] | None:
        """The planned numbers, as far as they were given."""
        if self.planned is None:
            return None
        managers, supervisors = self.planned
        return {"case_managers": managers, "supervisors": supervisors}


@click.command("staffing", cls=Command, text=HELP)
@click.argument("county", cls=Argument, required=False, metavar="[COUNTY]")
@option("--cases", type=Whole(), default=None, text=CASES_HELP)
@option("--case-managers", "managers", type=Whole(), default=None, text=MANAGERS_HELP)
@option("--supervisors", type=Whole(), default=None, text=SUPERVISORS_HELP)
@common.format_option
def command(county: str | None, cases: int | None, managers: int | None, supervisors: int | None, form: str) -> None:
    """One county, or all."""
    from grantcalc.staffing import DAPC_113

    library = common.library()
    tables, rounding = library.tables, library.programme(DAPC_113).parameters.case_manager_rounding
    names = [str(row["county"]) for row in tables[f"{DAPC_113}/approved_posts"].rows]
    if county is None and (cases, managers, supervisors) != (None, None, None):
        raise Refused(NEEDS_COUNTY())
    wanted = names if county is None else [_name(county, names, tables)]
    teams = [_team(name, cases, managers, supervisors, tables, rounding) for name in wanted]
    speak = common.language()
    if form == "json":
        common.print_json({"counties": [_json(team, speak) for team in teams], "totals": _totals(teams)})
    elif county is None:
        _print_all(teams, tables, speak)
    else:
        _print_one(teams[0], speak)


def _name(written: str, names: list[str], tables: Tables) -> str:
    """The county's official name; 台 for 臺, the English name and the ISO code are understood."""
    plain = written.strip().replace("台", "臺")
    if plain in names:
        return plain
    rows = tables["common/counties"].rows
    for row in rows:
        if plain.casefold() in {str(row["name_en"]).casefold(), str(row["iso"]).casefold()} and row["name_zh"] in names:
            return str(row["name_zh"])
    from difflib import get_close_matches

    english = [str(row["name_en"]) for row in rows]
    raise Refused(NO_COUNTY(name=written, hint=did_you_mean(get_close_matches(plain, [*names, *english], cutoff=0.4))))


def _team(
    name: str, cases: int | None, managers: int | None, supervisors: int | None, tables: Tables, rounding: Rounding
) -> Team:
    from grantcalc import staffing
    from grantcalc.counties import county_title

    approved = staffing.approved_posts(name, tables)
    if approved is None:
        raise Refused(NO_COUNTY(name=name, hint=""))
    planned = None
    if managers is not None or supervisors is not None:
        planned = (
            approved.case_managers if managers is None else managers,
            approved.supervisors if supervisors is None else supervisors,
        )
    counted = approved.cases if cases is None else cases
    shown = planned or (approved.case_managers, approved.supervisors)
    # Other cases without a plan: what the formulas give all the way, not what was approved for the cases of the table.
    base: tuple[int | None, int | None] = (None, None) if cases is not None and planned is None else shown
    return Team(
        approved=approved,
        title=county_title(tables, name) or Bilingual(name, name),
        tier=_tier(name, tables),
        cases=counted,
        need=staffing.need(counted, base[0], base[1], tables, rounding),
        planned=planned,
        ratio=staffing.ratio(*shown),
        verdict=_verdict(shown, approved, tables),
        differences=staffing.differences(approved, tables, rounding),
    )


def _verdict(team: tuple[int, int], approved: Approved, tables: Tables) -> Verdict:
    from grantcalc import staffing

    if sum(team) > approved.posts:
        return Verdict.OVER
    return Verdict(staffing.split(*team, approved, tables).value)


def _tier(county: str, tables: Tables) -> int | None:
    """The fiscal tier in the programme's year, for information."""
    from grantcalc.counties import fiscal_tier
    from grantcalc.staffing import DAPC_113

    day = tables[f"{DAPC_113}/approved_posts"].info.effective_from
    return None if day is None else fiscal_tier(tables, county, day)


def _json(team: Team, speak: Language) -> dict[str, Any]:
    plan = team.plan()
    return {
        "county": team.approved.county,
        "cases": team.cases,
        "fiscal_tier": team.tier,
        "formula": team.formula(),
        "approved": {**team.granted(), "posts": team.approved.posts},
        "planned": None if plan is None else {**plan, "posts": sum(plan.values())},
        "ratio": None if team.ratio is None else str(number(team.ratio)),
        "verdict": team.verdict.value,
        "verdict_text": speak(VERDICTS[team.verdict]),
        "differences": [
            {
                "figure": entry.figure,
                "formula": entry.formula,
                "approved": entry.approved,
                "text": speak(entry.text),
                "citation": str(entry.citation),
            }
            for entry in team.differences
        ],
    }


def _totals(teams: list[Team]) -> dict[str, Any]:
    formula = {name: sum(team.formula()[name] for team in teams) for name in FIGURES}
    granted = {name: sum(team.granted()[name] for team in teams) for name in FIGURES}
    posts = sum(team.approved.posts for team in teams)
    cases = sum(team.cases for team in teams)
    return {"cases": cases, "formula": formula, "approved": {**granted, "posts": posts}}


def _print_all(teams: list[Team], tables: Tables, speak: Language) -> None:
    from grantcalc.staffing import DAPC_113, parameter

    rows = [
        (
            speak(team.title),
            "" if team.tier is None else str(team.tier),
            speak(team.cases),
            *(f"{team.formula()[name]}→{team.granted()[name]}" for name in FIGURES),
            str(team.approved.posts),
            "–" if team.ratio is None else speak(shown(team.ratio, RATIO_DIGITS)),
        )
        for team in teams
    ]
    totals = _totals(teams)
    sums = (f"{totals['formula'][name]}→{totals['approved'][name]}" for name in FIGURES)
    rows.append((speak(TOTAL), "", speak(totals["cases"]), *sums, str(totals["approved"]["posts"]), ""))
    headers = [speak(word) for word in (COUNTY, SHORT_TIER, CASES, *HEADS.values(), POSTS, RATIO)]
    click.echo(speak(PAIR))
    common.print_table(headers, rows, right=range(1, len(headers)))
    columns = tables[f"{DAPC_113}/approved_posts"].info.columns
    printed = next((column.total for column in columns if column.name == "cases"), None)
    need = parameter(tables, "national-need").value
    if printed is not None:
        click.echo(speak(PRINTED_CASES(printed=printed, sum=totals["cases"], need=need)))


def _ratio(team: Team, speak: Language) -> str:
    return "–" if team.ratio is None else speak(SPLIT_OF(ratio=shown(team.ratio, RATIO_DIGITS)))


def _print_one(team: Team, speak: Language) -> None:
    from grantcalc.report.arithmetic import arithmetic

    pairs = [(speak(COUNTY), speak(team.title)), (speak(CASES), speak(team.cases))]
    if team.tier is not None:
        pairs.append((speak(TIER), str(team.tier)))
    pairs += [(speak(RATIO), _ratio(team, speak)), (speak(VERDICT), speak(VERDICTS[team.verdict]))]
    common.print_pairs(pairs)
    click.echo()
    formula, granted, plan = team.formula(), team.granted(), team.plan() or {}
    rows = []
    for name, label in FIGURES.items():
        last = plan.get(name, granted[name])
        planned = str(plan[name]) if name in plan else ""
        rows.append((speak(label), str(formula[name]), str(granted[name]), planned, f"{last - formula[name]:+d}"))
    posts = str(sum(plan.values())) if plan else ""
    rows.append((speak(POSTS), "", str(team.approved.posts), posts, ""))
    headers = [speak(word) for word in (POST, FORMULA, APPROVED, PLANNED, DIFFERENCE)]
    common.print_table(headers, rows, right=(1, 2, 3, 4))
    if team.differences:
        click.echo(f"\n{speak(EXPLAINED)}")
        for entry in team.differences:
            click.echo(f"  {speak(entry.text)} [{entry.citation}]")
    click.echo(f"\n{speak(ARITHMETIC)}")
    for name in FIGURES:
        for line in arithmetic(getattr(team.need, name).explanation, speak):
            click.echo(f"  {line}")
