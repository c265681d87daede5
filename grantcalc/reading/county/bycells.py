"""Headers of two meanings, decided by the cells below them: 標準, 基準; 人, 日, 趟; 用途別 beside 內容."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from grantcalc.reading.county.composed import of_unit_word
from grantcalc.reading.county.items import unnumbered
from grantcalc.reading.county.match import SURE
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.proof import Proof, Told
from grantcalc.reading.county.sheetview import amount
from grantcalc.reading.county.words import Words, brackets, fold
from grantcalc.reading.problems import shown
from grantcalc.text import Message
from grantcalc.wording import quantity_of

PRICES = Message(
    "“{header}” holds amounts of money, and no other column is a unit price: it is read as the unit price."
)
COUNTS = Message("“{header}” is the word of a unit with numbers below it: it is read as a quantity.")
NAMES_ITEMS = Message(
    "“{header}” names items of the programme in {named} of {rows} rows, “{other}” in {fewer}: the former is read as "
    "the item, the latter as its category."
)

_FEWEST: Final = 2
_BY_NAME: Final = 80
"""How sure: a unit's word heads numbers, but no row shows that they multiply the price."""


def settle(proof: Proof, words: Words) -> None:
    """What the cells say of such headers; each is told."""
    _prices(proof, words)
    _counts(proof, words)
    _items(proof, words)


def _prices(proof: Proof, words: Words) -> None:
    """標準 with numbers below it is the unit price of a table that has no other."""
    if proof.of(ColumnKind.UNIT_PRICE, ColumnKind.MONTHLY_PAY):
        return
    for column in proof.of(ColumnKind.DESCRIPTION):
        base, _ = brackets(proof.headers.get(column, ""))
        kind = words.figured.get(fold(base))
        held = [proof.view.value(row, column) for row in proof.rows if proof.view.filled(row, column)]
        if kind is not None and len(held) >= 1 and all(_is_price(raw) for raw in held):
            proof.matches[column] = evolve(proof.matches[column], kind=kind, score=SURE, word=None)
            proof.told.append(Told(column=column, message=PRICES(header=proof.name(column))))
            return


def _is_price(raw: object) -> bool:
    """A number, or money for one unit: 1,200, NT$1,200, 1,200元/節."""
    if amount(raw) is not None:
        return True
    found = quantity_of(raw) if isinstance(raw, str) else None
    return found is not None and not found.percent and (found.money or found.bare)


def _counts(proof: Proof, words: Words) -> None:
    """人 | 日 | 趟 beside a price or pay are quantities: sure where price × what a row states of them is its amount."""
    if not proof.of(ColumnKind.UNIT_PRICE, ColumnKind.MONTHLY_PAY):
        return
    found: list[int] = []
    for column, header in list(proof.unclaimed.items()):
        match = of_unit_word(header, words)
        held = [proof.view.value(row, column) for row in proof.rows if proof.view.filled(row, column)]
        if match is None or not held or any(amount(raw) is None for raw in held):
            continue
        del proof.unclaimed[column]
        proof.matches[column] = evolve(match, score=_BY_NAME)
        found.append(column)
    sure = bool(found) and any(proof.products(whole) for whole in proof.of(ColumnKind.AMOUNT, ColumnKind.SUBSIDY))
    for column in found:
        proof.matches[column] = evolve(proof.matches[column], score=SURE if sure else _BY_NAME)
        proof.told.append(Told(column=column, message=COUNTS(header=proof.name(column)), sure=sure))


def _items(proof: Proof, words: Words) -> None:
    """Of two columns of texts the item is the one that names more items of the programme, for the whole table."""
    items = proof.of(ColumnKind.ITEM)
    if len(items) != 1 or proof.of(ColumnKind.ROLE) or not words.items:
        return
    item = items[0]
    named = {column: _named(proof, column, words) for column in (item, *proof.of(ColumnKind.DESCRIPTION))}
    best = max(named, key=lambda column: (named[column], column == item))
    rows = sum(bool(proof.view.text(row, best)) for row in proof.rows)
    if best == item or named[best] < _FEWEST or named[best] * 2 < rows or named[item] * _FEWEST > named[best]:
        return
    told = NAMES_ITEMS(header=proof.name(best), named=named[best], rows=rows, other=proof.name(item), fewer=named[item])
    proof.told.append(Told(column=best, message=told))
    proof.matches[best] = evolve(proof.matches[best], kind=ColumnKind.ITEM)
    proof.matches[item] = evolve(proof.matches[item], kind=ColumnKind.CATEGORY)


def _named(proof: Proof, column: int, words: Words) -> int:
    """In how many rows a column names an item word for word."""
    texts = (proof.view.text(row, column) for row in proof.rows)
    return sum(bool(text) and fold(unnumbered(shown(text))) in words.items for text in texts)
