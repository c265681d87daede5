"""A part of run.py: a risk run against drawing the same random numbers.

Once inside one process, both taking turns; once as whole processes, and the memory of few and many draws.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measuring import fastest, measure, row

DRAWS, STAFF, MONTHS = 100_000, 60, 12
LEAVING = MONTHS - 1
"""A leave at the end of the last month changes nothing: no number is drawn for it."""
SCENARIO = f"""format = 1
programme = "dapc-113"
county = "嘉義縣"
insured = "included"

[[staff]]
name = "A"
role = "case-manager"
count = {STAFF - 8}
monthly = 40000

[[staff]]
name = "B"
role = "supervisor"
count = 8
monthly = 45000
"""


def drawing() -> None:
    """The random numbers of a risk run, in blocks, and nothing else."""
    import numpy as np

    source = np.random.PCG64([1, 0])
    for _ in range(100):
        source.random_raw(DRAWS * STAFF * LEAVING // 200).view(np.uint32)


def inside(runs: int) -> None:
    """Both in one process, taking turns."""
    from grantcalc.headcount.pricing import prices_of
    from grantcalc.headcount.risk import risk
    from grantcalc.headcount.scenario_file import read_scenario
    from grantcalc.headcount.seats import Terms
    from grantcalc.rules.library import Library

    library = Library()
    with tempfile.TemporaryDirectory() as name:
        scenario = read_scenario(_written(name), library)
    prices = prices_of(scenario, library.programme(scenario.programme), library.tables)
    ours, bare = fastest(lambda: risk(scenario, prices, Terms(), DRAWS, 1), drawing, runs=runs + 1)
    label = f"risk, {DRAWS:,} draws × {STAFF} staff × {MONTHS} months / drawing the numbers"
    row(label, f"{ours / bare:.2f}", "at most 10")


def processes(grantcalc: str, runs: int) -> None:
    """Both as whole processes, and the memory of few and many draws."""
    with tempfile.TemporaryDirectory() as name:
        command = [grantcalc, "simulate", "risk", str(_written(name)), "--format", "json", "--draws"]
        many, few, drawn = measure(
            [*command, str(DRAWS)], [*command, str(DRAWS // 10)], [sys.executable, __file__], runs=runs
        )
    row("risk / drawing the numbers, as whole processes", f"{many.seconds / drawn.seconds:.2f}", "at most 10")
    grown = (many.megabytes - few.megabytes) / (DRAWS - DRAWS // 10) * 1_000_000
    row("  memory more for a million draws", f"{grown:.0f} MB", "at most 500 MB")


def _written(folder: str) -> Path:
    path = Path(folder) / "team.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


if __name__ == "__main__":
    drawing()
