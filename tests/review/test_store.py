"""A reading that is kept comes back the same; a file that holds anything else makes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grantcalc.draft.model import Reading
from grantcalc.reading import read
from grantcalc.review.store import StoreError, dump, load
from grantcalc.rules.library import Library

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_comes_back_as_it_was(path: Path, library: Library) -> None:
    reading = read(path, library)
    back = load(dump(reading))
    assert back == reading
    assert repr(back) == repr(reading)  # types of numbers, too
    assert dump(back) == dump(reading)
    rows = zip(
        (*back.draft.lines, *back.draft.positions), (*reading.draft.lines, *reading.draft.positions), strict=True
    )
    assert all(one.origin == other.origin and one.unread == other.unread for one, other in rows)


@pytest.mark.parametrize(
    "found",
    [
        None,
        [],
        [1],
        [2, {"is": "Reading"}],
        [1, "text"],
        [1, {"is": "Draft", "of": {"programme": "x"}}],
        [1, {"is": "Reading", "of": {"draft": {"is": "Path", "of": "/etc/passwd"}}}],
        [1, {"is": "Reading", "of": {"draft": {"is": "Draft", "of": {"programme": "x", "other": 1}}}}],
        [1, {"is": "Reading", "of": {"draft": {"is": "Decimal", "of": "one"}}}],
        [1, {"is": "Fund", "of": "nobody"}],
        [1, {"is": ["Reading"]}],
        [1, {"of": 1}],
    ],
)
def test_what_is_no_reading_is_refused(found: object) -> None:
    with pytest.raises(StoreError):
        load(json.dumps(found).encode())


def test_broken_bytes_are_refused(library: Library) -> None:
    data = dump(read(EXAMPLES[0], library))
    for broken in (b"", data[:-1], data[: len(data) // 2], b"\xff" + data, b"[" * 100_000):
        with pytest.raises(StoreError):
            load(broken)


def test_a_value_of_no_listed_class_is_not_kept(library: Library) -> None:
    reading = read(EXAMPLES[0], library)
    with pytest.raises(StoreError):
        dump(Reading(draft=reading.draft, file=Path("x")))  # type: ignore[arg-type]
