"""Missing inputs in words: the field's header and its cells, many rows in one phrase."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from grantcalc.draft.fields import COVER_FIELDS, LINE_FIELDS, POSITION_FIELDS
from grantcalc.draft.model import Draft
from grantcalc.text import Bilingual, Language, Message

_ROW = re.compile(r"(positions|lines)\[(\d+)\]\.(.+)")
_TABLE = re.compile(r"([\w-]+/\w+) (.+)")
_OTHER = re.compile(r"(?s)(.+): ((?:(?:positions|lines)\[\d+\]\.)?([a-z_\d.\[\]]+))")
"""An input that another draft lacks: its file, the path there, the name of the field."""
_INDEX = re.compile(r"\[\d+\]")

ONE = Message("{field} ({place})")
SEVERAL = Message("{field} ({number} rows: {first} …)")

OF_YEAR = Message("what the table {table} says of ROC year {year}")
OF_ROW = Message("the row of {row} in the table {table}")

OPTIONS: dict[str, Message] = {
    "minimum_own_ratio": Message("the county's minimum own-funds ratio"),
    "pay-table": Message("the pay table of the other document"),
    "common/fees#lodging-weekday": Message("a limit of lodging for that day: the table holds none before 2024-01-15"),
}
"""Inputs that do not come from the draft alone."""

GIVEN_BY: dict[str, Message] = {
    "minimum_own_ratio": Message("on the cover, or --minimum-own-ratio"),
    "pay-table": Message("--pay-table"),
}
"""How whoever runs the program gives them."""

PERIOD = Bilingual("計畫期程", "Period of the plan")
"""Start and end together."""

EXTRA = {
    "quantities": Bilingual("數量與單位", "quantities and units"),
    "quantities.case": Bilingual("該列之個案數（數量與單位）", "the row's cases (quantities and units)"),
    "quantities[].number": Bilingual("數量", "quantity"),
    "quantities[].unit": Bilingual("單位", "unit"),
}


def describe_missing(paths: tuple[str, ...], draft: Draft, language: Language) -> str:
    """One phrase for all missing inputs of a rule."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        field, place = _resolve(path, draft, language)
        groups[field].append(place)
    return language.listed(_phrase(field, places, language) for field, places in groups.items())


def _resolve(path: str, draft: Draft, language: Language) -> tuple[str, str]:
    if path in OPTIONS:
        return language(OPTIONS[path]), language(GIVEN_BY.get(path))
    other = _OTHER.fullmatch(path)
    if other is not None:
        header = cover_header(other[2]) or row_header(other[3], positions=other[2].startswith("positions"))
        return language(header) if header else other[3], path
    table = _TABLE.fullmatch(path)
    if table is not None:
        year = table[2].isdecimal()
        return language(OF_YEAR(table=table[1], year=table[2]) if year else OF_ROW(table=table[1], row=table[2])), ""
    match = _ROW.fullmatch(path)
    if match is None:
        header = cover_header(path)
        place = draft.place(path)
        return (language(header) if header else path), place.shown if header else ""
    kind, index, name = match[1], int(match[2]), match[3]
    rows = draft.positions if kind == "positions" else draft.lines
    header = row_header(name, positions=kind == "positions")
    place = rows[index].origin.place(name) if index < len(rows) else draft.place(path)
    if name in {"quantities", "quantities.case"} and place.cell:
        place = rows[index].origin.place("quantities[0].number")
    return (language(header) if header else name), place.shown


def cover_header(path: str) -> Bilingual | None:
    """What the cover calls a field; ``None`` where it has none of that path."""
    return PERIOD if path == "period" else next((spec.header for spec in COVER_FIELDS if spec.name == path), None)


def row_header(name: str, *, positions: bool) -> Bilingual | None:
    """What the columns of posts or of rows call a field; ``None`` where they have none of that name."""
    plain = _INDEX.sub("[]", name)
    specs = POSITION_FIELDS if positions else LINE_FIELDS
    return EXTRA.get(plain) or next((spec.header for spec in specs if spec.name == name), None)


def _phrase(field: str, places: list[str], language: Language) -> str:
    if len(places) == 1:
        return language(ONE(field=field, place=places[0])) if places[0] else field
    return language(SEVERAL(field=field, number=len(places), first=places[0]))


def by_field(paths: Iterable[str], draft: Draft, language: Language) -> dict[str, tuple[str, ...]]:
    """The missing inputs by the name of what is missing: rows that lack the same field are one fact."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for path in paths:
        found[_resolve(path, draft, language)[0]][path] = None
    return {field: tuple(known) for field, known in found.items()}
