"""What a user may say about files before they are read: limits, and facts that a county's own sheet does not state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from grantcalc.reading.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from grantcalc.reading.county.mapping import SheetMap


@frozen(kw_only=True)
class ReadOptions:
    """``programme`` and ``county`` stand for what a county's sheet says of itself; ``maps`` fix how it is read.

    ``salt`` goes into the hashes that stand for identity numbers: readings that are compared share one.
    """

    limits: Limits = DEFAULT_LIMITS
    programme: str | None = None
    county: str | None = None
    maps: tuple[SheetMap, ...] = ()
    salt: bytes = b""


DEFAULT_OPTIONS = ReadOptions()
