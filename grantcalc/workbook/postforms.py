"""Computed columns of a row of 人力: amounts beside the stated ones, the cap of the pay, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping

from grantcalc.draft.model import Fund, Position, Role
from grantcalc.money import Number, whole
from grantcalc.rules import ledger
from grantcalc.rules.earnings import Earnings
from grantcalc.rules.kinds.post_roles import PostRoles
from grantcalc.rules.ledger import usable
from grantcalc.text import Message
from grantcalc.workbook.book import Book, Formula
from grantcalc.workbook.insurancecaps import (
    asks_formula,
    asks_insurance,
    insurance_cap,
    is_refused,
    refused_formula,
)
from grantcalc.workbook.layout import Refs, Sheet, usable_cell
from grantcalc.workbook.postcaps import pay_cap, pay_cap_formula
from grantcalc.workbook.postwork import EMPTY, Worked, work_out
from grantcalc.workbook.stepcaps import of_roles, step_pay, step_points, step_points_formula
from grantcalc.workbook.verdicts import verdict, verdict_formula

PAY_OVER = Message("monthly pay above the scale")
POINTS_OVER = Message("points above the scale")
INSURANCE_OVER = Message("employer's insurance above its cap")
INSURANCE_OWN = Message("employer's insurance is not subsidised")
EARNED_OVER = Message("pay above what the dates earn")
AMOUNT_WRONG = Message("amount differs from the recomputed one")
NOT_SUBSIDISED = Message("a role that this programme does not subsidise")
IN_ORDER = Message("in order")

_USED = ("role", "monthly_pay", "regional_allowance", "employer_insurance", "own_monthly_pay")
SUBSIDY = Fund.SUBSIDY.value


def post_cells(book: Book, row: int, post: Position | None) -> Mapping[str, Formula]:
    """Formulas of one row, with the values of its post."""
    cells, work = book.row(Sheet.STAFF, row).at_home(), book.work(Sheet.STAFF, row)
    given = post or EMPTY
    found = work_out(book, given)
    cap = pay_cap(book.programme, book.tables, given, ledger.span(given, book.period).start)
    unused = "AND(" + ",".join(f'{cells[name]}=""' for name in _USED) + ")"
    is_used = any(getattr(given, name) is not None for name in _USED)
    touched = ledger.touched_months(given, book.period)
    return {
        "pay": Formula(_pay(cells, work), _shown(found.pay)),
        "allowance": Formula(_monthly("regional_allowance", cells, work), _shown(found.allowance)),
        "insurance": Formula(_monthly("employer_insurance", cells, work), _shown(found.insurance)),
        "pay_amount": Formula(cells["pay"], _shown(found.pay)),
        "allowance_amount": Formula(cells["allowance"], _shown(found.allowance)),
        "insurance_amount": Formula(cells["insurance"], _shown(found.insurance)),
        "cap": Formula(pay_cap_formula(book.programme, book.tables, cells, work), _shown(cap)),
        "touched": Formula(f'IF({unused},"",{work["touched"]})', touched if is_used else ""),
        "check": Formula(_check(book, cells, work, unused), _verdict(book, given, found, cap) if is_used else ""),
    }


def pay_over(cells: Refs) -> str:
    """Whether the monthly pay passes the scale."""
    pay, cap = cells["monthly_pay"], cells["cap"]
    return f"AND({usable_cell(pay)},ISNUMBER({cap}),N({pay})>N({cap}))"


def points_over(book: Book, cells: Refs, work: Refs) -> tuple[tuple[str, Message], ...]:
    """Whether points are stated above a scale of steps, at a pay within it; nothing where there is no such scale."""
    values = step_pay(book.programme)
    if values is None:
        return ()
    stated, points = cells["points"], step_points_formula(values, book.tables, cells, work)
    over = f"IFERROR(N({stated})>VALUE({points}),FALSE)"
    is_paid_so = f'{work["fund"]}="{SUBSIDY}",{of_roles(values, work)},ISNUMBER({stated})'
    return ((f"AND({is_paid_so},NOT({pay_over(cells)}),{over})", POINTS_OVER),)


def _points_above(book: Book, post: Position, cap: int | None) -> bool:
    values = step_pay(book.programme)
    if values is None or not post.subsidised or post.role not in values.roles or _above(post.monthly_pay, cap):
        return False
    points = step_points(values, book.tables, post)
    return points is not None and post.points is not None and post.points > points


def insurance_over(cells: Refs, work: Refs) -> str:
    """Whether the employer's insurance passes its cap."""
    paid, cap = cells["employer_insurance"], work["insured"]
    return f"AND({usable_cell(paid)},ISNUMBER({cap}),N({paid})>N({cap}))"


def insurance_refused(book: Book, cells: Refs, work: Refs) -> tuple[tuple[str, Message], ...]:
    """Whether insurance is asked for that is not subsidised; nothing where the programme refuses none."""
    limit = book.caps.insurance
    if limit is None or not limit.refuses:
        return ()
    refused = refused_formula(limit, work, book.programme.roles)
    return ((f"AND({refused},{asks_formula(cells)})", INSURANCE_OWN),)


def earned_over(cells: Refs, work: Refs) -> str:
    """Whether the pay asked for is above what the dates earn."""
    asked = f'IF({cells["months"]}="",N({cells["pay_amount"]}),N({cells["pay"]}))'
    can_tell = f'{work["fund"]}="{SUBSIDY}",{work["end"]}>={work["start"]},ISNUMBER({work["one"]})'
    return f"AND({can_tell},{asked}>N({work['one']})*{work['count']})"


def wrong_pay(cells: Refs, work: Refs) -> str:
    """Whether the pay amount differs from the recomputed one; above the dates only where no other rule owns it."""
    stated, computed = cells["pay_amount"], cells["pay"]
    other = f'OR({cells["months"]}<>"",N({stated})<N({computed}),{work["fund"]}<>"{SUBSIDY}")'
    months = f"N({cells['monthly_pay']})*N({cells['months']})*N({work['count']})"
    together = f'IF({cells["months"]}="",TRUE,N({stated})<>ROUND({months},0))'
    return f"AND({usable_cell(stated)},ISNUMBER({computed}),N({stated})<>N({computed}),{together},{other})"


def wrong_allowance(cells: Refs, work: Refs) -> str:
    """Whether the allowance amount differs; whole months too many are told by another rule."""
    stated, computed, monthly = cells["allowance_amount"], cells["allowance"], cells["regional_allowance"]
    each = f"MAX(1,N({monthly})*{work['count']})"
    months = f'AND({work["fund"]}="{SUBSIDY}",N({stated})>N({computed}),MOD(N({stated}),{each})=0)'
    differs = f"ISNUMBER({computed}),N({stated})<>N({computed}),NOT({months})"
    return f"AND({usable_cell(stated)},{differs},{work['touched']}>0)"


def wrong_insurance(cells: Refs, work: Refs) -> str:
    """Whether the insurance amount differs; of a post without days its dates are the fault."""
    stated, computed = cells["insurance_amount"], cells["insurance"]
    return f"AND({usable_cell(stated)},ISNUMBER({computed}),N({stated})<>N({computed}),{work['touched']}>0)"


def subsidised_roles(book: Book) -> tuple[Role, ...]:
    """The roles that a rule of the programme limits the subsidy to; none where no rule does."""
    values = (rule.values for rule in book.programme.rules if isinstance(rule.values, PostRoles))
    return next((found.roles for found in values), ())


def other_role(book: Book, work: Refs) -> str:
    """Whether a subsidised post is of a role that the programme does not subsidise."""
    known = ",".join(f'{work["role"]}="{role.value}"' for role in subsidised_roles(book))
    return f'AND({work["fund"]}="{SUBSIDY}",{work["role"]}<>"",NOT(OR({known})))'


def judges_dates(book: Book) -> bool:
    """Whether the programme has rules on part-months and the bonus."""
    return any(isinstance(rule.values, Earnings) for rule in book.programme.rules)


def _pay(cells: Refs, work: Refs) -> str:
    monthly, months, count = cells["monthly_pay"], cells["months"], work["count"]
    by_months = f'IF(N({months})>=0,ROUND({monthly}*{months},0)*{count},"")'
    return f'IF({usable_cell(monthly)},IF({months}="",{work["one"]}*{count},{by_months}),"")'


def _monthly(name: str, cells: Refs, work: Refs) -> str:
    return f'IF({usable_cell(cells[name])},{cells[name]}*{work["touched"]}*{work["count"]},"")'


def _check(book: Book, cells: Refs, work: Refs, unused: str) -> str:
    wrong = f"OR({wrong_pay(cells, work)},{wrong_allowance(cells, work)},{wrong_insurance(cells, work)})"
    tests = [(other_role(book, work), NOT_SUBSIDISED)] if subsidised_roles(book) else []
    tests += [(pay_over(cells), PAY_OVER), (insurance_over(cells, work), INSURANCE_OVER)]
    tests += [*insurance_refused(book, cells, work), *points_over(book, cells, work)]
    if judges_dates(book):
        tests.append((earned_over(cells, work), EARNED_OVER))
    tests.append((wrong, AMOUNT_WRONG))
    return verdict_formula(unused, tests, IN_ORDER, book.language)


def _verdict(book: Book, post: Position, found: Worked, cap: int | None) -> str:
    roles = subsidised_roles(book)
    insured = insurance_cap(book.caps.insurance, post)
    tests = (
        (bool(roles) and post.subsidised and post.role is not None and post.role not in roles, NOT_SUBSIDISED),
        (_above(post.monthly_pay, cap), PAY_OVER),
        (_above(post.employer_insurance, insured), INSURANCE_OVER),
        (is_refused(book.caps.insurance, post) and asks_insurance(post), INSURANCE_OWN),
        (_points_above(book, post, cap), POINTS_OVER),
        (judges_dates(book) and _earns_less(book, post, found), EARNED_OVER),
        (_is_wrong(book, post, found), AMOUNT_WRONG),
    )
    return verdict(tests, IN_ORDER, book.language)


def _shown(value: int | None) -> int | str:
    return "" if value is None else value


def _above(stated: Number | None, cap: int | None) -> bool:
    return stated is not None and cap is not None and usable(stated) and stated > cap


def _earns_less(book: Book, post: Position, found: Worked) -> bool:
    dates = ledger.span(post, book.period)
    if not post.subsidised or found.one is None or dates.end < dates.start or not usable(post.count):
        return False
    asked = post.pay_amount or 0
    if post.months is not None:
        asked = found.pay or 0
    return asked > found.one * post.people


def _is_wrong(book: Book, post: Position, found: Worked) -> bool:
    has_days = ledger.touched_months(post, book.period) > 0
    pairs = (
        (post.pay_amount, found.pay, _pay_counts(post, found)),
        (post.allowance_amount, found.allowance, has_days and not _too_many_months(post, found)),
        (post.insurance_amount, found.insurance, has_days),
    )
    return any(
        stated is not None and computed is not None and usable(stated) and stated != computed and counts
        for stated, computed, counts in pairs
    )


def _pay_counts(post: Position, found: Worked) -> bool:
    return post.months is not None or not post.subsidised or (post.pay_amount or 0) < (found.pay or 0)


def _too_many_months(post: Position, found: Worked) -> bool:
    stated, monthly = post.allowance_amount, post.regional_allowance
    if not post.subsidised or stated is None or monthly is None or stated <= (found.allowance or 0):
        return False
    return stated % max(1, whole(monthly) * post.people) == 0
