"""Writing files so that a reader never sees half of one, and an input is never written over."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def moved_into_place(target: Path) -> Iterator[Path]:
    """A temporary path beside ``target`` to write to; it takes the target's place when all went well."""
    handle, name = tempfile.mkstemp(prefix=".grantcalc-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
