"""Posts in a county's own sheet: staff tables, rows among the personnel items, and the parts that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from grantcalc.draft.model import Education, Fund, Licence, Position, Reading, Role
from grantcalc.reading.county.mapping import SheetMap
from grantcalc.reading.county.read import read_county
from grantcalc.reading.options import ReadOptions
from tests.county.grids import book
from tests.county.test_entries import FUNDS, HEADER, TITLE, library, reading_of, told

PAY = ["一、專業服務費", "", "", "", "", ""]
FULL_YEAR = Decimal("13.5")


def post_of(
    rows: Sequence[Sequence[object]], header: Sequence[object] = HEADER, programme: str = "fsp-113"
) -> Position:
    """The one post of a sheet."""
    reading = reading_of(rows, header, programme)
    (post,) = reading.draft.positions
    assert reading.draft.lines == ()
    return post


def numbers(post: Position) -> tuple[object, ...]:
    """Persons, monthly pay, months, amount."""
    return post.count, post.monthly_pay, post.months, post.pay_amount


@pytest.mark.parametrize(
    "row",
    [
        ["社工員", 36476, 13.5, "月", 492426, ""],
        ["社工員薪資", "", "", "", 492426, "36,476元×13.5月×1人=492,426元"],
        ["1.專任社工員1名", 36476, 13.5, "月", 492426, ""],
        ["社工員", "", "", "", 492426, "每月36,476元×12個月×1人+每月36,476元×1.5個月×1人=492,426元"],
        ["薪資", "", "", "", 492426, "社工員36,476元×13.5月×1人=492,426元"],
    ],
    ids=["columns", "words", "count in the name", "pay and bonus", "role in the words"],
)
def test_one_post(row: Sequence[object]) -> None:
    post = post_of([PAY, row])
    assert (post.role, *numbers(post)) == (Role.SOCIAL_WORKER, 1, 36476, FULL_YEAR, 492426)


def test_several_persons_in_words() -> None:
    post = post_of([PAY, ["社工員", "", "", "", 918000, "34,000元/月×13.5月×2人"]])
    assert numbers(post) == (2, 34000, FULL_YEAR, 918000)
    assert post.origin.place("count").cell == "F4"
    assert post.origin.place("pay_amount").cell == "E4"


def test_degree_behind_the_role() -> None:
    assert post_of([PAY, ["社工員(碩士)", 36476, 13.5, "月", 492426, ""]]).education is Education.MASTER


def test_roles_of_the_programme() -> None:
    assert post_of([PAY, ["督導", 40000, 13.5, "月", 540000, ""]]).role is Role.SOCIAL_WORK_SUPERVISOR
    rows = [["一、人事費", "", "", "", "", ""], ["督導", 40000, 13.5, "月", 540000, ""]]
    assert post_of(rows, programme="dapc-113").role is Role.SUPERVISOR


def test_an_item_with_a_role_in_its_name_is_a_line() -> None:
    rows = [["訓練及活動費", "", "", "", "", ""], ["外聘督導輔導費", 2000, 36, "小時", 72000, ""]]
    reading = reading_of(rows)
    assert reading.draft.positions == ()
    assert reading.draft.lines[0].item == "supervision-monthly"


def test_several_roles_in_one_explanation() -> None:
    text = "社工員：34,916元×13.5月×1人=471,366元；督導：40,000元×13.5月×1人=540,000元"
    reading = reading_of([PAY, ["人力", "", "", "", 1011366, text]])
    assert [(post.role, *numbers(post)) for post in reading.draft.positions] == [
        (Role.SOCIAL_WORKER, 1, 34916, FULL_YEAR, 471366),
        (Role.SOCIAL_WORK_SUPERVISOR, 1, 40000, FULL_YEAR, 540000),
    ]
    assert (1011366, ("positions[0].pay_amount", "positions[1].pay_amount")) in [
        (one.stated, one.rows) for one in reading.sums
    ]


def test_bonus_insurance_and_allowance_rows_of_one_post() -> None:
    reading = reading_of(
        [
            PAY,
            ["社工員", 36000, 12, "月", 432000, ""],
            ["年終獎金", 36000, 1.5, "月", 54000, ""],
            ["地域加給", 1000, 12, "月", 12000, ""],
            ["二、勞、健保及提撥勞退準備金費", "", "", "", "", ""],
            ["勞保費", 3000, 12, "月", 36000, ""],
            ["健保費", 2000, 12, "月", 24000, ""],
            ["勞退金", 2178, 12, "月", 26136, ""],
        ]
    )
    (post,) = reading.draft.positions
    assert numbers(post) == (1, 36000, FULL_YEAR, 486000)
    assert (post.regional_allowance, post.allowance_amount) == (1000, 12000)
    assert (post.employer_insurance, post.insurance_amount) == (7178, 86136)
    assert post.origin.place("insurance_amount").cell == "E8"
    assert reading.draft.lines == ()
    assert len(told(reading, "was read as a part of the post")) == 5


def test_parts_that_name_their_role() -> None:
    reading = reading_of(
        [
            PAY,
            ["社工員", 36000, 12, "月", 432000, ""],
            ["督導", 40000, 12, "月", 480000, ""],
            ["社工員年終獎金", 36000, 1.5, "月", 54000, ""],
            ["督導年終獎金", 40000, 1.5, "月", 60000, ""],
        ]
    )
    assert [numbers(post) for post in reading.draft.positions] == [
        (1, 36000, FULL_YEAR, 486000),
        (1, 40000, FULL_YEAR, 540000),
    ]


def test_parts_by_the_number_of_persons() -> None:
    reading = reading_of(
        [
            PAY,
            ["社工員", "", "", "", 864000, "36,000元×12月×2人"],
            ["督導", "", "", "", 480000, "40,000元×12月×1人"],
            ["年終獎金", "", "", "", 108000, "36,000元×1.5月×2人"],
        ]
    )
    assert [post.pay_amount for post in reading.draft.positions] == [972000, 480000]


def test_a_part_of_no_one_post_is_a_row_of_its_own() -> None:
    reading = reading_of(
        [
            PAY,
            ["社工員", 36000, 12, "月", 432000, ""],
            ["督導", 40000, 12, "月", 480000, ""],
            ["勞健保費", "", "", "", 120000, ""],
        ]
    )
    assert [post.insurance_amount for post in reading.draft.positions] == [None, None]
    (one,) = told(reading, "nothing says how much to each of 2")
    assert not one.sure
    (line,) = reading.draft.lines
    assert (line.item, line.description, line.category, line.amount) == (None, "勞健保費", "專業服務費", 120000)
    assert [cell for cell in reading.cells if not cell.claimed and not cell.told] == []


def test_a_part_of_no_one_post_that_is_an_item() -> None:
    rows = [
        ["一、人事費", "", "", "", "", ""],
        ["個管員", 36000, 12, "月", 432000, ""],
        ["督導", 40000, 12, "月", 480000, ""],
        ["勞健保費", "", "", "", 120000, ""],
    ]
    reading = reading_of(rows, programme="dapc-113")
    assert [(line.item, line.amount) for line in reading.draft.lines] == [("employer-insurance", 120000)]


def test_own_funds_beside_the_subsidy_of_one_post() -> None:
    rows = [[*PAY, "", ""], ["社工員", 36000, 12, "月", 432000, 360000, 72000, ""]]
    post = post_of(rows, FUNDS)
    assert (post.fund, post.monthly_pay, post.own_monthly_pay, post.pay_amount) == (Fund.SUBSIDY, 30000, 6000, 360000)


STAFF = ["姓名", "職稱", "學歷", "證照", "到職日", "月薪", "月數", "年終獎金", "雇主負擔勞健保及勞退", "合計"]


def staff_reading(*rows: Sequence[object], header: Sequence[object] = STAFF) -> Reading:
    """A sheet of staff."""
    return reading_of([*rows], header)


def test_a_staff_table() -> None:
    reading = staff_reading(
        ["王小明", "社工員", "碩士畢業", "社會工作師", "112/3/1", 36000, 12, 54000, 72000, 558000],
    )
    (post,) = reading.draft.positions
    assert (post.person, post.role, post.education) == ("王小明", Role.SOCIAL_WORKER, Education.MASTER)
    assert post.licences == (Licence.SOCIAL_WORKER,)
    assert post.hired_on is not None
    assert numbers(post) == (1, 36000, FULL_YEAR, 486000)
    assert post.insurance_amount == 72000
    assert told(reading, "is neither the pay") == []


def test_a_total_that_fits_nothing_is_for_a_person() -> None:
    reading = staff_reading(["王小明", "社工員", "碩士", "無", "", 36000, 12, 54000, 72000, 558001])
    (post,) = reading.draft.positions
    assert post.pay_amount == 558001
    assert post.licences == ()
    assert not told(reading, "is neither the pay")[0].sure


def test_a_role_that_is_not_known() -> None:
    reading = staff_reading(["王小明", "隊長", "碩士", "", "", 36000, 12, "", "", 432000])
    (post,) = reading.draft.positions
    assert post.role is None
    assert not told(reading, "its role is not known")[0].sure


def test_a_map_makes_a_row_a_post() -> None:
    reading = reading_of([PAY, ["隊長", 36000, 12, "月", 432000, ""]], items={"隊長": "post:social-worker"})
    assert [post.role for post in reading.draft.positions] == [Role.SOCIAL_WORKER]


def test_identity_of_the_cells_of_the_row() -> None:
    header = ["姓名", "身分證字號", "職稱", "月薪", "月數", "合計"]
    sheet = book({"人力": [TITLE, header, ["王小明", "A1********", "社工員", 36000, 12, 432000]]})
    sheet = evolve(sheet, identities={("人力", 3, 2): "hash"})
    options = ReadOptions(programme="fsp-113", county="嘉義縣", maps=(SheetMap(source="m"),))
    (post,) = read_county(sheet, library(), Path("x.xlsx"), options).draft.positions
    assert post.identity == "hash"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["社工員", 36000, 27, "", 972000, "2人，薪資含年終13.5月"], (2, 36000, FULL_YEAR, 972000)),
        (["社工員", 36000, 13.5, "人月", 486000, "學士，1人"], (1, 36000, FULL_YEAR, 486000)),
        (["社工員", 36000, 13.5, "次", 486000, "1人"], (1, None, None, 486000)),
        (["社工員", 36000, 13.5, "", 486000, ""], (1, 36000, FULL_YEAR, 486000)),
        (["社工員", 36000, 13, "", 486000, ""], (1, None, None, 486000)),
    ],
    ids=["persons and months in words", "person-months", "another unit", "months by the amount", "nothing fits"],
)
def test_persons_and_months_of_one_quantity(row: Sequence[object], expected: tuple[object, ...]) -> None:
    reading = reading_of([PAY, row])
    posts = [numbers(post) for post in reading.draft.positions]
    assert posts == [expected] or (row[3] == "次" and posts == [])


def test_an_amount_of_several_persons_that_nobody_counts() -> None:
    reading = reading_of([PAY, ["社工員", 36476, 13.5, "月", 984852, ""]], HEADER, "fsp-113")
    (post,) = reading.draft.positions
    assert numbers(post) == (None, 36476, FULL_YEAR, 984852)
    assert [one.sure for one in told(reading, "several persons")] == [False]


def test_an_amount_a_little_too_high_is_that_of_one_person() -> None:
    assert numbers(post_of([PAY, ["社工員", 36476, 13.5, "月", 500000, ""]])) == (1, 36476, FULL_YEAR, 500000)
