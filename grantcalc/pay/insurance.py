"""The employer's and the person's monthly social insurance (勞保、就保、職災保險、健保、勞退) of one pay.

Each insurance has its own grade: the smallest insured amount that is not below the pay, the top grade above it. Every
part is rounded half up on its own. Only the years that tables/common holds are known; nothing is extrapolated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from grantcalc.finding import Explanation, Operation
from grantcalc.money import Exact, product, whole
from grantcalc.roc import OFFSET
from grantcalc.sources import Citation
from grantcalc.tabledata import Tables
from grantcalc.text import Message, Text, dollars, joined
from grantcalc.units import Unit

RATES = "common/insurance_rates"
OCCUPATIONAL_RATES = "common/occupational_rates"

UNKNOWN_YEAR = Message("There are no insurance grades and rates of ROC year {year}; known: {known}.")
NO_PART_TIME = Message(
    "{pay} a month is below the lowest full-time grade of ROC year {year} ({lowest}); the part-time grades of that "
    "year are not known."
)
UNKNOWN_INDUSTRY = Message("There is no industry number {industry} in the table of occupational insurance rates.")
NEGATIVE_PAY = Message("The pay {pay} is below zero.")
NO_RATES = Message(
    "Occupational accident insurance is left out of the total: the industry rates of ROC year {year} are not known."
)
NO_INDUSTRY = Message("Occupational accident insurance is left out of the total: no industry number is given.")

EMPLOYER_TOTAL = Message("the employer's insurance a month")
LABOUR_ORDINARY = Message("labour insurance, ordinary accidents")
EMPLOYMENT = Message("employment insurance")
OCCUPATIONAL = Message("occupational accident insurance")
HEALTH = Message("national health insurance")
PENSION = Message("labour pension contribution")
INSURED = Message("insured salary (grade)")
RATE = Message("rate")
EMPLOYER_SHARE = Message("the employer's share")
DEPENDANTS = Message("the person and the average number of dependants")


class InsuranceError(Exception):
    """The premiums of this pay cannot be worked out; ``text`` says why, ``lacking`` which rows of which table."""

    def __init__(self, text: Text, lacking: str = "") -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text
        self.lacking = lacking


class UnknownYear(InsuranceError):  # noqa: N818  # names what happened
    """Grades and rates of that ROC year are not in tables/."""


class NoPartTimeGrades(InsuranceError):  # noqa: N818  # names what happened
    """A pay below the lowest full-time grade in a year whose part-time grades are not known."""


class UnknownIndustry(InsuranceError):  # noqa: N818  # names what happened
    """No such industry number (行業別編號)."""


@frozen(kw_only=True)
class Shares:
    """What one side pays a month, in dollars; ``occupational`` is ``None`` where it is not known."""

    labour_ordinary: int
    employment: int
    occupational: int | None
    health: int
    pension: int
    arrears_fund: int = 0

    @property
    def total(self) -> int:
        """Everything known, without the wage-arrears fund (積欠工資墊償基金), which is shown apart."""
        return self.labour_ordinary + self.employment + (self.occupational or 0) + self.health + self.pension


@frozen(kw_only=True)
class Grades:
    """The insured amounts of a pay (投保薪資、投保金額、提繳工資)."""

    labour: int
    occupational: int | None
    health: int
    pension: int


@frozen(kw_only=True)
class InsuranceCost:
    """The premiums of one monthly pay. ``missing`` names the parts left out, ``notes`` says why."""

    pay: int
    roc_year: int
    industry: int | None
    grades: Grades
    employer: Shares
    employee: Shares
    parts: tuple[Explanation, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()

    def explanation(self) -> Explanation:
        """The employer's total as a tree: insured amount × rate × share, each part rounded on its own."""
        return Explanation(
            label=EMPLOYER_TOTAL,
            value=self.employer.total,
            unit=Unit.DOLLAR,
            operation=Operation.SUM,
            inputs=self.parts,
        )


@frozen(kw_only=True)
class _Year:
    """The rates of one ROC year, by name, each with what it rests on."""

    roc_year: int
    values: dict[str, Exact]
    origins: dict[str, Citation]

    def premium(self, insured: int, *names: str) -> int:
        """Insured amount × the named rates, half up once."""
        return whole(product(insured, *(self.values[name] for name in names)))

    def leaf(self, label: Message, name: str) -> Explanation:
        unit = None if label is DEPENDANTS else Unit.FRACTION
        return Explanation(label=label, value=self.values[name], unit=unit, origin=self.origins[name])


def insurance(pay: int, roc_year: int, industry: int | None, tables: Tables) -> InsuranceCost:
    """Premiums of a monthly ``pay`` in a ROC year; ``industry`` is the number of the occupational rates (51 社會工作).

    :class:`UnknownYear`, :class:`NoPartTimeGrades` or :class:`UnknownIndustry` where they cannot be worked out.
    """
    if pay < 0:
        raise InsuranceError(NEGATIVE_PAY(pay=dollars(pay)))
    year = _year(roc_year, tables)
    occupational_rate, note = _occupational_rate(roc_year, industry, tables)
    grade = occupational = None
    if occupational_rate is not None:
        grade = _grade(pay, "common/occupational_insurance_grades", roc_year, tables)
        occupational = whole(product(grade, occupational_rate.value, year.values["occupational-employer-share"]))
    grades = Grades(
        labour=_labour_grade(pay, roc_year, tables),
        occupational=grade,
        health=_grade(pay, "common/nhi_grades", roc_year, tables),
        pension=_grade(pay, "common/pension_grades", roc_year, tables),
    )
    employer = Shares(
        labour_ordinary=year.premium(grades.labour, "labour-ordinary", "labour-employer-share"),
        employment=year.premium(grades.labour, "employment", "labour-employer-share"),
        occupational=occupational,
        health=year.premium(grades.health, "nhi", "nhi-employer-share", "nhi-persons"),
        pension=year.premium(grades.pension, "pension"),
        arrears_fund=year.premium(grades.labour, "wage-arrears-fund"),
    )
    employee = Shares(
        labour_ordinary=year.premium(grades.labour, "labour-ordinary", "labour-employee-share"),
        employment=year.premium(grades.labour, "employment", "labour-employee-share"),
        occupational=0,
        health=year.premium(grades.health, "nhi", "nhi-employee-share"),
        pension=0,
    )
    return InsuranceCost(
        pay=pay,
        roc_year=roc_year,
        industry=industry,
        grades=grades,
        employer=employer,
        employee=employee,
        parts=_parts(grades, employer, year, occupational_rate, tables),
        missing=() if note is None else ("occupational",),
        notes=() if note is None else (note,),
    )


def supplementary_premium(paid: int, insured: int, roc_year: int, tables: Tables) -> int:
    """The employer's supplementary premium (補充保險費) on what is ``paid`` above the ``insured`` total of a month."""
    return _year(roc_year, tables).premium(max(0, paid - insured), "nhi-supplementary")


def premiums(table_id: str, insured: int, roc_year: int, tables: Tables) -> dict[str, int]:
    """The columns of a published table of premiums (``common/nhi_grades``, ``labour_premiums_113``), recomputed."""
    year = _year(roc_year, tables)
    if table_id == "common/nhi_grades":
        return {
            "self": year.premium(insured, "nhi", "nhi-employee-share"),
            "employer": year.premium(insured, "nhi", "nhi-employer-share", "nhi-persons"),
            "government": year.premium(insured, "nhi", "nhi-government-share", "nhi-persons"),
        }
    return {
        f"{side}_{part}": year.premium(insured, rate, f"labour-{side}-share")
        for side in ("employee", "employer")
        for part, rate in (("ordinary", "labour-ordinary"), ("employment", "employment"))
    }


def _year(roc_year: int, tables: Tables) -> _Year:
    table = tables[RATES]
    rows = table.where(roc_year=roc_year)
    if not rows:
        known = sorted({row["roc_year"] for row in table.rows})
        raise _unknown(roc_year, known, RATES)
    source = table.info.citation.source
    values: dict[str, Exact] = {row["name"]: row["value"] for row in rows}
    origins = {row["name"]: Citation(source=source, section=row["basis"]) for row in rows}
    values["nhi-persons"] = 1 + Fraction(values["nhi-dependants"])
    origins["nhi-persons"] = origins["nhi-dependants"]
    return _Year(roc_year=roc_year, values=values, origins=origins)


def _unknown(roc_year: int, known: Iterable[int], table_id: str) -> UnknownYear:
    text = UNKNOWN_YEAR(year=str(roc_year), known=joined(str(year) for year in known))
    return UnknownYear(text, f"{table_id} {roc_year}")


def _grade(pay: int, table_id: str, roc_year: int, tables: Tables, **wanted: str) -> int:
    amounts: list[int] = [row["insured"] for row in tables[table_id].where(roc_year=roc_year, **wanted)]
    if not amounts:
        raise _unknown(roc_year, sorted({row["roc_year"] for row in tables[table_id].rows}), table_id)
    return min((amount for amount in amounts if amount >= pay), default=max(amounts))


def _labour_grade(pay: int, roc_year: int, tables: Tables) -> int:
    """The labour insurance grade; a pay below the lowest full-time grade takes the part-time grades."""
    table = "common/labour_insurance_grades"
    full_time = _grade(pay, table, roc_year, tables, kind="full-time")
    lowest = _grade(0, table, roc_year, tables, kind="full-time")
    if pay >= lowest:
        return full_time
    part_time: list[int] = [row["insured"] for row in tables[table].where(roc_year=roc_year, kind="part-time")]
    if not part_time:
        text = NO_PART_TIME(pay=dollars(pay), year=str(roc_year), lowest=dollars(lowest))
        raise NoPartTimeGrades(text, f"{table} {roc_year}")
    return min((amount for amount in part_time if amount >= pay), default=full_time)


def _occupational_rate(roc_year: int, industry: int | None, tables: Tables) -> tuple[Explanation | None, Text | None]:
    """The rate of an industry as a fraction, or why there is none."""
    table = tables[OCCUPATIONAL_RATES]
    first, last = table.info.effective_from, table.info.effective_to
    start, end = dt.date(roc_year + OFFSET, 1, 1), dt.date(roc_year + OFFSET, 12, 31)
    if (first is not None and first > start) or (last is not None and last < end):
        return None, NO_RATES(year=str(roc_year))
    if industry is None:
        return None, NO_INDUSTRY()
    found = table.where(industry=industry)
    if not found:
        raise UnknownIndustry(UNKNOWN_INDUSTRY(industry=str(industry)), f"{OCCUPATIONAL_RATES} no. {industry}")
    rate = Fraction(found[0]["total_rate"]) / 100
    return Explanation(label=RATE, value=rate, unit=Unit.FRACTION, origin=table.info.citation), None


def _parts(
    grades: Grades, employer: Shares, year: _Year, occupational_rate: Explanation | None, tables: Tables
) -> tuple[Explanation, ...]:
    share = year.leaf(EMPLOYER_SHARE, "labour-employer-share")
    labour = _insured(grades.labour, tables, "common/labour_insurance_grades")
    health = _insured(grades.health, tables, "common/nhi_grades")
    pension = _insured(grades.pension, tables, "common/pension_grades")
    parts = [
        _part(LABOUR_ORDINARY, employer.labour_ordinary, labour, year.leaf(RATE, "labour-ordinary"), share),
        _part(EMPLOYMENT, employer.employment, labour, year.leaf(RATE, "employment"), share),
    ]
    if occupational_rate is not None and grades.occupational is not None and employer.occupational is not None:
        insured = _insured(grades.occupational, tables, "common/occupational_insurance_grades")
        parts.append(_part(OCCUPATIONAL, employer.occupational, insured, occupational_rate))
    health_share = year.leaf(EMPLOYER_SHARE, "nhi-employer-share")
    persons = year.leaf(DEPENDANTS, "nhi-persons")
    parts.append(_part(HEALTH, employer.health, health, year.leaf(RATE, "nhi"), health_share, persons))
    parts.append(_part(PENSION, employer.pension, pension, year.leaf(RATE, "pension")))
    return tuple(parts)


def _insured(amount: int, tables: Tables, table_id: str) -> Explanation:
    origin = tables[table_id].info.citation
    return Explanation(label=INSURED, value=amount, unit=Unit.DOLLAR, origin=origin)


def _part(label: Message, value: int, *inputs: Explanation) -> Explanation:
    return Explanation(
        label=label,
        value=value,
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=inputs,
        rounding="half-up",
    )
