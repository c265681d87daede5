"""What the simulations share: where the scenario comes from, what is saved, and how a result is printed or written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from grantcalc.cli import common
from grantcalc.cli.outputs import EXISTS, NO_FOLDER, writing
from grantcalc.cli.values import Argument, File
from grantcalc.cli.words import OneOf, Refused, option
from grantcalc.text import Message

if TYPE_CHECKING:
    from grantcalc.headcount.model import Scenario
    from grantcalc.headcount.simulation import Result
    from grantcalc.pay.paytable import PayRow
    from grantcalc.rules.library import Library

COUNTY_HELP = Message("Start from the approved posts of this county, instead of from a file.")
PROGRAMME_HELP = Message("Grant programme for --county (default: the one that approves posts).")
DRAFT_HELP = Message("Start from the posts of this draft budget (.xlsx, .json, .toml).")
PAY_TABLE_HELP = Message("CSV with a pay scale of another document: case managers, supervisors.")
SAVE_HELP = Message("Write the scenario to this .toml file, with a comment on every key, to edit and run again.")
FORCE_HELP = Message("Write over a file that exists.")
FORM_HELP = Message("How to print: a table for reading, or JSON; xlsx (with charts) and html (with pictures) need -o.")
OUTPUT_HELP = Message("Write to this file; its ending says how: .xlsx, .html or .json.")

NO_SOURCE = Message(
    "Name a scenario file, or start from approved posts (--county 嘉義縣) or from a draft (--from DRAFT)."
)
TWO_SOURCES = Message("Give one of these only: a scenario file, --county, --from.")
LONE_PROGRAMME = Message("--programme goes with --county; a scenario file or a draft names its own programme.")
NO_COUNTY = Message("there is no county “{name}”; did you mean {nearest}?")
NO_COUNTY_LIKE = Message("there is no county “{name}”; expected one of the 22 counties and cities")
SAME = Message("{file} is the scenario itself; it is never written over. Choose another name.")
NOT_TOML = Message("{file}: the name of a scenario must end in .toml.")
BAD_ENDING = Message("{file}: the name must end in .xlsx, .html or .json.")
OTHER_ENDING = Message("--format {form} and the name {file} do not agree.")
NEEDS_OUTPUT = Message("--format {form} needs -o FILE.{form}.")

ENDINGS = {".xlsx": "xlsx", ".html": "html", ".htm": "html", ".json": "json"}
FORMS = ("table", "json", "xlsx", "html")


@frozen(kw_only=True)
class Output:
    """How a result is printed, and the file that it is written to."""

    form: str | None = None
    path: Path | None = None
    force: bool = False


@frozen(kw_only=True)
class Source:
    """Where the scenario comes from, and what is done with it."""

    file: Path | None = None
    county: str | None = None
    programme: str | None = None
    draft: Path | None = None
    pay_table: Path | None = None
    save: Path | None = None
    output: Output

    @property
    def read(self) -> Path | None:
        """The file that is read."""
        return self.file or self.draft


Options = tuple[Callable[[Callable[..., Any]], Callable[..., Any]], ...]

_SOURCE: Options = (
    click.argument("file", cls=Argument, type=File(), required=False, metavar="[SCENARIO]"),
    option("--county", metavar="COUNTY", default=None, text=COUNTY_HELP),
    option("--programme", metavar="PROGRAMME", default=None, text=PROGRAMME_HELP),
    option("--from", "draft", metavar="DRAFT", type=File(), default=None, text=DRAFT_HELP),
    option("--pay-table", type=File(), default=None, text=PAY_TABLE_HELP),
    option("--save", type=File(), default=None, text=SAVE_HELP),
)
_OUTPUT: Options = (
    option("--format", "form", type=OneOf(list(FORMS)), default=None, text=FORM_HELP),
    option("-o", "--output", "path", type=File(), default=None, text=OUTPUT_HELP),
    option("--force", is_flag=True, text=FORCE_HELP),
)


def output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--format``, ``-o`` and ``--force``; the function gets them as ``output``."""

    @wraps(function)
    def gathered(form: str | None, path: Path | None, force: bool, **own: Any) -> Any:
        output = Output(form=form, path=path, force=force)
        _guard_output(output)
        return function(output=output, **own)

    return _with(gathered, _OUTPUT)


def source_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """SCENARIO, ``--county``, ``--programme``, ``--from``, ``--pay-table``, ``--save`` and those of the output.

    The function gets all of them as ``source``.
    """

    @output_options
    @wraps(function)
    def gathered(output: Output, **known: Any) -> Any:
        source = Source(output=output, **{name: known.pop(name) for name in _NAMES})
        _guard_source(source)
        return function(source=source, **known)

    return _with(gathered, _SOURCE)


_NAMES = ("file", "county", "programme", "draft", "pay_table", "save")


def _with(function: Callable[..., Any], options: Options) -> Callable[..., Any]:
    for decorate in reversed(options):
        function = decorate(function)
    return function


def _guard_output(output: Output) -> None:
    if output.path is None:
        if output.form in {"xlsx", "html"}:
            raise Refused(NEEDS_OUTPUT(form=output.form))
        return
    form = ENDINGS.get(output.path.suffix.lower())
    if form is None:
        raise Refused(BAD_ENDING(file=str(output.path)))
    if output.form not in {None, "table", form}:
        raise Refused(OTHER_ENDING(form=output.form or "", file=str(output.path)))
    guard_new(output.path, force=output.force)


def _guard_source(source: Source) -> None:
    given = [found for found in (source.file, source.county, source.draft) if found is not None]
    if not given:
        raise Refused(NO_SOURCE())
    if len(given) > 1:
        raise Refused(TWO_SOURCES())
    if source.programme is not None and source.county is None:
        raise Refused(LONE_PROGRAMME())
    if source.save is not None:
        if source.save.suffix.lower() != ".toml":
            raise Refused(NOT_TOML(file=str(source.save)))
        guard_new(source.save, force=source.output.force)
    guard_read(source, source.read)


def guard_read(source: Source, read: Path | None) -> None:
    """Refuse to write over a file that is read, whatever is asked for."""
    for target in (source.save, source.output.path):
        if target is not None and _is_same(target, read):
            raise Refused(SAME(file=str(target)))


def _is_same(one: Path, other: Path | None) -> bool:
    return other is not None and one.exists() and other.exists() and one.samefile(other)


def guard_new(path: Path, *, force: bool) -> None:
    """Refuse a file that is there already, or whose folder is not."""
    if not path.absolute().parent.is_dir():
        raise Refused(NO_FOLDER(file=str(path)))
    if path.exists() and not force:
        raise Refused(EXISTS(file=str(path)))


def pay_rows(source: Source) -> tuple[PayRow, ...] | None:
    """The supplied pay table."""
    from grantcalc.pay.paytable import read_pay_table

    return None if source.pay_table is None else read_pay_table(source.pay_table)


def scenario_of(source: Source, library: Library) -> Scenario:
    """The scenario that is meant, saved where ``--save`` asks for it."""
    scenario = _scenario(source, library)
    if source.save is not None:
        _save(scenario, source.save)
    return scenario


def read_scenario(path: Path, library: Library, pay_table: tuple[PayRow, ...] | None = None) -> Scenario:
    """The scenario of a file."""
    from grantcalc.headcount.scenario_file import read_scenario as read

    return read(path, library, pay_table)


def _scenario(source: Source, library: Library) -> Scenario:
    from grantcalc.headcount.build import from_county, from_draft

    if source.file is not None:
        return read_scenario(source.file, library, pay_rows(source))
    if source.draft is not None:
        from grantcalc.reading import read

        return from_draft(read(source.draft, library), library)
    programme = None if source.programme is None else common.programme(source.programme, library)
    return from_county(county_named(source.county or "", library), library, programme, pay_rows(source))


def county_named(name: str, library: Library) -> str:
    """The official name; 台 is read as 臺, English names are known."""
    from grantcalc.reading.names import Counties
    from grantcalc.text import joined

    counties = Counties.of(library.tables)
    found = counties.find(name)
    if found is None:
        near = counties.nearest(name)
        raise Refused(NO_COUNTY(name=name, nearest=joined(near)) if near else NO_COUNTY_LIKE(name=name))
    return found


def _save(scenario: Scenario, path: Path) -> None:
    from grantcalc.headcount.scenario_file import save

    with writing(path):
        save(scenario, path, common.language())


def emit(result: Result, scenario: Scenario | None, output: Output) -> None:
    """Print a result and write it, as was asked for; ``scenario`` is what it is a result of."""
    if output.path is not None:
        from grantcalc.files import moved_into_place

        with writing(output.path), moved_into_place(output.path) as temporary:
            _render(result, scenario, ENDINGS[output.path.suffix.lower()], temporary)
    if output.form == "json":
        from grantcalc.report.simulation_json import simulation_json

        common.print_json(simulation_json(result, scenario, common.language()))
    elif output.path is None or output.form == "table":
        from shutil import get_terminal_size

        from grantcalc.report.simulation_text import simulation_text

        text = simulation_text(result, scenario, common.language(), get_terminal_size().columns)
        click.echo(text, nl=False)


def _render(result: Result, scenario: Scenario | None, form: str, path: Path) -> None:
    """Write a result; the writers of a form are loaded only when it is asked for."""
    speak = common.language()
    if form == "xlsx":
        import_module("grantcalc.workbook.simulation").write_simulation(result, scenario, path, speak)
    elif form == "html":
        page = import_module("grantcalc.report.simulation_html").simulation_html(result, scenario, speak)
        path.write_text(page, encoding="utf-8")
    else:
        import json

        from grantcalc.report.simulation_json import simulation_json

        shown = {"format": common.FORMAT, **simulation_json(result, scenario, speak)}
        path.write_text(json.dumps(shown, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
