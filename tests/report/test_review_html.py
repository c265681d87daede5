"""The page of a review without a browser: well-formed, closed, equal each time, and without what no page can hold."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from markupsafe import escape

from grantcalc.checking import check_all
from grantcalc.finding import Outcome
from grantcalc.report.html import report_html
from grantcalc.report.html_page import printable
from grantcalc.report.lacking import unjudged
from grantcalc.report.review_html import review_html
from grantcalc.report.review_html_pictures import PAGE, WIDTH, draft_charts, outcome_chart
from grantcalc.report.view import view
from grantcalc.review.facts import facts_of
from grantcalc.review.model import BatchResult, Change, DraftRow, Resubmission
from tests.browser.pages import HOSTILE, LANGUAGES, example, large, library, page, small
from tests.report.test_simulation_html import Page

ZH, EN = LANGUAGES["zh"], LANGUAGES["en"]
both = pytest.mark.parametrize("tongue", ["zh", "en"])


@both
@pytest.mark.parametrize("kind", ["review", "report"])
def test_well_formed_and_closed(kind: str, tongue: str) -> None:
    text = page(kind, tongue)
    found = Page(text)
    assert not found.open
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for named in re.findall(r'aria-labelledby="([^"]+)"', text):
        assert set(named.split()) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
    assert set(re.findall(r"https?://[^\"' ]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert not {tag for tag, _ in found.elements} & {"link", "img", "iframe", "object", "foreignObject"}
    assert "<script>window" not in text
    headings = [int(tag[1]) for tag, _ in found.elements if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_the_policy_names_the_style_and_the_script() -> None:
    text = page("review", "en")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    for tag in ("style", "script"):
        inside = re.search(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert inside is not None
        digest = b64encode(sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy[1]


def test_a_page_is_equal_each_time() -> None:
    assert review_html(small(), ZH, library()) == review_html(small(), ZH, library()) == page("review", "zh")


def test_every_number_of_the_table_of_drafts() -> None:
    text = page("review", "en")
    for row in small().checked:
        assert row.report is not None
        assert f'<td class="number">{EN.number(row.report.asked)}</td>' in text
        assert text.count(f'id="d{row.number}-f') == len(row.findings)
    assert text.count('data-of="') == len(facts_of(small())) > 0


@both
def test_a_fact_across_drafts_stands_once_with_links_to_all_its_places(tongue: str) -> None:
    text = page("review", tongue)
    facts = facts_of(small())
    assert sum(len(fact.parts) for fact in facts) == sum(1 for _ in small().across()) > len(facts)
    rows = re.findall(r'<tr data-of="([^"]+)".*?</tr>', text, re.DOTALL)
    assert rows == [" ".join(f"d{row.number}" for row in fact.rows) for fact in facts]
    for found, fact in zip(re.findall(r"<tr data-of=.*?</tr>", text, re.DOTALL), facts, strict=True):
        assert len(re.findall(r'href="#d\d+-f\d+"', found)) == len(fact.parts)


def test_files_that_were_not_read_stand_last_and_say_why_once() -> None:
    batch = small()
    text = review_html(evolve(batch, rows=(batch.rows[3], *batch.rows[:3])), EN, library())
    assert re.findall(r'<tr data-row="(d\d)"', text) == ["d1", "d2", "d3", "d4"]
    assert text.count("the file is cut off") == 1


def test_a_missing_fact_is_asked_for_once_with_all_rules_that_need_it() -> None:
    report = check_all([example("dapc-113/compliant.json", funding={}, applicant_kind=None, county=None)], library())[0]
    shown = view(report, EN)
    assert len({one.remark for one in shown.lacking}) == len(shown.lacking)
    lacking = {rule.rule for one in shown.lacking for rule in one.rules}
    assert lacking == {result.rule.id for result in unjudged(report)}
    several = [one for one in shown.lacking if len(one.rules) > 1]
    assert several
    row = DraftRow(number=1, file="a", path=Path("/a"), report=report)
    for text in (review_html(BatchResult(rows=(row,)), EN, library()), report_html(report, EN)):
        assert [text.count(str(escape(one.remark))) for one in several] == [1] * len(several)


def test_names_of_files_may_hold_anything() -> None:
    name = "壞\udcff\x00\x1b\u202e檔.xlsx"
    shown = printable(name)
    assert shown == "壞{0}{0}{0}{0}檔.xlsx".format("\N{REPLACEMENT CHARACTER}")
    text = review_html(BatchResult(rows=(DraftRow(number=1, file=name, path=Path("/x")),)), EN, library())
    assert text.encode()
    assert str(shown) in text


def test_nothing_at_all() -> None:
    text = review_html(BatchResult(rows=()), EN, library())
    assert not Page(text).open


def test_an_earlier_version_is_told_with_what_stands_behind_the_numbers() -> None:
    batch = small()
    row = batch.rows[0]
    place = row.findings[0].place
    pair = Resubmission(
        row=row,
        earlier=evolve(row, file="earlier.json"),
        resolved=row.findings[:2],
        new=row.findings[2:3],
        changes=(
            Change(place=place, label="單價", before=1, after=2),
            Change(place=place, label="數量", before=3, after=4, asked=True),
        ),
    )
    text = review_html(evolve(batch, resubmissions=(pair,)), EN, library())
    for said in ("Findings resolved: 2", "New findings: 1", "單價 from 1 to 2", "Changed as a finding asked: 1"):
        assert said in text
    assert "Findings left:" not in text


def test_bars_are_on_one_scale_and_fit() -> None:
    charts = draft_charts(large(), EN)
    assert [len(chart.bars) for chart in charts] == [PAGE, PAGE, 66 - 2 * PAGE]
    assert "29 to 56 of 66" in charts[1].title
    bars = [bar for chart in charts for bar in chart.bars]
    longest = max(bars, key=lambda bar: bar.reach)
    rows = {row.number: row for row in large().checked}
    most = max(row.report.asked for row in rows.values() if row.report is not None)
    for at, bar in enumerate(bars, start=1):
        report = rows[at].report
        assert report is not None
        assert bar.parts[0].length == pytest.approx(longest.reach * report.asked / most, abs=0.1)
        assert bar.parts[1].length <= bar.parts[0].length
        assert bar.reach + charts[0].left < WIDTH


def test_counts_tell_the_same_as_their_bars() -> None:
    chart = outcome_chart([(Outcome.ERROR, 4), (Outcome.NOTE, 0)], EN)
    assert [(bar.said, bar.reach > 0) for bar in chart.bars] == [("4", True), ("0", False)]
    assert chart.told == "error 4, note 0"
    assert outcome_chart([], EN).bars == ()


def test_hostile_texts_stay_whole() -> None:
    text = page("review", "en")
    assert "&lt;script&gt;window.hit=1&lt;/script&gt;&#34;&#39;&gt;&lt;img src=x onerror=window.hit=1&gt;" in text
    assert HOSTILE not in text
