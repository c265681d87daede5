"""What a check may look at: the draft, its programme, the tables, the computed amounts, the user's options."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs
from attrs import frozen

from grantcalc.draft.model import ApplicantKind, Draft, Line, Period, Position, Reading
from grantcalc.money import Number
from grantcalc.rules.ledger import Ledger
from grantcalc.rules.programme import Item, Programme
from grantcalc.tabledata import Row, Tables

COUNTIES = "common/counties"


@frozen(kw_only=True)
class Options:
    """What the user adds on the command line."""

    minimum_own_ratio: Number | None = None
    pay_table: tuple[Mapping[str, object], ...] | None = None


@frozen(kw_only=True)
class Context:
    """Everything one check of one draft needs."""

    reading: Reading
    programme: Programme
    tables: Tables
    ledger: Ledger
    options: Options = attrs.field(factory=Options)

    @property
    def draft(self) -> Draft:
        """The draft that is checked."""
        return self.reading.draft

    @cached_property
    def county(self) -> Row | None:
        """The county's row of common/counties; ``None`` where the draft names none."""
        return self.tables[COUNTIES].find(name_zh=self.draft.county)

    def county_lacking(self, table: str = COUNTIES) -> str:
        """What is missing where ``table`` has no row of the draft's county: the county itself, or that row."""
        county = self.draft.county
        return f"{table} {county}" if county else self.draft.place("county").path

    @property
    def is_island(self) -> bool | None:
        """Whether the county is one of 金門縣, 連江縣, 澎湖縣; ``None`` where the county is not known."""
        return None if self.county is None else bool(self.county["island"])

    @property
    def period(self) -> Period:
        """The draft's period, else the programme's."""
        return self.draft.period or self.programme.period

    def item(self, line: Line) -> Item | None:
        """The item of a row; ``None`` where the programme lists none of that name."""
        return self.programme.items.get(line.item or "")

    def owner(self, item: Item) -> str | None:
        """The rule that owns an item's price for this applicant."""
        is_government = self.draft.applicant_kind is ApplicantKind.COUNTY_GOVERNMENT
        return item.government_owner if is_government and item.government_owner else item.price_owner

    def lines(self, *codes: str, subsidised: bool = True) -> list[Line]:
        """Rows of these items, in the draft's order; those of the subsidy unless told otherwise."""
        chosen = frozenset(codes)
        by_item = self.ledger.by_item.get(codes[0], ()) if len(codes) == 1 else self.draft.lines
        found = [line for line in by_item if line.item in chosen]
        return [line for line in found if line.subsidised] if subsidised else found

    @cached_property
    def subsidised_posts(self) -> tuple[Position, ...]:
        """Posts the subsidy pays."""
        return tuple(position for position in self.draft.positions if position.subsidised)

    @cached_property
    def subsidised_lines(self) -> tuple[Line, ...]:
        """Rows the subsidy pays."""
        return tuple(line for line in self.draft.lines if line.subsidised)
