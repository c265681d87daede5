"""A part of run.py: one run of 60 staff, everybody with a pay of his own, against the interpreter's start."""

from __future__ import annotations

import subprocess
import sys

from attrs import evolve
from measuring import fastest, row

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Basis, Insured, Scenario, Staff
from grantcalc.headcount.prepare import prepared
from grantcalc.headcount.run import run
from grantcalc.rules.library import Library

STAFF = 60
LOWEST, STEP = 40_000, 37


def team(library: Library) -> Scenario:
    """Social workers, each an entry with a pay of its own."""
    programme = library.programme("fsp-113")
    first = Staff(
        name="",
        role=Role.SOCIAL_WORKER,
        start=programme.period.start,
        end=programme.period.end,
        basis=Basis(monthly=LOWEST),
    )
    staff = (evolve(first, name=f"{at}", basis=Basis(monthly=LOWEST + STEP * at)) for at in range(STAFF))
    return Scenario(programme=programme.id, period=programme.period, staff=tuple(staff), insured=Insured.SUBSIDY)


def inside(runs: int) -> None:
    """The run of stints that are known, then with the insurance of every pay looked up."""
    library = Library()
    scenario = team(library)
    programme, _, stints = prepared(scenario, library)

    def start() -> None:
        subprocess.run([sys.executable, "-c", "pass"], check=True)

    def whole() -> None:
        made, _, found = prepared(scenario, library)
        run(scenario, found, made.bonus)

    bare, alone, both = fastest(start, lambda: run(scenario, stints, programme.bonus), whole, runs=4 * runs)
    row(f"one run of {STAFF} staff / the interpreter's start", f"{alone / bare:.2f}", "below 0.5")
    row("  the same with the insurance of 60 different pays looked up", f"{both / bare:.2f}", "")
