"""What a review is to do: its files with their digests, and one name for all that its result depends on."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from grantcalc.review.cache import Cache, digest, key, program_digest
from grantcalc.review.discover import Draft, Ours, discover
from grantcalc.review.jobs import Workers
from grantcalc.review.model import LeftOut

if TYPE_CHECKING:  # a run that has nothing to do loads no rules
    from grantcalc.reading.options import ReadOptions
    from grantcalc.rules.context import Options


@frozen(kw_only=True)
class Planned:
    """A file to read, with ``sha256:…`` of its bytes; empty where it is too large to read or cannot be opened."""

    draft: Draft
    digest: str


@frozen(kw_only=True)
class Wish:
    """What the user asks for."""

    given: tuple[Path, ...]
    earlier: tuple[Path, ...] = ()
    outputs: tuple[Path, ...] = ()
    """Files and folders that this run writes."""
    maps: tuple[Path, ...] = ()
    reading: ReadOptions
    options: Options
    tables: Path | None = None
    workers: Workers
    cache: Cache
    fresh: bool = False


@frozen(kw_only=True)
class Plan:
    """A wish with everything known of the files before any is read."""

    wish: Wish
    drafts: tuple[Planned, ...]
    earlier: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]
    program: str
    """Stands for the program and its tables as they are installed."""

    @cached_property
    def fingerprint(self) -> str:
        """One name for everything the result depends on, the outputs aside."""
        wish = self.wish
        return key(
            (
                self.program,
                repr(wish.reading),
                repr(wish.options),
                *(str(path.absolute()) for path in (*wish.given, Path("--"), *wish.earlier)),
                *(text for one in (*self.drafts, *self.earlier) for text in (str(one.draft.path), one.digest)),
                *(one.file for one in self.left_out),
            )
        )

    def kept(self, planned: Planned) -> Path | None:
        """Where the reading of a file is kept; nowhere where its bytes are not known, or another machine reads it."""
        if not planned.digest or not self.wish.workers.local:
            return None
        path = str(planned.draft.path)  # a county and a programme may be read from its folders' names
        return self.wish.cache.readings / key((self.program, repr(self.wish.reading), path, planned.digest))


def plan(wish: Wish) -> Plan:
    """Look for the drafts and take their digests; none of them is read."""
    from grantcalc.tabledata import Tables

    largest = wish.reading.limits.file_bytes
    ours = Ours(outputs=wish.outputs, maps=wish.maps, cache=wish.cache.folder, wrote=wish.cache.wrote)
    now, earlier = discover(wish.given, ours), discover(wish.earlier, ours, with_folder=True)
    return Plan(
        wish=wish,
        drafts=tuple(_planned(draft, largest) for draft in now.drafts),
        earlier=tuple(_planned(draft, largest) for draft in earlier.drafts),
        left_out=(*now.left_out, *earlier.left_out),
        program=program_digest(wish.tables or Tables().directory),
    )


def _planned(draft: Draft, largest: int) -> Planned:
    try:
        found = digest(draft.path) if draft.path.stat().st_size <= largest else ""
    except OSError:
        found = ""
    return Planned(draft=draft, digest=found)
