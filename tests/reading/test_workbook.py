"""Workbooks: equal to the JSON form, read by their headers, and a message for each way they can be broken."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from grantcalc.draft.fields import LINE_FIELDS
from grantcalc.draft.model import Reading
from grantcalc.reading import Unreadable, read, told
from grantcalc.reading.forms import open_data
from grantcalc.reading.limits import DEFAULT_LIMITS, Limits
from grantcalc.reading.workbook import read_form
from grantcalc.rules.library import Library
from grantcalc.text import Language

Book = Callable[..., Path]
Sheets = Mapping[str, Any]

NUMBER_ALONE = "Write the number alone, with at most 15 digits, below 1,000,000,000,000."
FETCH_AGAIN = "Copy or download it once more, or save it once more in Excel or LibreOffice."
STALE = (
    "The workbook asks to be recalculated when it is opened: values of its formulas may be out of date. "
    "Open and save it once in Excel or LibreOffice."
)
UNIT_PRICE, AMOUNT = "E", "J"


def complaints(path: Path, library: Library, language: Language) -> list[str]:
    """Every problem of a file in full, whether it can be read or not."""
    try:
        problems = read(path, library).problems
    except Unreadable as error:
        problems = error.problems
    return [language(told(problem, path.name)) for problem in problems]


def read_workbook(data: bytes, library: Library, file: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The form in these bytes, read in this very process."""
    return read_form(open_data(data, file, limits, b""), library, file, limits)


def repacked(path: Path, replace: Mapping[str, Callable[[bytes], bytes | None]]) -> Path:
    """The same workbook with some parts changed, added or (``None``) left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in replace.items():
        changed = change(parts.pop(name, b""))
        if changed is not None:
            parts[name] = changed
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("english", [False, True])
def test_a_workbook_and_its_json_form_are_equal(
    english: bool, example: dict[str, Any], book: Book, library: Library, tmp_path: Path
) -> None:
    plain = tmp_path / "draft.json"
    plain.write_text(json.dumps(example, default=float), encoding="utf-8")
    first, second = read(plain, library), read(book(example, english=english), library)
    assert first.problems == second.problems == ()
    assert second.normalisations == ()
    assert second.draft == first.draft


def test_every_field_knows_its_cell(example: dict[str, Any], book: Book, library: Library) -> None:
    draft = read(book(example), library).draft
    line = draft.lines[0].origin
    assert line.label == "L1"
    assert line.place("amount").shown == f"經費!{AMOUNT}2"
    assert line.place("quantities[1].number").shown == "經費!H2"
    assert line.place("details.km").shown == "經費!L2"
    assert line.place("amount").path == "lines[0].amount"
    assert draft.place("period.start").shown == "封面!B7"
    assert draft.place("funding.other[0].amount").shown == "封面!B23"
    assert draft.place("totals.categories.個案服務費").shown == "總表!C4"
    assert draft.place("totals.grand").shown == "總表!C5"
    assert draft.place("totals.grand").path == "totals.grand"


def test_every_money_cell_is_claimed(example: dict[str, Any], book: Book, library: Library) -> None:
    reading = read(book(example), library)
    assert reading.unread == ()
    assert {cell.place.shown for cell in reading.cells} == {
        *("封面!B13", "封面!B14", "封面!B23"),
        *("人力!M2", "人力!S2", "人力!U2", "人力!V2", "人力!Z2", "人力!AA2", "人力!AB2"),
        *(f"經費!{UNIT_PRICE}2", f"經費!{AMOUNT}2"),
        *("總表!C2", "總表!C3", "總表!C4", "總表!C5"),
    }


def test_cells_that_no_field_claims_are_listed(example: dict[str, Any], book: Book, library: Library) -> None:
    def change(_: Any, sheets: Sheets) -> None:
        sheets["封面"].write("D3", 77)
        sheets["封面"].write("A40", "承辦人")
        sheets["封面"].write("B40", "乙")
        sheets["經費"].write("T1", "備註")
        sheets["經費"].write("T2", 500)
        sheets["經費"].write("C5", "合計")
        sheets["經費"].write(f"{AMOUNT}5", 240000)
        sheets["總表"].write("F2", "x")

    reading = read(book(example, change), library)
    assert reading.problems == ()
    assert len(reading.draft.lines) == 1
    assert {(cell.place.shown, cell.shown) for cell in reading.unread} == {
        ("封面!D3", "77"),
        ("封面!B40", "乙"),
        ("經費!T2", "500"),
        ("經費!C5", "合計"),
        (f"經費!{AMOUNT}5", "240000"),
        ("總表!F2", "x"),
    }


def test_columns_are_found_by_their_headers(example: dict[str, Any], book: Book, library: Library) -> None:
    def change(workbook: Any, sheets: Sheets) -> None:
        sheet = workbook.add_worksheet("Staff")
        sheets["人力"].name = "舊人力"
        rows = [
            ["人力表"],
            [],
            ["備註", "薪資金額 ", "職稱\nRole", "月薪(補助)"],
            ["x", 100, "社工人員"],
            [None, None, None],
            ["", 7, "x"],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 2, row)

    example["positions"] = []
    reading = read(book(example, change), library)
    assert [position.pay_amount for position in reading.draft.positions] == [100, 7]
    assert [problem.place.shown for problem in reading.problems][-1] == "Staff!E6"


def test_numbers_are_exact_and_odd_ones_are_listed(example: dict[str, Any], book: Book, library: Library) -> None:
    def change(_: Any, sheets: Sheets) -> None:
        sheets["經費"].write(f"{UNIT_PRICE}2", 0.3)
        sheets["經費"].write(f"{AMOUNT}2", 1234.56)

    sums = {"xl/worksheets/sheet3.xml": lambda xml: xml.replace(b"<v>0.3</v>", b"<v>0.30000000000000004</v>")}
    reading = read(repacked(book(example, change), sums), library)
    assert reading.draft.lines[0].unit_price == Decimal("0.3")
    assert reading.draft.lines[0].amount == Decimal("1234.56")
    assert [(one.place.shown, one.found) for one in reading.normalisations] == [
        (f"經費!{UNIT_PRICE}2", "0.30000000000000004")
    ]


def test_dates_and_texts_as_cells_hold_them(example: dict[str, Any], book: Book, library: Library) -> None:
    def change(_: Any, sheets: Sheets) -> None:
        sheets["封面"].write("B9", 1120920)
        sheets["封面"].write("B6", 2024)
        sheets["經費"].write("A2", 17)
        sheets["經費"].write(f"{UNIT_PRICE}2", "ＮＴ$２,０００元")

    draft = read(book(example, change), library).draft
    assert str(draft.filed_on) == "2023-09-20"
    assert draft.title == "2024"
    assert draft.lines[0].ref == "17"
    assert draft.lines[0].unit_price == 2000


def dated(number: float) -> Callable[[Any, Sheets], None]:
    """A number in a cell with a date format."""
    return lambda workbook, sheets: sheets["封面"].write_number(
        "B9", number, workbook.add_format({"num_format": "yyyy/m/d"})
    )


@pytest.mark.parametrize("written", [lambda number: cell("封面", "B9", number), dated], ids=["plain", "date format"])
@pytest.mark.parametrize(
    ("number", "day"), [(1120920, "2023-09-20"), (990327, "2010-03-27"), (1000101, "2011-01-01"), (45189, "2023-09-20")]
)
def test_a_number_in_a_date_cell_is_a_roc_date_before_it_is_a_serial(
    number: int, day: str, written: Any, example: dict[str, Any], book: Book, library: Library
) -> None:
    reading = read(book(example, written(number)), library)
    assert reading.problems == ()
    assert str(reading.draft.filed_on) == day
    told_of = [(one.place.shown, one.found, str(one.taken), one.unseen) for one in reading.normalisations]
    is_a_day = written is dated and number == 45189
    assert told_of == ([] if is_a_day else [("封面!B9", str(number), day, True)])


@pytest.mark.parametrize("written", [lambda number: cell("封面", "B9", number), dated], ids=["plain", "date format"])
@pytest.mark.parametrize("number", [1121399, 990231, 113, 20240327, 4383, 109575, 9991231])
def test_a_serial_that_nobody_meant_is_a_problem_with_the_number_typed(
    number: int, written: Any, example: dict[str, Any], book: Book, library: Library, english: Language
) -> None:
    path = book(example, written(number))
    assert read(path, library).draft.filed_on is None
    (found,) = complaints(path, library, english)
    assert found.startswith(f"draft.xlsx, 封面!B9: Found “{number}”; expected {REQUIRED_DATE}. ")


def test_a_workbook_that_counts_from_1904(example: dict[str, Any], book: Book, library: Library) -> None:
    from_1904 = {
        "xl/workbook.xml": lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" '),
    }
    example["period"] = {"start": "2020-01-01", "end": "2020-12-31"}  # of 1900; in 1904 four years later
    reading = read(repacked(book(example, dated(1120920)), from_1904), library)
    assert str(reading.draft.filed_on) == "2023-09-20"
    assert reading.draft.period is not None
    assert str(reading.draft.period.start) == "2024-01-02"


def test_a_text_date_in_a_workbook_is_told(example: dict[str, Any], book: Book, library: Library) -> None:
    reading = read(book(example, cell("封面", "B9", "112/9/20")), library)
    assert str(reading.draft.filed_on) == "2023-09-20"
    assert [(one.found, one.unseen) for one in reading.normalisations] == [("112/9/20", True)]


def test_texts_for_numbers_are_not_seen_by_formulas(example: dict[str, Any], book: Book, library: Library) -> None:
    def change(_: Any, sheets: Sheets) -> None:
        sheets["經費"].write(f"{UNIT_PRICE}2", "2千元")
        sheets["經費"].write_string("F2", "２")

    reading = read(book(example, change), library)
    assert [(one.place.shown, one.unseen) for one in reading.normalisations] == [("經費!E2", True), ("經費!F2", True)]


def test_formulas_without_a_value_are_one_problem_for_a_sheet(
    example: dict[str, Any], book: Book, library: Library, english: Language
) -> None:
    example["lines"] *= 3

    def change(_: Any, sheets: Sheets) -> None:
        for row in range(2, 40):  # rows from 5 on are prepared and blank
            sheets["經費"].write_formula(f"{AMOUNT}{row}", "=1+1", None, "")
        for row in (2, 3, 4):
            sheets["總表"].write_formula(f"C{row}", "=1+1", None, "")

    path = book(example, change)
    assert complaints(path, library, english) == [
        f"draft.xlsx, {place}: 3 formulas of this sheet are not calculated, this is the first: the file stores no "
        "values for them. Open and save it once in Excel or LibreOffice."
        for place in (f"經費!{AMOUNT}2", "總表!C2")
    ]
    reading = read(path, library)
    assert [line.unread for line in reading.draft.lines] == [{"amount"}] * 3
    assert {cell.place.shown for cell in reading.unread} == {
        "經費!J2",
        "經費!J3",
        "經費!J4",
        "總表!C2",
        "總表!C3",
        "總表!C4",
    }


def test_a_money_cell_that_cannot_be_read_counts_as_unread(
    example: dict[str, Any], book: Book, library: Library
) -> None:
    def change(_: Any, sheets: Sheets) -> None:
        sheets["封面"].write("B13", "甚多")
        sheets["封面"].write("B23", "若干")
        sheets["人力"].write("S2", "四萬")
        sheets["經費"].write(f"{AMOUNT}2", "兩千")
        sheets["經費"].write_formula(f"{UNIT_PRICE}2", "=1/0", None, "#DIV/0!")
        sheets["總表"].write("C2", "不明")

    reading = read(book(example, change), library)
    assert {cell.place.shown for cell in reading.unread} == {
        *("封面!B13", "封面!B23", "人力!S2", f"經費!{AMOUNT}2", f"經費!{UNIT_PRICE}2", "總表!C2")
    }
    assert all(cell.told for cell in reading.unread)
    assert len(reading.problems) == 6


@pytest.mark.parametrize(
    ("sheet", "name"),
    [("經費", name) for name in ("C1", "E1", "F1", "G1", f"{AMOUNT}1")] + [("人力", "C1"), ("人力", "S1")],
)
def test_without_a_required_header_nothing_is_checked(
    sheet: str, name: str, example: dict[str, Any], book: Book, library: Library, english: Language
) -> None:
    def change(_: Any, sheets: Sheets) -> None:
        sheets[sheet].write(name, "x")
        sheets["封面"].write("B9", "去年")
        sheets[sheet].write("E2", "兩千")  # not read: no consequence of the header is told

    with pytest.raises(Unreadable) as caught:
        read(book(example, change), library)
    assert [problem.place.shown for problem in caught.value.problems] == ["封面!B9", sheet]


def test_a_broken_summary_is_told_and_the_rest_is_checked(
    example: dict[str, Any], book: Book, library: Library
) -> None:
    reading = read(book(example, cell("總表", "C1", "x")), library)
    assert [problem.place.shown for problem in reading.problems] == ["總表"]
    assert len(reading.draft.lines) == 1


def cell(sheet: str, name: str, value: Any) -> Callable[[Any, Sheets], None]:
    """Write one cell."""
    return lambda _, sheets: (sheets[sheet].write_string if value == "" else sheets[sheet].write)(name, value)


def formula(sheet: str, name: str, value: Any) -> Callable[[Any, Sheets], None]:
    """Write a formula with its stored value."""
    return lambda _, sheets: sheets[sheet].write_formula(name, "=1+1", None, value)


NOT_CALCULATED = (
    "The formula is not calculated: the file stores no value for it. Open and save it once in Excel or LibreOffice."
)
REQUIRED_DATE = "a date such as 2024-03-27, 113/3/27 or 1130327"
HEADER_REMEDY = "Add the column with this header, or copy the rows into a fresh template."
LINE_HEADERS = "Item, Unit price, Amount, Quantity 1, Unit 1"

BAD_CELLS: list[tuple[Callable[[Any, Sheets], Any], str]] = [
    (
        cell("經費", f"{UNIT_PRICE}2", "兩千"),
        f"經費!{UNIT_PRICE}2: Found “兩千”; expected an amount of money in dollars. {NUMBER_ALONE}",
    ),
    (
        cell("封面", "B3", "嘉儀縣"),
        "封面!B3: Found “嘉儀縣”; expected one of the 22 counties and cities. Did you mean ",
    ),
    (
        cell("封面", "B9", 1130231),
        f"封面!B9: Found “1130231”; expected {REQUIRED_DATE}. Write a day that exists in the calendar, ",
    ),
    (
        cell("封面", "B7", ""),
        f"封面!B7: The required field “Period start” is missing or empty. Fill it in: {REQUIRED_DATE}.",
    ),
    (cell("封面", "A7", "x"), "封面: The required field “Period start” is missing or empty. Fill it in: "),
    (
        cell("經費", "C1", "x"),
        f"經費: The header row 1 has no column “Item”. {HEADER_REMEDY}",
    ),
    (cell("人力", "C1", "x"), f"人力: The header row 1 has no column “Role”. {HEADER_REMEDY}"),
    (
        cell("經費", "C1", "品項"),
        "經費!C1: The header C1 is “品項”; expected “Item”. Rename the header to “Item”.",
    ),
    (cell("經費", "F1", "數量(一)"), "經費!F1: The header F1 is “數量(一)”; expected “Quantity 1”. "),
    (cell("人力", "S1", "月薪"), "人力!S1: The header S1 is “月薪”; expected “Monthly pay (subsidy)”. "),
    (
        lambda _, sheets: sheets["經費"].merge_range("C1:D1", "類 項目"),
        "經費!C1: The header cells C1:D1 are merged, and no column says Item; expected one header in each. "
        "Take the merge apart and write one header in each column.",
    ),
    (
        lambda workbook, sheets: sheets["經費"].merge_range("B1:C1", "類別", workbook.add_format({"bold": True})),
        "經費!B1: The header cells B1:C1 are merged, and no column says Item; expected one header in each. "
        "Take the merge apart and write one header in each column.",
    ),
    (cell("總表", "C1", "申請數"), "總表!C1: The header C1 is “申請數”; expected “Stated”. "),
    (
        cell("經費", "A1", "項目"),
        "經費!C1: The header “項目” stands in A1 and in C1; only A1 is read. Delete or rename one of the two columns.",
    ),
    (
        lambda _, sheets: sheets["經費"].merge_range("Q1:R1", "日期"),
        "經費!Q1: The header cells Q1:R1 are merged; expected one header in each column. "
        "Take the merge apart and write one header in each column.",
    ),
    (formula("經費", f"{AMOUNT}2", ""), f"經費!{AMOUNT}2: {NOT_CALCULATED}"),
    (formula("封面", "B7", ""), f"封面!B7: {NOT_CALCULATED}"),
    (formula("封面", "B23", ""), f"封面!B23: {NOT_CALCULATED}"),
    (formula("總表", "C5", ""), f"總表!C5: {NOT_CALCULATED}"),
    (formula("經費", "C9", ""), f"經費!C9: {NOT_CALCULATED}"),
    (
        formula("經費", f"{AMOUNT}2", "#REF!"),
        f"經費!{AMOUNT}2: The cell holds the error #REF!; expected a value. Correct the formula, or type the value.",
    ),
    (cell("經費", "G2", "光年"), "經費!G2: Found “光年”; expected one of: hour, period, time, "),
    (
        cell("經費", "G2", ""),
        "經費!G2: Found “2”; expected a number with its unit. Give both the number and the unit, or neither.",
    ),
]


@pytest.mark.parametrize(("change", "message"), BAD_CELLS, ids=[message.partition(":")[0] for _, message in BAD_CELLS])
def test_each_bad_cell_has_its_message(
    change: Any, message: str, example: dict[str, Any], book: Book, library: Library, english: Language
) -> None:
    found = complaints(book(example, change), library, english)
    assert len(found) == 1
    assert found[0].startswith(f"draft.xlsx, {message}")


def test_a_value_that_is_not_calculated_is_never_zero(example: dict[str, Any], book: Book, library: Library) -> None:
    reading = read(book(example, formula("經費", f"{AMOUNT}2", "")), library)
    assert reading.draft.lines[0].amount is None


def test_a_formula_whose_value_is_an_empty_text_is_calculated(
    example: dict[str, Any], book: Book, library: Library
) -> None:
    path = book(example, formula("經費", "C9", ""))
    stored = b'<c r="C9"><f>1+1</f><v></v></c>'
    repacked(
        path, {"xl/worksheets/sheet3.xml": lambda xml: xml.replace(stored, stored.replace(b"<c ", b'<c t="str" '))}
    )
    assert read(path, library).problems == ()


@pytest.mark.parametrize(
    "shape",
    [b"<f>%b</f>", b'<f t="shared" ref="C9:C9" si="0">%b</f><v/>', b'<f t="shared" si="0"/>', b"<f>%b</f>\n <v ></v>"],
)
@pytest.mark.parametrize("prefix", [b"", b"x:"])
@pytest.mark.parametrize("reference", [b' r="C9"', b""])
def test_formulas_without_a_value_in_every_shape(
    shape: bytes, prefix: bytes, reference: bytes, example: dict[str, Any], book: Book, library: Library
) -> None:
    def change(xml: bytes) -> bytes:
        blank = b"".join(b"<c/>" for _ in range(2)) if not reference else b""
        made = blank + b"<c" + reference + b">" + (shape % b"1+1" if b"%b" in shape else shape) + b"</c>"
        xml = xml.replace(b"</sheetData>", b'<row r="9">' + made + b"</row></sheetData>")
        if prefix:
            for tag in (b"worksheet", b"sheetData", b"row", b"c", b"f", b"v"):
                for end in (b" ", b">", b"/"):
                    xml = xml.replace(b"<" + tag + end, b"<" + prefix + tag + end)
                xml = xml.replace(b"</" + tag + b">", b"</" + prefix + tag + b">")
            xml = xml.replace(b"xmlns=", b"xmlns:x=").replace(b"<v>", b"<x:v>")
        return xml

    path = repacked(book(example), {"xl/worksheets/sheet3.xml": change})
    assert [problem.place.shown for problem in read(path, library).problems] == ["經費!C9"]


def test_sheets_that_are_missing(example: dict[str, Any], book: Book, library: Library, english: Language) -> None:
    def rename(name: bytes) -> Callable[[bytes], bytes]:
        return lambda xml: xml.replace(f'name="{name.decode()}"'.encode(), b'name="x"')

    path = repacked(book(example), {"xl/workbook.xml": rename("經費".encode())})
    remedy = "Give the sheet this name, or fill in the workbook that `grantcalc template` writes."
    assert complaints(path, library, english) == [
        f"draft.xlsx: The workbook has no sheet “Budget”; it has: 封面, 人力, x, 總表. {remedy}"
    ]
    path = repacked(book(example), {"xl/workbook.xml": rename("封面".encode())})
    with pytest.raises(Unreadable):
        read(path, library)


def test_a_sheet_without_a_header(example: dict[str, Any], book: Book, library: Library, english: Language) -> None:
    def change(_: Any, sheets: Sheets) -> None:
        for column in range(len(LINE_FIELDS) + 5):
            sheets["經費"].write(0, column, f"x{column}")

    assert complaints(book(example, change), library, english) == [
        f"draft.xlsx, 經費: The sheet has no header row in its first 30 rows; expected a row with: {LINE_HEADERS}. "
        f"{HEADER_REMEDY}"
    ]


def test_notes_of_the_file(example: dict[str, Any], book: Book, library: Library, english: Language) -> None:
    def change(workbook: Any, _: Sheets) -> None:
        workbook.add_worksheet("備忘")
        workbook.add_worksheet("清單")

    path = repacked(
        book(example, change),
        {"xl/vbaProject.bin": lambda _: b"x", "xl/externalLinks/externalLink1.xml": lambda _: b"<x/>"},
    )
    assert [english(note) for note in read(path, library).notes] == [
        "The workbook contains macros; they are never run, only its stored values are read.",
        "The workbook has links to other files; only the values stored in it are read.",
        STALE,
        "These sheets are not read: 備忘.",
    ]


@pytest.mark.parametrize(("stamp", "fits"), [(1, True), (2, False), ("old", False)])
def test_the_version_stamp(
    stamp: object, fits: bool, example: dict[str, Any], book: Book, library: Library, english: Language
) -> None:
    path = book(example, lambda workbook, _: workbook.set_custom_property("grantcalc-format", stamp))
    assert complaints(path, library, english) == (
        []
        if fits
        else [
            f"draft.xlsx: The workbook is of template version {stamp}; this program reads version 1. "
            "Write a new template with `grantcalc template`, and paste the values into it."
        ]
    )


def test_files_that_are_no_workbook(
    example: dict[str, Any], book: Book, library: Library, english: Language, tmp_path: Path
) -> None:
    whole = book(example).read_bytes()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    save = "Open it in the program it came from and save it as .xlsx."
    expected = "expected a draft as .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .json or .toml."
    files = {
        "cut.xlsx": (
            whole[: len(whole) // 2],
            f"The workbook is damaged or was cut off in transfer: its content is not that of a workbook. {FETCH_AGAIN}",
        ),
        "old.xls": (
            ole + b"\0" * 1000,
            f"The workbook is damaged or was cut off in transfer: its part Workbook cannot be unpacked. {FETCH_AGAIN}",
        ),
        "locked.xlsx": (
            ole + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
            "The workbook is encrypted with a password. "
            "Open it with the password, save it without one, and check that copy.",
        ),
        "a.pdf": (b"%PDF-1.7", f"The file is a PDF document; {expected} {save}"),
        "a.docx": (archive({"word/document.xml": b"x"}), f"The file is a Word document; {expected} {save}"),
        "a.odt": (
            archive({"mimetype": b"x"}),
            f"The file is an OpenDocument file, but no spreadsheet; {expected} {save}",
        ),
        "a.zip": (
            archive({"a.txt": b"x"}),
            "The file is an archive without a workbook in it. Fill in the workbook that `grantcalc template` writes.",
        ),
        "a.txt": (b"hello", f"The file is of another type (.txt); {expected} {save}"),
        "empty.xlsx": (b"", "The file is empty. Save the draft once more, or take it from a backup."),
        "text.xlsx": (
            b"hello",
            f"The workbook is damaged or was cut off in transfer: its content is not that of a workbook. {FETCH_AGAIN}",
        ),
    }
    for name, (data, message) in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert complaints(path, library, english) == [f"{name}: {message}"]
    assert complaints(tmp_path / "none.xlsx", library, english) == [
        "none.xlsx: The file does not exist. Check the name and the folder."
    ]
    assert complaints(tmp_path, library, english) == [
        f"{tmp_path.name}: This is a folder, not a file. Check the name and the folder."
    ]


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return made.getvalue()


def test_the_content_decides_not_the_extension(
    example: dict[str, Any], book: Book, library: Library, tmp_path: Path
) -> None:
    renamed = tmp_path / "draft.json"
    renamed.write_bytes(book(example).read_bytes())
    assert read(renamed, library).draft.county == "嘉義縣"
    plain = tmp_path / "json.xlsx"
    plain.write_text(json.dumps(example, default=float), encoding="utf-8")
    assert read(plain, library).draft.county == "嘉義縣"


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(entries=3), "The workbook has 13 parts; expected at most 3."),
        (Limits(expanded_bytes=100), "Unpacked, the workbook has "),
        (
            Limits(ratio=1, ratio_from=1000),
            "The part [Content_Types].xml unpacks to 4 times its size; expected at most 1 times.",
        ),
        (Limits(sheet_cells=20), "The sheet 封面 reaches to B23, 46 cells; expected at most 20."),
    ],
)
def test_workbooks_beyond_the_limits(
    limits: Limits, message: str, example: dict[str, Any], book: Book, library: Library, english: Language
) -> None:
    data = book(example).read_bytes()
    with pytest.raises(Unreadable) as caught:
        read_workbook(data, library, "x.xlsx", limits)
    assert english(caught.value.problems[0].message).startswith(message)


def test_a_cell_far_outside_is_refused_and_a_far_blank_is_not(
    example: dict[str, Any], book: Book, library: Library, english: Language
) -> None:
    far = book(example, cell("經費", "XFD1048576", 1))
    assert complaints(far, library, english) == [
        "draft.xlsx: The sheet 經費 reaches to XFD1048576, 17,179,869,184 cells; expected at most 8,000,000. "
        "Delete everything beyond the table (rows below it, columns right of it) and save again."
    ]

    def blank(workbook: Any, sheets: Sheets) -> None:
        sheets["經費"].write_blank("XFD1048576", None, workbook.add_format({"bold": True}))

    assert complaints(book(example, blank), library, english) == []


def test_encrypted_parts_and_entities_are_refused(
    example: dict[str, Any], book: Book, library: Library, english: Language
) -> None:
    data = bytearray(book(example).read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    with pytest.raises(Unreadable) as caught:
        read_workbook(bytes(data), library, "x.xlsx")
    assert english(caught.value.problems[0].message) == "The workbook is encrypted with a password."
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbb">]><workbook/>'
    path = repacked(book(example), {"xl/workbook.xml": lambda _: bomb})
    assert complaints(path, library, english) == [
        "draft.xlsx: The workbook is damaged or was cut off in transfer: its part xl/workbook.xml is no valid XML. "
        f"{FETCH_AGAIN}"
    ]
