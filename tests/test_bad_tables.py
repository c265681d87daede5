"""Every malformed table is told with its file, row and column: ``bad_tables/<case>`` over ``bad_tables/base``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grantcalc.rules.library import Library
from grantcalc.tabledata import TableError, Tables
from grantcalc.text import Language, Tongue

BAD = Path(__file__).parent / "bad_tables"
CASES = sorted(path for path in BAD.iterdir() if path.name != "base")


def everything(directory: Path) -> None:
    """Read all there is."""
    library = Library(Tables(directory))
    list(library.tables.sources)
    for info in library.tables.infos():
        assert library.tables[info.id].rows
    assert library.programmes()


def test_the_base_is_sound() -> None:
    everything(BAD / "base")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_message(case: Path, tmp_path: Path) -> None:
    directory = tmp_path / "tables"
    shutil.copytree(BAD / "base", directory)
    shutil.copytree(case, directory, dirs_exist_ok=True)
    deleted = directory / "deleted.txt"
    for name in deleted.read_text(encoding="utf-8").split() if deleted.exists() else ():
        (directory / name).unlink()
    with pytest.raises(TableError) as caught:
        everything(directory)
    assert Language(Tongue.EN)(caught.value.text) == (case / "message.txt").read_text(encoding="utf-8").strip()


def test_files_with_the_mark_that_excel_writes_are_read(tmp_path: Path) -> None:
    directory = tmp_path / "tables"
    shutil.copytree(BAD / "base", directory)
    for path in [*directory.glob("**/*.csv"), *directory.glob("**/*.toml")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    everything(directory)
