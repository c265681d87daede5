"""Drafts as JSON or TOML: exact decimals, no duplicate keys, no NaN; and the canonical JSON form of a draft."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from attrs import evolve

from grantcalc.draft.fields import COVER_FIELDS, FORMAT, LINE_FIELDS, POSITION_FIELDS
from grantcalc.draft.model import Draft, Form, Line, Problem, Reading
from grantcalc.finding import Place
from grantcalc.reading.child import Run
from grantcalc.reading.forms import ending_told
from grantcalc.reading.identity import Masker
from grantcalc.reading.limits import DEFAULT_LIMITS, Limits
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.plain import TOO_DEEP, UNNEST, Keys, Plain, plain
from grantcalc.reading.problems import Unreadable, refuse, shown
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.text import Bilingual, Message, Text

BROKEN = Message("Line {line}, column {column}: this is no {form}{reason}.")
BROKEN_AT_END = Message("The file breaks off too early: this is no {form}{reason}.")
MEND = Message("Correct the file at that place; a draft written by `grantcalc` is a pattern.")
NOT_UTF8 = Message("The file is not UTF-8 text (byte {byte}).")
SAVE_UTF8 = Message("Save it with the encoding UTF-8.")
TWICE = Message("The key “{key}” stands here twice.")
KEEP_ONE_KEY = Message("Keep one of them; only the last one was read.")
HUGE_NUMBER = Message("A number in the file has too many digits.")
SHORTER_NUMBER = Message("Write numbers with at most 15 digits.")

_LONGEST_WHOLE = 100


def read_text(data: bytes, form: Form, library: Library, file: str, options: ReadOptions, run: Run) -> Reading:
    """A draft from the bytes of a JSON or TOML file that nobody vouches for: parsed by ``run`` in another process."""
    parse, make = (plain_toml, _of_toml) if form is Form.TOML else (plain_json, _of_json)
    reading = make(run(file, options.limits, parse, data, file, options.limits, options.salt), library, file)
    return evolve(reading, notes=(*ending_told(form, file), *reading.notes))


def parse_json(data: bytes, library: Library, file: str) -> Reading:
    """A draft from the bytes of a JSON file, parsed right here."""
    return _of_json(plain_json(data, file, DEFAULT_LIMITS, b""), library, file)


def parse_toml(data: bytes, library: Library, file: str) -> Reading:
    """A draft from the bytes of a TOML file, parsed right here."""
    return _of_toml(plain_toml(data, file, DEFAULT_LIMITS, b""), library, file)


def plain_json(data: bytes, file: str, limits: Limits, salt: bytes) -> Plain:
    """Keys and values of a JSON file."""
    text = _text(data, file)
    try:
        raw = json.loads(
            text,
            parse_float=_number,
            parse_int=_whole,
            parse_constant=Decimal,
            object_pairs_hook=_pairs,
        )
    except json.JSONDecodeError as error:
        broken = BROKEN(line=error.lineno, column=error.colno, form="JSON", reason=_reason(error.msg))
        raise refuse(file, broken, MEND()) from None
    except RecursionError:
        raise refuse(file, TOO_DEEP(), UNNEST()) from None
    return plain(raw, file, limits, salt)


def plain_toml(data: bytes, file: str, limits: Limits, salt: bytes) -> Plain:
    """Keys and values of a TOML file."""
    return plain(parsed_toml(data, file), file, limits, salt)


def _of_json(found: Plain, library: Library, file: str) -> Reading:
    problems = tuple(_repeated(found.root))
    try:
        reading = structure(found.root, library, file)
    except Unreadable as error:
        raise Unreadable(file, (*problems, *error.problems)) from None
    reading = _identified(reading, found.identities)
    return evolve(reading, form=Form.JSON, problems=(*problems, *reading.problems))


def _of_toml(found: Plain, library: Library, file: str) -> Reading:
    return evolve(_identified(structure(found.root, library, file), found.identities), form=Form.TOML)


def _identified(reading: Reading, identities: Mapping[int, str]) -> Reading:
    """The reading, its posts with what stands for the identity numbers in them."""
    if not identities:
        return reading
    by_path = {f"positions[{number}]": identity for number, identity in identities.items()}
    posts = tuple(evolve(post, identity=by_path.get(post.origin.path)) for post in reading.draft.positions)
    return evolve(reading, draft=evolve(reading.draft, positions=posts))


def parsed_toml(data: bytes, file: str, mend: Message = MEND) -> dict[str, Any]:
    """Keys and values of a TOML file, decimals exact; :class:`Unreadable` where it is none, and how to mend it."""
    try:
        return tomllib.loads(_text(data, file).replace("\r\n", "\n"), parse_float=_number)
    except tomllib.TOMLDecodeError as error:
        raise refuse(file, _broken_toml(str(error)), mend()) from None
    except RecursionError:
        raise refuse(file, TOO_DEEP(), UNNEST()) from None
    except ValueError:  # a whole number longer than Python converts
        raise refuse(file, HUGE_NUMBER(), SHORTER_NUMBER()) from None


def _reason(words: str) -> Bilingual:
    """What the parser says: it speaks English only."""
    return Bilingual("", f" ({shown(Masker().text(words))})")


def _broken_toml(told: str) -> Text:
    words, separator, place = told.rpartition(" (at ")
    numbers = [int(number) for number in re.findall(r"[0-9]+", place)]
    if separator and len(numbers) == len(("line", "column")):
        return BROKEN(line=numbers[0], column=numbers[1], form="TOML", reason=_reason(words))
    return BROKEN_AT_END(form="TOML", reason=_reason(words or told))


def _text(data: bytes, file: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse(file, NOT_UTF8(byte=error.start + 1), SAVE_UTF8()) from None


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return Decimal("Infinity")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONGEST_WHOLE else _number(text)


def _pairs(pairs: list[tuple[str, object]]) -> Keys:
    made = Keys(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        made.repeated = tuple(dict.fromkeys(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return made


def _repeated(root: object) -> Iterator[Problem]:
    """Every key given twice, with its path; without recursion, for files of any depth."""
    waiting: list[tuple[object, str]] = [(root, "")]
    while waiting:
        found, path = waiting.pop()
        if isinstance(found, Keys):
            for key in found.repeated:
                where = Place(path=f"{path}.{shown(key)}".lstrip("."))
                yield Problem(place=where, message=TWICE(key=shown(key)), remedy=KEEP_ONE_KEY())
            waiting += [(inner, f"{path}.{shown(key)}".lstrip(".")) for key, inner in reversed(found.items())]
        elif isinstance(found, list):
            waiting += [(inner, f"{path}[{index}]") for index, inner in reversed(list(enumerate(found)))]


def to_json(draft: Draft) -> dict[str, Any]:
    """The canonical JSON form, without absent fields; decimals stay :class:`~decimal.Decimal`."""
    made: dict[str, Any] = {"format": FORMAT}
    for spec in COVER_FIELDS:
        _put(made, spec.name, _named(draft, spec.name))
    if draft.funding.other:
        funding = made.setdefault("funding", {})
        funding["other"] = [{"source": fund.source, "amount": fund.amount} for fund in draft.funding.other]
    made["positions"] = [_row(position, (spec.name for spec in POSITION_FIELDS)) for position in draft.positions]
    made["lines"] = [_line(line) for line in draft.lines]
    for name in ("categories", "grand"):
        value = getattr(draft.totals, name)
        if value is not None and value != {}:
            made.setdefault("totals", {})[name] = dict(value) if isinstance(value, Mapping) else value
    return made


def _line(line: Line) -> dict[str, Any]:
    made = _row(line, (spec.name for spec in LINE_FIELDS))
    if line.quantities:
        made["quantities"] = [{"number": found.number, "unit": found.unit.value} for found in line.quantities]
    return made


def _row(row: object, names: Iterator[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in names:
        _put(made, name, _named(row, name))
    return made


def _named(holder: Any, name: str) -> Any:
    for part in name.split("."):
        holder = getattr(holder, part, None)
    return holder


def _put(made: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        return
    group, separator, inner = name.rpartition(".")
    (made.setdefault(group, {}) if separator else made)[inner] = _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value
