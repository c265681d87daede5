"""出席費 (各機關學校出席費及稿費支給要點): at most the standard a person a meeting; plan staff draw none.

Meetings that coordinate the work (工作協調會議) pay none either: where a row's words speak of one, a person must look.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.money import whole
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.fees import Priced, over, priced_rows
from grantcalc.rules.names import find, fold, spelled
from grantcalc.rules.prices import asks_nothing, row_cut
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.staff import item_name, likely, posts_by_person
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, dollars

OVER = Message("“{item}” is priced at {stated} a person and a meeting, above the central standard of {allowed}.")
STAFF = Message("“{person}” holds a post of this plan; staff of the plan draw no attendance fee.")
OTHER_PERSON = Message("Name an outside expert at {place}, or take the row out.")
COORDINATION = Message("The row speaks of “{word}”; a meeting that coordinates the work pays no attendance fee.")
EXPERTS_ONLY = Message("“{item}” is paid only to those who attend as experts (以專家身分出席).")
ASK_MEETING = Message("what the meeting is for; a row for coordinating the work is taken out of the subsidy.")


@frozen(kw_only=True, eq=False, repr=False)
class AttendanceFee:
    """``cap``: the standard a person and a meeting, of the rows whose price this rule owns.

    ``items``: rows of attendance whose price another rule owns; all else is judged here. ``staff``: plan staff draw
    none by this rule (off where a document has its own). ``coordination``: words of meetings that pay none. ``ask``:
    where the document pays experts only (非以專家身分出席者不得支領), what a person must look at, once.
    """

    cap: Limit
    items: tuple[str, ...] = ()
    staff: bool = True
    coordination: tuple[str, ...] = ()
    ask: Bilingual | None = None


def check(context: Context, rule: Rule, values: AttendanceFee) -> Verdict:
    """A finding for every row paid to plan staff, and for every price above the standard; a review of meetings."""
    tally = Tally()
    cap = whole(values.cap.value)
    dear = {row.line.origin.path: row for row in priced_rows(context, rule, tally) if row.price > cap}
    posts = context.draft.positions if values.staff else ()
    staff, holders, ask = posts_by_person(posts), posts_by_person(context.draft.positions), values.ask
    for line in _rows(context, rule, values, tally):
        if asks_nothing(line):
            continue
        person = (line.details.person or "").strip()
        held = find(person, staff)
        if held is not None and held.exact:
            tally.found(_staff(context, line, spelled(held.key, person)))
            continue
        if held is not None:
            tally.found(likely(line, item_name(context, line), held.key, staff[held.key]))
        if ask is not None and find(person, holders) is None:
            tally.found(_experts_only(context, line, ask))
            ask = None
        row = dear.get(line.origin.path)
        if row is not None:
            tally.found(_over(row, cap, values.cap))
        word = _coordination(line, values.coordination)
        if word is not None:
            tally.found(_meeting(line, word))
    return tally.verdict()


def _rows(context: Context, rule: Rule, values: AttendanceFee, tally: Tally) -> Iterator[Line]:
    """Every subsidised row of attendance, whoever owns its price."""
    for item in context.programme.items.values():
        is_owner = context.owner(item) == rule.id
        if is_owner or item.code in values.items:
            lines = context.lines(item.code)
            # Rows whose price is owned here are counted with it.
            tally.examine(0 if is_owner else len(lines))
            yield from lines


def _over(row: Priced, cap: int, limit: Limit) -> Finding:
    message = OVER(item=row.item.name, stated=dollars(row.price), allowed=dollars(cap))
    return over(row, cap, message, limit.explained())


def _staff(context: Context, line: Line, person: str) -> Finding:
    place = line.origin.place("details.person")
    return Finding(
        place=place,
        message=STAFF(person=person),
        remedy=OTHER_PERSON(place=At(place)),
        cut=row_cut(context, line),
    )


def _experts_only(context: Context, line: Line, ask: Bilingual) -> Finding:
    item = context.programme.items[line.item or ""].name
    place = line.origin.place("details.person")
    return Finding(outcome=Outcome.REVIEW, place=place, message=EXPERTS_ONLY(item=item), remedy=LOOK(ask=ask))


def _coordination(line: Line, words: tuple[str, ...]) -> str | None:
    """The first word that a row's description or item holds."""
    text = fold(f"{line.description or ''}\n{line.item or ''}")
    return next((word for word in words if fold(word) in text), None)


def _meeting(line: Line, word: str) -> Finding:
    return Finding(
        outcome=Outcome.REVIEW,
        place=line.origin.place("description"),
        message=COORDINATION(word=word),
        remedy=LOOK(ask=ASK_MEETING()),
    )


KIND = Kind(name="attendance-fee", check=check, values=AttendanceFee)
