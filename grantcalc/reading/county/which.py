"""Which programme a file is for: what is given, a code or title with a label, signs in titles, names of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from grantcalc.draft.model import Problem
from grantcalc.finding import Place
from grantcalc.reading.book import Book
from grantcalc.reading.county.labels import Labelled
from grantcalc.reading.county.planfacts import Facts, Found, Source
from grantcalc.reading.county.signs import Named, Signs, named_by, signs_of
from grantcalc.reading.county.spoken import period_of, years_of
from grantcalc.reading.county.texts import Outside
from grantcalc.reading.names import folded
from grantcalc.reading.problems import shown
from grantcalc.roc import year_of
from grantcalc.rules.library import Library
from grantcalc.text import Message, joined

NO_PROGRAMME = Message("The file does not say for which programme it is.")
NAME_PROGRAMME = Message("Write the programme's title, with its year, above the table.")
GIVE_PROGRAMME = Message("Give it with --programme; known: {known}.")
SEVERAL = Message("The file does not say for which programme it is; “{found}” fits: {fitting}.")
NAME_YEAR = Message("Name the year in the title.")
GIVE_ONE_OF = Message("Or give one of them with --programme: {fitting}.")
OTHER_YEAR = Message("“{found}” speaks of ROC year {year}; it is checked by the rules of ROC year {taken}.")
CHECK_YEAR = Message("Confirm the year of the plan; where it is another, correct the title.")
ONLY_YEAR = Message("No other rules of this programme are known; another programme is given with --programme.")
NO_SUCH_PROGRAMME = Message("There is no programme “{found}”.")

_UNSURE = 80


@frozen(kw_only=True)
class Choice:
    """The programme that a place of the file names."""

    named: Named
    found: Found


def choose(
    asked: str | None,
    labelled: Sequence[Labelled],
    texts: tuple[Outside, Outside],
    book: Book,
    path: Path,
    library: Library,
    facts: Facts,
) -> str | None:
    """The programme's id, told; ``None`` with a problem in the sink where it is not known.

    ``texts``: those outside the tables, and all; what only a row of a table names is never sure.
    """
    signs = signs_of(library.tables)
    choices = list(_choices(signs, labelled, texts[0], book, path))
    if not choices:
        choices = list(_of_texts(signs, texts[1], Source.TABLE, _years(texts[1], path)))
    if asked is not None:
        return _as_asked(asked, choices, library, facts)
    code = _coded(labelled, library)
    if code is not None:
        return _taken(code[0], code[1], None, library, facts)
    best = next((one for one in choices if len(one.named.candidates) == 1), None)
    if best is None:
        facts.sink.problems.append(_unknown(choices, library))
        return None
    programme_id = best.named.candidates[0]
    _tell_others(programme_id, best, choices, library, facts)
    return _taken(programme_id, best.found, best.named, library, facts)


def likely_programme(asked: str | None, outside: Outside, book: Book, path: Path, library: Library) -> str | None:
    """The programme as far as its words tell, before the tables are known; nothing is said of it."""
    if asked is not None:
        return asked if asked in library.ids() else None
    choices = _choices(signs_of(library.tables), (), outside, book, path)
    return next((one.named.candidates[0] for one in choices if len(one.named.candidates) == 1), None)


def _choices(
    signs: Sequence[Signs], labelled: Sequence[Labelled], outside: Outside, book: Book, path: Path
) -> Iterator[Choice]:
    """Every place that names a programme, the surest first."""
    years = _years(outside, path)
    for one in labelled:
        if one.field == "title" and isinstance(one.raw, str):
            found = Found(source=Source.LABEL, text=one.raw, grid=one.grid, at=(one.row, one.column))
            yield from _choice(signs, one.raw, found, years)
    yield from _of_texts(signs, outside, Source.TITLE, years)
    for name in book.grids:
        yield from _choice(signs, name, Found(source=Source.SHEET, text=name), years)
    yield from _choice(signs, path.stem, Found(source=Source.FILE, text=path.name), years)
    folder = path.absolute().parent.name
    yield from _choice(signs, folder, Found(source=Source.FOLDER, text=folder), years)


def _choice(signs: Sequence[Signs], text: str, found: Found, years: tuple[int, ...]) -> Iterator[Choice]:
    named = named_by(signs, text, years)
    if named is not None:
        yield Choice(named=named, found=found)


def _of_texts(signs: Sequence[Signs], outside: Outside, source: Source, years: tuple[int, ...]) -> Iterator[Choice]:
    for cell in outside.cells:
        found = Found(source=source, text=cell.text, grid=cell.grid, at=(cell.row, cell.column))
        yield from _choice(signs, cell.text, found, years)


def _years(outside: Outside, path: Path) -> tuple[int, ...]:
    """The years that the file speaks of: those of its name, else all that texts outside the tables name."""
    named = years_of(path.stem)
    if named:
        return named
    found = [year for cell in outside.cells for year in years_of(cell.text)]
    spans = (period_of(cell.text) for cell in outside.cells)
    return tuple(dict.fromkeys([*found, *(year_of(span.start) for span in spans if span is not None)]))


def _coded(labelled: Sequence[Labelled], library: Library) -> tuple[str, Found] | None:
    ids = {folded(known): known for known in library.ids()}
    for one in labelled:
        if one.field == "programme" and isinstance(one.raw, str) and folded(one.raw) in ids:
            found = Found(source=Source.LABEL, text=one.raw, grid=one.grid, at=(one.row, one.column))
            return ids[folded(one.raw)], found
    return None


def _as_asked(asked: str, choices: Sequence[Choice], library: Library, facts: Facts) -> str | None:
    known = {folded(one): one for one in library.ids()}.get(folded(asked))
    if known is None:
        hint = GIVE_PROGRAMME(known=joined(library.ids()))
        facts.sink.problem(Place(path=""), NO_SUCH_PROGRAMME(found=asked), NAME_PROGRAMME(), hint)
        return None
    title = library.programme(known).title
    facts.take("programme", known, Found(source=Source.GIVEN), title)
    other = next((one for one in choices if known not in one.named.candidates), None)
    if other is not None and not any(known in one.named.candidates for one in choices):
        facts.doubt("programme", other.found, title)
    return known


def _taken(programme_id: str, found: Found, named: Named | None, library: Library, facts: Facts) -> str:
    programme = library.programme(programme_id)
    fits = named is None or named.year_fits
    facts.take("programme", programme_id, found, programme.title, score=None if fits else _UNSURE)
    if named is not None and not fits and named.year is not None:
        other = OTHER_YEAR(found=shown(found.text), year=str(named.year), taken=str(programme.year))
        facts.open("programme", other, CHECK_YEAR(), found.place("programme"), ONLY_YEAR())
    return programme_id


def _tell_others(taken: str, best: Choice, choices: Sequence[Choice], library: Library, facts: Facts) -> None:
    """A title or a name that fits another programme only: told once."""
    other = next((one for one in choices if one is not best and taken not in one.named.candidates), None)
    if other is not None and other.found.source is not Source.FOLDER:
        facts.doubt("programme", other.found, library.programme(taken).title)


def _unknown(choices: Sequence[Choice], library: Library) -> Problem:
    if not choices:
        hint = GIVE_PROGRAMME(known=joined(library.ids()))
        return Problem(place=Place(path=""), message=NO_PROGRAMME(), remedy=NAME_PROGRAMME(), hint=hint)
    first = choices[0]
    fitting = first.named.candidates
    message = SEVERAL(found=shown(first.found.text), fitting=joined(library.programme(one).title for one in fitting))
    hint = GIVE_ONE_OF(fitting=joined(fitting))
    return Problem(place=first.found.place(""), message=message, remedy=NAME_YEAR(), hint=hint)
