"""What earlier runs wrote: so that a finished run is not done again, and nothing a person filled in is written over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any

from attrs import frozen

from grantcalc.review.cache import Cache, digest

FORMAT = 1


class Standing(Enum):
    """What stands where an output goes."""

    NOTHING = "nothing"
    OWN = "own"
    """What the program wrote there, as it wrote it."""
    CARRYING = "carrying"
    """The same, with amounts in it that a person typed and that were carried over."""
    CHANGED = "changed"
    """What the program wrote there, changed since."""
    FOREIGN = "foreign"
    """A file that the program did not write."""


@frozen(kw_only=True)
class Finished:
    """A finished run: its exit code, and what it printed."""

    code: int
    shown: Any


def standing(cache: Cache, path: Path) -> Standing:
    """What stands at ``path``."""
    if not path.exists():
        return Standing.NOTHING
    known = _loaded(cache, cache.written(path))
    if known is None:
        return Standing.FOREIGN
    if known.get("digest") != _digest(path):
        return Standing.CHANGED
    return Standing.CARRYING if known.get("carries") else Standing.OWN


def finished(cache: Cache, name: str) -> Finished | None:
    """The run of that name, where all its outputs stand as it wrote them; ``None`` where it has to be done."""
    known = _loaded(cache, cache.run(name))
    if known is None or any(_digest(Path(path)) != found for path, found in known["outputs"].items()):
        return None
    return Finished(code=known["code"], shown=known["shown"])


def carried_from(cache: Cache, path: Path) -> str:
    """The file whose amounts were carried over into this one; empty where there is none."""
    known = _loaded(cache, cache.written(path))
    return "" if known is None else str(known.get("carries", ""))


def note_written(cache: Cache, path: Path, *, carries: str = "") -> None:
    """Remember that the program wrote this file, as it stands now; ``carries``: with amounts typed into that file."""
    cache.keep(cache.written(path), _dumped({"digest": _digest(path), "carries": carries}))


def note_run(cache: Cache, name: str, done: Finished, written: Iterable[Path]) -> None:
    """Remember a finished run with every file that it wrote."""
    outputs = {str(path.absolute()): _digest(path) for path in written}
    cache.keep(cache.run(name), _dumped({"outputs": outputs, "code": done.code, "shown": done.shown}))


def _digest(path: Path) -> str | None:
    try:
        return digest(path)
    except OSError:
        return None


def _dumped(value: dict[str, Any]) -> bytes:
    text = json.dumps({"format": FORMAT, **value}, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def _loaded(cache: Cache, path: Path) -> Any:
    """What was noted down there in this form; ``None`` where that is nothing."""
    kept = cache.known(path)
    found = None if kept is None else json.loads(kept.decode("utf-8", "surrogatepass"))
    return found if found is not None and found["format"] == FORMAT else None
