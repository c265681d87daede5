"""Own funds (自籌款) and the subsidy they are set against."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from grantcalc.draft.model import Draft, Fund
from grantcalc.finding import Explanation, Operation
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.text import Message, Text, dollars
from grantcalc.units import Unit

OWN_ROWS = Message("own funds: rows and parts of posts")
OWN_STATED = Message("own funds as stated")
SUBSIDY = Message("subsidy, at most the approved amount of each part")
ADD_ROWS = Message("Add rows paid by own funds of {more} in all, so that own funds are at least {allowed}.")
ADD_AND_STATE = Message(
    "Add rows paid by own funds of {more} in all, so that own funds are at least {allowed}, and state their sum at "
    "{place}."
)
OWN_PATH = "funding.own"


@frozen(kw_only=True)
class Funds:
    """Own funds and subsidy in dollars, with what could not be worked out. ``own`` is ``None`` where nothing says.

    ``own_is_stated``: no row is paid by own funds, so the sum stated on the cover counts.
    """

    own: int | None
    subsidy: int
    own_explained: Explanation
    subsidy_explained: Explanation
    missing: tuple[str, ...] = ()
    own_is_stated: bool = False


def funds(context: Context, allocation: str, parts: Mapping[str, str]) -> Funds:
    """What the county adds, and the subsidy counted.

    ``parts`` maps each category to its column of the table ``allocation``. What a part asks above its approved amount
    is not counted: it is that part's finding already, and will not be subsidised.
    """
    own, own_missing, own_label = _own(context)
    counted, missing, inputs = 0, list(own_missing), []
    row = context.tables[allocation].find(county=context.draft.county)
    if row is None:
        missing.append(context.county_lacking(allocation))
    for category, column in parts.items():
        asked = context.ledger.sum(Fund.SUBSIDY, [category])
        missing += asked.missing
        value = asked.value if row is None else min(asked.value, row[column])
        counted += value
        found = context.programme.category(category)
        inputs.append(Explanation(label=found.title if found else category, value=value, unit=Unit.DOLLAR))
    if own is None:
        missing.append(OWN_PATH)
    return Funds(
        own=own,
        subsidy=counted,
        own_explained=Explanation(
            label=own_label, value=own or 0, unit=Unit.DOLLAR, origin=context.draft.place(OWN_PATH)
        ),
        subsidy_explained=Explanation(
            label=SUBSIDY, value=counted, unit=Unit.DOLLAR, operation=Operation.SUM, inputs=tuple(inputs)
        ),
        missing=tuple(dict.fromkeys(missing)),
        own_is_stated=own_label is OWN_STATED,
    )


def has_own_rows(draft: Draft) -> bool:
    """Whether own funds pay a row, a post or a part of one; else the sum on the cover is all that is said of them."""
    return any(line.fund is Fund.OWN for line in draft.lines) or any(
        post.fund is Fund.OWN or post.own_monthly_pay is not None or post.own_insurance is not None
        for post in draft.positions
    )


def more_own(context: Context, found: Funds, allowed: int) -> Text:
    """How own funds come to ``allowed``: by rows, for a sum on the cover that no row pays is out of balance."""
    rows = 0 if found.own_is_stated else found.own or 0
    more = dollars(allowed - rows)
    if context.draft.funding.own is None:
        return ADD_ROWS(more=more, allowed=dollars(allowed))
    return ADD_AND_STATE(more=more, allowed=dollars(allowed), place=context.draft.place(OWN_PATH))


def _own(context: Context) -> tuple[int | None, tuple[str, ...], Message]:
    if has_own_rows(context.draft):
        found = context.ledger.sum(Fund.OWN)
        return found.value, found.missing, OWN_ROWS
    stated = context.draft.funding.own
    return (int(stated) if stated is not None and usable(stated) else None), (), OWN_STATED
