"""The example drafts: compliant ones pass, each faulty one breaks one rule at one place, and its own edits mend it."""

from __future__ import annotations

import copy
import importlib.util
import json
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grantcalc.checking import Report, check
from grantcalc.finding import Finding, Outcome
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.rules.registry import kind_of


def _tool() -> ModuleType:
    path = Path(__file__).with_name("examples_tool.py")
    spec = importlib.util.spec_from_file_location("examples_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
FAULTS = [fault for programme in TOOL.programmes() for fault in TOOL.faults(programme)]
GRAVE = {Outcome.ERROR, Outcome.WARNING}
NOT_BY_ONE_DRAFT = {
    "dapc-113/case-manager-pay",  # needs the user's pay table
    "rsp-108/assistant-pay",  # likewise
    "dapc-113/allocation-total",  # the part that is over owns it
}


def judged(raw: dict[str, Any], library: Library) -> Report:
    reading = structure(raw, library, "draft.json")
    return check(reading, library.programme(raw["programme"]), library.tables)


def grave(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.outcome in GRAVE]


def own(report: Report, fault: Any) -> list[Finding]:
    """Findings of the fault's rule as grave as the fault says."""
    wanted = Outcome(fault.expect["outcome"])
    return [finding for finding in report.findings if finding.rule == fault.rule and finding.outcome is wanted]


@pytest.mark.parametrize("programme", TOOL.programmes())
def test_the_compliant_draft_has_no_error_and_no_warning(programme: str, library: Library) -> None:
    assert [f"{one.rule} {one.place.path}" for one in grave(judged(TOOL.compliant(programme), library))] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.programme}-{fault.name}")
def test_the_faulty_draft_is_the_compliant_one_with_the_edits(fault: Any) -> None:
    stored = json.loads(fault.file.read_text(encoding="utf-8"), parse_float=Decimal)
    assert stored == TOOL.faulty(fault)
    assert stored != TOOL.compliant(fault.programme)


def test_every_faulty_draft_is_of_a_fault() -> None:
    files = {path for programme in TOOL.programmes() for path in (TOOL.EXAMPLES / programme).glob("faulty/*")}
    assert files == {fault.file for fault in FAULTS}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.programme}-{fault.name}")
def test_the_fault_is_the_one_finding(fault: Any, library: Library) -> None:
    report = judged(TOOL.faulty(fault), library)
    if Outcome(fault.expect["outcome"]) in GRAVE:
        assert [f"{one.rule} {one.place.path}" for one in grave(report)] == [f"{fault.rule} {fault.expect['path']}"]
    else:
        assert [f"{one.rule} {one.place.path}" for one in grave(report)] == []
    (finding,) = own(report, fault)
    said = {"path": finding.place.path, "stated": finding.stated, "allowed": finding.allowed}
    wanted = {name: fault.expect.get(name) for name in said}
    assert said == wanted


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.programme}-{fault.name}")
def test_the_edits_of_the_finding_mend_it(fault: Any, library: Library) -> None:
    raw = TOOL.faulty(fault)
    (finding,) = own(judged(raw, library), fault)
    if not finding.edits:
        return
    mended = copy.deepcopy(raw)
    for edit in finding.edits:
        TOOL.put(mended, edit.place.path, edit.value)
    assert own(judged(mended, library), fault) == []


@pytest.mark.parametrize("programme", TOOL.programmes())
def test_every_rule_that_one_draft_can_break_has_a_faulty_draft(programme: str, library: Library) -> None:
    covered = {fault.rule for fault in FAULTS}
    alone = [rule for rule in library.programme(programme).rules if kind_of(rule.kind).together is None]
    wanted = {rule.id for rule in alone if rule.outcome in GRAVE} - NOT_BY_ONE_DRAFT
    assert wanted - covered == set()
