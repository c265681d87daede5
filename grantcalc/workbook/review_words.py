"""Findings in words for the sheets of a review: each rendered once, however many sheets show it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import Factory, define, frozen

from grantcalc.finding import Finding, Place
from grantcalc.money import Number
from grantcalc.report.view import place_label
from grantcalc.review.model import DraftRow
from grantcalc.text import Language, Measure

LONGEST_TEXT = 32_000
"""Characters that a cell holds, with room to spare; the library would leave out a longer text."""
CUT_OFF = "…"


@frozen(kw_only=True)
class Told:
    """One finding in words."""

    outcome: str
    title: str
    place: str
    row: str
    """The name of the row, where it stands in one."""
    stated: str
    allowed: str
    message: str
    remedy: str
    sections: str


@define
class Words:
    """Renders in one language, and remembers what it has rendered."""

    speak: Language
    _told: dict[int, tuple[Finding, Told]] = Factory(dict)

    def told(self, row: DraftRow, finding: Finding) -> Told:
        """A finding of a draft that was checked."""
        known = self._told.get(id(finding))
        if known is None:  # the finding is kept beside its words, so that no other one takes its id
            known = self._told[id(finding)] = (finding, self._tell(row, finding))
        return known[1]

    def _tell(self, row: DraftRow, finding: Finding) -> Told:
        speak = self.speak
        rule = None if row.report is None else row.report.programme.rule(finding.rule)
        return Told(
            outcome=speak(finding.outcome),
            title=finding.rule if rule is None else speak(rule.title),
            place=fitting(place_label(finding.place, speak)),
            row=fitting(finding.place.label) if finding.place.shown else "",
            stated=self._number(finding, finding.stated),
            allowed=self._number(finding, finding.allowed),
            message=fitting(speak(finding.message)),
            remedy=fitting(speak(finding.advice)),
            sections=self.sections([finding]),
        )

    def _number(self, finding: Finding, value: Number | None) -> str:
        return "" if value is None else self.speak(Measure(value, finding.unit))

    def sections(self, findings: Iterable[Finding]) -> str:
        """The sections they rest on, each once."""
        known = dict.fromkeys(str(citation) for finding in findings for citation in finding.citations)
        return self.speak.listed(known)

    def county(self, row: DraftRow) -> str:
        """The county of a draft, empty where none is known."""
        report = row.report
        return "" if report is None else fitting(self.speak(report.county_title or row.county or ""))


def short_place(place: Place, width: float, speak: Language, before: str = "") -> str:
    """A place without the name of its row, in one line: a link, which some programs never break.

    Where it is too long, the sheet's name gives way, and the cell stands.
    """
    if place.sheet and place.cell:
        cell = f"!{place.cell}"
        return within(f"{before}{place.sheet}", width - len(cell)) + cell
    return within(before + (place.shown if place.shown and place.label else place_label(place, speak)), width)


def within(text: str, width: float) -> str:
    """A text as far as one line of a column shows it."""
    from wcwidth import wcswidth

    plain = " ".join(text.split())
    if 2 * len(plain) <= width or wcswidth(plain) <= width:
        return plain
    used = 1  # the sign that it is cut
    for at, letter in enumerate(plain):
        used += max(0, wcswidth(letter))
        if used > width:
            return plain[:at] + CUT_OFF
    return plain


def fitting(text: str) -> str:
    """A text as far as a cell holds it."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + CUT_OFF
