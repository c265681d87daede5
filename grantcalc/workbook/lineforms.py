"""Formulas of a row of 經費, each with the value it has now; the same arithmetic as the checks.

Amounts are price × quantities, half up; a price turns red above the cap that binds the row.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from grantcalc.draft.model import Lecturer, Line
from grantcalc.rules.ledger import line_amount, usable
from grantcalc.text import Message
from grantcalc.units import COMPOUNDS
from grantcalc.workbook.book import Book, Formula, code_of
from grantcalc.workbook.caps import CapRule
from grantcalc.workbook.layout import Refs, Sheet, usable_cell
from grantcalc.workbook.linecaps import (
    floor_formula,
    floor_of,
    is_priced,
    is_talk,
    price_cap,
    price_cap_formula,
    rule_formula,
)
from grantcalc.workbook.verdicts import verdict, verdict_formula

PRICE_OVER = Message("unit price above the cap")
PRICE_UNDER = Message("unit price below the basic wage")
PRICE_FLOOR = Message("unit price below the lower limit")
AMOUNT_WRONG = Message("amount is not price × quantities")
IN_ORDER = Message("in order")

EMPTY = Line()


@frozen(kw_only=True)
class Parts:
    """The two sides of a row: its own cells and its workings."""

    cells: Refs
    work: Refs
    pairs: tuple[int, ...]


def line_work(book: Book, row: int, line: Line | None) -> Mapping[str, Formula]:
    """Workings of one row on the hidden sheet."""
    parts = _parts(book, row)
    cells, work = parts.cells, parts.work
    item = book.programme.items.get((line.item if line else None) or "")
    given = line or EMPTY
    number = list(book.programme.items).index(item.code) + 1 if item else 0
    cap = book.cap_of(given)
    taken = line_amount(given) or 0
    price = given.unit_price if given.unit_price is not None and usable(given.unit_price) else ""
    item_cell = cells["item"]
    known = given.amount if given.amount is not None and usable(given.amount) else taken
    return {
        "fund": Formula(code_of("fund", cells["fund"], "subsidy"), given.fund.value),
        "row": Formula(
            f'IF({item_cell}="",0,IFERROR(INDEX(gc_item_rows,MATCH({item_cell},gc_item_keys,0)),0))', number
        ),
        "rule": Formula(rule_formula(book, work), cap.rule.value),
        "category": Formula(_category(cells, work), given.category or (item.category if item else "")),
        "travel": Formula(
            code_of("travel", cells["details.travel"]), given.details.travel.value if given.details.travel else ""
        ),
        "lecturer": Formula(
            code_of("lecturer", cells["details.lecturer"], "none"),
            given.details.lecturer.value if given.details.lecturer else "none",
        ),
        "priced": Formula(_priced(parts), is_priced(item, given)),
        "leader": Formula(_leader(book, cells, work), (price or "") if item and item.code in book.caps.leaders else ""),
        "talk": Formula(_talk(cells, work), (price or "") if is_talk(book, given) else ""),
        "floor": Formula(floor_formula(book, work), floor_of(book, given) or ""),
        "taken": Formula(_taken(parts), taken),
        "known": Formula(f"IF({usable_cell(cells['amount'])},{cells['amount']},{work['taken']})", known),
        **{
            f"unit{pair}": Formula(
                code_of("unit", cells[f"unit{pair}"]),
                given.quantities[pair - 1].unit.value if pair <= len(given.quantities) else "",
            )
            for pair in parts.pairs
        },
    }


def line_cells(book: Book, row: int, line: Line | None, half: int | None) -> Mapping[str, Formula]:
    """Computed columns of one row; ``half`` is half of the leader's price in this draft."""
    parts = _parts(book, row)
    cells = parts.cells.at_home()
    given = line or EMPTY
    recomputed = line_amount(given) if given.unit_price is not None and given.quantities else None
    cap = price_cap(book, given, half)
    at_home = Parts(cells=cells, work=parts.work, pairs=parts.pairs)
    return {
        "amount": Formula(cells["recomputed"], "" if recomputed is None else recomputed),
        "recomputed": Formula(_recomputed(at_home), "" if recomputed is None else recomputed),
        "price_cap": Formula(price_cap_formula(book, at_home.cells, at_home.work), "" if cap is None else cap),
        "check": Formula(_check(book, cells, parts.work), _verdict(book, line, recomputed, cap)),
    }


def over_price(cells: Refs) -> str:
    """Whether the unit price passes its cap."""
    price, cap = cells["unit_price"], cells["price_cap"]
    return f"AND({usable_cell(price)},ISNUMBER({cap}),N({price})>N({cap}))"


def under_price(cells: Refs, work: Refs, *more: str) -> str:
    """Whether the unit price is below its floor, and ``more`` holds."""
    price, floor = cells["unit_price"], work["floor"]
    return f"AND({','.join((usable_cell(price), f'ISNUMBER({floor})', f'N({price})<N({floor})', *more))})"


def price_faults(book: Book) -> tuple[Message, ...]:
    """What the form may say of a unit price."""
    return (PRICE_OVER, PRICE_UNDER, PRICE_FLOOR) if book.caps.has_printed_floors else (PRICE_OVER, PRICE_UNDER)


_BY_WAGE = (CapRule.WAGE, CapRule.RATE)
"""Where the floor is the basic wage."""


def _floor_tests(book: Book, cells: Refs, work: Refs) -> tuple[tuple[str, Message], ...]:
    """Prices below the basic wage; and those below a printed floor, where the programme has one."""
    if not book.caps.has_printed_floors:
        return ((under_price(cells, work), PRICE_UNDER),)
    wages = (f'{work["rule"]}="{rule.value}"' for rule in _BY_WAGE)
    by_wage = f"OR({','.join(wages)})"
    return (
        (under_price(cells, work, by_wage), PRICE_UNDER),
        (under_price(cells, work, f"NOT({by_wage})"), PRICE_FLOOR),
    )


def wrong_amount(cells: Refs) -> str:
    """Whether the amount differs from price × quantities."""
    amount, recomputed = cells["amount"], cells["recomputed"]
    return f"AND({usable_cell(amount)},ISNUMBER({recomputed}),N({amount})<>N({recomputed}))"


def _parts(book: Book, row: int) -> Parts:
    return Parts(
        cells=book.row(Sheet.BUDGET, row),
        work=book.work(Sheet.BUDGET, row),
        pairs=tuple(range(1, book.layout.pairs + 1)),
    )


def _category(cells: Refs, work: Refs) -> str:
    category = cells["category"]
    own = f'IF({work["row"]}=0,"",INDEX(gc_item_category,{work["row"]}))'
    return f'IF({category}="",{own},IFERROR(INDEX(gc_category_codes,MATCH({category},gc_category_keys,0)),{category}))'


def _priced(parts: Parts) -> str:
    """1 where the units of the row make up the unit that its item is priced by."""
    work = parts.work
    units = f"INDEX(gc_item_units,{work['row']})"
    written = '&";"&'.join(work[f"unit{pair}"] for pair in parts.pairs)
    written = f'";"&{written}&";"'
    single = [
        f'AND({work[f"unit{pair}"]}<>"",ISNUMBER(SEARCH(";"&{work[f"unit{pair}"]}&";",{units})))'
        for pair in parts.pairs
    ]
    compound = [
        f'AND(ISNUMBER(SEARCH(";{whole_unit.value};",{units})),'
        + ",".join(
            f'ISNUMBER(SEARCH(";{part.value};",{written}))' for part in sorted(made_of, key=lambda unit: unit.value)
        )
        + ")"
        for whole_unit, made_of in COMPOUNDS.items()
    ]
    return f"IF({work['row']}=0,0,IF(OR({','.join([*single, *compound])}),1,0))"


def _leader(book: Book, cells: Refs, work: Refs) -> str:
    """The price of a leader, whose half caps the co-leader's."""
    codes = [f'INDEX(gc_item_codes,{work["row"]})="{code}"' for code in sorted(book.caps.leaders)]
    return _priced_row(f"OR({','.join(codes)})", cells, work) if codes else '""'


def _talk(cells: Refs, work: Refs) -> str:
    """The price of a lecturer, whose half caps the assistant's."""
    own = f'{work["rule"]}="{CapRule.LECTURE.value}",{work["lecturer"]}<>"{Lecturer.ASSISTANT.value}"'
    return _priced_row(f"AND({own})", cells, work)


def _priced_row(holds: str, cells: Refs, work: Refs) -> str:
    price = cells["unit_price"]
    return f'IF({work["row"]}=0,"",IF(AND({holds},{usable_cell(price)},N({price})>0),{price},""))'


def _counted(parts: Parts) -> str:
    return ",".join(parts.cells[f"quantity{pair}"] for pair in parts.pairs)


def _recomputed(parts: Parts) -> str:
    cells = parts.cells
    price = cells["unit_price"]
    numbers = [cells[f"quantity{pair}"] for pair in parts.pairs]
    sound = ",".join(f'OR({cell}="",N({cell})>0)' for cell in numbers)
    factors = "*".join(f'IF({cell}="",1,{cell})' for cell in numbers)
    return (
        f'IF(OR({price}="",COUNT({_counted(parts)})=0),"",'
        f'IF(AND({usable_cell(price)},{sound}),ROUND({price}*{factors},0),""))'
    )


def _taken(parts: Parts) -> str:
    """The recomputed amount; the stated one where the row gives no price and quantities."""
    cells = parts.cells
    price, amount = cells["unit_price"], cells["amount"]
    return (
        f'IF(OR({price}="",COUNT({_counted(parts)})=0),IF({usable_cell(amount)},{amount},0),N({cells["recomputed"]}))'
    )


def _check(book: Book, cells: Refs, work: Refs) -> str:
    tests = (
        (over_price(cells), PRICE_OVER),
        *_floor_tests(book, cells, work),
        (wrong_amount(cells), AMOUNT_WRONG),
    )
    empty = f'AND({cells["category"]}="",{cells["item"]}="",{cells["unit_price"]}="",N({cells["amount"]})=0)'
    return verdict_formula(empty, tests, IN_ORDER, book.language)


def _verdict(book: Book, line: Line | None, recomputed: int | None, cap: int | None) -> str:
    if line is None or not (line.category or line.item or line.unit_price is not None or line.amount):
        return ""
    price, stated = line.unit_price, line.amount
    floor = floor_of(book, line)
    sound = price is not None and usable(price)
    below = sound and floor is not None and (price or 0) < floor
    by_wage = book.cap_of(line).rule in _BY_WAGE
    tests = (
        (sound and cap is not None and (price or 0) > cap, PRICE_OVER),
        (below and by_wage, PRICE_UNDER),
        (below and not by_wage, PRICE_FLOOR),
        (recomputed is not None and stated is not None and usable(stated) and stated != recomputed, AMOUNT_WRONG),
    )
    return verdict(tests, IN_ORDER, book.language)
