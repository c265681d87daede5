"""Planned numbers of a draft's cover (封面: 案量) as rules name them: by the path of the field."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from grantcalc.draft.fields import COVER_FIELDS
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.text import Bilingual

_HEADERS: Final = {spec.name: spec.header for spec in COVER_FIELDS}


def header(field: str) -> Bilingual:
    """What the form calls the field."""
    return _HEADERS[field]


def planned(context: Context, field: str) -> Number | None:
    """The number the cover states for ``caseload.…``; ``None`` where it states none."""
    found: Number | None = attrgetter(field)(context.draft)
    return found


def is_unread(context: Context, field: str) -> bool:
    """True where the cover says something there that could not be read."""
    path = context.draft.place(field).path
    return any(problem.place.path == path for problem in context.reading.problems)
