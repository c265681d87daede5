"""Cell formats and outcome colours of the workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from math import ceil
from typing import Any

from grantcalc.finding import Outcome

FONT = "Microsoft JhengHei"
"""A font with Traditional Chinese that Excel has on every system; others fall back to their own."""

FILLS: Mapping[Outcome, str] = {
    Outcome.ERROR: "FFC7CE",
    Outcome.WARNING: "FFE699",
    Outcome.REVIEW: "BDD7EE",
    Outcome.NOTE: "E7E6E6",
}
"""Background of a marked cell by its gravest finding."""


class Style(Enum):
    """The formats of the form."""

    TITLE = "title"
    TITLE_LONG = "title-long"
    TEXT = "text"
    NOTE = "note"
    HEADER = "header"
    HEADER_COMPUTED = "header-computed"
    HEADER_UNUSED = "header-unused"
    HEADING = "heading"
    LABEL = "label"
    LABEL_LONG = "label-long"
    LABEL_TOTAL = "label-total"
    LABEL_UNUSED = "label-unused"
    REMARK = "remark"
    INPUT = "input"
    INPUT_MONEY = "input-money"
    INPUT_AMOUNT = "input-amount"
    INPUT_NUMBER = "input-number"
    INPUT_DATE = "input-date"
    INPUT_DATE_ROC = "input-date-roc"
    INPUT_LONG = "input-long"
    INPUT_UNUSED = "input-unused"
    COMPUTED_MONEY = "computed-money"
    COMPUTED_TEXT = "computed-text"
    COMPUTED_LONG = "computed-long"
    TOTAL_MONEY = "total-money"
    CELL = "cell"
    RED = "red"
    AMBER = "amber"
    OUTCOME_ERROR = "outcome-error"
    OUTCOME_WARNING = "outcome-warning"
    OUTCOME_REVIEW = "outcome-review"
    OUTCOME_NOTE = "outcome-note"


ROC_DATE = '[$-404]e"年"m"月"d"日"'
"""A date of the ROC calendar, as 113年3月27日; the cell holds a date all the same."""

_BORDER = {"border": 1, "border_color": "#BFBFBF"}
_INPUT = {**_BORDER, "bg_color": "#FFFDF2", "locked": False, "valign": "vcenter"}
_COMPUTED = {**_BORDER, "bg_color": "#F2F2F2", "valign": "vcenter"}
_MONEY = {"num_format": "#,##0", "align": "right"}
_HEADER = {**_BORDER, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
_OUTCOME = {**_BORDER, "valign": "top", "align": "center"}

PROPERTIES: Mapping[Style, Mapping[str, Any]] = {
    Style.TITLE: {"bold": True, "font_size": 16, "font_color": "#1F4E79"},
    Style.TITLE_LONG: {"bold": True, "font_size": 16, "font_color": "#1F4E79", "text_wrap": True, "valign": "top"},
    Style.TEXT: {"text_wrap": True, "valign": "top"},
    Style.NOTE: {"font_color": "#7F7F7F", "italic": False, "valign": "vcenter"},
    Style.HEADER: {**_HEADER, "bg_color": "#1F4E79", "font_color": "#FFFFFF"},
    Style.HEADER_COMPUTED: {**_HEADER, "bg_color": "#7F8FA9", "font_color": "#FFFFFF"},
    Style.HEADER_UNUSED: {**_HEADER, "bg_color": "#D9D9D9", "font_color": "#7F7F7F"},
    Style.HEADING: {"bold": True, "bg_color": "#DDEBF7", "valign": "vcenter", **_BORDER},
    Style.LABEL: {**_BORDER, "valign": "vcenter", "bg_color": "#DDEBF7"},
    Style.LABEL_LONG: {**_BORDER, "valign": "vcenter", "bg_color": "#DDEBF7", "text_wrap": True},
    Style.LABEL_TOTAL: {**_BORDER, "valign": "vcenter", "bold": True},
    Style.LABEL_UNUSED: {**_BORDER, "valign": "vcenter", "bg_color": "#D9D9D9", "font_color": "#7F7F7F"},
    Style.REMARK: {"font_color": "#595959", "valign": "vcenter", "text_wrap": True, "indent": 1},
    Style.INPUT: {**_INPUT, "num_format": "@"},
    Style.INPUT_MONEY: {**_INPUT, **_MONEY},
    Style.INPUT_AMOUNT: {**_INPUT, **_MONEY, "valign": "top"},
    Style.INPUT_NUMBER: {**_INPUT, "num_format": "General", "align": "right"},
    Style.INPUT_DATE: {**_INPUT, "num_format": "yyyy-mm-dd", "align": "center"},
    Style.INPUT_DATE_ROC: {**_INPUT, "num_format": ROC_DATE, "align": "center"},
    Style.INPUT_LONG: {**_INPUT, "num_format": "@", "text_wrap": True},
    Style.INPUT_UNUSED: {**_INPUT, "bg_color": "#EDEDED", "num_format": "General"},
    Style.COMPUTED_MONEY: {**_COMPUTED, **_MONEY},
    Style.COMPUTED_TEXT: {**_COMPUTED, "shrink": True},
    Style.COMPUTED_LONG: {**_COMPUTED, "text_wrap": True},
    Style.TOTAL_MONEY: {**_COMPUTED, **_MONEY, "bold": True, "top": 2},
    Style.CELL: {**_BORDER, "text_wrap": True, "valign": "top"},
    Style.RED: {"bg_color": f"#{FILLS[Outcome.ERROR]}", "font_color": "#9C0006", "bold": True},
    Style.AMBER: {"bg_color": f"#{FILLS[Outcome.WARNING]}", "font_color": "#7F6000"},
    Style.OUTCOME_ERROR: {**_OUTCOME, "bg_color": f"#{FILLS[Outcome.ERROR]}"},
    Style.OUTCOME_WARNING: {**_OUTCOME, "bg_color": f"#{FILLS[Outcome.WARNING]}"},
    Style.OUTCOME_REVIEW: {**_OUTCOME, "bg_color": f"#{FILLS[Outcome.REVIEW]}"},
    Style.OUTCOME_NOTE: {**_OUTCOME, "bg_color": f"#{FILLS[Outcome.NOTE]}"},
}

OUTCOME_STYLES: Mapping[Outcome, Style] = {outcome: Style(f"outcome-{outcome.value}") for outcome in Outcome}

LINE_HEIGHT = 14
"""Points of one line of text."""
_ROOM = 1.1
"""Wrapped lines are never filled to the last place."""


@lru_cache(maxsize=1 << 14)
def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column; a Chinese character takes two places."""
    from wcwidth import wcswidth

    if "\n" not in text and 2 * len(text) * _ROOM <= width:
        return 1
    return sum(max(1, ceil(max(0, wcswidth(line)) * _ROOM / width)) for line in text.split("\n"))
