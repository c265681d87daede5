"""The figures of a batch against the money and posts that the documents approve for each county (核定表)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from attrs import frozen

from grantcalc.draft.model import Fund
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import TEAM, headcount
from grantcalc.rules.kinds.allocation import Allocation
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.sources import Citation
from grantcalc.staffing import approved_posts
from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual


@frozen(kw_only=True)
class CountyFigures:
    """One county: dollars approved and asked for by category, posts approved and asked for.

    ``files`` are its drafts in the batch: none where it sent none. ``unsure`` where an amount cannot be worked out.
    """

    county: Bilingual
    files: tuple[str, ...]
    approved: tuple[int, ...]
    asked: tuple[int, ...]
    posts_approved: int | None = None
    posts_asked: int | None = None
    unsure: bool = False


@frozen(kw_only=True)
class Figures:
    """One programme's comparison: its categories, and a row for every county of the approved table, sent or not."""

    programme: Programme
    categories: tuple[Bilingual, ...]
    citations: tuple[Citation, ...]
    rows: tuple[CountyFigures, ...]


def figures_of(batch: BatchResult, library: Library) -> tuple[Figures, ...]:
    """A comparison for every programme of the batch whose document prints approved amounts by county."""
    found = (_figures(batch, library.programme(name), library.tables) for name in batch.programmes)
    return tuple(one for one in found if one is not None)


def _figures(batch: BatchResult, programme: Programme, tables: Tables) -> Figures | None:
    rules = [rule for rule in programme.rules if isinstance(rule.values, Allocation)]
    if not rules:
        return None
    parts: list[Allocation] = [rule.values for rule in rules]
    contexts: defaultdict[str | None, list[tuple[DraftRow, Context]]] = defaultdict(list)
    for row in batch.of_programme(programme.id):
        if row.report is not None:
            context = row.report.context
            contexts[context.draft.county].append((row, context))
    counties = tables["common/counties"]
    rows = []
    for entry in tables[parts[0].table].rows:
        known = counties.find(name_zh=entry["county"])
        title = Bilingual(entry["county"], known["name_en"] if known is not None else entry["county"])
        rows.append(_county(title, parts, contexts[entry["county"]], tables))
    return Figures(
        programme=programme,
        categories=tuple(_title(programme, part.category) for part in parts),
        citations=tuple(dict.fromkeys(citation for rule in rules for citation in rule.citations)),
        rows=tuple(rows),
    )


def _county(
    title: Bilingual, parts: Sequence[Allocation], sent: Sequence[tuple[DraftRow, Context]], tables: Tables
) -> CountyFigures:
    sums = [[context.ledger.sum(Fund.SUBSIDY, [part.category]) for _, context in sent] for part in parts]
    folder = next((part.posts for part in parts if part.posts), None)
    posts = None if folder is None else approved_posts(title.zh, tables, folder)
    counted = [headcount(context, TEAM) for _, context in sent]
    return CountyFigures(
        county=title,
        files=tuple(row.file for row, _ in sent),
        approved=tuple(_approved(part, title, tables) for part in parts),
        asked=tuple(sum(found.value for found in one) for one in sums),
        posts_approved=None if posts is None else posts.posts,
        posts_asked=None if posts is None else sum(found.peak for found in counted),
        unsure=any(found.missing for one in sums for found in one) or any(found.missing for found in counted),
    )


def _approved(part: Allocation, county: Bilingual, tables: Tables) -> int:
    row = tables[part.table].find(county=county.zh)
    return 0 if row is None else int(row[part.column])


def _title(programme: Programme, name: str) -> Bilingual:
    category = programme.category(name)
    return Bilingual(name, name) if category is None else category.title
