"""A programme (計畫): its period, categories, items and rules, read from its folder of tables/."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

import attrs
from attrs import frozen

from grantcalc.draft.model import Line, Period, Role
from grantcalc.pay.months import BonusRule
from grantcalc.rules.parameters import Parameters
from grantcalc.rules.rule import Rule
from grantcalc.text import Bilingual
from grantcalc.units import COMPOUNDS, Unit


@frozen(kw_only=True)
class Item:
    """One item of expense (經費項目) as the document lists it, with the limits its row of items.csv states."""

    code: str
    name: Bilingual
    category: str
    units: tuple[Unit, ...] = ()
    price_cap: int | None = None
    price_owner: str | None = None
    """The rule that owns the price; ``government_owner`` the one for an applicant that is a government, if another."""
    government_owner: str | None = None
    price_floor: int | None = None
    half_rate: bool = False
    assists: str | None = None
    """The item whose actual price bounds this one's."""
    times_limit: int | None = None
    times_per: str | None = None
    hours_per_time: int | None = None
    hours_per_day: int | None = None
    persons_per_time: int | None = None
    aliases: tuple[str, ...] = ()
    section: str = ""
    note: Bilingual | None = None

    def priced_unit(self, units: frozenset[Unit]) -> Unit | None:
        """Which unit of this item the given units of a row make up; ``None`` where they make none."""
        for unit in self.units:
            if unit in units or (unit in COMPOUNDS and units >= COMPOUNDS[unit]):
                return unit
        return None


@frozen(kw_only=True)
class Category:
    """A category of expense (經費類別): its official Chinese name, which drafts use, and its English one."""

    name: str
    en: str
    aliases: tuple[str, ...] = ()

    @property
    def title(self) -> Bilingual:
        """Both names."""
        return Bilingual(self.name, self.en)


@frozen(kw_only=True)
class PostCategories:
    """Where the three subsidised amounts of a post are counted."""

    pay: str
    allowance: str
    insurance: str


@frozen(kw_only=True)
class Programme:
    """One grant programme with everything its drafts are judged by."""

    id: str
    title: Bilingual
    year: int
    period: Period
    document: str
    """The folder of tables/ with the document's tables: the programme's own, or one that several share."""
    source: str
    money: Bilingual
    applicants: Bilingual
    categories: tuple[Category, ...]
    posts: PostCategories
    roles: tuple[Role, ...]
    items: Mapping[str, Item]
    rules: tuple[Rule, ...]
    bonus: BonusRule
    parameters: Parameters = attrs.field(factory=Parameters)
    across: tuple[Rule, ...] = ()
    """Rules on all drafts of a call together, whatever their programmes: the same in every programme."""
    items_table: str = ""
    """The table of tables/ that lists the items."""
    unused: frozenset[str] = frozenset()
    """Fields of the form that nothing in this programme looks at: ``caseload.cases``, ``positions.points``."""
    digest: str = ""

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that identifier, of the programme's own or of those across programmes."""
        found = self.rules_by_id.get(rule_id)
        return found or next((rule for rule in self.across if rule.id == rule_id), None)

    def category(self, name: str | None) -> Category | None:
        """The category of that official name."""
        return next((category for category in self.categories if category.name == name), None)

    def category_of(self, line: Line) -> str:
        """The category a row is counted in: its own, else its item's; empty where neither is known."""
        item = self.items.get(line.item or "")
        return line.category or (item.category if item else "")

    @cached_property
    def rules_by_id(self) -> Mapping[str, Rule]:
        """Every rule of its own by its identifier."""
        return {rule.id: rule for rule in self.rules}

    @property
    def first_day(self) -> dt.date:
        """The first day of the programme."""
        return self.period.start
