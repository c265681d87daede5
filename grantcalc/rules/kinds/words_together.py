"""Work that may not be given away (不得委託): words of giving it away and words of that work in one clause of a row.

A row is read clause by clause: 「通報由本府辦理，輔導委託民間團體」 gives away only the guidance. Where a row gives
something away and does not say what, a person must look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import fold
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Joined, Message, Value, dollars, joined
from grantcalc.units import Unit

GIVEN_AWAY = Message(
    "The row of {stated} speaks of {given} and of {kept} together. The applicant itself does: {own}. Only this may be "
    "given to others: {others}."
)
UNSAID = Message(
    "The row of {stated} speaks of {given} and does not say clearly which work. The applicant itself does: {own}. Only "
    "this may be given to others: {others}."
)
TAKE_OUT = Message(
    "Take the row at {place} out of the budget; where it means other work, say in its description which one."
)
ASK = Message("which of the works that may be given to others the row means")

_CLAUSES = re.compile(r"[,;。\n()]+")
"""Where a clause ends, in text whose full-width marks are made plain."""


@frozen(kw_only=True, eq=False, repr=False)
class WordsTogether:
    """``given``: words of giving work away; ``kept``: of the work that stays; ``free``: of work that may be given.

    ``exempt`` phrases are taken out first. ``duties``: a table of what each programme does, by ``may_commission``.
    """

    given: tuple[str, ...]
    kept: tuple[str, ...]
    free: tuple[str, ...]
    duties: str
    exempt: tuple[str, ...] = ()


@frozen(kw_only=True)
class Words:
    """All words as they are searched."""

    given: tuple[str, ...]
    kept: tuple[str, ...]
    free: tuple[str, ...]
    exempt: tuple[str, ...]

    def plain(self, text: str) -> str:
        """A text as it is searched, without the exempt phrases."""
        folded = fold(text)
        for phrase in self.exempt:
            folded = folded.replace(phrase, " ")
        return folded


@frozen(kw_only=True)
class Said:
    """What one row says: the words of giving away, and those of the work that stays, in the clause that matters."""

    given: tuple[str, ...]
    kept: tuple[str, ...]


def check(context: Context, rule: Rule, values: WordsTogether) -> Verdict:
    """One finding at most for every row that asks for money, whoever pays it."""
    tally = Tally()
    words = read_words(values)
    for line in context.draft.lines:
        if asks_nothing(line):
            continue
        tally.examine()
        said = _said(context, words, line)
        if said is not None:
            tally.found(_finding(context, rule, values, line, said))
    return tally.verdict()


def read_words(values: WordsTogether) -> Words:
    """The words of the rule, ready to search with."""
    return Words(
        given=_folded(values.given),
        kept=_folded(values.kept),
        free=_folded(values.free),
        exempt=_folded(values.exempt),
    )


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    """Longest first, so that of two words in one place the longer is named."""
    return tuple(sorted({fold(word) for word in words}, key=lambda word: (-len(word), word)))


def _said(context: Context, words: Words, line: Line) -> Said | None:
    """The worst clause of a row: one that gives away what stays, else one that does not say what it gives away."""
    item = context.item(line)
    named = words.plain(f"{line.item or ''}\n{item.name.zh if item else ''}")
    written = words.plain(f"{line.description or ''}\n{line.item or ''}")
    says_free = bool(_found(words.free, written + named)) and not _found(words.kept, written)
    unsaid: Said | None = None
    for clause in _clauses(written):
        given, kept = _found(words.given, clause), _found(words.kept, clause)
        if given and kept:
            return Said(given=given, kept=kept)
        if given and not says_free and not _found(words.free, clause):
            unsaid = unsaid or Said(given=given, kept=())
    return unsaid


def _clauses(text: str) -> Iterator[str]:
    yield from (clause for clause in _CLAUSES.split(text) if clause.strip())


def _found(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The words in a text, without those inside a longer one that is found."""
    found: list[str] = []
    for word in words:
        if word in text and not any(word in longer for longer in found):
            found.append(word)
    return tuple(found)


def _finding(context: Context, rule: Rule, values: WordsTogether, line: Line, said: Said) -> Finding:
    amount = line_amount(line) or 0
    place = line.origin.place("description" if line.description else "item")
    shown: dict[str, Value] = {
        "stated": dollars(amount),
        "given": joined(f"「{word}」" for word in said.given),
        "own": _duties(context, values, may_commission=False),
        "others": _duties(context, values, may_commission=True),
    }
    if not said.kept:
        return Finding(
            outcome=Outcome.REVIEW,
            place=place,
            stated=amount,
            unit=Unit.DOLLAR,
            message=UNSAID(**shown),
            remedy=LOOK(ask=ASK()),
        )
    return Finding(
        outcome=rule.outcome,
        place=place,
        stated=amount,
        allowed=0,
        unit=Unit.DOLLAR,
        message=GIVEN_AWAY(**shown, kept=joined(f"「{word}」" for word in said.kept)),
        remedy=TAKE_OUT(place=At(line.origin.place("amount"))),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line) if line.subsidised else None,
    )


def _duties(context: Context, values: WordsTogether, *, may_commission: bool) -> Joined:
    """What the programme does of that sort, as the document calls it."""
    rows = context.tables[values.duties].rows
    return joined(
        Bilingual(f"「{row['name_zh']}」", row["name_en"])
        for row in rows
        if row["programme"] == context.programme.id and row["may_commission"] is may_commission
    )


KIND = Kind(name="words-together", check=check, values=WordsTogether)
