"""``check --minimum-own-ratio`` takes a share from 0 to below 1, as a number or in percent."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

DRAFT = str(Path(__file__).parents[2] / "examples" / "dapc-113" / "compliant.json")


@pytest.mark.parametrize("written", ["1", "15", "100%", "-0.1", "NaN", "ten"])
def test_what_is_no_share_is_refused(written: str, run: Run) -> None:
    result = run("check", DRAFT, "--minimum-own-ratio", written)
    assert result.exit_code == 2
    assert f"“{written}” is no ratio; write a share from 0 to below 1" in result.stderr


@pytest.mark.parametrize("written", ["0", "0.01", "1%"])
def test_a_share_is_used(written: str, run: Run) -> None:
    assert run("check", DRAFT, "--minimum-own-ratio", written).exit_code == 0
