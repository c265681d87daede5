"""What a process that parses untrusted files sends, unpickled from a closed list of classes: values, never code."""

from __future__ import annotations

import datetime as dt
import io
import pickle
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from grantcalc.draft.choices import Form
from grantcalc.draft.model import Problem
from grantcalc.finding import Place
from grantcalc.reading.book import Book
from grantcalc.reading.formulas import Scan
from grantcalc.reading.grid import Grid
from grantcalc.reading.plain import Keys, Plain
from grantcalc.text import Bilingual, Joined, Measure, Percent, Text
from grantcalc.units import Unit

_CLASSES: tuple[type, ...] = (
    *(dt.date, dt.datetime, dt.time, dt.timedelta, dt.timezone, Decimal, Fraction),
    *(Form, Problem, Place, Book, Scan, Grid, Keys, Plain),
    *(Bilingual, Joined, Measure, Percent, Text, Unit),
)
_BY_NAME = {(made.__module__, made.__name__): made for made in _CLASSES}


def loaded(sent: bytes) -> Any:
    """The value in these bytes; :class:`pickle.UnpicklingError` where anything else than values is in them."""
    return _Values(io.BytesIO(sent)).load()


class _Values(pickle.Unpickler):
    """Unpickles plain values and the classes of a reading, nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of the list."""
        if (module, name) == ("builtins", "getattr"):
            return _member  # how some versions of Python pickle members of an Enum
        if (module, name) not in _BY_NAME:
            raise pickle.UnpicklingError(module)
        return _BY_NAME[module, name]


def _member(kind: object, name: str) -> Enum:
    if not (isinstance(kind, type) and issubclass(kind, Enum)):
        raise pickle.UnpicklingError(name)
    return kind[name]
