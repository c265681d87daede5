"""What is kept is taken back only as it was kept, under its own name, by who knows the secret; and nothing hangs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grantcalc.review.cache import Cache, CacheError, program_digest, put, take
from grantcalc.tabledata import Tables

SECRET = b"s" * 32


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    put(tmp_path / "one", b"data", SECRET)
    assert take(tmp_path / "one", SECRET) == b"data"
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.parametrize("data", [b"", b"x", b"data" * 20, b"\0" * 1000])
def test_what_somebody_else_puts_there_is_not_taken(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "one").write_bytes(data)
    assert take(tmp_path / "one", SECRET) is None


def test_one_secret_or_name_does_not_open_another(tmp_path: Path) -> None:
    put(tmp_path / "one", b"data", SECRET)
    (tmp_path / "one").rename(tmp_path / "two")
    assert take(tmp_path / "two", SECRET) is None
    put(tmp_path / "one", b"data", b"t" * 32)
    assert take(tmp_path / "one", SECRET) is None


@pytest.mark.skipif(os.name != "posix", reason="files of other kinds")
def test_nothing_but_files_of_a_sensible_size_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    with (tmp_path / "huge").open("wb") as stream:
        stream.truncate(1 << 40)
    for name in ("pipe", "link", "folder", "huge", "missing"):
        assert take(tmp_path / name, SECRET) is None


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_folder_that_everybody_may_write_into_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(CacheError):
        Cache(folder).open()


def test_a_planted_note_makes_no_file_one_of_the_program(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache").open()
    cache.written(tmp_path / "draft.xlsx").write_text('{"format": 1, "digest": null}')
    assert not cache.wrote(tmp_path / "draft.xlsx")


def test_the_program_is_another_when_a_table_changes(tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "tables"
    shutil.copytree(Tables().directory, copy)
    before = program_digest(copy)
    assert program_digest(copy) == before == program_digest(Tables().directory)
    table = copy / "common/across_parameters.csv"
    table.write_text(table.read_text("utf-8").replace("outlier-drafts,5", "outlier-drafts,6"), "utf-8")
    assert program_digest(copy) != before
