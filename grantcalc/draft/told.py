"""What a reader tells of a file beside the draft in it: values read as others, what it understood, what it left out."""

from __future__ import annotations

from attrs import frozen

from grantcalc.finding import Place
from grantcalc.money import Number
from grantcalc.text import Text, Value


@frozen(kw_only=True)
class Normalisation:
    """A value that was read as something else than it was written (正規化), or assumed where absent.

    ``unseen``: the workbook's own formulas do not see it; the cell holds a text, or the serial of another day.
    """

    place: Place
    found: str
    taken: Value
    times: int = 1
    unseen: bool = False


@frozen(kw_only=True)
class Recognition:
    """What a reader understood of a sheet that is not the program's own form: a column, an item, a fact of the cover.

    ``score`` says how sure, of 100; one that is not ``sure`` is for a person to look at. Rows left out are told alike.
    ``hint`` and ``internal`` as those of a :class:`~grantcalc.finding.Finding`.
    """

    place: Place
    message: Text
    remedy: Text
    score: int = 100
    sure: bool = True
    hint: Text | None = None
    internal: bool = False


@frozen(kw_only=True)
class StatedSum:
    """A sum that a sheet states of some of its rows (小計), beside those of categories; ``rows`` by their paths.

    ``parts`` are the numbers of its column where they are no amounts of the draft, but a part of them (年終獎金).
    """

    place: Place
    stated: Number
    rows: tuple[str, ...]
    label: str = ""
    parts: tuple[Number, ...] = ()


@frozen(kw_only=True)
class Problem:
    """Something in the file that could not be read as it stands: what was found, expected, and what to do.

    ``hint`` as that of a :class:`~grantcalc.finding.Finding`.
    """

    place: Place
    message: Text
    remedy: Text
    hint: Text | None = None


@frozen(kw_only=True)
class Cell:
    """A money cell of the file and what became of it; ``told`` where a problem says why it was not read."""

    place: Place
    claimed: bool
    shown: str = ""
    told: bool = False
    money: bool = False
    """A number in a column of amounts that no row claims: more than a remark."""
