"""Rules on several drafts of a programme together: through :func:`check_all` and through ``grantcalc check A B C``.

Limits are written by hand from the documents: one application a county; FSP-113 34,600,000; DAPC-113 481,089,784;
RSP-108 15, 1 and 1 grants, 1,000 families.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from grantcalc.checking import Report, RuleCrashedError, check, check_all
from grantcalc.cli import main
from grantcalc.draft.model import Reading
from grantcalc.finding import Finding, Status
from grantcalc.reading import read
from grantcalc.reading.structure import structure
from grantcalc.report.html import report_html
from grantcalc.report.markdown import report_markdown
from grantcalc.report.missing import describe_missing
from grantcalc.report.text import report_text
from grantcalc.rules.kinds import one_per_county
from grantcalc.rules.library import Library
from grantcalc.text import Language
from grantcalc.workbook.annotate import annotate

from .conftest import Book
from .test_cases import minimal

ONE = "fsp-113/one-application"
SUM = "fsp-113/national-budget"
PLACES = "rsp-108/places"
BODY = "rsp-108/cross-county"
FAMILIES = "rsp-108/families-nationwide"


def raw(programme: str, county: str | None = "嘉義縣", amount: int | None = None, **over: Any) -> dict[str, Any]:
    """A small draft; ``amount`` is one subsidised row of an item without a cap."""
    draft = {**minimal(programme), "county": county, **over}
    if amount is not None:
        row = {"unit_price": amount, "quantities": [{"number": 1, "unit": "lot"}], "amount": amount}
        draft["lines"] = [{"item": "venue", "category": "訓練及活動費", "description": "場地", **row}]
    return {key: value for key, value in draft.items() if value is not None}


def readings(library: Library, drafts: Mapping[str, Mapping[str, Any]]) -> list[Reading]:
    return [structure(draft, library, file) for file, draft in drafts.items()]


def judged(library: Library, drafts: Mapping[str, Mapping[str, Any]]) -> dict[str, Report]:
    """The reports of drafts by their file names."""
    return {report.reading.file: report for report in check_all(readings(library, drafts), library)}


def found(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def told(report: Report, rule: str) -> list[tuple[object, ...]]:
    """Outcome, path, stated and allowed of a rule's findings."""
    return [(one.outcome.value, one.place.path, one.stated, one.allowed) for one in found(report, rule)]


def status(report: Report, rule: str) -> Status:
    return next(result.status for result in report.rules if result.rule.id == rule)


def missing(report: Report, rule: str) -> tuple[str, ...]:
    return next(result.missing for result in report.rules if result.rule.id == rule)


# ---- what stays as it is ----


@pytest.mark.parametrize(
    ("programme", "rule"),
    [
        ("fsp-113", ONE),
        ("fsp-113", SUM),
        ("dapc-113", "dapc-113/national-budget"),
        ("rsp-108-1a", PLACES),
        ("rsp-108-1b", PLACES),
        ("rsp-108-1c", PLACES),
        ("rsp-108-2", "rsp-108/one-application"),
        ("rsp-108-3", "rsp-108/one-application"),
        ("rsp-108-2", BODY),
        ("rsp-108-2", FAMILIES),
    ],
)
def test_the_only_draft_of_a_programme_is_judged_alone(library: Library, programme: str, rule: str) -> None:
    other = "dapc-113" if programme == "fsp-113" else "fsp-113"
    drafts = {"a.json": raw(programme), "b.json": raw(other)}
    report = judged(library, drafts)["a.json"]
    of_programme = tuple(result for result in report.rules if result.rule in report.programme.rules)
    alone = check(readings(library, drafts)[0], library.programme(programme), library.tables)
    assert evolve(report, rules=of_programme) == alone
    assert status(report, rule) is Status.NOT_APPLICABLE
    assert next(result.reason for result in report.rules if result.rule.id == rule) is not None


def test_reports_come_in_the_order_given(library: Library) -> None:
    drafts = {"b.json": raw("fsp-113"), "c.json": raw("dapc-113"), "a.json": raw("fsp-113", "南投縣")}
    assert list(judged(library, drafts)) == ["b.json", "c.json", "a.json"]


def test_no_draft_at_all(library: Library) -> None:
    assert check_all([], library) == []


# ---- one application a county ----


@pytest.mark.parametrize(
    ("programme", "rule"),
    [("fsp-113", ONE), ("rsp-108-2", "rsp-108/one-application"), ("rsp-108-3", "rsp-108/one-application")],
)
def test_a_second_application_of_a_county(library: Library, english: Language, programme: str, rule: str) -> None:
    same = raw(programme)
    drafts = {"a.json": same, "b.json": same, "c.json": raw(programme, "南投縣")}
    reports = judged(library, drafts)
    assert told(reports["a.json"], rule) == [("note", "county", 2, 1)]
    assert told(reports["b.json"], rule) == [("error", "county", 2, 1)]
    assert told(reports["c.json"], rule) == []
    assert [status(report, rule).value for report in reports.values()] == ["passed", "failed", "passed"]
    assert english(found(reports["a.json"], rule)[0].message) == (
        "Chiayi County applies 2 times among the drafts given, here and in b.json (Chiayi County); at most 1 a county. "
        "The error stands with those given later."
    )
    assert english(found(reports["b.json"], rule)[0].message) == (
        "Chiayi County applies 2 times among the drafts given, here and in a.json (Chiayi County); at most 1 a county. "
        "This draft was given after as many as are allowed."
    )
    assert found(reports["b.json"], rule)[0].citations


def test_the_third_application_names_both_others(library: Library, english: Language) -> None:
    reports = judged(library, {name: raw("fsp-113") for name in ("c.json", "b.json", "a.json")})
    assert told(reports["c.json"], ONE) == [("note", "county", 3, 1)]
    assert told(reports["b.json"], ONE) == told(reports["a.json"], ONE) == [("error", "county", 3, 1)]
    assert "a.json (Chiayi County), c.json (Chiayi County)" in english(found(reports["b.json"], ONE)[0].message)


def test_each_county_once_passes(library: Library, english: Language) -> None:
    reports = judged(library, {"a.json": raw("fsp-113"), "b.json": raw("fsp-113", "南投縣")})
    assert [status(report, ONE) for report in reports.values()] == [Status.PASSED, Status.PASSED]
    reason = next(result.reason for result in reports["b.json"].rules if result.rule.id == ONE)
    assert english(reason) == (
        "Among the 2 drafts given, Nantou County applies no more than the allowed number of times: 1."
    )


def test_other_programmes_of_the_county_are_not_counted(library: Library) -> None:
    drafts = {"a.json": raw("rsp-108-2"), "b.json": raw("rsp-108-3"), "c.json": raw("fsp-113")}
    assert all(one.place.path != "county" for report in judged(library, drafts).values() for one in report.findings)


def test_national_bodies_are_not_counted(library: Library) -> None:
    body = raw("rsp-108-2", applicant_kind="national-body", applicant="某協會")
    reports = judged(library, {"a.json": raw("rsp-108-2"), "b.json": body, "c.json": body})
    rule = "rsp-108/one-application"
    assert [told(report, rule) for report in reports.values()] == [[], [], []]
    assert [status(report, rule).value for report in reports.values()] == ["passed", "not-applicable", "not-applicable"]


def test_a_draft_that_may_be_the_countys_leaves_it_open(library: Library) -> None:
    drafts = {
        "a.json": raw("fsp-113"),
        "b.json": raw("fsp-113", applicant_kind=None),
        "c.json": raw("fsp-113", "南投縣"),
    }
    reports = judged(library, drafts)
    assert missing(reports["a.json"], ONE) == ("b.json: applicant_kind",)
    assert missing(reports["b.json"], ONE) == ("applicant_kind",)
    assert missing(reports["c.json"], ONE) == ()
    drafts["d.json"] = raw("fsp-113", None)
    reports = judged(library, drafts)
    assert missing(reports["c.json"], ONE) == ("d.json: county",)
    assert {status(report, ONE) for report in reports.values()} == {Status.COULD_NOT_RUN}


# ---- sums over all ----


def test_the_sum_at_the_limit_passes(library: Library, english: Language) -> None:
    drafts = {"a.json": raw("fsp-113", amount=20_000_000), "b.json": raw("fsp-113", "南投縣", amount=14_600_000)}
    reports = judged(library, drafts)
    assert [status(report, SUM) for report in reports.values()] == [Status.PASSED, Status.PASSED]
    reason = next(result.reason for result in reports["a.json"].rules if result.rule.id == SUM)
    assert english(reason) == "The 2 drafts given ask for NT$34,600,000 together, within the NT$34,600,000 for all."


def test_a_dollar_above_the_limit(library: Library, english: Language) -> None:
    drafts = {"a.json": raw("fsp-113", amount=20_000_000), "b.json": raw("fsp-113", "南投縣", amount=14_600_001)}
    reports = judged(library, drafts)
    for report in reports.values():
        assert told(report, SUM) == [("error", "funding.subsidy", 34_600_001, 34_600_000)]
        assert found(report, SUM)[0].difference == 1
    (finding,) = found(reports["b.json"], SUM)
    assert english(finding.message) == (
        "The 2 drafts given ask for NT$34,600,001 together, NT$1 more than the NT$34,600,000 for all; this one asks "
        "for NT$14,600,001 of it."
    )
    assert finding.explanation is not None
    asked, limit = finding.explanation.inputs
    assert [(english(part.label), part.value) for part in asked.inputs] == [  # type: ignore[arg-type]
        ("a.json (Chiayi County)", 20_000_000),
        ("b.json (Nantou County)", 14_600_001),
    ]
    assert limit.value == 34_600_000


def test_rows_of_own_funds_do_not_count(library: Library) -> None:
    own = raw("fsp-113", "南投縣", amount=30_000_000)
    own["lines"][0]["fund"] = "own"
    reports = judged(library, {"a.json": raw("fsp-113", amount=34_600_000), "b.json": own})
    assert [status(report, SUM) for report in reports.values()] == [Status.PASSED, Status.PASSED]


def test_an_amount_that_cannot_be_worked_out_is_missing(library: Library, english: Language) -> None:
    unknown = raw("fsp-113", "南投縣", amount=1)
    unknown["lines"][0] |= {"quantities": [], "amount": None}
    drafts = {"a.json": raw("fsp-113", amount=34_600_000), "b.json": unknown}
    reports = judged(library, drafts)
    assert missing(reports["a.json"], SUM) == ("b.json: lines[0].amount",)
    assert missing(reports["b.json"], SUM) == ("lines[0].amount",)
    assert [status(report, SUM) for report in reports.values()] == [Status.COULD_NOT_RUN] * 2
    shown = describe_missing(missing(reports["a.json"], SUM), reports["a.json"].reading.draft, english)
    assert shown == "Amount (b.json: lines[0].amount)"
    drafts["a.json"] = raw("fsp-113", amount=34_600_001)
    reports = judged(library, drafts)
    assert [status(report, SUM) for report in reports.values()] == [Status.FAILED] * 2
    assert missing(reports["a.json"], SUM) == ("b.json: lines[0].amount",)


def approved(library: Library, over: int = 0) -> dict[str, dict[str, Any]]:
    """What every county is approved for; the first asks for so many dollars more."""
    drafts = {}
    for row in library.tables["dapc-113/allocation"].rows:
        amounts = {"人事費": ("other-personnel", row["personnel"]), "業務費": ("other-operations", row["operations"])}
        lines = [
            {
                "item": item,
                "category": category,
                "unit_price": amount + (0 if drafts or category == "人事費" else over),
                "quantities": [{"number": 1, "unit": "lot"}],
            }
            for category, (item, amount) in amounts.items()
        ]
        drafts[f"{row['county']}.json"] = raw("dapc-113", row["county"], lines=lines)
    return drafts


@pytest.mark.parametrize(("over", "wanted"), [(0, []), (1, [("error", "funding.subsidy", 481_089_785, 481_089_784)])])
def test_all_counties_together(library: Library, over: int, wanted: list[tuple[object, ...]]) -> None:
    reports = judged(library, approved(library, over))
    assert len(reports) == 22
    assert [told(report, "dapc-113/national-budget") for report in reports.values()] == [wanted] * 22


# ---- grants ----


@pytest.mark.parametrize(("programme", "grants"), [("rsp-108-1a", 15), ("rsp-108-1b", 1), ("rsp-108-1c", 1)])
def test_places(library: Library, english: Language, programme: str, grants: int) -> None:
    drafts = {f"{number:02}.json": raw(programme) for number in range(grants + 1)}
    reports = judged(library, drafts)
    assert [told(report, PLACES) for report in reports.values()] == [
        [("warning", "programme", grants + 1, grants)]
    ] * len(reports)
    message = english(found(reports["00.json"], PLACES)[0].message)
    assert "01.json (Chiayi County)" in message
    assert "00.json" not in message
    if grants > 1:
        drafts.popitem()
        assert {status(report, PLACES) for report in judged(library, drafts).values()} == {Status.PASSED}


# ---- a body in several counties ----


def body(county: str | None = "嘉義縣", applicant: str | None = "台灣某某協會") -> dict[str, Any]:
    return raw("rsp-108-2", county, applicant_kind="national-body", applicant=applicant)


def test_a_body_alone_is_for_a_person(library: Library) -> None:
    (report,) = judged(library, {"a.json": body()}).values()
    assert told(report, BODY) == [("review", "county", None, None)]
    assert status(report, BODY) is Status.COULD_NOT_RUN


def test_a_body_in_two_counties_passes(library: Library) -> None:
    drafts = {"a.json": body(), "b.json": body("南投縣", "臺灣 某某協會"), "c.json": raw("rsp-108-2")}
    reports = judged(library, drafts)
    assert [status(report, BODY).value for report in reports.values()] == ["passed", "passed", "not-applicable"]


def test_a_body_in_one_county_only(library: Library, english: Language) -> None:
    drafts = {"a.json": body(), "b.json": body("南投縣", "另一協會"), "c.json": body()}
    reports = judged(library, drafts)
    assert [told(report, BODY) for report in reports.values()] == [[("error", "county", None, None)]] * 3
    assert english(found(reports["b.json"], BODY)[0].message) == (
        "“另一協會” is a national body, which serves several counties and files with each of them; among the 3 drafts "
        "given it files with Nantou County only."
    )


@pytest.mark.parametrize(
    ("other", "lacks"),
    [
        (body("南投縣", None), "b.json: applicant"),
        (body(None), "b.json: county"),
        (body("南投縣") | {"applicant_kind": None}, "b.json: applicant_kind"),
    ],
)
def test_a_draft_that_may_be_the_bodys_leaves_it_open(library: Library, other: dict[str, Any], lacks: str) -> None:
    other = {key: value for key, value in other.items() if value is not None}
    reports = judged(library, {"a.json": body(), "b.json": other})
    assert missing(reports["a.json"], BODY) == (lacks,)
    assert missing(reports["b.json"], BODY) == (lacks.removeprefix("b.json: "),)
    assert [found(report, BODY) for report in reports.values()] == [[], []]


# ---- families ----


def test_families_of_all(library: Library, english: Language) -> None:
    drafts = {
        "a.json": raw("rsp-108-2", caseload={"new_families": 600, "families_per_month": 80}),
        "b.json": raw("rsp-108-2", "南投縣", caseload={"families_per_month": 401}),
    }
    reports = judged(library, drafts)
    assert told(reports["a.json"], FAMILIES) == [("note", "caseload.new_families", None, None)]
    assert told(reports["b.json"], FAMILIES) == [("note", "caseload.families_per_month", None, None)]
    assert english(found(reports["b.json"], FAMILIES)[0].message) == (
        "2 of the 2 drafts given plan 1,001 families together; the programme expects 1,000 families of all. This one "
        "plans 401 families (Families a month)."
    )
    assert {status(report, FAMILIES) for report in reports.values()} == {Status.PASSED}


def test_a_draft_without_families(library: Library, english: Language) -> None:
    drafts = {"a.json": raw("rsp-108-2", caseload={"new_families": 600}), "b.json": raw("rsp-108-2", "南投縣")}
    reports = judged(library, drafts)
    assert missing(reports["a.json"], FAMILIES) == ("b.json: caseload.new_families",)
    assert missing(reports["b.json"], FAMILIES) == ("caseload.new_families",)
    assert english(found(reports["b.json"], FAMILIES)[0].message) == (
        "1 of the 2 drafts given plan 600 families together; the programme expects 1,000 families of all. This one "
        "does not say what it plans."
    )


# ---- order, crashes, forms ----


def test_the_order_given_changes_only_which_is_later(library: Library, english: Language) -> None:
    drafts = {
        "a.json": raw("fsp-113", amount=20_000_000),
        "b.json": raw("fsp-113", amount=14_600_000),
        "c.json": raw("fsp-113", "南投縣", amount=1),
        "d.json": body(),
        "e.json": body("南投縣", "另一協會") | {"caseload": {"new_families": 5}},
    }
    seen, laters = set(), set()
    for order in permutations(drafts):
        reports = judged(library, {file: drafts[file] for file in order})
        said = {
            file: tuple(
                (one.rule, one.outcome, english(one.message), str(one.explanation))
                for one in reports[file].findings
                if one.rule != ONE
            )
            for file in sorted(reports)
        }
        seen.add(tuple(said.items()))
        (later,) = (file for file, report in reports.items() if ("error", "county", 2, 1) in told(report, ONE))
        assert later == max("a.json", "b.json", key=order.index)
        laters.add(later)
    assert len(seen) == 1
    assert laters == {"a.json", "b.json"}


def test_a_crash_names_the_rule(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(one_per_county, "KIND", evolve(one_per_county.KIND, together=broken))
    with pytest.raises(RuleCrashedError) as caught:
        judged(library, {"a.json": raw("fsp-113"), "b.json": raw("fsp-113", "南投縣")})
    assert caught.value.rule == ONE


def test_a_verdict_too_few_is_a_crash(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_per_county, "KIND", evolve(one_per_county.KIND, together=lambda *_: ()))
    with pytest.raises(RuleCrashedError):
        judged(library, {"a.json": raw("fsp-113"), "b.json": raw("fsp-113", "南投縣")})


def test_every_form_of_the_report_has_the_finding(
    library: Library, english: Language, book: Book, example: dict[str, Any], tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    first, second = book(example, name="first.xlsx"), book(example, name="second.xlsx")
    _, report = check_all([read(first, library), read(second, library)], library)
    (finding,) = found(report, ONE)
    assert finding.place.sheet == "封面"
    assert finding.place.cell is not None
    for form in (report_text, report_markdown, report_html):
        assert "first.xlsx (Chiayi County)" in form(report, english)
    marked = tmp_path / "marked.xlsx"
    annotate(second, marked, report, library.tables, english)
    comment = load_workbook(marked)["封面"][finding.place.cell].comment
    assert comment is not None
    assert "first.xlsx (Chiayi County)" in comment.text


# ---- command line ----

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """``run({"a.json": draft, …}, *options)`` writes the files and checks them in that order, in English."""
    monkeypatch.chdir(tmp_path)

    def invoke(drafts: Mapping[str, Mapping[str, Any]], *options: str, lang: str = "en") -> Result:
        for file, draft in drafts.items():
            Path(file).parent.mkdir(exist_ok=True)
            Path(file).write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")
        arguments = ["--lang", lang, "check", *drafts, *options]
        return CliRunner().invoke(main, arguments, prog_name="grantcalc", catch_exceptions=False)

    return invoke


def test_command_finds_the_second_application(run: Run) -> None:
    drafts = {"a.json": raw("fsp-113"), "b.json": raw("fsp-113"), "c.json": raw("fsp-113", "南投縣")}
    result = run(drafts, "--format", "json")
    assert result.exit_code == 1
    reports = json.loads(result.stdout)["reports"]
    assert [report["file"] for report in reports] == ["a.json", "b.json", "c.json"]
    said = [[(one["outcome"], one["path"]) for one in report["findings"] if one["rule"] == ONE] for report in reports]
    assert said == [[("note", "county")], [("error", "county")], []]
    assert "c.json" not in reports[1]["findings"][0]["message"]


def test_command_alone_and_with_another_county(run: Run) -> None:
    assert run({"a.json": raw("fsp-113")}).exit_code == 0
    assert run({"a.json": raw("fsp-113"), "b.json": raw("fsp-113", "南投縣")}).exit_code == 0


def test_command_judges_the_sum(run: Run) -> None:
    drafts = {"a.json": raw("fsp-113", amount=34_600_000), "b.json": raw("fsp-113", "南投縣", amount=1)}
    assert run({"a.json": drafts["a.json"]}).exit_code == 0
    result = run(drafts, lang="zh-TW")
    assert result.exit_code == 1
    assert result.stdout.count("合計申請補助34,600,001元，超過各縣市合計上限34,600,000元達1元") == 2
    assert "b.json（南投縣）" in result.stdout


def test_command_warns_of_places(run: Run) -> None:
    drafts = {"a.json": raw("rsp-108-1b"), "b.json": raw("rsp-108-1b", "南投縣")}
    assert PLACES in run(drafts).stdout
    assert run(drafts, "--strict").exit_code == 1


def test_files_of_one_name_are_told_apart(run: Run) -> None:
    result = run({"one/draft.json": raw("fsp-113"), "two/draft.json": raw("fsp-113")})
    assert result.exit_code == 1
    assert "here and in one/draft.json (Chiayi County)" in result.stdout
    assert "here and in two/draft.json (Chiayi County)" in result.stdout


def test_a_file_given_twice_is_one_draft(run: Run) -> None:
    result = run({"a.json": raw("fsp-113")}, "./a.json")
    assert result.exit_code == 0
    assert result.stderr == "a.json is given more than once; it is checked once.\n"
    assert result.stdout.count("File: ") == 1


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run) -> None:
    result = run({"a.json": raw("fsp-113"), "b.json": raw("fsp-113")}, "none.json")
    assert result.exit_code == 2
    assert "none.json" in result.stderr
    assert "here and in a.json" in result.stdout
