"""``grantcalc check --as PROGRAMME``: drafts under another programme's rules; what changes verdict, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grantcalc.cli import common
from grantcalc.cli.outputs import write_text, writing
from grantcalc.cli.words import Refused
from grantcalc.text import Message

if TYPE_CHECKING:
    from grantcalc.checking import Report
    from grantcalc.draft.model import Reading
    from grantcalc.rejudging import Rejudged
    from grantcalc.rules.context import Options
    from grantcalc.rules.library import Library
    from grantcalc.rules.programme import Programme

ONLY_FORMS = Message("--as prints a table or JSON; --format {form} is for an ordinary check.")
ONLY_JSON = Message("{file}: with --as the name must end in .json; other forms are for an ordinary check.")
OWN = Message("{file} is a draft of {programme} already; check it without --as, or name another programme.")

FORMS = (None, "table", "json")


def guard(form: str | None, output: Path | None) -> None:
    """Refuse the forms that an ordinary check has and this one has not."""
    if form not in FORMS:
        raise Refused(ONLY_FORMS(form=form or ""))
    if output is not None and output.suffix.lower() != ".json":
        raise Refused(ONLY_JSON(file=str(output)))


def rejudge_all(readings: Sequence[Reading], other: Programme, library: Library, options: Options) -> list[Rejudged]:
    """Every draft under its own programme and under the other; those of one programme together, on both sides."""
    from attrs import evolve

    from grantcalc.rejudging import rejudge
    from grantcalc.rules.concordance import Concordance
    from grantcalc.translation import translate

    for reading in readings:
        if reading.draft.programme == other.id:
            raise Refused(OWN(file=reading.file, programme=other.id))
    concordance = Concordance.of(library.tables)
    translated = [
        translate(reading.draft, library.programme(reading.draft.programme), other, library.tables)
        for reading in readings
    ]
    put = [evolve(reading, draft=one.draft) for reading, one in zip(readings, translated, strict=True)]
    before, after = _checked(readings, readings, library, options), _checked(readings, put, library, options)
    return [
        rejudge(mine, theirs, one, concordance) for mine, theirs, one in zip(before, after, translated, strict=True)
    ]


def _checked(own: Sequence[Reading], put: Sequence[Reading], library: Library, options: Options) -> list[Report]:
    """Drafts of one programme are judged together, under whatever rules; those of two are not applications of one."""
    from grantcalc.checking import check_all

    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, reading in enumerate(own):
        groups[reading.draft.programme].append(index)
    found: dict[int, Report] = {}
    for members in groups.values():
        found.update(zip(members, check_all([put[index] for index in members], library, options), strict=True))
    return [found[index] for index in range(len(own))]


def show(found: Sequence[Rejudged], form: str | None, output: Path | None, library: Library, *, many: bool) -> None:
    """Print it, and write it where a file is named."""
    if output is not None:
        for one in found:
            _write(_json_text(_json(one, library)), output)
    if form == "json":
        shown = [_json(one, library) for one in found]
        if many:
            common.print_json({"reports": shown})
        else:
            click.echo("".join(_json_text(one) for one in shown), nl=False)
        return
    from grantcalc.comparison import compare
    from grantcalc.report.rejudged import rejudged_text

    speak = common.language()
    texts = (
        rejudged_text(one, compare(one.before.programme, one.after.programme, library.tables), speak) for one in found
    )
    click.echo("\n".join(texts), nl=False)


def reports(found: Sequence[Rejudged]) -> list[Report]:
    """The reports of the other programme: their errors are those of the exit code."""
    return [one.after for one in found]


def _write(text: str, output: Path) -> None:
    with writing(output):
        write_text(output, text)


def _json(one: Rejudged, library: Library) -> dict[str, Any]:
    from grantcalc.comparison import compare
    from grantcalc.report.rejudged import rejudged_json

    comparison = compare(one.before.programme, one.after.programme, library.tables)
    return rejudged_json(one, comparison, common.language())


def _json_text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
