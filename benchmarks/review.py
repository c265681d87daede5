"""A part of run.py: a review of 22 counties × 3 programmes against checking the same drafts one by one.

One by one means one process that loads the rules once, reads and judges each draft, and writes nothing; the review also
judges them together and writes its workbook. The second review has nothing new to do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from measuring import measure, row

PROGRAMMES = ("dapc-113", "fsp-113", "rsp-108-1a")
STRINGS = "xl/sharedStrings.xml"


def write(folder: Path) -> int:
    """Write the drafts; how many there are. A county's differ from another's by its name only."""
    from grantcalc.rules.library import Library
    from grantcalc.text import Language, Tongue
    from grantcalc.workbook.examples import example
    from grantcalc.workbook.template import write_draft

    library, made = Library(), 0
    counties = [county["name_zh"] for county in library.tables["common/counties"].rows]
    for name in PROGRAMMES:
        programme, pattern = library.programme(name), folder / "pattern.xlsx"
        draft = example(programme, library)
        write_draft(draft, pattern, programme, library, Language(Tongue.ZH_TW))
        for county in counties:
            target = folder / "drafts" / county / f"{name}.xlsx"
            target.parent.mkdir(parents=True, exist_ok=True)
            _renamed(pattern, target, draft.county or "", county)
            made += 1
    return made


def _renamed(pattern: Path, target: Path, before: str, after: str) -> None:
    """A copy with another county in all texts."""
    with zipfile.ZipFile(pattern) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            data = source.read(entry)
            copy.writestr(entry, data.replace(before.encode(), after.encode()) if entry.filename == STRINGS else data)


def one_by_one(folder: Path) -> None:
    """Read and judge every draft below the folder in this process."""
    from grantcalc.checking import check
    from grantcalc.reading import read
    from grantcalc.rules.library import Library

    library = Library()
    for path in sorted(folder.rglob("*.xlsx")):
        reading = read(path, library)
        check(reading, library.programme(reading.draft.programme), library.tables)


def processes(grantcalc: str, runs: int) -> None:
    """Measure as whole processes and print the ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        number = int(
            subprocess.run([sys.executable, __file__, "--write", name], check=True, capture_output=True).stdout
        )
        drafts = str(folder / "drafts")
        cores = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, number)
        review = [grantcalc, "review", drafts, "-o", str(folder / "review.xlsx"), "--cache", str(folder / "cache")]
        _counted([*review, "--format", "json"], number)
        serial, first, second = measure(
            [sys.executable, __file__, "--one-by-one", drafts], [*review, "--fresh", "--force"], review, runs=runs
        )
        ratio = first.seconds / (serial.seconds / cores)
        row(f"review of {number} drafts / (one by one ÷ {cores} cores)", f"{ratio:.2f}", "at most 1.5")
        row("review again, nothing new / the first", f"{second.seconds / first.seconds:.2f}", "at most 0.1")


def _counted(command: list[str], number: int) -> None:
    found = subprocess.run(command, capture_output=True, check=False).stdout
    if json.loads(found)["summary"]["checked"] != number:
        raise SystemExit("the review did not check every draft: a benchmark of it says nothing")


if __name__ == "__main__":
    if sys.argv[1] == "--write":
        print(write(Path(sys.argv[2])))
    elif sys.argv[1] == "--one-by-one":
        one_by_one(Path(sys.argv[2]))
    else:
        processes(sys.argv[1], int(sys.argv[2]))
