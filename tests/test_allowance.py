"""The zone of a workplace and its basic amount (RSP-108 附表2)."""

from __future__ import annotations

import datetime as dt

import pytest

from grantcalc.pay.allowance import Basis, Standing, basic_amount, zone_of
from grantcalc.tabledata import Tables

TABLES = Tables()
NEW_YEAR = dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("written", "county", "zone", "amount"),
    [
        ("澎湖縣馬公市", "澎湖縣", "island-1", 7700),
        ("馬公市光明里", None, "island-1", 7700),
        ("澎湖縣馬公市虎井里", "澎湖縣", "island-2", 8730),
        ("澎湖縣白沙鄉吉貝村", "澎湖縣", "island-2", 8730),
        ("澎湖縣望安鄉", "澎湖縣", "island-2", 8730),
        ("澎湖縣望安鄉東吉村", "澎湖縣", "island-3", 9790),
        ("澎湖縣望安鄉西嶼坪", "澎湖縣", "island-3", 9790),
        ("澎湖縣西嶼鄉", "澎湖縣", "island-1", 7700),
        ("金門縣金城鎮", "金門縣", "island-3", 9790),
        ("金門", None, "island-3", 9790),
        ("金門縣烏坵鄉", "金門縣", "island-3", 9790),
        ("連江縣東引鄉", "連江縣", "island-3", 9790),
        ("介壽村", "連江縣", "island-3", 9790),
        (" 馬 祖 ", None, "island-3", 9790),
    ],
)
def test_zones(written: str, county: str | None, zone: str, amount: int) -> None:
    workplace = zone_of(written, county, TABLES)
    assert (workplace.kind, workplace.zone) == (Standing.ZONE, zone)
    basic = basic_amount(workplace, NEW_YEAR, Basis.TABLE, TABLES)
    assert basic is not None
    assert basic.amount == amount


@pytest.mark.parametrize("written", ["臺東縣蘭嶼鄉", "台東縣綠島鄉", "屏東縣琉球鄉", "澎湖縣", "澎湖縣某島", "某地"])
def test_doubtful_places(written: str) -> None:
    workplace = zone_of(written, None, TABLES)
    assert workplace.kind is Standing.DOUBTFUL
    assert basic_amount(workplace, NEW_YEAR, Basis.TABLE, TABLES) is None


@pytest.mark.parametrize(
    ("written", "county"),
    [
        ("嘉義縣太保市", None),
        ("太保市", "嘉義縣"),
        ("雲林縣金湖", None),
        ("太保市金門路", "嘉義縣"),
        ("臺北市", "金門縣"),
    ],
)
def test_places_outside(written: str, county: str | None) -> None:
    assert zone_of(written, county, TABLES).kind is Standing.OUTSIDE


def test_the_local_plan_of_penghu_from_its_first_day() -> None:
    workplace = zone_of("澎湖縣馬公市", None, TABLES)
    amounts = [
        basic_amount(workplace, day, Basis.LOCAL_PLAN, TABLES) for day in (dt.date(2023, 4, 30), dt.date(2023, 5, 1))
    ]
    assert [amount.amount if amount else None for amount in amounts] == [7700, 9790]
