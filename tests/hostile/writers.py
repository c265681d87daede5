"""The writers of all forms, by their endings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.hostile.binary import xls, xlsb
from tests.hostile.sheets import Sheet, ods, xlsx

WRITERS: dict[str, Callable[[Sequence[Sheet]], bytes]] = {".xlsx": xlsx, ".ods": ods, ".xls": xls, ".xlsb": xlsb}
