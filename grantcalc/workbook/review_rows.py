"""The rows of a draft's sheet in a review (審查表): 申請、初審、複審, what is cut and why; it follows what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from grantcalc.report.amount_lines import AmountLine
from grantcalc.report.columns import Column, Look, texts
from grantcalc.review.amounts import Amounts
from grantcalc.review.model import DraftRow
from grantcalc.review.seconds import MOST, RowKey, key_of, key_of_rest, shown_key
from grantcalc.text import Message
from grantcalc.workbook.review_keys import COLUMN, SUM, draft_text, row_text
from grantcalc.workbook.review_sums import write_sums
from grantcalc.workbook.review_words import Words, fitting
from grantcalc.workbook.simulation_page import Page, Placed
from grantcalc.workbook.styles import Style

NUMBER, CATEGORY, ITEM = Message("No."), Message("Category"), Message("Item")
DETAIL = Message("Description")
ASKED, FIRST, SECOND = Message("Amount asked for"), Message("First review"), Message("Second review")
CUT, REASON, SECTION = Message("Cut"), Message("Reason of the cut"), Message("Section")
PLACE = Message("Place")
WHOLE_ONLY = Message(
    "A whole number of dollars that is not negative; leave the cell empty to agree with the first review."
)

NUMBERS, CATEGORIES, NAMES, DETAILS, SENTENCES, SOURCES, MONEY = 8, 10, 20, 18, 44, 17, 11
"""Widths of columns: together they print on A4 in a size that can be read."""
AT_ASKED, AT_FIRST, AT_SECOND, AT_CUT = 4, 5, 6, 7
AT_PLACE = 10


@frozen(kw_only=True)
class Signed:
    """Where the sums of a sheet stand, and what they are: asked for, first and second review, cut."""

    cells: tuple[str, str, str, str]
    sums: tuple[int, int, int, int]


@frozen(kw_only=True)
class SheetLine:
    """A row with its key, and the amount of the second review that was carried onto it."""

    line: AmountLine
    key: RowKey
    second: int | None

    @property
    def agreed(self) -> int:
        """What the second review leaves of it: the first where it says nothing."""
        return (self.line.allowed or 0) if self.second is None else self.second

    @property
    def cut(self) -> int:
        """Dollars taken off."""
        return 0 if self.line.asked is None else self.line.asked - self.agreed


def sheet_lines(amounts: Amounts, lines: Sequence[AmountLine], carried: Mapping[str, int]) -> list[SheetLine]:
    """The lines of the amounts, in their order, with their keys."""
    keys = [key_of(row) for row in amounts.rows]
    if amounts.rest:
        keys.append(key_of_rest(amounts.rest))
    return [SheetLine(line=line, key=key, second=carried.get(key.row)) for line, key in zip(lines, keys, strict=True)]


def write_rows(page: Page, draft: DraftRow, lines: Sequence[SheetLine], words: Words) -> tuple[Placed, Signed]:
    """The table with its sums, its keys hidden behind it; the places are left to the caller."""
    columns = _columns(draft, lines, words)
    placed = page.table(columns, has_total=True, left_out=(AT_SECOND, AT_CUT, AT_PLACE))
    page.cell(placed.last + 1, AT_PLACE, None, Look.TEXT, is_total=True)
    signed = _formulas(page, placed, columns, lines)
    _keys(page, placed, draft, lines)
    return placed, signed


def _reason(draft: DraftRow, line: AmountLine, words: Words) -> str:
    """Why a row is cut."""
    return fitting("\n".join([*line.remarks, *(words.told(draft, finding).message for finding in line.findings)]))


def _columns(draft: DraftRow, sheet: Sequence[SheetLine], words: Words) -> list[Column]:
    speak, lines = words.speak, [one.line for one in sheet]
    amounts: list[list[int | None]] = [
        [line.asked for line in lines],
        [line.allowed for line in lines],
        [one.agreed for one in sheet],
        [one.cut for one in sheet],
    ]
    money = [
        Column(header=speak(title), cells=cells, total=total, width=MONEY)
        for title, cells, total in zip((ASKED, FIRST, SECOND, CUT), amounts, _sums(sheet), strict=True)
    ]
    return [
        Column(header=speak(NUMBER), cells=list(range(1, len(lines) + 1)), width=NUMBERS),
        texts(speak(CATEGORY), (fitting(line.category) for line in lines), CATEGORIES),
        texts(speak(ITEM), (fitting(line.title) for line in lines), NAMES),
        texts(speak(DETAIL), (fitting(line.detail) for line in lines), DETAILS),
        *money,
        texts(speak(REASON), (_reason(draft, line, words) for line in lines), SENTENCES),
        texts(speak(SECTION), (words.sections(line.findings) for line in lines), SOURCES),
        texts(speak(PLACE), ("" for _ in lines), SOURCES),
    ]


def _formulas(page: Page, placed: Placed, columns: Sequence[Column], lines: Sequence[SheetLine]) -> Signed:
    """The cut of every row and the sums follow what is typed; the second review is the first where nothing is."""
    from xlsxwriter.utility import xl_rowcol_to_cell as cell

    money, last = page.looks.of_cell(Look.MONEY, is_total=False), placed.last + 1
    for at, line in enumerate(lines, start=placed.first):
        asked, first, second = (cell(at, column) for column in (AT_ASKED, AT_FIRST, AT_SECOND))
        formula = f'=IF({asked}="",0,{asked}-IF({second}="",{first},{second}))'
        page.sheet.write_formula(at, AT_CUT, formula, money, line.cut)
        page.pen.value(at, AT_SECOND, line.second, Style.INPUT_AMOUNT)
    _validate(page, placed, has_rest=any(one.key.is_rest for one in lines))
    write_sums(page, placed, columns)
    sums = _sums(lines)
    if lines:
        typed, first = (f"{cell(placed.first, at)}:{cell(placed.last, at)}" for at in (AT_SECOND, AT_FIRST))
        total = page.looks.of_cell(Look.MONEY, is_total=True)
        page.sheet.write_formula(last, AT_SECOND, f'=SUM({typed})+SUMPRODUCT(({typed}="")*{first})', total, sums[2])
    places = [cell(last, at, row_abs=True, col_abs=True) for at in (AT_ASKED, AT_FIRST, AT_SECOND, AT_CUT)]
    return Signed(cells=(places[0], places[1], places[2], places[3]), sums=sums)


def _sums(lines: Sequence[SheetLine]) -> tuple[int, int, int, int]:
    """Asked for, left by the first review, agreed by the second, cut."""
    return (
        sum(one.line.asked or 0 for one in lines),
        sum(one.line.allowed or 0 for one in lines),
        sum(one.agreed for one in lines),
        sum(one.cut for one in lines),
    )


def _keys(page: Page, placed: Placed, draft: DraftRow, lines: Sequence[SheetLine]) -> None:
    """What tells a later review which draft and row every amount was typed for."""
    sheet = page.sheet
    sheet.write_string(placed.head, COLUMN, draft_text(draft))
    for at, one in enumerate(lines, start=placed.first):
        line = one.line
        shown = shown_key(fitting(line.category), fitting(line.title), fitting(line.detail), line.asked)
        sheet.write_string(at, COLUMN, row_text(one.key, shown))
    sheet.write_string(placed.last + 1, COLUMN, SUM)
    sheet.set_column(COLUMN, COLUMN, None, None, {"hidden": True})


def _validate(page: Page, placed: Placed, *, has_rest: bool) -> None:
    """Whole dollars only; of what is cut off sums, none or fewer."""
    last, rule = placed.last - int(has_rest), {"validate": "integer", "criteria": "between", "ignore_blank": True}
    if last >= placed.first:
        told = {"minimum": 0, "maximum": MOST, "error_message": page.language(WHOLE_ONLY)}
        page.sheet.data_validation(placed.first, AT_SECOND, last, AT_SECOND, {**rule, **told})
    if has_rest:
        bounds = {"minimum": -MOST, "maximum": 0}
        page.sheet.data_validation(placed.last, AT_SECOND, placed.last, AT_SECOND, {**rule, **bounds})
