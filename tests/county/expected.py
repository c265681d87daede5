"""The layouts of examples/county-sheets beside what a person read from them, and how far a reading agrees.

The expected readings are written by hand from looking at the sheets. What a row leaves out there must not be read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from attrs import Factory, define, frozen

from grantcalc.draft.model import Details, Draft, Fund, Line, Position, Reading
from grantcalc.finding import Place
from grantcalc.reading import read
from grantcalc.reading.county.mapfile import load_map
from grantcalc.reading.options import ReadOptions
from grantcalc.rules.library import Library

SHEETS = Path(__file__).resolve().parents[2] / "examples" / "county-sheets"
SALT = b"county-sheets"
_COVER = ("programme", "county", "applicant", "applicant_kind", "filed_on", "start", "end", "subsidy", "own")
_POSITION = (
    "role",
    "person",
    "education",
    "step",
    "points",
    "hired_on",
    "start",
    "end",
    "count",
    "fund",
    "monthly_pay",
    "months",
    "pay_amount",
    "own_monthly_pay",
    "regional_allowance",
    "allowance_amount",
    "employer_insurance",
    "insurance_amount",
    "own_insurance",
    "identity",
    "cell",
)
_DETAILS = ("km", "place", "person", "lecturer", "travel", "date", "manuscript")
_LINE = ("category", "item", "price", "quantities", "amount", "fund", *_DETAILS, "cell")
_DEFAULTS: Mapping[str, object] = {"fund": Fund.SUBSIDY.value, "quantities": [], "identity": False}


@frozen(kw_only=True)
class Layout:
    """One sheet of a county with its expected reading."""

    name: str
    file: Path
    expected: Mapping[str, Any]

    @property
    def options(self) -> ReadOptions:
        """What the user says when reading it."""
        maps = tuple(load_map(self.file.parent / name) for name in self.expected.get("maps", ()))
        return ReadOptions(maps=maps, programme=self.expected.get("option"), salt=SALT)

    def read(self, library: Library) -> Reading:
        """The sheet as the program reads it."""
        return read(self.file, library, self.options)


def layouts(folder: Path = SHEETS) -> list[Layout]:
    """Every layout, in the order of their names."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        expected = tomllib.loads(path.read_text(encoding="utf-8"))
        stem = expected.get("sheet_of", path.stem)
        files = [one for one in folder.glob(f"{stem}.*") if one.suffix not in {".toml", ".map"}]
        assert len(files) == 1, f"{path.name}: one sheet of that name, found {len(files)}"
        found.append(Layout(name=path.stem, file=files[0], expected=expected))
    return found


@define(kw_only=True)
class Score:
    """How far a reading agrees: counts of fields and rows, and every disagreement in words."""

    fields: int = 0
    right_fields: int = 0
    rows: int = 0
    right_rows: int = 0
    faults: list[str] = Factory(list)

    def add(self, other: Score) -> None:
        """Count another score in."""
        self.fields += other.fields
        self.right_fields += other.right_fields
        self.rows += other.rows
        self.right_rows += other.right_rows
        self.faults += other.faults


def compare(layout: Layout, reading: Reading, library: Library) -> Score:
    """Every expected field and row beside what was read; what was read beside the expected is a fault, too."""
    expected, draft = layout.expected, reading.draft
    score = Score()
    names = (*_COVER, "title") if "title" in expected["cover"] else _COVER
    _fields(score, "cover", expected["cover"], _cover(draft), names)
    totals = {**draft.totals.categories, "grand": draft.totals.grand}
    wanted = {**expected.get("categories", {}), "grand": expected.get("grand")}
    _fields(score, "totals", wanted, totals, tuple({**wanted, **totals}))
    home = {item.code: item.category for item in library.programme(draft.programme).items.values()}
    _rows(score, "line", expected.get("lines", ()), [(one, _line(one, home)) for one in draft.lines], _LINE)
    posts = [(one, _position(one)) for one in draft.positions]
    _rows(score, "position", expected.get("positions", ()), posts, _POSITION)
    return score


def _cover(draft: Draft) -> dict[str, object]:
    period = draft.period
    return {
        "programme": draft.programme,
        "county": draft.county,
        "applicant": draft.applicant,
        "applicant_kind": draft.applicant_kind,
        "title": draft.title,
        "filed_on": draft.filed_on,
        "start": period.start if period else None,
        "end": period.end if period else None,
        "subsidy": draft.funding.subsidy,
        "own": draft.funding.own,
    }


def _line(line: Line, home: Mapping[str, str]) -> dict[str, object]:
    details = {name: getattr(line.details, name) for name in _DETAILS}
    assert set(details) == {one.name for one in Details.__attrs_attrs__}  # type: ignore[attr-defined]
    return {
        **details,
        # A category that a sheet does not state may be that of the item.
        "category": None if line.category == home.get(line.item or "") else line.category,
        "stated_category": line.category,
        "item": line.item,
        "price": line.unit_price,
        "quantities": [f"{one.number} {one.unit.value}" for one in line.quantities],
        "amount": line.amount,
        "fund": line.fund,
        "cell": line.origin.place("amount").cell if line.amount is not None else None,
    }


def _position(post: Position) -> dict[str, object]:
    values = {name: getattr(post, name) for name in _POSITION if name not in {"cell", "identity"}}
    return {**values, "identity": post.identity is not None, "cell": post.origin.place("pay_amount").cell}


def _rows(
    score: Score,
    what: str,
    expected: Sequence[Mapping[str, Any]],
    found: Sequence[tuple[Line | Position, dict[str, object]]],
    names: tuple[str, ...],
) -> None:
    """Rows are paired by sheet and row, those of one row in their order."""
    left = list(found)
    for wanted in expected:
        pair = next((one for one in left if _is_of(one[0], wanted)), None)
        if pair is not None:
            left.remove(pair)
        before = len(score.faults)
        _fields(score, f"{what} of row {wanted['row']}", wanted, pair[1] if pair else {}, names)
        score.rows += 1
        score.right_rows += len(score.faults) == before
    score.faults += [f"{what} of row {row.origin.row} is not there: {row}" for row, _ in left]


def _is_of(row: Line | Position, wanted: Mapping[str, Any]) -> bool:
    return row.origin.row == wanted["row"] and wanted.get("sheet", row.origin.sheet) == row.origin.sheet


def _fields(
    score: Score, where: str, wanted: Mapping[str, Any], found: Mapping[str, object], names: tuple[str, ...]
) -> None:
    for name in names:
        default = _DEFAULTS.get(name)
        want, have = wanted.get(name, default), _plain(found.get(name, default))
        if name == "category" and want is not None:
            have = found.get("stated_category")
        stated = name in wanted and want is not None
        right = _agree(name, want, have) or (f"or_{name}" in wanted and have == wanted[f"or_{name}"])
        score.fields += stated
        score.right_fields += stated and right
        if not right:
            score.faults.append(f"{where}, {name}: expected {want!r}, read {have!r}")


def _agree(name: str, want: Any, have: object) -> bool:
    several = isinstance(want, list) and name != "quantities"
    return have in want if several else bool(have == want)


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def unsure(reading: Reading) -> Iterator[Place]:
    """The places that a person is asked to look at."""
    return (one.place for one in reading.recognitions if not one.sure)


def named(place: Place) -> set[str]:
    """The ways in which an expected reading may name a place: its cell, its sheet and cell, its path."""
    return {place.cell or "", f"{place.sheet}!{place.cell}", place.path}
