"""Which programme a county's sheet is for: by the words (signs) that stand in its titles, and by the year they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from grantcalc.reading.county.spoken import years_of
from grantcalc.reading.county.texts import squeezed
from grantcalc.rules.composition import programme_of
from grantcalc.rules.load import programme_ids
from grantcalc.tabledata import Tables


@frozen(kw_only=True)
class Signs:
    """The words that name one programme, and its ROC year."""

    programme: str
    year: int
    words: tuple[str, ...]

    def longest(self, text: str) -> int:
        """Letters of the longest of them in a squeezed text; 0 where there is none."""
        return max((len(word) for word in self.words if word in text), default=0)


@frozen(kw_only=True)
class Named:
    """The programmes that fit what a text says: one where it is told, several where the text leaves it open."""

    candidates: tuple[str, ...]
    year: int | None
    """The ROC year that the text names, if one."""
    year_fits: bool


def signs_of(tables: Tables) -> tuple[Signs, ...]:
    """The signs of every programme, as ``programme.toml`` lists them."""
    return tuple(_signs(tables, programme_id) for programme_id in programme_ids(tables))


def _signs(tables: Tables, programme_id: str) -> Signs:
    raw = programme_of(tables, programme_id)
    words = tuple(squeezed(str(word)) for word in raw.get("signs", ()))
    return Signs(programme=programme_id, year=int(raw.get("year", 0)), words=words)


def named_by(signs: Sequence[Signs], text: str, years: Iterable[int] = ()) -> Named | None:
    """The programmes of the longest sign in a text; its own years decide among them, else ``years``."""
    found = squeezed(text)
    lengths = {one.programme: one.longest(found) for one in signs}
    best = max(lengths.values(), default=0)
    if not best:
        return None
    chosen = [one for one in signs if lengths[one.programme] == best]
    said = years_of(text) or tuple(dict.fromkeys(years))
    fitting = [one for one in chosen if one.year in said]
    return Named(
        candidates=tuple(one.programme for one in fitting or chosen),
        year=said[0] if len(said) == 1 else None,
        year_fits=bool(fitting),
    )
