"""Options for files that are not the program's own form: maps, and what such a file does not say of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from grantcalc.cli import common
from grantcalc.cli.values import File
from grantcalc.cli.words import Refused, option
from grantcalc.text import Message, joined

if TYPE_CHECKING:
    from grantcalc.reading.county.mapping import SheetMap
    from grantcalc.reading.options import ReadOptions

MAP_HELP = Message(
    "A map (TOML) that fixes how a county's own sheet is read; `grantcalc map` proposes one. "
    "May be given several times."
)
PROGRAMME_HELP = Message(
    "The programme of files that do not say it, or say it wrongly; the program's own form says it."
)
COUNTY_HELP = Message("The county of files that do not say it, or say it wrongly; the program's own form says it.")
NO_COUNTY = Message("there is no county “{name}”; did you mean {nearest}?")
NO_COUNTY_LIKE = Message("there is no county “{name}”; expected one of the 22 counties and cities")

FOR_NO_FILE = Message("The map {map} is for none of the files given; its `files` are: {files}.")

F = TypeVar("F", bound=Callable[..., object])


def sheet_options(function: F) -> F:
    """``--map``, ``--programme``, ``--county``: parameters ``maps``, ``programme_id``, ``county_name``."""
    decorated: Callable[..., object] = function
    for decorate in (
        option("--county", "county_name", metavar="COUNTY", default=None, text=COUNTY_HELP),
        option("--programme", "programme_id", metavar="PROGRAMME", default=None, text=PROGRAMME_HELP),
        option("--map", "maps", type=File(), multiple=True, text=MAP_HELP),
    ):
        decorated = decorate(decorated)
    return decorated  # type: ignore[return-value]  # click keeps the function it decorates


def with_sheets(
    options: ReadOptions, maps: tuple[Path, ...], programme_id: str | None, county_name: str | None
) -> ReadOptions:
    """The options with what these say; exit code 2 where a programme, a county or a map is none."""
    from attrs import evolve

    if programme_id is not None:
        common.programme(programme_id, common.library())
    county = None if county_name is None else _county(county_name)
    loaded: tuple[SheetMap, ...] = ()
    if maps:
        from grantcalc.reading.county.mapfile import load_map

        loaded = tuple(load_map(path, common.library(), programme_id) for path in maps)
    return evolve(options, programme=programme_id, county=county, maps=loaded)


def tell_unused_maps(options: ReadOptions, paths: Iterable[Path]) -> None:
    """Say on stderr which maps are for none of the files that were given."""
    if not options.maps:
        return
    from grantcalc.reading.county.mapfile import maps_of_none

    for one in maps_of_none(paths, options):
        click.echo(common.language()(FOR_NO_FILE(map=one.source, files=joined(one.files))), err=True)


def _county(name: str) -> str:
    """The official name; 台 is read as 臺, English names are known."""
    from grantcalc.reading.names import Counties

    counties = Counties.of(common.tables())
    found = counties.find(name)
    if found is None:
        near = counties.nearest(name)
        raise Refused(NO_COUNTY(name=name, nearest=joined(near)) if near else NO_COUNTY_LIKE(name=name))
    return found
