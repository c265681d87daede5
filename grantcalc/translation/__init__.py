"""A draft of one programme as a draft of another (改依他計畫檢核): the same budget in the other one's terms.

Codes of items, posts and categories change by the concordance, dates by whole years; prices, quantities and amounts
stay as they are. What the other programme has no place for is left out and told, never silently.
"""

from __future__ import annotations

from grantcalc.draft.model import Draft, Reading
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import open_ledger
from grantcalc.rules.programme import Programme
from grantcalc.rules.sums import entries
from grantcalc.tabledata import Tables
from grantcalc.translation.dates import move_draft
from grantcalc.translation.dictionary import Dictionary
from grantcalc.translation.fields import leave_out
from grantcalc.translation.model import NotCarried, Pair, Part, Remark, Translated
from grantcalc.translation.rows import Rows
from grantcalc.translation.totals import Restated

__all__ = ["NotCarried", "Pair", "Part", "Remark", "Translated", "translate"]


def translate(draft: Draft, a: Programme, b: Programme, tables: Tables) -> Translated:
    """The draft of programme ``a`` as one of ``b``, and what could not be carried."""
    words = Dictionary(a=a, b=b, tables=tables)
    context = Context(reading=Reading(draft=draft), programme=a, tables=tables, ledger=open_ledger(draft, a))
    rows = Rows.of(words, context.ledger.amounts)
    carried = rows.carry(draft)
    figures = Restated(
        b=b,
        entries=entries(context),
        where={amount.path: amount.category for amount in open_ledger(carried, b).amounts},
        category=words.category,
    )
    restated = figures.restate(draft, carried)
    bare, fields = leave_out(restated, a, b)
    years = b.period.start.year - a.period.start.year
    moved, days = move_draft(bare, years)
    return Translated(
        a=a,
        b=b,
        draft=moved,
        years=years,
        pairs=rows.pairs,
        not_carried=(*rows.not_carried, *fields, *figures.not_carried),
        remarks=(*rows.remarks, *figures.remarks, *days),
    )
