"""One place subsidised once, whatever the programme and however the address is written."""

from __future__ import annotations

from typing import Any

import pytest

from grantcalc.checking import Report, check_all
from grantcalc.finding import Finding, Status
from grantcalc.reading.structure import structure
from grantcalc.rules.addresses import Sameness, address_of, address_within
from grantcalc.rules.library import Library
from grantcalc.text import Language

RULE = "across/office-rent-place"
COUNTIES = ("嘉義縣", "嘉義市", "南投縣", "臺北市", "臺中市")
HERE = "嘉義縣太保市祥和二路東段8號3樓"


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("嘉義縣太保市祥和二路東段8號3樓", Sameness.SAME),
        ("612嘉義縣太保市祥和二路東段８號三樓", Sameness.SAME),
        ("嘉義縣 太保市 祥和2路東段 8 號 3F", Sameness.SAME),
        ("61249 嘉義縣太保市春珠里3鄰祥和二路東段8號3樓", Sameness.SAME),
        ("太保市祥和二路東段8號3樓", Sameness.SAME),
        ("承租嘉義縣太保市祥和二路東段8號（3樓）", Sameness.SAME),
        ("嘉義縣太保市祥和二路東段8號", Sameness.PERHAPS),
        ("祥和二路東段8號3樓", Sameness.PERHAPS),
        ("嘉義縣太保市祥和二路東段8號4樓", None),
        ("嘉義縣太保市祥和二路東段8號3樓之1", None),
        ("嘉義縣太保市祥和二路東段18號3樓", None),
        ("嘉義縣太保市祥和二路西段8號3樓", None),
        ("嘉義市太保市祥和二路東段8號3樓", None),
        ("本府大樓3樓", None),
    ],
)
def test_addresses(other: str, wanted: Sameness | None) -> None:
    mine, theirs = address_of(HERE, "嘉義縣", COUNTIES), address_of(other, "嘉義縣", COUNTIES)
    assert mine is not None
    assert theirs is not None
    assert mine.compare(theirs) is wanted
    assert theirs.compare(mine) is wanted


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("臺北市中正區中山南路100之1號", "台北市中正區中山南路100號之1"),
        ("臺北市中正區中山南路100-1號", "台北市中正區中山南路100號之一"),
        ("臺中市西區民權路三十二號B1", "台中市西區民權路32號地下1樓"),
        ("臺中市西區民權路一〇一號", "台中市西區民權路101號"),
    ],
)
def test_ways_of_writing_a_number(first: str, second: str) -> None:
    mine, theirs = address_of(first, None, COUNTIES), address_of(second, None, COUNTIES)
    assert mine is not None
    assert theirs is not None
    assert mine.compare(theirs) is Sameness.SAME


def test_a_name_of_a_place_is_never_certain() -> None:
    mine, theirs = (address_of("家庭支持中心", "嘉義縣", COUNTIES) for _ in range(2))
    assert mine is not None
    assert theirs is not None
    assert mine.compare(theirs) is Sameness.PERHAPS
    elsewhere = address_of("家庭支持中心", "南投縣", COUNTIES)
    assert elsewhere is not None
    assert mine.compare(elsewhere) is None


def test_an_address_in_a_description() -> None:
    found = address_within("租金20,000元×12月，地址：嘉義縣太保市祥和二路東段8號3樓。", "嘉義縣", COUNTIES)
    assert found is not None
    assert (found.county, found.street, found.floor) == ("嘉義縣", "太保市祥和2路東段8號", "3樓")
    assert address_within("20,000元×12月", "嘉義縣", COUNTIES) is None


def rent(
    place: str | None, county: str = "嘉義縣", programme: str = "fsp-113", description: str = "租金", **over: Any
) -> dict[str, Any]:
    line: dict[str, Any] = {
        "item": "office-rent",
        "category": "其他" if programme == "fsp-113" else "業務費",
        "description": description,
        "unit_price": 15000,
        "quantities": [{"number": 12, "unit": "month"}],
        "amount": 180000,
        **over,
    }
    if place is not None:
        line["details"] = {"place": place}
    year = 2019 if programme.startswith("rsp") else 2024
    return {
        "format": 1,
        "programme": programme,
        "county": county,
        "applicant_kind": "county-government",
        "period": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "positions": [],
        "lines": [line],
    }


def judged(library: Library, *drafts: dict[str, Any]) -> list[Report]:
    return check_all([structure(raw, library, f"{index}.json") for index, raw in enumerate(drafts)], library)


def found(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == RULE]


def told(reports: list[Report]) -> list[list[tuple[str, str]]]:
    return [[(one.outcome.value, one.place.path) for one in found(report)] for report in reports]


def test_two_drafts_that_rent_one_place(library: Library, english: Language) -> None:
    reports = judged(library, rent(HERE), rent("太保市祥和二路東段８號三樓"), rent("南投縣南投市中興路660號", "南投縣"))
    assert told(reports) == [[("error", "lines[0].details.place")]] * 2 + [[]]
    (finding,) = found(reports[1])
    assert f"0.json (Chiayi County) at lines[0].details.place (“{HERE}”)" in english(finding.message)
    assert [citation.source for citation in finding.citations] == ["FSP-113"]


def test_programmes_of_one_year_are_compared(library: Library) -> None:
    item = {"item": "其他業務費", "description": f"辦公室租金：{HERE}"}
    reports = judged(library, rent(HERE), rent(None, programme="dapc-113", **item))
    assert told(reports) == [[("error", "lines[0].details.place")], [("error", "lines[0].description")]]


def test_another_year_is_another_subsidy(library: Library) -> None:
    assert told(judged(library, rent(HERE), rent(HERE, programme="rsp-108-2"))) == [[], []]


def test_a_floor_left_out_is_for_a_person(library: Library) -> None:
    reports = judged(library, rent(HERE), rent("嘉義縣太保市祥和二路東段8號"))
    assert told(reports) == [[("review", "lines[0].details.place")]] * 2


def test_own_funds_and_other_places_pass(library: Library) -> None:
    reports = judged(library, rent(HERE, fund="own"), rent(HERE), rent("嘉義縣民雄鄉建國路一段1號"))
    assert told(reports) == [[], [], []]
    statuses = [next(one.status for one in report.rules if one.rule.id == RULE) for report in reports]
    assert statuses == [Status.NOT_APPLICABLE, Status.PASSED, Status.PASSED]


def test_a_rent_without_a_place_leaves_it_open(library: Library) -> None:
    reports = judged(library, rent(None), rent(HERE), rent("南投縣南投市中興路660號", "南投縣"))
    lacking = [next(one.missing for one in report.rules if one.rule.id == RULE) for report in reports]
    assert lacking == [("lines[0].details.place",), ("0.json: lines[0].details.place",), ()]


def test_two_rows_of_one_place_are_one_finding(library: Library) -> None:
    draft = rent(HERE)
    draft["lines"].append(dict(draft["lines"][0]))
    assert [len(found(report)) for report in judged(library, draft, rent(HERE))] == [1, 1]
