"""The rules a team is judged by in a simulation, and how much room each of them leaves (用人規定與餘裕).

The numbers are those of the programme's own rules. What binds stands in a fixed order: posts (in all, of project
managers, of senior case managers), ratio, money. A span or a caseload beyond the figure "in principle" is a warning and
never makes a team infeasible.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen

from grantcalc.headcount.pricing import approved_of
from grantcalc.money import Number, Rounding, whole
from grantcalc.rules.kinds.caseload import Caseload
from grantcalc.rules.kinds.posts_project_manager import ProjectManagers
from grantcalc.rules.kinds.posts_senior import Senior
from grantcalc.rules.kinds.supervisor_ratio import SupervisorRatio
from grantcalc.rules.programme import Programme
from grantcalc.rules.rule import Rule
from grantcalc.staffing import Approved, parameter
from grantcalc.tabledata import Tables
from grantcalc.units import Unit


class Binding(Enum):
    """What can bind a team, in the order in which it is asked."""

    POSTS = "posts"
    PROJECT_MANAGERS = "posts-project-manager"
    SENIORS = "posts-senior"
    RATIO = "ratio"
    MONEY = "money"
    SPAN = "span"
    CASELOAD = "caseload"


OF_POSTS = (Binding.POSTS, Binding.PROJECT_MANAGERS, Binding.SENIORS)
"""What is judged by the most posts on any day, as a check counts them."""


class State(Enum):
    """How a team stands to one rule."""

    KEPT = "kept"
    WARNED = "warned"
    BROKEN = "broken"


@frozen(kw_only=True)
class Judgement:
    """One rule on one team: what it says, and the room left in its own unit (negative: what is too much)."""

    binding: Binding
    rule: Rule | None
    state: State
    headroom: Fraction
    unit: Unit


@frozen(kw_only=True)
class Team:
    """What the rules look at: heads of a month, and the money of the year.

    ``posts`` is the most of both on one day, where that is not their sum: two in turn on one post count once.
    ``seniors`` (case managers, too) and ``project_managers`` are ``None`` where the team has no such role at all.
    """

    case_managers: int
    supervisors: int
    posts: int | None = None
    seniors: int | None = None
    project_managers: int | None = None
    cost: int = 0
    cases: Number | None = None


@frozen(kw_only=True)
class ManagerShare:
    """The formula of project managers: a share of the team; below 1 so many may be hired where none is approved."""

    share: Fraction
    below_one: int


@frozen(kw_only=True)
class Limits:
    """The limits of one county and programme; ``None`` where the programme sets none."""

    approved: Approved | None = None
    managers: ManagerShare | None = None
    per_senior: Fraction | None = None
    floor: Fraction | None = None
    span: Fraction | None = None
    cases_each: Fraction | None = None
    budget: int | None = None
    rules: tuple[tuple[Binding, Rule], ...] = ()

    def rule(self, binding: Binding) -> Rule | None:
        """The programme's rule behind a limit; the money of a simulation has none."""
        return next((rule for known, rule in self.rules if known is binding), None)


def limits_of(programme: Programme, county: str | None, tables: Tables, budget: int | None) -> Limits:
    """The limits that a programme's rules set for a county's team."""
    rules: list[tuple[Binding, Rule]] = []
    managers: ManagerShare | None = None
    per_senior = floor = span = cases_each = None
    approved = approved_of(programme, county, tables)
    for rule in programme.rules:
        if rule.kind == "posts-total":
            rules.append((Binding.POSTS, rule))
        elif isinstance(rule.values, ProjectManagers):
            managers = _share(tables, rule.values.folder)
            rules.append((Binding.PROJECT_MANAGERS, rule))
        elif isinstance(rule.values, Senior):
            per_senior = parameter(tables, "case-managers-per-senior", rule.values.folder).value
            rules.append((Binding.SENIORS, rule))
        elif isinstance(rule.values, SupervisorRatio):
            floor = parameter(tables, "supervisor-ratio-floor", rule.values.folder).value
            rules.append((Binding.RATIO, rule))
        elif isinstance(rule.values, Caseload):
            cases_each = parameter(tables, "cases-per-case-manager", rule.values.folder).value
            rules.append((Binding.CASELOAD, rule))
        elif rule.kind == "supervisor-span":
            span = _span(rule, tables)
            rules.append((Binding.SPAN, rule))
    return Limits(
        approved=approved,
        managers=managers,
        per_senior=per_senior,
        floor=floor,
        span=span,
        cases_each=cases_each,
        budget=budget,
        rules=tuple(rules),
    )


def _share(tables: Tables, folder: str) -> ManagerShare:
    share = parameter(tables, "project-manager-share", folder).value
    return ManagerShare(share=share, below_one=int(parameter(tables, "project-managers-below-one", folder).value))


def _span(rule: Rule, tables: Tables) -> Fraction:
    return parameter(tables, "case-managers-per-supervisor", rule.values.folder).value


def judge(team: Team, limits: Limits) -> tuple[Judgement, ...]:
    """Every rule on a team, in the order in which they bind."""
    of_posts = (_posts(team, limits), _project_managers(team, limits), _seniors(team, limits))
    of_team = (_ratio(team, limits), _money(team, limits), _of_span(team, limits), _caseload(team, limits))
    judged = (*of_posts, *of_team)
    return tuple(judgement for judgement in judged if judgement is not None)


def binding(judged: tuple[Judgement, ...]) -> Judgement | None:
    """The rule that binds first; ``None`` for a feasible team."""
    return next((judgement for judgement in judged if judgement.state is State.BROKEN), None)


def _judgement(
    limits: Limits,
    what: Binding,
    headroom: Fraction,
    unit: Unit,
    broken: State = State.BROKEN,
    *,
    kept: bool | None = None,
) -> Judgement:
    is_kept = headroom >= 0 if kept is None else kept
    state = State.KEPT if is_kept else broken
    return Judgement(binding=what, rule=limits.rule(what), state=state, headroom=headroom, unit=unit)


def _posts(team: Team, limits: Limits) -> Judgement | None:
    if limits.approved is None:
        return None
    posts = team.case_managers + team.supervisors if team.posts is None else team.posts
    room = limits.approved.posts - posts
    return _judgement(limits, Binding.POSTS, Fraction(room), Unit.POST)


def _project_managers(team: Team, limits: Limits) -> Judgement | None:
    """Above the approved number an error; where none is approved and the formula gives below 1, one is a warning."""
    if limits.approved is None or limits.managers is None or team.project_managers is None:
        return None
    given, allowed = limits.approved.project_managers, 0
    if not given and managers_by_formula(team, limits) < 1:
        allowed = limits.managers.below_one
    room = max(given, allowed) - team.project_managers
    broken = State.BROKEN if room < 0 else State.WARNED
    is_kept = team.project_managers <= given
    return _judgement(limits, Binding.PROJECT_MANAGERS, Fraction(room), Unit.POST, broken, kept=is_kept)


def managers_by_formula(team: Team, limits: Limits) -> Fraction:
    """Project managers by the formula, before rounding; 0 where the programme has none."""
    share = Fraction(0) if limits.managers is None else limits.managers.share
    return (team.case_managers + team.supervisors) * share


def _seniors(team: Team, limits: Limits) -> Judgement | None:
    """Above the approved number a warning, above the formula's as well an error."""
    if limits.approved is None or limits.per_senior is None or team.seniors is None:
        return None
    room = max(limits.approved.senior, seniors_by_formula(team, limits)) - team.seniors
    broken = State.BROKEN if room < 0 else State.WARNED
    is_kept = team.seniors <= limits.approved.senior
    return _judgement(limits, Binding.SENIORS, Fraction(room), Unit.POST, broken, kept=is_kept)


def seniors_by_formula(team: Team, limits: Limits) -> int:
    """Senior posts by the formula: one for every whole so many case managers; 0 where the programme has none."""
    return 0 if limits.per_senior is None else whole(Fraction(team.case_managers) / limits.per_senior, Rounding.DOWN)


def _ratio(team: Team, limits: Limits) -> Judgement | None:
    """The floor of an adjusted split: with no more supervisors than approved, posts are merely unfilled."""
    if limits.approved is None or limits.floor is None or not team.supervisors:
        return None
    room = Fraction(team.case_managers, team.supervisors) - limits.floor
    is_approved = (team.case_managers, team.supervisors) == (limits.approved.case_managers, limits.approved.supervisors)
    unfilled = team.supervisors <= limits.approved.supervisors
    return _judgement(
        limits,
        Binding.RATIO,
        room,
        Unit.PERSON,
        State.WARNED if unfilled else State.BROKEN,
        kept=room >= 0 or is_approved,
    )


def _money(team: Team, limits: Limits) -> Judgement | None:
    if limits.budget is None:
        return None
    return _judgement(limits, Binding.MONEY, Fraction(limits.budget - team.cost), Unit.DOLLAR)


def _of_span(team: Team, limits: Limits) -> Judgement | None:
    """Fewer supervisors than half-up(case managers ÷ 7) are a warning; the room is in case managers."""
    if limits.span is None or not team.case_managers:
        return None
    needed = whole(Fraction(team.case_managers) / limits.span)
    room = limits.span * team.supervisors - team.case_managers
    return _judgement(limits, Binding.SPAN, room, Unit.PERSON, State.WARNED, kept=team.supervisors >= needed)


def _caseload(team: Team, limits: Limits) -> Judgement | None:
    if limits.cases_each is None or team.cases is None:
        return None
    room = limits.cases_each * team.case_managers - Fraction(team.cases)
    return _judgement(limits, Binding.CASELOAD, room, Unit.CASE, State.WARNED)


def cheapest_cover(cases: Number, limits: Limits) -> int | None:
    """The fewest case managers that carry so many cases."""
    return None if limits.cases_each is None else whole(Fraction(cases) / limits.cases_each, Rounding.UP)
