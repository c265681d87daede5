"""Identity numbers leave a file masked; what stands for them is equal where they are, and says nothing of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grantcalc.reading import ReadOptions, Unreadable, open_book, read, told
from grantcalc.reading.identity import Masker, masked_names
from grantcalc.rules.library import Library
from grantcalc.text import Language
from tests.hostile.sheets import Sheet
from tests.hostile.writers import WRITERS

SALTED = ReadOptions(salt=b"pepper")
NUMBER = "A123456789"
OTHERS = ("B223456789", "AB12345678", "A812345678", "F900000001")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (NUMBER, "A1********"),
        (f"王小明（{NUMBER}）", "王小明（A1********）"),
        ("a123456789", "A1********"),
        ("Ａ１２３４５６７８９", "A1********"),
        ("A 123456789", "A1********"),
        ("Ａ－１２３４５６７８９", "A1********"),
        ("身分證字號A123456789，電話0912345678", "身分證字號A1********，電話0912345678"),
        (f"{NUMBER}、{OTHERS[0]}", "A1********、B2********"),
        ("AB12345678", "AB********"),
        ("A812345678", "A8********"),
        ("F900000001", "F9********"),
        ("A1234567890", "A1234567890"),
        ("AA123456789", "AA123456789"),
        ("A323456789", "A323456789"),
        ("A1********", "A1********"),
        ("CASE-2024-0001", "CASE-2024-0001"),
        ("二０二四年一二三四五六七八九", "二０二四年一二三四五六七八九"),
    ],
)
def test_texts(text: str, masked: str) -> None:
    assert Masker().text(text) == masked


def test_what_stands_for_a_number() -> None:
    masker = Masker(b"pepper")
    first = masker.stands_for(NUMBER)
    assert first == masker.stands_for("王小明 ａ１２３４５６７８９")
    assert first != Masker(b"salt").stands_for(NUMBER)
    assert first != masker.stands_for(OTHERS[0])
    assert masker.stands_for(f"{NUMBER}、{OTHERS[0]}、{NUMBER}") == f"{first} {masker.stands_for(OTHERS[0])}"
    assert "123456789" not in first
    assert Masker().stands_for(NUMBER) == ""
    assert Masker(b"x" * 500).stands_for(NUMBER)


@pytest.mark.parametrize("ending", WRITERS)
def test_cells(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{ending}"
    path.write_bytes(WRITERS[ending]([Sheet("人員", [[], ["", "王小明", NUMBER], ["", "李小華", 123456789]])]))
    found = open_book(path, SALTED)
    assert found.grids["人員"].rows[0] == ["王小明", "A1********"]
    assert found.identities == {("人員", 2, 3): Masker(b"pepper").stands_for(NUMBER)}
    assert open_book(path).identities == {}


def with_number(example: dict[str, Any], number: str = NUMBER) -> dict[str, Any]:
    """A draft with a number in a name, a title and a description."""
    example["positions"][0]["person"] = f"王小明 {number}"
    example["title"] = f"計畫 {number}"
    example["lines"][0]["description"] = number
    example["positions"].append({**example["positions"][0], "ref": "P2", "person": "李小華"})
    return example


def test_posts_of_every_form_of_draft(
    example: dict[str, Any], book: Callable[..., Path], library: Library, tmp_path: Path
) -> None:
    draft = with_number(example)
    plain = tmp_path / "draft.json"
    plain.write_text(json.dumps(draft, default=float), encoding="utf-8")
    toml = tmp_path / "draft.toml"
    toml.write_text(
        'format = 1\nprogramme = "fsp-113"\n[[positions]]\nperson = "王小明 A123456789"\n', encoding="utf-8"
    )
    stands = Masker(b"pepper").stands_for(NUMBER)
    for path in (plain, book(draft), toml):
        posts = read(path, library, SALTED).draft.positions
        assert posts[0].person == "王小明 A1********"
        assert [post.identity for post in posts] == [stands, None][: len(posts)]
        assert read(path, library).draft.positions[0].identity is None
        assert "123456789" not in repr(read(path, library, SALTED))
        assert stands not in repr(posts)


@pytest.mark.parametrize(
    "text",
    [
        '{"format": 1, "programme": "A123456789"}',
        '{"format": 1, "programme": "fsp-113", "A123456789": 1, "positions": [{"A123456789": 1, "step": "A123456789"}]}',  # noqa: E501
        '{"format": 1, "A123456789": 1, "A123456789": 2}',
        '{"A123456789',
    ],
)
@pytest.mark.parametrize("ending", [".json", ".toml"])
def test_messages(text: str, ending: str, library: Library, tmp_path: Path, english: Language) -> None:
    path = tmp_path / f"draft{ending}"
    path.write_text(text if ending == ".json" else "[A123456789]\n[A123456789]\n", encoding="utf-8")
    try:
        problems = read(path, library, SALTED).problems
    except Unreadable as error:
        problems = error.problems
    assert problems
    assert "123456789" not in " ".join(english(told(problem, path.name)) for problem in problems)
    assert "123456789" not in repr(problems)


def test_names_of_sheets_are_masked_and_stay_apart() -> None:
    names = [NUMBER, "經費", "A187654321", "A1********"]
    assert masked_names(names) == {
        NUMBER: "A1******** (2)",
        "經費": "經費",
        "A187654321": "A1******** (3)",
        "A1********": "A1********",
    }


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending != ".csv"])
def test_no_sheet_is_lost_and_no_name_told(ending: str, tmp_path: Path, english: Language) -> None:
    path = tmp_path / f"x{ending}"
    sheets = [Sheet(name, [["項目", "金額"], [name, at]]) for at, name in enumerate((NUMBER, "A187654321"))]
    path.write_bytes(WRITERS[ending]([*sheets, Sheet("王 B223456789", [[1]], hidden=True)]))
    found = open_book(path, SALTED)
    assert [grid.rows[1][1] for grid in found.grids.values()] == [0, 1]
    assert list(found.grids) == list(found.names[:2]) == ["A1********", "A1******** (2)"]
    assert {sheet for sheet, _, _ in found.identities} == set(found.grids)
    assert "王 B2********" in english(found.notes[0])
    assert not re.search(r"\d{8}", repr(found))
