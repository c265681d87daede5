"""Words in the texts around tables (common/text_words): titles, covers, fields of study; found by their kind."""

from __future__ import annotations

import re

from grantcalc.tabledata import Tables

TABLE = "common/text_words"


def words_of(tables: Tables, kind: str) -> tuple[str, ...]:
    """The words of a kind, in the order of the table."""
    return tuple(str(row["word"]) for row in tables[TABLE].rows if row["kind"] == kind)


def any_of(tables: Tables, kind: str) -> str:
    """A pattern of any of them, the first that fits; nothing matches where there is none."""
    return "|".join(map(re.escape, words_of(tables, kind))) or r"(?!)"
