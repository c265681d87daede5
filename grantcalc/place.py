"""Where something stands in a draft: the path in its JSON form always, a cell of a sheet where there is one."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Place:
    """Where a finding stands: a cell of a sheet, and always the path in the draft's JSON form."""

    path: str
    sheet: str | None = None
    cell: str | None = None
    label: str = ""

    @property
    def shown(self) -> str:
        """The cell where there is one, else the path."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.path


@frozen
class At:
    """A place inside a sentence that names the field itself (單價、金額): only the row is left to be named.

    ``elsewhere``: it stands in another draft than the one that the sentence is about.
    """

    place: Place
    elsewhere: bool = False

    @property
    def shown(self) -> str:
        """As the place."""
        return self.place.shown
