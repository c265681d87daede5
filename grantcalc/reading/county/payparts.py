"""Monthly pay that a table of posts writes in parts (起薪 + 年資加給 + 證照加給), with or without their sum."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Final

from attrs import evolve

from grantcalc.money import number
from grantcalc.reading.county.composed import MONTH
from grantcalc.reading.county.figures import Figures
from grantcalc.reading.county.match import SURE, Match
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.proof import Proof, Told
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.rowcells import RowCells, exactly, is_blank
from grantcalc.reading.county.words import Words
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Measure, Message, Text, dollars, joined, plus

PART_OF_PAY = Message("“{header}” is a part of the monthly pay “{pay}”: it is not read a second time.")
NOT_THE_PAY = Message("Row {row}: “{pay}” states {stated}, but its parts {parts} make {sum}.")
BESIDE_PAY = Message("“{header}” and “{pay}” together, times the months, make “{amount}”: both are parts of the pay.")
PAY_IN_DOUBT = Message(
    "“{pay}” is not the sum of {parts}, and no amount shows what the monthly pay is: “{pay}” is read as the monthly "
    "pay, the others are not."
)
NOT_IN_AMOUNT = Message(
    "“{pay}” times the months makes “{amount}” without “{header}”: the latter is not read as a part of the pay."
)
OF_A_MONTH = Message("“{header}” is that of a month, “{year}” that of the year: the latter is read.")
PAY_OF_PARTS = Message("The monthly pay {pay} was read as the sum of its parts: {parts}.")
PAY_OF_MONTHS = Message("“{header}” is “{pay}” times the months in every row: it is read as an amount.")
MONTHS_OF = Message("“{header}” behind “{money}” are the months of it, not of the post.")
AMOUNT_BY_FIGURES = Message("“{header}” is monthly pay × months in {right} of {number} rows: read as the amount.")

_CENT: Final = 1
_FEWEST: Final = 2
_MONTHS_A_YEAR: Final = 12
_LIKELY: Final = 80


def settle(proof: Proof, words: Words) -> None:
    """Which columns are parts of the pay that another states, and which is its amount where no header says so."""
    _settle_pays(proof)
    parts, pays = proof.of(ColumnKind.PAY_PART), proof.of(ColumnKind.MONTHLY_PAY)
    if parts and len(pays) == 1:
        _settle_parts(proof, parts, pays[0])
    _settle_amount(proof, words)
    _settle_allowance(proof)


def _settle_pays(proof: Proof) -> None:
    """Of two columns of pay (月薪 | 薪資) the one that is the other times the months is an amount."""
    pays = proof.of(ColumnKind.MONTHLY_PAY)
    for pay, column in permutations(pays, _FEWEST) if len(pays) == _FEWEST else ():
        right, of = _made(proof, [pay], column)
        stated = sum(bool(proof.value(row, column)) for row in proof.rows)
        if of and right == of and stated == of and not _made(proof, [column], pay)[0]:
            proof.matches[column] = Match(kind=ColumnKind.AMOUNT, score=SURE, ranked=proof.matches[column].rank)
            said = PAY_OF_MONTHS(header=proof.name(column), pay=proof.name(pay))
            proof.told.append(Told(column=column, message=said))
            return


def _settle_allowance(proof: Proof) -> None:
    """地域加給 of a month beside that of the year: the year's is the amount, and no other amount of the row."""
    for monthly in proof.of(ColumnKind.ALLOWANCE):
        for yearly in proof.of(ColumnKind.ALLOWANCE, ColumnKind.AMOUNT):
            if yearly != monthly and _is_a_year_of(proof, yearly, monthly):
                proof.matches[yearly] = evolve(proof.matches[yearly], kind=ColumnKind.ALLOWANCE, score=SURE)
                _leave(proof, monthly, OF_A_MONTH(header=proof.name(monthly), year=proof.name(yearly)))
                _leave_months(proof, monthly, yearly)
                return


def _leave_months(proof: Proof, monthly: int, yearly: int) -> None:
    """The months between the two are those of the allowance, where the post has its own: 加給/月 | 月數 | 加給小計."""
    own = [column for column in proof.of(ColumnKind.MONTHS) if not monthly < column < yearly]
    for column in proof.of(ColumnKind.MONTHS, ColumnKind.QUANTITY):
        if own and monthly < column < yearly and proof.matches[column].unit in {None, MONTH}:
            _leave(proof, column, MONTHS_OF(header=proof.name(column), money=proof.name(monthly)))


def _is_a_year_of(proof: Proof, yearly: int, monthly: int) -> bool:
    """Whether every row's amount is that of two months or more, up to twelve, of each person."""
    found = 0
    for row in proof.rows:
        month, year = proof.value(row, monthly), proof.value(row, yearly)
        persons = _sum(proof, row, proof.of(ColumnKind.COUNT)) or Decimal(1)
        if not month and not year:
            continue
        times = year / (month * persons) if month and year else Decimal(0)
        if times != int(times) or not _FEWEST <= times <= _MONTHS_A_YEAR:
            return False
        found += 1
    return found > 0


def _settle_parts(proof: Proof, parts: list[int], pay: int) -> None:
    rows = [row for row in proof.rows if proof.value(row, pay) and _sum(proof, row, parts)]
    right = [row for row in rows if _sum(proof, row, parts) == proof.value(row, pay)]
    names = joined(proof.name(part) for part in parts)
    if right and len(right) * _FEWEST >= len(rows):
        for part in parts:
            _leave(proof, part, PART_OF_PAY(header=proof.name(part), pay=proof.name(pay)))
        for row in rows:
            if row not in right:
                said = NOT_THE_PAY(
                    row=row,
                    pay=proof.name(pay),
                    stated=_dollars(proof.value(row, pay)),
                    parts=names,
                    sum=_dollars(_sum(proof, row, parts)),
                )
                proof.told.append(Told(column=pay, row=row, message=said, sure=False))
        return
    amount = _made_by(proof, [pay, *parts])
    if amount is not None:
        proof.matches[pay] = evolve(proof.matches[pay], kind=ColumnKind.PAY_PART)
        said = BESIDE_PAY(header=names, pay=proof.name(pay), amount=proof.name(amount))
        proof.told.append(Told(column=pay, message=said))
        return
    alone = _made_by(proof, [pay])
    for part in parts:
        if alone is None:
            said = PAY_IN_DOUBT(pay=proof.name(pay), parts=names)
        else:
            said = NOT_IN_AMOUNT(header=proof.name(part), pay=proof.name(pay), amount=proof.name(alone))
        _leave(proof, part, said, sure=False)


def _leave(proof: Proof, column: int, message: Text, *, sure: bool = True) -> None:
    proof.matches[column] = evolve(proof.matches[column], kind=ColumnKind.IGNORED, score=100)
    proof.told.append(Told(column=column, message=message, sure=sure))


def _made_by(proof: Proof, pay: list[int]) -> int | None:
    """The column of amounts that the sum of these, times months and persons, makes in most rows."""
    for amount in proof.of(ColumnKind.AMOUNT, ColumnKind.SUBSIDY):
        right, of = _made(proof, pay, amount)
        if right and right * 3 >= of * 2:
            return amount
    return None


def _made(proof: Proof, pay: list[int], amount: int) -> tuple[int, int]:
    """In how many rows monthly pay × months × persons makes an amount, and of how many that state all."""
    right = of = 0
    for row in proof.rows:
        monthly, stated = _sum(proof, row, pay), proof.value(row, amount)
        months = _sum(proof, row, proof.of(ColumnKind.MONTHS))
        persons = _sum(proof, row, proof.of(ColumnKind.COUNT)) or Decimal(1)
        if monthly and stated and months:
            right += abs(monthly * months * persons - stated) <= _CENT * persons
            of += 1
    return right, of


def _settle_amount(proof: Proof, words: Words) -> None:
    """A column that no word knows is the amount where pay and months make it: 專業服務費 of a table of its posts."""
    pay = proof.of(ColumnKind.MONTHLY_PAY) or proof.of(ColumnKind.PAY_PART)
    if not pay or proof.of(ColumnKind.AMOUNT, ColumnKind.SUBSIDY):
        return
    for column, header in list(proof.unclaimed.items()):
        right, of = _made(proof, pay, column)
        if not right or right * _FEWEST < of:
            continue
        sure = words.is_category(header) or (right >= _FEWEST and right == of)
        del proof.unclaimed[column]
        proof.matches[column] = Match(kind=ColumnKind.AMOUNT, score=SURE if sure else _LIKELY)
        said = AMOUNT_BY_FIGURES(header=shown(header), right=right, number=of)
        proof.told.append(Told(column=column, message=said, sure=sure))
        return


def _sum(proof: Proof, row: int, columns: list[int]) -> Decimal | None:
    found = [value for column in columns if (value := proof.value(row, column)) is not None]
    return sum(found, Decimal(0)) if found else None


def _dollars(value: Decimal | None) -> Measure:
    return dollars(number(value or Decimal(0)))


def with_parts(cells: RowCells, path: str, figures: Figures, sink: Sink) -> Figures:
    """The figures of a post's row, its monthly pay the sum of what the columns of its parts state."""
    columns = cells.columns(ColumnKind.PAY_PART)
    if figures.price is not None or figures.bad_price or not columns:
        return figures
    held = [column for column in columns if not is_blank(cells.raw(column))]
    values = [value for column in held if (value := exactly(cells.raw(column))) is not None]
    if not held or len(values) < len(held):
        return figures
    pay = number(sum(map(Decimal, values), Decimal(0)))
    for column in held:
        cells.claim(cells.key(column), f"{path}.monthly_pay")
    told = PAY_OF_PARTS(pay=dollars(pay), parts=plus(dollars(value) for value in values))
    sink.recognised(cells.place(cells.key(held[0])), told, NOTHING())
    return evolve(figures, price=pay, price_cell=cells.key(held[0]))
