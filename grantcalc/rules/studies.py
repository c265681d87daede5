"""Fields of study (科系) as applicants write them, found in a document's table of fields.

Only a name that the table lists counts as found: 系, 所, 組 and the like at its end and the school before it are left
away, nothing else is guessed. A field that is not found is for a person to judge (相關科系).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from attrs import frozen

from grantcalc.letters import official
from grantcalc.tabledata import Row, Tables
from grantcalc.textwords import any_of

_SEPARATORS = r"[、,，;；/／&]|\band\b"
_ENGLISH = re.compile(r"^(?:department|dept\.?|graduate institute|institute|school|college|faculty)\s+of\s+")
_BLANKS = re.compile(r"[\s\-_]+")


@frozen(kw_only=True)
class Study:
    """One field of the table: its code and the group that the document lists it in."""

    code: str
    group: str


def studies_of(written: str, table_id: str, tables: Tables) -> tuple[Study, ...]:
    """Every listed field that the text names; a person may have studied several."""
    listed = {name: row for row in tables[table_id].rows for name in _names(row)}
    found: dict[str, Study] = {}
    separators = re.compile(f"{_SEPARATORS}|{any_of(tables, 'study-joining')}", re.IGNORECASE)
    school = re.compile(f".*(?:{any_of(tables, 'school-ending')})(?=.)")
    ending = re.compile(f"(?:{any_of(tables, 'study-ending')})$")
    for part in (written, *separators.split(written)):
        row = next((listed[name] for name in _forms(part, school, ending) if name in listed), None)
        if row is not None:
            found[str(row["code"])] = Study(code=str(row["code"]), group=str(row["group"]))
    return tuple(found.values())


def _names(row: Row) -> Iterator[str]:
    for name in (row["code"], row["name_zh"], row["name_en"], *(row["aliases"] or ())):
        yield _plain(str(name))


def _plain(text: str) -> str:
    folded = official(unicodedata.normalize("NFKC", text).casefold()).strip()
    return _BLANKS.sub("", _ENGLISH.sub("", folded))


def _forms(written: str, school: re.Pattern[str], ending: re.Pattern[str]) -> Iterator[str]:
    """The text, and what is left of it without its school and, step by step, without 系, 所, 碩士班 at its end."""
    whole = _plain(written)
    for text in dict.fromkeys((whole, school.sub("", whole))):
        left, shorter = "", text
        while shorter and shorter != left:
            yield shorter
            left, shorter = shorter, ending.sub("", shorter)
