"""Bonus, insurance and allowance in rows of their own, joined to the post that they are of where only one can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from attrs import define, frozen

from grantcalc.draft.model import Fund
from grantcalc.money import Number, number
from grantcalc.reading.county.categories import Heading
from grantcalc.reading.county.figures import Figures
from grantcalc.reading.county.funds import OF_FUND, Paid
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.persons import months_said
from grantcalc.reading.county.pooled import Share, bonus_months, bonus_shares, counted, insurance_shares
from grantcalc.reading.county.postgroups import PostGroup, PostGroups
from grantcalc.reading.county.posts import Post
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.roles import Part, RoleWords
from grantcalc.reading.county.rowcells import RowCells, is_blank
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.programme import Programme
from grantcalc.text import Message
from grantcalc.units import Unit

JOINED = Message("“{written}” was read as a part of the post “{post}”: {part}.")
BONUS = Message("year-end bonus")
INSURANCE = Message("employer's insurance and pension")
ALLOWANCE = Message("regional allowance")
SHARED = Message("“{written}” was shared out over {number} posts, as its own numbers prove: {part}.")
NOT_JOINED = Message(
    "“{written}” belongs to posts, but nothing says how much to each of {number}: kept as a row of its own."
)
NO_POST = Message("“{written}” belongs to posts, but no post fits it: kept as a row of its own.")
NAME_POST = Message("Name the role in the row, or write the amount in a column of the post's own row.")
NAMES: Final = {Part.BONUS: BONUS, Part.INSURANCE: INSURANCE, Part.ALLOWANCE: ALLOWANCE}
_FIELDS: Final = {
    Part.BONUS: ("pay_amount", None),
    Part.INSURANCE: ("insurance_amount", "employer_insurance"),
    Part.ALLOWANCE: ("allowance_amount", "regional_allowance"),
}


def category_of_part(programme: Programme, part: Part) -> str:
    """The category of the programme that this part of what posts cost counts in."""
    posts = programme.posts
    return {Part.INSURANCE: posts.insurance, Part.ALLOWANCE: posts.allowance}.get(part, posts.pay)


@frozen(kw_only=True)
class PartRow:
    """A row that holds a part of what posts cost."""

    cells: RowCells
    heading: Heading
    part: Part
    figures: Figures
    paid: tuple[Paid, ...]
    told: tuple[object, ...] = ()
    """What was told while it was read; a row of its own is read, and told, anew."""

    def factor(self, unit: Unit) -> Number | None:
        """How many of a unit the row counts."""
        return counted(self.figures, unit)


@define
class Joiner:
    """Finds the post of each part."""

    groups: PostGroups
    words: RoleWords
    sink: Sink

    def join(self, row: PartRow) -> bool:
        """Add the part to its post; false, with nothing changed or told, where no one post is meant."""
        if self._join_own(row):
            return True
        amount = row.paid[0].amount if len(row.paid) == 1 else None
        if amount is None:
            return False
        fitting = self._fitting(row)
        if len(fitting) != 1:
            return self._join_pooled(row, amount)
        post = fitting[0]
        if row.part is Part.BONUS and "pay_amount" not in post.values:
            return False
        further = bonus_months(row.figures, amount, post) if row.part is Part.BONUS else None
        price = row.figures.price if self._states_monthly(post, row) else None
        self._add(row, Share(post=post, amount=amount, monthly=price, months=further))
        self._claim(row, [post])
        self._tell_joined(row, post)
        return True

    def _join_pooled(self, row: PartRow, amount: Number) -> bool:
        """A row of several posts, where its own numbers say how much of it is each one's."""
        group = self._group(row)
        if len(group.posts) < 2:  # noqa: PLR2004  # several
            return False
        shares: Sequence[Share] | None
        if row.part is Part.BONUS:
            shares = bonus_shares(row.figures, amount, group, months_said(row.cells))
        else:
            shares = insurance_shares(row.figures, amount, group)
        if shares is None:
            return False
        for share in shares:
            self._add(row, share)
        self._claim(row, group.posts)
        self._tell_shared(row, len(group.posts))
        return True

    def _tell_shared(self, row: PartRow, posts: int) -> None:
        told = SHARED(written=shown(row.cells.name), number=posts, part=NAMES[row.part]())
        self.sink.recognised(row.cells.place(row.cells.key_of(ColumnKind.ITEM)), told, NOTHING())

    def _tell_joined(self, row: PartRow, post: Post) -> None:
        written, name = shown(row.cells.name), shown(post.cells.name)
        told = JOINED(written=written, post=name, part=NAMES[row.part]())
        self.sink.recognised(row.cells.place(row.cells.key_of(ColumnKind.ITEM)), told, NOTHING())

    def _join_own(self, row: PartRow) -> bool:
        """Insurance that own funds pay for a post of the subsidy: what they add a month, where price and months say."""
        only = row.paid[0] if len(row.paid) == 1 else None
        if row.part is not Part.INSURANCE or only is None or only.fund is not Fund.OWN:
            return False
        without = (post for post in self._fitting(row, Fund.SUBSIDY) if "own_insurance" not in post.values)
        fitting = list(islice(without, 2))
        if len(fitting) > 1 and not self._fitting(row):
            return self._join_own_pooled(row, only.amount)
        months = row.factor(Unit.MONTH) or row.factor(Unit.PERSON_MONTH)
        if len(fitting) != 1 or self._fitting(row) or months is None or row.figures.product != only.amount:
            return False
        post = fitting[0]
        if row.factor(Unit.MONTH) is not None and (row.factor(Unit.PERSON) or 1) != post.count:
            return False
        post.values["own_insurance"], post.where["own_insurance"] = row.figures.price, row.figures.price_cell
        self._claim(row, [post], "own_insurance")
        self._tell_joined(row, post)
        return True

    def _join_own_pooled(self, row: PartRow, amount: Number | None) -> bool:
        """The same of several posts, where its own numbers say how much a month it is of each one's."""
        group = self._group(row, Fund.SUBSIDY)
        shares = None if amount is None else insurance_shares(row.figures, amount, group)
        if not shares or any(one.monthly is None or "own_insurance" in one.post.values for one in shares):
            return False
        for share in shares:
            share.post.values["own_insurance"] = share.monthly
            share.post.where["own_insurance"] = row.figures.price_cell
        self._claim(row, group.posts, "own_insurance")
        self._tell_shared(row, len(group.posts))
        return True

    def tell(self, row: PartRow) -> None:
        """A part that is of no one post: it stays a row, for a person to look at."""
        number_of = self.groups.number(row.cells.table)
        written = shown(row.cells.name)
        told = NOT_JOINED(written=written, number=number_of) if number_of > 1 else NO_POST(written=written)
        place = row.cells.place(row.cells.key_of(ColumnKind.ITEM))
        self.sink.recognised(place, told, NAME_POST(), sure=False, score=0)

    def _group(self, row: PartRow, fund: Fund | None = None) -> PostGroup:
        """The posts that the row's role and fund allow."""
        role = self.words.role(row.cells.name)
        payer = fund or row.paid[0].fund or Fund.SUBSIDY
        return self.groups.of(row.cells.table, None if role is None else role.role, payer)

    def _fitting(self, row: PartRow, fund: Fund | None = None) -> Sequence[Post]:
        """Those that its number of persons and monthly pay allow as well."""
        pay = row.figures.price if row.part is Part.BONUS else None
        return self._group(row, fund).fitting(row.factor(Unit.PERSON), pay)

    def _add(self, row: PartRow, share: Share) -> None:
        total, monthly = _FIELDS[row.part]
        post, values = share.post, share.post.values
        if row.part is Part.BONUS:
            if "months" in values and share.months is not None:
                values["months"] = number(values["months"] + share.months)
            elif "months" in values:
                values.pop("months")
        elif monthly is not None:
            self._add_monthly(post, row, monthly, share.monthly)
        if total not in values:
            post.where[total] = row.paid[0].cells[0] if row.paid[0].cells else None
        values[total] = number(values.get(total, 0) + share.amount)

    def _claim(self, row: PartRow, posts: Sequence[Post], name: str | None = None) -> None:
        """Every cell of the row went to these posts; an amount of another fund than pays it (自籌 0) says who pays."""
        at = [f"positions[{post.number}]" for post in posts]
        paid = {key for one in row.paid for key in one.cells}
        for column in row.cells.table.columns:
            key = row.cells.key(column)
            if is_blank(row.cells.raw(column)):
                continue
            says = column.kind in OF_FUND and key not in paid
            row.cells.claim(key, *(f"{path}.{'fund' if says else name or _FIELDS[row.part][0]}" for path in at))

    def _states_monthly(self, post: Post, row: PartRow) -> bool:
        """Whether the price of the row is that of one person a month."""
        if row.figures.price is None:
            return False
        if row.factor(Unit.PERSON_MONTH) is not None:
            return True
        states = (row.factor(Unit.MONTH) or row.factor(Unit.TIME)) is not None
        return states and (row.factor(Unit.PERSON) is not None or post.count == 1)

    def _add_monthly(self, post: Post, row: PartRow, name: str, price: Number | None) -> None:
        """The amount a month of one person; unknown as soon as one of several parts does not state it."""
        values: dict[str, Any] = post.values
        fits = post.joined.get(name, name not in values) and price is not None
        post.joined[name] = fits
        if fits and price is not None:
            values[name] = number(values.get(name, 0) + price)
            post.where.setdefault(name, row.figures.price_cell)
        else:
            values.pop(name, None)
