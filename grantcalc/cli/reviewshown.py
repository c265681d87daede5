"""What ``grantcalc review`` prints: made once, kept with the finished run, and shown again when nothing is new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import click

from grantcalc.cli import common
from grantcalc.review.model import BatchResult, LeftOut
from grantcalc.text import Language


def shown(
    batch: BatchResult, lacking: Sequence[str], form: str, tables: Path | None, language: Language
) -> dict[str, Any]:
    """A text for standard output, and lines for standard error."""
    from grantcalc.report import batch_rows

    return {
        "text": _table(batch, language) if form == "table" else rendered(batch, form, tables, language),
        "told": [*batch_rows.remarks(batch, language), *lacking],
    }


def _table(batch: BatchResult, language: Language) -> str:
    from grantcalc.report import batch_rows

    with redirect_stdout(StringIO()) as written:
        headers, rows = batch_rows.headers(language), batch_rows.rows(batch, language)
        common.print_table(headers, rows, right=batch_rows.NUMBERS, whole=(0,))
    lines = (*batch_rows.summary(batch, language), *batch_rows.compared(batch, language))
    return written.getvalue() + "".join(f"{line}\n" for line in lines)


def rendered(batch: BatchResult, form: str, tables: Path | None, language: Language) -> str:
    """The whole review as one text."""
    if form == "json":
        from grantcalc.report.batch_json import batch_json

        found = {"format": common.FORMAT, **batch_json(batch, language)}
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if form == "md":
        from grantcalc.report.batch_markdown import batch_markdown

        return batch_markdown(batch, language)
    from grantcalc.report.review_html import review_html
    from grantcalc.review.reads import library_of

    return review_html(batch, language, library_of(tables))


def show(found: Any) -> None:
    """Print what :func:`shown` made."""
    click.echo(found["text"], nl=False)
    tell(found["told"])


def tell(lines: Iterable[str]) -> None:
    """Lines beside the result."""
    for line in lines:
        click.echo(line, err=True)


def left_out(files: Iterable[LeftOut], language: Language) -> Iterator[str]:
    """Files that were not read, with the reasons."""
    from grantcalc.report.batch_rows import LEFT_OUT

    return (language(LEFT_OUT(file=one.file, reason=one.reason)) for one in files)
