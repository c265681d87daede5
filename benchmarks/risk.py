"""Prints how fast a risk run is, as ratios against drawing the same random numbers.

    python benchmarks/risk.py [--runs N]

Once inside one process, both taking turns; once as whole processes (run.py), and the memory of few and many draws.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from run import measure, row

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


def inside(path: Path, runs: int) -> tuple[float, float]:
    """Median seconds of a risk run and of drawing its random numbers, in one process."""
    from grantcalc.headcount.pricing import prices_of
    from grantcalc.headcount.risk import risk
    from grantcalc.headcount.scenario_file import read_scenario
    from grantcalc.headcount.seats import Terms
    from grantcalc.rules.library import Library

    library = Library()
    scenario = read_scenario(path, library)
    prices = prices_of(scenario, library.programme(scenario.programme), library.tables)
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + 1):
        for place, work in enumerate((lambda: risk(scenario, prices, Terms(), DRAWS, 1), drawing)):
            start = time.perf_counter()
            work()
            if turn:
                taken[place].append(time.perf_counter() - start)
    return statistics.median(taken[0]), statistics.median(taken[1])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--drawing", action="store_true", help="only draw the random numbers")
    arguments = parser.parse_args()
    if arguments.drawing:
        drawing()
        return
    runs, python = arguments.runs, sys.executable
    grantcalc = shutil.which("grantcalc", path=str(Path(python).parent)) or "grantcalc"
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "team.toml"
        path.write_text(SCENARIO, encoding="utf-8")
        command = [grantcalc, "simulate", "risk", str(path), "--format", "json", "--draws"]
        many, few, drawn = measure(
            [*command, str(DRAWS)], [*command, str(DRAWS // 10)], [python, __file__, "--drawing"], runs=runs
        )
        # Only now: the memory of a large parent would blur that of its children.
        ours, bare = inside(path, runs)
        label = f"risk, {DRAWS:,} draws × {STAFF} staff × {MONTHS} months / drawing the numbers"
        row(label, f"{ours / bare:.2f}", "at most 10")
        row("  the same as whole processes", f"{many.seconds / drawn.seconds:.2f}", "at most 10")
        grown = (many.megabytes - few.megabytes) / (DRAWS - DRAWS // 10) * 1_000_000
        row("  memory more for a million draws", f"{grown:.0f} MB", "at most 500 MB")


if __name__ == "__main__":
    main()
