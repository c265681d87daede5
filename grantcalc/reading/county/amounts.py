"""The amounts of the rows of a draft, by their paths: what a sum of a table adds up."""

from __future__ import annotations

from collections.abc import Iterable

from grantcalc.draft.model import Line, Position

AMOUNT = "amount"
POST_AMOUNTS = {
    "pay_amount": "monthly_pay",
    "allowance_amount": "regional_allowance",
    "insurance_amount": "employer_insurance",
}
"""The amounts of a post, and what it states a month of each."""
OWN_PARTS = ("own_monthly_pay", "own_insurance")
"""What own funds add to a post of the subsidy; a sum may count them or leave them out."""
BLANKS = frozenset({"", "-", "－", "—", "–", "─", "/", "無", "0"})
"""What stands in a cell of money that says there is none."""


def amounts_of(row: Position | Line) -> tuple[str, ...]:
    """The paths of the amounts that a row has: a row of the budget one, a post those of which it says anything."""
    if isinstance(row, Line):
        return (f"{row.origin.path}.{AMOUNT}",)
    stated = [
        name
        for name, monthly in POST_AMOUNTS.items()
        if getattr(row, name) is not None or getattr(row, monthly) is not None
    ]
    own = [name for name in OWN_PARTS if getattr(row, name) is not None]
    return tuple(f"{row.origin.path}.{name}" for name in (*stated, *own))


def amounts_among(paths: Iterable[str]) -> tuple[str, ...]:
    """The amounts among these paths, each once."""
    known = {AMOUNT, *POST_AMOUNTS}
    return tuple(dict.fromkeys(path for path in paths if path.rpartition(".")[2] in known))


def own_parts_among(paths: Iterable[str]) -> tuple[str, ...]:
    """What own funds add to posts among these paths, each once."""
    return tuple(dict.fromkeys(path for path in paths if path.rpartition(".")[2] in OWN_PARTS))


def says_none(raw: object) -> bool:
    """Whether a cell of money says that there is none."""
    return raw == 0 or (isinstance(raw, str) and raw.strip() in BLANKS)
