"""The section [parameters] of a programme.toml: choices that are no limits of a document; checked when it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs
from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.money import Rounding
from grantcalc.pay.allowance import Basis
from grantcalc.tabledata import BAD_FILE, MISSING_KEY, TableError
from grantcalc.text import Message

UNKNOWN_PARAMETER = Message("[parameters] has no key “{key}”; it has: {known}")
BAD_PARAMETER = Message("[parameters] {key} = {found}: expected {expected}")


@frozen(kw_only=True)
class Parameters:
    """What one programme chose.

    ``insurance_industry``: number of the trade (行業別編號) of occupational accident insurance.
    ``case_manager_rounding``: how the case managers needed become whole (``half-up`` or ``up``).
    """

    bonus_counts_joining_month: bool = True
    regional_allowance_roles: tuple[Role, ...] = ()
    penghu_basis: Basis = Basis.TABLE
    case_manager_rounding: Rounding = Rounding.HALF_UP
    insurance_industry: int | None = None
    capital_categories: tuple[str, ...] = ()


def read_parameters(raw: Mapping[str, object], needed: frozenset[str], shown: str) -> Parameters:
    """The parameters of the file ``shown``; ``needed`` are those without which a rule of the programme cannot run."""
    known = attrs.fields_dict(Parameters)
    values: dict[str, Any] = {}
    for key, found in raw.items():
        if key not in known:
            raise TableError(BAD_FILE(file=shown, reason=UNKNOWN_PARAMETER(key=key, known=", ".join(known))))
        read, expected = _READ[key]
        try:
            values[key] = read(found)
        except (TypeError, ValueError):
            reason = BAD_PARAMETER(key=key, found=repr(found), expected=expected)
            raise TableError(BAD_FILE(file=shown, reason=reason)) from None
    for key in sorted(needed - set(values)):
        raise TableError(BAD_FILE(file=shown, reason=MISSING_KEY(key=f"parameters.{key}")))
    return Parameters(**values)


def _flag(found: object) -> bool:
    if not isinstance(found, bool):
        raise TypeError
    return found


def _whole(found: object) -> int:
    if isinstance(found, bool) or not isinstance(found, int):
        raise TypeError
    return found


def _words(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise TypeError
    return tuple(found)


def _rounding(found: object) -> Rounding:
    rounding = Rounding(found)
    if rounding is Rounding.DOWN:
        raise ValueError
    return rounding


_READ: Mapping[str, tuple[Callable[[object], object], str]] = {
    "bonus_counts_joining_month": (_flag, "true | false"),
    "regional_allowance_roles": (
        lambda found: tuple(Role(word) for word in _words(found)),
        f"[{' | '.join(role.value for role in Role)}]",
    ),
    "penghu_basis": (Basis, " | ".join(basis.value for basis in Basis)),
    "case_manager_rounding": (_rounding, f"{Rounding.HALF_UP.value} | {Rounding.UP.value}"),
    "insurance_industry": (_whole, "0, 1, 2 …"),
    "capital_categories": (_words, '["…", …]'),
}
"""How each parameter is read, and what is written to say it."""
