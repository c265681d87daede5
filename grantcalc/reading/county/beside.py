"""Whether a column of amounts beside one of own funds holds the whole of a row or only what is applied for (補助)."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve

from grantcalc.reading.county.composed import FUNDS
from grantcalc.reading.county.match import SURE
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.payers import payer_of
from grantcalc.reading.county.proof import Proof, Told
from grantcalc.reading.county.words import Words, fold
from grantcalc.text import Message

BESIDE = Message(
    "“{header}” and “{own}” together make price × quantity: “{header}” is read as the subsidy that is applied for."
)
IN_WORDS = Message("“{header}” holds no amounts, but words that say who pays: it is read as the fund of each row.")
WITHIN = Message("“{own}” is read as a part of “{header}”: what it leaves of a row is the subsidy.")

_PRICES = (ColumnKind.UNIT_PRICE, ColumnKind.MONTHLY_PAY)
_QUANTITIES = (ColumnKind.QUANTITY, ColumnKind.MONTHS, ColumnKind.COUNT)
_CENT = Decimal(1)


def in_words(proof: Proof, words: Words) -> None:
    """A column headed like one of money (補助款/自籌款) whose cells say 補助 or 自籌 is the fund of its rows."""
    if proof.of(ColumnKind.FUND):
        return
    for column in proof.of(*FUNDS, ColumnKind.AMOUNT):
        held = {proof.view.text(row, column) for row in proof.rows if proof.view.filled(row, column)}
        if held and all(_is_payer(text, words) for text in held):
            proof.matches[column] = evolve(proof.matches[column], kind=ColumnKind.FUND, factor=None, score=SURE)
            proof.told.append(Told(column=column, message=IN_WORDS(header=proof.name(column))))
            return


def _is_payer(text: str, words: Words) -> bool:
    return payer_of(text, words) is not None or (ColumnKind.FUND, fold(text)) in words.below


def settle(proof: Proof) -> None:
    """申請金額 beside 自籌金額 is the subsidy where rows come out so, none otherwise; else the whole, or in doubt."""
    amounts, owns = proof.of(ColumnKind.AMOUNT), proof.of(ColumnKind.OWN)
    if len(amounts) != 1 or len(owns) != 1 or proof.of(ColumnKind.SUBSIDY, ColumnKind.OTHER):
        return
    amount, own = amounts[0], owns[0]
    apart, whole = _rows(proof, amount, own)
    names = {"header": proof.name(amount), "own": proof.name(own)}
    if apart and not whole:
        proof.matches[amount] = evolve(proof.matches[amount], kind=ColumnKind.SUBSIDY)
        proof.told.append(Told(column=amount, message=BESIDE(**names)))
    elif any(proof.value(row, amount) and proof.value(row, own) for row in proof.rows):
        told = Told(column=amount, message=WITHIN(**names), sure=bool(whole) and not apart)
        proof.told.append(told)


def _rows(proof: Proof, amount: int, own: int) -> tuple[int, int]:
    """In how many rows with own funds the two make price × quantity together, and in how many the amount alone."""
    apart = whole = 0
    for row in proof.rows:
        made, paid = _made(proof, row), proof.value(row, own)
        if made is None or not paid:
            continue
        stated = proof.value(row, amount) or Decimal(0)
        apart += abs(stated + paid - made) <= _CENT
        whole += abs(stated - made) <= _CENT
    return apart, whole


def _made(proof: Proof, row: int) -> Decimal | None:
    """Price × quantities of a row; ``None`` where it does not state both."""
    prices = [value for column in proof.of(*_PRICES) if (value := proof.value(row, column)) is not None]
    quantities = [value for column in proof.of(*_QUANTITIES) if (value := proof.value(row, column)) is not None]
    if len(prices) != 1 or not quantities:
        return None
    made = prices[0]
    for one in quantities:
        made *= one
    return made
