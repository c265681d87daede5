"""Monthly pay that a document prints for a role (人事費按月核算), by degree or experience where it does."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Education, Role
from grantcalc.finding import Explanation
from grantcalc.money import Number
from grantcalc.sources import Citation
from grantcalc.tabledata import Tables
from grantcalc.text import Message
from grantcalc.units import Unit

PRINTED = Message("monthly pay as printed ({role})")


@frozen(kw_only=True)
class PostCap:
    """One printed amount, in dollars a month: of everyone, or of those with the degree or the full years asked for."""

    role: Role
    amount: int
    education_from: Education | None
    years: int | None
    citation: Citation

    def binds(self, education: Education | None, years: Number | None) -> bool | None:
        """Whether it is this person's; ``None`` where that hangs on a degree or years not known."""
        if self.education_from is None and self.years is None:
            return True
        least = None if self.education_from is None else self.education_from.rank
        by_degree = _reaches(None if education is None else education.rank, least)
        by_years = _reaches(years, self.years)
        if by_degree or by_years:
            return True
        return None if by_degree is None or by_years is None else False

    def explained(self) -> Explanation:
        """The amount as a leaf of an explanation."""
        return Explanation(label=PRINTED(role=self.role), value=self.amount, unit=Unit.DOLLAR, origin=self.citation)


def _reaches(stated: Number | None, wanted: int | None) -> bool | None:
    """Whether a condition is met; ``False`` where the row has none of this kind, ``None`` where nothing is stated."""
    if wanted is None:
        return False
    return None if stated is None else stated >= wanted


def post_caps(tables: Tables, table_id: str, role: Role | None) -> tuple[PostCap, ...]:
    """The printed amounts of a role, lowest first; none where the document prints none."""
    table = tables[table_id]
    found = [
        PostCap(
            role=role,
            amount=row["amount"],
            education_from=None if row["education_from"] is None else Education(row["education_from"]),
            years=row["years"],
            citation=Citation(source=table.info.citation.source, section=str(row["section"])),
        )
        for row in table.rows
        if role is not None and row["role"] == role.value
    ]
    return tuple(sorted(found, key=lambda cap: cap.amount))
