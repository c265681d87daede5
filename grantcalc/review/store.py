"""Readings as JSON and back: only the classes listed here are ever made of what a file says, and none runs code."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

import attrs

from grantcalc.draft import choices, model
from grantcalc.draft.origin import Origin
from grantcalc.finding import Place
from grantcalc.text import Bilingual, Joined, Measure, Percent, Text
from grantcalc.units import Unit

FORMAT = 1

_CLASSES: tuple[type[Any], ...] = (
    model.Caseload,
    model.Cell,
    model.Details,
    model.Draft,
    model.Funding,
    model.Line,
    model.Normalisation,
    model.OtherFund,
    model.Period,
    model.Position,
    model.Problem,
    model.Quantity,
    model.Reading,
    model.Recognition,
    model.SharedRow,
    model.StatedSum,
    model.Totals,
    Origin,
    Place,
    Bilingual,
    Joined,
    Measure,
    Percent,
    Text,
)
_ENUMS: tuple[type[Enum], ...] = (
    choices.ApplicantKind,
    choices.Doubt,
    choices.Education,
    choices.Form,
    choices.Fund,
    choices.Lecturer,
    choices.Licence,
    choices.Manuscript,
    choices.RiskAllowance,
    choices.Role,
    choices.TravelPart,
    Unit,
)
_BY_NAME = {made.__name__: made for made in _CLASSES}
_ENUM_BY_NAME = {made.__name__: made for made in _ENUMS}

_NOTHING = object()


class StoreError(Exception):
    """A stored reading is not one, or holds what cannot be stored."""


def dump(reading: model.Reading) -> bytes:
    """A reading as bytes to keep; :class:`StoreError` where it holds a value of no listed class."""
    text = json.dumps([FORMAT, _encoded(reading)], ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def load(data: bytes) -> model.Reading:
    """The reading that was kept; :class:`StoreError` where the bytes hold none."""
    try:
        found = json.loads(data.decode("utf-8", "surrogatepass"))
        if not isinstance(found, list) or found[:1] != [FORMAT]:
            raise StoreError("format")
        reading = _decoded(found[1])
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise StoreError(str(error)) from error
    if not isinstance(reading, model.Reading):
        raise StoreError(type(reading).__name__)
    return reading


@cache
def _fields(name: str) -> tuple[tuple[str, object], ...]:
    """The fields of a class, and what stands for a field that is not stored."""
    return tuple((one.name, _default(one.default)) for one in attrs.fields(_BY_NAME[name]))


def _default(default: object) -> object:
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class in fact
        return _NOTHING if default.takes_self else default.factory()  # type: ignore[attr-defined]
    return _NOTHING if default is attrs.NOTHING else default


def _encoded(value: object) -> Any:
    """Plain values as they are, tuples as lists, everything else as an object that names its class."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, tuple):
        return [_encoded(one) for one in value]
    made = type(value)
    if _BY_NAME.get(made.__name__) is made:
        fields = {
            name: _encoded(inner)
            for name, default in _fields(made.__name__)
            if not ((inner := getattr(value, name)) == default and type(inner) is type(default))
        }
        return {"is": made.__name__, **({"of": fields} if fields else {})}
    return _special(value)


def _special(value: object) -> Any:
    if isinstance(value, Enum) and _ENUM_BY_NAME.get(type(value).__name__) is type(value):
        return {"is": type(value).__name__, "of": value.value}
    if isinstance(value, Mapping):
        return {"is": "map", "of": [[_encoded(key), _encoded(inner)] for key, inner in value.items()]}
    if isinstance(value, frozenset):
        return {"is": "set", "of": sorted((_encoded(one) for one in value), key=repr)}
    if isinstance(value, Decimal | Fraction):
        return {"is": type(value).__name__, "of": str(value)}
    if type(value) is dt.date:
        return {"is": "date", "of": value.isoformat()}
    raise StoreError(type(value).__name__)


def _decimal(written: object) -> Decimal:
    if not isinstance(written, str):
        raise StoreError("Decimal")
    try:
        return Decimal(written)
    except InvalidOperation as error:
        raise StoreError(written) from error


_SPECIAL: Mapping[str, Callable[[Any], object]] = {
    "map": lambda of: {_decoded(key): _decoded(inner) for key, inner in of},
    "set": lambda of: frozenset(map(_decoded, of)),
    "Decimal": _decimal,
    "Fraction": lambda of: Fraction(str(of)),
    "date": dt.date.fromisoformat,
}


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decoded(one) for one in value)
    if not isinstance(value, dict):
        return value
    name, of = value["is"], value.get("of", {})
    made = _BY_NAME.get(name)
    if made is not None:
        return made(**{key: _decoded(inner) for key, inner in of.items()})
    enum = _ENUM_BY_NAME.get(name)
    return enum(of) if enum is not None else _SPECIAL[name](of)
