"""Broken and hostile files end in a clear refusal or as harmless text: within limits, without a crash or a leak."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from grantcalc.reading import ReadOptions, Unreadable, open_book, read, told
from grantcalc.rules.library import Library
from grantcalc.text import Language
from tests.hostile.make import PLAIN, Hostile, corpus
from tests.hostile.sheets import Sheet
from tests.hostile.writers import WRITERS

PATIENCE = 20


@pytest.mark.parametrize("hostile", tuple(corpus()), ids=lambda hostile: hostile.name)
def test_hostile_files(hostile: Hostile, tmp_path: Path, library: Library, english: Language) -> None:
    path = tmp_path / hostile.name
    path.write_bytes(hostile.make())
    options = ReadOptions(limits=hostile.limits)
    started = time.monotonic()
    if hostile.said is None:
        assert open_book(path, options).names
        return
    with pytest.raises(Unreadable) as caught:
        read(path, library, options)
    assert time.monotonic() - started < PATIENCE
    first = caught.value.problems[0]
    assert english(first.message).startswith(hostile.said)
    assert all(english(told(problem, hostile.name)).isprintable() for problem in caught.value.problems)


TEXTS = [
    '=HYPERLINK("https://example.org";"x")',
    "<script>alert(1)</script>",
    "{0.__class__}",
    "%s%n",
    "+1+cmd|' /C calc'!A0",
    "a\u202eb",
]


@pytest.mark.parametrize("ending", WRITERS)
def test_texts_that_would_be_code_elsewhere_stay_texts(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"texts{ending}"
    path.write_bytes(WRITERS[ending]((Sheet("經費", [[text] for text in TEXTS]),)))
    assert [row[0] for row in open_book(path).grids["經費"].rows] == TEXTS


@pytest.mark.parametrize("ending", WRITERS)
def test_files_cut_off_anywhere(ending: str, tmp_path: Path, library: Library) -> None:
    whole = WRITERS[ending](PLAIN)
    path = tmp_path / f"cut{ending}"
    for part in range(1, 12):
        path.write_bytes(whole[: len(whole) * part // 12])
        with pytest.raises(Unreadable) as caught:
            read(path, library)
        assert caught.value.problems
