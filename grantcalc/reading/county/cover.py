"""The facts of a plan that a county's own file states: labels with values, titles, names of sheets, file and folder.

What is not stated stays absent: rules that need it say so, and nothing stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from grantcalc.draft.fields import COVER_FIELDS, FieldSpec, Kind
from grantcalc.draft.model import Period
from grantcalc.reading.book import Book
from grantcalc.reading.county.labels import Labelled, Labels
from grantcalc.reading.county.planfacts import FIELDS, Asked, Facts, Found, Source, given_with
from grantcalc.reading.county.signs import signs_of
from grantcalc.reading.county.spoken import day_of, period_of, plain, sum_of
from grantcalc.reading.county.texts import NEIGHBOURS, Outside, squeezed
from grantcalc.reading.county.which import choose
from grantcalc.reading.county.who import take_applicant, take_county
from grantcalc.reading.names import folded
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.library import Library
from grantcalc.tabledata import Tables
from grantcalc.text import Message, Value, dollars
from grantcalc.textwords import any_of, words_of

SPAN = Message("{start} to {end}")
ASSUMED_PERIOD = Message("The period is not stated; the programme's is assumed: {start} to {end}.")
GIVE_PERIOD = Message("State the plan's period on the sheet.")
NOT_READ = Message("{field}: “{found}” could not be read.")
WRITE_OUT = Message("Write it as {expected}.")
ALSO = Message("{field} is stated again: “{found}”; {value} is taken.")
KEEP_ONE = Message("State it once.")
MONEY = Message("an amount such as 970,328元")
DAY = Message("a date such as 113年3月27日")
A_PERIOD = Message("two dates such as 113年1月1日至113年12月31日")
NUMBER = Message("a number")
YES_OR_NO = Message("是 or 否")

_NOT_HERE = frozenset({"programme", "county", "applicant", "applicant_kind", "title", "period.start", "period.end"})
"""Fields with a way of their own to be read."""
_LONGEST_TITLE = 80


def read_facts(
    outside: Outside, everything: Outside, book: Book, library: Library, path: Path, asked: Asked, sink: Sink
) -> Facts:
    """Everything that the file, the options and the maps say of the plan; what is doubtful or missing is told."""
    facts = Facts(sink)
    labelled = list(Labels.of(library.tables).find(outside))
    choose(asked.programme, labelled, (outside, everything), book, path, library, facts)
    take_county(asked, labelled, outside, book, path, library.tables, facts)
    take_applicant(asked, labelled, outside, library.tables, facts)
    _take_title(asked, labelled, outside, library, facts)
    _take_period(asked, labelled, outside, library, facts)
    for spec in COVER_FIELDS:
        if spec.name not in _NOT_HERE:
            _take_stated(spec, [one for one in labelled if one.field == spec.name], library.tables, facts)
    _take_grand([one for one in labelled if one.field == "totals.grand"], facts)
    _take_other([one for one in labelled if one.field == "funding.other"], facts)
    facts.claimed.update(one.label for one in labelled if one.key in facts.claimed)
    return facts


def _found(one: Labelled) -> Found:
    return Found(source=Source.LABEL, text=shown(one.raw), grid=one.grid, at=(one.row, one.column))


def _take_title(asked: Asked, labelled: Sequence[Labelled], outside: Outside, library: Library, facts: Facts) -> None:
    if asked.title is not None:
        facts.take("title", asked.title, Found(source=Source.GIVEN), asked.title)
        return
    stated = next((one for one in labelled if one.field == "title" and isinstance(one.raw, str)), None)
    if stated is not None:
        facts.take("title", stated.raw, _found(stated), str(stated.raw))
        return
    words = [one for one in signs_of(library.tables) if one.programme == facts.programme]
    plan = re.compile(f".*(?:{any_of(library.tables, 'plan')})")
    for cell in outside.cells:
        for line in cell.lines:
            if len(line) <= _LONGEST_TITLE and any(one.longest(squeezed(line)) for one in words):
                named = plan.match(line)
                title = named[0] if named is not None else line
                if title.count("「") > title.count("」"):
                    title = title.rpartition("「")[2]
                found = Found(source=Source.TITLE, text=line, grid=cell.grid, at=(cell.row, cell.column))
                facts.take("title", title, found, title)
                return


def _take_period(asked: Asked, labelled: Sequence[Labelled], outside: Outside, library: Library, facts: Facts) -> None:
    if asked.period is not None:
        _keep_period(asked.period, Found(source=Source.GIVEN), facts)
        return
    for one in labelled:
        if one.field == "period":
            period = period_of(one.raw) or _period_beside(one, library.tables, facts)
            if period is not None:
                _keep_period(period, _found(one), facts)
                return
            _tell_unread("period", one, A_PERIOD(), facts)
    ends = {one.field: one for one in reversed(labelled) if one.field in {"period.start", "period.end"}}
    days = {name: day_of(one.raw) for name, one in ends.items()}
    start, end = days.get("period.start"), days.get("period.end")
    if start is not None and end is not None and start <= end:
        _keep_period(Period(start=start, end=end), _found(ends["period.end"]), facts)
        facts.keep("period.start", start, _found(ends["period.start"]))
        return
    if _period_in_text(outside, library, facts):
        return
    if facts.programme is not None:
        assumed = library.programme(facts.programme).period
        message = ASSUMED_PERIOD(start=assumed.start, end=assumed.end)
        facts.open("period", message, GIVE_PERIOD())


def _period_beside(one: Labelled, tables: Tables, facts: Facts) -> Period | None:
    """Two days in cells of their own: 計畫期間｜113年1月1日｜至｜113年12月31日."""
    start = day_of(one.raw)
    if start is None:
        return None
    between = []
    for column in range(one.column + 1, one.column + NEIGHBOURS):
        raw = one.grid.value(one.row, column)
        if raw == "":
            continue
        between.append((one.grid.name, one.row, column))
        end = day_of(raw)
        if end is not None and end >= start:
            facts.claimed.update(between)
            return Period(start=start, end=end)
        if not (isinstance(raw, str) and raw.strip() in words_of(tables, "to")):
            return None
    return None


def _period_in_text(outside: Outside, library: Library, facts: Facts) -> bool:
    """The only span of days that the texts around the tables name; sure in a title that names the programme."""
    spans = [(cell, span) for cell in outside.cells if (span := period_of(cell.text)) is not None]
    if len({span for _, span in spans}) != 1:
        return False
    cell, span = spans[0]
    in_title = any(one.longest(squeezed(cell.text)) for one in signs_of(library.tables))
    source = Source.TITLE if in_title else Source.NOTE
    _keep_period(span, Found(source=source, text=cell.text, grid=cell.grid, at=(cell.row, cell.column)), facts)
    return True


def _keep_period(period: Period, found: Found, facts: Facts) -> None:
    facts.keep("period.start", period.start, found)
    facts.keep("period.end", period.end, found)
    facts.tell("period", found, SPAN(start=period.start, end=period.end))


def _take_stated(spec: FieldSpec, stated: Sequence[Labelled], tables: Tables, facts: Facts) -> None:
    """A field with a value of its own; said twice, the first holds and the other is told."""
    for one in stated:
        read = _value(spec.kind, one.raw, tables)
        if read is None:
            _tell_unread(spec.name, one, _EXPECTED[spec.kind](), facts)
            continue
        value, shown_as = read
        known = facts.values.get(spec.name)
        if known is None:
            facts.take(spec.name, value, _found(one), shown_as)
        elif known != value:
            _tell_again(spec.name, one, str(known), facts)
        facts.claimed.add(one.key)


_EXPECTED = {
    Kind.MONEY: MONEY,
    Kind.NUMBER: NUMBER,
    Kind.RATIO: NUMBER,
    Kind.DATE: DAY,
    Kind.FLAG: YES_OR_NO,
}


def _value(kind: Kind, raw: object, tables: Tables) -> tuple[object, Value] | None:
    """What a converter takes, and how it is shown; ``None`` where the words say no such value."""
    if kind is Kind.DATE:
        day = day_of(raw)
        return None if day is None else (day, day)
    if kind is Kind.FLAG:
        word = folded(raw) if isinstance(raw, str) else ""
        yes, no = words_of(tables, "yes"), words_of(tables, "no")
        return (word in yes, str(raw)) if word in (*yes, *no) else None
    if kind is Kind.RATIO:
        written = plain(raw).strip() if isinstance(raw, str) else raw
        return None if written is None else (written, str(written))
    number = sum_of(raw)
    if number is None:
        return None
    return (number, dollars(number)) if kind is Kind.MONEY else (number, number)


def _take_grand(stated: Sequence[Labelled], facts: Facts) -> None:
    for one in stated:
        number = sum_of(one.raw)
        if number is None:
            _tell_unread("totals.grand", one, MONEY(), facts)
        elif facts.grand is None:
            facts.grand = number
            facts.stand("totals.grand", _found(one))
            facts.tell("totals.grand", _found(one), dollars(number))
        elif facts.grand != number:
            _tell_again("totals.grand", one, dollars(facts.grand), facts)


def _take_other(stated: Sequence[Labelled], facts: Facts) -> None:
    """其他單位補助：0元 says that there is none."""
    for one in stated:
        number = sum_of(one.raw)
        if number is None:
            _tell_unread("funding.other", one, MONEY(), facts)
            continue
        facts.claimed.add(one.key)
        facts.tell("funding.other", _found(one), dollars(number))
        if number:
            facts.other.append((shown(one.raw), number, _found(one)))


def _tell_unread(name: str, one: Labelled, expected: Value, facts: Facts) -> None:
    if isinstance(one.raw, str) and not squeezed(one.raw):
        return  # 申請日期：　年　月　日 left empty by strokes alone
    message = NOT_READ(field=FIELDS[name], found=shown(one.raw))
    remedy = WRITE_OUT(expected=expected)
    facts.sink.recognised(_found(one).place(name), message, remedy, score=0, sure=False, hint=given_with(name))
    facts.claimed.add(one.key)


def _tell_again(name: str, one: Labelled, taken: Value, facts: Facts) -> None:
    message = ALSO(field=FIELDS[name], found=shown(one.raw), value=taken)
    facts.sink.recognised(_found(one).place(name), message, KEEP_ONE(), score=0, sure=False)
