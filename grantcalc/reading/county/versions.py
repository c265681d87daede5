"""Columns of several versions of one budget (原編列 | 修正後 | 增減): the latest is the draft, the others are not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve

from grantcalc.money import number
from grantcalc.reading.county.blocks import Block
from grantcalc.reading.county.headers import MONEY, SUMS, sure
from grantcalc.reading.county.match import SURE, Match
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.proof import Proof, Told
from grantcalc.reading.county.sheetview import SheetView
from grantcalc.reading.county.words import Version, Words, fold, plain
from grantcalc.text import Message, dollars

READ_ASIDE = Message(
    "“{header}” is of a version before “{latest}”: it is no part of the draft, which is read from the latter."
)
WHICH_VERSION = Message("“{header}” and “{latest}” are both amended versions: the last one is read as the draft.")
ONLY_EARLIER = Message("“{header}” names an earlier version of the budget, but no later one is found: it is read.")
NOT_THE_DIFFERENCE = Message(
    "Row {row}: “{header}” states {stated}, but “{latest}” less “{earlier}” is {difference} (without its sign)."
)
NOT_WITH_ITS_SIGN = Message(
    "Row {row}: “{header}” states {stated}, but “{latest}” less “{earlier}” is {difference}: the sign is the other one."
)
OF_THE_PLAIN = Message(
    "“{header}” names no version; beside “{latest}” it is taken for the earlier one: the draft is read from the latter."
)
COUNTS_EARLIER = Message("“{header}” makes the earlier amount, not “{latest}”: it is no part of the draft either.")
NO_SUM_OF_BOTH = Message(
    "“{header}” is added to or taken from “{latest}”, and no column states what that makes: "
    "the amount applied for is not known. The latter alone is read, without the change."
)
_UNSURE = SURE - 1
_ITS_OWN = MONEY | {
    ColumnKind.QUANTITY,
    ColumnKind.UNIT,
    ColumnKind.COUNT,
    ColumnKind.MONTHS,
    ColumnKind.DESCRIPTION,
}
"""Kinds that each version has for itself; the names of the rows are those of all."""


def above(view: SheetView, block: Block, matches: dict[int, Match], words: Words) -> None:
    """Versions named in a row of their own above headers that stand alone: over the columns up to the next name."""
    row = block.first - 1
    if row < view.first_row or any(match.version is not None for match in matches.values()):
        return
    cells = [(column, str(raw).strip()) for column, raw in view.cells(row, block.left, block.right)]
    if not {_alone(text, words) for _, text in cells} >= {Version.EARLIER, Version.LATEST}:
        return
    version: Version | None = None
    for column in range(block.left, block.right + 1):
        covering = view.merged(row, column)
        text = view.text(row, column) or (view.text(row, covering[1]) if covering is not None else "")
        if text or covering is not None:
            version = _alone(text, words)
        match = matches.get(column)
        if match is not None and version is not None and match.kind in _ITS_OWN:
            matches[column] = evolve(match, version=version)


def _alone(text: str, words: Words) -> Version | None:
    """The version that a text names, and nothing else but money."""
    version, _ = words.version(text)
    match = sure(text, words)
    return version if match is not None and match.kind in {ColumnKind.AMOUNT, ColumnKind.IGNORED} else None


def settle(proof: Proof, words: Words) -> None:
    """Leave the columns of earlier versions and of differences; of several amended versions read the last."""
    matches = proof.matches
    _plain(proof, words)
    earlier, latest = _of(matches, Version.EARLIER), _of(matches, Version.LATEST)
    differences = _of(matches, Version.DIFFERENCE)
    if not earlier and not (latest and differences):
        return
    draft = [one for one in matches if one not in {*earlier, *differences} and matches[one].kind in SUMS]
    if not draft:
        for column in earlier:
            matches[column] = evolve(matches[column], score=min(matches[column].score, _UNSURE))
        _tell(proof, earlier[:1], ONLY_EARLIER, earlier[0], sure=False)
        _tell(proof, differences, NO_SUM_OF_BOTH, earlier[0], sure=False)
        _ignore(proof, differences)
        return
    _check(proof, earlier, latest or draft, differences)
    last = _last(proof, latest)
    first = min(last or draft)
    _leave(proof, earlier, READ_ASIDE, first, sure=bool(latest))
    _leave(proof, [one for one in latest if one not in last], WHICH_VERSION, first, sure=False)
    _ignore(proof, differences)


def _plain(proof: Proof, words: Words) -> None:
    """金額 beside 修正後金額: the plain one is the earlier, and so are the price and quantities that make it."""
    matches = proof.matches
    after = [
        one for one in _of(matches, Version.LATEST) if any(word in fold(proof.name(one)) for word in words.changed)
    ]
    amended = [one for one in after if matches[one].kind is ColumnKind.AMOUNT]
    if len(amended) != 1 or _of(matches, Version.EARLIER) or _of(matches, Version.DIFFERENCE):
        return
    unnamed = [one for one, match in matches.items() if match.version is None]
    plain_ones = [one for one in unnamed if matches[one].kind is ColumnKind.AMOUNT]
    if len(plain_ones) != 1 or len(_of(matches, Version.LATEST)) != len(after):
        return
    made, right = proof.products(plain_ones[0]), proof.products(amended[0])
    _leave(proof, plain_ones, OF_THE_PLAIN, amended[0], sure=False)
    if made and not right:
        counted = [one for one in unnamed if matches[one].kind in {ColumnKind.UNIT_PRICE, ColumnKind.QUANTITY}]
        _leave(proof, sorted(counted), COUNTS_EARLIER, amended[0], sure=False)


def _ignore(proof: Proof, columns: list[int]) -> None:
    for column in columns:
        proof.matches[column] = evolve(proof.matches[column], kind=ColumnKind.IGNORED)


def _of(matches: Mapping[int, Match], version: Version) -> list[int]:
    return sorted(column for column, match in matches.items() if match.version is version)


def _last(proof: Proof, latest: list[int]) -> list[int]:
    """The columns of the last amended version: from the right, until a kind comes again."""
    found: list[int] = []
    kinds: set[ColumnKind] = set()
    for column in reversed(latest):
        kind = proof.matches[column].kind
        if kind in kinds and kind in {ColumnKind.AMOUNT, ColumnKind.UNIT_PRICE} and not _same(proof, column, found):
            break
        kinds.add(kind)
        found.append(column)
    return found


def _same(proof: Proof, column: int, others: list[int]) -> bool:
    """Whether a column has the heading of its version with others, so that both are of one group."""
    own = _name(proof, column)
    return any(_name(proof, one) == own for one in others)


def _name(proof: Proof, column: int) -> str:
    """The first words of a header, which name its version where it stands over several columns."""
    return re.split(r"\s", plain(proof.headers.get(column, "")), maxsplit=1)[0]


def _leave(proof: Proof, columns: list[int], message: Message, latest: int, *, sure: bool) -> None:
    _tell(proof, columns, message, latest, sure=sure)
    _ignore(proof, columns)


def _tell(proof: Proof, columns: list[int], message: Message, latest: int, *, sure: bool) -> None:
    for column in columns:
        text = message(header=proof.name(column), latest=proof.name(latest))
        proof.told.append(Told(column=column, message=text, sure=sure))


def _check(proof: Proof, earlier: list[int], latest: list[int], differences: list[int]) -> None:
    """A difference of amounts is proof only: rows where it is not that of the two versions are for a person."""
    pair = [[one for one in of if proof.matches[one].kind is ColumnKind.AMOUNT] for of in (earlier, latest)]
    if any(len(of) != 1 for of in (*pair, differences)):
        return
    before, after, difference = pair[0][0], pair[1][0], differences[0]
    found = [
        (row, stated, new - old)
        for row in proof.rows
        if (stated := proof.value(row, difference)) is not None
        and (new := proof.value(row, after)) is not None
        and (old := proof.value(row, before)) is not None
    ]
    signed = any(stated < 0 for _, stated, _ in found)
    wrong = [one for one in found if (one[1] != one[2] if signed else abs(one[1]) != abs(one[2]))]
    turned = all(stated == -made for _, stated, made in found)
    for row, stated, made in wrong[:1] if turned else wrong:
        sign = abs(stated) == abs(made)
        message = (NOT_WITH_ITS_SIGN if sign else NOT_THE_DIFFERENCE)(
            row=row,
            header=proof.name(difference),
            stated=dollars(number(stated if sign else abs(stated))),
            latest=proof.name(after),
            earlier=proof.name(before),
            difference=dollars(number(made if sign else abs(made))),
        )
        proof.told.append(Told(column=difference, message=message, row=row, sure=False))
