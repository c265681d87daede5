"""What an explanation without signs of multiplication says of its row: 每節2,000元，每場2節，計6場."""

from __future__ import annotations

import re
from typing import Final

from grantcalc.money import Number, product
from grantcalc.text import Message
from grantcalc.wording import Factor, Term
from grantcalc.wordnumbers import plain_text
from grantcalc.wordprose import read_prose

PRICE_ONLY = Message(
    "“{text}” names the price {price}, but does not say how its numbers belong together: read without quantities."
)
WRITE_SIGNS = Message("Write the calculation with its signs: price × quantity × quantity = amount.")
EARLIER = Message("Figures of an earlier year were left out of “{text}”.")


def prose_term(text: str, amount: Number | None) -> Term | Factor | None:
    """The product that a text tells; its price alone where its numbers do not belong together for certain.

    A closed chain of numbers is a product whether or not it makes the amount of the row: a wrong amount is for
    ``draft/arithmetic`` to tell. Numbers that are no closed chain are one only where they make the amount.
    """
    prose = read_prose(text)
    return _bare(text, amount) if prose is None else prose.making(amount) or prose.price


_BARE: Final = re.compile(r"\s*([\d,]{1,9})\s?[x×*X]\s?([\d,]{1,9})\s*")
_PRICE_LIKE: Final = 100
"""Of two numbers without units one is the price where it alone is as large: both of a size or of a screen are not."""


def _bare(text: str, amount: Number | None) -> Term | None:
    """2000x24, where that is all that is written and makes the amount."""
    match = _BARE.fullmatch(plain_text(text))
    numbers = [int(one.replace(",", "") or 0) for one in match.groups()] if match else []
    if not numbers or product(*numbers) != amount or sum(one >= _PRICE_LIKE for one in numbers) != 1:
        return None
    return Term(text=text.strip(), factors=tuple(Factor(number=one) for one in sorted(numbers, reverse=True)))
