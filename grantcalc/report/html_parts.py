"""What a page of a simulation is made of: sections with pictures, tables and lines; the template escapes every text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from grantcalc.report.columns import Column, Fact, Look, fact_texts, row_texts
from grantcalc.report.pictures import Picture
from grantcalc.text import Language

SHORT = 5
"""Characters of a header that stands in one line."""
LONG = 120
"""Rows from which on a table is folded; it opens by mouse, by keyboard, and for print."""


@frozen(kw_only=True)
class Table:
    """A table. ``texts`` are the columns of words, the others hold numbers; ``has_total``: the last row is a sum."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: frozenset[int] = frozenset({0})
    has_total: bool = False
    kind: str = "table"

    def class_of(self, column: int) -> str:
        """How the header of a column is laid out: short ones and dates in one line, others not in a strip."""
        header = self.headers[column]
        shape = "whole" if len(header) <= SHORT or header[:1].isdigit() else "long"
        return f"text {shape}" if column in self.texts else shape

    @property
    def is_long(self) -> bool:
        """Whether it is folded."""
        return len(self.rows) > LONG


@frozen(kw_only=True)
class Lines:
    """Short texts, one beneath the other; ``numbered`` where they are referred to by number."""

    lines: tuple[str, ...]
    numbered: bool = False
    kind: str = "lines"


@frozen(kw_only=True)
class Pairs:
    """Labels with their values."""

    pairs: tuple[tuple[str, str], ...]
    kind: str = "pairs"


@frozen(kw_only=True)
class Drawing:
    """A picture with its title."""

    picture: Picture
    kind: str = "picture"


Part = Table | Lines | Pairs | Drawing


@frozen(kw_only=True)
class Section:
    """A heading and what stands under it; left out of the page where that is nothing."""

    title: str
    parts: Sequence[Part]


def table_of(
    headers: Iterable[str], rows: Iterable[Sequence[str]], texts: Iterable[int] = (0,), *, has_total: bool = False
) -> list[Part]:
    """A table; nothing without rows."""
    known = tuple(tuple(row) for row in rows)
    if not known:
        return []
    return [Table(headers=tuple(headers), rows=known, texts=frozenset(texts), has_total=has_total)]


def page_table(columns: Sequence[Column], speak: Language, *, has_total: bool = False) -> list[Part]:
    """A table of typed columns; nothing without rows."""
    if not columns or not columns[0].cells:
        return []
    left = (at for at, column in enumerate(columns) if column.look is Look.TEXT)
    rows = row_texts(columns, speak, has_total=has_total)
    return table_of((column.header for column in columns), rows, texts=left, has_total=has_total)


def page_facts(facts: Iterable[Fact], speak: Language) -> list[Part]:
    """Labels with typed values; nothing without any."""
    return pairs_of(fact_texts(facts, speak))


def lines_of(lines: Iterable[str], *, numbered: bool = False) -> list[Part]:
    """Lines; nothing without any."""
    known = tuple(lines)
    return [Lines(lines=known, numbered=numbered)] if known else []


def pairs_of(pairs: Iterable[tuple[str, str]]) -> list[Part]:
    """Labels and values; nothing without any."""
    known = tuple(pairs)
    return [Pairs(pairs=known)] if known else []


def drawings(pictures: Iterable[Picture]) -> list[Part]:
    """Pictures one beneath the other."""
    return [Drawing(picture=picture) for picture in pictures]
