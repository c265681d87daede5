"""Recomputes the published tables (核算): totals, formula columns, premiums, pay scales, and the sources they cite.

The documents themselves disagree in places; those differences stand in ``common/known_differences`` and are reported as
known. Any other difference is a failure, and so is a known one that is no longer there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import evolve

from grantcalc import roc, staffing
from grantcalc import verification_texts as texts
from grantcalc.money import Rounding, whole
from grantcalc.pay.insurance import premiums
from grantcalc.recomputed import Check, row_check
from grantcalc.rules.citations import cited
from grantcalc.rules.library import Library
from grantcalc.tabledata import Row, Table, Tables
from grantcalc.text import Bilingual, Message
from grantcalc.verification_points import pay_scales

KNOWN_DIFFERENCES = "common/known_differences"
SOURCES = "sources"

COUNTIES = "common/counties"
COUNTY = "county"
COMPLETE = ("allocation", "approved_posts")
"""Tables that hold a row for every county."""

HISTORY_PARTS = ("hotline_moj", "hotline_reserve", "treatment_moj", "treatment_reserve", "treatment_mohw")
GRADE_TABLES = ("labour_insurance_grades", "occupational_insurance_grades", "nhi_grades", "pension_grades")


def verify(library: Library) -> tuple[Check, ...]:
    """Every check of every table and citation, known differences marked."""
    tables = library.tables
    checks = [*_totals(tables), *_insurance(tables), *_sources(library), *_counties(tables)]
    for folder in tables.folders():
        checks += _allocation(tables, folder)
        checks += _posts(tables, folder, _rounding(library, folder))
        checks += _history(tables, folder)
        checks += pay_scales(tables, folder)
    return tuple(_marked(checks, tables))


def _marked(checks: Iterable[Check], tables: Tables) -> Iterator[Check]:
    """The checks with the reasons of known differences; and a failure for each known one that is gone."""
    known = {(row["table"], row["place"]): row for row in _rows(tables, KNOWN_DIFFERENCES)}
    for check in checks:
        row = known.get((check.table, check.place))
        if row is None or (row["printed"], row["computed"]) != (check.printed, check.computed):
            yield check
        else:
            del known[check.table, check.place]
            yield evolve(check, reason=Bilingual(row["reason_zh"], row["reason_en"]))
    for row in known.values():
        where = texts.IN_LIST(file=f"{KNOWN_DIFFERENCES}.csv", row=str(row.number))
        yield Check(
            table=KNOWN_DIFFERENCES,
            place=row["id"],
            where=where,
            how=texts.HOW_STALE(id=row["id"]),
            printed=row["printed"],
            computed=row["computed"],
        )


def _rows(tables: Tables, table_id: str) -> tuple[Row, ...]:
    return tables[table_id].rows if _has(tables, table_id) else ()


def _has(tables: Tables, table_id: str) -> bool:
    return any(info.id == table_id for info in tables.infos())


def _totals(tables: Tables) -> Iterator[Check]:
    """Control totals that the documents print under their columns."""
    for info in tables.infos():
        for column in info.columns:
            if column.total is not None:
                yield Check(
                    table=info.id,
                    place=f"total:{column.name}",
                    where=texts.IN_TOTAL(file=info.file, column=column.title),
                    how=texts.HOW_TOTAL(),
                    printed=column.total,
                    computed=sum(row[column.name] or 0 for row in tables[info.id].rows),
                )


def _allocation(tables: Tables, folder: str) -> Iterator[Check]:
    """Personnel and operations of each county add up to its total (附件六)."""
    for row in _rows(tables, f"{folder}/allocation"):
        how = texts.HOW_SUM(columns=texts.titles(tables, f"{folder}/allocation", "personnel", "operations"))
        table = tables[f"{folder}/allocation"]
        yield row_check(table, row, "total", row["total"], row["personnel"] + row["operations"], how)


def _rounding(library: Library, folder: str) -> Rounding:
    """How the folder's programme makes the case managers needed whole."""
    known = folder in library.ids()
    return library.programme(folder).parameters.case_manager_rounding if known else Rounding.HALF_UP


def _posts(tables: Tables, folder: str, rounding: Rounding) -> Iterator[Check]:
    """The formula columns of 附件七, county by county, and the national need."""
    table_id = f"{folder}/approved_posts"
    if not _has(tables, table_id):
        return
    table = tables[table_id]
    for row in table.rows:
        managers, supervisors = row["case_managers"], row["supervisors"]
        yield row_check(
            table,
            row,
            "posts",
            row["posts"],
            managers + supervisors,
            texts.HOW_SUM(columns=texts.titles(tables, table_id, "case_managers", "supervisors")),
        )
        yield row_check(
            table,
            row,
            "case_managers",
            managers,
            row["general"] + row["senior"],
            texts.HOW_SUM(columns=texts.titles(tables, table_id, "general", "senior")),
            "case_managers_sum",
        )
        yield from _formulas(table, row, tables, folder, rounding)
    yield from _national_need(table, tables, folder, rounding)


def _formulas(table: Table, row: Row, tables: Tables, folder: str, rounding: Rounding) -> Iterator[Check]:
    managers, supervisors = row["case_managers"], row["supervisors"]
    found = staffing.need(row["cases"], managers, supervisors, tables, rounding, folder)
    how = texts.HOW_FORMULA()
    yield row_check(table, row, "case_managers", managers, found.case_managers.value, how)
    yield row_check(table, row, "senior", row["senior"], min(row["senior"], found.senior.value), how)
    yield row_check(table, row, "supervisors", supervisors, found.supervisors.value, how)
    hired = row["project_managers"]
    yield row_check(table, row, "project_managers", hired, found.project_managers.value, how)
    if found.below_one:
        one = staffing.parameter(tables, "project-managers-below-one", folder).value
        place = "project_managers_below_one"
        yield row_check(table, row, "project_managers", hired, whole(one), texts.HOW_BELOW_ONE(), place)
    floor = staffing.parameter(tables, "supervisor-ratio-floor", folder).value
    most = min(supervisors, int(Fraction(managers) / floor)) if supervisors else 0
    yield row_check(table, row, "supervisors", supervisors, most, texts.HOW_FLOOR(), "supervisors_floor")


def _national_need(table: Table, tables: Tables, folder: str, rounding: Rounding) -> Iterator[Check]:
    parameters = tables[f"{folder}/staffing_parameters"]
    printed = {column.name: column.total for column in table.info.columns}
    row = parameters.row(key="national-need")
    cases, managers = printed["cases"], printed["case_managers"]
    if cases is not None:
        need = staffing.case_managers_needed(cases, tables, rounding, folder).value
        yield row_check(parameters, row, "value", row["value"], need, texts.HOW_NEED())
    if managers is not None:
        yield Check(
            table=table.info.id,
            place="total:national-need",
            where=texts.IN_TOTAL(file=table.info.file, column=texts.title(table.info, "case_managers")),
            how=texts.HOW_SHARE_OF_NEED(),
            printed=managers,
            computed=row["value"],
        )


def _history(tables: Tables, folder: str) -> Iterator[Check]:
    """Each year's sources add up to its total; the programme's own year equals the allocation (壹)."""
    table_id = f"{folder}/subsidy_history"
    if not _has(tables, table_id):
        return
    table = tables[table_id]
    for row in table.rows:
        parts = sum(row[name] or 0 for name in HISTORY_PARTS)
        yield row_check(
            table,
            row,
            "total",
            row["total"],
            parts,
            texts.HOW_SUM(columns=texts.titles(tables, table_id, *HISTORY_PARTS)),
        )
    allocation = next((info for info in tables.infos() if info.id == f"{folder}/allocation"), None)
    total = (
        next((column.total for column in allocation.columns if column.name == "total"), None) if allocation else None
    )
    if total is not None and table.rows:
        last = table.rows[-1]
        yield row_check(
            table, last, "total", last["total"], whole(Fraction(total, 1000)), texts.HOW_THOUSANDS(), "thousands"
        )


def _insurance(tables: Tables) -> Iterator[Check]:
    """Premiums recomputed from the rates, and grades that follow one another."""
    for name in ("labour_premiums_113", "nhi_grades"):
        table = tables[f"common/{name}"]
        start = table.info.effective_from
        for row in table.rows:
            year = row["roc_year"] if "roc_year" in row.cells else roc.year_of(start) if start else 0
            for column, computed in premiums(table.info.id, row["insured"], year, tables).items():
                yield row_check(table, row, column, row[column], computed, texts.HOW_PREMIUM())
    for name in GRADE_TABLES:
        table = tables[f"common/{name}"]
        for row in table.rows:
            if row["pay_to"] is not None:
                yield row_check(table, row, "insured", row["insured"], row["pay_to"], texts.HOW_GRADE())
    rates = tables["common/occupational_rates"]
    for row in rates.rows:
        both = row["industry_rate"] + row["commute_rate"]
        yield row_check(
            rates,
            row,
            "total_rate",
            row["total_rate"],
            both,
            texts.HOW_SUM(columns=texts.titles(tables, rates.info.id, "industry_rate", "commute_rate")),
        )


def _counties(tables: Tables) -> Iterator[Check]:
    """Every county that a table names is one of ``common/counties``, and the approved numbers hold all of them."""
    known = [str(row["name_zh"]) for row in tables[COUNTIES].rows]
    for info in tables.infos():
        if info.id == COUNTIES or not any(column.name == COUNTY for column in info.columns):
            continue
        table = tables[info.id]
        for row in table.rows:
            yield _county(table, row[COUNTY], row[COUNTY] in known, texts.UNKNOWN_COUNTY, str(row.number))
        if info.id.partition("/")[2] in COMPLETE:
            named = {row[COUNTY] for row in table.rows}
            for county in known:
                yield _county(table, county, county in named, texts.NO_COUNTY)


def _county(table: Table, county: str, good: bool, told: Message, row: str = "") -> Check:
    file = table.info.file
    return Check(
        table=COUNTIES,
        place=f"{table.info.id}:{row}:{county}",
        where=texts.IN_LIST(file=file, row=row),
        how=texts.HOW_COUNTY(),
        printed=1,
        computed=1 if good else 0,
        told=told(file=file, county=county, row=row) if row else told(file=file, county=county),
    )


def _sources(library: Library) -> Iterator[Check]:
    """Every citation of a table, a row, a rule or a limit names a document of sources.toml."""
    known = library.tables.sources
    for place, source in cited(library):
        yield Check(
            table=SOURCES,
            place=f"{place}:{source}",
            where=texts.CITED(place=place, source=source),
            how=texts.HOW_SOURCE(),
            printed=1,
            computed=1 if source in known else 0,
        )
