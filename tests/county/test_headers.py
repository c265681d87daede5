"""What a header says: known words, words in brackets, above one another, and words that are only like known ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from grantcalc.reading.county.headers import leaf, likely, sure
from grantcalc.reading.county.match import SURE
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.words import Words, number_alone, numbering
from grantcalc.tabledata import TableError, Tables, default_directory
from tests.county.drawn import all_tables

WORDS = Words.of(all_tables())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("項　目", "item"),
        ("經費\n項目", "item"),
        ("科目", "item"),
        ("用途別", "item"),
        ("單價(A)", "unit-price"),
        ("數量", "quantity"),
        ("金額（C=A×B）", "amount"),
        ("金額=A×B", "amount"),
        ("總價", "amount"),
        ("用途說明及計算方式", "description"),
        ("計算式／說明", "description"),
        ("說明欄", "description"),
        ("單位1", "unit"),
        ("經費來源", "fund"),
        ("金額(補助款)", "subsidy"),
        ("縣(市)配合款", "own"),
        ("113年度預算數", "amount"),
        ("112年度核定數", "ignored"),
        ("Unit price", "unit-price"),
        ("單價 Unit price", "unit-price"),
        ("職稱", "role"),
        ("身分證字號", "identity"),
    ],
)
def test_a_known_word_is_sure(text: str, kind: str) -> None:
    match = sure(text, WORDS)
    assert match is not None
    assert match.kind.value == kind
    assert match.is_sure


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        ("時數", "hour", None),
        ("數量(人次)", "person-time", None),
        ("金額(千元)", None, 1000),
        ("金額（單位：新臺幣千元）", None, 1000),
        ("單價(元/小時)", "hour", 1),
        ("預算數千元", None, 1000),
    ],
)
def test_a_header_names_units(text: str, unit: str | None, factor: int | None) -> None:
    match = sure(text, WORDS)
    assert match is not None
    assert (match.unit, match.factor) == (unit, factor)


@pytest.mark.parametrize(
    ("texts", "kind", "unit"),
    [
        (("經費來源", "補助款"), "subsidy", None),
        (("經費來源", "中央"), "subsidy", None),
        (("經費來源", "中央", "經常門"), "subsidy", None),
        (("經費來源", "合計"), "amount", None),
        (("數量", "人"), "quantity", "person"),
        (("單價", "(元)"), "unit-price", None),
        (("核定", "金額"), "ignored", None),
        (("補助", "金額"), "subsidy", None),
    ],
)
def test_headers_above_one_another(texts: tuple[str, ...], kind: str, unit: str | None) -> None:
    match = leaf(texts, WORDS)
    assert match is not None
    assert (match.kind.value, match.unit) == (kind, unit)


@pytest.mark.parametrize(
    ("text", "kind"), [("場地單價", "unit-price"), ("團隊科目", "item"), ("計算方試", "description")]
)
def test_a_word_like_a_known_one_is_for_a_person(text: str, kind: str) -> None:
    match = likely(text, WORDS)
    assert sure(text, WORDS) is None
    assert match is not None
    assert match.kind.value == kind
    assert match.score < SURE


@pytest.mark.parametrize(
    "text", ["", "甲", "嘉義縣政府113年度藥癮者家庭支持服務及資源培力計畫經費概算表", "2,000元×2小時"]
)
def test_another_text_is_no_header(text: str) -> None:
    assert sure(text, WORDS) is None
    assert likely(text, WORDS) is None


def test_an_unknown_fund_is_that_of_somebody_else() -> None:
    match = leaf(("經費來源", "鄉公所"), WORDS, guess=True)
    assert match is not None
    assert match.kind is ColumnKind.OTHER
    assert match.score < SURE


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        ("壹、人事費", 0, "人事費"),
        ("一、人事費", 1, "人事費"),
        ("（一）講師費", 2, "講師費"),
        ("㈠講師費", 2, "講師費"),
        ("1.講師費", 3, "講師費"),
        ("１、講師費", 3, "講師費"),
        ("(1)講師費", 4, "講師費"),
        ("①講師費", 5, "講師費"),
        ("3.5公里以內", None, "3.5公里以內"),
        ("一般事務費", None, "一般事務費"),
    ],
)
def test_the_number_before_a_name(text: str, level: int | None, name: str) -> None:
    assert numbering(text) == (level, name)


def test_a_number_alone() -> None:
    assert [number_alone(raw) for raw in ("一", "(二)", 3.0, "4", "", "合計", 2.5, True)] == [
        1,
        2,
        3,
        3,
        None,
        None,
        None,
        None,
    ]


def test_an_unknown_meaning_in_the_table_is_told(tmp_path: Path) -> None:
    source = default_directory() / "common"
    folder = tmp_path / "common"
    folder.mkdir()
    text = (source / "tables.toml").read_text(encoding="utf-8")
    start = text.index('[[table]]\nname = "header_words"')
    end = text.find("\n[[table]]", start + 1)
    (folder / "tables.toml").write_text(text[start : end if end > 0 else None], encoding="utf-8")
    lines = (source / "header_words.csv").read_text(encoding="utf-8").splitlines()
    (folder / "header_words.csv").write_text("\n".join((lines[0], "項目,thing,,,,,,,")), encoding="utf-8")
    with pytest.raises(TableError) as caught:
        Words.of(Tables(tmp_path))
    assert "thing" in str(caught.value.text.values)


@pytest.mark.parametrize("header", ["款別欄位", "場地單價"])
def test_long_headers_may_be_like_a_word(header: str) -> None:
    assert likely(header, Words.of(all_tables())) is not None


@pytest.mark.parametrize("header", ["款額", "項額", "保單"])
def test_a_header_of_two_letters_is_no_other_word(header: str) -> None:
    assert likely(header, Words.of(all_tables())) is None


@pytest.mark.parametrize(
    ("header", "kind", "unit"),
    [
        ("勞健保勞退小計", ColumnKind.INSURANCE, None),
        ("全年保費", ColumnKind.INSURANCE, None),
        ("每月保費合計", ColumnKind.INSURANCE, "month"),
        ("雇主負擔勞健保及勞退(月)", ColumnKind.INSURANCE, "month"),
        ("年終月數(C)", ColumnKind.BONUS, "month"),
        ("自籌款小計", ColumnKind.OWN, None),
        ("保費小計 E", ColumnKind.INSURANCE, None),
        ("合計 D+E", ColumnKind.AMOUNT, None),
        ("單價×數量", ColumnKind.DESCRIPTION, None),
    ],
)
def test_words_around_a_word(header: str, kind: ColumnKind, unit: str | None) -> None:
    match = sure(header, Words.of(all_tables()))
    assert match is not None
    assert (match.kind, match.unit) == (kind, unit)


def test_pay_and_bonus_together_are_an_amount() -> None:
    match = likely("薪資及年終 D=A*(B+C)", Words.of(all_tables()))
    assert match is not None
    assert match.kind is ColumnKind.AMOUNT


def test_several_units_are_a_quantity() -> None:
    match = likely("人/次/節", Words.of(all_tables()))
    assert match is not None
    assert (match.kind, match.unit, match.is_sure) == (ColumnKind.QUANTITY, "person", False)
