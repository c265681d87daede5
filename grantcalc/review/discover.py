"""Which files below the folders are drafts: sorted, each once; every other file is told with the reason."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

from grantcalc.reading.identity import Masker
from grantcalc.review.model import LeftOut
from grantcalc.text import Message, Text

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".json", ".toml"})
"""Endings of the forms that are read."""

LOCK_FILE = Message("It is the lock file of a program that has a workbook open.")
HIDDEN = Message("It is hidden.")
LINK = Message("It is a link; links in a folder are not followed.")
NOT_A_FILE = Message("It is neither a file nor a folder.")
NO_ACCESS = Message("The folder cannot be opened: {reason}.")
OTHER_TYPE = Message("It is no form of a draft that is read ({suffix}); read are: {known}.")
OWN_OUTPUT = Message("This program wrote it. To check it all the same, give the file itself, or give it another name.")
OUTPUT = Message("It lies in the folder for the marked copies, and this program did not write it.")
GIVEN_FOR_READING = Message("It is given as --map or --second-from.")
GIVEN_AGAIN = Message("It is given more than once; it is checked once.")

_LOCKS = ("~$", ".~lock.")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@frozen(kw_only=True)
class Draft:
    """A file to read: where it is, and the name that people see, unlike those of all others."""

    path: Path
    file: str


@frozen(kw_only=True)
class Found:
    """What the folders hold."""

    drafts: tuple[Draft, ...]
    left_out: tuple[LeftOut, ...]


@frozen
class _Entry:
    """A file below ``root``, or what keeps it from being read."""

    root: Path
    path: Path
    reason: Text | None = None
    is_closed: bool = False
    """A folder that cannot be opened."""

    @property
    def name(self) -> str:
        """The path below the folder; of a file that was given itself, its name."""
        return self.path.name if self.path == self.root else self.path.relative_to(self.root).as_posix()


@frozen(kw_only=True)
class Ours:
    """What the program has to do with files: none of them is a draft of a folder.

    ``outputs`` are files that this run writes, and folders of such; ``cache`` is the folder of the readings that are
    kept; ``wrote`` tells what earlier runs wrote; ``maps`` are files given for reading the others.
    """

    outputs: Collection[Path] = ()
    maps: Collection[Path] = ()
    cache: Path | None = None
    wrote: Callable[[Path], bool] = lambda _: False


def discover(given: Sequence[Path], ours: Ours | None = None, *, with_folder: bool = False) -> Found:
    """Every draft in the folders ``given`` (a file may be given, too) and below, in the order of names.

    Links are never followed. What this run itself writes is not told: a second run finds what the first one found.
    ``with_folder`` puts the folder's own name before the names.
    """
    ours = ours or Ours()
    outputs, maps = _resolved(ours.outputs), _resolved(ours.maps)
    hidden = _resolved([ours.cache] if ours.cache else ())
    entries: list[_Entry] = []
    seen: set[Path] = set()
    for root in given:
        for entry in sorted(_below(root, hidden), key=lambda one: one.path.relative_to(root).parts):
            real = _real(entry.path)
            inside = real in outputs or not outputs.isdisjoint(real.parents)
            if inside and (real in outputs or ours.wrote(real)):
                continue
            reason = entry.reason or _reason(real, seen, maps) or (OUTPUT() if inside else _unread_type(entry))
            if reason is None and entry.path != root and ours.wrote(real):
                reason = OWN_OUTPUT()
            if entry.reason is None:
                seen.add(real)
            entries.append(evolve(entry, reason=reason))
    return _found(entries, with_folder=with_folder)


def _found(entries: Sequence[_Entry], *, with_folder: bool) -> Found:
    named = list(zip(entries, _names(entries, with_folder=with_folder), strict=True))
    return Found(
        drafts=tuple(Draft(path=one.path.absolute(), file=name) for one, name in named if one.reason is None),
        left_out=tuple(
            LeftOut(file=name, reason=one.reason, may_hold_drafts=one.is_closed)
            for one, name in named
            if one.reason is not None
        ),
    )


def _below(root: Path, hidden: Collection[Path]) -> Iterator[_Entry]:
    """Everything below a folder, without what hidden folders and links hold."""
    if not root.is_dir():
        yield _Entry(root, root)
        return
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as found:
                inside = list(found)
        except OSError as error:
            yield _Entry(root, folder, NO_ACCESS(reason=error.strerror or str(error)), is_closed=True)
            continue
        for one in inside:
            path = folder / one.name
            reason = _refused(one)
            if reason is None and one.is_dir(follow_symlinks=False):
                if _real(path) not in hidden:
                    folders.append(path)
            else:
                yield _Entry(root, path, reason)


def _refused(entry: os.DirEntry[str]) -> Text | None:
    name = entry.name
    if name.startswith(_LOCKS):
        return LOCK_FILE()
    if name.startswith(".") or name.casefold() in _SYSTEM:
        return HIDDEN()
    if entry.is_symlink():
        return LINK()
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError:  # gone since the folder was listed
        return NOT_A_FILE()
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else NOT_A_FILE()


def _reason(real: Path, seen: set[Path], maps: set[Path]) -> Text | None:
    if real in seen:
        return GIVEN_AGAIN()
    return GIVEN_FOR_READING() if real in maps else None


def _unread_type(entry: _Entry) -> Text | None:
    """Files of other types lie beside drafts and are told; one that was given itself is read, whatever it is."""
    if entry.path == entry.root or entry.path.suffix.lower() in SUFFIXES:
        return None
    known = ", ".join(sorted(SUFFIXES))
    return OTHER_TYPE(suffix=plain(entry.path.suffix) or "–", known=known)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _resolved(paths: Iterable[Path]) -> set[Path]:
    return {_real(path) for path in paths}


def _names(entries: Sequence[_Entry], *, with_folder: bool) -> list[str]:
    """Short names; where two are alike, with their folder, or the whole path; numbered where that does not help."""
    names = [plain(_with_folder(entry) if with_folder else entry.name) for entry in entries]
    for longer in ([_with_folder(entry) for entry in entries], [str(entry.path) for entry in entries]):
        shown = list(map(plain, longer))
        often, helps = Counter(names), Counter(shown)
        names = [
            long if often[name] > 1 and helps[long] == 1 else name for long, name in zip(shown, names, strict=True)
        ]
    seen = Counter[str]()
    for at, name in enumerate(names):
        seen[name] += 1
        names[at] = f"{name} ({seen[name]})" if seen[name] > 1 else name
    return names


def _with_folder(entry: _Entry) -> str:
    return f"{entry.root.absolute().name}/{entry.name}" if entry.path != entry.root else str(entry.path)


def plain(name: str) -> str:
    """A file's name as a text may hold it: no control characters, no bytes that are no text, no identity numbers."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return Masker().text("".join(letter if letter.isprintable() else "�" for letter in text))
