"""How large a file a reader takes on, and how long."""

from __future__ import annotations

from attrs import frozen

MEGABYTE = 1024 * 1024


@frozen(kw_only=True)
class Limits:
    """Bounds that keep a hostile or broken file from filling the memory; a real draft stays far below all of them."""

    file_bytes: int = 25 * MEGABYTE
    expanded_bytes: int = 200 * MEGABYTE
    entries: int = 10_000
    ratio: int = 300
    """Expanded ÷ packed size of one part, where it is larger than ``ratio_from`` bytes."""
    ratio_from: int = 5 * MEGABYTE
    sheet_cells: int = 8_000_000
    """Rows × columns of one sheet."""
    rows: int = 100_000
    """Rows of one sheet that hold anything."""
    sheets: int = 200
    """Sheets of one file."""
    merges: int = 10_000
    """Merged ranges of one sheet."""
    header_rows: int = 30
    """The header of a form's sheet stands within this many rows."""
    seconds: int = 30
    """Of one file, from the first byte to its values."""
    memory_bytes: int = 2048 * MEGABYTE
    """What the process that parses one file may take beyond what it starts with, where the system can bound it."""


DEFAULT_LIMITS = Limits()
