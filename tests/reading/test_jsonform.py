"""JSON and TOML drafts: the round trip, and every way such a file can be broken."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from grantcalc.draft.model import Draft
from grantcalc.reading import Unreadable, read, told
from grantcalc.reading.jsonform import parse_json, parse_toml, to_json
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from tests.strategies import drafts

CALM = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def encoded(value: Any) -> str:
    """JSON text; decimals as numbers."""
    return json.dumps(value, ensure_ascii=False, default=float)


def complaints(error: Unreadable, language: Language) -> list[str]:
    """Every problem in full."""
    return [language(told(problem, error.file)) for problem in error.problems]


@CALM
@given(draft=drafts("fsp-113"))
def test_the_json_form_keeps_every_field(draft: Draft, library: Library) -> None:
    reading = structure(to_json(draft), library, "draft.json")
    assert reading.problems == ()
    assert reading.draft == draft


@CALM
@given(draft=drafts("dapc-113"))
def test_the_text_of_the_json_form_keeps_every_field(draft: Draft, library: Library) -> None:
    plain = json.dumps(to_json(draft), default=lambda value: float(value) if isinstance(value, Decimal) else value)
    reading = parse_json(plain.encode(), library, "draft.json")
    assert reading.problems == ()
    assert reading.draft == draft


def test_toml_and_json_are_equal(example: dict[str, Any], library: Library, tmp_path: Path) -> None:
    lines = [
        f"{key} = {encoded(example[key])}"
        for key in ("format", "programme", "county", "applicant_kind", "title", "filed_on")
    ]
    lines += ["[period]", "start = 2024-01-01", 'end = "113/12/31"', "[[positions]]", 'role = "social-worker"']
    lines += ["months = 13.5", "hired_on = 2021-03-01", "[[lines]]", 'item = "團體帶領費"', "amount = 1"]
    toml = tmp_path / "draft.toml"
    toml.write_text("\n".join(lines), encoding="utf-8")
    same = {key: example[key] for key in ("format", "programme", "county", "applicant_kind", "title", "filed_on")}
    same |= {"period": example["period"], "lines": [{"item": "group-leader", "amount": 1}]}
    same["positions"] = [{"role": "social-worker", "months": 13.5, "hired_on": "110.3.1"}]
    plain = tmp_path / "draft.json"
    plain.write_text(encoded(same), encoding="utf-8")
    first, second = read(toml, library), read(plain, library)
    assert first.problems == second.problems == ()
    assert first.draft == second.draft
    assert first.draft.positions[0].months == Decimal("13.5")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"format": 1,\n "county" 2}',
            "x.json: Line 2, column 11: this is no JSON (Expecting ':' delimiter). "
            "Correct the file at that place; a draft written by `grantcalc` is a pattern.",
        ),
        (
            "[1]",
            "x.json: The file holds “[…]”; expected one object with the keys of a draft. "
            "Start from the example that `grantcalc template` writes.",
        ),
        (
            "[" * 100_000,
            "x.json: The file nests too many levels; a draft has five at most. Remove the superfluous brackets.",
        ),
    ],
)
def test_broken_json(text: str, message: str, library: Library, english: Language) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_json(text.encode(), library, "x.json")
    assert complaints(caught.value, english) == [message]


def test_wrong_encoding(library: Library, english: Language) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_json('{"county": "嘉義縣"}'.encode("big5"), library, "x.json")
    assert complaints(caught.value, english) == [
        "x.json: The file is not UTF-8 text (byte 13). Save it with the encoding UTF-8."
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_unicode_encodings_are_read(encoding: str, example: dict[str, Any], library: Library) -> None:
    assert parse_json(encoded(example).encode(encoding), library, "x.json").draft.county == "嘉義縣"


def test_broken_toml(library: Library, english: Language) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_toml(b"format = 1\ncounty = \n", library, "x.toml")
    assert complaints(caught.value, english) == [
        "x.toml: Line 2, column 10: this is no TOML (Invalid value). "
        "Correct the file at that place; a draft written by `grantcalc` is a pattern."
    ]
    with pytest.raises(Unreadable) as caught:
        parse_toml(b"format = " + b"1" * 5000, library, "x.toml")
    assert complaints(caught.value, english) == [
        "x.toml: A number in the file has too many digits. Write numbers with at most 15 digits."
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.json", '{"format": 1,\n "county" 2}', "第 2 行第 11 字起不符合 JSON 格式。"),
        ("x.toml", "format = 1\ncounty = \n", "第 2 行第 10 字起不符合 TOML 格式。"),
        ("x.toml", 'a = """', "檔案內容不完整，不符合 TOML 格式。"),
    ],
)
def test_the_chinese_message_has_no_words_of_the_parser(name: str, text: str, message: str, library: Library) -> None:
    parse = parse_json if name.endswith("json") else parse_toml
    with pytest.raises(Unreadable) as caught:
        parse(text.encode(), library, name)
    assert Language(Tongue.ZH_TW)(caught.value.problems[0].message) == message


def test_a_key_given_twice_is_told_with_its_path(example: dict[str, Any], library: Library, english: Language) -> None:
    text = encoded(example).replace('"ref": "L1"', '"ref": "L1", "amount": 1, "ref": "L2"')
    reading = parse_json(text.encode(), library, "x.json")
    assert [english(told(problem, "x.json")) for problem in reading.problems] == [
        "x.json, lines[0].ref: The key “ref” stands here twice. Keep one of them; only the last one was read.",
        "x.json, lines[0].amount: The key “amount” stands here twice. Keep one of them; only the last one was read.",
    ]


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "1e400", "1e-400", "1" * 5000, "1e999999999999"])
def test_numbers_that_are_none(written: str, example: dict[str, Any], library: Library) -> None:
    text = encoded(example).replace('"unit_price": 2000', f'"unit_price": {written}')
    reading = parse_json(text.encode(), library, "x.json")
    assert [problem.place.path for problem in reading.problems] == ["lines[0].unit_price"]
    assert reading.draft.lines[0].unit_price is None
