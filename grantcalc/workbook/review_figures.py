"""The sheet 核定表對照: what each county asks for beside what the document approves for it."""

from __future__ import annotations

from grantcalc.report.review_figures import SOURCE, TITLE, figure_columns
from grantcalc.review.figures import Figures
from grantcalc.text import Message
from grantcalc.workbook.review_sums import write_sums
from grantcalc.workbook.simulation_desk import Desk

SHEET = Message("Approved {programme}")


def write_figures(desk: Desk, figures: Figures) -> None:
    """One programme's counties, those that sent nothing too, with the sums of all."""
    speak = desk.language
    page = desk.page(SHEET(programme=figures.programme.id))
    page.title(speak(TITLE(programme=figures.programme.title)))
    page.note(speak(SOURCE(sections=speak.listed(map(str, figures.citations)))))
    page.row += 1
    columns = list(figure_columns(figures, speak))
    placed = page.table(columns, has_total=True)
    write_sums(page, placed, columns)
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1)
