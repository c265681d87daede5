"""Every field of a draft, declared once: its JSON path, its kind, and its header in both languages.

The JSON reader, the workbook reader and the workbook template all follow these tables, so they cannot disagree.
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from grantcalc.draft.model import (
    ApplicantKind,
    Education,
    Fund,
    Lecturer,
    Licence,
    Manuscript,
    RiskAllowance,
    Role,
    TravelPart,
)
from grantcalc.text import Bilingual


class Kind(Enum):
    """What a field holds."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    RATIO = "ratio"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    COUNTY = "county"
    PROGRAMME = "programme"


@frozen(kw_only=True)
class FieldSpec:
    """One field: ``name`` is its JSON key (dotted for nested ones), ``choices`` its closed list."""

    name: str
    kind: Kind
    header: Bilingual
    choices: type[Enum] | None = None
    required: bool = False
    default: str | None = None
    help: Bilingual | None = None
    special: bool = False
    """A field of few programmes: the form of any other leaves it out, where a common field unused is only greyed."""


def _spec(name: str, kind: Kind, zh: str, en: str, **options: object) -> FieldSpec:
    return FieldSpec(name=name, kind=kind, header=Bilingual(zh, en), **options)  # type: ignore[arg-type]


COVER_FIELDS: tuple[FieldSpec, ...] = (
    _spec("programme", Kind.PROGRAMME, "計畫代碼", "Programme", required=True),
    _spec("county", Kind.COUNTY, "縣市", "County", required=True),
    _spec("applicant", Kind.TEXT, "申請單位", "Applicant"),
    _spec("applicant_kind", Kind.CHOICE, "申請單位性質", "Kind of applicant", choices=ApplicantKind, required=True),
    _spec("title", Kind.TEXT, "計畫名稱", "Title"),
    _spec("period.start", Kind.DATE, "計畫開始日", "Period start", required=True),
    _spec("period.end", Kind.DATE, "計畫結束日", "Period end", required=True),
    _spec("filed_on", Kind.DATE, "申請日期", "Filed on"),
    _spec("approved_on", Kind.DATE, "核定日期", "Approved on"),
    _spec("continuing_plan", Kind.FLAG, "是否為延續性計畫", "Continues a plan of last year"),
    _spec("recruitment_round", Kind.NUMBER, "第幾次招聘", "Recruitment round"),
    _spec("funding.subsidy", Kind.MONEY, "申請補助經費", "Subsidy applied for"),
    _spec("funding.own", Kind.MONEY, "自籌經費", "Own funds"),
    _spec("funding.minimum_own_ratio", Kind.RATIO, "最低自籌比率", "Minimum own-funds ratio"),
    _spec("caseload.cases", Kind.NUMBER, "服務個案數", "Cases"),
    _spec("caseload.families_per_month", Kind.NUMBER, "每月平均服務家庭數", "Families a month"),
    _spec("caseload.new_families", Kind.NUMBER, "年度新案家庭數", "New families in the year"),
    _spec("caseload.housed", Kind.NUMBER, "安置人數", "Persons housed"),
    _spec("caseload.referrals", Kind.NUMBER, "轉介及出監轉銜輔導人次", "Referrals and transitions", special=True),
    _spec("caseload.group_attendances", Kind.NUMBER, "團體輔導人次", "Attendances of groups", special=True),
    _spec("caseload.trained_or_placed", Kind.NUMBER, "職訓、就業輔導或媒合人數", "Trained or placed", special=True),
    _spec("caseload.staff_trained", Kind.NUMBER, "培訓處遇人員人數", "Staff of private bodies trained", special=True),
    _spec("caseload.material_sets", Kind.NUMBER, "教育訓練教材套數", "Sets of teaching material", special=True),
    _spec("caseload.conferences", Kind.NUMBER, "研討會場次", "Conferences", special=True),
)
"""Label and value pairs of the cover (封面); ``funding.other`` is a small list of its own."""

SPECIAL_FIELDS = frozenset(spec.name for spec in COVER_FIELDS if spec.special)
"""Fields of the cover that few programmes have."""

POSITION_FIELDS: tuple[FieldSpec, ...] = (
    _spec("ref", Kind.TEXT, "編號", "Ref"),
    _spec("person", Kind.TEXT, "姓名", "Person"),
    _spec("role", Kind.CHOICE, "職稱", "Role", choices=Role),
    _spec("education", Kind.CHOICE, "學歷", "Education", choices=Education),
    _spec("field", Kind.TEXT, "科系", "Field of study"),
    _spec("licences", Kind.CHOICES, "證照", "Licences", choices=Licence),
    _spec("risk_allowance", Kind.CHOICE, "風險加給", "Risk allowance", choices=RiskAllowance),
    _spec("step", Kind.NUMBER, "年資階數", "Step"),
    _spec("previous_step", Kind.NUMBER, "前一年階數", "Step last year"),
    _spec("points", Kind.NUMBER, "薪點", "Pay points"),
    _spec("experience_years", Kind.NUMBER, "相關年資", "Years of experience"),
    _spec("continuing", Kind.FLAG, "續聘", "Continuing"),
    _spec("previous_pay", Kind.MONEY, "前一年月薪", "Monthly pay last year"),
    _spec("hired_on", Kind.DATE, "到職日", "Hired on"),
    _spec("start", Kind.DATE, "補助起日", "Start"),
    _spec("end", Kind.DATE, "補助迄日", "End"),
    _spec("count", Kind.NUMBER, "人數", "Count", default="1"),
    _spec("fund", Kind.CHOICE, "經費來源", "Fund", choices=Fund, default="subsidy"),
    _spec("monthly_pay", Kind.MONEY, "月薪(補助)", "Monthly pay (subsidy)"),
    _spec("months", Kind.NUMBER, "月數", "Months"),
    _spec("pay_amount", Kind.MONEY, "薪資金額", "Pay amount"),
    _spec("own_monthly_pay", Kind.MONEY, "月薪(自籌)", "Monthly pay (own funds)"),
    _spec("workplace", Kind.TEXT, "服務地點", "Workplace"),
    _spec("regional_allowance", Kind.MONEY, "地域加給月額", "Regional allowance a month"),
    _spec("allowance_amount", Kind.MONEY, "地域加給金額", "Allowance amount"),
    _spec("employer_insurance", Kind.MONEY, "雇主保費月額(補助)", "Employer's insurance a month (subsidy)"),
    _spec("insurance_amount", Kind.MONEY, "雇主保費金額", "Insurance amount"),
    _spec("own_insurance", Kind.MONEY, "雇主保費月額(自籌)", "Employer's insurance a month (own funds)"),
)
"""Columns of the sheet 人力, in order."""

LINE_FIELDS: tuple[FieldSpec, ...] = (
    _spec("ref", Kind.TEXT, "編號", "Ref"),
    _spec("category", Kind.TEXT, "類別", "Category"),
    _spec("item", Kind.TEXT, "項目", "Item"),
    _spec("description", Kind.TEXT, "說明", "Description"),
    _spec("unit_price", Kind.MONEY, "單價", "Unit price"),
    _spec("amount", Kind.MONEY, "金額", "Amount"),
    _spec("fund", Kind.CHOICE, "經費來源", "Fund", choices=Fund, default="subsidy"),
    _spec("details.km", Kind.NUMBER, "公里數", "Kilometres"),
    _spec("details.place", Kind.TEXT, "地點", "Place"),
    _spec("details.person", Kind.TEXT, "支領人", "Person paid"),
    _spec("details.lecturer", Kind.CHOICE, "講座身分", "Lecturer", choices=Lecturer),
    _spec("details.travel", Kind.CHOICE, "差旅費別", "Part of travel", choices=TravelPart),
    _spec("details.date", Kind.DATE, "日期", "Date"),
    _spec("details.manuscript", Kind.CHOICE, "稿件種類", "Kind of manuscript", choices=Manuscript),
)
"""Columns of the sheet 經費; the quantity pairs of :data:`QUANTITY_HEADERS` stand between price and amount."""

NO_CHOICE = Bilingual("無", "none")
"""Written where a field of several choices holds none of them; an empty cell says nothing."""

QUANTITY_HEADERS = (Bilingual("數量{n}", "Quantity {n}"), Bilingual("單位{n}", "Unit {n}"))
"""Headers of the n-th quantity and its unit (n from 1)."""

COMPUTED_HEADERS: tuple[Bilingual, ...] = (
    Bilingual("系統試算金額", "Recomputed"),
    Bilingual("單價上限", "Price cap"),
    Bilingual("檢核", "Check"),
    Bilingual("系統試算薪資", "Recomputed pay"),
    Bilingual("在職月數（跨月計）", "Months in post (parts counted)"),
    Bilingual("系統試算加給", "Recomputed allowance"),
    Bilingual("系統試算保費", "Recomputed insurance"),
    Bilingual("系統計算數", "Computed"),
    Bilingual("上限", "Cap"),
    Bilingual("餘額", "Headroom"),
    Bilingual("核定數", "Approved"),
    Bilingual("試算金額", "Recomputed"),
    Bilingual("試算薪資", "Recomputed pay"),
    Bilingual("觸及月數", "Months touched"),
    Bilingual("試算加給", "Recomputed allowance"),
    Bilingual("試算保費", "Recomputed insurance"),
    Bilingual("計算值", "Computed"),
)
"""Columns that the template computes: known to the reader, and never read. The last six are the former headers."""

COVER_SHEET = Bilingual("封面", "Cover")
STAFF_SHEET = Bilingual("人力", "Staff")
BUDGET_SHEET = Bilingual("經費", "Budget")
SUMMARY_SHEET = Bilingual("總表", "Summary")
LISTS_SHEET = Bilingual("清單", "Lists")
HELP_SHEET = Bilingual("說明", "Guide")
RESULTS_SHEET = Bilingual("檢核結果", "Check results")

OTHER_FUNDS_HEADERS = (Bilingual("其他經費來源", "Other sources"), Bilingual("金額", "Amount"))
"""Heading of the small table on the cover, and the header over its amounts, beside the heading or below it."""

SUMMARY_HEADERS = (Bilingual("類別", "Category"), Bilingual("申請數（填列）", "Stated"))
"""Headers of 總表: a category, and the total that the applicant states for it."""

FORMER_STATED = Bilingual("申請填列", "Stated")
"""The header of stated totals in earlier forms."""

SUMMARY_COMPUTED = (Bilingual("系統計算數", "Computed"), Bilingual("計算值", "Computed"))
"""Header of the computed sums of 總表, now and in earlier forms; a headcount has no other cell."""

HEADCOUNTS = (
    Bilingual("員額：個管及督導合計", "Posts: case managers and supervisors together"),
    Bilingual("員額：合計", "Posts: all together"),
)
"""The rows of 總表 that count the posts together; a programme has one of them."""

GRAND_TOTAL = Bilingual("總計", "Grand total")
"""The row of 總表 that states the sum of all categories."""

FORMAT = 1
"""The version of the JSON form, and of the workbook's layout (its document property ``grantcalc-format``)."""
