"""The draft of a review opinion (審查意見): a letter by the sections of a budget, and notes to the reviewer.

The letter goes to the applicant: it speaks of rows, fields and documents by their names, and never of this program.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from grantcalc.checking import Report
from grantcalc.finding import Finding, Outcome
from grantcalc.report.opinion_lacking import fields_of, look_ups, supplies
from grantcalc.report.opinion_names import Names
from grantcalc.report.opinion_points import LEAD, for_reviewer, points
from grantcalc.review.model import BatchResult
from grantcalc.text import Language, Message, Value, dollars, joined

TITLE = Message("Review opinion (draft)")
OPENING = Message("{applicant} applies for a subsidy of {asked} under “{programme}”; the opinion on its budget:")
NO_APPLICANT = Message("The applicant")
WHOLE = Message("The plan as a whole")
SUPPLY = Message("To be supplied")
CONCLUSION = Message("Conclusion")
NO_REMARK = Message("No remark on the items of the budget.")
AS_ASKED = Message("A subsidy of {asked} is asked for; {allowed} are proposed to be approved, without a cut.")
CUT = Message("A subsidy of {asked} is asked for; {allowed} are proposed to be approved: a cut of {cut}.")
CORRECT_FIRST = Message(
    "A subsidy of {asked} is asked for; at most {allowed} could be approved, and nothing before the points above that "
    "no cut mends are corrected."
)
ROWS_STATE = Message(
    "The rows state {stated} in all; their prices, quantities and months make {asked}, which counts here."
)
UNCOUNTED = Message("The amount does not contain what cannot be worked out yet: {what}.")
OPEN = Message("Still open are {parts}. The subsidy is approved once that is done.")
OPEN_ERRORS = Message("points to be corrected")
OPEN_WARNINGS = Message("points to be explained")
OPEN_REVIEWS = Message("points to be confirmed")
OPEN_SUPPLIES = Message("data to be supplied")

NOTES = Message("Notes to the reviewer (not part of the letter)")
ABOUT = Message("Budget looked at: {file}. The draft is worked out from its figures; a reviewer decides.")
TO_LOOK_AT = Message("To be looked at in this plan")
STANDING = Message("To be looked at in every plan")
TO_LOOK_UP = Message("To be looked up")
ACROSS = Message("Across applications (names other applicants, not to be sent)")
UNREADABLE = Message("Could not be read")
NOT_REVIEWED = Message("{file} could not be read and is not reviewed; please ask for the file once more.")

_SECTIONS = "一二三四五六七八九十"
_TEN = 10
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"\](?=[(\[:])")

Section = tuple[Value, list[list[str]]]
"""A title, and its points: each a sentence, and the parts of it that stand in lines of their own."""


def opinion(batch: BatchResult, language: Language) -> str:
    """The opinions on all drafts of a batch, in order; files that could not be read at the end."""
    parts = [report_opinion(row.report, language, row.file) for row in batch.rows if row.report is not None]
    if batch.unreadable:
        lines = [f"# {language(UNREADABLE)}", ""]
        lines += [f"- {_plain(language(NOT_REVIEWED(file=row.file)))}" for row in batch.unreadable]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def report_opinion(report: Report, language: Language, file: str | None = None) -> str:
    """The opinion on one draft: what is to be corrected, explained and supplied, and what may be approved."""
    names = Names(report, language)
    lines = [*_letter(report, names), "", *_notes(report, names, file or report.reading.file)]
    return "\n".join(lines) + "\n"


def _letter(report: Report, names: Names) -> Iterator[str]:
    language = names.language
    draft = report.reading.draft
    applicant: Value = draft.applicant or report.county_title or draft.county or NO_APPLICANT()
    opening = OPENING(applicant=applicant, asked=dollars(report.asked), programme=report.programme.title)
    yield f"# {language(TITLE)}"
    yield ""
    yield _plain(language(opening))
    sections: list[Section] = [(title, list(points(found, names))) for title, found in _by_category(report, names)]
    lacking = supplies(names, {one.place.path for one in _sent(report)})
    if lacking:
        sections.append((SUPPLY(), [[sentence] for sentence in lacking]))
    if not sections:
        sections.append((WHOLE(), [[language(NO_REMARK)]]))
    sections.append((CONCLUSION(), [[sentence] for sentence in _conclusion(report, names, lacking=bool(lacking))]))
    yield from _printed(sections, language)


def _notes(report: Report, names: Names, file: str) -> Iterator[str]:
    language = names.language
    yield f"# {language(NOTES)}"
    yield ""
    yield _plain(language(ABOUT(file=file)))
    across = _across_rules(report)
    looks = [one for one in _said(report) if for_reviewer(one) and one.rule not in across]
    parts: list[tuple[Message, list[Finding]]] = [
        (TO_LOOK_AT, [one for one in looks if names.subject(one.place)]),
        (STANDING, [one for one in looks if not names.subject(one.place)]),
        (ACROSS, [one for one in _said(report) if one.rule in across]),
    ]
    sections: list[Section] = [(title(), list(points(found, names))) for title, found in parts if found]
    unknown = look_ups(names)
    if unknown:
        sections.insert(len(sections) - bool(parts[-1][1]), (TO_LOOK_UP(), [[sentence] for sentence in unknown]))
    yield from _printed(sections, language)


def _printed(sections: Iterable[Section], language: Language) -> Iterator[str]:
    for number, (title, found) in enumerate(sections, start=1):
        yield ""
        yield f"## {_numbered(number, language)}{_plain(language(title))}"
        yield ""
        for at, (sentence, *parts) in enumerate(found, start=1):
            yield f"{at}. {_plain(sentence)}"
            yield from (f"   {_plain(part)}" for part in parts)


def _plain(text: str) -> str:
    """A sentence of one line in which no viewer of Markdown takes anything for a tag, a link or a picture."""
    return _LINK.sub("］", _TAG.sub("＜", " ".join(text.split())))


def _numbered(number: int, language: Language) -> str:
    """一、 for Chinese, 1. for English."""
    if not language.is_chinese:
        return f"{number}. "
    tens, ones = divmod(number, _TEN)
    if number <= _TEN:
        return f"{_SECTIONS[number - 1]}、"
    return f"{_SECTIONS[tens - 1] if tens > 1 else ''}十{_SECTIONS[ones - 1] if ones else ''}、"


def _conclusion(report: Report, names: Names, *, lacking: bool) -> Iterator[str]:
    """What is proposed to be approved, what that does not contain, and what has to be done first."""
    language, cut = names.language, report.asked - report.allowed
    template = CUT if cut > 0 else AS_ASKED
    if any(one.outcome is Outcome.ERROR and one.cut is None for one in _sent(report)):
        template = CORRECT_FIRST
    yield language(template(asked=dollars(report.asked), allowed=dollars(report.allowed), cut=dollars(cut)))
    if report.stated is not None and report.stated != report.asked:
        yield language(ROWS_STATE(stated=dollars(report.stated), asked=dollars(report.asked)))
    if report.uncounted:
        yield language(UNCOUNTED(what=fields_of(report.uncounted, names)))
    found = [any(one.outcome is outcome for one in _sent(report)) for outcome in LEAD]
    said = (OPEN_ERRORS, OPEN_WARNINGS, OPEN_REVIEWS, OPEN_SUPPLIES)
    parts = [part() for part, is_open in zip(said, (*found, lacking), strict=True) if is_open]
    if parts:
        yield language(OPEN(parts=joined(parts)))


def _said(report: Report) -> Sequence[Finding]:
    """Everything that a person is to know of; notes, and what is about the run alone, are left out."""
    return [one for one in report.findings if one.outcome in LEAD and not one.internal]


def _sent(report: Report) -> Sequence[Finding]:
    """What is said to the applicant."""
    across = _across_rules(report)
    return [one for one in _said(report) if one.rule not in across and not for_reviewer(one)]


def _by_category(report: Report, names: Names) -> Iterator[tuple[Value, list[Finding]]]:
    """What is said to the applicant, by the category it is about, in the programme's order; of no row first."""
    found: defaultdict[str | None, list[Finding]] = defaultdict(list)
    categories = _categories(report)
    for finding in _sent(report):
        found[categories.get(names.row_of(finding.place) or "")].append(finding)
    if found[None]:
        yield WHOLE(), found[None]
    for category in report.programme.categories:
        if found[category.name]:
            yield category.title, found.pop(category.name)
    for name, rest in found.items():
        if name is not None and rest:
            yield name or WHOLE(), rest


def _across_rules(report: Report) -> frozenset[str]:
    """Rules that see several drafts: what they say names other applicants."""
    from grantcalc.rules.registry import kind_of

    return frozenset(result.rule.id for result in report.rules if kind_of(result.rule.kind).together is not None)


def _categories(report: Report) -> dict[str, str | None]:
    """The category of every row and post; none of a row that has none."""
    draft, programme = report.reading.draft, report.programme
    posts: dict[str, str | None] = {post.origin.path: programme.posts.pay for post in draft.positions}
    return posts | {line.origin.path: programme.category_of(line) or None for line in draft.lines}
