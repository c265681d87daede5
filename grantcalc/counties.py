"""What the tables say of a county (直轄市、縣市): its name in both languages and its fiscal tier (財力級次)."""

from __future__ import annotations

import datetime as dt

from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual


def county_title(tables: Tables, county: str | None) -> Bilingual | None:
    """Both names of a county; ``None`` where there is none of that Chinese name."""
    row = tables["common/counties"].find(name_zh=county)
    return None if row is None else Bilingual(row["name_zh"], row["name_en"])


def fiscal_tier(tables: Tables, county: str | None, day: dt.date) -> int | None:
    """The county's tier on a day, for information; ``None`` where the table does not cover it."""
    rows = tables["common/fiscal_tiers"].rows
    spans = (row for row in rows if row["county"] == county and row["from"] <= day <= row["to"])
    return next((int(row["tier"]) for row in spans), None)
