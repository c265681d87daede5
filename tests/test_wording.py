"""Arithmetic in words: what is read of a text, and what is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grantcalc.units import Unit
from grantcalc.wording import calculations, quantity_of, read_wording

HOUR, TIME, PERSON, MONTH, DAY = Unit.HOUR, Unit.TIME, Unit.PERSON, Unit.MONTH, Unit.DAY

ONE = [
    ("2,000元×2小時×12次×2人=96,000元", 2000, [(2, HOUR), (12, TIME), (2, PERSON)], 96000, 96000),
    ("２，０００元×２小時×１２次＝４８，０００元", 2000, [(2, HOUR), (12, TIME)], 48000, 48000),
    ("每月20,000元*12個月", 20000, [(12, MONTH)], 240000, None),
    ("34,000元/月×13.5月×2人", 34000, [(Decimal("13.5"), MONTH), (2, PERSON)], 918000, None),
    ("2人*12次*2,000", 2000, [(2, PERSON), (12, TIME)], 48000, None),
    ("NT$2,000*3hr*4次 = NT$24,000", 2000, [(3, HOUR), (4, TIME)], 24000, 24000),
    ("2000元x2時X12次", 2000, [(2, HOUR), (12, TIME)], 48000, None),
    ("80元╳30人╳10次", 80, [(30, PERSON), (10, TIME)], 24000, None),
    ("20千元×12月=240千元", 20000, [(12, MONTH)], 240000, 240000),
    ("2萬元×12個月＝24萬元", 20000, [(12, MONTH)], 240000, 240000),
    ("3萬5千元×12月", 35000, [(12, MONTH)], 420000, None),
    ("二千元×三小時×十二次", 2000, [(3, HOUR), (12, TIME)], 72000, None),
    ("兩萬五千元×十二個月", 25000, [(12, MONTH)], 300000, None),
    ("2,000元×每次2小時×每月4次×12個月", 2000, [(2, HOUR), (4, TIME), (12, MONTH)], 192000, None),
    ("2,000元(外聘)×2小時(含準備)×12次", 2000, [(2, HOUR), (12, TIME)], 48000, None),
    ("2名社工員×34,916元×13.5個月", 34916, [(2, PERSON), (Decimal("13.5"), MONTH)], 942732, None),
    ("2,000元×3小時×10次，共計60,000元", 2000, [(3, HOUR), (10, TIME)], 60000, 60000),
    ("34,916元×(12+1.5)個月×2人", 34916, [(Decimal("13.5"), MONTH), (2, PERSON)], 942732, None),
    ("(34,916元+2,000元)×13.5月", 36916, [(Decimal("13.5"), MONTH)], 498366, None),
    ("2小時×12次=24小時×2,000元=48,000元", 2000, [(2, HOUR), (12, TIME)], 48000, 48000),
    ("500元*人次100", 500, [(100, Unit.PERSON_TIME)], 50000, None),
    ("每人每次80元×30人×2次", 80, [(30, PERSON), (2, TIME)], 4800, None),
    ("@2,000×3時×2次", 2000, [(3, HOUR), (2, TIME)], 12000, None),
    ("1,100元×5千字=5,500元", 1100, [(5, Unit.THOUSAND_CHARACTERS)], 5500, 5500),
    ("2,000元 × 2 小時 ×\n12 次", 2000, [(2, HOUR), (12, TIME)], 48000, None),
    ("2000x24H", 2000, [(24, HOUR)], 48000, None),
    ("24H×2000", 2000, [(24, HOUR)], 48000, None),
    ("2,000元x1.5h x 20次", 2000, [(Decimal("1.5"), HOUR), (20, TIME)], 60000, None),
    ("2小時/次*12次*2000元=48,000元", 2000, [(2, HOUR), (12, TIME)], 48000, 48000),
    ("2,000元/次*2次/月*12月", 2000, [(2, TIME), (12, MONTH)], 48000, None),
    ("24(小時)×2,000(元)", 2000, [(24, HOUR)], 48000, None),
    ("1節2000元×3節", 2000, [(3, Unit.PERIOD)], 6000, None),
    ("115年1月1日至12月31日：34,916元×12月", 34916, [(12, MONTH)], 418992, None),
]


@pytest.mark.parametrize(("text", "price", "factors", "product", "stated"), ONE, ids=[case[0] for case in ONE])
def test_one_calculation(text: str, price: int, factors: list[object], product: int, stated: int | None) -> None:
    (found,) = calculations(text)
    (term,) = found.terms
    assert term.price is not None
    assert term.price.number == price
    assert [(factor.number, factor.unit) for factor in term.quantities] == factors
    assert (found.product, found.stated, found.wrong) == (product, stated, None)


NONE = [
    "電話02-2345-6789*123",
    "23456789*12",
    "分機：2345-6789*12",
    "0912-345-678",
    "113/3/27辦理",
    "113年度計畫第3條第2項",
    "113.3.27至113.4.30",
    "2000*3",
    "2,000元×2~3小時×12次",
    "辦理3場，每場2小時，每小時2,000元",
    "90cm×60cm",
    "依中央政府各機關學校出席費及稿費支給要點",
    "",
    "＝",
    "×××",
    "((((((((((1×2",
]


@pytest.mark.parametrize("text", NONE)
def test_no_calculation(text: str) -> None:
    assert calculations(text) == ()


def test_wrong_result_shows_both() -> None:
    (found,) = calculations("2,000元×2小時×12次×2人=95,000元")
    assert found.wrong is not None
    assert (found.wrong.computed, found.wrong.stated) == (96000, 95000)


def test_wrong_step_on_the_way() -> None:
    (found,) = calculations("2,000元×3小時=5,000元×10次=50,000元")
    assert found.product == 60000
    assert found.wrong is not None
    assert (found.wrong.computed, found.wrong.stated) == (6000, 5000)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("658,328元×10%=65,832元", True),  # a percentage cap is rounded down
        ("658,328元×10%=65,833元", True),
        ("658,328元×10%=65,831元", False),
        ("34,916元×13.5月=471千元", True),  # 471,366 to the 千元
        ("34,916元×13.5月=470千元", False),
        ("34,916元×15日÷31日=16,895元", True),  # 16,894.8
        ("34,916元×15日÷31日=16,894元", False),
        ("34,916元×13.5月≒471,000元", True),  # said to be about
        ("34,916元×13.5月=約471,000元", True),
    ],
)
def test_rounded_results(text: str, holds: bool) -> None:
    (found,) = calculations(text)
    assert (found.wrong is None) is holds


def test_several_with_their_labels_and_total() -> None:
    wording = read_wording("個別諮商2,000元×100時=200,000元；團體2,400元×50時=120,000元；合計320,000元")
    assert [(one.label, one.product, one.stated) for one in wording.calculations] == [
        ("個別諮商", 200000, 200000),
        ("團體", 120000, 120000),
    ]
    assert wording.total == 320000


def test_a_sum_of_products() -> None:
    (found,) = calculations("2,000元×3時＋1,000元×2時=8,000元")
    assert [term.product for term in found.terms] == [6000, 2000]
    assert (found.product, found.stated, found.wrong) == (8000, 8000, None)


def test_a_sum_behind_a_result() -> None:
    first, second = calculations("2,000元×3時=6,000元+1,000元×2時=8,000元")
    assert (first.product, second.product) == (6000, 2000)
    assert (first.wrong, second.wrong) == (None, None)


def test_numbers_without_units() -> None:
    (found,) = calculations("2000*3*10")
    (term,) = found.terms
    assert term.guessed
    assert term.price is not None
    assert term.price.number == 2000


def test_a_long_text_takes_no_time() -> None:
    assert calculations("(" * 2000) == ()
    assert len(calculations("2元×3人；" * 500)) > 100
    calculations("1×" * 1000)
    calculations("一二三" * 700)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("12次", 12, TIME), ("13.5個月", Decimal("13.5"), MONTH), ("三人", 3, PERSON), ("12", 12, None)],
)
def test_one_quantity(text: str, number: int, unit: Unit | None) -> None:
    found = quantity_of(text)
    assert found is not None
    assert (found.number, found.unit) == (number, unit)


@pytest.mark.parametrize("text", ["約12", "人", "2小時×12次", "12次以上", ""])
def test_not_one_quantity(text: str) -> None:
    assert quantity_of(text) is None
