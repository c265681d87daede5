"""What is parsed before anybody asks for it is what would be parsed then, or nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from grantcalc.reading import ReadOptions, Unreadable, forks, open_book, plain_path, read
from grantcalc.reading.ahead import Ahead, Answered, ahead
from grantcalc.reading.forms import open_data
from grantcalc.reading.identity import Masker
from grantcalc.reading.limits import Limits
from grantcalc.rules.library import Library
from grantcalc.text import Language

PATIENT = 30
OPTIONS = ReadOptions(salt=b"salt")


def done(paths: list[Path], number: int, wanted: int) -> Mapping[Path, Answered]:
    """What is parsed when there is time for so many."""
    seconds, found = 0.2, dict[Path, Answered]()
    while len(found) < wanted and seconds < PATIENT:
        with ahead(paths, OPTIONS, number) as begun:
            time.sleep(seconds)
            found = dict(begun.parsed())
        seconds *= 2
    return found


def table(path: Path, price: int) -> Path:
    path.write_text(f"項目,單價,數量,金額\n個別心理諮商,{price},2,{2 * price}\n", encoding="utf-8")
    return path


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    return [table(tmp_path / f"{number}.csv", 1000 + number) for number in range(5)]


@pytest.mark.parametrize("number", [1, 3, 9])
def test_it_is_what_would_be_parsed_then(number: int, paths: list[Path]) -> None:
    found = done(paths, number, len(paths))
    assert set(found) == set(paths)
    for path, answered in found.items():
        file = plain_path(path).name
        wanted = (path.read_bytes(), file, OPTIONS.limits, OPTIONS.salt)
        assert answered.run(file, OPTIONS.limits, open_data, *wanted) == open_book(path, OPTIONS)


def test_a_refusal_is_told_when_it_is_asked_for(tmp_path: Path, library: Library, english: Language) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    answered = done([path], 1, 1)[path]
    with pytest.raises(Unreadable) as then:
        read(path, library, OPTIONS)
    with pytest.raises(Unreadable) as before:
        read(path, library, OPTIONS, answered.run)
    assert [english(one.message) for one in before.value.problems] == [
        english(one.message) for one in then.value.problems
    ]


def test_what_had_no_proper_end_is_done_again() -> None:
    assert Answered(b"nonsense").run("x", Limits(), Masker().text, "甲 A123456789") == "甲 A1********"


def test_neither_a_lacking_file_nor_a_draft_as_text_is_parsed(tmp_path: Path, paths: list[Path]) -> None:
    other = tmp_path / "draft.json"
    other.write_text("{}")
    assert set(done([tmp_path / "none.csv", other, paths[0]], 1, 1)) == {paths[0]}


def test_it_ends_with_the_block_whatever_is_left(paths: list[Path]) -> None:
    files = set(os.listdir("/proc/self/fd"))
    with ahead(paths * 1000, OPTIONS, 2):
        pass
    assert set(os.listdir("/proc/self/fd")) == files
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_nothing_is_done_without_forks_or_files(monkeypatch: pytest.MonkeyPatch, paths: list[Path]) -> None:
    with ahead([], OPTIONS, 2) as begun:
        assert begun == Ahead()
    with ahead(paths, OPTIONS, 0) as begun:
        assert begun == Ahead()
    monkeypatch.setattr(forks, "FORKS", False)
    with ahead(paths, OPTIONS, 2) as begun:
        assert begun == Ahead()


def test_no_more_processes_are_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch, paths: list[Path]) -> None:
    def refused() -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    with ahead(paths, OPTIONS, 2) as begun:
        assert begun == Ahead()
