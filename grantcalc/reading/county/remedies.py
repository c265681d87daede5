"""What to do about something that was recognised in a county's sheet, where several readers of rows say the same."""

from __future__ import annotations

from grantcalc.text import Message

NOTHING = Message("Nothing to change if that is right.")
BY_MAP = Message("A map (--map) may say it too; `grantcalc map` proposes one.")
LIKENESS = Message("Likeness {score} of 100; a map (--map) may say otherwise, `grantcalc map` proposes one.")
LOOK_AT_ROWS = Message("Look at the rows it adds up.")
OWN_COLUMNS = Message("Look at the row; give persons, monthly pay and months in columns of their own.")
