"""Two programmes side by side; every expected number is the documents' own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product

import pytest

from grantcalc.comparison import Aspect, Comparison, Difference, Fact, Row, compare
from grantcalc.rules.concordance import Subject
from grantcalc.rules.library import Library
from grantcalc.text import Language

Compared = Callable[[str, str], Comparison]
PROGRAMMES = ("dapc-113", "fsp-113", "rsp-108-1a", "rsp-108-1b", "rsp-108-1c", "rsp-108-2", "rsp-108-3")


@pytest.fixture(scope="module")
def compared(library: Library) -> Compared:
    known: dict[tuple[str, str], Comparison] = {}

    def make(a: str, b: str) -> Comparison:
        if (a, b) not in known:
            known[a, b] = compare(library.programme(a), library.programme(b), library.tables)
        return known[a, b]

    return make


def row_of(comparison: Comparison, subject: Subject, a: str | None, b: str | None) -> Row:
    (found,) = (
        row
        for row in comparison.of(subject)
        if (row.a.code if row.a else None, row.b.code if row.b else None) == (a, b)
    )
    return found


def values(row: Row, aspect: Aspect) -> Mapping[str, tuple[object, object]]:
    """What differs in an aspect: by key the two values."""
    return {
        change.key: tuple(None if fact is None else fact.value for fact in (change.a, change.b))
        for change in row.changes
        if change.aspect is aspect and change.difference is not Difference.SAME
    }


def said(fact: Fact | None, speak: Language) -> str | None:
    return None if fact is None else speak(fact.said)


def texts(row: Row, aspect: Aspect, speak: Language) -> Mapping[str, tuple[str | None, str | None]]:
    """What differs in an aspect: by key what both say."""
    return {
        change.key: (said(change.a, speak), said(change.b, speak))
        for change in row.changes
        if change.aspect is aspect and change.difference is not Difference.SAME
    }


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_programme_is_the_same_as_itself(compared: Compared, programme: str) -> None:
    comparison = compared(programme, programme)
    assert comparison.rows
    assert {row.difference for row in comparison.rows} == {Difference.SAME}


@pytest.mark.parametrize(("a", "b"), list(product(PROGRAMMES, repeat=2)))
def test_nothing_is_lost(compared: Compared, a: str, b: str) -> None:
    comparison = compared(a, b)
    for programme, codes in (
        (comparison.a, [row.a.code for row in comparison.rows if row.a]),
        (comparison.b, [row.b.code for row in comparison.rows if row.b]),
    ):
        roles = {role.value for role in programme.roles}
        assert set(codes) == {*programme.items, *programme.rules_by_id, *roles}
    assert len({(row.subject, row.a and row.a.code, row.b and row.b.code) for row in comparison.rows}) == len(
        comparison.rows
    )


@pytest.mark.parametrize(("a", "b"), [("rsp-108-2", "fsp-113"), ("fsp-113", "dapc-113"), ("rsp-108-1a", "rsp-108-1b")])
def test_the_other_way_round_says_the_same(compared: Compared, a: str, b: str) -> None:
    there, back = compared(a, b), compared(b, a)
    for one, other in (
        (Difference.SAME, Difference.SAME),
        (Difference.CHANGED, Difference.CHANGED),
        (Difference.ONLY_A, Difference.ONLY_B),
        (Difference.ONLY_B, Difference.ONLY_A),
    ):
        for subject in (Subject.ITEM, Subject.POST, Subject.RULE):
            assert there.count(one, subject) == back.count(other, subject)


class TestFamilySupport:
    """What changed between the two family-support grants of 108 and 113."""

    @pytest.fixture
    def grants(self, compared: Compared) -> Comparison:
        return compared("rsp-108-2", "fsp-113")

    def test_visit_transport_in_the_first_band(self, grants: Comparison) -> None:
        item = row_of(grants, Subject.ITEM, "visit-transport", "visit-transport")
        assert values(item, Aspect.PRICE) == {"0-5": (50, 60)}
        rule = row_of(grants, Subject.RULE, "rsp-108/visit-transport", "fsp-113/visit-transport")
        assert values(rule, Aspect.PRICE) == {"0-5": (50, 60)}

    def test_the_other_bands_are_the_same(self, grants: Comparison) -> None:
        item = row_of(grants, Subject.ITEM, "visit-transport", "visit-transport")
        same = {
            change.a.key: change.a.value
            for change in item.changes
            if change.a is not None and change.aspect is Aspect.PRICE and change.difference is Difference.SAME
        }
        assert same == {"5-30": 200, "30-70": 400, "70-90": 500, "90-None": 700, "each-10-above-90": 50}

    def test_counselling(self, grants: Comparison) -> None:
        individual = row_of(grants, Subject.ITEM, "counselling", "counselling-individual")
        joint = row_of(grants, Subject.ITEM, "counselling", "counselling-joint")
        assert values(individual, Aspect.PRICE) == {"cap": (1600, 2000)}
        assert values(joint, Aspect.PRICE) == {"cap": (1600, 2400)}
        assert values(individual, Aspect.QUANTITY) == {"hours_per_time": (2, None)}
        assert (individual.meaning, joint.meaning) == ("counselling-individual", "counselling-joint")

    def test_a_group_is_led_by_the_hour_then_by_the_period(self, grants: Comparison, english: Language) -> None:
        leader = row_of(grants, Subject.ITEM, "group-leader", "group-leader")
        assert texts(leader, Aspect.PRICE, english) == {"cap": ("NT$2,000 per hour", "NT$2,000 per period")}

    def test_management_fee_with_both_bases(self, grants: Comparison, english: Language) -> None:
        said_of_both = {
            "share": (
                "5% of (Personnel + Operations)",
                "10% of (Case services + Training and activities + Other (office rent))",
            )
        }
        item = row_of(grants, Subject.ITEM, "management", "management")
        rule = row_of(grants, Subject.RULE, "rsp-108/management-fee-5", "fsp-113/management-fee")
        assert texts(item, Aspect.PRICE, english) == said_of_both
        assert texts(rule, Aspect.PRICE, english) == said_of_both

    def test_meals_have_no_cap_any_more(self, grants: Comparison) -> None:
        meals = row_of(grants, Subject.ITEM, "meals", "meals")
        assert values(meals, Aspect.PRICE) == {"cap": (80, None)}

    def test_travel_and_rent_keep_their_amounts(self, grants: Comparison) -> None:
        for code, kept in (("travel", 2000), ("office-rent", 20000), ("expert-attendance", 2500)):
            item = row_of(grants, Subject.ITEM, code, code)
            assert values(item, Aspect.PRICE) == {}
            assert [change.a.value for change in item.changes if change.a and change.aspect is Aspect.PRICE] == [kept]

    def test_temporary_pay_follows_the_basic_wage(self, grants: Comparison) -> None:
        item = row_of(grants, Subject.ITEM, "temporary-pay", "temporary-pay")
        assert values(item, Aspect.PRICE) == {"cap": (150, 183)}
        assert values(item, Aspect.FLOOR) == {"floor": (150, 183)}
        assert values(item, Aspect.QUANTITY) == {"monthly": (23100, None)}

    def test_stationery_is_part_of_the_management_fee(self, grants: Comparison, english: Language) -> None:
        item = row_of(grants, Subject.ITEM, "stationery", "management")
        assert texts(item, Aspect.CATEGORY, english) == {"category": ("Operations", "Project management fee")}

    def test_employers_insurance(self, grants: Comparison, english: Language) -> None:
        post = row_of(grants, Subject.POST, "case-manager", "social-worker")
        assert texts(post, Aspect.INSURANCE, english) == {
            "insurance": ("from own funds only", "at most NT$6,000 a person a month")
        }
        rule = row_of(grants, Subject.RULE, "rsp-108/employer-insurance-own", "fsp-113/employer-insurance")
        assert rule.difference is Difference.CHANGED
        assert values(rule, Aspect.NUMBER) == {"monthly": (None, 6000)}

    @pytest.mark.parametrize(
        ("post", "other", "expected"),
        [
            (
                "case-manager",
                "social-worker",
                {"point-value": (Decimal("124.7"), None), "starting": (None, 37765), "highest": (46763, 53765)},
            ),
            (
                "supervisor",
                "social-work-supervisor",
                {"addition.supervisor": (30, None), "starting": (None, 44239), "highest": (50504, 60239)},
            ),
        ],
    )
    def test_pay_by_points_then_by_starting_pay_and_additions(
        self,
        grants: Comparison,
        english: Language,
        post: str,
        other: str,
        expected: Mapping[str, tuple[object, object]],
    ) -> None:
        row = row_of(grants, Subject.POST, post, other)
        assert texts(row, Aspect.PAY, english)["form"] == (
            "points of step and degree with additions, times the value of a point",
            "starting pay, seniority and additions",
        )
        found = values(row, Aspect.PAY)
        assert {key: found[key] for key in expected} == expected

    def test_the_scale_of_108(self, grants: Comparison, english: Language) -> None:
        pay = texts(row_of(grants, Subject.POST, "case-manager", "social-worker"), Aspect.PAY, english)
        assert pay["range.bachelor"] == ("NT$33,046 to NT$43,022", None)
        assert pay["range.master"] == ("NT$34,916 to NT$44,892", None)
        assert pay["steps"] == ("1 to 9", None)
        assert pay["seniority"] == (None, "NT$1,000 a step, up to step 7")

    def test_posts_that_only_108_paid(self, grants: Comparison) -> None:
        full = row_of(grants, Subject.POST, "full-time", None)
        staff = row_of(grants, Subject.POST, "project-staff", None)
        assert full.a is not None
        assert staff.a is not None
        assert [fact.value for fact in full.a.facts if fact.key.startswith("printed")] == [34000]
        assert [fact.value for fact in staff.a.facts if fact.key.startswith("printed")] == [25000, 28000]

    def test_months_and_allowance_are_the_same(self, grants: Comparison) -> None:
        post = row_of(grants, Subject.POST, "case-manager", "social-worker")
        same = {change.aspect for change in post.changes if change.difference is Difference.SAME}
        assert {Aspect.MONTHS, Aspect.ALLOWANCE} <= same

    def test_lodging_of_the_year(self, grants: Comparison) -> None:
        rule = row_of(grants, Subject.RULE, "common/lodging-cap", "common/lodging-cap")
        assert values(rule, Aspect.NUMBER) == {
            "weekday": (1600, 3500),
            "holiday": (1600, 4500),
            "expert_km": (30, None),
            "senior": (1800, None),
        }

    def test_refused_words(self, grants: Comparison) -> None:
        rule = row_of(grants, Subject.RULE, "rsp-108/refused-items", "fsp-113/refused-items")
        differing = {change.a.key for change in rule.changes if change.a and change.difference is Difference.ONLY_A}
        assert "宣導品" in differing

    def test_only_in_one(self, grants: Comparison) -> None:
        for subject, code in (
            (Subject.ITEM, "materials"),
            (Subject.ITEM, "outreach"),
            (Subject.ITEM, "residential-meals"),
            (Subject.ITEM, "off-hours-duty"),
            (Subject.RULE, "rsp-108/cross-county"),
        ):
            assert row_of(grants, subject, code, None).difference is Difference.ONLY_A
        for subject, code in (
            (Subject.ITEM, "volunteer-transport"),
            (Subject.ITEM, "supervision-monthly"),
            (Subject.RULE, "fsp-113/licence-share"),
        ):
            assert row_of(grants, subject, None, code).difference is Difference.ONLY_B

    def test_every_difference_cites_its_sections(self, grants: Comparison) -> None:
        for row in grants.rows:
            for side in (row.a, row.b):
                if side is not None and not side.code.startswith("draft/"):
                    assert side.sections, row.meaning


def test_one_document_two_annexes(compared: Compared, english: Language) -> None:
    annexes = compared("rsp-108-1b", "rsp-108-2")
    fee = row_of(annexes, Subject.ITEM, "management", "management")
    assert texts(fee, Aspect.PRICE, english) == {
        "share": (
            "10% of (Personnel + Operations, without principal investigator, co-investigator)",
            "5% of (Personnel + Operations)",
        )
    }
    lecture = row_of(annexes, Subject.ITEM, "lecture", "lecture")
    assert values(lecture, Aspect.PRICE) == {"private-cap": (None, 2000)}


def test_sub_programmes_with_their_own_amounts(compared: Compared) -> None:
    plans = compared("rsp-108-1b", "rsp-108-1c")
    changed = {row.meaning for row in plans.rows if row.difference is not Difference.SAME}
    assert changed == {"amount-in-principle", "workload"}
    amount = row_of(plans, Subject.RULE, "rsp-108/amount-in-principle", "rsp-108/amount-in-principle")
    assert values(amount, Aspect.NUMBER) == {"table..amount_in_principle": (1500000, 1600000)}


def test_a_rule_of_another_gravity_is_changed(compared: Compared) -> None:
    both = compared("fsp-113", "dapc-113")
    rule = row_of(both, Subject.RULE, "draft/unknown-item", "draft/unknown-item")
    assert [change.aspect for change in rule.changes if change.difference is Difference.CHANGED] == [Aspect.OUTCOME]


def test_a_rule_of_words_is_compared_by_its_clause(compared: Compared) -> None:
    both = compared("fsp-113", "dapc-113")
    mark = row_of(both, Subject.RULE, "fsp-113/fund-mark", "dapc-113/acknowledgement")
    assert mark.difference is Difference.CHANGED
    assert Aspect.CLAUSE in {change.aspect for change in mark.changes}


def test_one_item_with_two_meanings(compared: Compared) -> None:
    both = compared("fsp-113", "dapc-113")
    for code in ("counselling-individual", "counselling-joint"):
        assert values(row_of(both, Subject.ITEM, code, "counselling"), Aspect.PRICE)["cap"][1] is None
