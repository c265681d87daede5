"""Names of items as counties write them, and how sure each is."""

from __future__ import annotations

from functools import cache

import pytest

from grantcalc.reading.county.items import Items, unnumbered
from tests.county.test_entries import library


@cache
def items(programme: str) -> Items:
    return Items.of(library().programme(programme), {}, library().tables)


def read(name: str, programme: str = "fsp-113", category: str | None = None) -> tuple[str, bool] | None:
    """The code that a name is read as, and whether nobody has to look."""
    found = items(programme).find(name, category)
    return None if found is None else (found.code, found.sure)


@pytest.mark.parametrize("name", ["D2 膳費", "D2膳費", "A1.膳費", "c3、膳費", "B1-2 膳費", "D 膳費"])
def test_a_letter_and_a_digit_are_a_number(name: str) -> None:
    assert read(name) == ("meals", True)


@pytest.mark.parametrize("name", ["A4 紙", "A4紙", "B5 影印紙"])
def test_a_size_of_paper_is_none(name: str) -> None:
    assert unnumbered(name) == name
    assert read(name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("家庭日—餐費", "meals"),
        ("家庭日-遊覽車租金", "vehicle-rent"),
        ("親職講座：講師鐘點費", "lecture"),
        ("家屬支持團體－團體帶領費", "group-leader"),
        ("團體帶領", "group-leader"),
        ("支持性團體帶領", "group-leader"),
        ("C2 支持性團體協同帶領", "group-coleader"),
        ("志工保險", "management"),
    ],
)
def test_activities_qualifiers_and_endings_left_off(name: str, code: str) -> None:
    assert read(name) == (code, True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("社工員交通(訪視)", "visit-transport"),
        ("夫妻(伴侶)會談", "counselling-joint"),
        ("講座", "lecture"),
        ("家庭日—保險費", "accident-insurance"),
    ],
)
def test_what_a_person_has_to_look_at(name: str, code: str) -> None:
    assert read(name) == (code, False)


def test_insurance_is_that_of_its_category() -> None:
    assert read("保險費", category="訓練及活動費") is not None
    found = items("fsp-113").find("保險費", "專案計畫管理費")
    assert found is not None
    assert found.code == "management"


@pytest.mark.parametrize("name", ["講師—交通費", "志工訓練", "T恤", "K書中心"])
def test_other_names_stay(name: str) -> None:
    assert read(name) is None
