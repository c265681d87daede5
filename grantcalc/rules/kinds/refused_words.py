"""What the grant does not pay, found by the words of a row (不予補助項目).

Exempt words (年終獎金, 旅遊平安險) are taken out first; a refused word is an error, an uncertain one is for a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Place, Verdict
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import fold
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.programme import Programme
from grantcalc.rules.remedies import LOOK, NONE_ALLOWED
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.tabledata import Row, Table, Tables
from grantcalc.text import Bilingual, Message, Text, dollars, joined
from grantcalc.units import Unit

NAMES = Message("The row of {stated} names {words}: {reason}")
DECIDE = Message("what the row really pays, and write it so that it cannot be read otherwise.")
PART_GOES = Message(
    "Only the part for {part} must go: split the row, and take that part out of the amount at {place}; it may be paid "
    "from own funds. A row that pays nothing else goes as a whole."
)
EXEMPT_VERDICT, REFUSED_VERDICT = "exempt", "refused"


@frozen(kw_only=True, eq=False, repr=False)
class Excepted:
    """Refused ``words`` that are for a person, for ``reason``, in a row that speaks of ``where``."""

    words: tuple[str, ...]
    where: tuple[str, ...]
    reason: Bilingual


@frozen(kw_only=True, eq=False, repr=False)
class RefusedWords:
    """``table``: words with their verdict (refused, exempt, uncertain) and reason.

    ``items``: the rows that the words are refused in; every row where there are none. ``needed``: refused words that a
    row may pay where it speaks of ``needed_for`` (宣導、訓練), if a person finds them necessary: ``needed_reason``.
    ``ask``: what the person looks at where a word is uncertain, if not what the row really pays. ``excepted``: further
    refused words that a person must judge where a row speaks of something. ``part``: what alone must go from a row that
    may pay other things as well.
    """

    table: str
    items: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    needed_for: tuple[str, ...] = ()
    needed_reason: Bilingual | None = None
    ask: Bilingual | None = None
    excepted: tuple[Excepted, ...] = ()
    part: Bilingual | None = None

    @property
    def exceptions(self) -> tuple[Excepted, ...]:
        """All exceptions, that of publicity and training first."""
        if self.needed_reason is None:
            return self.excepted
        first = Excepted(words=self.needed, where=self.needed_for, reason=self.needed_reason)
        return (first, *self.excepted)


@frozen(kw_only=True, eq=False, repr=False)
class Words:
    """The words of a table, ready to search with."""

    exempt: re.Pattern[str]
    hits: re.Pattern[str]
    rows: Mapping[str, Row]

    def found(self, text: str) -> list[Row]:
        """Rows of the words in a text, refused ones only where there are any."""
        plain = fold(text)
        if self.hits.search(plain) is None:
            return []
        # The gap keeps the characters on both sides from making a new word.
        rows = [self.rows[word] for word in dict.fromkeys(self.hits.findall(self.exempt.sub("\n", plain)))]
        return [row for row in rows if row["verdict"] == REFUSED_VERDICT] or rows

    def refuses(self, text: str) -> bool:
        """Whether a text names what is refused for certain."""
        return any(row["verdict"] == REFUSED_VERDICT for row in self.found(text))


def words_of(programme: Programme, tables: Tables) -> Words | None:
    """The words of the programme's rule on what is not subsidised at all."""
    every = (rule.values for rule in programme.rules if isinstance(rule.values, RefusedWords))
    owner = next((values for values in every if not values.items), None)
    return None if owner is None else read_words(tables[owner.table])


def read_words(table: Table) -> Words:
    """Both patterns, longest word first."""
    rows = {fold(row["word"]): row for row in table.rows}
    exempt = [word for word, row in rows.items() if row["verdict"] == EXEMPT_VERDICT]
    return Words(exempt=_pattern(exempt), hits=_pattern(set(rows) - set(exempt)), rows=rows)


def _pattern(words: list[str] | set[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


def check(context: Context, rule: Rule, values: RefusedWords) -> Verdict:
    """One finding at most for every subsidised row."""
    tally = Tally()
    words = read_words(context.tables[values.table])
    for line in context.lines(*values.items) if values.items else context.subsidised_lines:
        tally.examine()
        if asks_nothing(line):
            continue
        item = context.item(line)
        named = f"{line.item or ''}\n{item.name.zh if item else ''}\n{line.origin.label if item else ''}"
        hits = [(name, words.found(text)) for name, text in (("description", line.description or ""), ("item", named))]
        hits = [(name, rows) for name, rows in hits if rows]
        if hits:
            name, rows = min(hits, key=lambda hit: hit[1][0]["verdict"] != REFUSED_VERDICT)
            place, text = line.origin.place(name), f"{line.description or ''}\n{named}"
            reason = _excepted(text, [row for _, found in hits for row in found], values)
            if reason is not None:
                tally.found(_review(line, place, rows, reason))
            else:
                tally.found(_finding(context, line, place, rows, values))
    return tally.verdict()


def _excepted(text: str, rows: list[Row], values: RefusedWords) -> Bilingual | None:
    """Why a person must judge the refused words of a row; ``None`` where one of them is excepted by nothing it says."""
    refused = [fold(row["word"]) for row in rows if row["verdict"] == REFUSED_VERDICT]
    rest = fold(text)
    for word in refused:
        rest = rest.replace(word, "\n")
    spoken = [one for one in values.exceptions if any(fold(word) in rest for word in one.where)]
    reasons = [next((one.reason for one in spoken if word in map(fold, one.words)), None) for word in refused]
    return None if None in reasons else next(iter(reasons), None)


def _finding(context: Context, line: Line, place: Place, rows: list[Row], values: RefusedWords) -> Finding:
    reason = Bilingual(rows[0]["reason_zh"], rows[0]["reason_en"])
    if rows[0]["verdict"] != REFUSED_VERDICT:
        return _review(line, place, rows, reason, values.ask)
    stated = line_amount(line) or 0
    amount = line.origin.place("amount")
    return Finding(
        place=place,
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=_message(stated, rows, reason),
        remedy=PART_GOES(place=At(amount), part=values.part) if values.part else NONE_ALLOWED(place=amount),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line),
    )


def _review(line: Line, place: Place, rows: list[Row], reason: Bilingual, ask: Bilingual | None = None) -> Finding:
    stated = line_amount(line) or 0
    return Finding(
        outcome=Outcome.REVIEW,
        place=place,
        stated=stated,
        unit=Unit.DOLLAR,
        message=_message(stated, rows, reason),
        remedy=LOOK(ask=ask or DECIDE()),
    )


def _message(stated: int, rows: list[Row], reason: Bilingual) -> Text:
    words = joined(f"「{row['word']}」" for row in rows)
    return NAMES(stated=dollars(stated), words=words, reason=reason)


KIND = Kind(name="refused-words", check=check, values=RefusedWords)
