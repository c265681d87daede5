"""``grantcalc tables``: the published tables as data, and their recalculation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from grantcalc.cli import common
from grantcalc.cli.values import Argument
from grantcalc.cli.words import Command, Refused, did_you_mean
from grantcalc.text import Bilingual, Language, Message, Percent
from grantcalc.units import Unit

if TYPE_CHECKING:
    from grantcalc.recomputed import Check
    from grantcalc.sources import SourceDocument
    from grantcalc.tablecells import Cell
    from grantcalc.tabledata import Column, Row, Table, Tables

HELP = Message(
    "List the published tables, or print one with its source. “tables verify” recomputes every control total, formula "
    "column and premium, and looks up every cited source; exit code 1 where something differs."
)
VERIFY = "verify"
VALUE, UNIT, FRACTION, CONFIDENCE_COLUMN = "value", "unit", "fraction", "confidence"

NAME = Message("Table")
TITLE = Message("Title")
SOURCE = Message("Source")
DOCUMENT = Message("Document")
PUBLISHER = Message("Publisher")
EFFECTIVE = Message("In force")
CONFIDENCE = Message("Reliability")
FOUND = Message("Found in")
NOTE = Message("Note")
PRINTED_TOTAL = Message("Printed total")
FROM = Message("from {start}")
FROM_TO = Message("{start} to {end}")
YES = Message("yes")
NO = Message("no")
NO_TABLE = Message("There is no table “{name}”; “grantcalc tables” lists them.{hint}")

CONFIDENCES: dict[str, Message] = {
    "document": Message("the document itself"),
    "sure": Message("two sources agree"),
    "one-source": Message("one source only"),
    "derived": Message("derived from other data"),
}

UNITS: dict[str, Message] = {
    "TWD": Message("TWD"),
    "thousand TWD": Message("thousand TWD"),
    "percent": Message("%"),
    "copy": Message("copy"),
    "minute": Message("minute"),
    "piece": Message("piece"),
    "year": Message("year"),
}
"""Units of tables that no row of a draft has; ``TWD/hour`` and the like are put together of two."""

UNIT_PER = Message("{unit}/{per}")

DIFFERS = Message("{where}: the table has {printed}, computed is {computed} ({how}).")
NO_SOURCE = Message("{where}: there is no such document in sources.toml.")
STALE = Message("{where}: {how}.")
SUMMARY = Message("{checks} values recomputed: {agree} agree, {known} known differences, {failed} others.")
KNOWN_TITLE = Message("Known differences of the documents")
FAILED_TITLE = Message("Differences")
REASON = Message("{difference} {reason}")


@click.command("tables", cls=Command, text=HELP)
@click.argument("name", cls=Argument, required=False, metavar="[TABLE|verify]")
@common.format_option
@click.pass_context
def command(ctx: click.Context, name: str | None, form: str) -> None:
    """List, print or verify."""
    speak = common.language()
    if name == VERIFY:
        ctx.exit(_verify(form, speak))
    elif name is None:
        _list(common.tables(), form, speak)
    else:
        _one(_table(common.tables(), name), common.tables().sources, form, speak)


def _table(tables: Tables, name: str) -> Table:
    from difflib import get_close_matches

    known = [info.id for info in tables.infos()]
    if name not in known:
        near = get_close_matches(name, known) or [table for table in known if table.partition("/")[2] == name]
        raise Refused(NO_TABLE(name=name, hint=did_you_mean(near)))
    return tables[name]


def _list(tables: Tables, form: str, speak: Language) -> None:
    infos = list(tables.infos())
    if form == "json":
        entries = [{"table": info.id, "title": speak(info.title), "source": str(info.citation)} for info in infos]
        common.print_json({"tables": entries})
        return
    rows = [(info.id, speak(info.title), str(info.citation)) for info in infos]
    common.print_table([speak(word) for word in (NAME, TITLE, SOURCE)], rows, whole=(0,))


def _one(table: Table, sources: Mapping[str, SourceDocument], form: str, speak: Language) -> None:
    document = sources.get(table.info.citation.source)
    if form == "json":
        common.print_json(_json(table, document, speak))
        return
    info = table.info
    pairs = [(info.id, speak(info.title)), (speak(SOURCE), str(info.citation))]
    if document is not None:
        pairs += [(speak(DOCUMENT), speak(document.title)), (speak(PUBLISHER), speak(document.publisher))]
    if document is not None and document.found:
        pairs.append((speak(FOUND), document.found))
    if info.effective_from is not None:
        span = FROM_TO(start=info.effective_from, end=info.effective_to) if info.effective_to else None
        pairs.append((speak(EFFECTIVE), speak(span or FROM(start=info.effective_from))))
    confidence = CONFIDENCES.get(info.confidence)
    pairs.append((speak(CONFIDENCE), speak(confidence) if confidence else info.confidence))
    if info.note is not None:
        pairs.append((speak(NOTE), speak(info.note)))
    common.print_pairs(pairs)
    click.echo()
    _rows(table, speak)


def _rows(table: Table, speak: Language) -> None:
    columns = [column for column in table.info.columns if _in_language(column.name, speak)]
    rows = [[_in_unit(column, row, speak) for column in columns] for row in table.rows]
    if any(column.total is not None for column in columns):
        totals = ["" if column.total is None else speak(column.total) for column in columns]
        if columns[0].total is None:
            totals[0] = speak(PRINTED_TOTAL)
        rows.append(totals)
    right = [index for index, column in enumerate(columns) if _is_number(column)]
    common.print_table([_header(column, speak) for column in columns], rows, right)


def _in_language(name: str, speak: Language) -> bool:
    """Columns of the other language are left out (``note_zh`` beside ``note_en``)."""
    return not name.endswith("_en" if speak.is_chinese else "_zh")


def _header(column: Column, speak: Language) -> str:
    """The title, with the unit where it is money or a percentage; the other units go without saying."""
    unit = column.unit or ""
    return (
        f"{speak(column.title)} ({_unit(unit, speak)})" if "TWD" in unit or unit == "percent" else speak(column.title)
    )


def _is_number(column: Column) -> bool:
    return column.type.value in {"int", "dollars", "thousand-dollars", "decimal"}


def _in_unit(column: Column, row: Row, speak: Language) -> str:
    """A cell in words; a fraction, by its column or by the row's own unit, as a percentage."""
    unit = row.cells.get(UNIT) if column.name == VALUE else None
    value = row[column.name]
    if (unit or column.unit) == FRACTION and isinstance(value, int | Decimal):
        return speak(Percent(value))
    if column.name == CONFIDENCE_COLUMN and value in CONFIDENCES:
        return speak(CONFIDENCES[str(value)])
    if column.name == UNIT and isinstance(value, str):
        return _unit(value, speak)
    return _cell(value, speak)


def _unit(name: str, speak: Language) -> str:
    """A unit of tables/ in words; as it stands where it is none that is known."""
    unit, slash, per = name.partition("/")
    if slash:
        return speak(UNIT_PER(unit=_unit(unit, speak), per=_unit(per, speak)))
    if name in UNITS:
        return speak(UNITS[name])
    return next((speak(unit) for unit in Unit if unit.value == name), name)


def _cell(value: Cell, speak: Language) -> str:
    if isinstance(value, bool):
        return speak(YES if value else NO)
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, str):
        return value
    return speak(value)


def _json(table: Table, document: SourceDocument | None, speak: Language) -> dict[str, Any]:
    info = table.info
    return {
        "table": info.id,
        "title": speak(info.title),
        "source": {
            "source": info.citation.source,
            "section": info.citation.section,
            "title": speak(document.title) if document else None,
            "publisher": speak(document.publisher) if document else None,
            "date": document.date if document else None,
            "confidence": info.confidence,
            "effective": {
                "from": info.effective_from.isoformat() if info.effective_from else None,
                "to": info.effective_to.isoformat() if info.effective_to else None,
            },
            "note": speak(info.note) if info.note else None,
        },
        "columns": [
            {
                "name": column.name,
                "title": speak(column.title),
                "type": column.type.value,
                "unit": column.unit,
                "total": column.total,
            }
            for column in info.columns
        ],
        "rows": [{name: _plain(value) for name, value in row.cells.items()} for row in table.rows],
    }


def _plain(value: Cell) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    return list(value) if isinstance(value, tuple) else str(value)


def _verify(form: str, speak: Language) -> int:
    """Recompute everything; 1 where a difference is not known."""
    from grantcalc.verification import verify

    checks = verify(common.library())
    known = [check for check in checks if check.known]
    failed = [check for check in checks if check.failed]
    if form == "json":
        common.print_json(
            {
                "checks": len(checks),
                "agree": sum(check.agrees for check in checks),
                "known": [_check_json(check, speak) for check in known],
                "differences": [_check_json(check, speak) for check in failed],
            }
        )
        return int(bool(failed))
    _print_checks(checks, known, failed, speak)
    return int(bool(failed))


def _print_checks(checks: Sequence[Check], known: list[Check], failed: list[Check], speak: Language) -> None:
    for title, chosen in ((KNOWN_TITLE, known), (FAILED_TITLE, failed)):
        if chosen:
            click.echo(f"== {speak(title)} ==")
            for check in chosen:
                click.echo(difference(check, speak))
            click.echo()
    agree = len(checks) - len(known) - len(failed)
    click.echo(speak(SUMMARY(checks=len(checks), agree=agree, known=len(known), failed=len(failed))))


def difference(check: Check, speak: Language) -> str:
    """One difference in words, with the reason where it is known."""
    from grantcalc.verification import KNOWN_DIFFERENCES, SOURCES

    if check.told is not None:
        return speak(check.told)
    if check.table == KNOWN_DIFFERENCES:
        return speak(STALE(where=check.where, how=check.how))
    if check.table == SOURCES:
        return speak(NO_SOURCE(where=check.where))
    told = DIFFERS(where=check.where, printed=check.printed, computed=check.computed, how=check.how)
    return speak(told) if check.reason is None else speak(REASON(difference=told, reason=check.reason))


def _check_json(check: Check, speak: Language) -> dict[str, Any]:
    from grantcalc.report.jsonform import exact

    reason: Bilingual | None = check.reason
    return {
        "table": check.table,
        "place": check.place,
        "printed": exact(check.printed),
        "computed": exact(check.computed),
        "message": difference(check, speak),
        "reason": speak(reason) if reason else None,
    }
