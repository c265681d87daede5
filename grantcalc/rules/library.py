"""The programmes of one tables/ directory, each loaded at its first use and kept."""

from __future__ import annotations

from attrs import Factory, field, frozen

from grantcalc.rules.load import load_programme, programme_ids
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables


@frozen
class Library:
    """All that is known: tables and the programmes made of them."""

    tables: Tables = field(factory=Tables)
    _programmes: dict[str, Programme] = field(init=False, repr=False, eq=False, default=Factory(dict))

    def ids(self) -> list[str]:
        """Every programme's identifier."""
        return programme_ids(self.tables)

    def programme(self, programme_id: str) -> Programme:
        """One programme; the identifier must be one of :meth:`ids`."""
        if programme_id not in self._programmes:
            self._programmes[programme_id] = load_programme(programme_id, self.tables)
        return self._programmes[programme_id]

    def programmes(self) -> list[Programme]:
        """All programmes."""
        return [self.programme(programme_id) for programme_id in self.ids()]
