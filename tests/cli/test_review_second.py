"""``--second-from``: amounts that a reviewer typed are carried to the same rows, and every other one is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.conftest import EXAMPLES, Run
from tests.workbook.office import convert, soffice

ITEM, ASKED, FIRST, SECOND, CUT, PLACE, KEY = 3, 5, 6, 7, 8, 11, 12
Typing = Callable[[Worksheet, int], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name in ("compliant", "faulty/management-fee"):
        shutil.copy(EXAMPLES / f"fsp-113/{name}.json", made / f"{name.rpartition('/')[2]}.json")
    shutil.copy(EXAMPLES / "dapc-113/faulty/allocation-operations.json", made / "operations.json")
    shutil.copy(next((EXAMPLES / "county-sheets").glob("11*.csv")), made / "表.csv")
    return made


@pytest.fixture
def typed(review: Run, tmp_path: Path) -> Callable[..., Path]:
    """A review workbook in which somebody typed: by the start of a sheet's name, what is done to it.

    Formulas have ``values`` as a program stores them, or none.
    """

    def make(edits: dict[str, Typing], lang: str = "zh-TW", *, values: bool = False) -> Path:
        path = tmp_path / "first.xlsx"
        review("-o", path, lang=lang)
        book = load_workbook(path, data_only=values)
        for start, edit in edits.items():
            sheet = sheet_of(book, start)
            edit(sheet, head_of(sheet) + 1)
        target = tmp_path / "typed.xlsx"
        book.save(target)
        return target

    return make


def sheet_of(book: Workbook, start: str) -> Worksheet:
    return next(book[name] for name in book.sheetnames if name.startswith(start))


def head_of(sheet: Worksheet) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if ":draft:" in str(sheet.cell(row, KEY).value))


def put(*amounts: object) -> Typing:
    """Type these into the first rows."""

    def edit(sheet: Worksheet, first: int) -> None:
        for at, amount in enumerate(amounts, start=first):
            if amount is not None:
                sheet.cell(at, SECOND).value = amount  # type: ignore[assignment]
        total = next(row for row in range(first, sheet.max_row + 1) if sheet.cell(row, KEY).value == "sum")
        if isinstance(sheet.cell(total, SECOND).value, int):  # a value and no formula: as a program works it out
            pairs = [(sheet.cell(row, SECOND).value, sheet.cell(row, FIRST).value) for row in range(first, total)]
            parts = [one if two is None else two for two, one in pairs]
            sheet.cell(total, SECOND).value = sum(part for part in parts if isinstance(part, int))

    return edit


def carried(path: Path) -> dict[str, list[Any]]:
    """What stands as second review on every draft's sheet, by the number of the sheet."""
    book = load_workbook(path)
    found = {}
    for name in (name for name in book.sheetnames if name[:1].isdigit()):
        sheet = book[name]
        rows = range(head_of(sheet) + 1, sheet.max_row + 1)
        keyed = [row for row in rows if str(sheet.cell(row, KEY).value).startswith("row:")]
        amounts = [sheet.cell(row, SECOND).value for row in keyed]
        found[name.partition(" ")[0]] = [amount for amount in amounts if amount is not None]
    return found


NOTHING = {"1": [], "2": [], "3": [], "4": []}


def test_amounts_stand_where_they_were_typed_and_sums_follow(review: Run, typed: Any, tmp_path: Path) -> None:
    source, target = typed({"1": put(None, 1000, 0), "3": put(5)}), tmp_path / "new.xlsx"
    before = source.read_bytes()
    result = review("-o", target, "--second-from", source)
    assert result.exit_code == 1  # drafts have errors; what is carried over changes nothing of that
    assert "carried over from typed.xlsx: 3; not carried over: 0" in result.stderr
    assert carried(target) == NOTHING | {"1": [1000, 0], "3": [5]}
    assert source.read_bytes() == before
    book, shown = load_workbook(target), load_workbook(target, data_only=True)
    sheet, values = sheet_of(book, "1"), sheet_of(shown, "1")
    at = head_of(sheet) + 2
    assert sheet.cell(at, SECOND).value == 1000
    assert values.cell(at, 8).value == values.cell(at, ASKED).value - 1000
    total = next(row for row in range(at, sheet.max_row) if sheet.cell(row, KEY).value == "sum")
    firsts = [values.cell(row, FIRST).value for row in range(head_of(sheet) + 1, total)]
    assert values.cell(total, SECOND).value == sum(firsts) - firsts[1] - firsts[2] + 1000
    assert "Not carried over" not in book.sheetnames
    overview = shown["Overview"]
    row = next(row for row in overview.iter_rows() if row[0].value == 1)
    assert row[8].value == values.cell(total, SECOND).value
    assert row[9].value == values.cell(total, 8).value


def test_again_and_on_it_is_the_same(review: Run, typed: Any, tmp_path: Path) -> None:
    source, target, third = typed({"2": put(77)}), tmp_path / "new.xlsx", tmp_path / "third.xlsx"
    review("-o", target, "--second-from", source)
    again = review("-o", target, "--second-from", source)
    assert "Nothing has changed" in again.stderr
    assert "typed.xlsx: 1;" in again.stderr
    review("-o", third, "--second-from", target, lang="zh-TW")
    assert carried(third) == carried(target) == NOTHING | {"2": [77]}


@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_the_keys_outlast_libreoffice(review: Run, typed: Any, tmp_path: Path, form: str) -> None:
    (source,) = convert([typed({"1": put(10, 20), "4": put(30)})], tmp_path, form)
    review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"1": [10, 20], "4": [30]}


def test_what_cannot_be_carried_is_told_by_name_and_in_the_workbook(
    review: Run, typed: Any, tmp_path: Path, folder: Path
) -> None:
    source, target = typed({"1": put(11), "2": put(22, 23), "3": put(33)}), tmp_path / "new.xlsx"
    (folder / "compliant.json").unlink()
    raw = json.loads((folder / "management-fee.json").read_text("utf-8"))
    (folder / "management-fee.json").write_text(json.dumps(raw | {"title": "另案"}, ensure_ascii=False), "utf-8")
    result = review("-o", target, "--second-from", source)
    assert "carried over from typed.xlsx: 1; not carried over: 3" in result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("Not carried over")]
    assert [("NT$11" in line, "NT$22" in line, "NT$23" in line) for line in lines] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert "compliant.json" in lines[0]
    assert "no draft of this content" in lines[0]
    assert all("management-fee.json" in line and "was changed since" in line for line in lines[1:])
    sheet = load_workbook(target)["Not carried over"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[3] for row in rows] == ["NT$11", "NT$22", "NT$23"]
    assert rows[1][5].startswith("1 ")  # the draft's sheet as it is now
    assert carried(target) == {"1": [], "2": [33], "3": []}
    told = json.loads(review("-o", target, "--second-from", source, "--format", "json").stdout)["second_review"]
    assert (told["file"], told["carried"]) == ("typed.xlsx", 1)
    assert [(one["file"], one["amount"]) for one in told["not_carried"]] == [
        ("compliant.json", 11),
        ("management-fee.json", 22),
        ("management-fee.json", 23),
    ]


def test_a_draft_under_another_name_keeps_its_amounts(review: Run, typed: Any, tmp_path: Path, folder: Path) -> None:
    source = typed({"1": put(11), "4": put(44)})
    (folder / "compliant.json").rename(folder / "a.json")
    (folder / "表.csv").rename(folder / "表二.csv")
    review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"1": [11], "4": [44]}


def test_one_of_two_equal_drafts_never_gets_the_amounts_of_the_other(
    review: Run, typed: Any, tmp_path: Path, folder: Path
) -> None:
    shutil.copy(folder / "compliant.json", folder / "b.json")  # the first of the two
    source = typed({"1": put(1), "2": put(2)})
    (folder / "b.json").unlink()
    result = review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert carried(tmp_path / "new.xlsx")["1"] == [2]
    assert "NT$1, typed" in result.stderr


def test_a_changed_first_review_is_told(review: Run, typed: Any, tmp_path: Path, folder: Path) -> None:
    (folder / "compliant.json").unlink()
    (folder / "operations.json").unlink()
    source = typed({"1": lambda sheet, first: put(*[9] * sheet_rows(sheet))(sheet, first)})
    book = load_workbook(source)
    sheet = sheet_of(book, "1")
    head = head_of(sheet)
    for at, (part, wrong) in enumerate(((2, "1"), (3, "2")), start=head + 1):
        key = str(sheet.cell(at, KEY).value).split(":")
        key[part] = wrong
        sheet.cell(at, KEY).value = ":".join(key)
    sheet.cell(head + 2, FIRST).value = 2
    book.save(source)
    result = review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert "the amount asked for was NT$1 and is NT$" in result.stderr
    assert "the first review was NT$2 and is NT$" in result.stderr
    assert len(carried(tmp_path / "new.xlsx")["1"]) == sheet_rows(sheet) - 2


def sheet_rows(sheet: Worksheet) -> int:
    return sum(str(sheet.cell(row, KEY).value).startswith("row:") for row in range(1, sheet.max_row + 1))


def swap(sheet: Worksheet, first: int) -> None:
    """What is shown of two rows trades places, and their keys stay: a sort of the visible columns alone."""
    for column in (2, 3, 4, 5, 6):
        one, two = sheet.cell(first, column), sheet.cell(first + 1, column)
        one.value, two.value = two.value, one.value
    sheet.cell(first, SECOND).value = 5


def move(sheet: Worksheet, first: int) -> None:
    """The same with their keys: a sort of the whole rows."""
    for column in (2, 3, 4, 5, 6, KEY):
        one, two = sheet.cell(first, column), sheet.cell(first + 1, column)
        one.value, two.value = two.value, one.value
    sheet.cell(first, SECOND).value = 5


def test_rows_may_be_sorted_with_their_keys_and_are_told_without(review: Run, typed: Any, tmp_path: Path) -> None:
    source, target = typed({"1": swap, "2": move}), tmp_path / "new.xlsx"
    result = review("-o", target, "--second-from", source)
    assert carried(target) == NOTHING | {"2": [5]}
    sheet = sheet_of(load_workbook(target), "2")
    assert sheet.cell(head_of(sheet) + 2, SECOND).value == 5
    assert "something else than its hidden key" in result.stderr


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (-1, "NT$-1"),
        (1.5, "“1.5”"),
        ("同意", "“同意”"),
        ("1,000", "“1,000”"),
        (10**13, "“10000000000000”"),
        ("=1000*2", "a formula"),
        (True, "“true”"),
        ("A123456789", "“A1********”"),
    ],
)
def test_what_is_no_amount_is_told(review: Run, typed: Any, tmp_path: Path, written: object, said: str) -> None:
    result = review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": put(written)}))
    assert carried(tmp_path / "new.xlsx") == NOTHING
    assert f"Not carried over: {said.replace('NT$-', '-NT$')}, typed in typed.xlsx" in result.stderr


def without_keys(sheet: Worksheet, first: int) -> None:
    sheet.cell(first, SECOND).value = 8
    sheet.cell(first, KEY).value = None


def inserted(sheet: Worksheet, first: int) -> None:
    sheet.insert_rows(first)
    sheet.cell(first, 3).value = "自加一列"
    sheet.cell(first, SECOND).value = 9


def first_typed_over(sheet: Worksheet, first: int) -> None:
    sheet.cell(first, FIRST).value = 1


def heading_gone(sheet: Worksheet, first: int) -> None:
    sheet.cell(first, SECOND).value = 9
    sheet.cell(first - 1, SECOND).value = "x"


def sum_typed_over(sheet: Worksheet, first: int) -> None:
    total = next(row for row in range(first, sheet.max_row) if sheet.cell(row, KEY).value == "sum")
    sheet.cell(total, SECOND).value = 1


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (without_keys, "lost its hidden key"),
        (inserted, "自加一列: the row has lost its hidden key"),
        (first_typed_over, "the amount of the first review was typed over"),
        (heading_gone, "the heading of the column"),
        (sum_typed_over, "the sum of the second review was typed over"),
    ],
)
def test_nothing_that_a_person_typed_is_lost_without_a_word(
    review: Run, typed: Any, tmp_path: Path, edit: Typing, said: str
) -> None:
    result = review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": edit}))
    assert carried(tmp_path / "new.xlsx") == NOTHING
    assert result.stderr.count("Not carried over:") == 1
    assert said in result.stderr


def told(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if line.startswith("Not carried over")]


def no_column(sheet: Worksheet, first: int) -> None:
    sheet.delete_cols(KEY)


def no_head(sheet: Worksheet, first: int) -> None:
    sheet.cell(first - 1, KEY).value = None


def nothing_but_keys(sheet: Worksheet, first: int) -> None:
    for column in range(1, KEY + 1):
        sheet.cell(first - 1, column).value = None


@pytest.mark.parametrize("values", [False, True])
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("lose", [no_column, no_head])
def test_what_is_typed_on_a_sheet_without_its_draft_is_told(
    review: Run, typed: Any, tmp_path: Path, lose: Typing, lang: str, *, values: bool
) -> None:
    names: list[str] = []

    def edit(sheet: Worksheet, first: int) -> None:
        put(5, None, "同意")(sheet, first)
        names.extend([sheet.title, str(sheet.cell(first, ITEM).value)])
        lose(sheet, first)

    source, target = typed({"1": edit, "3": put(7)}, lang, values=values), tmp_path / "new.xlsx"
    result = review("-o", target, "--second-from", source)
    assert "carried over from typed.xlsx: 1; not carried over: 2" in result.stderr
    assert carried(target) == NOTHING | {"3": [7]}
    first = head_of(sheet_of(load_workbook(tmp_path / "first.xlsx"), "1")) + 1
    lines = told(result)
    assert lines[0].startswith(f"Not carried over: NT$5, typed in typed.xlsx at {names[0]}!G{first} for {names[1]}")
    assert f"“同意”, typed in typed.xlsx at {names[0]}!G{first + 2} for " in lines[1]
    assert all("the sheet no longer says which draft it is of" in line for line in lines)
    rows = [[cell.value for cell in row] for row in load_workbook(target)["Not carried over"].iter_rows(min_row=5)]
    assert [row[3] for row in rows] == ["NT$5", "“同意”"]


def test_a_workbook_that_lost_every_key_is_told_and_not_refused(review: Run, typed: Any, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, first: int) -> None:
        put(5)(sheet, first)
        no_column(sheet, first)

    source = typed(dict.fromkeys("1234", edit), values=True)
    result = review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert "carried over from typed.xlsx: 0; not carried over: 4" in result.stderr
    assert [line.count("NT$5, typed in typed.xlsx at") for line in told(result)] == [1, 1, 1, 1]
    asked = json.loads(review("-o", tmp_path / "new.xlsx", "--second-from", source, "--format", "json").stdout)
    assert [(one["file"], one["amount"]) for one in asked["second_review"]["not_carried"]] == [("", 5)] * 4


def test_a_sum_typed_over_on_a_sheet_without_its_draft_is_told(review: Run, typed: Any, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, first: int) -> None:
        sum_typed_over(sheet, first)
        no_column(sheet, first)

    result = review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": edit}, values=True))
    (line,) = told(result)
    assert "the sum of the second review was typed over" in line


def test_a_sheet_with_keys_alone_is_told(review: Run, typed: Any, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, first: int) -> None:
        put(5)(sheet, first)
        nothing_but_keys(sheet, first)

    (line,) = told(review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": edit})))
    assert "the heading of the column" in line


def test_keys_of_the_rows_deleted_do_not_make_the_sum_an_amount(review: Run, typed: Any, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, first: int) -> None:
        put(5)(sheet, first)
        for row in range(first, sheet.max_row + 1):
            sheet.cell(row, KEY).value = None

    for values in (False, True):
        source = typed({"1": edit}, values=values)
        (line,) = told(review("-o", tmp_path / "new.xlsx", "--second-from", source))
        assert "NT$5" in line
        assert "lost its hidden key" in line


def test_two_tables_on_one_sheet_stay_with_their_drafts(review: Run, typed: Any, tmp_path: Path) -> None:
    source = typed({"1": put(5), "2": put(6)})
    book = load_workbook(source)
    one, two = sheet_of(book, "1"), sheet_of(book, "2")
    start, below = head_of(two), one.max_row + 3
    for row in range(start, two.max_row + 1):
        for column in range(1, KEY + 1):
            value = two.cell(row, column).value
            if value is not None and not str(value).startswith("="):
                one.cell(below + row - start, column).value = value
    book.remove(two)
    book.save(source)
    review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"1": [5], "2": [6]}


def test_no_more_than_is_asked_for_is_carried(review: Run, typed: Any, tmp_path: Path) -> None:
    asked: list[int] = []

    def edit(sheet: Worksheet, first: int) -> None:
        asked.extend(int(str(sheet.cell(first + at, ASKED).value)) for at in range(3))
        put(asked[0], asked[1] + 1, asked[2] - 1)(sheet, first)

    source, target = typed({"1": edit}), tmp_path / "new.xlsx"
    (line,) = told(review("-o", target, "--second-from", source))
    assert f"NT${asked[1] + 1:,}, typed in" in line
    assert f"it is more than the row asks for (NT${asked[1]:,})" in line
    assert carried(target) == NOTHING | {"1": [asked[0], asked[2] - 1]}


def test_what_is_asked_for_in_part_may_be_granted_in_whole(
    review: Run, typed: Any, tmp_path: Path, folder: Path
) -> None:
    raw = json.loads((folder / "compliant.json").read_text("utf-8"))
    raw["positions"][1].update(employer_insurance=1.5, insurance_amount=None)
    (folder / "compliant.json").write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    source = typed({"1": put(None, 649_328)})  # 577,328 of pay alone are asked for
    assert not told(review("-o", tmp_path / "new.xlsx", "--second-from", source))
    assert carried(tmp_path / "new.xlsx")["1"] == [649_328]


def test_an_amount_beside_another_first_review_is_told(review: Run, typed: Any, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, first: int) -> None:
        put(5, 6)(sheet, first)
        sheet.cell(first, FIRST).value = 4

    lines = told(review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": edit})))
    assert [("NT$5" in line, "something else than" in line, "typed over" in line) for line in lines] == [
        (True, True, False),
        (False, False, True),
    ]
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"1": [6]}


@pytest.fixture
def alike(folder: Path) -> Path:
    """A draft with two rows that differ in their places alone."""
    path = folder / "compliant.json"
    raw = json.loads(path.read_text("utf-8"))
    raw["lines"] = [raw["lines"][2], {**raw["lines"][2], "ref": "again"}, *raw["lines"][3:]]
    path.write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    return path


def twins(sheet: Worksheet) -> int:
    """The first of the two rows that look alike."""
    shown = [[sheet.cell(row, column).value for column in (2, ITEM, 4, ASKED)] for row in range(1, sheet.max_row)]
    return next(at for at, (one, two) in enumerate(pairwise(shown), start=1) if one == two and all(one))


@pytest.mark.usefixtures("alike")
@pytest.mark.parametrize("form", ["as they were", "sorted", "places gone"])
def test_rows_that_look_alike_are_told_apart_by_their_places(
    review: Run, typed: Any, tmp_path: Path, form: str
) -> None:
    def edit(sheet: Worksheet, _: int) -> None:
        at = twins(sheet)
        one, two = sheet.cell(at, PLACE), sheet.cell(at + 1, PLACE)
        assert one.value != two.value
        sheet.cell(at, SECOND).value = 5
        if form == "sorted":  # the hidden keys stayed where they were
            one.value, two.value = two.value, one.value
        elif form == "places gone":
            one.value = two.value = None

    result = review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": edit}))
    assert carried(tmp_path / "new.xlsx")["1"] == ([5] if form == "as they were" else [])
    assert [("NT$5" in line, "several rows that look like" in line) for line in told(result)] == (
        [] if form == "as they were" else [(True, True)]
    )
    if form == "as they were":
        sheet = sheet_of(load_workbook(tmp_path / "new.xlsx"), "1")
        assert sheet.cell(twins(sheet), SECOND).value == 5


def summed(written: object, total: float) -> Typing:
    """A second review, and the sum that a program makes of it: so much beside the first reviews of the others."""

    def edit(sheet: Worksheet, first: int) -> None:
        row = next(row for row in range(first, sheet.max_row) if sheet.cell(row, KEY).value == "sum")
        others = sum(int(str(sheet.cell(at, FIRST).value)) for at in range(first + 1, row))
        sheet.cell(first, SECOND).value = written  # type: ignore[assignment]
        sheet.cell(row, SECOND).value = others + total

    return edit


@pytest.mark.parametrize(("written", "total"), [(1.5, 1.5), (-3, -3), ("1,000", 1000), (10**13, 10**13)])
def test_a_sum_is_not_held_against_lines_that_have_a_fault(
    review: Run, typed: Any, tmp_path: Path, written: object, total: float
) -> None:
    lines = told(review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": summed(written, total)})))
    assert ["no whole number" in line for line in lines] == [True]


@pytest.mark.parametrize(("total", "number"), [(1000, 0), (1001, 1)])
def test_a_sum_of_whole_lines_is_compared(review: Run, typed: Any, tmp_path: Path, total: int, number: int) -> None:
    lines = told(review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": summed(1000, total)})))
    assert ["the sum of the second review" in line for line in lines] == [True] * number
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"1": [1000]}


def test_a_copied_sheet_with_another_amount_is_told_twice(review: Run, typed: Any, tmp_path: Path) -> None:
    source = typed({"1": put(5, 6)})
    book = load_workbook(source)
    copy = book.copy_worksheet(sheet_of(book, "1"))
    copy.cell(head_of(copy) + 1, SECOND).value = 7
    book.save(source)
    result = review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"1": [6]}
    assert result.stderr.count("different amounts are typed for this row on two sheets") == 2


def test_a_hidden_sheet_is_told(review: Run, typed: Any, tmp_path: Path) -> None:
    def hide(sheet: Worksheet, first: int) -> None:
        sheet.cell(first, SECOND).value = 5
        sheet.sheet_state = "hidden"

    result = review("-o", tmp_path / "new.xlsx", "--second-from", typed({"1": hide, "2": put(6)}))
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"2": [6]}
    assert "these sheets are hidden and were not read" in result.stderr


def test_a_draft_that_looks_like_a_key_moves_nothing(review: Run, typed: Any, tmp_path: Path, folder: Path) -> None:
    raw = json.loads((folder / "compliant.json").read_text("utf-8"))
    key = "grantcalc-review:1:draft:sha256:0|x"
    raw["county"], raw["lines"][0]["description"] = key, "sum"
    (folder / "compliant.json").write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    source = typed({"1": put(5, 6)})
    review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"1": [5, 6]}


@pytest.mark.parametrize("name", ["no.xlsx", "draft.xlsx", "cut.xlsx"])
def test_what_is_no_review_workbook_is_refused_before_the_work(review: Run, tmp_path: Path, name: str) -> None:
    shutil.copy(next((EXAMPLES / "county-sheets").glob("01*.xlsx")), tmp_path / "draft.xlsx")
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 cut")
    result = review("-o", tmp_path / "new.xlsx", "--second-from", tmp_path / name)
    assert result.exit_code == 2
    assert name in result.stderr
    assert not (tmp_path / "new.xlsx").exists()


@pytest.mark.parametrize(
    ("output", "said"),
    [(("-o", "new.html"), "needs -o FILE.xlsx"), ((), "needs -o FILE.xlsx"), (("-o", "typed.xlsx"), "kept as it is")],
)
def test_wrong_use(
    review: Run, typed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: tuple[str, ...], said: str
) -> None:
    source = typed({})
    before = source.read_bytes()
    monkeypatch.chdir(tmp_path)
    result = review(*output, "--second-from", source, "--force")
    assert result.exit_code == 2
    assert said in result.stderr
    assert source.read_bytes() == before


def test_a_workbook_with_nothing_typed_says_so(review: Run, typed: Any, tmp_path: Path) -> None:
    result = review("-o", tmp_path / "new.xlsx", "--second-from", typed({}))
    assert "No amount of a second review is typed in typed.xlsx" in result.stderr


def test_carried_amounts_are_not_written_over_without_them(
    review: Run, typed: Any, tmp_path: Path, folder: Path
) -> None:
    source, target = typed({"2": put(77)}), tmp_path / "new.xlsx"
    review("-o", target, "--second-from", source)
    refused = review("-o", target)
    assert refused.exit_code == 2
    assert "that were carried over" in refused.stderr
    assert carried(target)["2"] == [77]
    (folder / "表.csv").unlink()
    assert review("-o", target, "--second-from", source).exit_code == 1
    assert carried(target) == {"1": [], "2": [77], "3": []}
    review("-o", target, "--force")
    assert carried(target)["2"] == []


def test_the_workbook_among_the_drafts_is_no_draft(review: Run, typed: Any, tmp_path: Path, folder: Path) -> None:
    source = shutil.move(typed({"1": put(3)}), folder / "複審.xlsx")
    result = review("-o", tmp_path / "new.xlsx", "--second-from", source)
    assert carried(tmp_path / "new.xlsx") == NOTHING | {"1": [3]}
    assert "複審.xlsx – It is given as --map or --second-from." in result.stderr


def test_page_and_opinion_show_the_first_review_and_say_so(review: Run, typed: Any, tmp_path: Path) -> None:
    source = typed({"1": put(98765)})
    outputs = ("--html", tmp_path / "new.html", "--opinion", tmp_path / "new.md")
    review("-o", tmp_path / "new.xlsx", "--second-from", source, *outputs)
    page = (tmp_path / "new.html").read_text("utf-8")
    assert "98,765" not in page + (tmp_path / "new.md").read_text("utf-8")
    assert "carried over from typed.xlsx: 1;" in page
