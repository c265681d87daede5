"""Explanations in prose: read by their grammar; a wrong amount beside them takes neither price nor quantities away."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grantcalc.money import Number
from grantcalc.reading.county.prose import prose_term
from grantcalc.wording import Factor, Term
from grantcalc.wordprose import read_prose, this_year


@pytest.mark.parametrize(
    ("text", "amount", "quantities"),
    [
        ("每節2,000元，每場2節，計6場。", 24000, [2, 6]),
        ("外聘講師6節，每節2,000元", 12000, [6]),
        ("每人100元，90人次", 9000, [90]),
        ("每小時２，０００元，每月３小時，共１２個月", 72000, [3, 12]),
    ],
)
def test_prose_that_makes_the_amount_is_a_product(text: str, amount: int, quantities: list[int]) -> None:
    term = prose_term(text, amount)
    assert isinstance(term, Term)
    assert [one.number for one in term.quantities] == quantities


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("113年度核定30,000元", 30000),
        ("電話：0836-22095，2,000元", 2000),
        ("每場3,000元，5至30公里，4場", 12000),
        ("2,000元，每人500元，3人", 3000000),
        ("依實際需要核實支應", 15000),
        ("1人，含年終獎金1.5個月", 658328),
    ],
)
def test_prose_that_does_not_is_left(text: str, amount: int | None) -> None:
    assert prose_term(text, amount) is None


@pytest.mark.parametrize(
    ("text", "price", "quantities"),
    [
        ("每節2,600元，共24節", 2600, [24]),
        ("每小時2,500元，每次2小時，共12次", 2500, [2, 12]),
        ("外聘，每節2,500元，計10節", 2500, [10]),
        ("24小時@2,600", 2600, [24]),
        ("2600元/小時，預計24小時", 2600, [24]),
        ("單價2600元 數量24小時", 2600, [24]),
        ("每小時貳仟元，計24小時", 2000, [24]),
        ("每節貳仟貳佰元，共拾節", 2200, [10]),
        ("每小時二千四百元，計二十小時", 2400, [20]),
        ("1節2000元，每週2節，計12週", 2000, [2, 12]),
        ("每案6次，每次1.5小時，10案，2,000元/時", 2000, [6, Decimal("1.5"), 10]),
        ("14:00-17:00共3節，外聘講師2,000元/節", 2000, [3]),
        ("單程15公里，每人次200元，共150人次", 200, [150]),
    ],
)
def test_a_closed_chain_is_a_product_whatever_the_amount(text: str, price: int, quantities: list[Number]) -> None:
    for amount in (None, 1):
        term = prose_term(text, amount)
        assert isinstance(term, Term)
        assert term.price is not None
        assert term.price.number == price
        assert [one.number for one in term.quantities] == quantities


def test_a_span_of_months_is_their_number_and_the_result_is_kept() -> None:
    prose = read_prose("113年3月至11月，每月2次，每次2節，每節2,000元，計70,000元")
    assert prose is not None
    assert prose.closed
    assert prose.term.product == 72000
    assert prose.stated == 70000
    wrong = prose.calculation.wrong
    assert wrong is not None
    assert (wrong.computed, wrong.stated) == (72000, 70000)


def test_numbers_that_are_no_closed_chain_leave_the_price() -> None:
    told = prose_term("2人，每節2,600元，共24節", 1)
    assert isinstance(told, Factor)
    assert told.number == 2600
    made = prose_term("2人，每節2,600元，共24節", 124800)
    assert isinstance(made, Term)
    assert made.product == 124800


@pytest.mark.parametrize(
    "text", ["單價200元以下", "每節不超過2,000元，共3節", "每月2次,每次3小時", "註1：訓練費2,000元"]
)
def test_a_limit_of_prices_is_no_price(text: str) -> None:
    assert prose_term(text, None) is None


@pytest.mark.parametrize(
    ("text", "amount", "read"),
    [("2000X24", 48000, True), ("2000X24", 48001, False), ("1920x1080", 2073600, False), ("30x40", 1200, False)],
)
def test_two_bare_numbers(text: str, amount: int, read: bool) -> None:
    assert (prose_term(text, amount) is not None) == read


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2000元*24小時，112年為1600元*20小時", "2000元*24小時，"),
        ("112年為1,600元*20小時，113年為2,000元*24小時", "113年為2,000元*24小時"),
        ("去年1,600元×20時；2,000元×24時", "2,000元×24時"),
        ("依112年標準每節2,000元x24節", "依112年標準每節2,000元x24節"),
        ("依112年標準每節2,000元x24節，分12月執行", "依112年標準每節2,000元x24節，分12月執行"),
        ("承接112年計畫，2,000元×3時", "承接112年計畫，2,000元×3時"),
    ],
)
def test_figures_of_an_earlier_year_are_left_out(text: str, kept: str) -> None:
    assert this_year(text, 113) == kept
