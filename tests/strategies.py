"""Hypothesis strategies: valid drafts in their canonical form, with every optional field present or absent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import attrs
from hypothesis import strategies as st

from grantcalc.draft.fields import COVER_FIELDS, LINE_FIELDS, POSITION_FIELDS, FieldSpec, Kind
from grantcalc.draft.model import (
    ApplicantKind,
    Caseload,
    Details,
    Draft,
    Funding,
    Line,
    OtherFund,
    Period,
    Position,
    Quantity,
    Totals,
)
from grantcalc.money import Number, number
from grantcalc.rules.library import Library
from grantcalc.units import QUANTITY_UNITS


@cache
def _library() -> Library:
    return Library()


def texts() -> st.SearchStrategy[str]:
    """Printable text as the reader leaves it: stripped, and not empty."""
    letters = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp"))
    return st.text(letters, min_size=1, max_size=30).map(str.strip).filter(bool)


def sources() -> st.SearchStrategy[str]:
    """Names of other sources of money; one named like a field that not every form shows would be read as its label."""
    labels = {text for spec in COVER_FIELDS if spec.special for text in (spec.header.zh, spec.header.en)}
    return texts().filter(lambda name: name not in labels)


def dollars() -> st.SearchStrategy[Number]:
    """Whole amounts, and the fractions and signs that rules judge."""
    return st.integers(-(10**12) + 1, 10**12 - 1) | decimals()


def decimals() -> st.SearchStrategy[Number]:
    """Numbers of at most 15 significant digits."""
    return st.decimals(Decimal(-999999), Decimal(999999), places=4).map(number)


def ratios() -> st.SearchStrategy[Number]:
    """Shares from 0 to below 1."""
    return st.decimals(0, "0.9999", places=4).map(number)


def dates() -> st.SearchStrategy[dt.date]:
    """Days that ROC years of two or three digits can name."""
    return st.dates(dt.date(1922, 1, 1), dt.date(2110, 12, 31))


def _value(spec: FieldSpec) -> st.SearchStrategy[Any]:
    if spec.choices is not None:
        members: st.SearchStrategy[Enum] = st.sampled_from(list(spec.choices))
        return members if spec.kind is Kind.CHOICE else st.lists(members, unique=True).map(tuple)
    kinds = {
        Kind.TEXT: texts(),
        Kind.MONEY: dollars(),
        Kind.NUMBER: decimals(),
        Kind.RATIO: ratios(),
        Kind.DATE: dates(),
        Kind.FLAG: st.booleans(),
    }
    return kinds[spec.kind]


def _fields(specs: tuple[FieldSpec, ...], prefix: str = "") -> st.SearchStrategy[dict[str, Any]]:
    chosen = [spec for spec in specs if spec.name.startswith(prefix) and "." not in spec.name.removeprefix(prefix)]
    return st.fixed_dictionaries({}, optional={spec.name.removeprefix(prefix): _value(spec) for spec in chosen})


def positions() -> st.SearchStrategy[Position]:
    """Posts with any of their fields."""
    return _fields(POSITION_FIELDS).map(lambda values: Position(**values))


def quantities() -> st.SearchStrategy[Quantity]:
    """A number of a unit that rows may use."""
    return st.builds(Quantity, number=decimals(), unit=st.sampled_from(QUANTITY_UNITS))


def lines(programme_id: str) -> st.SearchStrategy[Line]:
    """Rows of the programme's items and categories."""
    programme = _library().programme(programme_id)
    plain = tuple(spec for spec in LINE_FIELDS if spec.name not in {"item", "category"})
    return st.builds(
        lambda values, details, items, names: Line(
            **values,
            details=Details(**details),
            quantities=tuple(items),
            category=names[0],
            item=names[1],
        ),
        _fields(plain),
        _fields(LINE_FIELDS, "details."),
        st.lists(quantities(), max_size=4),
        st.tuples(
            st.none() | st.sampled_from([category.name for category in programme.categories]),
            st.none() | st.sampled_from(sorted(programme.items)) if programme.items else st.none(),
        ),
    )


def periods() -> st.SearchStrategy[Period]:
    """Spans of at least one day."""
    return st.tuples(dates(), dates()).map(lambda days: Period(start=min(days), end=max(days)))


def drafts(programme_id: str) -> st.SearchStrategy[Draft]:
    """Valid drafts of a programme, in the form that ``structure`` makes."""
    library = _library()
    programme = library.programme(programme_id)
    counties = [str(row["name_zh"]) for row in library.tables["common/counties"].rows]
    optional_number = st.none() | decimals()
    categories = st.sampled_from([category.name for category in programme.categories])
    return st.builds(
        Draft,
        programme=st.just(programme_id),
        county=st.sampled_from(counties),
        applicant=st.none() | texts(),
        applicant_kind=st.sampled_from(ApplicantKind),
        title=st.none() | texts(),
        period=periods(),
        filed_on=st.none() | dates(),
        approved_on=st.none() | dates(),
        continuing_plan=st.none() | st.booleans(),
        funding=st.builds(
            Funding,
            subsidy=st.none() | dollars(),
            own=st.none() | dollars(),
            other=st.lists(st.builds(OtherFund, source=sources(), amount=dollars()), max_size=3).map(tuple),
            minimum_own_ratio=st.none() | ratios(),
        ),
        caseload=st.builds(
            Caseload,
            cases=optional_number,
            families_per_month=optional_number,
            new_families=optional_number,
            housed=optional_number,
            referrals=optional_number,
            group_attendances=optional_number,
            trained_or_placed=optional_number,
            staff_trained=optional_number,
            material_sets=optional_number,
            conferences=optional_number,
        ),
        recruitment_round=optional_number,
        positions=st.lists(positions(), max_size=4).map(tuple),
        lines=st.lists(lines(programme_id), max_size=5).map(tuple),
        totals=st.builds(
            Totals, categories=st.dictionaries(categories, dollars(), max_size=3), grand=st.none() | dollars()
        ),
    )


def expressible(draft: Draft) -> Draft:
    """The draft without rows that say nothing: in a sheet those are prepared rows, not yet filled in."""
    return attrs.evolve(
        draft,
        positions=tuple(post for post in draft.positions if _says_something(post)),
        lines=tuple(line for line in draft.lines if _says_something(line)),
    )


def _says_something(row: Position | Line) -> bool:
    values = attrs.asdict(row, recurse=False)
    values |= attrs.asdict(values.pop("details", Details()), recurse=False)
    fillers = {"ref", "count", "fund", "origin", "unread", "doubts"}
    return any(name not in fillers and _is_said(name, value) for name, value in values.items())


def _is_said(name: str, value: object) -> bool:
    """Nothing but zeros is what the formulas of a prepared row show."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value != 0
    return value is not None and (name, value) != ("quantities", ())
