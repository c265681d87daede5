"""The marked copy that ``check -o FILE.xlsx`` writes, whatever form the draft has."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from grantcalc.checking import Report, check
from grantcalc.draft.model import Form
from grantcalc.reading import read
from grantcalc.rules.context import Options
from grantcalc.rules.library import Library
from grantcalc.text import Language, Text
from grantcalc.workbook.annotate import annotate
from grantcalc.workbook.template import write_draft


def write_marked(
    source: Path, report: Report, target: Path, library: Library, language: Language, options: Options | None = None
) -> tuple[Text, ...]:
    """A copy of the checked workbook with its findings marked; a JSON or TOML draft is put into a workbook first.

    Returns what the copy could not keep.
    """
    if report.reading.form is Form.WORKBOOK:
        return annotate(source, target, report, library.tables, language)
    with TemporaryDirectory() as folder:
        written = Path(folder) / "draft.xlsx"
        write_draft(report.reading.draft, written, report.programme, library, language)
        placed = check(read(written, library), report.programme, library.tables, options)
        return annotate(written, target, placed, library.tables, language)
