"""The findings of one section of a letter as sentences: one reason once, with every place that it holds for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import Factory, define

from grantcalc.finding import Finding, Outcome, Place
from grantcalc.report.opinion_names import Names
from grantcalc.rules.remedies import LOOK
from grantcalc.text import Message

LEAD: Mapping[Outcome, Message] = {
    Outcome.ERROR: Message("Not in accordance"),
    Outcome.WARNING: Message("Please explain"),
    Outcome.REVIEW: Message("Please confirm"),
}
OF_PLACES = Message("{places}: {text}")
OF_PLACE = Message("{place} {text}")
CITED = Message("{text} (basis: {sections})")
WITH_REMEDY = Message("{message} {remedy}")
CHECKED = Message("{message} To be looked at: {ask}")
ALL_OF = Message("{title}: {remedy}")
EACH_OF = Message("{title}:")
THESE = Message("All of these: {remedy}")
ITEM = Message("({number}) {text}")

_OF_THE_FORM = "draft/"


def for_reviewer(finding: Finding) -> bool:
    """Whether a person of the ministry has to look, and the applicant has nothing to do."""
    return finding.outcome is Outcome.REVIEW and finding.remedy.template == LOOK.template


@define
class _Point:
    """What is said of one or more places."""

    message: str
    remedy: str
    places: list[Place] = Factory(list)

    def text(self, names: Names, *, with_remedy: bool = True) -> str:
        """The places, and what is said of them; a name that both begin with is written once."""
        said = self.message
        if with_remedy and self.remedy:
            said = names.language(WITH_REMEDY(message=said, remedy=self.remedy))
        subjects = names.subjects(self.places)
        if not subjects:
            return said
        called = {names.called(place) for place in self.places}
        name = called.pop() if len(called) == 1 else ""
        if name and said.startswith(name):
            return names.language(OF_PLACE(place=subjects, text=said.removeprefix(name).lstrip()))
        return names.language(OF_PLACES(places=subjects, text=said))


def points(findings: Iterable[Finding], names: Names) -> Iterator[list[str]]:
    """Sentence by sentence; those of several parts with a line for each part behind the first."""
    groups: dict[tuple[Outcome, str, str, str], list[Finding]] = {}
    for finding in findings:
        # The rules of the form have titles that say nothing to an applicant: what is to be done holds them together.
        own = finding.remedy.template if finding.rule.startswith(_OF_THE_FORM) else ""
        groups.setdefault((finding.outcome, finding.rule, names.cited(finding), own), []).append(finding)
    for (outcome, rule, sections, own), members in groups.items():
        merged = _merged(members, names)
        found = names.report.programme.rule(rule)
        title = "" if own or found is None else names.language(found.title)
        lead = "" if all(map(for_reviewer, members)) else _lead(outcome, names)
        if len(merged) == 1 or not (title or _same_remedy(merged)):
            yield from ([lead + _cited(point.text(names), sections, names)] for point in merged)
        else:
            yield _grouped(lead, title, merged, sections, names)


def _lead(outcome: Outcome, names: Names) -> str:
    lead = names.language(LEAD[outcome])
    return f"【{lead}】" if names.language.is_chinese else f"[{lead}] "


def _merged(findings: Iterable[Finding], names: Names) -> list[_Point]:
    """Findings that say the same, together."""
    found: dict[tuple[str, str], _Point] = {}
    for finding in findings:
        row, speak = names.row_of(finding.place), names.language
        message, remedy = names.said(finding.message, row), finding.remedy
        if for_reviewer(finding):
            message = speak(CHECKED(message=message, ask=names.said(remedy.values["ask"], row)))
            said = ""
        else:
            said = names.said(remedy, row)
        point = found.setdefault((message, said), _Point(message, said))
        point.places.append(finding.place)
    return list(found.values())


def _grouped(lead: str, title: str, merged: Sequence[_Point], sections: str, names: Names) -> list[str]:
    one = _same_remedy(merged)
    template = (ALL_OF if one else EACH_OF) if title else THESE
    head = template(title=title, remedy=one)
    parts = [point.text(names, with_remedy=not one) for point in merged]
    numbered = [names.language(ITEM(number=at, text=part)) for at, part in enumerate(parts, start=1)]
    return [lead + _cited(names.language(head), sections, names), *numbered]


def _same_remedy(merged: Sequence[_Point]) -> str:
    """What is to be done at all of them; empty where it differs."""
    remedies = {point.remedy for point in merged}
    return remedies.pop() if len(remedies) == 1 else ""


def _cited(text: str, sections: str, names: Names) -> str:
    return names.language(CITED(text=text, sections=sections)) if sections else text
