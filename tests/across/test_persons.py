"""One person in two plans: what is certain, what is for a person to judge, and what is nobody's matter."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from grantcalc.checking import Report, check_all
from grantcalc.draft.model import Reading
from grantcalc.finding import Finding, Status
from grantcalc.reading.structure import structure
from grantcalc.report.text import report_text
from grantcalc.rules.library import Library
from grantcalc.text import Language

RULE = "across/person-in-two-plans"


def draft(person: str | None, county: str = "嘉義縣", programme: str = "fsp-113", **over: Any) -> dict[str, Any]:
    post = {"role": "social-worker" if programme == "fsp-113" else "case-manager", "monthly_pay": 30000, **over}
    if person is not None:
        post["person"] = person
    return {
        "format": 1,
        "programme": programme,
        "county": county,
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": [post],
        "lines": [],
    }


def reading(library: Library, raw: dict[str, Any], file: str, identity: str | None = None) -> Reading:
    found = structure(raw, library, file)
    posts = tuple(evolve(post, identity=identity) for post in found.draft.positions)
    return evolve(found, draft=evolve(found.draft, positions=posts))


def pair(library: Library, first: dict[str, Any], second: dict[str, Any], *identities: str | None) -> list[Report]:
    mine, theirs = identities or (None, None)
    return check_all([reading(library, first, "a.json", mine), reading(library, second, "b.json", theirs)], library)


def found(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == RULE]


def told(reports: list[Report]) -> list[list[str]]:
    return [[finding.outcome.value for finding in found(report)] for report in reports]


def status(report: Report) -> Status:
    return next(result.status for result in report.rules if result.rule.id == RULE)


def missing(report: Report) -> tuple[str, ...]:
    return next(result.missing for result in report.rules if result.rule.id == RULE)


BOTH, REVIEWS, NONE = [["error"], ["error"]], [["review"], ["review"]], [[], []]


@pytest.mark.parametrize(
    ("first", "second", "county", "wanted"),
    [
        ("王小明", "王小明", "嘉義縣", BOTH),
        ("王小明", "王 小明", "嘉義縣", BOTH),
        ("王小明(碩士)", "王小明", "嘉義縣", BOTH),
        ("王小明 A1********", "王小明", "嘉義縣", BOTH),
        ("王小明、林大同", "林大同", "嘉義縣", BOTH),
        ("瓦歷斯·諾幹", "瓦歷斯·諾幹", "嘉義縣", BOTH),
        ("王小明", "王小明", "南投縣", REVIEWS),
        ("王小明", "王大明", "嘉義縣", NONE),
        ("待聘", "待聘", "嘉義縣", NONE),
        ("擬聘1名", "擬聘1名", "嘉義縣", NONE),
        ("社工員A", "社工員A", "嘉義縣", NONE),
        ("王○明", "王小明", "嘉義縣", REVIEWS),
        ("王O明", "王○明", "嘉義縣", REVIEWS),
        ("王○明", "王小華", "嘉義縣", NONE),
        ("王○明", "王○明", "南投縣", NONE),
        ("甲員1", "甲員1", "嘉義縣", REVIEWS),
    ],
)
def test_names(library: Library, first: str, second: str, county: str, wanted: list[list[str]]) -> None:
    reports = pair(library, draft(first), draft(second, county, "dapc-113"))
    assert told(reports) == wanted


@pytest.mark.parametrize(
    ("mine", "theirs", "names", "wanted"),
    [
        ("aa", "aa", ("王小明", "王小明"), BOTH),
        ("aa", "aa", ("王小明", "王曉明"), BOTH),
        ("aa", "bb", ("王小明", "王小明"), NONE),
        ("aa", None, ("王小明", "王小明"), BOTH),
        ("aa", "aa", (None, "王小明"), BOTH),
        ("aa cc", "cc", ("王小明、林大同", "林大同"), BOTH),
        ("aa", "bb", ("王小明、林大同", "林大同"), BOTH),
    ],
)
def test_numbers_decide_where_both_give_them(
    library: Library, mine: str, theirs: str | None, names: tuple[str | None, str], wanted: list[list[str]]
) -> None:
    reports = pair(library, draft(names[0]), draft(names[1], programme="dapc-113"), mine, theirs)
    assert told(reports) == wanted


def test_numbers_decide_over_counties(library: Library) -> None:
    assert told(pair(library, draft("王小明"), draft("王小明", "南投縣"), "aa", "aa")) == BOTH
    assert told(pair(library, draft("王小明"), draft("王小明", "南投縣"), "aa", "bb")) == NONE


@pytest.mark.parametrize(
    ("ends", "starts", "wanted"),
    [("2024-06-30", "2024-07-01", NONE), ("2024-06-30", "2024-06-30", BOTH), ("2024-06-30", "2024-06-29", BOTH)],
)
def test_one_common_day_is_the_same_time(library: Library, ends: str, starts: str, wanted: list[list[str]]) -> None:
    reports = pair(library, draft("王小明", end=ends), draft("王小明", programme="dapc-113", start=starts))
    assert told(reports) == wanted
    if wanted is NONE:
        assert {status(report) for report in reports} == {Status.PASSED}


def test_plans_of_two_years_do_not_meet(library: Library) -> None:
    other = draft("王小明", programme="rsp-108-2") | {"period": {"start": "2019-01-01", "end": "2019-12-31"}}
    assert told(pair(library, draft("王小明"), other)) == NONE


def test_a_post_without_pay_is_none(library: Library) -> None:
    assert told(pair(library, draft("王小明", monthly_pay=0), draft("王小明", programme="dapc-113"))) == NONE


def test_a_paid_post_that_names_nobody_is_a_missing_input(library: Library) -> None:
    first, second = pair(library, draft(None), draft("王小明", programme="dapc-113"))
    assert (status(first), missing(first)) == (Status.COULD_NOT_RUN, ("positions[0].person",))
    assert status(second) is Status.PASSED


def test_a_vacant_post_is_none(library: Library) -> None:
    first, _ = pair(library, draft("待聘"), draft("王小明", programme="dapc-113"))
    assert (status(first), missing(first)) == (Status.NOT_APPLICABLE, ())


def test_dates_that_cannot_be_read_leave_it_open(library: Library) -> None:
    first = reading(library, draft("王小明"), "a.json")
    (post,) = first.draft.positions
    blurred = evolve(first, draft=evolve(first.draft, positions=(evolve(post, unread=frozenset({"start"})),)))
    second = reading(library, draft("王小明", programme="dapc-113"), "b.json")
    reports = check_all([blurred, second], library)
    assert [missing(report) for report in reports] == [("positions[0].start",), ("a.json: positions[0].start",)]


def test_both_are_named_with_their_cells(library: Library, english: Language) -> None:
    reports = pair(library, draft("王小明"), draft("王小明", programme="dapc-113"))
    assert english(found(reports[0])[0].message) == (
        "“王小明” is paid by another plan of 嘉義縣 at the same time: b.json (Chiayi County) at positions[0].person "
        "(“王小明”), from 2024-01-01 to 2024-12-31."
    )
    assert found(reports[1])[0].place.path == "positions[0].person"
    assert "a.json (Chiayi County)" in english(found(reports[1])[0].message)


def test_nothing_that_stands_for_a_number_is_printed(library: Library, english: Language) -> None:
    reports = pair(library, draft("王小明"), draft("王小華", "南投縣"), "5ecre7hash", "5ecre7hash")
    text = "".join(report_text(report, english) for report in reports)
    assert "identity number" in text
    assert "5ecre7hash" not in text + repr(reports)


def test_three_plans_are_one_finding_each(library: Library) -> None:
    drafts = [draft("王小明"), draft("王小明", programme="dapc-113"), draft("王小明", "南投縣")]
    reports = check_all([reading(library, raw, f"{index}.json") for index, raw in enumerate(drafts)], library)
    assert told(reports) == [["error", "review"], ["error", "review"], ["review"]]


def test_one_person_in_many_plans_is_told_shortly(library: Library, english: Language) -> None:
    drafts = [reading(library, draft("王小明"), f"{index:02}.json") for index in range(45)]
    for report in check_all(drafts, library):
        (finding,) = found(report)
        said = english(finding.message)
        assert said.count(".json") == 5
        assert "39 more" in said


def test_one_draft_is_not_judged(library: Library) -> None:
    (report,) = check_all([reading(library, draft("王小明"), "a.json")], library)
    assert all(not result.rule.id.startswith("across/") for result in report.rules)
