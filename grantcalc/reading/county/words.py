"""The words of counties' sheets, from common/header_words: columns, units, money, rows of sums and of notes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from enum import Enum

from attrs import Factory, define, frozen

from grantcalc.letters import official
from grantcalc.reading.county.model import ColumnKind
from grantcalc.tabledata import BAD_FILE, Row, Table, TableError, Tables
from grantcalc.text import Message
from grantcalc.textwords import words_of

TABLE = "common/header_words"
UNKNOWN_KIND = Message("row {row}: there is no kind “{kind}”; known: {known}")

CURRENCY = "新臺幣|新台幣|nt"
"""Before an amount, folded."""
DOLLARS = "元"
EACH = "每"
"""Notation of prices: 每人100元."""
_NOISE = re.compile(r"[\s*:：．._'\"「」]+")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
_NUMBERING = (
    (0, re.compile(r"[壹貳參叁肆伍陸柒捌玖拾]{1,3}[、.．:]\s*")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}[、.．:]\s*")),
    (2, re.compile(r"[(〔][一二三四五六七八九十]{1,3}[)〕][、.]?\s*")),
    (2, re.compile(r"[\u3220-\u3229][、.]?\s*")),
    (3, re.compile(r"\d{1,3}(?:[、．]|\.(?!\d)|\s+(?=[^\d\s]))\s*")),
    (4, re.compile(r"\(\d{1,3}\)[、.]?\s*")),
    (5, re.compile(r"(?:[①-⑳]|[A-Za-z甲乙丙丁戊己庚辛壬癸][.．、:)]|\([A-Za-z甲乙丙丁戊己庚辛壬癸]\))\s*")),
    (5, re.compile(r"[A-Z]\s+(?=[㐀-鿿])")),
    (6, re.compile(r"[A-Z][-.]?\d{1,2}(?:[.．、:)]\s*|\s+)(?=[㐀-鿿])")),
)
"""Marks before a name by their level: 壹、 一、 (一) 1. (1) ①, as official papers number; letters and 甲、 are of the
last level, where a table does not begin with them (:func:`~grantcalc.reading.county.rows.judge`), A1 is below A."""
_ALONE = (
    (0, re.compile(r"[壹貳參叁肆伍陸柒捌玖拾]{1,3}[、.．]?")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}[、.．]?")),
    (2, re.compile(r"[(〔][一二三四五六七八九十]{1,3}[)〕]")),
    (3, re.compile(r"\d{1,3}[、.．]?")),
    (4, re.compile(r"\(\d{1,3}\)|\d{1,2}[-.]\d{1,2}")),
    (5, re.compile(r"[①-⑳]|\(?[A-Za-z甲乙丙丁戊己庚辛壬癸][.．、)]?")),
    (6, re.compile(r"[A-Z][-.]?\d{1,2}[.．、)]?")),
)
_CIRCLED = re.compile(r"[①-⑳\u3220-\u3229]")
_WIDEST_MARK = 12


def fold(text: str) -> str:
    """A word as it is compared: without blanks and colons, full-width forms made plain, 台 as 臺."""
    return official(_NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold())


def plain(text: str) -> str:
    """A text with its full-width forms made plain, but for circled numbers, which would lose their circle."""
    if _CIRCLED.search(text) is None:
        return unicodedata.normalize("NFKC", text).strip()
    return "".join(
        letter if _CIRCLED.match(letter) else unicodedata.normalize("NFKC", letter) for letter in text
    ).strip()


def brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its remarks in brackets, and those remarks."""
    written = plain(text)
    inner = tuple(next(part for part in found if part) for found in _BRACKETS.findall(written) if any(found))
    return _BRACKETS.sub("", written), inner


def numbering(text: str) -> tuple[int | None, str]:
    """The level of the number before a name (0 壹、 to 5 ①; ``None`` without one), and the name without it."""
    written = plain(text)
    for level, mark in _NUMBERING:
        match = mark.match(written)
        if match is not None and match.end() < len(written):
            return level, written[match.end() :].strip()
    return None, written


def number_alone(raw: object) -> int | None:
    """The level of a cell that holds nothing but such a number (一, (一), 1); ``None`` where it is none."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return 3 if 0 < raw < 1000 and raw == int(raw) else None  # noqa: PLR2004  # 項次 1 to 999
    if not isinstance(raw, str) or len(raw) > _WIDEST_MARK:
        return None
    written = plain(raw)
    return next((level for level, mark in _ALONE if mark.fullmatch(written)), None)


class Version(Enum):
    """Which of several versions of one budget a header names."""

    EARLIER = "earlier"
    """原編列、修正前"""
    LATEST = "latest"
    """修正後、本次申請"""
    DIFFERENCE = "difference"
    """增減"""


@frozen(kw_only=True)
class Word:
    """What a header word means; ``rank`` is its place in the table: of several, the first keeps ``kind``."""

    kind: ColumnKind
    rank: int
    otherwise: ColumnKind | None = None
    staff: ColumnKind | None = None
    unit: str | None = None


@define(kw_only=True)
class Words:
    """All of them, by their folded form; ``matches`` remembers what was looked up in one reading."""

    headers: Mapping[str, Word]
    below: Mapping[tuple[ColumnKind, str], Word]
    """Words that mean something only below a header of that kind."""
    units: Mapping[str, str]
    money: Mapping[str, int]
    rows: Mapping[str, frozenset[str]]
    """Words of rows, by ``subtotal``, ``sum``, ``total``, ``carried`` (過次頁、承上頁)."""
    notes: tuple[str, ...]
    parts: tuple[str, ...]
    """Words before the name of a part of the sum above it: 其中."""
    around: Mapping[str, str]
    """Words around another that say for how long, or that it is a sum; with ``month`` where it is each month's."""
    categories: frozenset[str]
    payer_endings: tuple[str, ...]
    """Words behind the name of who pays, longer ones first: 部分, 明細."""
    several_payers: tuple[str, ...]
    """Words in a name that says more than one payer, or something of both."""
    own: frozenset[str]
    """Those of them that are the programme's own."""
    shares: tuple[str, ...] = ()
    """Words that say that somebody pays a part only: 各半, %."""
    changed: tuple[str, ...] = ()
    """Words in the name of an amended version that say that it stands in place of another: 後."""
    versions: Mapping[str, Version] = Factory(dict)
    beneath: frozenset[str] = frozenset()
    """Words before a text that explains the row above it: 說明."""
    fillers: tuple[str, ...] = ()
    """Words around another that do not change what it means, longer ones first: 本期, 預估."""
    heads: Mapping[str, Word] = Factory(dict)
    """Ends of headers that mean something behind such a word only: 需求量."""
    figured: Mapping[str, ColumnKind] = Factory(dict)
    """Headers of explanations that are something else where numbers stand below them: 標準."""
    each: tuple[str, ...] = ()
    """Words before a unit: 每."""
    each_units: frozenset[str] = frozenset()
    """What may stand behind those: the words of units, and others."""
    aside: tuple[str, ...] = ()
    """Words before another of money that is no part of what is applied for: 上年度."""
    empty_endings: tuple[str, ...] = ()
    """Ends of headers that say nothing: 欄."""
    joining: tuple[str, ...] = ()
    """Words that say that a table is of something else as well: 及."""
    items: frozenset[str] = frozenset()
    """Names of the items that the sheets may hold, folded."""
    matches: dict[str, object] = Factory(dict)

    @classmethod
    def of(cls, tables: Tables, categories: Collection[str] = (), items: Collection[str] = ()) -> Words:
        """Read common/header_words; ``categories`` and ``items`` are names of the programme's own."""
        table = tables[TABLE]
        by_kind: dict[str, list[Row]] = {}
        for row in table.rows:
            by_kind.setdefault(row["kind"], []).append(row)
        headers: dict[str, Word] = {}
        below: dict[tuple[ColumnKind, str], Word] = {}
        for row in table.rows:
            if row["kind"].endswith(_OTHERS):
                continue
            word = _word(table, row)
            if row["below"]:
                below[_kind(table, row, row["below"]), fold(row["word"])] = word
            else:
                headers[fold(row["word"])] = word
        return cls(
            headers=headers,
            below=below,
            units={fold(row["word"]): row["unit"] for row in by_kind.get("unit-word", ())},
            money={fold(row["word"]): row["factor"] for row in by_kind.get("money-word", ())},
            rows={
                kind: frozenset(fold(row["word"]) for row in by_kind.get(f"{kind}-row", ()))
                for kind in ("subtotal", "sum", "total", "carried")
            },
            fillers=_longest(by_kind, "filler-word"),
            heads={fold(row["word"]): _other(table, row) for row in by_kind.get("head-word", ())},
            figured={fold(row["word"]): _other(table, row).kind for row in by_kind.get("figures-word", ())},
            each=_longest(by_kind, "each-word"),
            each_units=frozenset(
                fold(row["word"]) for kind in ("unit-word", "each-unit-word") for row in by_kind.get(kind, ())
            ),
            aside=_longest(by_kind, "aside-word"),
            joining=words_of(tables, "joining"),
            empty_endings=_longest(by_kind, "empty-ending-word"),
            items=frozenset(map(fold, items)),
            notes=tuple(plain(row["word"]) for row in by_kind.get("note-row", ())),
            parts=tuple(fold(row["word"]) for row in by_kind.get("of-which-row", ())),
            around={fold(row["word"]): row["unit"] or "" for row in by_kind.get("around-word", ())},
            payer_endings=_longest(by_kind, "payer-ending-word"),
            several_payers=tuple(fold(row["word"]) for row in by_kind.get("several-payers-word", ())),
            shares=_longest(by_kind, "share-word"),
            changed=_longest(by_kind, "changed-word"),
            own=frozenset(map(fold, categories)),
            beneath=frozenset(fold(row["word"]) for row in by_kind.get("beneath-word", ())),
            versions={fold(row["word"]): one for one in Version for row in by_kind.get(f"{one.value}-word", ())},
            categories=frozenset(
                fold(name) for name in (*(row["word"] for row in by_kind.get("category-name", ())), *categories)
            ),
        )

    def is_own_category(self, text: str) -> bool:
        """Whether a text is the name of a category of the programme."""
        return fold(text) in self.own

    def may_be_sum(self, key: str) -> bool:
        """Whether a folded text holds the word of a row of sums at all."""
        return any(word in key for words in self.rows.values() for word in words)

    def version(self, text: str) -> tuple[Version | None, str]:
        """Which version of a budget a header names first, and what it says behind that, folded.

        Of several words the longest that leaves a header, or nothing: 原編列數量 is 原編列 and 數量, not 原編列數.
        """
        key = fold(text)
        found = sorted((word for word in self.versions if key.startswith(word)), key=len, reverse=True)
        whole = (word for word in found if key == word or key.removeprefix(word) in self.headers)
        word = next(whole, found[0] if found else "")
        return self.versions.get(word), key.removeprefix(word)

    def unit(self, text: str) -> str | None:
        """The code of the unit that a word names."""
        return self.units.get(fold(text))

    def factor(self, text: str) -> int | None:
        """Dollars of one unit of money: 1000 for 千元, also in 新臺幣千元."""
        return self.money.get(fold(text).replace("新臺幣", ""))

    def is_category(self, text: str) -> bool:
        """Whether a text is the name of a category."""
        return fold(text) in self.categories


_OTHERS = ("-row", "-word", "-name")


def _longest(by_kind: Mapping[str, Collection[Row]], kind: str) -> tuple[str, ...]:
    """The folded words of a kind, longer ones first."""
    return tuple(sorted((fold(row["word"]) for row in by_kind.get(kind, ())), key=len, reverse=True))


def _other(table: Table, row: Row) -> Word:
    """What a word means that is none of a header by itself."""
    return Word(kind=_kind(table, row, row["otherwise"] or ""), rank=row.number, unit=row["unit"])


def _word(table: Table, row: Row) -> Word:
    return Word(
        kind=_kind(table, row, row["kind"]),
        rank=row.number,
        otherwise=_kind(table, row, row["otherwise"]) if row["otherwise"] else None,
        staff=_kind(table, row, row["staff"]) if row["staff"] else None,
        unit=row["unit"],
    )


def _kind(table: Table, row: Row, name: str) -> ColumnKind:
    try:
        return ColumnKind(name)
    except ValueError:
        known = ", ".join(kind.value for kind in ColumnKind)
        reason = UNKNOWN_KIND(row=row.number, kind=name, known=known)
        raise TableError(BAD_FILE(file=table.info.file, reason=reason)) from None
