"""In how many months of each draw a rule is not kept, by the reference's own judgement of a team (limits.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
from attrs import Factory, evolve, frozen
from numpy.typing import NDArray

from grantcalc.draft.model import Role
from grantcalc.headcount.drawlooked import Looked
from grantcalc.headcount.draws import Heads, Ints
from grantcalc.headcount.limits import Binding, Limits, State, Team, judge
from grantcalc.money import Number

SHARES = 1000
"""The caseload is drawn in thousandths of what is stated."""

Flags = NDArray[np.bool_]


@frozen(kw_only=True)
class Judging:
    """The limits of a risk run; ``cases`` are the stated ones of each month. A team is judged once."""

    looked: Looked
    limits: Limits
    cases: tuple[Number, ...] | None
    _known: dict[tuple[Binding, Team], bool] = Factory(dict)

    @property
    def applied(self) -> tuple[Binding, ...]:
        """The limits that there are, in the order in which they bind."""
        limits, roles = self.limits, self.looked.roles
        found: Mapping[Binding, object] = {
            Binding.POSTS: limits.approved,
            Binding.PROJECT_MANAGERS: limits.approved and limits.managers if Role.PROJECT_MANAGER in roles else None,
            Binding.SENIORS: limits.approved and limits.per_senior if Role.SENIOR_CASE_MANAGER in roles else None,
            Binding.RATIO: None if limits.approved is None else limits.floor,
            Binding.MONEY: limits.budget,
            Binding.SPAN: limits.span,
            Binding.CASELOAD: None if self.cases is None else limits.cases_each,
        }
        return tuple(binding for binding in Binding if found[binding] is not None)

    def months(self, binding: Binding, people: Heads, spent: Ints, shares: Ints) -> Ints:
        """Months of each draw: columns of ``people``, dollars ``spent`` until each month, thousandths of the cases."""
        count: Ints = self._flags(binding, people, spent, shares).sum(axis=1)
        return count

    def _flags(self, binding: Binding, people: Heads, spent: Ints, shares: Ints) -> Flags:
        if binding is Binding.MONEY:
            over: Flags = spent > (self.limits.budget or 0)
            return over
        if binding is Binding.CASELOAD:
            return self._overloaded(people, shares)
        first, second, team_of = self._counted(binding, people)
        width = int(second.max(initial=0)) + 1
        return _looked_up(first * width + second, lambda code: self._is_broken(binding, team_of(*divmod(code, width))))

    def _counted(self, binding: Binding, people: Heads) -> tuple[Heads, Heads, Callable[[int, int], Team]]:
        """The two numbers that a rule goes by, and the team of two such numbers."""
        if binding is Binding.POSTS:
            posts = self.looked.posts(people)
            return posts, np.zeros_like(posts), lambda most, _: Team(case_managers=most, supervisors=0)
        if binding is Binding.PROJECT_MANAGERS:
            case_managers, supervisors = self.looked.split_most(people)
            # The formula asks for case managers and supervisors together only.
            return (
                case_managers + supervisors,
                self.looked.alone(people, Role.PROJECT_MANAGER),
                lambda both, found: Team(case_managers=both, supervisors=0, project_managers=found),
            )
        if binding is Binding.SENIORS:
            return (
                self.looked.split_most(people)[0],
                self.looked.alone(people, Role.SENIOR_CASE_MANAGER),
                lambda most, found: Team(case_managers=most, supervisors=0, seniors=found),
            )
        return *self.looked.split(people), lambda first, second: Team(case_managers=first, supervisors=second)

    def _is_broken(self, binding: Binding, team: Team) -> bool:
        key = (binding, team)
        if key not in self._known:
            judged = judge(team, evolve(self.limits, budget=None))
            self._known[key] = any(found.binding is binding and found.state is not State.KEPT for found in judged)
        return self._known[key]

    def _overloaded(self, people: Heads, shares: Ints) -> Flags:
        """Cases × share > cases each × case managers, in whole numbers."""
        each = self.limits.cases_each or Fraction(0)
        stated = [Fraction(cases) for cases in self.cases or ()]
        flags = np.zeros((len(people), len(stated)), dtype=np.bool_)
        managers = self.looked.split(people)[0].astype(np.int64)
        for month, cases in enumerate(stated):
            carried = managers[:, month] * (each.numerator * cases.denominator * SHARES)
            flags[:, month] = shares * (cases.numerator * each.denominator) > carried
        return flags


def _looked_up(codes: Heads, judged: Callable[[int], bool]) -> Flags:
    """Each code judged once."""
    there = np.flatnonzero(np.bincount(codes.ravel()))
    table = np.zeros(int(there.max(initial=0)) + 1, dtype=np.bool_)
    table[there] = [judged(int(code)) for code in there]
    found: Flags = table[codes]
    return found
