"""What the recalculation of the tables says: where a value stands, and how it was recomputed."""

from __future__ import annotations

from grantcalc.tabledata import TableInfo, Tables
from grantcalc.text import Bilingual, Joined, Message, plus

IN_ROW = Message("{file}, row {row} ({key}), column {column}")
IN_TOTAL = Message("{file}, printed total of column {column}")
IN_LIST = Message("{file}, row {row}")
CITED = Message("{place}: source {source}")

HOW_TOTAL = Message("sum of the rows")
HOW_SUM = Message("sum of {columns}")
HOW_FORMULA = Message("formula of the document")
HOW_BELOW_ONE = Message("one may be hired where the formula gives less than 1")
HOW_FLOOR = Message("most supervisors at the floor of the ratio")
HOW_NEED = Message("all cases divided by the cases of one case manager")
HOW_SHARE_OF_NEED = Message("national need")
HOW_THOUSANDS = Message("total of the allocation, in thousands")
HOW_PREMIUM = Message("insured amount × rate × share")
HOW_GRADE = Message("upper end of the pay of the grade")
HOW_POINTS = Message("points × value of a point, half up")
HOW_STEPS = Message("{points} points more with every step")
HOW_NEXT_STEP = Message("steps one after another from 1")
HOW_SOURCE = Message("listed in sources.toml")
HOW_STALE = Message("the known difference {id} is not there any more")

HOW_COUNTY = Message("listed in common/counties")
UNKNOWN_COUNTY = Message("{file}, row {row}: “{county}” is no county of common/counties.")
NO_COUNTY = Message("{file}: there is no row for {county}.")


def title(info: TableInfo, column: str) -> Bilingual:
    """What a reader calls a column."""
    return next((known.title for known in info.columns if known.name == column), Bilingual(column, column))


def titles(tables: Tables, table_id: str, *columns: str) -> Joined:
    """The columns that a value is the sum of."""
    return plus(title(tables[table_id].info, column) for column in columns)
