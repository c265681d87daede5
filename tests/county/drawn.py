"""Sheets drawn as text, and what the search for tables makes of them in a few letters; sheets drawn at random."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from grantcalc.draft.choices import Form
from grantcalc.draft.model import Recognition
from grantcalc.reading.book import Book
from grantcalc.reading.county.find import find_tables
from grantcalc.reading.county.mapping import TableMap
from grantcalc.reading.county.model import CountyTable
from grantcalc.reading.formulas import Scan
from grantcalc.reading.grid import Grid
from grantcalc.reading.problems import Sink
from grantcalc.tabledata import Tables
from grantcalc.text import Language, Tongue
from tests.county.grids import grid

CATEGORIES = ("人事費", "業務費", "管理費", "專業服務費", "個案服務費", "訓練及活動費", "專案計畫管理費")
Merged = tuple[int, int, int, int]


@cache
def all_tables() -> Tables:
    return Tables()


def drawn(text: str, *merged: Merged, name: str = "經費", lost: frozenset[tuple[int, int]] = frozenset()) -> Grid:
    """A sheet of lines with cells between bars; what is written as a number is one."""
    rows = [[_cell(cell.strip()) for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    return evolve(grid(name, rows, *merged), scan=Scan(uncalculated=lost, errors={}))


def _cell(text: str) -> object:
    digits = text.replace(",", "")
    return float(digits) if digits.replace(".", "", 1).isdigit() else text


@frozen(kw_only=True)
class Found:
    """The tables of a file and everything that was told."""

    tables: tuple[CountyTable, ...]
    told: tuple[Recognition, ...]

    @property
    def unsure(self) -> list[str]:
        """The cells that a person must look at."""
        return [one.place.cell or "" for one in self.told if not one.sure]

    def said(self, cell: str) -> str:
        """What was told about a cell and hinted at, in English."""
        language = Language(Tongue.EN)
        return " ".join(f"{language(one.message)} {language(one.hint)}" for one in self.told if one.place.cell == cell)


def found(*grids: Grid, maps: tuple[TableMap, ...] = (), hidden: frozenset[str] = frozenset()) -> Found:
    book = Book(
        form=Form.WORKBOOK,
        grids={one.name: one for one in grids},
        names=tuple(one.name for one in grids),
        hidden=hidden,
    )
    sink = Sink("x.xlsx")
    tables = find_tables(book, maps, sink, all_tables(), CATEGORIES)
    return Found(tables=tables, told=tuple(sink.recognitions))


def columns(table: CountyTable) -> list[str]:
    """Like 「C quantity1 hour ×1000」 without what is usual."""
    shown = []
    for one in table.columns:
        index = str(one.index) if one.index else ""
        unit = f" {one.unit}" if one.unit else ""
        factor = f" ×{one.factor}" if one.factor != 1 else ""
        shown.append(f"{table.grid.cell(1, one.number)[:-1]} {one.kind.value}{index}{unit}{factor}")
    return shown


def rows(table: CountyTable) -> list[tuple[object, ...]]:
    """Number, kind, category of every row, and what it sums where it does."""
    return [(row.number, row.kind.value, row.category, *((row.sums,) if row.sums else ())) for row in table.rows]


def one(*grids: Grid, maps: tuple[TableMap, ...] = ()) -> CountyTable:
    """The only table."""
    (table,) = found(*grids, maps=maps).tables
    return table


@frozen(kw_only=True)
class Budget:
    """A sheet drawn at random: its rows as cells, and the dollars that each of its rows of entries states."""

    rows: list[list[object]]
    stated: dict[int, int]
    money: dict[int, str]
    """What each column of money holds, by its number: ``amount``, ``subsidy`` or ``own``."""
    factor: int

    @property
    def whole(self) -> int:
        """Everything that it asks for, of every fund."""
        return sum(self.stated.values())


ITEMS = (
    "小計表印製", "備品費", "說明書編印", "合作費", "總機費", "附註解手冊", "", "社工員訓練費", "督導費",
    "一、海報印製", "(二)督導費", "3.文具", "A 材料費", "丙、誤餐費",
)  # fmt: skip
"""Names that are items, are like items, begin or end like sums, notes and posts, or are numbered like headings."""
POSTS = ("社工員", "專業督導", "社工員2名")
PARTS = ("年終獎金", "勞健保費", "勞工退休金", "社工員勞健保", "地域加給")
WORDS = (
    "", "", "依規定辦理", "2,000元×2小時×3次", "113年1月", "每人100元，計5人", "500元×2人+300元×3人",
    "甲100元×2人=200元；乙50元×2人=100元", 2500, "一式",
)  # fmt: skip


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    """Columns in any order, of one fund or of two, in 元 or in 千元; items, posts, parts of pay, notes and sums."""
    two_funds, factor = draw(st.booleans()), draw(st.sampled_from((1, 1000)))
    thousands = "(千元)" if factor != 1 else ""
    heads = {"price": f"單價{thousands}", "quantity": "數量", "unit": "單位", "amount": f"金額{thousands}"}
    heads |= {"words": "說明", "category": "類別"}
    if two_funds:
        heads |= {"subsidy": f"補助款{thousands}", "own": f"自籌款{thousands}"}
    columns = ["item", *draw(st.permutations(sorted(heads)))]
    rows: list[list[object]] = [["113年度經費概算表"], [{"item": "經費項目", **heads}[name] for name in columns]]
    stated: dict[int, int] = {}
    for kind in draw(
        st.lists(st.sampled_from(("item", "item", "item", "post", "part", "note", "sum")), min_size=1, max_size=8)
    ):
        row = draw(_row(kind, two_funds))
        if kind == "sum":
            row = {"item": "小計", "amount": sum(stated.values()) // factor}
        if kind in {"item", "post", "part"}:
            stated[len(rows) + 1] = row.pop("worth") * factor
        rows.append([row.get(name) for name in columns])
    rows.append([{"item": "總計", "amount": sum(stated.values()) // factor}.get(name) for name in columns])
    money = {at: name for at, name in enumerate(columns, start=1) if name in {"amount", "subsidy", "own"}}
    return Budget(rows=rows, stated=stated, money=money, factor=factor)


@st.composite
def _row(draw: st.DrawFn, kind: str, two_funds: bool) -> dict[str, Any]:
    if kind in {"note", "sum"}:
        return {"item": "備註：依實核銷"}
    worth = draw(st.integers(1, 90)) * draw(st.sampled_from((1, 10, 1000)))
    names = {"item": ITEMS, "post": POSTS, "part": PARTS}[kind]
    row: dict[str, Any] = {"worth": worth, "item": draw(st.sampled_from(names)), "amount": worth}
    row |= {"words": draw(st.sampled_from(WORDS)), "category": draw(st.sampled_from(("人事費", "業務費", "")))}
    if draw(st.booleans()):
        row |= {"price": draw(st.sampled_from((worth, 500))), "quantity": draw(st.sampled_from((1, 2, 13.5)))}
        row["unit"] = draw(st.sampled_from(("小時", "人", "月", "式", "怪", "")))
    if two_funds:
        own = draw(st.integers(0, worth))
        row |= {"subsidy": worth - own, "own": own, "amount": draw(st.sampled_from((worth, None)))}
    return row
