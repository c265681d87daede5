"""Sums of a review's tables as formulas: they follow what a reviewer types."""

from __future__ import annotations

from collections.abc import Sequence

from grantcalc.report.columns import Column, Look
from grantcalc.workbook.simulation_page import Page, Placed


def write_sums(page: Page, placed: Placed, columns: Sequence[Column]) -> None:
    """Every sum of a column of numbers as the formula that adds its cells up, with the value it has now."""
    from xlsxwriter.utility import xl_rowcol_to_cell as cell

    if placed.last < placed.first:
        return
    for at, column in enumerate(columns):
        if isinstance(column.total, int) and column.look is not Look.TEXT:
            formula = f"=SUM({cell(placed.first, at)}:{cell(placed.last, at)})"
            form = page.looks.of_cell(column.look, is_total=True)
            page.sheet.write_formula(placed.last + 1, at, formula, form, column.total)
