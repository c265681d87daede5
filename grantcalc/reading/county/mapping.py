"""A mapping that a user fixes (``--map``): which column is what, which name is which item, and what is left unsaid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import Factory, frozen

from grantcalc.draft.choices import ApplicantKind
from grantcalc.reading.county.model import ColumnKind


@frozen(kw_only=True)
class TableMap:
    """One table of one sheet: ``sheet`` by its name (any sheet where empty), ``header`` by its row from 1."""

    sheet: str = ""
    header: int | None = None
    last: int | None = None
    factor: int | None = None
    """Dollars of one unit of its money: 1000 where amounts are in 千元."""
    columns: Mapping[str, tuple[ColumnKind, int]] = Factory(dict)
    """Kind and index by the letters of a column."""
    ignored_rows: frozenset[int] = frozenset()


@frozen(kw_only=True)
class SheetMap:
    """Everything that one mapping file fixes.

    ``files`` are patterns of file names that it is for (all where empty). ``items`` gives an item's code, a role
    (``post:case-manager``) or ``ignore`` by the name that the sheets use.
    """

    source: str
    files: tuple[str, ...] = ()
    programme: str | None = None
    county: str | None = None
    applicant: str | None = None
    applicant_kind: ApplicantKind | None = None
    title: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    sheets: tuple[str, ...] = ()
    """The sheets to read; all that are visible where empty."""
    tables: tuple[TableMap, ...] = ()
    items: Mapping[str, str] = Factory(dict)
