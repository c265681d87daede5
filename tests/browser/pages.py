"""The pages under test: a small review with hostile texts, one of 66 drafts, a report, a simulation."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve

from grantcalc.checking import check_all
from grantcalc.draft.model import Reading
from grantcalc.headcount.build import from_county
from grantcalc.headcount.simulation import simulate
from grantcalc.reading.structure import structure
from grantcalc.report.html import report_html
from grantcalc.report.review_html import review_html
from grantcalc.report.simulation_html import simulation_html
from grantcalc.review.model import BatchResult, DraftRow, LeftOut
from grantcalc.rules.library import Library
from grantcalc.text import Bilingual, Language, Message, Tongue

EXAMPLES = Path(__file__).parents[2] / "examples"
LANGUAGES = {"zh": Language(Tongue.ZH_TW), "en": Language(Tongue.EN)}
HOSTILE = "<script>window.hit=1</script>\"'><img src=x onerror=window.hit=1> javascript:window.hit=1 {{ 7*7 }} &amp;"
CUT = Message("{file}: the file is cut off.")
LOCK = Message("a lock file")
PROGRAMMES = ("dapc-113", "fsp-113", "rsp-108-1a")


@cache
def library() -> Library:
    """One library for the whole run."""
    return Library()


def example(path: str, **over: Any) -> Reading:
    """A draft of the examples."""
    raw = json.loads((EXAMPLES / path).read_text(encoding="utf-8"))
    raw.update(over)
    return structure(raw, library(), path)


def rows(files: list[tuple[str, Reading]]) -> tuple[DraftRow, ...]:
    """Judged together."""
    reports = check_all([reading for _, reading in files], library())
    return tuple(
        DraftRow(number=at, file=file, path=Path("/nowhere") / file, report=report)
        for at, ((file, _), report) in enumerate(zip(files, reports, strict=True), start=1)
    )


@cache
def small() -> BatchResult:
    """Findings of every gravity and across drafts, a file that could not be read, hostile texts everywhere."""
    hostile = example("fsp-113/faulty/office-rent.json", applicant=HOSTILE, title=HOSTILE)
    line = evolve(hostile.draft.lines[0], description=HOSTILE, item=HOSTILE)
    person = evolve(hostile.draft.positions[0], person=HOSTILE)
    draft = evolve(
        hostile.draft,
        lines=(line, *hostile.draft.lines[1:]),
        positions=(person, *hostile.draft.positions[1:]),
    )
    found = rows(
        [
            (f"{HOSTILE}.json", evolve(hostile, draft=draft)),
            ("嘉義縣/再送.json", example("fsp-113/faulty/manuscript-fee.json")),
            ("中心.json", example("dapc-113/faulty/posts-total.json")),
        ]
    )
    broken = DraftRow(number=4, file=HOSTILE, path=Path("/nowhere"), reasons=(CUT(file=HOSTILE),))
    left = LeftOut(file=HOSTILE, reason=LOCK())
    return BatchResult(rows=(*found, broken), left_out=(left,), without_earlier=found[:1])


@cache
def large() -> BatchResult:
    """22 counties × 3 programmes."""
    models = rows([(name, example(f"{name}/compliant.json")) for name in PROGRAMMES])
    found = []
    for county in library().tables["common/counties"].rows:
        for model in models:
            report = model.report
            assert report is not None
            title = Bilingual(county["name_zh"], county["name_en"])
            draft = evolve(report.reading.draft, county=title.zh)
            file = f"{title.zh}/{model.file}.json"
            report = evolve(report, reading=evolve(report.reading, draft=draft, file=file), county_title=title)
            found.append(evolve(model, number=len(found) + 1, file=file, report=report))
    return BatchResult(rows=tuple(found))


@cache
def page(kind: str, tongue: str) -> str:
    """One of the pages in one of the languages."""
    language = LANGUAGES[tongue]
    if kind in {"review", "large"}:
        return review_html(small() if kind == "review" else large(), language, library())
    if kind == "report":
        report = small().rows[0].report
        assert report is not None
        return report_html(report, language)
    scenario = from_county("嘉義縣", library())
    return simulation_html(simulate(scenario, library()), scenario, language)
