"""Each fact across drafts once: one person, one place, one county; two facts of one rule stay two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grantcalc.checking import check_all
from grantcalc.finding import Outcome
from grantcalc.reading.structure import structure
from grantcalc.review.facts import Fact, facts_of
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.rules.library import Library


def draft(*persons: str, programme: str = "fsp-113", places: tuple[str, ...] = ()) -> dict[str, Any]:
    role = "social-worker" if programme == "fsp-113" else "case-manager"
    rent = {"item": "office-rent", "category": "訓練及活動費", "unit_price": 6000, "amount": 72000}
    rent |= {"quantities": [{"number": 12, "unit": "month"}]}
    return {
        "format": 1,
        "programme": programme,
        "county": "嘉義縣",
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": [{"role": role, "monthly_pay": 30000, "person": person} for person in persons],
        "lines": [{**rent, "details": {"place": place}} for place in places],
    }


def facts(library: Library, **drafts: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rule of every fact across drafts, and its places."""
    return [
        (fact.told_by.finding.rule, [(one.row.file, one.finding.place.path) for one in fact.parts])
        for fact in judged(library, **drafts)
    ]


def judged(library: Library, **drafts: dict[str, Any]) -> tuple[Fact, ...]:
    reports = check_all([structure(raw, library, name) for name, raw in drafts.items()], library)
    rows = [
        DraftRow(number=number, file=name, path=Path("/nowhere") / name, report=report)
        for number, (name, report) in enumerate(zip(drafts, reports, strict=True), start=1)
    ]
    return facts_of(BatchResult(rows=tuple(rows)))


PERSON, ONE, RENT = "across/person-in-two-plans", "fsp-113/one-application", "across/office-rent-place"


def test_one_person_in_two_drafts_is_one_fact(library: Library) -> None:
    found = facts(library, a=draft("王小明"), b=draft("王小明", programme="dapc-113"))
    assert found == [(PERSON, [("a", "positions[0].person"), ("b", "positions[0].person")])]


def test_two_persons_in_the_same_drafts_are_two(library: Library) -> None:
    found = facts(library, a=draft("王小明", "林大同"), b=draft("林大同", "王小明", programme="dapc-113"))
    assert found == [
        (PERSON, [("a", "positions[0].person"), ("b", "positions[1].person")]),
        (PERSON, [("a", "positions[1].person"), ("b", "positions[0].person")]),
    ]


def test_more_drafts_than_a_finding_names_are_one_fact(library: Library) -> None:
    programmes = ("dapc-113", "fsp-113")
    many = {f"{at}.json": draft("王小明", programme=programmes[at % 2]) for at in range(9)}
    found = [fact for fact in judged(library, **many) if fact.told_by.finding.rule == PERSON]
    assert [len(fact.parts) for fact in found] == [9]
    assert [row.number for row in found[0].rows] == list(range(1, 10))


def test_applications_of_one_county_are_one_fact_told_by_the_gravest(library: Library) -> None:
    found = [fact for fact in judged(library, a=draft("甲甲甲"), b=draft("乙乙乙")) if fact.told_by.finding.rule == ONE]
    assert [(fact.told_by.row.file, fact.outcome, len(fact.parts)) for fact in found] == [("b", Outcome.ERROR, 2)]


def test_places_that_are_one_and_places_that_may_be_are_two_facts(library: Library) -> None:
    whole, part = "嘉義縣民雄鄉建國路一段100號3樓", "嘉義縣民雄鄉建國路一段100號"
    found = facts(
        library,
        a=draft(places=(whole,)),
        b=draft(places=(whole,), programme="dapc-113"),
        c=draft(places=(part,), programme="dapc-113"),
    )
    rents = [places for rule, places in found if rule == RENT]
    assert [sorted(file for file, _ in places) for places in rents] == [["a", "b"], ["a", "b", "c"]]
