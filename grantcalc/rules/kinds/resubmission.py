"""A draft against its earlier version (重送比較): told by a review that is given the earlier drafts."""

from __future__ import annotations

from collections.abc import Sequence

from grantcalc.finding import Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.text import Message

ALONE = Message("No earlier version of this draft was given; a review compares the two where it is told their folder.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """Not applicable without an earlier version, and says why."""
    return Verdict(reason=ALONE())


def together(contexts: Sequence[Context], rule: Rule, values: None) -> tuple[Verdict, ...]:
    """The drafts of one call are no earlier versions of each other."""
    return tuple(check(context, rule, values) for context in contexts)


KIND = Kind(name="resubmission", check=check, together=together)
