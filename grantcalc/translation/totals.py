"""Stated totals and sources of money, said of the rows that were carried (類別小計、總計、經費來源).

A stated figure that was right stays right and one that was wrong stays as wrong: what rows left behind cost is taken
off, and a total goes where its rows go. Where a wrong total would have to be divided, nobody can say how: it is left
out, and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import Factory, define, evolve

from grantcalc.draft.fields import COVER_FIELDS, GRAND_TOTAL, OTHER_FUNDS_HEADERS
from grantcalc.draft.model import Draft, Fund, Funding, Totals
from grantcalc.draft.origin import Origin
from grantcalc.finding import Place
from grantcalc.money import Number, number
from grantcalc.rules.funds import has_own_rows
from grantcalc.rules.programme import Programme
from grantcalc.rules.sums import Entry
from grantcalc.text import Bilingual, Message, Text, Value, dollars
from grantcalc.translation.model import NotCarried, Part, Remark

LOWERED = Message("{title}: {before} less {gone} of the rows that are not carried makes {after}.")
UNKNOWN = Message("It counts amounts that could not be worked out, of rows that are not carried.")
DIVIDED = Message(
    "Its rows go to more than one category of {programme}, and it is not their sum; nobody can say how to divide it."
)
NO_CATEGORY = Message("{programme} has no category of its kind, and no row of it was carried.")
MIXED = Message(
    "It would be part of the total of “{category}” in {programme}, and not all rows of that one have a total."
)
SOURCES = Message("The rows that are not carried do not say which of the other sources pays them.")

Worth = Callable[[Entry], int | None]


def _known(entry: Entry) -> int | None:
    return 0 if entry.own_part else entry.known


def _computed(entry: Entry) -> int | None:
    return 0 if entry.own_part else entry.computed


WORTHS: tuple[Worth, ...] = (_known, _computed, lambda entry: entry.known, lambda entry: entry.computed)
"""What a total may count, as draft/total accepts it: amounts as stated or worked out; own parts of posts or not."""


def _sum(entries: Iterable[Entry], worth: Worth) -> int:
    return sum(worth(entry) or 0 for entry in entries)


def _fitting(entries: Sequence[Entry], stated: Number) -> Worth | None:
    """The way of counting by which a stated figure is the sum of its rows; ``None`` where it is not."""
    if any(entry.known is None for entry in entries):
        return None
    return next((worth for worth in WORTHS if _sum(entries, worth) == stated), None)


@define(kw_only=True)
class Restated:
    """Gathers the stated figures of one translation.

    ``where``: the category in programme ``b`` of every amount that was carried, by its path.
    """

    b: Programme
    entries: tuple[Entry, ...]
    where: Mapping[str, str]
    category: Callable[[str], str | None]
    not_carried: list[NotCarried] = Factory(list)
    remarks: list[Remark] = Factory(list)

    def restate(self, before: Draft, after: Draft) -> Draft:
        """The carried draft with totals and sources of money of its own."""
        categories, origin = self._categories(before)
        grand = before.totals.grand
        if grand is not None:
            grand = self._less(before.place("totals.grand"), GRAND_TOTAL, grand, self.entries)
        return evolve(
            after,
            funding=self._funding(before),
            totals=Totals(categories=categories, grand=grand),
            origin=origin,
        )

    def _gone(self, entries: Iterable[Entry]) -> list[Entry]:
        return [entry for entry in entries if entry.amount.path not in self.where]

    def _less(self, place: Place, title: Value, stated: Number, entries: Sequence[Entry]) -> Number | None:
        """A stated sum without the rows left behind."""
        gone = self._gone(entries)
        if any(entry.known is None for entry in gone):
            self._leave(place, title, UNKNOWN())
            return None
        taken = _sum(gone, _fitting(entries, stated) or _known)
        if not taken:
            return stated
        after = number(stated - taken)
        told = LOWERED(title=title, before=dollars(stated), gone=dollars(taken), after=dollars(after))
        self.remarks.append(Remark(place=place, message=told))
        return after

    def _leave(self, place: Place, title: Value, reason: Text) -> None:
        self.not_carried.append(NotCarried(part=Part.TOTAL, place=place, title=title, reason=reason))

    # ---- sources of money ----

    def _funding(self, draft: Draft) -> Funding:
        funding = draft.funding
        changes: dict[str, Any] = {}
        for name, fund in (("subsidy", Fund.SUBSIDY), ("own", Fund.OWN)):
            stated = getattr(funding, name)
            if stated is not None and (fund is Fund.SUBSIDY or has_own_rows(draft)):
                place = draft.place(f"funding.{name}")
                changes[name] = self._less(place, _header(f"funding.{name}"), stated, self._of(fund))
        return evolve(funding, **changes, other=self._other(draft))

    def _of(self, fund: Fund) -> list[Entry]:
        return [entry for entry in self.entries if entry.amount.fund is fund]

    def _other(self, draft: Draft) -> Any:
        other, entries = draft.funding.other, self._of(Fund.OTHER)
        title = OTHER_FUNDS_HEADERS[0]
        if len(other) == 1:
            place = draft.place("funding.other[0].amount")
            amount = self._less(place, title, other[0].amount, entries)
            return () if amount is None else (evolve(other[0], amount=amount),)
        if other and any(entry.known != 0 for entry in self._gone(entries)):
            self._leave(draft.place("funding.other"), title, SOURCES())
            return ()
        return other

    # ---- totals of categories ----

    def _categories(self, draft: Draft) -> tuple[dict[str, Number], Origin]:
        """Totals by the categories of ``b``, and where the user stated them."""
        shares = {name: self._shares(draft, name, stated) for name, stated in draft.totals.categories.items()}
        blocked = self._blocked(draft, shares)
        sums: defaultdict[str, Number] = defaultdict(int)
        cells = dict(draft.origin.cells)
        for name, parts in shares.items():
            place, title = self._place(draft, name)
            hindered = next((other for other in parts or () if other in blocked), None)
            if hindered is not None:
                category = self.b.category(hindered)
                told = MIXED(category=category.title if category else hindered, programme=self.b.id)
                self._leave(place, title, told)
            for other, amount in (parts or {}).items():
                if other not in blocked:
                    sums[other] = number(sums[other] + amount)
                    if f"totals.categories.{name}" in draft.origin.cells:
                        cells.setdefault(f"totals.categories.{other}", cells[f"totals.categories.{name}"])
        return dict(sums), evolve(draft.origin, cells=cells) if cells else draft.origin

    def _blocked(self, draft: Draft, shares: Mapping[str, Mapping[str, Number] | None]) -> set[str]:
        """Categories of ``b`` with rows of a category that states no total that could be used."""
        return {
            self.where[entry.amount.path]
            for entry in self.entries
            if entry.amount.path in self.where and entry.known != 0 and shares.get(entry.amount.category) is None
        }

    def _shares(self, draft: Draft, name: str, stated: Number) -> dict[str, Number] | None:
        """Where a total goes, and how much of it; ``None`` where that is not known."""
        entries = [entry for entry in self.entries if entry.amount.category == name]
        place, title = self._place(draft, name)
        gone = self._gone(entries)
        kept: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.amount.path in self.where and entry.known != 0:
                kept[self.where[entry.amount.path]].append(entry)
        worth = _fitting(entries, stated)
        if worth is not None and kept:
            return {other: _sum(group, worth) for other, group in kept.items()}
        if len(kept) > 1:
            self._leave(place, title, DIVIDED(programme=self.b.id))
            return None
        target = next(iter(kept), None) or (None if any(entry.known != 0 for entry in gone) else self.category(name))
        if target is None:
            if stated != _sum(gone, _known):
                self._leave(place, title, NO_CATEGORY(programme=self.b.id))
            return {}
        left = self._less(place, title, stated, entries)
        return None if left is None else {target: left}

    def _place(self, draft: Draft, name: str) -> tuple[Place, Value]:
        return draft.place(f"totals.categories.{name}"), name


def _header(name: str) -> Bilingual:
    return next(spec.header for spec in COVER_FIELDS if spec.name == name)
