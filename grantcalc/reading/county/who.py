"""Who applies: the county, the applicant's name and its kind, by labels, titles and names of files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from grantcalc.draft.choices import ApplicantKind
from grantcalc.letters import official
from grantcalc.reading.book import Book
from grantcalc.reading.county.labels import Labelled
from grantcalc.reading.county.planfacts import Asked, Facts, Found, Source
from grantcalc.reading.county.texts import Outside, squeezed
from grantcalc.reading.names import Counties, folded, labels
from grantcalc.tabledata import Tables
from grantcalc.text import Message, joined
from grantcalc.textwords import any_of, words_of

NO_COUNTY = Message("The county is not named; what depends on it could not be judged.")
NAME_COUNTY = Message("Name it in the title.")
SEVERAL_COUNTIES = Message("Several counties are named: {found}; none is taken.")
NO_KIND = Message("The applicant is not named; whether it may apply could not be judged.")
NAME_APPLICANT = Message("Name the applicant in the title.")

_SHORT = 80
"""The score of 嘉義 for 嘉義縣: a county named without 縣 or 市, where no other has that name."""
_BODY = r"(?:{beginning})[^\s,，。:：()（）\d]{{2,30}}?(?:{ending})"
_AGENCY = r"[\u4e00-\u9fff]{{2,8}}?(?:{ending})(?![\u4e00-\u9fff])"
"""An agency of a county behind 政府, with nothing of another word behind it: 高雄市政府毒品防制局."""


@frozen(kw_only=True)
class _County:
    """One county by its official name, and its name without 縣 or 市 where that is the name of no other."""

    name: str
    short: str | None


def _counties(counties: Counties) -> tuple[_County, ...]:
    shorts = [name[:-1] for name in counties.names]
    return tuple(
        _County(name=name, short=name[:-1] if shorts.count(name[:-1]) == 1 else None) for name in counties.names
    )


def take_county(
    asked: Asked,
    labelled: Sequence[Labelled],
    outside: Outside,
    book: Book,
    path: Path,
    tables: Tables,
    facts: Facts,
) -> None:
    """The county: what is given, a label, the titles, the names of sheets, file and folder."""
    counties = Counties.of(tables)
    known = _counties(counties)
    titles = re.compile(any_of(tables, "title-word"))
    ranks = list(_ranks(labelled, outside, book, path, titles))
    if asked.county is not None:
        name = counties.find(asked.county) or asked.county
        facts.take("county", name, Found(source=Source.GIVEN), name)
    else:
        _by_ranks(ranks, known, facts)
    taken = facts.values.get("county")
    if isinstance(taken, str):
        _tell_other_name(taken, known, path, facts)


def _by_ranks(ranks: list[list[Found]], known: tuple[_County, ...], facts: Facts) -> None:
    for exact in (True, False):
        for rank in ranks:
            found = [(one, name) for one in rank for name in _named(one.text, known, exact=exact)]
            names = dict.fromkeys(name for _, name in found)
            if len(names) > 1:
                facts.open("county", SEVERAL_COUNTIES(found=joined(names)), NAME_COUNTY(), found[0][0].place("county"))
                return
            if names:
                where, name = found[0]
                facts.take("county", name, where, name, score=None if exact else _SHORT)
                return
    facts.open("county", NO_COUNTY(), NAME_COUNTY())


def _ranks(
    labelled: Sequence[Labelled], outside: Outside, book: Book, path: Path, titles: re.Pattern[str]
) -> Iterator[list[Found]]:
    """Where a county may be named, the surest first; ``titles``: what the title of a county's sheet speaks of."""
    for name in ("county", "applicant", "title"):
        yield [_of_label(one) for one in labelled if one.field == name and isinstance(one.raw, str)]
    texts = [
        Found(source=Source.TITLE, text=cell.text, grid=cell.grid, at=(cell.row, cell.column)) for cell in outside.cells
    ]
    yield [one for one in texts if titles.search(one.text)]
    yield [Found(source=Source.SHEET, text=name) for name in book.grids]
    yield [Found(source=Source.FILE, text=path.name)]
    yield [Found(source=Source.NOTE, text=one.text, grid=one.grid, at=one.at) for one in texts]
    for folder in path.absolute().parts[-2:-4:-1]:
        yield [Found(source=Source.FOLDER, text=folder)]


def _of_label(one: Labelled) -> Found:
    return Found(source=Source.LABEL, text=str(one.raw), grid=one.grid, at=(one.row, one.column))


def _named(text: str, known: tuple[_County, ...], *, exact: bool) -> list[str]:
    plain = squeezed(text)
    if exact:
        return [one.name for one in known if one.name in plain]
    return [one.name for one in known if one.short is not None and one.short in plain]


def _tell_other_name(taken: str, known: tuple[_County, ...], path: Path, facts: Facts) -> None:
    """The name of the file speaks of another county only."""
    names = _named(path.name, known, exact=True)
    if names and taken not in names:
        facts.doubt("county", Found(source=Source.FILE, text=path.name), taken)


def take_applicant(asked: Asked, labelled: Sequence[Labelled], outside: Outside, tables: Tables, facts: Facts) -> None:
    """The applicant's name and kind."""
    found = _applicant(asked, labelled, outside, tables, facts)
    if found is not None:
        where, name = found
        facts.take("applicant", name, where, name)
    if asked.applicant_kind is not None:
        kind = asked.applicant_kind
        facts.take("applicant_kind", kind.value, Found(source=Source.GIVEN), kind)
        return
    stated = next((one for one in labelled if one.field == "applicant_kind"), None)
    member = labels(ApplicantKind).get(folded(str(stated.raw))) if stated else None
    if stated is not None and isinstance(member, ApplicantKind):
        facts.take("applicant_kind", member.value, _of_label(stated), member)
    elif found is not None:
        _kind_by_name(*found, tables, facts)
    if "applicant_kind" not in facts.values:
        facts.open("applicant_kind", NO_KIND(), NAME_APPLICANT())


def _applicant(
    asked: Asked, labelled: Sequence[Labelled], outside: Outside, tables: Tables, facts: Facts
) -> tuple[Found, str] | None:
    if asked.applicant is not None:
        return Found(source=Source.GIVEN), asked.applicant
    stated = next((one for one in labelled if one.field == "applicant" and isinstance(one.raw, str)), None)
    if stated is not None:
        return _of_label(stated), str(stated.raw)
    county = facts.values.get("county")
    for cell in outside.cells:
        name = _body_in(cell.text, str(county or ""), tables)
        if name is not None:
            return Found(source=Source.TITLE, text=cell.text, grid=cell.grid, at=(cell.row, cell.column)), name
    return None


def _body_in(text: str, county: str, tables: Tables) -> str | None:
    """財團法人…基金會, or 嘉義縣政府社會局: a county with what follows of its government's names."""
    beginning, ending = any_of(tables, "body-beginning"), any_of(tables, "body-ending")
    match = re.search(_BODY.format(beginning=beginning, ending=ending), text)
    if match is not None:
        return match[0]
    plain = official(text)
    at = plain.find(county) if county else -1
    if at < 0:
        return None
    rest, end = plain[at + len(county) :], 0
    words = (
        *words_of(tables, "government"),
        *(str(row["word"]) for row in tables["common/applicant_words"].rows if row["sure"]),
    )
    while (word := next((word for word in words if rest.startswith(word, end)), None)) is not None:
        end += len(word)
    bureau = re.compile(_AGENCY.format(ending=any_of(tables, "agency-ending")))
    agency = bureau.match(rest, end) if end else None
    end = agency.end() if agency else end
    return county + rest[:end] if end else None


def _kind_by_name(found: Found, name: str, tables: Tables, facts: Facts) -> None:
    for row in tables["common/applicant_words"].rows:
        if str(row["word"]) in official(name):
            kind = ApplicantKind(str(row["kind"]))
            score = None if row["sure"] else _SHORT
            facts.take("applicant_kind", kind.value, found, kind, score=score)
            return
