"""Each fact across drafts once: one person, one place, one county; two facts of one rule stay two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grantcalc.checking import check_all
from grantcalc.finding import Finding, Outcome
from grantcalc.place import Place
from grantcalc.reading.structure import structure
from grantcalc.review.facts import Fact, facts_among, facts_of
from grantcalc.review.model import AcrossFinding, BatchResult, DraftRow
from grantcalc.rules.library import Library
from grantcalc.text import Message, Text, joined


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


ASKED = Message("The {number} drafts given ask for {what}: this one and {others}.")
LATER = Message("This draft was given later than {others}; {number} ask for {what}.")
ALONE = Message("“{applicant}” files with {county} only.")
MEND = Message("Take {what} out.")
FILE = Message("{file} ({county})")


def across(file: str, message: Text, remedy: Text, path: str = "county", **figures: Any) -> AcrossFinding:
    row = DraftRow(number=ord(file) - ord("a") + 1, file=file, path=Path("/nowhere") / file)
    finding = Finding(rule=ONE, place=Place(path=path), message=message, remedy=remedy, **figures)
    return AcrossFinding(row=row, finding=finding)


def asking(file: str, other: str, what: str, message: Message = ASKED) -> AcrossFinding:
    others = joined([FILE(file=other, county="嘉義縣")])
    return across(file, message(number=2, what=what, others=others), MEND(what=what))


def files(found: list[AcrossFinding]) -> list[str]:
    return ["".join(one.row.file for one in fact.parts) for fact in facts_among(found)]


def test_two_facts_of_one_rule_about_the_same_whole_drafts_stay_two() -> None:
    found = [asking("a", "b", "車輛"), asking("a", "b", "房租"), asking("b", "a", "車輛"), asking("b", "a", "房租")]
    assert files(found) == ["ab", "ab"]
    assert [fact.told_by.finding.message.values["what"] for fact in facts_among(found)] == ["車輛", "房租"]


def test_figures_alone_make_two_facts_of_whole_drafts() -> None:
    said = [("a", "b", 3), ("a", "b", 4), ("b", "a", 3), ("b", "a", 4)]
    found = [
        across(file, ALONE(applicant=joined([FILE(file=other, county="")]), county=""), MEND(what=""), stated=number)
        for file, other, number in said
    ]
    assert files(found) == ["ab", "ab"]


def test_one_fact_said_from_two_sides_stays_one() -> None:
    assert files([asking("a", "b", "車輛"), asking("b", "a", "車輛", LATER)]) == ["ab"]


def test_one_sentence_of_several_whole_drafts_stands_once_with_all_of_them() -> None:
    one, other = ALONE(applicant="某協會", county="嘉義縣"), ALONE(applicant="某基金會", county="嘉義縣")
    found = [across(file, said, MEND(what="")) for file, said in (("a", one), ("b", other), ("c", one))]
    assert files(found) == ["ac", "b"]
    assert [[row.number for row in fact.rows] for fact in facts_among(found)] == [[1, 3], [2]]


def test_one_sentence_of_rows_of_several_drafts_is_no_one_fact() -> None:
    said = ALONE(applicant="影印機", county="嘉義縣")
    assert files([across(file, said, MEND(what=""), path="lines[0].unit_price") for file in "ab"]) == ["a", "b"]
