"""Tables of a file that are no part of the draft: of another plan, or of another year (112年度決算)."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.finding import Place
from grantcalc.reading.county.model import CountyTable
from grantcalc.reading.county.remedies import BY_MAP
from grantcalc.reading.county.signs import Signs, named_by
from grantcalc.reading.county.spoken import years_of
from grantcalc.reading.county.texts import width_of
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message, Text, joined

OF_OTHER_PLAN = Message(
    "The table with its header in row {row} is left out: “{title}” above it names another programme."
)
CHECK_BOTH = Message("Hand it in as an application of its own, or correct the title.")
WITH_PROGRAMME = Message("Check it by its own rules, with --programme {other}.")
OF_OTHER_YEAR = Message(
    "The table with its header in row {row} is left out: “{title}” names ROC year {years}, and the plan is of ROC year "
    "{year}."
)
CORRECT_YEAR = Message("If it is asked for, correct the year.")


@frozen(kw_only=True)
class _Other:
    """Why a table is left out, and what to do."""

    message: Text
    remedy: Text
    hint: Text


@frozen(kw_only=True)
class OwnTables:
    """The tables that a draft is read from, and those of the file that are ``left_out``, each told."""

    tables: tuple[CountyTable, ...]
    left_out: tuple[CountyTable, ...] = ()


def of_programme(tables: Sequence[CountyTable], programme: str, signs: Sequence[Signs], sink: Sink) -> OwnTables:
    """The tables without those that name another programme, or another year; where that leaves none, all of them."""
    plans = _kept(tables, [_other_plan(table, programme, signs) for table in tables], sink)
    year = next((one.year for one in signs if one.programme == programme), 0)
    kept = _kept(plans, [_other_year(table, year) if year else None for table in plans], sink)
    left_out = tuple(table for table in tables if all(table is not one for one in kept))
    return OwnTables(tables=kept, left_out=left_out)


def _kept(tables: Sequence[CountyTable], others: Sequence[_Other | None], sink: Sink) -> tuple[CountyTable, ...]:
    """The tables with nothing against them, each other one told."""
    if all(others):
        return tuple(tables)
    for table, other in zip(tables, others, strict=True):
        if other is not None:
            place = Place(
                path="lines", sheet=table.grid.name, cell=table.grid.cell(table.header[0], width_of(table)[0])
            )
            sink.recognised(place, other.message, other.remedy, score=0, sure=False, hint=other.hint)
    return tuple(table for table, other in zip(tables, others, strict=True) if other is None)


def _other_plan(table: CountyTable, programme: str, signs: Sequence[Signs]) -> _Other | None:
    """Another programme: the nearest line above the table that names one decides."""
    for line in reversed(table.title):
        named = named_by(signs, line)
        if named is not None:
            if programme in named.candidates:
                return None
            other = named.candidates[0]
            told = OF_OTHER_PLAN(row=table.header[0], title=shown(line))
            return _Other(message=told, remedy=CHECK_BOTH(), hint=WITH_PROGRAMME(other=other))
    return None


def _other_year(table: CountyTable, year: int) -> _Other | None:
    """Another year: neither a line above the table nor the sheet's name names the plan's, and one names another."""
    named = {line: years for line in (table.grid.name, *table.title) if (years := years_of(line))}
    if not named or any(year in years for years in named.values()):
        return None
    line, years = next(reversed(named.items()))
    said = joined(str(one) for one in years)
    told = OF_OTHER_YEAR(row=table.header[0], title=shown(line), years=said, year=str(year))
    return _Other(message=told, remedy=CORRECT_YEAR(), hint=BY_MAP())
