"""Maps: what they fix, and every slip in one told with its key."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from grantcalc.draft.choices import ApplicantKind
from grantcalc.reading import open_book, read
from grantcalc.reading.county.mapfile import items_of, load_map, maps_for, maps_of_none, parse_map
from grantcalc.reading.county.maplines import Lines
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.nearest import nearest_items
from grantcalc.reading.county.proposal import propose
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import Unreadable, told
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

EXAMPLES = Path(__file__).parents[2] / "examples"
SHEETS = EXAMPLES / "county-sheets"
ENGLISH = Language(Tongue.EN)
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
            "m.toml, programe: Line 1: The key “programe” is unknown. Remove it, or correct its spelling: programme",
        ),
        ("\ncounty = 3", "m.toml, county: Line 2: Found “3”; expected a text in quotes."),
        ("files = [1]", "m.toml, files: Line 1: Found “1”; expected a list of texts."),
        (
            "applicant-kind = 'county'",
            "m.toml, applicant-kind: Line 1: Found “county”; expected one of: county-government",
        ),
        ("table = 'x'", "m.toml, table: Line 1: Found “x”; expected a section with keys of its own."),
        ("[[table]]\nheader = 0", "m.toml, table[0].header: Line 2: Found “0”; expected the number of a row, from 1."),
        (
            "[[table]]\n[[table]]\nheader = true",
            "m.toml, table[1].header: Line 3: Found “true”; expected the number of a row, from 1.",
        ),
        (
            "[[table]]\nheader = 4\nlast = 4",
            "m.toml, table[0].last: Line 3: Found “4”; expected a row below its headers in row 4.",
        ),
        ("[[table]]\nfactor = 7", "m.toml, table[0].factor: Line 2: Found “7”; expected 1, 1000 or 10000."),
        (
            "[[table]]\nignored-rows = ['a']",
            "m.toml, table[0].ignored-rows: Line 2: Found “a”; expected a list of row numbers.",
        ),
        (
            "[[table]]\n[table.columns]\nA = 'price'",
            "m.toml, table[0].columns.A: Line 3: Found “price”; expected a kind of column",
        ),
        (
            "[[table]]\n[table.columns]\n'單價' = 'amount'",
            "m.toml, table[0].columns.單價: Line 3: Found “單價”; expected the letters",
        ),
        (
            "[items]\n# a = 'ignore'\na = 'post:boss'",
            "m.toml, items.a: Line 3: Found “post:boss”; expected “post:” with a role: post:case-manager, ",
        ),
        ("[items]\na = ''", "m.toml, items.a: Line 2: Found “”; expected an item's code, “post:” with a role"),
        (
            "[period]\nstart = 2024-02-01\nend = 2024-01-01",
            "m.toml, period.end: Line 3: Found “2024-01-01”; expected an end that",
        ),
        (
            "[period]\nstart = 'x'",
            "m.toml, period.start: Line 2: Found “x”; expected a date such as 2024-01-01, without quotes.",
        ),
        ("a = [", "m.toml: The map is no TOML file:"),
    ],
)
def test_every_slip_is_told(text: str, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_map(text.encode(), "m.toml")
    (problem,) = caught.value.problems
    assert ENGLISH(told(problem, caught.value.file)).startswith(expected)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("[[table]]\n[table.columns]\nA = 'unitprice'", "Change it in the map: unit-price"),
        ("[items]\na = 'post:case-manger'", "Change it in the map: post:case-manager"),
        ("applicant-kind = 'private'", "Change it in the map: private-body"),
    ],
)
def test_the_near_words_of_a_closed_list_are_named(text: str, near: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_map(text.encode(), "m.toml")
    assert ENGLISH(caught.value.problems[0].remedy).startswith(near)


def refused(tmp_path: Path, library: Library, text: str, programme: str | None = None) -> list[str]:
    """What is said of a map whose names do not exist, in English."""
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        load_map(path, library, programme)
    return [ENGLISH(told(problem, caught.value.file)) for problem in caught.value.problems]


def test_a_wrong_item_is_refused_with_the_near_ones_and_the_place_of_the_list(tmp_path: Path, library: Library) -> None:
    text = (
        'programme = "fsp-113"\n[items]\n"心理師晤談" = "counseling-individual"\n"印刷" = "printing"\n"x" = "lodging"\n'
    )
    first, second = refused(tmp_path, library, text)
    assert first.startswith(
        "m.toml, items.心理師晤談: Line 3: “counseling-individual” is no item of “Family support services and resource "
        "development for addicts, 2024 (ROC 113)”. Write one of these: counselling-individual "
        "(心理輔導、社會暨心理評估與處置、諮商及心理治療費（個人）)"
    )
    assert "`grantcalc map FILE` proposes; `grantcalc tables fsp-113/items` prints the items." in first
    assert second.startswith("m.toml, items.x: Line 5: “lodging” is no item of")


def test_items_are_looked_up_in_the_programme_of_the_option_else_in_all(tmp_path: Path, library: Library) -> None:
    text = '[items]\n"a" = "counselling-individual"\n'
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    assert load_map(path, library).items == {"a": "counselling-individual"}
    assert load_map(path, library, "fsp-113").items == {"a": "counselling-individual"}
    (only,) = refused(tmp_path, library, text, "dapc-113")
    assert "“counselling-individual” is no item of “" in only
    (nowhere,) = refused(tmp_path, library, '[items]\n"a" = "counselling-individul"\n')
    assert "“counselling-individul” is no item of any programme. Write one of these: counselling-individual" in nowhere


def test_a_wrong_programme_or_county_is_refused(tmp_path: Path, library: Library) -> None:
    (programme,) = refused(tmp_path, library, 'programme = "fsp-114"\n')
    assert programme.startswith(
        "m.toml, programme: Line 1: There is no programme “fsp-114”. Write one of these: fsp-113"
    )
    assert "`grantcalc programmes`" in programme
    (county,) = refused(tmp_path, library, 'county = "嘉義懸"\n')
    assert county.startswith("m.toml, county: Line 1: There is no county “嘉義懸”. Write its official name: 嘉義縣")


def test_lines_are_those_of_the_section() -> None:
    tables = '[[table]]\nsheet = "1"\n[table.columns]\nA = "item"\n[[table]]\n[table.columns]\nA = "unit"\n'
    text = f'[items]\n"a" = "x"\n{tables}'
    lines = Lines.of(text)
    assert lines.line("items", "a") == 2
    assert [lines.line(f"table[{at}].columns", "A") for at in (0, 1)] == [6, 9]
    assert lines.line("", "items") == 1
    assert lines.line("items", "b") is None


GRID = [
    ["嘉義縣政府 113年度藥癮者家庭支持服務及資源培力計畫 經費概算表"],
    ["項目", "單價", "數量", "單位", "金額", "說明"],
    ["心理師晤談", 2000, 10, "小時", 20000, ""],
    ["總計", None, None, None, 20000, None],
]


def asked_of_map(text: str, tmp_path: Path, library: Library) -> list[str]:
    """What is told of a map that fits nothing, of a file with one small table."""
    path = tmp_path / "county.csv"
    path.write_text("\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in GRID), "utf-8")
    reading = read(path, library, ReadOptions(maps=(parse_map(text.encode(), "m.toml"),)))
    return [ENGLISH(one.message) for one in reading.recognitions if one.internal]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[items]\n'心理師晤談' = 'counselling-individual'", []),
        ("[items]\n'心理師 晤談' = 'counselling-individual'\n'諮詢' = 'ignore'", []),
        ("[items]\n'諮詢' = 'ignore'", ["The map m.toml names items that no row of this file has: 諮詢."]),
        (
            "files = ['*.csv']\n[items]\n'心理師晤談' = 'counselling-individual'\n'諮詢' = 'ignore'",
            ["The map m.toml names items that no row of this file has: 諮詢."],
        ),
        (
            "[[table]]\nsheet = '經費'\nheader = 2",
            ["The map m.toml fixes a table of the sheet “經費”, but the file has: county."],
        ),
        (
            "[[table]]\nheader = 2\nignored-rows = [3, 90]\n[table.columns]\nA = 'item'\nE = 'amount'\nK = 'own'",
            [
                "The map m.toml names columns of “any sheet” that hold nothing: K.",
                "The map m.toml leaves out rows of “any sheet” that are none of its table: 90.",
            ],
        ),
    ],
)
def test_what_fits_nothing_in_the_file_is_told(text: str, said: list[str], tmp_path: Path, library: Library) -> None:
    assert asked_of_map(text, tmp_path, library) == said


def test_a_map_beside_the_own_form_is_not_silent(tmp_path: Path, library: Library) -> None:
    draft = EXAMPLES / "fsp-113" / "compliant.json"
    maps = (parse_map(b"", "m.toml"), parse_map(b"files = ['x.csv']", "n.toml"))
    reading = read(draft, library, ReadOptions(maps=maps))
    assert [ENGLISH(note) for note in reading.notes][-1] == (
        "The map m.toml is not used: this file is the program's own form, or a draft as JSON or TOML."
    )


def finished(proposed: str) -> str:
    """A proposed map as its comments say: lines that are right are put in force, empty ones filled in before."""
    lines = proposed.splitlines()
    done = []
    for at, line in enumerate(lines):
        bare = line.removeprefix("# ")
        fact = re.match(r'(?:[a-z-]+|"(?:[^"\\]|\\.)*") = |\[|(?:start|end) = ', bare)
        if fact is None or bare == line or bare.startswith("sheets"):
            done.append(line)
            continue
        if '= ""' in bare or '= "post:"' in bare:
            if not lines[at + 1].startswith("#    "):  # nothing to choose from: a text that may be left out
                done.append(line)
                continue
            first = re.split("[：、]", lines[at + 1].removeprefix("#").strip())[0]
            bare = bare.replace('= ""', f'= "{first}"', 1).replace('= "post:"', f'= "{first}"', 1)
        done.append(bare)
    return "\n".join(done)


@pytest.mark.parametrize("name", ["19-金門縣-名稱不一", "02-花蓮縣-說明算式", "04-屏東縣-補助自籌並列"])
def test_a_proposed_map_that_is_finished_by_its_comments_leaves_no_question(name: str, library: Library) -> None:
    (path,) = (one for one in SHEETS.glob(f"{name}.*") if one.suffix not in {".toml", ".map"})
    proposed = propose(open_book(path), library, path, Language(Tongue.ZH_TW))
    before = [one for one in read(path, library).recognitions if not one.sure]
    text = finished(proposed)
    maps = (parse_map(text.encode(), "m.toml"),)
    after = [one for one in read(path, library, ReadOptions(maps=maps)).recognitions if not one.sure]
    assert before
    assert not after


def test_a_proposed_map_that_is_given_back_as_it_is_makes_no_guess_sure(library: Library) -> None:
    path = SHEETS / "19-金門縣-名稱不一.xlsx"
    proposed = propose(open_book(path), library, path, Language(Tongue.ZH_TW))
    maps = (parse_map(proposed.encode(), "m.toml"),)
    first, again = (read(path, library, options) for options in (ReadOptions(), ReadOptions(maps=maps)))
    unsure = [[(one.place.cell, one.score) for one in each.recognitions if not one.sure] for each in (first, again)]
    assert unsure[0] == unsure[1]


def test_every_code_of_the_programme_stands_in_the_proposal(library: Library) -> None:
    path = SHEETS / "19-金門縣-名稱不一.xlsx"
    text = propose(open_book(path), library, path, Language(Tongue.ZH_TW))
    programme = library.programme("fsp-113")
    listed = text[text.index("全部項目") :]
    for item in programme.items.values():
        assert f"#     {item.code}：{item.name.zh}\n" in listed
    for role in programme.roles:
        assert f"#     post:{role.value}：{Language(Tongue.ZH_TW)(role)}\n" in listed
    assert "#     ignore：略過該列\n" in listed
    assert "「grantcalc tables fsp-113/items」" in listed
    assert "#     unit-price：單價\n" in text


def test_the_nearest_items_of_a_name_nobody_knows(library: Library) -> None:
    programme = library.programme("fsp-113")
    assert nearest_items("遊覽巴士租用", programme)[0].code == "vehicle-rent"
    assert nearest_items("督導", programme)[0].code in {"supervision-monthly", "supervision-case-study"}
    assert nearest_items("#", programme, ["other"])[0].code == "other"


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
    assert [one.source for one in maps_of_none([Path("/a/嘉義縣.xlsx")], ReadOptions(maps=maps))] == ["three"]
