"""Maps: what they fix, and every slip in one told with its key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from grantcalc.draft.choices import ApplicantKind
from grantcalc.reading.county.mapfile import items_of, load_map, maps_for, parse_map
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import Unreadable, told
from grantcalc.text import Language, Tongue

WHOLE = """
format = 1
files = ["嘉義縣*.xlsx"]
programme = "fsp-113"
county = "嘉義縣"
applicant = "嘉義縣社會局"
applicant-kind = "county-government"
title = "計畫"
sheets = ["經費"]
[period]
start = 2024-01-01
end = 2024-12-31
[[table]]
sheet = "經費"
header = 4
last = 30
factor = 1000
ignored-rows = [7, 9]
[table.columns]
A = "item"
c = "quantity"
D = "quantity:2"
[items]
"心理師諮商" = "counselling-individual"
"社工員" = "post:social-worker"
"禮品" = "ignore"
"""


def test_a_whole_map() -> None:
    found = parse_map(WHOLE.encode(), "m.toml")
    assert (found.source, found.files, found.programme, found.county) == (
        "m.toml",
        ("嘉義縣*.xlsx",),
        "fsp-113",
        "嘉義縣",
    )
    assert (found.applicant, found.applicant_kind) == ("嘉義縣社會局", ApplicantKind.COUNTY_GOVERNMENT)
    assert (found.start, found.end, found.sheets) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31), ("經費",))
    (table,) = found.tables
    assert (table.sheet, table.header, table.last, table.factor) == ("經費", 4, 30, 1000)
    assert table.ignored_rows == {7, 9}
    assert table.columns == {
        "A": (ColumnKind.ITEM, 0),
        "C": (ColumnKind.QUANTITY, 0),
        "D": (ColumnKind.QUANTITY, 1),
    }
    assert found.items["社工員"] == "post:social-worker"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("format = 2", "m.toml: The map is of format 2; expected 1."),
        (
            "programe = 'x'",
            "m.toml, programe: The key “programe” is unknown. Remove it, or correct its spelling: programme",
        ),
        ("county = 3", "m.toml, county: Found “3”; expected a text in quotes."),
        ("files = [1]", "m.toml, files: Found “1”; expected a list of texts."),
        ("applicant-kind = 'county'", "m.toml, applicant-kind: Found “county”; expected one of: county-government"),
        ("table = 'x'", "m.toml, table: Found “x”; expected a section with keys of its own."),
        ("[[table]]\nheader = 0", "m.toml, table[0].header: Found “0”; expected the number of a row, from 1."),
        ("[[table]]\nheader = true", "m.toml, table[0].header: Found “true”; expected the number of a row, from 1."),
        ("[[table]]\nfactor = 7", "m.toml, table[0].factor: Found “7”; expected 1, 1000 or 10000."),
        (
            "[[table]]\nignored-rows = ['a']",
            "m.toml, table[0].ignored-rows: Found “a”; expected a list of row numbers.",
        ),
        (
            "[[table]]\n[table.columns]\nA = 'price'",
            "m.toml, table[0].columns.A: Found “price”; expected a kind of column",
        ),
        (
            "[[table]]\n[table.columns]\n'單價' = 'amount'",
            "m.toml, table[0].columns.單價: Found “單價”; expected the letters",
        ),
        (
            "[items]\na = 'post:boss'",
            "m.toml, items.a: Found “post:boss”; expected an item's code, “post:” with a role",
        ),
        (
            "[period]\nstart = 2024-02-01\nend = 2024-01-01",
            "m.toml, period.end: Found “2024-01-01”; expected an end that",
        ),
        (
            "[period]\nstart = 'x'",
            "m.toml, period.start: Found “x”; expected a date such as 2024-01-01, without quotes.",
        ),
        ("a = [", "m.toml: The map is no TOML file:"),
    ],
)
def test_every_slip_is_told(text: str, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_map(text.encode(), "m.toml")
    (problem,) = caught.value.problems
    assert Language(Tongue.EN)(told(problem, caught.value.file)).startswith(expected)


def test_a_map_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        load_map(tmp_path / "none.toml")


def test_maps_are_for_the_files_they_name_and_the_first_decides() -> None:
    maps = tuple(
        parse_map(f"files = {files}\n[items]\nx = '{code}'".encode(), code)
        for files, code in (("['嘉義*']", "one"), ("[]", "two"), ("['臺北*']", "three"))
    )
    fitting = maps_for(Path("/a/嘉義縣.xlsx"), ReadOptions(maps=maps))
    assert [one.source for one in fitting] == ["one", "two"]
    assert items_of(fitting) == {"x": "one"}
