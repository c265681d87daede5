"""Workings of a row of 人力 on the hidden sheet, each with the value it has now.

The arithmetic of :mod:`grantcalc.pay.months`: whole months, part-months each rounded, and the year-end bonus.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from grantcalc import roc
from grantcalc.draft.fields import NO_CHOICE
from grantcalc.draft.model import Fund, Position, Role
from grantcalc.money import number
from grantcalc.rules import ledger
from grantcalc.rules.ledger import usable
from grantcalc.workbook.book import Book, Formula, code_of
from grantcalc.workbook.insurancecaps import insurance_cap, insurance_cap_formula
from grantcalc.workbook.layout import Refs, Sheet, usable_cell

MONTHS_A_YEAR = 12
EMPTY = Position()


@frozen(kw_only=True)
class Worked:
    """Amounts of one post, for all its persons; ``None`` where an input is missing or unfit."""

    one: int | None
    pay: int | None
    allowance: int | None
    insurance: int | None
    own_pay: int
    own_insurance: int


def work_out(book: Book, post: Position) -> Worked:
    """The amounts of a post, from the functions the checks use."""
    period, bonus = book.period, book.programme.bonus
    earned = ledger.earned(post, period, bonus)
    own = evolve(post, monthly_pay=post.own_monthly_pay, pay_amount=None)
    allowance, insurance = (
        None if monthly is None else ledger.monthly_amount(monthly, None, post, period)
        for monthly in (post.regional_allowance, post.employer_insurance)
    )
    return Worked(
        one=None if earned is None else earned.total,
        pay=None if post.monthly_pay is None else ledger.pay_amount(post, period, bonus),
        allowance=allowance,
        insurance=insurance,
        own_pay=ledger.pay_amount(own, period, bonus) or 0,
        own_insurance=ledger.monthly_amount(post.own_insurance, None, post, period) or 0,
    )


def post_work(book: Book, row: int, post: Position | None) -> Mapping[str, Formula]:
    """Workings of one row."""
    cells, work = book.row(Sheet.STAFF, row), book.work(Sheet.STAFF, row)
    given = post or EMPTY
    return {
        **_facts(book, cells, work, given),
        **_dates(book, cells, work, given),
        **_money(cells, work, given, work_out(book, given)),
        **_heads(book, work, given),
    }


def _facts(book: Book, cells: Refs, work: Refs, post: Position) -> dict[str, Formula]:
    count, limit = cells["count"], book.caps.insurance
    cap = insurance_cap(limit, post)
    capped = insurance_cap_formula(limit, cells, work, book.programme.roles)
    none_held = book.language(NO_CHOICE) if post.licences == () else ""
    named = ",".join(map(book.language.label, post.licences or ())) or none_held
    return {
        "role": Formula(code_of("role", cells["role"]), _role_code(book, post)),
        "fund": Formula(code_of("fund", cells["fund"], Fund.SUBSIDY.value), post.fund.value),
        "education": Formula(code_of("education", cells["education"]), post.education.value if post.education else ""),
        "risk": Formula(
            code_of("risk_allowance", cells["risk_allowance"]), post.risk_allowance.value if post.risk_allowance else ""
        ),
        "licences": Formula(_licences(cells["licences"]), f",{named},"),
        "count": Formula(
            f'IF({count}="",1,IF({usable_cell(count)},{count},0))', post.people if usable(post.count) else 0
        ),
        "insured": Formula(capped, "" if cap is None else cap),
    }


def _role_code(book: Book, post: Position) -> str:
    """The role as the list of the programme knows it; a question mark for one of another programme."""
    if post.role is None:
        return ""
    return post.role.value if post.role in book.programme.roles else "?"


def _licences(cell: str) -> str:
    """The licences between commas, whatever separates them."""
    for separator in ("、", "，", "；", ";"):
        cell = f'SUBSTITUTE({cell},"{separator}",",")'
    return f'","&SUBSTITUTE({cell},", ",",")&","'


def _dates(book: Book, cells: Refs, work: Refs, post: Position) -> dict[str, Formula]:
    dates = ledger.span(post, book.period)
    hired = min(post.hired_on or post.start or dates.start, dates.start)
    parts = [_days_of_part(first, last) for first, last in roc.month_spans(dates.start, dates.end)]
    start, end = work["start"], work["end"]
    same = f"AND(YEAR({start})=YEAR({end}),MONTH({start})=MONTH({end}))"
    begins, ends = f"DAY({start})=1", f"DAY({end}+1)=1"
    several = f"{work['touched']}-2+IF({begins},1,0)+IF({ends},1,0)"
    alone = f"IF(AND({begins},{ends}),0,{end}-{start}+1)"
    head = f"IF({begins},0,EOMONTH({start},0)-{start}+1)"
    touched = f"(YEAR({end})-YEAR({start}))*{MONTHS_A_YEAR}+MONTH({end})-MONTH({start})+1"
    bonus = book.programme.bonus.earned(hired, dates.end, dates.start.year)
    return {
        "start": Formula(_date(book, cells["start"], "MAX", "period.start", book.programme.period.start), dates.start),
        "end": Formula(_date(book, cells["end"], "MIN", "period.end", book.programme.period.end), dates.end),
        "hired": Formula(
            f'IF({cells["hired_on"]}<>"",MIN({cells["hired_on"]},{start}),'
            f'IF({cells["start"]}<>"",MIN({cells["start"]},{start}),{start}))',
            hired,
        ),
        "touched": Formula(f"IF({end}<{start},0,{touched})", roc.months_touched(dates.start, dates.end)),
        "whole": Formula(
            f"IF({end}<{start},0,IF({same},IF(AND({begins},{ends}),1,0),{several}))",
            sum(1 for days in parts if not days),
        ),
        "first": Formula(f"IF({end}<{start},0,IF({same},{alone},{head}))", parts[0] if parts else 0),
        "last": Formula(f"IF(OR({end}<{start},{same}),0,IF({ends},0,DAY({end})))", parts[-1] if len(parts) > 1 else 0),
        "bonus": Formula(_bonus(book, work), number(bonus)),
    }


def _days_of_part(first: dt.date, last: dt.date) -> int:
    """Days of a partly served month, 0 for a whole one."""
    days = (last - first).days + 1
    return 0 if days == roc.days_in_month(first) else days


def _date(book: Book, cell: str, bound: str, field: str, default: dt.date) -> str:
    """The date of the cell inside the period, else the period's own."""
    cover = book.layout.cover(field)
    period = f'IF({cover}<>"",{cover},DATE({default.year},{default.month},{default.day}))'
    return f'IF({cell}<>"",{bound}({cell},{period}),{period})'


def _bonus(book: Book, work: Refs) -> str:
    """Months of the year-end bonus (年終獎金)."""
    rule = book.programme.bonus
    start, end, hired = work["start"], work["end"], work["hired"]
    full = number(rule.months)
    by, still = (f"DATE(YEAR({start}),{month},{day})" for month, day in (rule.in_post_by, rule.still_on))
    in_post = f"{MONTHS_A_YEAR}-MONTH({hired})+1"
    if not rule.joining_month_counts:
        in_post = f"{MONTHS_A_YEAR}-MONTH({hired})+IF(DAY({hired})=1,1,0)"
    return f"IF(OR({end}<{still},{hired}>{still}),0,IF({hired}<={by},{full},{full}*({in_post})/{MONTHS_A_YEAR}))"


def _money(cells: Refs, work: Refs, post: Position, found: Worked) -> dict[str, Formula]:
    monthly, own = cells["monthly_pay"], cells["own_monthly_pay"]
    months, count = cells["months"], work["count"]
    by_months = f"ROUND({own}*{months},0)*{count}"
    own_pay = f'IF({usable_cell(own)},IF({months}="",({_earned(own, work)})*{count},{by_months}),0)'
    own_insurance = cells["own_insurance"]
    pairs = (
        ("pay", "monthly_pay", "pay_amount", found.pay),
        ("allowance", "regional_allowance", "allowance_amount", found.allowance),
        ("insurance", "employer_insurance", "insurance_amount", found.insurance),
    )
    formulas = {
        "one": Formula(
            f'IF({usable_cell(monthly)},{_earned(monthly, work)},"")', "" if found.one is None else found.one
        ),
        "own_pay": Formula(own_pay, found.own_pay),
        "own_insurance": Formula(
            f"IF({usable_cell(own_insurance)},{own_insurance}*{work['touched']}*{count},0)", found.own_insurance
        ),
    }
    for name, source, amount, value in pairs:
        formulas.update(_taken(name, source, amount, cells, work, post, value))
    return formulas


def _taken(
    name: str, source: str, amount: str, cells: Refs, work: Refs, post: Position, value: int | None
) -> Iterable[tuple[str, Formula]]:
    """The amount that counts: recomputed where its monthly amount is given, else as stated; and the known one."""
    cell = cells[amount]
    stated = getattr(post, amount)
    as_stated = int(stated) if stated is not None and usable(stated) else None
    taken = (as_stated if getattr(post, source) is None else value) or 0
    yield (
        f"taken_{name}",
        Formula(f'IF({cells[source]}="",IF({usable_cell(cell)},{cell},0),N({cells[name]}))', taken),
    )
    known = taken if as_stated is None else as_stated
    yield f"known_{name}", Formula(f"IF({usable_cell(cell)},{cell},{work[f'taken_{name}']})", known)


def _earned(monthly: str, work: Refs) -> str:
    """What one person earns at a monthly pay: whole months + part-months, each rounded, + bonus."""
    first_days, last_days = (f"DAY(EOMONTH({work[name]},0))" for name in ("start", "end"))
    return (
        f"ROUND({monthly}*{work['whole']},0)+ROUND({monthly}*{work['first']}/{first_days},0)"
        f"+ROUND({monthly}*{work['last']}/{last_days},0)+ROUND({monthly}*{work['bonus']},0)"
    )


def _heads(book: Book, work: Refs, post: Position) -> dict[str, Formula]:
    """How many persons of each role, and of the team, are paid by the subsidy on the day this post starts."""
    formulas = {
        f"at_{role.value}": Formula(_at(book, work, (role,)), heads_at(book, post, (role,)))
        for role in book.programme.roles
    }
    formulas["team"] = Formula(_at(book, work, book.team), heads_at(book, post, book.team))
    return formulas


def _at(book: Book, work: Refs, roles: Sequence[Role]) -> str:
    counts, names, funds, starts, ends = (
        book.column(Sheet.STAFF, name) for name in ("count", "role", "fund", "start", "end")
    )
    day, subsidy = work["start"], Fund.SUBSIDY.value
    sums = "+".join(
        f'SUMIFS({counts},{names},"{role.value}",{funds},"{subsidy}",{starts},"<="&{day},{ends},">="&{day})'
        for role in roles
    )
    is_one = ",".join(f'{work["role"]}="{role.value}"' for role in roles)
    return f'IF(AND({work["fund"]}="{subsidy}",{work["end"]}>={day},OR({is_one})),{sums},0)'


def heads_at(book: Book, post: Position, roles: Sequence[Role]) -> int:
    """The value of the formula of heads: subsidised persons of these roles on the day a post starts."""
    dates = ledger.span(post, book.period)
    if not post.subsidised or post.role not in roles or dates.end < dates.start:
        return 0
    present = book.heads[dates.start.toordinal()]
    return sum(present.get(role, 0) for role in roles)
