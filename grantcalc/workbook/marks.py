"""Conditional formats of the form: a cell turns red where the check beside it says so."""

from __future__ import annotations

from collections.abc import Sequence

from grantcalc.workbook import lineforms, postforms
from grantcalc.workbook.book import Book
from grantcalc.workbook.cells import Pen
from grantcalc.workbook.layout import SUMMARY_COLUMNS, Sheet, letters
from grantcalc.workbook.stepcaps import step_pay
from grantcalc.workbook.styles import Style
from grantcalc.workbook.summary import IN_PRINCIPLE, JUSTIFY, NOT_THE_SUM, OVER_APPROVED, OVER_CAP, SummaryRow


def _says(check: str, *texts: str) -> str:
    found = ",".join(f'ISNUMBER(SEARCH("{text.strip()}",{check}))' for text in texts)
    return f"OR({found})"


def _mark(pen: Pen, book: Book, sheet: Sheet, name: str, criteria: str, style: Style = Style.RED) -> None:
    column = book.layout.columns(sheet)[name]
    pen.sheet.conditional_format(
        f"{column}2:{column}{book.layout.last_row(sheet)}",
        {"type": "formula", "criteria": f"={criteria}", "format": pen.formats[style]},
    )


def mark_budget(pen: Pen, book: Book) -> None:
    """經費: prices and amounts."""
    speak, cells = book.language, book.row(Sheet.BUDGET, 2).at_home()
    price = tuple(map(speak, lineforms.price_faults(book)))
    amount = speak(lineforms.AMOUNT_WRONG)
    _mark(pen, book, Sheet.BUDGET, "unit_price", _says(cells["check"], *price))
    _mark(pen, book, Sheet.BUDGET, "amount", _says(cells["check"], amount))
    _mark(pen, book, Sheet.BUDGET, "check", _says(cells["check"], *price, amount))


def mark_staff(pen: Pen, book: Book) -> None:
    """人力: pay, insurance, months, amounts."""
    speak, cells = book.language, book.row(Sheet.STAFF, 2).at_home()
    check = cells["check"]
    role, pay, insurance, earned, wrong = (
        speak(message)
        for message in (
            postforms.NOT_SUBSIDISED,
            postforms.PAY_OVER,
            postforms.INSURANCE_OVER,
            postforms.EARNED_OVER,
            postforms.AMOUNT_WRONG,
        )
    )
    _mark(pen, book, Sheet.STAFF, "role", _says(check, role))
    _mark(pen, book, Sheet.STAFF, "monthly_pay", _says(check, pay))
    _mark(pen, book, Sheet.STAFF, "employer_insurance", _says(check, insurance))
    _mark(pen, book, Sheet.STAFF, "months", f'AND({cells["months"]}<>"",{_says(check, earned)})')
    _mark(pen, book, Sheet.STAFF, "pay_amount", _says(check, earned))
    for stated, computed in (
        ("pay_amount", "pay"),
        ("allowance_amount", "allowance"),
        ("insurance_amount", "insurance"),
    ):
        differs = f"N({cells[stated]})<>N({cells[computed]}),ISNUMBER({cells[computed]})"
        _mark(pen, book, Sheet.STAFF, stated, f"AND({_says(check, wrong)},{differs})")
    _mark(pen, book, Sheet.STAFF, "check", _says(check, role, pay, insurance, earned, wrong))
    _mark_points(pen, book)
    _mark_insurance(pen, book)


def _mark_points(pen: Pen, book: Book) -> None:
    """Points above a scale of steps, where the programme has one."""
    if step_pay(book.programme) is not None:
        above = _says(book.row(Sheet.STAFF, 2).at_home()["check"], book.language(postforms.POINTS_OVER))
        _mark(pen, book, Sheet.STAFF, "points", above)
        _mark(pen, book, Sheet.STAFF, "check", above)


def _mark_insurance(pen: Pen, book: Book) -> None:
    """Insurance that is not subsidised, where it is asked for; nothing where the programme refuses none."""
    if book.caps.insurance is None or not book.caps.insurance.refuses:
        return
    cells = book.row(Sheet.STAFF, 2).at_home()
    refused = _says(cells["check"], book.language(postforms.INSURANCE_OWN))
    monthly = cells["employer_insurance"]
    _mark(pen, book, Sheet.STAFF, "employer_insurance", f'AND({refused},{monthly}<>"")')
    _mark(pen, book, Sheet.STAFF, "insurance_amount", f'AND({refused},{monthly}="")')
    _mark(pen, book, Sheet.STAFF, "check", refused)


def mark_summary(pen: Pen, rows: Sequence[SummaryRow]) -> None:
    """總表: what passes a cap or an approved amount, and stated totals that are no sums."""
    cells = {name: f"${letters(index)}2" for index, (name, _) in enumerate(SUMMARY_COLUMNS)}
    over = _says(cells["check"], pen.language(OVER_CAP), pen.language(OVER_APPROVED))
    over = f"AND({over},NOT({_says(cells['check'], pen.language(JUSTIFY))}))"
    differs = _says(cells["check"], pen.language(NOT_THE_SUM))
    amber = [JUSTIFY, IN_PRINCIPLE] if any(row.in_principle for row in rows) else [JUSTIFY]
    for name, criteria, style in (
        ("computed", over, Style.RED),
        ("headroom", over, Style.RED),
        ("check", over, Style.RED),
        ("check", differs, Style.RED),
        ("stated", differs, Style.RED),
        ("check", _says(cells["check"], *map(pen.language, amber)), Style.AMBER),
    ):
        column = cells[name][1:-1]
        pen.sheet.conditional_format(
            f"{column}2:{column}{len(rows) + 1}",
            {"type": "formula", "criteria": f"={criteria}", "format": pen.formats[style]},
        )
