"""The workbook of a review (審查活頁簿): an overview, all findings, figures, rules across drafts, a sheet a draft."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from grantcalc.files import moved_into_place
from grantcalc.review.figures import figures_of
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.rules.library import Library
from grantcalc.text import Language, Message
from grantcalc.workbook.review_batch import write_across, write_findings, write_resubmissions
from grantcalc.workbook.review_draft import write_draft_sheet
from grantcalc.workbook.review_figures import write_figures
from grantcalc.workbook.review_left import write_left
from grantcalc.workbook.review_links import Links
from grantcalc.workbook.review_overview import OVERVIEW, write_overview
from grantcalc.workbook.review_words import Words
from grantcalc.workbook.simulation_desk import LONGEST, Desk, sheet_name

TITLE = Message("Review of draft budgets")


def write_review(batch: BatchResult, path: Path, library: Library, language: Language) -> None:
    """Write it whole or not at all; :class:`OSError` where the file cannot be written."""
    with moved_into_place(path) as beside:
        links = Links(folder=path.parent.resolve(), sheets=sheet_names(batch, language), words=Words(language))
        with _no_collection():
            _write(batch, beside, links, library, language)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leave cycles of objects until later: looking for them takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write(batch: BatchResult, path: Path, links: Links, library: Library, language: Language) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    try:
        with Workbook(str(path), {"strings_to_urls": False, "in_memory": True}) as book:
            desk = Desk.of(book, language, language(TITLE))
            overview = desk.page(OVERVIEW)
            write_left(desk, batch, links)
            write_findings(desk, batch, links)
            for figures in figures_of(batch, library):
                write_figures(desk, figures)
            write_across(desk, batch, links)
            write_resubmissions(desk, batch, links)
            signed = {row.number: write_draft_sheet(desk, row, batch, links) for row in batch.checked}
            write_overview(overview, desk, batch, links, signed)
    except FileCreateError as error:  # the library's own word for a failure of the system, which it carries
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from None


def sheet_names(batch: BatchResult, language: Language) -> Mapping[int, str]:
    """The name of every draft's sheet: number, county and plan; the number makes it like no other."""
    return {row.number: _sheet(row, language) for row in batch.checked}


def _sheet(row: DraftRow, language: Language) -> str:
    """The county gives way where the name is too long: number and plan tell the drafts of one county apart."""
    report = row.report
    county = (report.county_title or row.county) if report is not None else None
    number, plan = str(row.number), row.programme or ""
    room = LONGEST - len(number) - len(plan) - 2
    name = " ".join(sheet_name(language(county or Path(row.file).stem)).split())[:room].strip()
    return sheet_name(f"{number} {name} {plan}")
