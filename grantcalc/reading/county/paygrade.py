"""Steps and points of pay that a post's row tells in words: 學士第3階, 碩士級第3年, 285薪點 in the remark column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from attrs import frozen

from grantcalc.money import Number
from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.roles import EXACT, RoleWords
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message, Text
from grantcalc.unitwords import of_numerals

STEP_OF_WORDS = Message("The step of pay was read from “{written}”: {step}.")
POINTS_OF_WORDS = Message("The points of pay were read from “{written}”: {points}.")
SEVERAL_STEPS = Message("“{written}” names several steps of pay, {steps}: none was read.")
SEVERAL_POINTS = Message("“{written}” names several points of pay, {points}: none was read.")
ONE_STEP = Message("State the step of pay of each post in a column of its own.")
ONE_POINTS = Message("State the points of pay of each post in a column of its own.")
_NUMBER: Final = r"(?<![\d.,~～至到\-])(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})"
_MARK: Final = r"\s*[、,/或及和~～至到\-]\s*第?\s*"
_SEVERAL: Final = rf"(?<![\d.,])(?:(?:{{one}}){_MARK}){{{{1,12}}}}(?:{{one}})\s?(?:{{word}})"
"""A list or a span: 第3、4階, 3 ~ 5階, 280或285薪點; so short that a long text takes no longer than its length."""
_SEVERAL_BEHIND: Final = rf"(?:{{word}})\s?[:為第]?\s?(?:{{one}})(?:{_MARK}(?:{{one}})){{{{1,12}}}}(?!\d|\s?元)"
"""The same behind its word: 薪點:280、312."""
_NO_STEP: Final = r"(?![段層梯]|\d[\d,]*元|\d{1,3},)"
_BEFORE: Final = 12
"""Letters before a step that may say that it is a rise."""
_STEP_NUMBER: Final = r"\d{1,2}|[一二三四五六七八九十]{1,2}"
_POINTS: Final = r"(?<![\d.,~～至到\-])(?P<number>\d{3})(?![\d.,~～至到\-])"


def read_grade(
    cells: RowCells, path: str, words: RoleWords, sink: Sink, values: dict[str, Any], where: dict[str, CellKey | None]
) -> None:
    """Step and points by name or explanation, where no column of theirs holds them; one value alone counts."""
    for kind, name, read, told in (
        (ColumnKind.STEP, "step", steps_said, _step_told),
        (ColumnKind.POINTS, "points", points_said, _points_told),
    ):
        if values.get(name) is not None or cells.has(kind):
            continue
        said = _said(cells, where["role"], words, read)
        found = tuple(dict.fromkeys(value for one in said for value in one.values))
        if not found:
            continue
        written = shown("；".join(one.text for one in said))
        if len(found) == 1:
            values[name], where[name] = found[0], said[0].key
        for one in said if len(found) > 1 else said[:1]:
            message, remedy = told(written, found)
            sure = len(found) == 1
            sink.recognised(cells.place(one.key, path), message, remedy, sure=sure, score=EXACT if sure else 0)


@frozen(kw_only=True)
class _Said:
    """What one text of the row says, and its cell."""

    text: str
    key: CellKey | None
    values: tuple[Number, ...]


def _said(
    cells: RowCells, role: CellKey | None, words: RoleWords, read: Callable[[str, RoleWords], tuple[Number, ...]]
) -> tuple[_Said, ...]:
    """The row's texts that say something, the name first; one text in both places is one."""
    places = {cells.description: cells.worded_in} | {cells.row.label: role}
    texts = dict.fromkeys((cells.row.label, cells.description))
    said = (_Said(text=text, key=places[text], values=read(text, words)) for text in texts)
    return tuple(one for one in said if one.values)


def _step_told(written: str, found: tuple[Number, ...]) -> tuple[Text, Text]:
    if len(found) == 1:
        return STEP_OF_WORDS(written=written, step=found[0]), NOTHING()
    return SEVERAL_STEPS(written=written, steps="、".join(map(str, found))), ONE_STEP()


def _points_told(written: str, found: tuple[Number, ...]) -> tuple[Text, Text]:
    if len(found) == 1:
        return POINTS_OF_WORDS(written=written, points=found[0]), NOTHING()
    return SEVERAL_POINTS(written=written, points="、".join(map(str, found))), ONE_POINTS()


def steps_said(text: str, words: RoleWords) -> tuple[Number, ...]:
    """The steps that a text names, each once: 第3階, or the year behind a degree (碩士級第3年).

    A rise (晉一階), the step of a grade (7等3階) and a stage (第一階段) are none.
    """
    plain = _plain(text)
    step, year, rise = (_any(words, kind) for kind in ("step", "step-year", "step-rise"))
    degree = "|".join(re.escape(word) for word, _ in words.words.get("education", ()))
    rising = re.compile(rf"(?:{rise}|等)第?\s?$")
    lists = list(re.finditer(_SEVERAL.format(one=_STEP_NUMBER, word=step), plain))
    patterns = (
        rf"{_NUMBER}\s?(?:{step}){_NO_STEP}",
        rf"(?:{degree})級?\s?[、,(]?\s?(?:第|年資)\s?(?P<number>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?(?:{year})",
    )
    single = [match for pattern in patterns for match in re.finditer(pattern, plain)]
    listed = [match for match in lists if re.match(_NO_STEP, plain[match.end() : match.end() + _BEFORE])]
    inside = {at for match in lists for at in range(*match.span())}
    said = [(match, number) for match in listed for number in re.findall(_STEP_NUMBER, match[0])]
    said += [(match, match["number"]) for match in single if match.start("number") not in inside]
    found = {
        _number(written): None
        for match, written in said
        if not rising.search(plain[max(0, match.start() - _BEFORE) : match.start()])
    }
    return tuple(value for value in found if value is not None)


def points_said(text: str, words: RoleWords) -> tuple[Number, ...]:
    """The points that a text names, each once: 285薪點, 薪點:285; not what one of them is worth."""
    plain, points = _plain(text), _any(words, "points")
    lists = [
        match
        for pattern in (_SEVERAL, _SEVERAL_BEHIND)
        for match in re.finditer(pattern.format(one=r"\d{3}", word=points), plain)
    ]
    found = {int(said): None for match in lists for said in re.findall(r"\d{3}", match[0])}
    for pattern in (rf"{_POINTS}\s?(?:{points})", rf"(?<!每)(?<!每1)(?:{points})\s?[:為第]?\s?{_POINTS}(?!\s?元)"):
        for match in re.finditer(pattern, plain):
            found[int(match["number"])] = None
    return tuple(found)


def _any(words: RoleWords, kind: str) -> str:
    """Any word of a kind, the longest first; nothing matches where there is none."""
    return "|".join(re.escape(word) for word, _ in words.words.get(kind, ())) or r"(?!)"


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _number(written: str) -> Number | None:
    return int(written) if written.isdecimal() else of_numerals(written)
