"""The draft of a review opinion (審查意見): sentences that a reviewer can paste, by the sections of a budget."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from grantcalc.checking import Report, RuleResult
from grantcalc.finding import Finding, Outcome, Status
from grantcalc.mending import row_of
from grantcalc.report.missing import OPTIONS, describe_missing
from grantcalc.report.view import place_label
from grantcalc.review.model import BatchResult
from grantcalc.text import Bilingual, Language, Message, Value, dollars, joined

TITLE = Message("Review opinion (draft)")
OF_DRAFT = Message("{county}: {programme}")
NO_COUNTY = Message("county not stated")
ABOUT = Message("File {file}. Worked out by the rules alone: a reviewer decides.")
OVERALL = Message("Overall")
AS_ASKED = Message("A subsidy of {asked} is asked for; the rules require no cut.")
CUT = Message("A subsidy of {asked} is asked for; the rules allow {allowed} at most: a cut of {cut} is proposed.")
ROWS_STATE = Message(
    "The rows state {stated}, but their prices, quantities and months make {asked}, which is counted here."
)
UNCOUNTED = Message("Not contained in these sums, as it cannot be worked out: {what}.")
NUMBERS = Message(
    "Not in accordance with the rules: {errors}; to be explained: {warnings}; for a person to look at: {reviews}; "
    "rules that could not be judged: {unjudged}."
)
NO_REMARK = Message("No remark.")
WHOLE = Message("The plan as a whole")
SUPPLY = Message("To be supplied by the applicant")
LOOK_UP = Message("For the reviewer: to be looked up")
STANDING = Message("For the reviewer: to be looked at in every plan")
ACROSS = Message("For the reviewer only: across drafts (names other applicants, not to be sent)")
LACKS = Message("{missing}: needed to judge {rules}.")
UNREADABLE = Message("Could not be read")
MUST = Message("{place}: {message} {remedy}")
CITED = Message("{text} (basis: {sections})")
LEAD: Mapping[Outcome, Message] = {
    Outcome.ERROR: Message("Not in accordance"),
    Outcome.WARNING: Message("Please explain"),
    Outcome.REVIEW: Message("To be looked at"),
}

_SECTIONS = "一二三四五六七八九十"
_TEN = 10
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"\](?=[(\[:])")


def opinion(batch: BatchResult, language: Language) -> str:
    """The opinions on all drafts of a batch, in order; files that could not be read at the end."""
    parts = [report_opinion(row.report, language, row.file) for row in batch.rows if row.report is not None]
    if batch.unreadable:
        lines = [f"# {language(UNREADABLE)}", ""]
        lines += [f"- {_plain(language(reason))}" for row in batch.unreadable for reason in row.reasons]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def report_opinion(report: Report, language: Language, file: str | None = None) -> str:
    """The opinion on one draft: what is to be cut or explained, section by section, and what is to be supplied."""
    return "\n".join(_lines(report, language, file or report.reading.file)) + "\n"


def _lines(report: Report, language: Language, file: str) -> Iterator[str]:
    county: Value = report.county_title or report.reading.draft.county or NO_COUNTY()
    yield f"# {language(TITLE)}"
    yield ""
    yield _plain(language(OF_DRAFT(county=county, programme=report.programme.title)))
    yield _plain(language(ABOUT(file=file)))
    sections: list[tuple[Value, list[str]]] = [(OVERALL(), list(_overall(report, language)))]
    sections += [(title, list(_findings(report, found, language))) for title, found in _grouped(report)]
    sections += _lacking(report, language)
    sections += [(title, list(_findings(report, found, language))) for title, found in _apart(report)]
    for number, (title, sentences) in enumerate(sections, start=1):
        yield ""
        yield f"## {_numbered(number, language)}{_plain(language(title))}"
        yield ""
        yield from (f"{at}. {_plain(sentence)}" for at, sentence in enumerate(sentences, start=1))


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


def _overall(report: Report, language: Language) -> Iterator[str]:
    cut = report.asked - report.allowed
    template = CUT if cut > 0 else AS_ASKED
    yield language(template(asked=dollars(report.asked), allowed=dollars(report.allowed), cut=dollars(cut)))
    if report.stated is not None and report.stated != report.asked:
        yield language(ROWS_STATE(stated=dollars(report.stated), asked=dollars(report.asked)))
    if report.uncounted:
        yield language(UNCOUNTED(what=describe_missing(report.uncounted, report.reading.draft, language)))
    unjudged = sum(1 for _ in _unjudged(report))
    counts = [report.count(outcome) for outcome in (Outcome.ERROR, Outcome.WARNING, Outcome.REVIEW)]
    if any(counts) or unjudged:
        yield language(NUMBERS(errors=counts[0], warnings=counts[1], reviews=counts[2], unjudged=unjudged))
    else:
        yield language(NO_REMARK)


def _grouped(report: Report) -> Iterator[tuple[Value, list[Finding]]]:
    """Findings by the category they stand in, in the programme's order; those of no row first. Notes are left out."""
    found: defaultdict[str | None, list[Finding]] = defaultdict(list)
    categories, across = _categories(report), _across_rules(report)
    for finding in report.findings:
        if finding.outcome in LEAD and finding.rule not in across and not _is_standing(finding):
            found[categories.get(row_of(finding.place.path) or "")].append(finding)
    if found[None]:
        yield WHOLE(), found[None]
    for category in report.programme.categories:
        if found[category.name]:
            yield category.title, found.pop(category.name)
    for name, rest in found.items():
        if name is not None and rest:
            yield name, rest


def _apart(report: Report) -> Iterator[tuple[Value, list[Finding]]]:
    """What belongs into no letter: what a person looks at in every plan, and what other applicants' drafts show."""
    across = _across_rules(report)
    known = [finding for finding in report.findings if finding.outcome in LEAD]
    standing = [finding for finding in known if finding.rule not in across and _is_standing(finding)]
    others = [finding for finding in known if finding.rule in across]
    yield from ((title, found) for title, found in ((STANDING(), standing), (ACROSS(), others)) if found)


def _is_standing(finding: Finding) -> bool:
    """Whether it asks to look at the plan as such, whatever the draft says."""
    return finding.outcome is Outcome.REVIEW and not finding.place.path


def _across_rules(report: Report) -> frozenset[str]:
    """Rules that see several drafts: what they say names other applicants."""
    from grantcalc.rules.registry import kind_of

    return frozenset(result.rule.id for result in report.rules if kind_of(result.rule.kind).together is not None)


def _categories(report: Report) -> dict[str, str]:
    """The category of every row and post."""
    draft, programme = report.reading.draft, report.programme
    posts = {post.origin.path: programme.posts.pay for post in draft.positions}
    return posts | {line.origin.path: programme.category_of(line) for line in draft.lines}


def _findings(report: Report, findings: Iterable[Finding], language: Language) -> Iterator[str]:
    for finding in findings:
        place = place_label(finding.place, language)
        text = language(MUST(place=place, message=finding.message, remedy=finding.remedy))
        if finding.citations:
            text = language(CITED(text=text, sections=language.listed(str(one) for one in finding.citations)))
        lead = language(LEAD[finding.outcome])
        yield f"【{lead}】{text}" if language.is_chinese else f"[{lead}] {text}"


def _unjudged(report: Report) -> Iterator[RuleResult]:
    return (result for result in report.rules if result.status is Status.COULD_NOT_RUN and result.missing)


def _lacking(report: Report, language: Language) -> Iterator[tuple[Value, list[str]]]:
    """What is missing, with the rules that need it: from the applicant, and what the reviewer has to look up."""
    for title, is_own in ((SUPPLY(), False), (LOOK_UP(), True)):
        needs: defaultdict[str, list[Bilingual]] = defaultdict(list)
        for result in _unjudged(report):
            missing = tuple(path for path in result.missing if _is_reviewers(path) is is_own)
            if missing:
                needs[describe_missing(missing, report.reading.draft, language)].append(result.rule.title)
        if needs:
            sentences = [language(LACKS(rules=joined(rules), missing=missing)) for missing, rules in needs.items()]
            yield title, sentences


def _is_reviewers(path: str) -> bool:
    """Whether an input is the reviewer's own: an option of the command, a table, the day of approval."""
    return path in OPTIONS or path == "approved_on" or "/" in path.partition(" ")[0]
