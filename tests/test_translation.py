"""A draft of one programme as a draft of another: codes, categories, dates, stated sums, and what is left behind."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grantcalc.draft.model import Draft, Fund, Line, Position, Role, Totals
from grantcalc.reading.jsonform import to_json
from grantcalc.reading.structure import structure
from grantcalc.rules.concordance import Concordance, Subject, codes_of
from grantcalc.rules.ledger import line_amount, open_ledger
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.text import Language
from grantcalc.translation import NotCarried, Part, Translated, translate
from grantcalc.translation.dates import moved
from grantcalc.translation.fields import leave_out
from tests.strategies import drafts
from tests.test_cases import minimal
from tests.thorough import examples

SLOW = settings(deadline=None, max_examples=examples(14), suppress_health_check=[HealthCheck.too_slow])
PAIRS = [
    ("rsp-108-2", "fsp-113"),
    ("fsp-113", "rsp-108-2"),
    ("rsp-108-1a", "rsp-108-1b"),
    ("rsp-108-2", "rsp-108-3"),
    ("dapc-113", "fsp-113"),
    ("fsp-113", "dapc-113"),
]


@cache
def library() -> Library:
    """One library for the whole run."""
    return Library()


def read(raw: dict[str, Any]) -> Draft:
    """A draft with the places of its fields."""
    return structure(raw, library(), "draft.json").draft


def put(draft: Draft, programme: str) -> Translated:
    """The draft as one of another programme."""
    a, b = library().programme(draft.programme), library().programme(programme)
    return translate(draft, a, b, library().tables)


def row(item: str, amount: int, description: str = "", unit: str = "lot", **more: Any) -> dict[str, Any]:
    """A row of one piece; of its item's own category unless told otherwise."""
    made = {"item": item, "unit_price": amount, "quantities": [{"number": 1, "unit": unit}], "amount": amount, **more}
    return {**made, "description": description} if description else made


def one(programme: str, line: dict[str, Any], other: str) -> Translated:
    """A draft of a single row."""
    return put(read({**minimal(programme), "lines": [line]}), other)


def family_support(**more: Any) -> dict[str, Any]:
    """A budget of 2019 with rows that the grant of 2024 has, and one that it has not."""
    post = {
        "role": "case-manager", "step": 3, "monthly_pay": 37410, "months": 13.5, "pay_amount": 505035,
        "hired_on": "2017-03-16", "start": "2019-03-16", "end": "2019-12-31",
    }  # fmt: skip
    return {
        **minimal("rsp-108-2"),
        "filed_on": "2018-11-30",
        "funding": {"subsidy": 559635, "own": 4000},
        "positions": [post, {"role": "full-time", "monthly_pay": 2000, "months": 1, "pay_amount": 2000}],
        "lines": [
            row("counselling", 32000, "個別諮商", "hour", category="業務費"),
            row("visit-transport", 600, unit="person-day", category="業務費", details={"date": "2019-05-01"}),
            row("materials", 13000, unit="scheme", category="業務費"),
            row("materials", 4000, unit="scheme", category="業務費", fund="own"),
            row("management", 7000, "電費", category="管理費"),
        ],
        "totals": {"categories": {"人事費": 507035, "業務費": 49600, "管理費": 7000}, "grand": 563635},
        **more,
    }


def test_rows_and_posts_get_the_codes_and_categories_of_the_other_programme() -> None:
    draft = put(read(family_support()), "fsp-113").draft
    assert draft.programme == "fsp-113"
    assert [post.role for post in draft.positions] == [Role.SOCIAL_WORKER]
    assert [(line.item, line.category, line.amount) for line in draft.lines] == [
        ("counselling-individual", "個案服務費", 32000),
        ("visit-transport", "個案服務費", 600),
        ("management", "專案計畫管理費", 7000),
    ]


def test_places_stay_those_of_the_user() -> None:
    draft = put(read(family_support()), "fsp-113").draft
    assert [line.origin.path for line in draft.lines] == ["lines[0]", "lines[1]", "lines[4]"]
    assert draft.lines[2].origin.place("amount").path == "lines[4].amount"


def test_dates_move_by_whole_years() -> None:
    found = put(read(family_support()), "fsp-113")
    post, draft = found.draft.positions[0], found.draft
    assert found.years == 5
    assert (post.hired_on, post.start, post.end) == (dt.date(2022, 3, 16), dt.date(2024, 3, 16), dt.date(2024, 12, 31))
    assert draft.period is not None
    assert (draft.period.start, draft.period.end) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert draft.filed_on == dt.date(2023, 11, 30)
    assert draft.lines[1].details.date == dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("day", "years", "is_end", "expected"),
    [
        ("2019-03-16", 5, False, "2024-03-16"),
        ("2024-02-29", -5, False, "2019-02-28"),
        ("2024-02-29", -5, True, "2019-02-28"),
        ("2019-02-28", 5, False, "2024-02-28"),
        ("2019-02-28", 5, True, "2024-02-29"),
        ("2024-02-28", -5, True, "2019-02-28"),
        ("2024-02-29", -4, False, "2020-02-29"),
        ("2024-12-31", -5, True, "2019-12-31"),
    ],
)
def test_a_day_of_another_year(day: str, years: int, is_end: bool, expected: str) -> None:
    assert moved(dt.date.fromisoformat(day), years, is_end=is_end) == dt.date.fromisoformat(expected)


def test_the_leap_day_is_told(english: Language) -> None:
    line = row("visit-transport", 600, unit="person-day", details={"date": "2024-02-29"})
    (remark,) = one("fsp-113", line, "rsp-108-2").remarks
    assert remark.place.path == "lines[0].details.date"
    assert english(remark.message) == "2024-02-29 has no day of the same date there; 2019-02-28 is taken."


def left(found: Translated, part: Part) -> list[tuple[str, dict[Fund, int]]]:
    """Places and amounts of what was not carried."""
    return [(entry.place.path, dict(entry.amounts)) for entry in found.not_carried if entry.part is part]


def test_what_has_no_counterpart_is_left_with_its_money(english: Language) -> None:
    found = put(read(family_support()), "fsp-113")
    assert left(found, Part.POST) == [("positions[1].role", {Fund.SUBSIDY: 2000})]
    assert left(found, Part.LINE) == [
        ("lines[2].item", {Fund.SUBSIDY: 13000}),
        ("lines[3].item", {Fund.OWN: 4000}),
    ]
    assert [english(entry.reason) for entry in found.not_carried[:2]] == [
        "fsp-113 has no post for “full-time staff”.",
        "fsp-113 has no item for “Materials”.",
    ]


def test_steps_of_another_scale_are_left(english: Language) -> None:
    found = put(read(family_support()), "fsp-113")
    assert found.draft.positions[0].step is None
    (entry,) = (entry for entry in found.not_carried if entry.part is Part.FIELD)
    assert entry.place.path == "positions[0].step"
    assert "those of rsp-108-2 say nothing in fsp-113 (posts that state it: 1)" in english(entry.reason)
    assert put(read(family_support()), "rsp-108-3").draft.positions[0].step == 3


def test_fields_without_use_there_are_left() -> None:
    raw = {**minimal("dapc-113"), "caseload": {"cases": 800}, "funding": {"minimum_own_ratio": 0.1}}
    found = put(read(raw), "fsp-113")
    assert [entry.place.path for entry in found.not_carried] == ["funding.minimum_own_ratio", "caseload.cases"]
    assert found.draft.caseload.cases is None
    assert found.draft.funding.minimum_own_ratio is None


# ---- stated sums ----


def test_stated_sums_lose_what_is_left_behind() -> None:
    found = put(read(family_support()), "fsp-113").draft
    assert found.totals.grand == 544635  # 563,635 − 2,000 − 13,000 − 4,000
    assert found.funding.subsidy == 544635  # 559,635 − 15,000
    assert found.funding.own == 0
    assert found.totals.categories == {"專業服務費": 505035, "個案服務費": 32600, "專案計畫管理費": 7000}


def test_a_wrong_sum_stays_as_wrong() -> None:
    raw = family_support(totals={"categories": {"管理費": 7001}, "grand": 563636}, funding={"subsidy": 559636})
    found = put(read(raw), "fsp-113").draft
    assert (found.totals.grand, found.funding.subsidy) == (544636, 544636)
    assert found.totals.categories == {"專案計畫管理費": 7001}


def test_a_wrong_total_that_would_be_divided_is_left(english: Language) -> None:
    lines = [row("counselling", 1000, "個別", "hour"), row("printing", 500)]
    raw = {**minimal("rsp-108-2"), "lines": lines, "totals": {"categories": {"業務費": 1501}}}
    found = put(read(raw), "fsp-113")
    assert found.draft.totals.categories == {}
    (entry,) = found.not_carried
    assert (entry.part, entry.place.path) == (Part.TOTAL, "totals.categories.業務費")
    assert english(entry.reason).startswith("Its rows go to more than one category of fsp-113")
    right = put(read({**raw, "totals": {"categories": {"業務費": 1500}}}), "fsp-113")
    assert right.draft.totals.categories == {"個案服務費": 1000, "訓練及活動費": 500}


def test_totals_of_several_categories_are_summed() -> None:
    lines = [row("counselling-individual", 1000, unit="hour"), row("printing", 500, "講義")]
    raw = {
        **minimal("fsp-113"),
        "positions": [
            {
                "role": "social-worker", "monthly_pay": 40000, "months": 12, "pay_amount": 480000,
                "employer_insurance": 6000, "insurance_amount": 72000,
            }
        ],
        "lines": lines,
        "totals": {
            "categories": {
                "個案服務費": 1000, "訓練及活動費": 500, "專業服務費": 480000, "勞、健保及提撥勞退準備金費": 72000,
            }
        },
    }  # fmt: skip
    found = put(read(raw), "rsp-108-2")
    assert found.draft.totals.categories == {"業務費": 1500, "人事費": 552000}
    del raw["totals"]["categories"]["訓練及活動費"]  # type: ignore[attr-defined]  # a dict of dicts
    found = put(read(raw), "rsp-108-2")
    assert found.draft.totals.categories == {"人事費": 552000}
    assert left(found, Part.TOTAL) == [("totals.categories.個案服務費", {})]


def test_other_sources() -> None:
    gone = {**row("visit-counselling", 900, unit="time"), "fund": "other"}
    raw = {**minimal("fsp-113"), "lines": [gone], "funding": {"other": [{"source": "甲", "amount": 1000}]}}
    assert [fund.amount for fund in put(read(raw), "rsp-108-2").draft.funding.other] == [100]
    raw["funding"] = {"other": [{"source": "甲", "amount": 400}, {"source": "乙", "amount": 500}]}
    found = put(read(raw), "rsp-108-2")
    assert found.draft.funding.other == ()
    assert left(found, Part.TOTAL) == [("funding.other", {})]


# ---- several counterparts ----


@pytest.mark.parametrize(
    ("programme", "line", "other", "code", "told"),
    [
        ("rsp-108-2", row("counselling", 1, "家族會談", "hour"), "fsp-113", "counselling-joint", "“家族” in the row"),
        ("rsp-108-2", row("counselling", 1, "個別諮商", "hour"), "fsp-113", "counselling-individual", "“個別” in"),
        ("rsp-108-2", row("counselling", 1, "諮商", "hour"), "fsp-113", "counselling-individual", "does not say which"),
        ("rsp-108-2", row("counselling", 1, "個別及家族", "hour"), "fsp-113", "counselling-individual", "does not say"),
        ("fsp-113", row("counselling-joint", 1, "家族", "hour"), "rsp-108-2", "counselling", None),
        (
            "dapc-113",
            row("group-leader", 1, "團體協同帶領", "period"),
            "fsp-113",
            "group-coleader",
            "“協同” in the row",
        ),
        ("dapc-113", row("supervision", 1, "個案研討", "hour"), "fsp-113", "supervision-case-study", "“個案研討” in"),
        ("fsp-113", row("printing", 1, "宣導單張"), "rsp-108-2", "publicity", "“宣導” in the row"),
        (
            "fsp-113",
            row("translation", 1, "手冊", "thousand-characters"),
            "rsp-108-2",
            "translation-to-chinese",
            "unit",
        ),
        ("fsp-113", row("management", 1, "電費、郵資"), "rsp-108-2", "management", "does not say which"),
        ("fsp-113", row("management", 1, "郵資"), "dapc-113", "postage", "“郵資” in the row"),
        ("fsp-113", row("management", 1, "電費"), "dapc-113", None, "the row does not say to which"),
        ("fsp-113", row("fuels", 1), "rsp-108-2", None, "“fuels” is no item of fsp-113"),
    ],
)
def test_which_item(
    programme: str, line: dict[str, Any], other: str, code: str | None, told: str | None, english: Language
) -> None:
    found = one(programme, line, other)
    assert [made.item for made in found.draft.lines] == ([] if code is None else [code])
    said: list[str] = [english(remark.message) for remark in found.remarks]
    said += [english(entry.reason) for entry in found.not_carried]
    assert len(said) == (told is not None)
    assert told is None or told in said[0]


def test_a_post_of_several_counterparts(english: Language) -> None:
    found = put(read({**minimal("fsp-113"), "positions": [{"role": "social-worker"}]}), "dapc-113")
    assert found.draft.positions[0].role is Role.CASE_MANAGER
    (remark,) = found.remarks
    assert english(remark.message) == (
        "“social worker” may be case manager, senior case manager in dapc-113; taken as “case manager”."
    )


def test_a_post_that_is_none_of_its_own_programme() -> None:
    found = put(read({**minimal("fsp-113"), "positions": [{"role": "case-manager"}]}), "dapc-113")
    assert found.draft.positions == ()
    assert left(found, Part.POST) == [("positions[0].role", {})]


def test_a_row_under_a_wrong_category_keeps_its_fault() -> None:
    wrong = one("rsp-108-2", row("counselling", 1, "個別", "hour", category="管理費"), "fsp-113")
    assert wrong.draft.lines[0].category == "專案計畫管理費"
    capital = one("fsp-113", row("venue", 1, category="設備費"), "dapc-113")
    assert capital.draft.lines[0].category == "設備費"


def test_other_items_of_one_document() -> None:
    lines = [
        row("travel", 2000, unit="person-day"),
        row("expert-attendance", 2500, unit="person-time"),
        row("temporary-pay", 150, unit="hour"),
        row("outreach", 600, unit="time"),
    ]
    found = put(read({**minimal("rsp-108-1a"), "lines": lines}), "rsp-108-1b")
    assert [line.item for line in found.draft.lines] == ["domestic-travel", "attendance", "temporary-wages"]
    assert left(found, Part.LINE) == [("lines[3].item", {Fund.SUBSIDY: 600})]
    assert found.years == 0


# ---- properties ----


def placed(draft: Draft) -> Draft:
    """The draft as read from its JSON form, with places."""
    return read(to_json(draft))


MONEY = ("monthly_pay", "months", "pay_amount", "own_monthly_pay", "regional_allowance", "allowance_amount",
         "employer_insurance", "insurance_amount", "own_insurance", "count", "fund")  # fmt: skip


@pytest.mark.parametrize(("first", "second"), PAIRS)
@SLOW
@given(data=st.data())
def test_no_money_is_invented_or_lost(first: str, second: str, data: st.DataObject) -> None:
    draft = placed(data.draw(drafts(first)))
    found = put(draft, second)
    kept: dict[str, Line | Position] = {row.origin.path: row for row in (*found.draft.lines, *found.draft.positions)}
    gone = {entry.place.path.partition(".")[0]: entry for entry in found.not_carried if not_a_figure(entry)}
    assert kept.keys() == found.pairs.keys()
    assert not kept.keys() & gone.keys()
    assert len(kept) + len(gone) == len(draft.lines) + len(draft.positions)
    carried = 0
    amounts = open_ledger(draft, library().programme(first)).amounts
    for amount in amounts:
        carried += (amount.value or 0) if amount.path.rpartition(".")[0] in kept else 0
    assert carried + sum(sum(entry.amounts.values()) for entry in gone.values()) == sum(
        amount.value or 0 for amount in amounts
    )
    for line in draft.lines:
        after = kept.get(line.origin.path)
        if isinstance(after, Line):
            assert (line_amount(after), after.amount, after.fund) == (line_amount(line), line.amount, line.fund)
            assert (after.unit_price, after.quantities) == (line.unit_price, line.quantities)
    for post in draft.positions:
        after = kept.get(post.origin.path)
        assert after is None or all(getattr(after, name) == getattr(post, name) for name in MONEY)


def not_a_figure(entry: NotCarried) -> bool:
    """A row or post."""
    return entry.part in {Part.LINE, Part.POST}


def single(subject: Subject, a: Programme, b: Programme) -> list[str]:
    """Codes of ``a`` with one counterpart, whose only counterpart they are."""
    known = Concordance.of(library().tables)
    found = []
    for code in codes_of(subject, a):
        others = known.counterparts(subject, a, code, b)
        if len(others) == 1 and known.counterparts(subject, b, others[0], a) == (code,):
            found.append(code)
    return found


def earlier(day: dt.date | None) -> dt.date | None:
    """No day at the end of February: it is not the same in every year."""
    return day.replace(day=27) if day is not None and (day.month, day.day) >= (2, 28) and day.month == 2 else day


def plain(draft: Draft, a: Programme, b: Programme, data: st.DataObject) -> Draft:
    """A draft of which everything means one thing in both programmes."""
    items, roles = single(Subject.ITEM, a, b), single(Subject.POST, a, b)
    lines = []
    for line in draft.lines:
        item = data.draw(st.sampled_from(items))
        category = a.items[item].category if line.category is not None else None
        details = evolve(line.details, date=earlier(line.details.date))
        lines.append(evolve(line, item=item, category=category, details=details))
    posts = [
        evolve(
            post,
            role=Role(data.draw(st.sampled_from(roles))) if roles else None,
            hired_on=earlier(post.hired_on),
            start=earlier(post.start),
            end=earlier(post.end),
        )
        for post in draft.positions
    ]
    period = draft.period
    assert period is not None
    start, end = earlier(period.start), earlier(period.end)
    assert start is not None
    assert end is not None
    whole = evolve(
        draft,
        filed_on=earlier(draft.filed_on),
        approved_on=earlier(draft.approved_on),
        period=evolve(period, start=start, end=end),
        lines=tuple(lines),
        positions=tuple(posts),
        totals=Totals(),
    )
    return leave_out(leave_out(whole, a, b)[0], b, a)[0]


@pytest.mark.parametrize(("first", "second"), PAIRS)
@SLOW
@given(data=st.data())
def test_there_and_back_is_the_same_draft(first: str, second: str, data: st.DataObject) -> None:
    a, b = library().programme(first), library().programme(second)
    draft = placed(plain(data.draw(drafts(first)), a, b, data))
    there = put(draft, second)
    assert there.not_carried == ()
    back = put(there.draft, first)
    assert back.not_carried == ()
    assert back.draft == draft
