"""A draft of one programme put into the terms of another, and all that could not be put so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen

from grantcalc.draft.model import Draft, Fund
from grantcalc.finding import Place
from grantcalc.rules.programme import Programme
from grantcalc.text import Text, Value


class Part(Enum):
    """What of a draft is spoken of."""

    POST = "post"
    LINE = "line"
    FIELD = "field"
    TOTAL = "total"


@frozen(kw_only=True)
class NotCarried:
    """What the other programme has no place for, and why: nothing there judges it, a person must look.

    ``amounts``: the dollars of a row or post, by who pays them; ``uncounted``: paths of those not known.
    """

    part: Part
    place: Place
    title: Value
    reason: Text
    amounts: Mapping[Fund, int] = field(factory=dict)
    uncounted: tuple[str, ...] = ()


@frozen(kw_only=True)
class Remark:
    """A choice that was made, or a value that was changed, on the way; at its place in the user's file."""

    place: Place
    message: Text


@frozen(kw_only=True)
class Pair:
    """The code of a row or post, and the one it got."""

    before: str | None
    after: str | None


@frozen(kw_only=True)
class Translated:
    """The draft as one of programme ``b``; its rows keep the places they have in the user's file.

    ``years``: by how many years every date was moved. ``pairs``: the codes of what was carried, by row or post.
    """

    a: Programme
    b: Programme
    draft: Draft
    years: int
    pairs: Mapping[str, Pair]
    not_carried: tuple[NotCarried, ...] = ()
    remarks: tuple[Remark, ...] = ()
