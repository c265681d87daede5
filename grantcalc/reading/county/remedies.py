"""What to do about something that was recognised in a county's sheet, where several readers of rows say the same."""

from __future__ import annotations

from grantcalc.text import Message

NOTHING = Message("Nothing to change if that is right.")
OWN_COLUMNS = Message("Look at the row; give persons, monthly pay and months in columns of their own.")
