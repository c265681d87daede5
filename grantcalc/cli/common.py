"""What the commands share: the library of rules, output as table or JSON, options, failures told in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from grantcalc.cli.words import OneOf, Refused, columns, option, speaker, words_of, wrapped
from grantcalc.text import Language, Message, Text

if TYPE_CHECKING:
    import datetime as dt

    from grantcalc.rules.library import Library
    from grantcalc.rules.programme import Programme
    from grantcalc.sources import Interpretation
    from grantcalc.tabledata import Tables

DIRECTORY = "grantcalc.tables"
FORMAT = 1
GAP = 2
NARROWEST = 10
HEADER = 4

FORMAT_HELP = Message("How to print: a table for reading, or JSON.")
NO_PROGRAMME = Message("there is no programme “{name}”; known: {known}")
CRASHED = Message("Failed: {rule} ({reason}). This is a defect of the program, not of the draft; please report it.")
BAD_DATE = Message("“{found}” is no date; write 2024-03-16, 113/3/16 or 1130316.")

format_option = option("--format", "form", type=OneOf(["table", "json"]), default="table", text=FORMAT_HELP)
"""``--format table|json``; the function gets it as ``form``."""


def language() -> Language:
    """The language of this run."""
    return speaker() or words_of(None)


def library() -> Library:
    """All programmes, from the directory of ``--tables`` where one is given."""
    from grantcalc.rules.library import Library

    return Library(tables())


def tables() -> Tables:
    """All tables, from the directory of ``--tables`` where one is given."""
    from grantcalc.tabledata import Tables

    ctx = click.get_current_context(silent=True)
    directory = ctx.meta.get(DIRECTORY) if ctx is not None else None
    return Tables() if directory is None else Tables(directory)


def programme(name: str, known: Library) -> Programme:
    """A programme by its identifier; exit code 2 where there is none."""
    if name not in known.ids():
        raise Refused(NO_PROGRAMME(name=name, known=", ".join(known.ids())))
    return known.programme(name)


def print_json(value: Mapping[str, Any]) -> None:
    """A JSON object of this program's format, in readable characters."""
    click.echo(json.dumps({"format": FORMAT, **value}, ensure_ascii=False, indent=2))


def print_table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = (), whole: Iterable[int] = ()
) -> None:
    """A table that aligns on a terminal, Chinese included, and fits its width where its texts can be wrapped.

    ``right`` lists the columns of numbers; these and those of ``whole`` are never wrapped below their headers.
    """
    from tabulate import SEPARATING_LINE, tabulate

    numbers, cells = set(right), [list(headers), *(list(row) for row in rows)]
    widths = _fitted(cells, numbers | set(whole))
    shown = [["\n".join(wrapped(cell, width)) for cell, width in zip(row, widths, strict=True)] for row in cells]
    # The headers go in as a row of their own: tabulate would pad their columns beyond what fits.
    table = tabulate(
        [shown[0], SEPARATING_LINE, *shown[1:]],
        tablefmt="simple",
        disable_numparse=True,
        colalign=["right" if at in numbers else "left" for at in range(len(headers))],
    )
    click.echo("\n".join(line.rstrip() for line in table.splitlines()[1:-1]))


def _fitted(rows: list[list[str]], fixed: set[int]) -> list[int]:
    """The width of every column: its widest cell, the widest columns made narrower until all fit the terminal."""
    from shutil import get_terminal_size

    widths, least = [], []
    for index, (header, *cells) in enumerate(zip(*rows, strict=True)):
        widest = max(map(columns, cells), default=0)
        widths.append(max(columns(header), widest))
        words = max(columns(word) for word in (header.split() or [""])) if header.isascii() else HEADER
        tokens = max((columns(line) for cell in cells for line in wrapped(cell, NARROWEST)), default=0)
        least.append(max(words, widest if index in fixed else max(tokens, NARROWEST)))
    room = get_terminal_size().columns - GAP * (len(widths) - 1)
    while sum(widths) > room:
        loose = [index for index, width in enumerate(widths) if width > least[index]]
        if not loose:
            break
        widths[max(loose, key=lambda index: widths[index])] -= 1
    return widths


def print_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Label and value, line by line."""
    colon = "：" if language().is_chinese else ": "
    for label, value in pairs:
        click.echo(f"{label}{colon}{value}".rstrip())


def interpretation_json(found: Interpretation | None, speak: Language) -> dict[str, str | None] | None:
    """The reading that was chosen, and the one that was not."""
    if found is None:
        return None
    return {"chosen": speak(found.chosen), "rejected": speak(found.rejected) if found.rejected else None}


class DateType(click.ParamType):  # type: ignore[type-arg]  # generic in recent click only
    """A date, in the common or the ROC calendar."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day that was written."""
        from grantcalc import roc

        found = roc.parse(value) if isinstance(value, str) else value
        if found is None:
            self.fail(language()(BAD_DATE(found=value)), param, ctx)
        day: dt.date = found
        return day


def known_failures() -> tuple[type[Exception], ...]:
    """Failures that are told in plain words."""
    from grantcalc.checking import RuleCrashedError
    from grantcalc.headcount.groups import ScenarioError
    from grantcalc.pay.insurance import InsuranceError
    from grantcalc.pay.paytable import PayTableError
    from grantcalc.pay.quote import QuoteError
    from grantcalc.reading.problems import Unreadable
    from grantcalc.review.cache import CacheError
    from grantcalc.review.jobs import JobsError
    from grantcalc.tabledata import TableError
    from grantcalc.workbook.annotate import AnnotateError

    return (
        AnnotateError,
        CacheError,
        JobsError,
        TableError,
        Unreadable,
        RuleCrashedError,
        InsuranceError,
        PayTableError,
        QuoteError,
        ScenarioError,
    )


def told(error: Exception) -> tuple[Text, ...]:
    """The messages of one of :func:`known_failures`."""
    from grantcalc.checking import RuleCrashedError
    from grantcalc.reading.problems import Unreadable
    from grantcalc.reading.problems import told as told_problem

    if isinstance(error, Unreadable):
        return tuple(told_problem(problem, error.file) for problem in error.problems)
    if isinstance(error, RuleCrashedError):
        return (CRASHED(rule=error.rule, reason=repr(error.__cause__)),)
    text: Text = error.text  # type: ignore[attr-defined]  # all the others have one
    return (text,)
