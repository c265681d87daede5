"""Degrees and licences of a post, by the words that a county's sheet uses for them."""

from __future__ import annotations

import re
from typing import Any

from grantcalc.draft.fields import NO_CHOICE
from grantcalc.reading.county.credentials import Credentials, read_credentials
from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.paygrade import read_grade
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.roles import RoleWords
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message

DEGREE_OF_NAME = Message("The degree was read from “{written}”: {degree}.")
NOT_UNDERSTOOD = Message("“{written}” under “{header}” was not understood: left out.")
DEGREE_UNCLEAR = Message(
    "“{written}” does not say plainly which degree the one person of the row holds: none was read."
)
WRITE_LIST = Message("Write one of the form's words.")
_REMARK = re.compile(r"[(（]([^()（）]*)[)）]")
_NONE = frozenset((NO_CHOICE.zh, "-", "－", "–"))


def read_person(
    cells: RowCells,
    path: str,
    words: RoleWords,
    sink: Sink,
    values: dict[str, Any],
    where: dict[str, CellKey | None],
    *,
    alone: bool,
    counted: bool,
) -> None:
    """What the row says of who holds the post, once its persons are counted; ``alone`` where it is of no other post.

    ``counted`` is no where the row is of several persons, nobody knows how many.
    """
    read_schooling(cells, path, words, sink, values, where)
    if alone:
        read_grade(cells, path, words, sink, values, where)
        read_credentials(cells, path, words, sink, values, where, counted=counted)


def read_schooling(
    cells: RowCells, path: str, words: RoleWords, sink: Sink, values: dict[str, Any], where: dict[str, CellKey | None]
) -> None:
    """Degree and licences by the words in them; one degree behind the role or in the explanation counts."""
    degree = cells.text(ColumnKind.EDUCATION)
    if degree:
        where["education"] = cells.key_of(ColumnKind.EDUCATION)
        values["education"] = words.education(degree)
        if values["education"] is None:
            _left_out(cells, ColumnKind.EDUCATION, degree, sink)
    else:
        remarks = " ".join(_REMARK.findall(f"{cells.text(ColumnKind.ROLE)}{cells.row.label}"))
        for text, key in ((remarks, where["role"]), (cells.description, cells.worded_in)):
            found = words.education(text, alone=True)
            reader = Credentials(words)
            if found is not None and (reader.is_studying(text) or reader.of_some(text, values.get("count", 1))):
                told = DEGREE_UNCLEAR(written=shown(text))
                sink.recognised(cells.place(key, path), told, WRITE_LIST(), score=0, sure=False)
            elif found is not None:
                where["education"], values["education"] = key, found
                told = DEGREE_OF_NAME(written=shown(text), degree=found)
                sink.recognised(cells.place(key, path), told, NOTHING())
                break
    written = cells.text(ColumnKind.LICENCES)
    if written:
        where["licences"] = cells.key_of(ColumnKind.LICENCES)
        licences = words.licences(written)
        values["licences"] = licences or (() if written in _NONE else None)
        if values["licences"] is None:
            _left_out(cells, ColumnKind.LICENCES, written, sink)


def _left_out(cells: RowCells, kind: ColumnKind, written: str, sink: Sink) -> None:
    column = cells.columns(kind)[0]
    told = NOT_UNDERSTOOD(written=shown(written), header=shown(column.header))
    sink.recognised(cells.place(cells.key(column)), told, WRITE_LIST(), score=0, sure=False)
    cells.claim(cells.key(column))
