"""The amounts of the rows add up to the report's own sums, whatever is wrong with a draft."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from grantcalc.checking import Report, check
from grantcalc.reading import read
from grantcalc.review.amounts import Amounts, amounts_of
from grantcalc.rules.library import Library

EXAMPLES = Path(__file__).parents[2] / "examples"
DRAFTS = sorted(EXAMPLES.glob("*/**/*.json"))
SHEETS = sorted(path for path in (EXAMPLES / "county-sheets").iterdir() if path.suffix in {".xlsx", ".ods", ".xls"})


def judged(path: Path, library: Library) -> tuple[Report, Amounts]:
    reading = read(path, library)
    report = check(reading, library.programme(reading.draft.programme), library.tables)
    return report, amounts_of(report)


def changed(example: str, change: Callable[[Any], None], folder: Path, library: Library) -> tuple[Report, Amounts]:
    raw = json.loads((EXAMPLES / example).read_text(encoding="utf-8"))
    change(raw)
    path = folder / "draft.json"
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    return judged(path, library)


@pytest.mark.parametrize("path", [*DRAFTS, *SHEETS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_rows_and_rest_are_the_sums_of_the_report(path: Path, library: Library) -> None:
    report, amounts = judged(path, library)
    assert sum(row.asked or 0 for row in amounts.rows) == report.asked
    assert sum(row.allowed or 0 for row in amounts.rows) - amounts.rest == report.allowed
    assert amounts.rest >= 0
    for row in amounts.rows:
        assert row.asked is None or 0 <= row.cut <= row.asked
        assert not row.cut or row.reasons or row.by_share


def test_a_cap_on_a_category_of_several_rows_is_no_single_rows(library: Library) -> None:
    report, amounts = judged(EXAMPLES / "dapc-113/faulty/allocation-operations.json", library)
    assert amounts.rest == report.asked - report.allowed == 54400
    assert [finding.rule for finding in amounts.rest_findings] == ["dapc-113/allocation-operations"]
    assert not any(row.cut for row in amounts.rows)


def test_a_cap_on_a_category_of_one_row_is_that_rows(library: Library) -> None:
    _, amounts = judged(EXAMPLES / "fsp-113/faulty/management-fee.json", library)
    (row,) = (row for row in amounts.rows if row.cut)
    assert (row.cut, amounts.rest, amounts.rest_findings) == (4836, 0, ())
    assert [finding.rule for finding in row.reasons] == ["fsp-113/management-fee"]


def test_a_share_that_passes_its_cap_only_once_others_are_lowered_is_told(library: Library) -> None:
    report, amounts = judged(EXAMPLES / "rsp-108-1a/faulty/case-manager-qualification.json", library)
    (row,) = (row for row in amounts.rows if row.by_share)
    assert (row.category, row.cut, row.reasons) == ("管理費", 765, ())
    assert sum(one.cut for one in amounts.rows) == report.asked - report.allowed


def test_a_row_whose_amount_is_unknown_stands_in_neither_sum(library: Library, tmp_path: Path) -> None:
    def empty(raw: Any) -> None:
        raw["lines"][2].update(amount=None, unit_price=None)

    report, amounts = changed("fsp-113/compliant.json", empty, tmp_path, library)
    (row,) = (row for row in amounts.rows if row.path == "lines[2]")
    assert (row.asked, row.allowed, row.cut) == (None, None, 0)
    assert "lines[2].amount" in report.uncounted
    assert sum(one.asked or 0 for one in amounts.rows) == report.asked
    assert sum(one.allowed or 0 for one in amounts.rows) - amounts.rest == report.allowed


def test_rows_of_own_funds_are_left_out(library: Library, tmp_path: Path) -> None:
    def own(raw: Any) -> None:
        raw["lines"][2]["fund"] = "own"

    _, amounts = changed("fsp-113/compliant.json", own, tmp_path, library)
    assert "lines[2]" not in [row.path for row in amounts.rows]


def test_what_is_known_of_a_post_is_counted_though_a_part_is_not(library: Library, tmp_path: Path) -> None:
    def half_known(raw: Any) -> None:
        raw["positions"][1].update(employer_insurance=1.5, insurance_amount=None)

    report, amounts = changed("fsp-113/compliant.json", half_known, tmp_path, library)
    assert "positions[1].insurance_amount" in report.uncounted
    (row,) = (row for row in amounts.rows if row.in_part)
    assert row.path == "positions[1]"
    assert row.asked
    assert amounts.rest == 0
    assert sum(one.asked or 0 for one in amounts.rows) == report.asked


def _spoil(raw: Any, rng: Random) -> None:
    """A few faults at random: numbers, funds, rows and fields."""
    for _ in range(rng.randint(1, 8)):
        row = rng.choice([*raw["lines"], *raw["positions"]])
        numbers = [name for name, value in row.items() if type(value) in {int, float}]
        what = rng.random()
        if what < 0.6 and numbers:
            name = rng.choice(numbers)
            row[name] = rng.choice([0, -row[name], row[name] * 10, row[name] + 1, row[name] // 2, 10**7])
        elif what < 0.7:
            raw["lines"].append(copy.deepcopy(rng.choice(raw["lines"])))
        elif what < 0.8:
            row["fund"] = rng.choice(["own", "subsidy"])
        else:
            row.pop(rng.choice(list(row)))


@pytest.mark.parametrize("seed", range(24))
def test_the_sums_hold_whatever_is_wrong(seed: int, library: Library, tmp_path: Path) -> None:
    rng = Random(seed)  # noqa: S311  # no secret
    drafts = [path for path in DRAFTS if {"positions", "lines"} <= json.loads(path.read_text(encoding="utf-8")).keys()]
    example = str(rng.choice(drafts).relative_to(EXAMPLES))
    report, amounts = changed(example, lambda raw: _spoil(raw, rng), tmp_path, library)
    assert sum(row.asked or 0 for row in amounts.rows) == report.asked
    assert sum(row.allowed or 0 for row in amounts.rows) - amounts.rest == report.allowed
    assert amounts.rest >= 0
    assert all((row.allowed or 0) >= 0 for row in amounts.rows)
