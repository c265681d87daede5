"""What a JSON or TOML file holds, before any of it is a draft: kept within bounds, identity numbers masked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from grantcalc.reading.identity import Masker
from grantcalc.reading.limits import Limits
from grantcalc.reading.problems import refuse
from grantcalc.text import Message

TOO_DEEP = Message("The file nests too many levels; a draft has five at most.")
UNNEST = Message("Remove the superfluous brackets.")
TOO_LONG_LIST = Message("A list in the file has {found} entries; expected at most {limit}, the limit of --max-rows.")
SHORTER_LIST = Message("Split the draft, or allow more with --max-rows.")
TOO_MANY_KEYS = Message("An object in the file has {found} keys; expected at most {limit}.")
FEWER_KEYS = Message("Remove the keys that do not belong to a draft.")

_DEEPEST = 40
_MOST_KEYS = 500


class Keys(dict[str, object]):
    """A JSON object that remembers keys given more than once."""

    repeated: tuple[str, ...] = ()


@frozen
class Plain:
    """The content of a file, and by the number of a post what stands for the identity numbers in it."""

    root: Any
    identities: Mapping[int, str]


def plain(root: object, file: str, limits: Limits, salt: bytes) -> Plain:
    """The content within its bounds (:class:`Unreadable` beyond them), masked."""
    _check(root, file, limits)
    masker = Masker(salt)
    return Plain(_masked(root, masker), _identities(root, masker) if salt else {})


def _check(root: object, file: str, limits: Limits) -> None:
    """Depth, lengths of lists, numbers of keys; level by level, as a recursion would end before a hostile file."""
    level: list[object] = [root]
    for _ in range(_DEEPEST):
        inner: list[object] = []
        for found in level:
            if isinstance(found, dict):
                if len(found) > _MOST_KEYS:
                    raise refuse(file, TOO_MANY_KEYS(found=len(found), limit=_MOST_KEYS), FEWER_KEYS())
                inner += [value for value in found.values() if isinstance(value, dict | list)]
            elif isinstance(found, list):
                if len(found) > limits.rows:
                    raise refuse(file, TOO_LONG_LIST(found=len(found), limit=limits.rows), SHORTER_LIST())
                inner += [value for value in found if isinstance(value, dict | list)]
        if not inner:
            return
        level = inner
    raise refuse(file, TOO_DEEP(), UNNEST())


def _masked(found: Any, masker: Masker) -> Any:
    if isinstance(found, str):
        return masker.text(found)
    if isinstance(found, list):
        return [_masked(inner, masker) for inner in found]
    if isinstance(found, dict):
        made = Keys({masker.text(key): _masked(inner, masker) for key, inner in found.items()})
        if isinstance(found, Keys) and found.repeated:
            made.repeated = tuple(masker.text(key) for key in found.repeated)
        return made
    return found


def _identities(root: object, masker: Masker) -> dict[int, str]:
    posts = root.get("positions") if isinstance(root, dict) else None
    found = {}
    for number, post in enumerate(posts if isinstance(posts, list) else ()):
        texts: list[str] = []
        _gather(post, texts)
        hashes = dict.fromkeys(one for text in texts for one in masker.stands_for(text).split())
        if hashes:
            found[number] = " ".join(hashes)
    return found


def _gather(found: object, texts: list[str]) -> None:
    if isinstance(found, str):
        texts.append(found)
    elif isinstance(found, dict | list):
        for inner in found.values() if isinstance(found, dict) else found:
            _gather(inner, texts)
