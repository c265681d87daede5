"""Cards of several pairs a row (單價 | 1,600 | 單位 | 小時), one for each item, below or beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.reading.county.headers import MONEY, sure
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.words import Words, fold
from grantcalc.reading.deadline import Deadline

At = tuple[int, int]
NAMES = frozenset({ColumnKind.ITEM, ColumnKind.ROLE})
_FEWEST = 2
_FEWEST_KINDS = 3


@frozen(kw_only=True)
class Label:
    """One label with its value: where each stands (the same cell, or two), the label's text and kind."""

    text: str
    kind: ColumnKind
    at: At
    value_at: At
    value: object


def is_item(block: Sequence[Label]) -> bool:
    """Whether labels make an item or a post: its name, its money, and something more."""
    kinds = {label.kind for label in block}
    return bool(kinds & NAMES) and bool(kinds & MONEY) and len(kinds) >= _FEWEST_KINDS


def cards_of(view: SheetView, words: Words, deadline: Deadline) -> list[list[Label]]:
    """Every card of a sheet, from the top; none where fewer than two are alike."""
    made: list[list[Label]] = []
    open_cards: list[list[Label]] = []
    starts: tuple[int, ...] = ()
    for row in deadline.over(range(view.first_row, view.last_row + 2)):
        pairs = _row(view, row, words)
        first = pairs[0].text if pairs else ""
        before = open_cards[0] if open_cards else []
        if not pairs or any(fold(first) == fold(one.text) for one in before):
            made += open_cards
            open_cards = []
        if pairs and not open_cards:
            starts = tuple(one.at[1] for one in pairs if fold(one.text) == fold(first))
            open_cards = [[] for _ in starts]
        for one in pairs:
            at = max((index for index, start in enumerate(starts) if start <= one.at[1]), default=0)
            open_cards[at].append(one)
    cards = [card for card in made if _is_card(card)]
    labels = [fold(card[0].text) for card in cards]
    return cards if len(cards) >= _FEWEST and len({*labels}) == 1 else []


def _is_card(card: Sequence[Label]) -> bool:
    """Whether pairs of several rows make an item whose money is a number."""
    rows = {label.at[0] for label in card}
    paid = any(label.kind in MONEY and amount(label.value) is not None for label in card)
    several = len(rows) >= _FEWEST and len(card) > len(rows)
    once = len({fold(label.text) for label in card}) == len(card)
    return several and once and paid and is_item([label for label in card if label.value != ""])


def _row(view: SheetView, row: int, words: Words) -> list[Label]:
    """The pairs of a row that holds nothing else; none where something in it has no known label before it."""
    found: list[Label] = []
    value_at = 0
    for column, raw in view.cells(row, view.grid.first_column, view.last_column):
        if column == value_at:
            continue
        match = sure(raw.strip(), words) if isinstance(raw, str) else None
        if match is None or row in view.lost_rows:
            return []
        value_at = view.grid.right_of(row, column)
        value = view.value(row, value_at)
        found.append(
            Label(text=str(raw).strip(), kind=match.kind, at=(row, column), value_at=(row, value_at), value=value)
        )
    return found
