"""Regional allowance (地域加給): the zone of a workplace and its basic amount a month (RSP-108 附表2, from 107-04-01).

Only the islands that the grant documents name (金門縣, 連江縣, 澎湖縣) get it from the subsidy; the printed lists of
places are open (等), so a place that is not listed or doubtful is for a person to judge.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import frozen

from grantcalc.sources import Citation
from grantcalc.tabledata import Row, Table, Tables
from grantcalc.text import Bilingual

PLACES = "common/regional_allowance_places"
AMOUNTS = "common/regional_allowance"
LOCAL = "common/regional_allowance_local"
COUNTIES = "common/counties"

_TOWNSHIP_SUFFIXES = "鄉鎮市區"
_COUNTY_SUFFIX = "縣"
_STREET_SUFFIXES = "路街"


class Basis(Enum):
    """Whether Penghu follows the table (表列) or its local plan of one amount (地方試辦)."""

    TABLE = "table"
    LOCAL_PLAN = "local-plan"


class Standing(Enum):
    """What a workplace turned out to be."""

    ZONE = "zone"
    DOUBTFUL = "doubtful"
    OUTSIDE = "outside"


@frozen(kw_only=True)
class Workplace:
    """A workplace looked up: its ``zone`` where it has one, the place that matched, and the doubt if there is one."""

    kind: Standing
    zone: str | None = None
    county: str | None = None
    place: str | None = None
    note: Bilingual | None = None


@frozen(kw_only=True)
class BasicAmount:
    """The basic amount a month (基本數額) of a zone, in dollars, and who says so."""

    amount: int
    title: Bilingual
    citation: Citation


def zone_of(written: str, draft_county: str | None, tables: Tables) -> Workplace:
    """The zone of a workplace as an applicant writes it.

    The longest listed place in the text decides; an islet wins over the township or county it belongs to. A county
    whose places all have one zone gives that zone to every place in it.
    """
    text = _plain(written)
    islands = {str(row["name_zh"]) for row in tables[COUNTIES].rows if row["island"]}
    county = _county(text, draft_county, tables[COUNTIES])
    rows = tables[PLACES].rows
    here = [row for row in rows if _names(text, str(row["place"])) and county in {None, row["county"]}]
    found = max(here, key=lambda row: _weight(text, str(row["place"])), default=None)
    if found is None:
        return _unlisted(county, islands, rows)
    place, owner = str(found["place"]), str(found["county"])
    doubtful = found["basis"] == "doubtful" or owner not in islands
    return Workplace(
        kind=Standing.DOUBTFUL if doubtful else Standing.ZONE,
        zone=None if doubtful else str(found["zone"]),
        county=owner,
        place=place,
        note=_note(found),
    )


def basic_amount(workplace: Workplace, start: dt.date, basis: Basis, tables: Tables) -> BasicAmount | None:
    """The basic amount of a workplace's zone for a post that starts on ``start``; ``None`` without a zone."""
    if workplace.zone is None:
        return None
    local = tables[LOCAL]
    if basis is Basis.LOCAL_PLAN:
        for row in reversed(local.rows):
            if row["county"] == workplace.county and row["effective_from"] <= start:
                title = Bilingual(f"{row['county']}地方試辦地域加給", f"local plan of {row['county']}")
                return BasicAmount(amount=row["amount"], title=title, citation=local.info.citation)
    table = tables[AMOUNTS]
    row = table.row(zone=workplace.zone)
    title = Bilingual(f"{row['name_zh']}基本數額", f"basic amount of {row['name_en']}")
    return BasicAmount(amount=row["amount"], title=title, citation=table.info.citation)


def _plain(written: str) -> str:
    return "".join(written.split()).replace("台", "臺")


def _county(text: str, draft_county: str | None, counties: Table) -> str | None:
    names = [str(row["name_zh"]) for row in counties.rows]
    named = next((name for name in names if name in text), None)
    if named is not None:
        return named
    islands = [str(row["name_zh"]) for row in counties.rows if row["island"]]
    short = next((name for name in islands if _names(text, name.removesuffix(_COUNTY_SUFFIX))), None)
    return short or draft_county


def _names(text: str, name: str) -> bool:
    """True where the text names the place, and not only a street called after it (金門路)."""
    for suffix in _STREET_SUFFIXES:
        text = text.replace(name + suffix, "")
    return name in text


def _weight(text: str, place: str) -> tuple[int, int, int]:
    """Islets before townships before counties; then the longer name; then the later one in the text."""
    at = text.rfind(place)
    after = text[at + len(place) : at + len(place) + 1]
    rank = 0 if after == _COUNTY_SUFFIX else 1 if after and after in _TOWNSHIP_SUFFIXES else 2
    return rank, len(place), at


def _unlisted(county: str | None, islands: set[str], rows: tuple[Row, ...]) -> Workplace:
    if county not in islands:
        return Workplace(kind=Standing.OUTSIDE if county else Standing.DOUBTFUL, county=county)
    zones = {str(row["zone"]) for row in rows if row["county"] == county}
    if len(zones) == 1:
        return Workplace(kind=Standing.ZONE, zone=zones.pop(), county=county)
    return Workplace(kind=Standing.DOUBTFUL, county=county)


def _note(row: Row) -> Bilingual | None:
    zh, en = row.cells.get("note_zh"), row.cells.get("note_en")
    return Bilingual(str(zh), str(en)) if zh and en else None
