"""The marked copy that ``check -o FILE.xlsx`` writes, whatever form the draft has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from grantcalc.checking import Report, check
from grantcalc.draft.model import Form
from grantcalc.reading import DEFAULT_OPTIONS, ReadOptions, child, open_book, read
from grantcalc.rules.context import Options
from grantcalc.rules.library import Library
from grantcalc.text import Language, Text
from grantcalc.workbook.annotate import annotate
from grantcalc.workbook.rebuilt import REBUILT, rebuild
from grantcalc.workbook.template import write_draft


def write_marked(
    source: Path,
    report: Report,
    target: Path,
    library: Library,
    language: Language,
    options: Options | None = None,
    reading: ReadOptions = DEFAULT_OPTIONS,
) -> tuple[Text, ...]:
    """A copy of the checked workbook with its findings marked; returns what the copy could not keep.

    A JSON or TOML draft is put into the program's own form first; the values of a file of another form into a new
    workbook, each in its own cell. ``reading`` is how the file was read.
    """
    form = report.reading.form
    if form is Form.WORKBOOK:
        return annotate(source, target, report, library.tables, language, reading.limits)
    with TemporaryDirectory() as folder:
        written = Path(folder) / f"{source.stem}.xlsx"
        if form in REBUILT:
            book = open_book(source, reading)
            names, lacking = child.run(source.name, reading.limits, rebuild, book, written)
            return (
                *lacking,
                *annotate(written, target, _renamed(report, names), library.tables, language, reading.limits),
            )
        write_draft(report.reading.draft, written, report.programme, library, language)
        placed = check(read(written, library), report.programme, library.tables, options)
        return annotate(written, target, placed, library.tables, language, reading.limits)


def _renamed(report: Report, names: Mapping[str, str]) -> Report:
    """The report with its findings on the sheets as the copy names them."""
    if all(old == new for old, new in names.items()):
        return report
    findings = (
        evolve(finding, place=evolve(finding.place, sheet=names.get(finding.place.sheet or "", finding.place.sheet)))
        for finding in report.findings
    )
    return evolve(report, findings=tuple(findings))
