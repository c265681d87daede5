"""What is written, and what is left alone: any input, any folder, any name, a crash, many posts."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from grantcalc.cli import main
from grantcalc.draft.fields import RESULTS_SHEET, SUMMARY_COMPUTED
from grantcalc.draft.model import Draft, Form, Fund, Line, Period, Position, Role, Totals
from grantcalc.reading import read
from grantcalc.rules import ledger
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from grantcalc.workbook import annotate, template
from grantcalc.workbook.book import open_book
from grantcalc.workbook.heads import heads_by_day
from grantcalc.workbook.layout import FIRST_ROW, Layout
from grantcalc.workbook.package import rewrite
from grantcalc.workbook.postwork import post_work
from grantcalc.workbook.stored import put_back, stored_values
from grantcalc.workbook.template import write_draft

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "fsp-113" / "compliant.json"
SPEAK = Language(Tongue.ZH_TW)
YEAR = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))
MEMO = "備忘"
PROC = Path("/proc")


def run(*arguments: str) -> Result:
    """One run in English; nothing but a plain end is allowed."""
    return CliRunner().invoke(main, ["--lang", "en", *arguments], catch_exceptions=False)


def write(draft: Draft | None, path: Path, library: Library, posts: int = 3, rows: int = 25) -> None:
    """The form of fsp-113."""
    write_draft(draft, path, library.programme("fsp-113"), library, SPEAK, posts=posts, rows=rows)


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compliant form with a sheet of the user's own."""
    path, library = tmp_path_factory.mktemp("form") / "form.xlsx", Library()
    write(read(EXAMPLE, library).draft, path, library)
    values, book = stored_values(path), load_workbook(path)
    book.create_sheet(MEMO)["B2"] = "請主計室確認"
    book.save(path)
    rewrite(path, put_back(values, path))
    return path


def edited(source: Path, target: Path, edit: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a workbook with parts changed."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, edit(name, before.read(name)))
    return target


def _odd_font(name: str, data: bytes) -> bytes:
    if name != "xl/styles.xml":
        return data
    return re.sub(rb'<family val="\d+"\s*/>', b'<family val="34"/>', data)


def _broken_memo(_: str, data: bytes) -> bytes:
    """The sheet that the check never reads."""
    return data.replace(b"</sheetData>", b"</sheet>") if b'<dimension ref="B2' in data else data


def test_a_json_draft_under_a_workbooks_name(tmp_path: Path) -> None:
    source, target = tmp_path / "draft.xlsx", tmp_path / "marked.xlsx"
    shutil.copy(EXAMPLE, source)
    result = run("check", str(source), "-o", str(target))
    assert result.exit_code == 0, result.output
    assert source.read_bytes() == EXAMPLE.read_bytes()
    assert RESULTS_SHEET.en in load_workbook(target).sheetnames


@pytest.mark.parametrize(("name", "form_of"), [("a.xlsx", Form.JSON), ("a.json", Form.JSON), ("a.bin", Form.WORKBOOK)])
def test_the_reader_says_what_the_file_is(
    name: str, form_of: Form, form: Path, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / name
    shutil.copy(form if form_of is Form.WORKBOOK else EXAMPLE, path)
    assert read(path, library).form is form_of


def test_a_workbook_of_another_name_keeps_its_sheets(form: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "form.bin", tmp_path / "marked.xlsx"
    shutil.copy(form, source)
    result = run("check", str(source), "-o", str(target))
    assert result.exit_code == 0, result.output
    assert source.read_bytes() == form.read_bytes()
    book = load_workbook(target)
    assert book[MEMO]["B2"].value == "請主計室確認"
    assert RESULTS_SHEET.en in book.sheetnames


@pytest.mark.parametrize("edit", [_odd_font, _broken_memo])
def test_a_workbook_that_cannot_be_copied(edit: Callable[[str, bytes], bytes], form: Path, tmp_path: Path) -> None:
    source, target = edited(form, tmp_path / "form.xlsx", edit), tmp_path / "marked.xlsx"
    before = source.read_bytes()
    assert run("check", str(source)).exit_code == 0
    result = run("check", str(source), "-o", str(target))
    assert result.exit_code == 2
    assert "form.xlsx: no marked copy can be made of this workbook" in result.output
    assert ".html" in result.output
    assert "Traceback" not in result.output
    assert source.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["form.xlsx"]
    page = tmp_path / "report.html"
    assert run("check", str(source), "-o", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!")


@pytest.mark.skipif(not PROC.is_dir(), reason="a folder where nobody may write")
@pytest.mark.parametrize(
    "arguments", [("template", "fsp-113", "--posts", "1", "--rows", "1"), ("check", str(EXAMPLE))], ids=["form", "copy"]
)
def test_a_folder_where_nobody_may_write(arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "-o", str(PROC / "x.xlsx"))
    assert result.exit_code == 2
    assert "/proc/x.xlsx" in result.output
    assert "written" in result.output


def test_the_librarys_own_failure_is_one_of_the_system(library: Library, tmp_path: Path) -> None:
    layout = Layout(language=SPEAK, posts=1, rows=1)
    book = open_book(library.programme("fsp-113"), library.tables, SPEAK, layout)
    with pytest.raises(FileNotFoundError):
        template._write_file(tmp_path / "nowhere" / "form.xlsx", book)


@pytest.mark.parametrize("arguments", [("template", "fsp-113", "--posts", "1", "--rows", "1"), ("check", str(EXAMPLE))])
def test_other_files_beside_are_left_alone(arguments: tuple[str, ...], tmp_path: Path) -> None:
    others = {tmp_path / f"{prefix}x.xlsx{suffix}" for prefix in ("", ".") for suffix in (".new", ".new.part", ".part")}
    for other in others:
        other.write_text("mine", encoding="utf-8")
    assert run(*arguments, "-o", str(tmp_path / "x.xlsx")).exit_code == 0
    assert {other.read_text(encoding="utf-8") for other in others} == {"mine"}
    assert set(tmp_path.iterdir()) == {*others, tmp_path / "x.xlsx"}


class CrashError(Exception):
    """What stops the writing."""


def _crash(*_: object) -> None:
    raise CrashError


@pytest.mark.parametrize("step", ["save", "rewrite", "put_back"])
def test_a_copy_that_fails_leaves_what_was_there(
    step: str, form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "marked.xlsx"
    target.write_text("yesterday's", encoding="utf-8")
    before = form.read_bytes()
    if step == "save":
        monkeypatch.setattr("openpyxl.Workbook.save", _crash)
    else:
        monkeypatch.setattr(annotate, step, _crash)
    result = run("check", str(form), "--force", "-o", str(target))
    assert result.exit_code == 2  # the copy is made in a process of its own, whose end is told
    assert CrashError.__name__ in result.output
    assert target.read_text(encoding="utf-8") == "yesterday's"
    assert list(tmp_path.iterdir()) == [target]
    assert form.read_bytes() == before


@pytest.mark.parametrize("step", ["_write", "rewrite"])
def test_a_form_that_fails_leaves_what_was_there(
    step: str, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "form.xlsx"
    target.write_text("yesterday's", encoding="utf-8")
    monkeypatch.setattr(template, step, _crash)
    with pytest.raises(CrashError):
        write(None, target, library)
    assert target.read_text(encoding="utf-8") == "yesterday's"
    assert list(tmp_path.iterdir()) == [target]


KILLED = """
import os, signal, sys
from grantcalc.workbook import package, template
from grantcalc.cli import main
def die(name, data):
    if name.startswith("xl/worksheets/"):
        os.kill(os.getpid(), signal.SIGKILL)
    return data
template.say_empty_text = die
main(["template", "fsp-113", "--posts", "1", "--rows", "1", "--force", "-o", sys.argv[1]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_run_leaves_no_half_file(tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    target.write_text("yesterday's", encoding="utf-8")
    ended = subprocess.run([sys.executable, "-c", KILLED, str(target)], cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == -9, ended.stderr
    assert target.read_text(encoding="utf-8") == "yesterday's"


OPERATORS = (
    'x"&A1&"', ">0", "<>", "*", "?", "=1+1", "{=A1}", '"', '"&WEBSERVICE("http://a.test")&"', "其它", "長" * 300,
)  # fmt: skip


def test_names_of_categories_are_no_part_of_formulas(library: Library, tmp_path: Path) -> None:
    amounts: dict[str, int | Decimal] = {name: index for index, name in enumerate(OPERATORS, start=101)}
    lines = tuple(Line(category=name, amount=amount, fund=Fund.OWN) for name, amount in amounts.items())
    draft = evolve(read(EXAMPLE, library).draft, totals=Totals(categories=amounts), lines=lines)
    path = tmp_path / "form.xlsx"
    write(draft, path, library, posts=2, rows=len(lines))
    sheet = load_workbook(path)["總表"]
    column = next(cell.column for cell in sheet[1] if cell.value in {name.zh for name in SUMMARY_COMPUTED})
    shown = {row[0].value: row[column - 1] for row in sheet.iter_rows(min_row=2) if row[0].value in amounts}
    assert {name: (cell.data_type, cell.value) for name, cell in shown.items()} == {
        name: ("n", amount) for name, amount in amounts.items()
    }
    formulas = [cell.value for one in load_workbook(path) for row in one for cell in row if cell.data_type == "f"]
    assert [text for text in formulas if "A1&" in str(text) or "WEBSERVICE" in str(text) or "長" in str(text)] == []
    again = read(path, library).draft
    assert again.lines == draft.lines
    assert dict(again.totals.categories) == amounts


def many_posts(draft: Draft, number: int) -> Draft:
    """As many posts, each of its own days."""
    post, first = draft.positions[0], YEAR.start
    starts = (first + dt.timedelta(days=index % 300) for index in range(number))
    return evolve(draft, positions=tuple(evolve(post, ref=f"p{index}", start=day) for index, day in enumerate(starts)))


def test_hundreds_of_posts_in_bounded_time(library: Library, tmp_path: Path) -> None:
    draft = many_posts(read(EXAMPLE, library).draft, 300)
    path, started = tmp_path / "form.xlsx", time.process_time()
    write(draft, path, library, posts=1)
    assert time.process_time() - started < 30
    with closing(load_workbook(path, read_only=True, data_only=True)) as form:
        sheet = form["清單"]
        column = next(sheet.iter_rows(max_row=1, values_only=True)).index("team") + 1
        shown = [int(str(row[0])) for row in sheet.iter_rows(FIRST_ROW, 301, column, column, values_only=True)]
    assert (max(shown), shown[0]) == (300, 1)  # all on the last day anybody starts; one on the first


def test_workings_of_many_posts_are_not_quadratic(library: Library) -> None:
    draft = many_posts(read(EXAMPLE, library).draft, 5000)
    layout = Layout(language=SPEAK, posts=5000, rows=1)
    book = open_book(library.programme("fsp-113"), library.tables, SPEAK, layout, draft)
    started = time.process_time()
    work = [post_work(book, row, post) for row, post in enumerate(draft.positions, FIRST_ROW)]
    assert time.process_time() - started < 40
    assert work[0]["team"].value == 17  # days 0, 300, … 4,800


days = st.dates(dt.date(2023, 12, 1), dt.date(2025, 1, 31))
posts = st.builds(
    Position,
    role=st.sampled_from([None, Role.CASE_MANAGER, Role.SUPERVISOR, Role.SOCIAL_WORKER]),
    start=st.none() | days,
    end=st.none() | days,
    count=st.sampled_from([None, 0, 1, 2, -1, Decimal("1.5")]),
    fund=st.sampled_from(Fund),
)


@given(st.lists(posts, max_size=8))
def test_heads_as_counted_one_by_one(rows: list[Position]) -> None:
    """As the formula of the form counts them: everybody whose days hold the day."""
    found = heads_by_day(rows, YEAR)
    spans = [(post, ledger.span(post, YEAR)) for post in rows if post.subsidised and post.role]
    for _, one in spans:
        if one.end < one.start:
            continue
        for role in Role:
            present = [post for post, span in spans if post.role is role and span.start <= one.start <= span.end]
            expected = sum(post.people for post in present if ledger.usable(post.count))
            assert found[one.start.toordinal()].get(role, 0) == expected
