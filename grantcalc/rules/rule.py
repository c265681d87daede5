"""A rule as tables/ states it, and what a kind of check is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from grantcalc.finding import Explanation, Outcome, Verdict
from grantcalc.money import Exact
from grantcalc.sources import Citation, Interpretation
from grantcalc.text import Bilingual
from grantcalc.units import Unit

if TYPE_CHECKING:
    from grantcalc.rules.context import Context


@frozen(kw_only=True)
class Limit:
    """A number of a document, as a rule uses it: resolved from ``folder/table#key``."""

    key: str
    value: Exact
    unit: Unit | None
    citation: Citation
    title: Bilingual

    def explained(self) -> Explanation:
        """The number as a leaf of an explanation."""
        return Explanation(label=self.title, value=self.value, unit=self.unit, origin=self.citation)


@frozen(kw_only=True)
class Rule:
    """One clause: identifier, kind, gravity, wording in both languages, sections, and its kind's values."""

    id: str
    kind: str
    outcome: Outcome
    title: Bilingual
    clause: Bilingual
    citations: tuple[Citation, ...]
    interpretation: Interpretation | None = None
    changed: str | None = None
    values: Any = None


Check = Callable[["Context", Rule, Any], Verdict]
"""Judges one rule on one draft: pure, and without knowledge of files."""

Together = Callable[[Sequence["Context"], Rule, Any], tuple[Verdict, ...]]
"""Judges one rule on several drafts of a programme together: a verdict for each, in their order; pure."""


@frozen(kw_only=True)
class Kind:
    """A kind of check: its name in rules.toml, its function, the type of its values, the parameters it cannot lack.

    ``together`` stands for ``check`` where a call gives two drafts of a programme or more: the rule is on all of them.
    """

    name: str
    check: Check
    values: type[Any] | None = None
    parameters: tuple[str, ...] = ()
    together: Together | None = None
