"""One value of the published tables, recomputed (核算)."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc import verification_texts as texts
from grantcalc.money import Exact
from grantcalc.tabledata import Row, Table
from grantcalc.text import Bilingual, Text


@frozen(kw_only=True)
class Check:
    """One recomputed value: where it stands, what is printed, what comes out and how.

    ``place`` is the stable name that ``common/known_differences`` uses; a known difference has a ``reason``.
    """

    table: str
    place: str
    where: Text
    how: Text
    printed: Exact
    computed: Exact
    reason: Bilingual | None = None
    told: Text | None = None
    """The whole difference in words, where it is none of two numbers."""

    @property
    def agrees(self) -> bool:
        """True where the printed value comes out."""
        return Fraction(self.printed) == Fraction(self.computed)

    @property
    def known(self) -> bool:
        """True for a difference of the document itself."""
        return not self.agrees and self.reason is not None

    @property
    def failed(self) -> bool:
        """True for a difference that nobody has explained."""
        return not self.agrees and self.reason is None


def row_check(
    table: Table, row: Row, column: str, printed: Exact, computed: Exact, how: Text, place: str = ""
) -> Check:
    """The check of one cell; ``place`` where another one of the same cell has the column's name."""
    key = " ".join(str(row[name]) for name in table.info.key)
    where = texts.IN_ROW(file=table.info.file, row=str(row.number), key=key, column=texts.title(table.info, column))
    return Check(
        table=table.info.id,
        place=f"{key}:{place or column}",
        where=where,
        how=how,
        printed=printed,
        computed=computed,
    )
