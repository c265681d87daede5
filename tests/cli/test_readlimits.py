"""The limits of reading are options with defaults, and what goes beyond them names its option."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from grantcalc.cli import main
from grantcalc.cli.readlimits import EXPANDED_HELP, FILE_HELP, ROWS_HELP, SECONDS_HELP, reading_options
from grantcalc.reading import ReadOptions
from grantcalc.reading.limits import DEFAULT_LIMITS, MEGABYTE
from tests.hostile.make import with_sheet, worksheet
from tests.hostile.sheets import Sheet, xlsx


def run(*arguments: str) -> Any:
    """The command line, in English."""
    return CliRunner().invoke(main, ["--lang", "en", *arguments])


def given(*arguments: str) -> ReadOptions:
    """What a command gets."""
    found: list[ReadOptions] = []

    @click.command()
    @reading_options
    def command(reading: ReadOptions) -> None:
        found.append(reading)

    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return found[0]


def test_defaults_and_what_the_help_says_of_them() -> None:
    assert given().limits == DEFAULT_LIMITS
    for text, default in (
        (FILE_HELP, DEFAULT_LIMITS.file_bytes // MEGABYTE),
        (EXPANDED_HELP, DEFAULT_LIMITS.expanded_bytes // MEGABYTE),
        (ROWS_HELP, DEFAULT_LIMITS.rows),
        (SECONDS_HELP, DEFAULT_LIMITS.seconds),
    ):
        assert f"(default: {default:,})" in text.template


def test_every_limit_can_be_set() -> None:
    limits = given("--max-file-mb", "1", "--max-expanded-mb", "2", "--max-rows", "3,000", "--max-seconds", "4").limits
    assert (limits.file_bytes, limits.expanded_bytes) == (MEGABYTE, 2 * MEGABYTE)
    assert (limits.rows, limits.seconds) == (3000, 4)


def test_every_run_has_a_salt_of_its_own() -> None:
    first, second = given(), given()
    assert len(first.salt) >= 16
    assert first.salt != second.salt


@pytest.mark.parametrize(
    ("option", "value", "data"),
    [
        ("--max-rows", "2", xlsx([Sheet("經費", [["項目"], ["甲"], ["乙"]])])),
        ("--max-expanded-mb", "1", with_sheet(worksheet(" " * 2 * MEGABYTE))),
        ("--max-file-mb", "1", b"x" * 2 * MEGABYTE),
    ],
)
def test_what_goes_beyond_a_limit_names_its_option(option: str, value: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "draft.xlsx"
    path.write_bytes(data)
    result = run("check", option, value, str(path))
    assert result.exit_code == 2
    assert "draft.xlsx" in result.stderr
    assert option in result.stderr


def test_a_broken_file_does_not_stop_the_others(
    example: dict[str, Any], book: Callable[..., Path], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    result = run("check", str(bad), str(book(example)))
    assert result.exit_code == 2
    assert "bad.xlsx: The workbook is damaged" in result.stderr
    assert "draft.xlsx" in result.stdout
