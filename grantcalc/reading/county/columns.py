"""The columns of one table: its headers taken together, and columns without a header by what stands in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from grantcalc.reading.county import beside, bycells, groups, payparts, periods, versions
from grantcalc.reading.county.blocks import Block
from grantcalc.reading.county.headers import MONEY, SUMS, leaf
from grantcalc.reading.county.match import SURE, Match
from grantcalc.reading.county.model import Column, ColumnKind
from grantcalc.reading.county.proof import Proof, Told
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.words import Words, number_alone

SECOND_AMOUNT = 85
"""How sure: a further column of amounts is known, but which of them a row asks for is not."""
NO_HEADER = 75
"""How sure: a column of names left of the items that has no header holds the categories."""
_SAMPLE = 200
"""Rows that tell what a column without a header holds."""
_SIGN = re.compile(r"[×✕╳*＊xX=＝]|元")
"""What stands between the numbers of a calculation that is written into several cells."""
_ONE_OF_A_ROW = frozenset(
    {ColumnKind.ITEM, ColumnKind.ROLE, ColumnKind.UNIT_PRICE, ColumnKind.FUND, ColumnKind.MONTHS, ColumnKind.COUNT}
)
"""Kinds that a row has once: a second column of one of them is not understood."""


@frozen(kw_only=True)
class Columns:
    """What was made of the headers: columns by number, and the headers that say nothing."""

    known: tuple[Column, ...]
    unclaimed: Mapping[int, str]
    matches: Mapping[int, Match]
    told: tuple[Told, ...] = ()
    """What the figures said of them."""


def columns_of(view: SheetView, block: Block, body: range, right: int, words: Words, factor: int) -> Columns:
    """All columns from the block's left to ``right``; ``factor`` is that of money whose header names none."""
    matches: dict[int, Match] = {}
    unclaimed: dict[int, str] = {}
    for column, texts in sorted(block.texts.items()):
        match = block.matches.get(column) or leaf(texts, words, guess=True)
        if match is None:
            unclaimed[column] = " ".join(texts)
        else:
            matches[column] = match
    sample = _sample(view, matches, body)
    _spread(view, block, sample, matches)
    versions.above(view, block, matches, words)
    headers = {column: " ".join(texts) for column, texts in block.texts.items()}
    told: list[Told] = []
    first = Proof(view=view, rows=sample, matches=matches, headers=headers, unclaimed=unclaimed, told=told)
    versions.settle(first, words)
    beside.in_words(first, words)
    _settle(matches)
    bycells.settle(first, words)
    _without_header(view, block, sample, right, matches, unclaimed)
    staff = _is_staff(matches)
    matches = _in_staff(matches) if staff else matches
    proof = Proof(view=view, rows=sample, matches=matches, headers=headers, unclaimed=unclaimed, told=told)
    periods.settle(proof)
    if staff:
        payparts.settle(proof, words)
    beside.settle(proof)
    if staff:
        proof.staff()
    proof.items()
    groups.settle(proof)
    for column in _repeated(matches):
        unclaimed[column] = " ".join(block.texts.get(column, ()))
        del matches[column]
    return Columns(
        known=_numbered(matches, headers, factor),
        unclaimed=dict(sorted(unclaimed.items())),
        matches=matches,
        told=tuple(proof.told),
    )


def _sample(view: SheetView, matches: Mapping[int, Match], body: range) -> list[int]:
    """Rows with a number in a column of money, else any with something in them."""
    money = [column for column, match in matches.items() if match.kind in MONEY]
    found: list[int] = []
    for row in body:
        if any(amount(view.value(row, column)) is not None for column in money):
            found.append(row)
            if len(found) == _SAMPLE:
                break
    return found or [row for row in list(body)[:_SAMPLE] if any(view.filled(row, column) for column in matches)]


def _spread(view: SheetView, block: Block, sample: Sequence[int], matches: dict[int, Match]) -> None:
    """A header over several columns of which only the first has the text: number and name, amount and unit."""
    for column in sorted(matches):
        match = matches[column]
        if column not in block.texts:
            continue
        others = []
        other = column + 1
        while other <= block.right + 1 and other not in block.texts and any(view.filled(row, other) for row in sample):
            others.append(other)
            other += 1
        if others:
            _share(view, block, [column, *others], sample, match, matches)


def _share(
    view: SheetView,
    block: Block,
    columns: Sequence[int],
    sample: Sequence[int],
    match: Match,
    matches: dict[int, Match],
) -> None:
    first, second = columns[0], columns[1]
    if match.kind is ColumnKind.ITEM:
        _share_names(view, first, second, sample, match, matches)
    elif match.kind in {ColumnKind.DESCRIPTION, ColumnKind.PERIOD}:
        for column in columns if match.kind is ColumnKind.PERIOD else _worded(view, block, columns, sample):
            matches[column] = match
    elif match.kind is ColumnKind.QUANTITY and _is_text(view, second, sample):
        matches[second] = Match(kind=ColumnKind.UNIT, score=SURE)
    elif match.kind in MONEY and not _is_number(view, first, sample) and _is_number(view, second, sample):
        del matches[first]
        matches[second] = match


def _worded(view: SheetView, block: Block, columns: Sequence[int], sample: Sequence[int]) -> Sequence[int]:
    """Those of the columns below 計算式 that are its: with numbers alone only where words or its merged cell say so."""
    covering = view.merged(block.last, columns[0]) or view.merged(block.first, columns[0])
    merged_to = columns[0] if covering is None else covering[3]
    last = max(
        index for index, column in enumerate(columns) if column <= merged_to or not _is_number(view, column, sample)
    )
    signs = any(_SIGN.search(view.text(row, column)) for column in columns[1:] for row in sample)
    return columns if signs else columns[: last + 1]


def _share_names(
    view: SheetView, first: int, second: int, sample: Sequence[int], match: Match, matches: dict[int, Match]
) -> None:
    """項目 above a number and a name, or above a category and an item."""
    if not _is_text(view, second, sample):
        return
    held = [view.value(row, first) for row in sample if view.filled(row, first)]
    matches[first] = Match(kind=ColumnKind.REF if _are_numbers(held) else ColumnKind.CATEGORY, score=SURE)
    matches[second] = match


def _are_numbers(held: Sequence[object]) -> bool:
    """Whether cells number their rows; 合計 may stand among them."""
    return sum(number_alone(raw) is not None for raw in held) * 2 > len(held)


def _is_text(view: SheetView, column: int, sample: Sequence[int]) -> bool:
    texts = [view.text(row, column) for row in sample if view.filled(row, column)]
    return bool(texts) and sum(bool(text) and amount(text) is None for text in texts) * 2 > len(texts)


def _is_number(view: SheetView, column: int, sample: Sequence[int]) -> bool:
    held = [view.value(row, column) for row in sample if view.filled(row, column)]
    return bool(held) and sum(amount(raw) is not None for raw in held) * 2 > len(held)


def _settle(matches: dict[int, Match]) -> None:
    """Of several items the finest word is the item; of amounts of several years only the last is asked for."""
    for kind in (ColumnKind.ITEM, *SUMS, ColumnKind.UNIT_PRICE, ColumnKind.QUANTITY):
        columns = [column for column, match in matches.items() if match.kind is kind]
        years = {match.year for column in columns if (match := matches[column]).year is not None}
        for column in columns:
            year = matches[column].year
            if len(years) > 1 and year is not None and year < max(years):
                matches[column] = evolve(matches[column], kind=ColumnKind.IGNORED)
    items = sorted(
        (column for column, match in matches.items() if match.kind is ColumnKind.ITEM),
        key=lambda column: (not matches[column].is_sure, matches[column].rank, column),
    )
    for column in items[1:]:
        word = matches[column].word
        if word is not None and word.otherwise is not None:
            matches[column] = evolve(matches[column], kind=word.otherwise)
    if not items:
        _promote(matches)


def _promote(matches: dict[int, Match]) -> None:
    """A table whose only names are categories has them for items."""
    if any(match.kind in {ColumnKind.ROLE, ColumnKind.DESCRIPTION} for match in matches.values()):
        return
    columns = [column for column, match in matches.items() if match.kind is ColumnKind.CATEGORY]
    if columns:
        matches[columns[-1]] = evolve(matches[columns[-1]], kind=ColumnKind.ITEM)


def _is_staff(matches: Mapping[int, Match]) -> bool:
    kinds = {match.kind for match in matches.values()}
    return bool(kinds & {ColumnKind.ROLE, ColumnKind.MONTHLY_PAY, ColumnKind.PAY_PART})


def _in_staff(matches: Mapping[int, Match]) -> dict[int, Match]:
    """人數, 月數 and 單價 of a table of staff are those of its posts."""
    taken = {match.kind for match in matches.values()}
    changed = dict(matches)
    for column, match in matches.items():
        if match.word is None or match.word.staff is None or match.word.staff in taken:
            continue
        if match.kind is ColumnKind.UNIT_PRICE and ColumnKind.ITEM in taken:
            continue  # a budget with a column of posts beside its items
        taken.add(match.word.staff)
        unit = match.unit if match.unit != match.word.unit else None  # 人(次)數: persons, or their times
        changed[column] = evolve(match, kind=match.word.staff, unit=unit)
    return changed


def _without_header(
    view: SheetView,
    block: Block,
    sample: Sequence[int],
    right: int,
    matches: dict[int, Match],
    unclaimed: dict[int, str],
) -> None:
    """Columns in which something stands, and nothing above it."""
    names = [column for column, match in matches.items() if match.kind in {ColumnKind.ITEM, ColumnKind.ROLE}]
    for column in range(block.left, right + 1):
        if column in matches or column in unclaimed or not any(view.filled(row, column) for row in sample):
            continue
        held = [view.value(row, column) for row in sample if view.filled(row, column)]
        if names and column < min(names) and _are_numbers(held):
            matches[column] = Match(kind=ColumnKind.REF, score=SURE)
        elif names and column < min(names) and _is_text(view, column, sample):
            matches[column] = Match(kind=ColumnKind.CATEGORY, score=NO_HEADER)
        else:
            unclaimed[column] = ""


def _repeated(matches: Mapping[int, Match]) -> list[int]:
    seen: set[ColumnKind] = set()
    again = []
    for column in sorted(matches, key=lambda column: (not matches[column].is_sure, column)):
        kind = matches[column].kind
        if kind in _ONE_OF_A_ROW and kind in seen:
            again.append(column)
        seen.add(kind)
    return again


def _numbered(matches: Mapping[int, Match], headers: Mapping[int, str], factor: int) -> tuple[Column, ...]:
    """With their indexes; the amount of a row comes before other columns of amounts."""
    counted: dict[ColumnKind, int] = defaultdict(int)
    made: dict[int, Column] = {}
    for column in _in_order(matches):
        match = matches[column]
        index = counted[match.kind]
        counted[match.kind] += 1
        second = match.kind is ColumnKind.AMOUNT and index > 0
        made[column] = Column(
            kind=match.kind,
            number=column,
            header=headers.get(column, ""),
            index=index,
            score=min(match.score, SECOND_AMOUNT) if second else match.score,
            unit=match.unit,
            factor=(match.factor or factor) if match.kind in {*MONEY, ColumnKind.PERIOD} else 1,
        )
    _pair_units(made)
    return tuple(made[column] for column in sorted(made))


def _in_order(matches: Mapping[int, Match]) -> Iterable[int]:
    def place(column: int) -> tuple[bool, int, int]:
        match = matches[column]
        several = match.kind is ColumnKind.AMOUNT
        return (several and not match.is_sure, match.rank if several else 0, column)

    return sorted(matches, key=place)


def _pair_units(made: dict[int, Column]) -> None:
    """單位 belongs to the 數量 that names no unit itself: to the one before it, else in their order."""
    units = sorted(column for column, one in made.items() if one.kind is ColumnKind.UNIT)
    free = {column: one for column, one in sorted(made.items()) if _counts_without_unit(one)}
    beside = [(column, free[column - 1]) for column in units if column - 1 in free]
    for column, quantity in beside if len(beside) == len(units) else zip(units, free.values(), strict=False):
        made[column] = evolve(made[column], index=quantity.index)


def _counts_without_unit(column: Column) -> bool:
    return column.kind is ColumnKind.QUANTITY and column.unit is None
