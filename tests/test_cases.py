"""Runs every case of ``tests/cases/**/*.toml``: a draft as data, and what one rule must say of it.

Expected values are written by hand from the documents, never taken from the code under test.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from grantcalc.checking import Report, check
from grantcalc.finding import Finding, Outcome
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library

CASES = Path(__file__).parent / "cases"


@frozen(kw_only=True)
class Case:
    """One case of one rule."""

    rule: str
    programme: str
    name: str
    file: str
    draft: Mapping[str, Any]
    expect: Mapping[str, Any]
    order_free: bool

    @property
    def id(self) -> str:
        """Names the case in a test run."""
        return f"{self.file}: {self.name}"


@cache
def library() -> Library:
    """One library for the whole run."""
    return Library()


def load() -> Iterator[Case]:
    """Every case on disk; a file without cases is a mistake."""
    for path in sorted(CASES.glob("**/*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        assert raw.get("case"), f"{path} holds no case"
        for case in raw["case"]:
            yield Case(
                rule=case.get("rule", raw["rule"]),
                programme=case.get("programme", raw["programme"]),
                name=case["name"],
                file=path.relative_to(CASES).as_posix(),
                draft=case.get("draft", {}),
                expect=case["expect"],
                order_free=case.get("order_free", raw.get("order_free", True)),
            )


ALL = list(load())


APPLICANTS = {"rsp-108-1a": "private-body", "rsp-108-1b": "professional-body", "rsp-108-1c": "professional-body"}
"""Who applies; a county government to every other programme."""


def minimal(programme: str) -> dict[str, Any]:
    """The smallest valid draft of a programme."""
    year = 2019 if programme.startswith("rsp-108") else 2024
    return {
        "format": 1,
        "programme": programme,
        "county": "嘉義縣",
        "applicant_kind": APPLICANTS.get(programme, "county-government"),
        "period": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "positions": [],
        "lines": [],
    }


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid over ``base``, tables within tables."""
    result = dict(base)
    for key, value in over.items():
        inner = result.get(key)
        both = isinstance(inner, Mapping) and isinstance(value, Mapping)
        result[key] = merged(inner, value) if both else value
    return result


def report_of(case: Case, *, reverse: bool = False) -> Report:
    """The case's draft, judged; its lines in reverse order if asked."""
    raw = merged(minimal(case.programme), case.draft)
    if reverse:
        raw["lines"] = list(reversed(raw["lines"]))
    reading = structure(raw, library(), case.file)
    return check(reading, library().programme(case.programme), library().tables)


def own(report: Report, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in report.findings if finding.rule == rule]


def said(finding: Finding, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """As much of a finding as the expectation names."""
    known = {
        "outcome": finding.outcome.value,
        "path": finding.place.path,
        "stated": finding.stated,
        "allowed": finding.allowed,
        "difference": finding.difference,
        "cut": finding.cut.amount if finding.cut else None,
        "edits": {edit.place.path: edit.value for edit in finding.edits},
    }
    return {name: known[name] for name in wanted}


def in_order(entries: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Findings or expectations by place; the order of a report is not the case's subject."""
    return sorted(entries, key=lambda entry: (str(entry.get("path", "")), str(entry.get("outcome", ""))))


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    report = report_of(case)
    result = next((result for result in report.rules if result.rule.id == case.rule), None)
    assert result is not None, f"{case.programme} does not use {case.rule}"
    found = own(report, case.rule)
    wanted = in_order(case.expect.get("findings", []))
    ordered = sorted(found, key=lambda finding: (finding.place.path, finding.outcome.value))
    assert len(found) == len(wanted), [(one.place.path, one.message) for one in found]
    assert [said(one, want) for one, want in zip(ordered, wanted, strict=True)] == [dict(want) for want in wanted]
    if "missing" in case.expect:
        assert sorted(result.missing) == sorted(case.expect["missing"])
    assert result.status.value == case.expect["status"], result.missing
    assert strangers(report, case) == []


def strangers(report: Report, case: Case) -> list[str]:
    """Errors and warnings of other rules that the case does not name."""
    allowed = {case.rule, *case.expect.get("others", [])}
    grave = {Outcome.ERROR, Outcome.WARNING}
    return [
        f"{finding.rule} at {finding.place.path}: {finding.message}"
        for finding in report.findings
        if finding.outcome in grave and finding.rule not in allowed
    ]


REORDERABLE = [case for case in ALL if case.order_free and len(case.draft.get("lines", ())) > 1]


@pytest.mark.parametrize("case", REORDERABLE, ids=lambda case: case.id)
def test_order_of_lines_changes_nothing(case: Case) -> None:
    """A rule judges rows by what they say, not by where they stand."""
    count = len(case.draft["lines"])
    forward, backward = own(report_of(case), case.rule), own(report_of(case, reverse=True), case.rule)
    assert signatures(forward) == signatures(backward, flipped=count)


def signatures(findings: list[Finding], flipped: int | None = None) -> list[tuple[object, ...]]:
    """What a finding says and on which row; row numbers turned back where the rows were reversed."""
    return sorted(
        (back(one.place.path, flipped), one.outcome.value, str(one.stated), str(one.allowed)) for one in findings
    )


def back(path: str, count: int | None) -> str:
    """The path in the draft as written."""
    if count is None or not path.startswith("lines["):
        return path
    number, _, rest = path.removeprefix("lines[").partition("]")
    return f"lines[{count - 1 - int(number)}]{rest}" if number.isdigit() else path
