"""A review put into words for the terminal and for Markdown: a row a draft, and what there is to say beside them."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.finding import Outcome
from grantcalc.report.view import COUNTS, COUNTY, PROGRAMME
from grantcalc.review.model import BatchResult, DraftRow, Resubmission
from grantcalc.text import Language, Message, Text, dollars

FILE = Message("File")
ASKED = Message("Asked")
ALLOWED = Message("Allowed")
ERRORS = Message("Errors")
WARNINGS = Message("Warnings")
REVIEWS = Message("For review")
NOT_RUN = Message("Could not run")
NOT_CHECKED = Message("not checked")
NOT_STATED = Message("not stated")

SUMMARY = Message(
    "{checked} drafts checked, {unreadable} files not; asked for {asked}, allowed {allowed}, difference {difference}."
)
LEFT_OUT = Message("Left out: {file} – {reason}")
COMPARED = Message(
    "{file} against {earlier}: {resolved} findings resolved, {left} left, {new} new; {unasked} changes that no finding "
    "asked for; subsidy asked for {before} → {now}."
)
NO_EARLIER = Message("{file}: no earlier version was found.")

HEADERS = (FILE, COUNTY, PROGRAMME, ASKED, ALLOWED, ERRORS, WARNINGS, REVIEWS, NOT_RUN)
NUMBERS = (3, 4, 5, 6, 7, 8)
"""Columns of numbers."""


def headers(language: Language) -> list[str]:
    """The titles of the columns."""
    return [language(header) for header in HEADERS]


def rows(batch: BatchResult, language: Language) -> list[list[str]]:
    """A row a draft, in order; files that were not checked at the end."""
    return [_row(row, language) for row in batch.ordered]


def _row(row: DraftRow, language: Language) -> list[str]:
    report = row.report
    if report is None:
        return [row.file, language(NOT_CHECKED), *[""] * (len(HEADERS) - 2)]
    county = report.county_title or row.county or NOT_STATED()
    counts = [row.count(outcome) for outcome in (Outcome.ERROR, Outcome.WARNING, Outcome.REVIEW)]
    numbers = [report.asked, report.allowed, *counts, row.could_not_run]
    return [row.file, language(county), report.programme.id, *(language.number(number) for number in numbers)]


def summary(batch: BatchResult, language: Language) -> list[str]:
    """The batch in sentences."""
    sums = SUMMARY(
        checked=len(batch.checked),
        unreadable=len(batch.unreadable),
        asked=dollars(batch.asked),
        allowed=dollars(batch.allowed),
        difference=dollars(batch.asked - batch.allowed),
    )
    counts = COUNTS(
        errors=batch.count(Outcome.ERROR),
        warnings=batch.count(Outcome.WARNING),
        reviews=batch.count(Outcome.REVIEW),
        notes=batch.count(Outcome.NOTE),
    )
    return [language(sums), language(counts)]


def remarks(batch: BatchResult, language: Language) -> Iterator[str]:
    """Files that were not checked and why, and :func:`notes`."""
    for row in batch.unreadable:
        yield from (language(reason) for reason in row.reasons)
    yield from notes(batch, language)


def notes(batch: BatchResult, language: Language) -> Iterator[str]:
    """What there is to say beside the files that were not checked: files left out, the second review, the run."""
    for one in batch.left_out:
        yield language(LEFT_OUT(file=one.file, reason=one.reason))
    if batch.seconds is not None:
        yield from (language(text) for text in batch.seconds.told())
    yield from (language(note) for note in batch.notes)


def compared(batch: BatchResult, language: Language) -> Iterator[str]:
    """Every draft against its earlier version, in a sentence each."""
    for pair in batch.resubmissions:
        yield language(_compared(pair))
    for row in batch.without_earlier:
        yield language(NO_EARLIER(file=row.file))


def _compared(pair: Resubmission) -> Text:
    return COMPARED(
        file=pair.row.file,
        earlier=pair.earlier.file,
        resolved=len(pair.resolved),
        left=len(pair.left),
        new=len(pair.new),
        unasked=len(pair.unasked),
        before=dollars(pair.asked_before),
        now=dollars(pair.asked_now),
    )
