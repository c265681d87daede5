"""A spreadsheet file of any form as plain values: what every reader of sheets starts from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import Factory, frozen

from grantcalc.draft.choices import Form
from grantcalc.reading.grid import Grid
from grantcalc.reading.problems import FIRST_DAY
from grantcalc.text import Text


@frozen(kw_only=True)
class Book:
    """The sheets of one file that were parsed, by their names and in their order.

    ``names`` lists every sheet, ``hidden`` those that nobody sees; ``stamped`` says that the grids are the sheets of
    the program's own form, by the version stamp that the file carries or by what only that form has.
    """

    form: Form
    grids: Mapping[str, Grid]
    names: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    notes: tuple[Text, ...] = ()
    first_day: dt.date = FIRST_DAY
    stamped: bool = False
    identities: Mapping[tuple[str, int, int], str] = Factory(dict)
    """What stands for the identity numbers in a cell (sheet, row, column), a blank between two: salted hashes.

    The cells hold the numbers masked. Without a salt (:class:`~grantcalc.reading.options.ReadOptions`) there are none.
    """
