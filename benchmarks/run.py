"""Prints how fast grantcalc is, as ratios against other whole processes of the same run.

    python benchmarks/run.py [--runs N]

Every figure of whole processes is the median of several runs after one warm-up; the commands of a pair take turns. The
simulations (simulation.py, sweep.py, risk.py) are measured beside bare arithmetic inside one process, too.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve
from measuring import Measured, measure, row

if TYPE_CHECKING:
    from grantcalc.draft.model import Draft, Line
    from grantcalc.rules.library import Library

SMALL = 300
LARGE = (2_500, 5_000, 10_000)
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""A profile of LibreOffice that recalculates every workbook it opens."""


def draft_of(lines: int, library: Library) -> Draft:
    """The compliant example with its rows repeated, each with a description of its own."""
    from grantcalc.draft.model import Funding, Totals
    from grantcalc.workbook.examples import example

    draft = example(library.programme("fsp-113"), library)
    rows = [line for line in draft.lines if line.subsidised]
    repeated = [_renamed(rows[index % len(rows)], index) for index in range(lines)]
    return evolve(draft, lines=tuple(repeated), totals=Totals(), funding=Funding())


def _renamed(line: Line, index: int) -> Line:
    from grantcalc.draft.model import Origin

    return evolve(
        line, ref=f"L{index + 1}", description=f"{line.description or ''} {index + 1}", origin=Origin(path="")
    )


def workbook(folder: Path, lines: int) -> Path:
    """A workbook of that many rows, written by another process: a large parent would blur its children's memory."""
    path = folder / f"{lines}.xlsx"
    subprocess.run([sys.executable, __file__, "--write", str(path), str(lines)], check=True)
    return path


def write(path: Path, lines: int) -> None:
    """Write such a workbook and make sure that it is read whole."""
    from grantcalc.reading import read
    from grantcalc.rules.library import Library
    from grantcalc.text import Language, Tongue
    from grantcalc.workbook.template import write_draft

    library = Library()
    programme = library.programme("fsp-113")
    write_draft(draft_of(lines, library), path, programme, library, Language(Tongue.ZH_TW), rows=lines)
    if len(read(path, library).draft.lines) != lines:
        raise SystemExit("the workbook was not read whole: a benchmark of it says nothing")


def main() -> None:
    """Measure everything and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", nargs=2, metavar=("FILE", "ROWS"), help="only write a workbook of that many rows")
    arguments = parser.parse_args()
    if arguments.write:
        write(Path(arguments.write[0]), int(arguments.write[1]))
        return
    runs, python = arguments.runs, sys.executable
    grantcalc = shutil.which("grantcalc", path=str(Path(python).parent)) or "grantcalc"
    opening = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"

    version, click = measure([grantcalc, "--version"], [python, "-c", "import click"], runs=runs)
    row("grantcalc --version / python -c 'import click'", f"{version.seconds / click.seconds:.2f}", "at most 1.5")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = workbook(folder, SMALL)
        check, opened = measure([grantcalc, "check", str(small)], [python, "-c", opening, str(small)], runs=runs)
        ratio = check.seconds / opened.seconds
        row(f"check of {SMALL} rows / openpyxl opening them", f"{ratio:.2f}", "at most 1.5")
        _against_libreoffice(folder, small, check, runs)
        taken = []
        for lines in LARGE:
            large = workbook(folder, lines)
            check, opened = measure([grantcalc, "check", str(large)], [python, "-c", opening, str(large)], runs=runs)
            taken.append(check.seconds)
            ratio = check.seconds / opened.seconds
            row(f"check of {lines:,} rows / openpyxl opening them", f"{ratio:.2f}", "at most 0.5 (10,000)")
            row(f"  peak memory of check, {lines:,} rows", f"{check.megabytes:.0f} MB", "below 200 MB")
        row("check of 5,000 rows / 2,500 rows", f"{taken[1] / taken[0]:.2f}", "at most about 2")
        row("check of 10,000 rows / 5,000 rows", f"{taken[2] / taken[1]:.2f}", "at most about 2")
    _simulations(grantcalc, runs)
    _recognition()


def _recognition() -> None:
    from recognition import recognition

    recognition()


def _simulations(grantcalc: str, runs: int) -> None:
    # Whole processes first: the memory of a large parent would blur that of its children.
    import review
    import risk
    import simulation
    import sweep

    review.processes(grantcalc, runs)
    risk.processes(grantcalc, runs)
    simulation.inside(runs)
    risk.inside(runs)
    sweep.inside(runs)


def _against_libreoffice(folder: Path, small: Path, check: Measured, runs: int) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        row("check of 300 rows / LibreOffice recalculating them", "no LibreOffice", "at most 0.1")
        return
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    environment = f"-env:UserInstallation={profile.as_uri()}"
    convert = [soffice, environment, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(small)]
    (recalculated,) = measure(convert, runs=min(runs, 3))
    row(
        "check of 300 rows / LibreOffice recalculating them",
        f"{check.seconds / recalculated.seconds:.2f}",
        "at most 0.1",
    )


if __name__ == "__main__":
    main()
