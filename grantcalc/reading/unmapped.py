"""Maps beside a file that needs none: not used, and said so."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from grantcalc.draft.model import Reading
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import shown
from grantcalc.text import Message

NOT_USED = Message("The map {map} is not used: this file is the program's own form, or a draft as JSON or TOML.")


def without_maps(reading: Reading, path: Path, options: ReadOptions) -> Reading:
    """The reading of a file of the program's own forms, with a note on every map that was given for it."""
    if not options.maps:
        return reading
    from grantcalc.reading.county.mapfile import maps_for

    notes = tuple(NOT_USED(map=shown(one.source)) for one in maps_for(path, options))
    return evolve(reading, notes=(*reading.notes, *notes))
