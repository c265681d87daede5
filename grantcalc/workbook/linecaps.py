"""The limits of a row's unit price, as a value and as a formula that says the same."""

from __future__ import annotations

from fractions import Fraction

from grantcalc.draft.model import Lecturer, Line
from grantcalc.money import Rounding, whole
from grantcalc.rules.kinds.uniform_price import OWNED_ELSEWHERE
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.prices import highest_paid
from grantcalc.rules.programme import Item
from grantcalc.workbook.book import Book
from grantcalc.workbook.caps import CapRule, Distances, Lectures
from grantcalc.workbook.layout import Refs, Sheet


def leaders_half(book: Book, lines: tuple[Line, ...]) -> int | None:
    """The co-leader's share of the highest price a leader is paid in a draft, rounded down."""
    leader = highest_paid(line for line in lines if line.item in book.caps.leaders)
    return None if leader is None else whole(Fraction(leader) * book.caps.leader_share, Rounding.DOWN)


def price_cap(book: Book, line: Line, half: int | None) -> int | None:
    """The cap of a row's unit price; ``None`` where no rule caps it, or not in a way this sheet can tell."""
    item = book.programme.items.get(line.item or "")
    if item is None or not line.subsidised:
        return None
    cap = book.cap_of(line)
    if cap.rule is not CapRule.RENT and not is_priced(item, line):
        return None
    if cap.rule is CapRule.DISTANCE and book.caps.distances is not None:
        return _distance_cap(line, book.caps.distances)
    if cap.rule is CapRule.LECTURE and book.caps.lectures is not None:
        return _lecture_cap(book, line, book.caps.lectures)
    if cap.rule is CapRule.UNIFORM and line.details.travel in OWNED_ELSEWHERE:
        return None
    if cap.rule is CapRule.HALF and half is not None and cap.dollars is not None:
        return min(cap.dollars, half)
    return cap.dollars


def _lecture_cap(book: Book, line: Line, lectures: Lectures) -> int | None:
    if line.details.lecturer is not Lecturer.ASSISTANT:
        return lectures.fees.get(line.details.lecturer)
    if lectures.share is None:
        return None
    paid = highest_paid(line for line in (book.draft.lines if book.draft else ()) if is_talk(book, line))
    fee = lectures.highest if paid is None else min(lectures.highest, paid)
    return whole(Fraction(fee) * lectures.share, Rounding.DOWN)


def is_talk(book: Book, line: Line) -> bool:
    """Whether a row pays a lecturer, whose fee caps the assistant's."""
    return book.cap_of(line).rule is CapRule.LECTURE and line.details.lecturer is not Lecturer.ASSISTANT


def floor_of(book: Book, line: Line) -> int | None:
    """The least price that binds a row: the basic wage, or the lower end of a printed range."""
    item = book.programme.items.get(line.item or "")
    if item is None or not line.subsidised or not is_priced(item, line):
        return None
    cap = book.cap_of(line)
    asks_nothing = cap.rule is not CapRule.WAGE and not line_amount(line)
    return None if asks_nothing else cap.floor


def is_priced(item: Item | None, line: Line) -> int:
    """1 where the units of a row make up the unit that its item is priced by."""
    units = frozenset(quantity.unit for quantity in line.quantities)
    return 1 if item is not None and item.priced_unit(units) is not None else 0


def price_cap_formula(book: Book, cells: Refs, work: Refs) -> str:
    """The same as :func:`price_cap`."""
    fixed = fixed_cap_formula("gc_item_caps", work)
    if book.caps.government:
        fixed = f"IF({book.is_government},{fixed_cap_formula('gc_item_government_caps', work)},{fixed})"
    found = f'IF(AND({work["rule"]}="{CapRule.UNIFORM.value}",{_other_travel(work)}),"",{fixed})'
    found = f'IF({work["rule"]}="{CapRule.HALF.value}",{_half(book, fixed)},{found})'
    if book.caps.lectures is not None:
        lecture = _lecture(book, work, book.caps.lectures)
        found = f'IF({work["rule"]}="{CapRule.LECTURE.value}",{lecture},{found})'
    if book.caps.distances is not None:
        distance = _distance(cells, book.caps.distances)
        found = f'IF({work["rule"]}="{CapRule.DISTANCE.value}",{distance},{found})'
    unpriced = f'AND({work["priced"]}=0,{work["rule"]}<>"{CapRule.RENT.value}")'
    return f'IF(OR({work["fund"]}<>"subsidy",{work["row"]}=0,{unpriced}),"",{found})'


def fixed_cap_formula(name: str, work: Refs) -> str:
    """The number that a list of caps gives for the item of a row; nothing where it gives none."""
    return f'IF(INDEX({name},{work["row"]})="","",INDEX({name},{work["row"]}))'


def rule_formula(book: Book, work: Refs) -> str:
    """How the cap of the item of a row comes about, for the applicant on the cover."""
    found = f'INDEX(gc_item_rules,{work["row"]})&""'
    if book.caps.government:
        found = f'IF({book.is_government},INDEX(gc_item_government_rules,{work["row"]})&"",{found})'
    return f'IF({work["row"]}=0,"",{found})'


def _other_travel(work: Refs) -> str:
    travel = work["travel"]
    tests = (f'{travel}="{part}"' for part in sorted(part.value for part in OWNED_ELSEWHERE))
    return f"OR({','.join(tests)})"


def _half(book: Book, fixed: str) -> str:
    leaders = book.column(Sheet.BUDGET, "leader")
    half = _rounded_down(f"MAX({leaders})", book.caps.leader_share)
    return f"IF(COUNT({leaders})>0,MIN({fixed},{half}),{fixed})"


def _rounded_down(price: str, share: Fraction) -> str:
    return f"ROUNDDOWN({price}*{share.numerator}/{share.denominator},0)"


def _lecture(book: Book, work: Refs, lectures: Lectures) -> str:
    others = f'IFERROR(INDEX(gc_lecture_caps,MATCH({work["lecturer"]},gc_lecture_kinds,0)),"")'
    if lectures.share is None:
        return others
    talks = book.column(Sheet.BUDGET, "talk")
    fee = f"IF(COUNT({talks})>0,MIN({lectures.highest},MAX({talks})),{lectures.highest})"
    assistant = _rounded_down(fee, lectures.share)
    return f'IF({work["lecturer"]}="{Lecturer.ASSISTANT.value}",{assistant},{others})'


def floor_formula(book: Book, work: Refs) -> str:
    """The same as :func:`floor_of`."""
    floor = f"INDEX(gc_item_floors,{work['row']})"
    unbound = f'{work["fund"]}<>"subsidy",{work["row"]}=0,{work["priced"]}=0'
    if book.caps.has_printed_floors:
        unbound += f',AND({work["rule"]}<>"{CapRule.WAGE.value}",{work["taken"]}=0)'
    return f'IF(OR({unbound}),"",IF({floor}="","",{floor}))'


def _distance(cells: Refs, bands: Distances) -> str:
    km, price = cells["details.km"], cells["unit_price"]
    by_distance = (
        f"IF({km}>{bands.above},{bands.last}+INT(({km}-{bands.above})/{bands.per})*{bands.step},"
        f"LOOKUP({km},gc_km_from,gc_km_amount))"
    )
    by_price = (
        f"IF(N({price})>={bands.last},{bands.last}+INT((N({price})-{bands.last})/{bands.step})*{bands.step},"
        f"LOOKUP(N({price}),gc_km_amount,gc_km_amount))"
    )
    known = f"AND(ISNUMBER({km}),N({km})>=0)"
    return f'IF({known},{by_distance},IF(N({price})>{bands.first},{by_price},""))'


def _distance_cap(line: Line, bands: Distances) -> int | None:
    km, price = line.details.km, line.unit_price
    if km is not None and km >= 0:
        if km > bands.above:
            return bands.last + int(Fraction(km - bands.above) / bands.per) * bands.step
        return max(int(row["amount"]) for row in bands.rows if row["km_from"] <= km)
    if price is None or price <= bands.first:
        return None
    if price >= bands.last:
        return bands.last + int((price - bands.last) // bands.step) * bands.step
    return max(int(row["amount"]) for row in bands.rows if row["amount"] <= price)
