"""Tables as text: encodings, delimiters, breaks in quotes, and the values a spreadsheet program would take."""

from __future__ import annotations

import codecs
import datetime as dt
from pathlib import Path

import pytest

from grantcalc.reading import Unreadable, open_book
from grantcalc.reading.book import Book
from grantcalc.reading.open_csv import value_of
from grantcalc.text import Language

TEXT = '項目,單價,金額\n"個別諮商\n（外聘）","2,000",4000\n'
ROWS = [["項目", "單價", "金額"], ["個別諮商\n（外聘）", 2000.0, 4000.0]]
BIG5 = "The text is not UTF-8; it was read as Big5."


def opened(folder: Path, data: bytes, name: str = "概算.csv") -> Book:
    """The book in these bytes."""
    path = folder / name
    path.write_bytes(data)
    return open_book(path)


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (TEXT.encode(), None),
        (codecs.BOM_UTF8 + TEXT.encode(), None),
        (TEXT.encode("utf-16"), None),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None),
        (TEXT.encode("cp950"), BIG5),
        (TEXT.replace("\n", "\r\n").encode(), None),
        (TEXT.replace(",4", "\t4").replace(",單", "\t單").replace(",金", "\t金").replace('","', '"\t"').encode(), None),
        (TEXT.replace(",4", ";4").replace(",單", ";單").replace(",金", ";金").replace('","', '";"').encode(), None),
        (
            b"sep=;\r\n"
            + TEXT.replace(",4", ";4").replace(",單", ";單").replace(",金", ";金").replace('","', '";"').encode(),
            None,
        ),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "big5", "crlf", "tab", "semicolon", "sep"],
)
def test_encodings_and_delimiters(data: bytes, note: str | None, tmp_path: Path, english: Language) -> None:
    found = opened(tmp_path, data)
    assert found.names == ("概算",)
    rows = [
        [cell.replace("\r\n", "\n") if isinstance(cell, str) else cell for cell in row]
        for row in found.grids["概算"].rows
    ]
    assert rows == ROWS
    assert [english(text) for text in found.notes] == ([note] if note else [])


def test_words_that_only_the_larger_big5_has(tmp_path: Path) -> None:
    found = opened(tmp_path, "姓名,薪資\n喆,2\n".encode("big5hkscs"))
    assert found.grids["概算"].value(2, 1) == "喆"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2000", 2000.0),
        (" 2,000 ", 2000.0),
        ("-3.5", -3.5),
        ("1,234,567.89", 1234567.89),
        ("$2,000", 2000.0),
        ("NT$2,000", 2000.0),
        ("15%", 0.15),
        ("0", 0.0),
        ("0.5", 0.5),
        ("2024/3/27", dt.date(2024, 3, 27)),
        ("2024-03-27", dt.date(2024, 3, 27)),
        ("2024/2/30", "2024/2/30"),
        ("3/27/2024", "3/27/2024"),
        ("113/3/27", "113/3/27"),
        ("1130327", 1130327.0),
        ("0912345678", "0912345678"),
        ("00123", "00123"),
        ("1,23", "1,23"),
        ("1234567890123456", "1234567890123456"),
        ("２０００", "２０００"),
        ("2,000元", "2,000元"),
        ("1e5", "1e5"),
        ("inf", "inf"),
        ("nan", "nan"),
        ('="0012"', "0012"),
        ("=1+1", "=1+1"),
        ("  甲 ", "  甲 "),
        ("TRUE", "TRUE"),
        ("", ""),
    ],
)
def test_values(written: str, value: object) -> None:
    assert value_of(written) == value
    assert type(value_of(written)) is type(value)


def test_errors_are_lost_values(tmp_path: Path) -> None:
    found = opened(tmp_path, "項目,金額\n甲,#REF!\n".encode())
    grid = found.grids["概算"]
    assert grid.scan.errors == {(2, 2): "#REF!"}
    assert grid.value(2, 2) == ""


@pytest.mark.parametrize(("name", "note"), [("a.txt", False), ("a.tsv", False), ("a.xls", True), ("a", True)])
def test_a_table_by_another_name(name: str, note: bool, tmp_path: Path, english: Language) -> None:
    found = opened(tmp_path, TEXT.encode(), name)
    told = (
        f"The file's name ends in {Path(name).suffix or '–'}, but it holds a table as text (.csv); it was read as that."
    )
    assert [english(text) for text in found.notes] == ([told] if note else [])


def test_prose_is_no_table(tmp_path: Path, english: Language) -> None:
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, "這是一封信。\n沒有表格。\n".encode(), "a.txt")
    assert english(caught.value.problems[0].message).startswith("The file is of another type (.txt);")


def test_a_table_of_one_column(tmp_path: Path) -> None:
    assert opened(tmp_path, b"1\n2\n").grids["概算"].rows == [[1.0], [2.0]]
