"""Fields that mean nothing in the other programme, or something else: left out, and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from grantcalc.draft.fields import COVER_FIELDS, POSITION_FIELDS
from grantcalc.draft.model import Draft, Position, RiskAllowance
from grantcalc.rules.programme import Programme
from grantcalc.text import Message, Text
from grantcalc.translation.model import NotCarried, Part

NOT_USED = Message("Nothing in {programme} looks at this field.")
NOT_USED_POSTS = Message("Nothing in {programme} looks at this field of the posts (posts that state it: {times}).")
OTHER_SCALE = Message(
    "Steps and points belong to a document's own pay scale; those of {a} say nothing in {b} (posts that state it: "
    "{times})."
)

SCALE = ("step", "previous_step", "points")
"""What a post states by the pay scale of its document."""

_POSTS = "positions."


def leave_out(draft: Draft, a: Programme, b: Programme) -> tuple[Draft, tuple[NotCarried, ...]]:
    """The draft without what programme ``b`` has no use for though ``a`` had, and without another document's steps."""
    found: list[NotCarried] = []
    gone = b.unused - a.unused
    for spec in COVER_FIELDS:
        if spec.name in gone and _stated(draft, spec.name):
            reason = NOT_USED(programme=b.id)
            found.append(NotCarried(part=Part.FIELD, place=draft.place(spec.name), title=spec.header, reason=reason))
            draft = _without(draft, spec.name)
    names = {name.removeprefix(_POSTS) for name in gone if name.startswith(_POSTS)}
    scale = set(SCALE) if a.document != b.document else set()
    found += _of_posts(draft, names | scale, scale, a, b)
    return evolve(draft, positions=tuple(_bare(post, names | scale) for post in draft.positions)), tuple(found)


def _of_posts(draft: Draft, names: set[str], scale: set[str], a: Programme, b: Programme) -> Iterator[NotCarried]:
    for spec in POSITION_FIELDS:
        stating = [post for post in draft.positions if spec.name in names and _says(getattr(post, spec.name))]
        if stating:
            yield NotCarried(
                part=Part.FIELD,
                place=stating[0].origin.place(spec.name),
                title=spec.header,
                reason=_reason(spec.name in scale, len(stating), a, b),
            )


def _reason(is_scale: bool, times: int, a: Programme, b: Programme) -> Text:
    if is_scale:
        return OTHER_SCALE(a=a.id, b=b.id, times=times)
    return NOT_USED_POSTS(programme=b.id, times=times)


def _says(value: object) -> bool:
    return value not in (None, (), RiskAllowance.NONE)


def _bare(post: Position, names: set[str]) -> Position:
    changes: dict[str, Any] = {name: None for name in names if _says(getattr(post, name))}
    return evolve(post, **changes) if changes else post


def _stated(draft: Draft, name: str) -> bool:
    holder: Any = draft
    for part in name.split("."):
        holder = getattr(holder, part, None)
    return _says(holder)


def _without(draft: Draft, name: str) -> Draft:
    group, _, inner = name.rpartition(".")
    empty: dict[str, Any] = {inner: None}
    return evolve(draft, **({group: evolve(getattr(draft, group), **empty)} if group else empty))
