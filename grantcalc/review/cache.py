"""Readings kept between runs, by what they depend on: the file's content and name, the rules, the options, the program.

They stand in the user's own cache folder, in files that nobody else can read, as JSON under a seal of the folder's
secret: what is broken, or put there by somebody else, is not taken. The secret is also the salt of the hashes that
stand for identity numbers, so that readings of two runs can be compared.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sysconfig import get_path

from attrs import frozen

from grantcalc.text import Message, Text

CANNOT_KEEP = Message("The cache folder {folder} cannot be written: {reason}. Choose another with --cache.")
OPEN_TO_ALL = Message("everybody may write into it")

NAME = "grantcalc"
KEPT_READINGS, KEPT_RUNS, KEPT_OUTPUTS = 5000, 500, 20_000
"""More are not kept: the oldest go."""
_SALT_BYTES = 32
_SEAL_BYTES = 32
_LARGEST = 256 * 1024 * 1024
"""Bytes of anything kept; more is none of it."""
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_BLOCK = 1024 * 1024


class CacheError(Exception):
    """The cache folder cannot be used; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text


def default_folder() -> Path:
    """The folder for such things of this user and this system."""
    from platformdirs import user_cache_path

    return user_cache_path(NAME, appauthor=False) / "review"


@frozen
class Cache:
    """One cache folder with readings, finished runs, their outputs, and the salt."""

    folder: Path

    def open(self) -> Cache:
        """Make the folders where they are not there; :class:`CacheError` where that cannot be."""
        with self._told():
            for folder in (self.folder, self.readings, self.runs, self.outputs):
                folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            is_open = os.name == "posix" and self.folder.stat().st_mode & stat.S_IWOTH
        if is_open:
            raise CacheError(CANNOT_KEEP(folder=str(self.folder), reason=OPEN_TO_ALL()))
        return self

    @property
    def readings(self) -> Path:
        """Where readings are kept."""
        return self.folder / "readings"

    @property
    def runs(self) -> Path:
        """Where finished runs are noted down."""
        return self.folder / "runs"

    @property
    def outputs(self) -> Path:
        """Where the files that were written are noted down."""
        return self.folder / "outputs"

    def run(self, name: str) -> Path:
        """Where a run is noted down."""
        return self.runs / name

    def written(self, path: Path) -> Path:
        """Where an output is noted down."""
        return self.outputs / key((os.path.realpath(path),))

    def wrote(self, path: Path) -> bool:
        """Whether the program ever wrote that file."""
        return self.known(self.written(path)) is not None

    def salt(self) -> bytes:
        """The secret of this folder; made at its first use."""
        path = self.folder / "salt"
        try:
            found = path.read_bytes()
        except OSError:
            found = b""
        if len(found) != _SALT_BYTES:
            found = secrets.token_bytes(_SALT_BYTES)
            with self._told():
                _write(path, found)
        return found

    def keep(self, path: Path, data: bytes) -> None:
        """Keep this under that name; :class:`CacheError` where that cannot be."""
        with self._told():
            put(path, data, self.salt())

    def known(self, path: Path) -> bytes | None:
        """What this folder keeps under that name; ``None`` where that is nothing, or not its own."""
        return take(path, self.salt())

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CacheError(CANNOT_KEEP(folder=str(self.folder), reason=error.strerror or str(error))) from error

    def prune(self) -> None:
        """Drop what is oldest beyond the numbers kept."""
        kept = ((self.readings, KEPT_READINGS), (self.runs, KEPT_RUNS), (self.outputs, KEPT_OUTPUTS))
        for folder, number in kept:
            with suppress(OSError):  # another run prunes, too
                for path in _oldest(folder, number):
                    path.unlink()


def put(path: Path, data: bytes, secret: bytes) -> None:
    """Keep data under a seal, whole or not at all, for this user only; :class:`OSError` where that cannot be."""
    _write(path, _seal(path, data, secret) + data)


def take(path: Path, secret: bytes) -> bytes | None:
    """What :func:`put` kept with that secret; ``None`` where there is nothing else."""
    try:
        known = path.lstat()
        if not stat.S_ISREG(known.st_mode) or known.st_size > _LARGEST:
            return None
        found = path.read_bytes()
        os.utime(path)  # used now: the last to go
    except OSError:
        return None
    seal, data = found[:_SEAL_BYTES], found[_SEAL_BYTES:]
    return data if hmac.compare_digest(seal, _seal(path, data, secret)) else None


def _seal(path: Path, data: bytes, secret: bytes) -> bytes:
    """What only who knows the secret can make, for these data under this name."""
    return hashlib.blake2b(path.name.encode() + data, key=secret, digest_size=_SEAL_BYTES, person=b"kept").digest()


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # which makes it private
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _oldest(folder: Path, number: int) -> Iterator[Path]:
    with os.scandir(folder) as found:
        entries = [(entry.stat().st_mtime_ns, entry.path) for entry in found]
    yield from (Path(path) for _, path in sorted(entries)[: max(0, len(entries) - number)])


def digest(path: Path) -> str:
    """``sha256:…`` of a file's bytes; :class:`OSError` where it cannot be read."""
    state = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            state.update(block)
    return f"sha256:{state.hexdigest()}"


def key(parts: Iterable[str]) -> str:
    """One name for all these texts, of letters and digits."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big") + data)
    return state.hexdigest()


def program_digest(tables: Path) -> str:
    """Stands for the program as it is installed and its tables: neither is loaded for it."""
    from grantcalc import __version__

    package, libraries = Path(__file__).parent.parent, Path(get_path("purelib"))
    parts = [__version__, sys.version, str(libraries.stat().st_mtime_ns)]  # as when a library was installed anew
    parts += (f"{name} {size} {changed}" for name, size, changed in _files(package))
    for name, _, _ in _files(tables, ".csv", ".toml"):
        parts += (name, hashlib.sha256((tables / name).read_bytes()).hexdigest())
    return key(parts)


def _files(folder: Path, *suffixes: str) -> list[tuple[str, int, int]]:
    """Name, size and time of change of every file below (with one of these endings), in order; none made by Python."""
    found, folders = [], [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders += [Path(entry.path)] if entry.name != "__pycache__" else []
                elif not suffixes or entry.name.endswith(suffixes):
                    known = entry.stat()
                    found.append((Path(entry.path).relative_to(folder).as_posix(), known.st_size, known.st_mtime_ns))
    return sorted(found)
