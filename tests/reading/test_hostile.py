"""No bytes whatever make a reader fail with anything but :class:`Unreadable`."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grantcalc.reading import Unreadable, read, told
from grantcalc.reading.jsonform import parse_json, parse_toml
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.text import Language
from tests.reading.test_workbook import read_workbook, repacked

CALM = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def survives(make: Callable[[], Any], english: Language) -> None:
    """It reads, or says why not; every message can be rendered."""
    try:
        problems, file = make().problems, "x"
    except Unreadable as error:
        problems, file = error.problems, error.file
        assert problems
    for problem in problems:
        assert english(told(problem, file)).isprintable()


@CALM
@given(data=st.binary(max_size=400))
def test_random_bytes(data: bytes, library: Library, english: Language) -> None:
    survives(lambda: parse_json(data, library, "x"), english)
    survives(lambda: parse_toml(data, library, "x"), english)
    for start in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""):
        survives(lambda: read_workbook(start + data, library, "x"), english)  # noqa: B023  # called at once


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=20)
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@CALM
@given(data=st.data())
def test_any_value_anywhere(data: st.DataObject, example: dict[str, Any], library: Library, english: Language) -> None:
    draft = copy.deepcopy(example)
    holder: Any = draft
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(holder[key], dict | list) or data.draw(st.booleans()):
            holder[key] = data.draw(JUNK)
            break
        holder = holder[key]
    survives(lambda: structure(draft, library, "x"), english)


@CALM
@given(data=st.data())
def test_mutated_json(data: st.DataObject, example: dict[str, Any], library: Library, english: Language) -> None:
    text = bytearray(json.dumps(example, default=float, ensure_ascii=False).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    survives(lambda: parse_json(bytes(text), library, "x"), english)


@pytest.mark.parametrize("seed", range(150))
def test_mutated_workbooks(
    seed: int, example: dict[str, Any], book: Callable[..., Path], library: Library, english: Language
) -> None:
    chance = random.Random(seed)  # noqa: S311  # tests only
    path = book(example)
    if seed % 3 == 0:
        data = bytearray(path.read_bytes())
        for _ in range(chance.randint(1, 10)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.randrange(len(data))] if chance.random() < 0.5 else data)
    else:
        part = chance.choice(
            [
                "xl/workbook.xml",
                "xl/_rels/workbook.xml.rels",
                "xl/styles.xml",
                "xl/sharedStrings.xml",
                "docProps/custom.xml",
                *(f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3, 4)),
            ]
        )
        repacked(path, {part: lambda xml: _mutated(xml, chance)})
    survives(lambda: read(path, library), english)


def _mutated(xml: bytes, chance: random.Random) -> bytes | None:
    if chance.random() < 0.1:
        return None
    text = bytearray(xml)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        length = chance.choice([0, 1, 2, 20, 200])
        text[at : at + length] = chance.choice([b"", b"9" * 12, b"<", b">", b'"', b"A", b"\xff", b"<c r='A1'><f/></c>"])
    return bytes(text)
