"""The review of many drafts as one page: works offline, prints, is searched and filtered without a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from grantcalc.finding import Outcome
from grantcalc.report import html, html_page
from grantcalc.report.batch_markdown import EARLIER, REMARKS, TITLE
from grantcalc.report.batch_rows import COMPARED, NO_EARLIER, NUMBERS, headers, notes, rows
from grantcalc.report.html_parts import Part, page_table
from grantcalc.report.review_figures import SOURCE, figure_columns
from grantcalc.report.review_figures import TITLE as APPROVED
from grantcalc.report.review_html_drafts import draft_view, fact_views
from grantcalc.report.review_html_pictures import draft_charts, outcome_chart
from grantcalc.report.view import ALLOWED as LARGEST
from grantcalc.report.view import ASKED, COUNTS, COUNTY, FILE, LEGEND_TITLE, PROGRAMME, place_label
from grantcalc.review.figures import Figures, figures_of
from grantcalc.review.model import BatchResult, Resubmission
from grantcalc.review.resubmission import told
from grantcalc.rules.library import Library
from grantcalc.text import Language, Message, dollars

CHECKED, UNREADABLE = Message("Drafts checked"), Message("Files not checked")
DIFFERENCE = Message("Difference")
OVERVIEW, DRAFTS, ACROSS = Message("Overview"), Message("Drafts"), Message("Across drafts")
EACH = Message("Draft by draft")
CHARTS = Message("Asked and allowed by draft, as bars")
AMOUNTS = Message("Amounts by row (first review)")
NO_COUNTY, NO_PROGRAMME = Message("not stated"), Message("not checked")
ALL_COUNTIES, ALL_PROGRAMMES = Message("All counties"), Message("All programmes")
UNFOLD, FOLD = Message("Open all drafts"), Message("Close all drafts")
SHOWN = Message("{drafts} of {all} drafts and {found} of {findings} findings are shown.")
OUTCOME, MESSAGE, PLACES = Message("Outcome"), Message("Message"), Message("Places")
LIST = Message("{title}: {number}")
RESOLVED, LEFT, NEW = Message("Findings resolved"), Message("Findings left"), Message("New findings")
UNASKED, ASKED_FOR = Message("Changed though no finding asked for it"), Message("Changed as a finding asked")
AT = Message("{place}: {what}")


def review_html(batch: BatchResult, language: Language, library: Library) -> str:
    """The whole review; the ``library`` has the approved figures."""
    shown = rows(batch, language)
    drafts = [draft_view(row, cells[1:], language) for row, cells in zip(batch.ordered, shown, strict=True)]
    approved = [_approved(figures, language) for figures in figures_of(batch, library)]
    found: dict[str, Sequence[object]] = {
        "across": list(fact_views(batch, drafts)),
        "approved": approved,
        "earlier": list(_earlier(batch, language)),
        "remarks": list(notes(batch, language)),
        "legend": list(dict.fromkeys(line for draft in drafts if draft.report for line in draft.report.legend)),
    }
    words = _words(language)
    return html_page.render(
        "review.html",
        language,
        words=words,
        heading=_heading(batch, language),
        counts=language(
            COUNTS(
                errors=batch.count(Outcome.ERROR),
                warnings=batch.count(Outcome.WARNING),
                reviews=batch.count(Outcome.REVIEW),
                notes=batch.count(Outcome.NOTE),
            )
        ),
        contents=list(_contents(words, found)),
        outcome_chart=outcome_chart(((outcome, batch.count(outcome)) for outcome in Outcome), language),
        charts=draft_charts(batch, language),
        outcomes=html.outcomes(language),
        counties=_counties(batch, language),
        programmes=_programmes(batch, language),
        table={"headers": headers(language), "numbers": NUMBERS},
        drafts=drafts,
        **found,
    )


def _words(language: Language) -> dict[str, str]:
    own = {
        "title": TITLE,
        "overview": OVERVIEW,
        "drafts": DRAFTS,
        "across": ACROSS,
        "each": EACH,
        "charts": CHARTS,
        "amounts": AMOUNTS,
        "counties": ALL_COUNTIES,
        "programmes": ALL_PROGRAMMES,
        "county": COUNTY,
        "programme": PROGRAMME,
        "unfold": UNFOLD,
        "fold": FOLD,
        "file": FILE,
        "outcome": OUTCOME,
        "message": MESSAGE,
        "places": PLACES,
        "earlier": EARLIER,
        "remarks": REMARKS,
        "legend": LEGEND_TITLE,
    }
    # The page's script puts the numbers in.
    shown = SHOWN(drafts="{drafts}", all="{all}", found="{found}", findings="{findings}")
    return {**html.words(language), **{name: language(word) for name, word in own.items()}, "shown": language(shown)}


def _heading(batch: BatchResult, language: Language) -> list[tuple[str, str]]:
    return [
        (language(CHECKED), language.number(len(batch.checked))),
        (language(UNREADABLE), language.number(len(batch.unreadable))),
        (language(ASKED), language(dollars(batch.asked))),
        (language(LARGEST), language(dollars(batch.allowed))),
        (language(DIFFERENCE), language(dollars(batch.asked - batch.allowed))),
    ]


def _contents(words: Mapping[str, str], found: Mapping[str, Sequence[object]]) -> Iterator[tuple[str, str]]:
    yield "pictures", words["overview"]
    yield "results", words["drafts"]
    if found["across"]:
        yield "across", words["across"]
    yield "each", words["each"]
    for at, figures in enumerate(found["approved"], start=1):
        if isinstance(figures, _ApprovedView):
            yield f"approved-{at}", figures.title
    for name, title in (("earlier", "earlier"), ("remarks", "remarks"), ("legend", "legend")):
        if found[name]:
            yield ("documents" if name == "legend" else name), words[title]


def _counties(batch: BatchResult, language: Language) -> list[tuple[str, str]]:
    """Values of the choice and their names, in the order in which they first occur; those without one last."""
    found: dict[str, str] = {}
    for row in batch.rows:
        title = row.report.county_title if row.report is not None else None
        found.setdefault(row.county or "", language(title or row.county or NO_COUNTY()))
    return sorted(found.items(), key=lambda entry: not entry[0])


def _programmes(batch: BatchResult, language: Language) -> list[tuple[str, str]]:
    found = dict.fromkeys(batch.programmes, "")
    for row in batch.checked:
        if row.report is not None:
            found[row.report.programme.id] = f"{row.report.programme.id} {language(row.report.programme.title)}"
    return [*found.items(), *([("", language(NO_PROGRAMME))] if batch.unreadable else [])]


@frozen(kw_only=True)
class _ApprovedView:
    """One programme's approved amounts beside what is asked for."""

    title: str
    source: str
    parts: Sequence[Part]


def _approved(figures: Figures, language: Language) -> _ApprovedView:
    return _ApprovedView(
        title=language(APPROVED(programme=figures.programme.title)),
        source=language(SOURCE(sections=language.listed(str(citation) for citation in figures.citations))),
        parts=page_table(list(figure_columns(figures, language)), language, has_total=True),
    )


@frozen(kw_only=True)
class _EarlierView:
    """A draft against its earlier version: a sentence, and what stands behind its numbers."""

    said: str
    lists: Sequence[tuple[str, Sequence[str]]] = ()


def _earlier(batch: BatchResult, language: Language) -> Iterator[_EarlierView]:
    for pair in batch.resubmissions:
        lists = [(language(LIST(title=title(), number=len(lines))), lines) for title, lines in _lists(pair, language)]
        said = COMPARED(
            file=pair.row.file,
            earlier=pair.earlier.file,
            resolved=len(pair.resolved),
            left=len(pair.left),
            new=len(pair.new),
            unasked=len(pair.unasked),
            before=dollars(pair.asked_before),
            now=dollars(pair.asked_now),
        )
        yield _EarlierView(said=language(said), lists=lists)
    for row in batch.without_earlier:
        yield _EarlierView(said=language(NO_EARLIER(file=row.file)))


def _lists(pair: Resubmission, language: Language) -> Iterator[tuple[Message, list[str]]]:
    for title, findings in ((RESOLVED, pair.resolved), (LEFT, pair.left), (NEW, pair.new)):
        if findings:
            yield title, [language(AT(place=place_label(one.place, language), what=one.message)) for one in findings]
    asked = tuple(change for change in pair.changes if change.asked)
    for title, changes in ((UNASKED, pair.unasked), (ASKED_FOR, asked)):
        if changes:
            yield title, [language(AT(place=place_label(one.place, language), what=told(one))) for one in changes]
