"""Sums of a table: what each of them is of, what is checked, and which cells are left over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import evolve

from grantcalc.draft.choices import Fund
from grantcalc.draft.model import Line, Origin, Position
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.county.leftover import Leftover
from grantcalc.reading.county.model import Column, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.planfacts import Facts
from grantcalc.reading.county.summary import Names, bare, with_sums_told_apart
from grantcalc.reading.county.sums import Sums
from grantcalc.reading.grid import Grid
from grantcalc.reading.problems import Sink
from grantcalc.rules.library import Library
from tests.county.grids import Rows, book, grid

K, R = ColumnKind, RowKind


@cache
def library() -> Library:
    return Library()


def table(sheet: Grid, kinds: str, rows: Mapping[int, tuple[RowKind, tuple[int, ...]]], header: int = 1) -> CountyTable:
    """A table whose columns are named by letters: i item, p price, q quantity, a amount, s subsidy, o own, r role."""
    named = {"i": K.ITEM, "p": K.UNIT_PRICE, "q": K.QUANTITY, "a": K.AMOUNT, "s": K.SUBSIDY, "o": K.OWN, "r": K.ROLE}
    columns = tuple(Column(kind=named[one], number=at, header=one) for at, one in enumerate(kinds, start=1))
    made = tuple(
        CountyRow(number=number, kind=kind, label=str(sheet.value(number, 1)), sums=sums)
        for number, (kind, sums) in rows.items()
    )
    return CountyTable(grid=sheet, header=(header, header), columns=columns, rows=made)


def line(index: int, row: int, category: str, fund: Fund = Fund.SUBSIDY) -> Line:
    return Line(
        category=category,
        fund=fund,
        amount=1,
        origin=Origin(path=f"lines[{index}]", sheet="表", row=row, columns={"item": "A"}),
    )


def post(index: int, row: int) -> Position:
    origin = Origin(path=f"positions[{index}]", sheet="人事", row=row, columns={"role": "A"})
    return Position(monthly_pay=40000, pay_amount=1, origin=origin)


def sums_of(tables: tuple[CountyTable, ...], entries: Entries) -> Sums:
    programme = library().programme("fsp-113")
    assembler = Assembler(library(), Sink("x"), programme=programme)
    made = Sums(tables, entries, assembler, Names.of(programme), Facts(assembler.sink))
    made.read()
    return made


ROWS: Rows = [
    ["項目", "金額"],
    ["一、個案服務費", 300],
    ["個別諮商", 100],
    ["團體", 200],
    ["二、訓練及活動費"],
    ["講座", 400],
    ["小計", 400],
    ["總計", 700],
]


def whole() -> tuple[CountyTable, Entries]:
    made = table(
        grid("表", ROWS),
        "ia",
        {
            2: (R.HEADING, (3, 4)),
            3: (R.ENTRY, ()),
            4: (R.ENTRY, ()),
            5: (R.HEADING, ()),
            6: (R.ENTRY, ()),
            7: (R.SUBTOTAL, (6,)),
            8: (R.TOTAL, (2, 7)),
        },
    )
    lines = (line(0, 3, "個案服務費"), line(1, 4, "個案服務費"), line(2, 6, "訓練及活動費"))
    claimed = {("表", 3 + at, 2): (f"lines[{at}].amount",) for at in range(2)} | {("表", 6, 2): ("lines[2].amount",)}
    return made, Entries(lines=lines, claimed=claimed)


def test_headings_subtotals_and_the_total() -> None:
    made, entries = whole()
    sums = sums_of((made,), entries)
    assert sums.categories == {"個案服務費": 300}
    assert sums.grand == 700
    assert sums.cells == {"totals.categories.個案服務費": ("表", "B2"), "totals.grand": ("表", "B8")}
    (subtotal,) = sums.assembler.sink.sums  # 小計 does not name its category
    assert (subtotal.stated, subtotal.rows, subtotal.place.cell) == (400, ("lines[2].amount",), "B7")


def test_a_total_over_rows_of_another_sheet() -> None:
    budget = grid("表", [["項目", "金額"], ["專業服務費", 500], ["講座", 400], ["總計", 900]])
    staff = grid("人事", [["職稱", "金額"], ["社工", 500]])
    tables = (
        table(budget, "ia", {2: (R.ENTRY, ()), 3: (R.ENTRY, ()), 4: (R.TOTAL, (2, 3))}),
        table(staff, "ra", {2: (R.ENTRY, ())}),
    )
    apart = with_sums_told_apart(tables, Names.of(library().programme("fsp-113")))
    assert [row.kind for row in apart[0].rows] == [R.HEADING, R.ENTRY, R.TOTAL]
    claimed = {("表", 3, 2): ("lines[0].amount",), ("人事", 2, 2): ("positions[0].pay_amount",)}
    entries = Entries(lines=(line(0, 3, "訓練及活動費"),), positions=(post(0, 2),), claimed=claimed)
    sums = sums_of(apart, entries)
    assert sums.categories == {"專業服務費": 500}
    assert sums.grand == 900


def test_the_only_row_of_a_category_stays_an_entry() -> None:
    budget = grid("表", [["項目", "單價", "金額"], ["專業服務費", None, 500], ["專案計畫管理費", None, 20]])
    tables = (table(budget, "ipa", {2: (R.ENTRY, ()), 3: (R.ENTRY, ())}),)
    apart = with_sums_told_apart(tables, Names.of(library().programme("fsp-113")))
    assert [row.kind for row in apart[0].rows] == [R.ENTRY, R.ENTRY]


def test_columns_of_funds() -> None:
    sheet = grid("表", [["項目", "補助", "自籌"], ["講座", 300, 100], ["場地", 200, None], ["總計", 500, 100]])
    made = table(sheet, "iso", {2: (R.ENTRY, ()), 3: (R.ENTRY, ()), 4: (R.TOTAL, (2, 3))})
    lines = (line(0, 2, "訓練及活動費"), line(1, 2, "訓練及活動費", Fund.OWN), line(2, 3, "訓練及活動費"))
    claimed = {
        ("表", 2, 2): ("lines[0].amount",),
        ("表", 2, 3): ("lines[1].amount",),
        ("表", 3, 2): ("lines[2].amount",),
    }
    sums = sums_of((made,), Entries(lines=lines, claimed=claimed))
    assert sums.grand is None
    assert sums.facts.values == {"funding.subsidy": 500, "funding.own": 100}
    assert sums.facts.cells["funding.own"] == ("表", "C4")


def test_funds_below_the_total() -> None:
    sheet = grid("表", [["項目", "金額"], ["講座", 400], ["總計", 400], ["補助款", 300], ["自籌款", 100]])
    rows = {2: (R.ENTRY, ()), 3: (R.TOTAL, (2,)), 4: (R.TOTAL, ()), 5: (R.TOTAL, ())}
    made = table(sheet, "ia", rows)
    entries = Entries(lines=(line(0, 2, "訓練及活動費"),), claimed={("表", 2, 2): ("lines[0].amount",)})
    sums = sums_of((made,), entries)
    assert sums.grand == 400
    assert sums.facts.values == {"funding.subsidy": 300, "funding.own": 100}


def test_a_sum_over_a_row_that_was_not_read_is_not_checked() -> None:
    made, entries = whole()
    claimed = {key: paths for key, paths in entries.claimed.items() if key[1] != 4}
    sums = sums_of((made,), evolve(entries, lines=entries.lines[:1], claimed=claimed))
    unsure = [one for one in sums.assembler.sink.recognitions if not one.sure]
    assert [one.place.cell for one in unsure] == ["B2", "B8"]
    assert sums.grand is None


def test_joined_rows_count_once() -> None:
    sheet = grid("人事", [["職稱", "金額"], ["社工", 500], ["年終獎金", 60], ["合計", 560]])
    made = table(sheet, "ra", {2: (R.ENTRY, ()), 3: (R.ENTRY, ()), 4: (R.TOTAL, (2, 3))})
    claimed = {("人事", row, 2): ("positions[0].pay_amount",) for row in (2, 3)}
    sums = sums_of((made,), Entries(positions=(post(0, 2),), claimed=claimed))
    assert sums.grand == 560
    assert not sums.assembler.sink.sums


def test_thousands_of_the_header() -> None:
    made, entries = whole()
    columns = tuple(evolve(one, factor=1000) if one.kind is K.AMOUNT else one for one in made.columns)
    assert sums_of((evolve(made, columns=columns),), entries).grand == 700_000


def test_labels_are_compared_without_numbers_and_sum_words() -> None:
    for label in ("一、人事費", "(一)人事費小計", "１．人事費 合計", "人事費（含年終）", "壹、一、人事費"):
        assert bare(label) == "人事費", label


def test_every_cell_is_claimed_or_told() -> None:
    rows: Rows = [
        ["○○計畫經費表"],
        ["項目", "單價", "金額", "備考"],
        ["講座", 400, 400, "x"],
        ["場地", 100, 100],
        ["總計", None, 500],
        ["承辦人：", "科長："],
        [None, None, 77, 5],
    ]
    made_book = book({"表": rows, "附件": [["說明文字"]], "統計": [["人數", 30]]})
    sheet = made_book.grids["表"]
    made = table(sheet, "ipa", {3: (R.ENTRY, ()), 4: (R.ENTRY, ()), 5: (R.TOTAL, (3, 4)), 6: (R.NOTE, ())}, header=2)
    made = evolve(made, unclaimed={4: "備考"})
    claimed = {("表", row, column): (f"lines[{row - 3}]",) for row in (3, 4) for column in (1, 2)}
    claimed |= {("表", 3, 3): ("lines[0].amount",)}
    entries = Entries(lines=(line(0, 3, "訓練及活動費"),), claimed=claimed)
    sink = Sink("x")
    Leftover(made_book, (made,), entries, {("表", 5, 3)}, sink).tell()
    unread = {one.place.cell: (one.shown, one.money) for one in sink.cells if not one.claimed}
    assert unread == {"D3": ("x", False), "C4": ("100", True), "C7": ("77", True), "D7": ("5", False)}
    assert [one.place.cell for one in sink.cells if one.claimed] == ["C3", "C5"]
    assert [(one.place.sheet, one.place.cell, one.sure) for one in sink.recognitions] == [
        ("表", "A1", True),
        ("表", "A6", True),
        ("附件", None, True),
        ("統計", "B1", False),
    ]


def test_a_sum_over_money_that_nothing_took_is_not_checked() -> None:
    made, entries = whole()
    entries = evolve(entries, lines=entries.lines[:2], claimed={
        key: paths for key, paths in entries.claimed.items() if key[1] != 6
    } | {("表", 6, 1): ()})  # fmt: skip
    sums = sums_of((made,), entries)
    assert sums.grand is None
    assert not [one for one in sums.assembler.sink.sums if one.stated in {400, 700}]
    unsure = [one.place.cell for one in sums.assembler.sink.recognitions if not one.sure]
    assert unsure == ["B7", "B8"]
