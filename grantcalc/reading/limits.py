"""How large a file a reader takes on."""

from __future__ import annotations

from attrs import frozen

_MEGABYTE = 1024 * 1024


@frozen(kw_only=True)
class Limits:
    """Bounds that keep a hostile or broken file from filling the memory; a real draft stays far below all of them."""

    file_bytes: int = 25 * _MEGABYTE
    expanded_bytes: int = 200 * _MEGABYTE
    entries: int = 10_000
    ratio: int = 300
    """Expanded ÷ packed size of one part, where it is larger than ``ratio_from`` bytes."""
    ratio_from: int = 5 * _MEGABYTE
    sheet_cells: int = 8_000_000
    """Rows × columns of one sheet."""
    header_rows: int = 30
    """The header stands within this many rows."""


DEFAULT_LIMITS = Limits()
