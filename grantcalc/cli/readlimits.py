"""Options on how files are read: limits, and what a county's own sheets leave unsaid, as one parameter."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from grantcalc.cli.sheetoptions import sheet_options, with_sheets
from grantcalc.cli.values import Whole
from grantcalc.cli.words import option
from grantcalc.text import Message

if TYPE_CHECKING:
    from grantcalc.reading.options import ReadOptions

FILE_HELP = Message("Refuse files larger than this many megabytes (default: 25).")
EXPANDED_HELP = Message("Refuse files that unpack to more than this many megabytes (default: 200).")
ROWS_HELP = Message("Refuse sheets with more rows that hold something (default: 100,000).")
SECONDS_HELP = Message("Give a file up that takes more seconds to read (default: 30).")

_MOST_MEGABYTES = 4096
_MOST_ROWS = 1_048_576
_MOST_SECONDS = 3600
_SALT_BYTES = 32

F = TypeVar("F", bound=Callable[..., object])


def reading_options(function: F) -> F:
    """``--max-file-mb`` and the other limits, ``--map``, ``--programme``, ``--county``: one parameter ``reading``.

    Its salt is new in every run: what stands for identity numbers can be compared inside the run only.
    """

    @functools.wraps(function)
    def command(
        *args: object,
        max_file_mb: int | None,
        max_expanded_mb: int | None,
        max_rows: int | None,
        max_seconds: int | None,
        maps: tuple[Path, ...],
        programme_id: str | None,
        county_name: str | None,
        **others: object,
    ) -> object:
        options = _options(max_file_mb, max_expanded_mb, max_rows, max_seconds)
        return function(*args, reading=with_sheets(options, maps, programme_id, county_name), **others)

    decorated: Callable[..., object] = command
    for name, most, text in (
        ("--max-seconds", _MOST_SECONDS, SECONDS_HELP),
        ("--max-rows", _MOST_ROWS, ROWS_HELP),
        ("--max-expanded-mb", _MOST_MEGABYTES, EXPANDED_HELP),
        ("--max-file-mb", _MOST_MEGABYTES, FILE_HELP),
    ):
        decorated = option(name, type=Whole(least=1, most=most), default=None, text=text)(decorated)
    return sheet_options(decorated)  # type: ignore[return-value]  # click keeps the function it decorates


def _options(file: int | None, expanded: int | None, rows: int | None, seconds: int | None) -> ReadOptions:
    import secrets

    from attrs import evolve

    from grantcalc.reading.limits import DEFAULT_LIMITS, MEGABYTE
    from grantcalc.reading.options import ReadOptions

    given = {
        "file_bytes": None if file is None else file * MEGABYTE,
        "expanded_bytes": None if expanded is None else expanded * MEGABYTE,
        "rows": rows,
        "seconds": seconds,
    }
    limits = evolve(DEFAULT_LIMITS, **{name: value for name, value in given.items() if value is not None})
    return ReadOptions(limits=limits, salt=secrets.token_bytes(_SALT_BYTES))
