"""How a plan of posts stands to the approved ones, for ``grantcalc staffing``."""

from __future__ import annotations

from enum import Enum

from grantcalc.text import Message


class Verdict(Enum):
    """How a plan stands to the approved posts and to the floor of the ratio."""

    APPROVED = "approved"
    WITHIN = "within"
    UNFILLED = "unfilled"
    BELOW = "below"
    OVER = "over-approved"
    NO_SUPERVISOR = "no-supervisor"


VERDICTS: dict[Verdict, Message] = {
    Verdict.APPROVED: Message("as approved"),
    Verdict.WITHIN: Message("allowed: at or above the floor of the ratio"),
    Verdict.UNFILLED: Message("warning: below the floor because posts are left unfilled"),
    Verdict.BELOW: Message("error: more supervisors than approved, and below the floor"),
    Verdict.OVER: Message("error: more posts than approved"),
    Verdict.NO_SUPERVISOR: Message("no supervisor: the ratio does not apply"),
}
