"""The JSON form: each bad value gives its message, all of them at once; each normalisation is listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from grantcalc.draft.model import Draft, Fund, Licence
from grantcalc.reading import Unreadable, told
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.text import Language

Change = Callable[[dict[str, Any]], Any]

NUMBER_ALONE = "Write the number alone, with at most 15 digits, below 1,000,000,000,000."
REAL_DAY = "Write a day that exists in the calendar, year before month before day, of the years 1912 to 2199."
A_DATE = "a date such as 2024-03-27, 113/3/27 or 1130327"
KINDS = "one of: county government, private body, professional body, national body"
PROGRAMMES = "one of: "


def put(path: str, value: Any) -> Change:
    """Set one value of the example."""

    def change(draft: dict[str, Any]) -> None:
        holder: Any = draft
        *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
        for part in parents:
            holder = holder[part]
        holder[last] = value

    return change


def drop(key: str) -> Change:
    """Take one key out of the example."""
    return lambda draft: draft.pop(key)


CASES: list[tuple[Change, str]] = [
    (drop("county"), "county: The required key “county” is missing. Add it: one of the 22 counties and cities."),
    (drop("format"), "format: The required key “format” is missing. Add it: the number 1."),
    (drop("lines"), "lines: The required key “lines” is missing. Add it: a list."),
    (drop("applicant_kind"), f"applicant_kind: The required key “applicant_kind” is missing. Add it: {KINDS}."),
    (
        put("period", {"start": "2024-01-01"}),
        f"period.end: The required key “period.end” is missing. Add it: {A_DATE}.",
    ),
    (
        put("format", 2),
        "format: The draft has format 2; this program reads format 1. "
        "Write the draft anew with the template of this version (`grantcalc template`).",
    ),
    (put("countie", 2), "countie: The key “countie” is unknown. Remove it, or correct its spelling: county?"),
    (
        put("lines/0/details", {"kn": 3}),
        "lines[0].details.kn: The key “kn” is unknown. Remove it, or correct its spelling; known here: "
        "km, place, person, lecturer, travel, date, manuscript.",
    ),
    (
        put("county", "嘉義"),
        "county: Found “嘉義”; expected one of the 22 counties and cities. Did you mean 嘉義縣, 嘉義市?",
    ),
    (
        put("county", "火星縣"),
        "county: Found “火星縣”; expected one of the 22 counties and cities. Choose one of the list.",
    ),
    (
        put("positions/0/role", "清潔人員"),
        "positions[0].role: Found “清潔人員”; expected one of: social worker, social-work supervisor. "
        "Write one of these names.",
    ),
    (
        put("lines/0/fund", "自籌款由縣府支應"),
        "lines[0].fund: Found “自籌款由縣府支應”; expected one of: subsidy, own funds, other source. "
        "Did you mean own funds?",
    ),
    (put("county", 7), "county: Found “7”; expected one of the 22 counties and cities. Choose one of the list."),
    (
        put("lines/0/unit_price", "兩千"),
        f"lines[0].unit_price: Found “兩千”; expected an amount of money in dollars. {NUMBER_ALONE}",
    ),
    (
        put("lines/0/unit_price", True),
        f"lines[0].unit_price: Found “true”; expected an amount of money in dollars. {NUMBER_ALONE}",
    ),
    (
        put("lines/0/amount", 10**12),
        f"lines[0].amount: Found “1,000,000,000,000”; expected an amount of money in dollars. {NUMBER_ALONE}",
    ),
    (
        put("lines/0/amount", 1e18),
        f"lines[0].amount: Found “1,000,000,000,000,000,000”; expected an amount of money in dollars. {NUMBER_ALONE}",
    ),
    (
        put("lines/0/amount", Decimal("1.234567890123456")),
        f"lines[0].amount: Found “1.234567890123456”; expected an amount of money in dollars. {NUMBER_ALONE}",
    ),
    (
        put("positions/0/months", "13.5個月"),
        "positions[0].months: Found “13.5個月”; expected a number. Write the number alone, with at most 15 digits.",
    ),
    (put("filed_on", "1130231"), f"filed_on: Found “1130231”; expected {A_DATE}. {REAL_DAY}"),
    (put("filed_on", 1130231), f"filed_on: Found “1130231”; expected {A_DATE}. {REAL_DAY}"),
    (put("filed_on", "去年"), f"filed_on: Found “去年”; expected {A_DATE}. {REAL_DAY}"),
    (put("continuing_plan", "maybe"), "continuing_plan: Found “maybe”; expected yes or no. Write yes or no."),
    (
        put("applicant_kind", "goverment"),
        f"applicant_kind: Found “goverment”; expected {KINDS}. Did you mean county government?",
    ),
    (put("title", 5), "title: Found “5”; expected text. Write text, in quotes where the file needs them."),
    (put("title", "x" * 2001), "title: The text has 2,001 characters; expected at most 2,000. Shorten it."),
    (
        put("title", "a\x1b[31mb"),
        "title: The text “a�[31mb” has a control character at position 2; expected printable characters. "
        "Delete the character, or type the text again.",
    ),
    (put("positions", {}), "positions: Found “{…}”; expected a list. Put the entries between square brackets."),
    (
        put("lines/0", 3),
        "lines[0]: Found “3”; expected an object with keys. Write its keys and values between curly brackets.",
    ),
    (
        put("lines/0/quantities", [{"number": 2}]),
        "lines[0].quantities[0].unit: Found “2”; expected a number with its unit. "
        "Give both the number and the unit, or neither.",
    ),
    (
        put("funding/other", [{"amount": 2}]),
        "funding.other[0].source: Found “2”; expected a source with its amount. "
        "Give both the source and its amount, or neither.",
    ),
    (
        put("period", {"start": "2024-12-31", "end": "2024-01-01"}),
        "period.end: The period ends on 2024-01-01, before it starts on 2024-12-31. "
        "Give the first day as start and the last day as end.",
    ),
    (
        put("totals/categories", {"勞、健保及提撥勞退準備金費": 1, " 勞、健保及提撥勞退準備金費": 2}),
        "totals.categories.勞、健保及提撥勞退準備金費: The category “勞、健保及提撥勞退準備金費” stands here twice. "
        "Keep one of them.",
    ),
]


@pytest.mark.parametrize(("change", "message"), CASES, ids=[message.partition(":")[0] for _, message in CASES])
def test_each_bad_value_has_its_message(
    change: Change, message: str, example: dict[str, Any], library: Library, english: Language
) -> None:
    change(example)
    reading = structure(example, library, "x.json")
    assert [english(told(problem, "x.json")) for problem in reading.problems] == [f"x.json, {message}"]


def test_all_problems_are_told_at_once(example: dict[str, Any], library: Library) -> None:
    for path, value in (("county", "x"), ("filed_on", "y"), ("lines/0/amount", "z"), ("positions/0/role", "w")):
        put(path, value)(example)
    problems = structure(example, library, "x.json").problems
    assert [problem.place.path for problem in problems] == [
        "county",
        "filed_on",
        "positions[0].role",
        "lines[0].amount",
    ]


def test_an_unknown_programme_is_told_with_everything_else(
    example: dict[str, Any], library: Library, english: Language
) -> None:
    example |= {"programme": "fsp-114", "filed_on": "y"}
    with pytest.raises(Unreadable) as caught:
        structure(example, library, "x.json")
    told_all = [english(told(problem, "x.json")) for problem in caught.value.problems]
    assert told_all[0].startswith("x.json, programme: Found “fsp-114”; expected one of: ")
    assert told_all[0].partition("Did you mean ")[2].startswith("fsp-113")
    assert told_all[1] == f"x.json, filed_on: Found “y”; expected {A_DATE}. {REAL_DAY}"


def test_negative_and_fractional_money_is_for_the_rules(example: dict[str, Any], library: Library) -> None:
    put("lines/0/amount", -5)(example)
    put("lines/0/unit_price", Decimal("0.5"))(example)
    reading = structure(example, library, "x.json")
    assert reading.problems == ()
    assert (reading.draft.lines[0].amount, reading.draft.lines[0].unit_price) == (-5, Decimal("0.5"))


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("２，０００", 2000),
        ("NT$2,000", 2000),
        ("ＮＴ＄ 2,000 元", 2000),
        ("2\u00a0000元", 2000),
        ("2千元", 2000),
        ("1.5千元", 1500),
        ("-2,000", -2000),
        ("2000.50", Decimal("2000.5")),
        ("2000", 2000),
        ("新臺幣2,000元整", 2000),
    ],
)
def test_money_as_people_write_it(written: str, taken: Any, example: dict[str, Any], library: Library) -> None:
    put("lines/0/unit_price", written)(example)
    reading = structure(example, library, "x.json")
    assert reading.problems == ()
    assert reading.draft.lines[0].unit_price == taken
    assert [(one.place.path, one.found) for one in reading.normalisations] == [
        ("lines[0].unit_price", written.replace("\u00a0", " "))
    ]


@pytest.mark.parametrize("written", ["2,00", "1,2345", "--5", "0x10", "1e3", "NT$", "元", "1.2.3", "½", "２０００ 個"])
def test_text_that_is_no_amount(written: str, example: dict[str, Any], library: Library) -> None:
    put("lines/0/unit_price", written)(example)
    reading = structure(example, library, "x.json")
    assert [problem.place.path for problem in reading.problems] == ["lines[0].unit_price"]
    assert reading.draft.lines[0].unit_price is None


@pytest.mark.parametrize(
    "written", ["2024-03-27", "113/3/27", "113.3.27", "民國113年3月27日", "1130327", 1130327, dt.date(2024, 3, 27)]
)
def test_dates_of_both_calendars(written: Any, example: dict[str, Any], library: Library) -> None:
    put("filed_on", written)(example)
    reading = structure(example, library, "x.json")
    assert (reading.problems, reading.normalisations) == ((), ())
    assert reading.draft.filed_on == dt.date(2024, 3, 27)


@pytest.mark.parametrize(
    ("path", "written", "read"),
    [
        ("lines/0/item", "團體帶領費", lambda draft: draft.lines[0].item == "group-leader"),
        ("lines/0/item", " Group leader ", lambda draft: draft.lines[0].item == "group-leader"),
        ("lines/0/item", "團體帶領者費", lambda draft: draft.lines[0].item == "group-leader"),
        ("lines/0/item", "外星人費", lambda draft: draft.lines[0].item == "外星人費"),
        ("lines/0/category", "個案服務費 ", lambda draft: draft.lines[0].category == "個案服務費"),
        ("lines/0/category", "別的", lambda draft: draft.lines[0].category == "別的"),
        ("lines/0/fund", "Own funds", lambda draft: draft.lines[0].fund is Fund.OWN),
        ("county", "Chiayi County", lambda draft: draft.county == "嘉義縣"),
        (
            "positions/0/licences",
            "social-worker、psychologist licence",
            lambda draft: draft.positions[0].licences == (Licence.SOCIAL_WORKER, Licence.PSYCHOLOGIST),
        ),
        ("continuing_plan", "否", lambda draft: draft.continuing_plan is False),
        ("title", "  ", lambda draft: draft.title is None),
        ("positions/0/count", None, lambda draft: draft.positions[0].count == 1),
    ],
)
def test_names_and_words(
    path: str, written: Any, read: Callable[[Draft], bool], example: dict[str, Any], library: Library
) -> None:
    put(path, written)(example)
    reading = structure(example, library, "x.json")
    assert (reading.problems, reading.normalisations) == ((), ())
    assert read(reading.draft)


def test_a_variant_character_of_a_county_is_listed(example: dict[str, Any], library: Library) -> None:
    example["county"] = "台東縣"
    reading = structure(example, library, "x.json")
    assert reading.draft.county == "臺東縣"
    assert [(one.found, one.taken) for one in reading.normalisations] == [("台東縣", "臺東縣")]


def test_rows_without_a_fund_are_the_subsidys_and_counted(example: dict[str, Any], library: Library) -> None:
    example["lines"] = [{"item": "group-leader"}, {"item": "group-leader", "fund": "own"}, {"fund": None}]
    reading = structure(example, library, "x.json")
    assert [line.fund for line in reading.draft.lines] == [Fund.SUBSIDY, Fund.OWN, Fund.SUBSIDY]
    assert [(one.place.path, one.taken, one.times) for one in reading.normalisations] == [
        ("lines[0].fund", Fund.SUBSIDY, 2)
    ]


def test_one_bad_quantity_takes_all_of_its_row(example: dict[str, Any], library: Library) -> None:
    put("lines/0/quantities/1/number", "many")(example)
    reading = structure(example, library, "x.json")
    assert [problem.place.path for problem in reading.problems] == ["lines[0].quantities[1].number"]
    assert reading.draft.lines[0].quantities == ()


def test_every_row_knows_its_place(example: dict[str, Any], library: Library) -> None:
    draft = structure(example, library, "x.json").draft
    assert draft.lines[0].origin.place("amount").path == "lines[0].amount"
    assert draft.lines[0].origin.label == "L1"
    assert draft.place("totals.grand").path == "totals.grand"
