"""What the grant does not pay, found by the words of a row (不予補助項目).

Exempt words (年終獎金, 旅遊平安險) are taken out first; a refused word is an error, an uncertain one is for a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Place, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import fold
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.remedies import LOOK, NONE_ALLOWED
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.tabledata import Row, Table
from grantcalc.text import Bilingual, Message, Text, dollars, joined
from grantcalc.units import Unit

NAMES = Message("The row of {stated} names {words}: {reason}")
DECIDE = Message("what the row really pays, and write it so that it cannot be read otherwise.")
EXEMPT_VERDICT, REFUSED_VERDICT = "exempt", "refused"


@frozen(kw_only=True, eq=False, repr=False)
class RefusedWords:
    """``table``: words with their verdict (refused, exempt, uncertain) and reason.

    ``items``: the rows that the words are refused in; every row where there are none. ``needed``: refused words that a
    row may pay where it speaks of ``needed_for`` (宣導、訓練), if a person finds them necessary: ``needed_reason``.
    ``ask``: what the person looks at where a word is uncertain, if not what the row really pays.
    """

    table: str
    items: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    needed_for: tuple[str, ...] = ()
    needed_reason: Bilingual | None = None
    ask: Bilingual | None = None


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
        named = f"{line.item or ''}\n{item.name.zh if item else ''}"
        hits = [(name, words.found(text)) for name, text in (("description", line.description or ""), ("item", named))]
        hits = [(name, rows) for name, rows in hits if rows]
        if hits:
            name, rows = min(hits, key=lambda hit: hit[1][0]["verdict"] != REFUSED_VERDICT)
            place, text = line.origin.place(name), f"{line.description or ''}\n{named}"
            refused = _never_needed(text, [row for _, found in hits for row in found], values)
            if values.needed_reason is not None and rows[0]["verdict"] == REFUSED_VERDICT and not refused:
                tally.found(_review(line, place, rows, values.needed_reason))
            else:
                tally.found(_finding(context, line, place, rows, values.ask))
    return tally.verdict()


def _never_needed(text: str, rows: list[Row], values: RefusedWords) -> list[Row]:
    """Refused words without those that publicity or training may need, where the rest of the text speaks of it."""
    refused = [row for row in rows if row["verdict"] == REFUSED_VERDICT]
    rest = fold(text)
    for row in refused:
        rest = rest.replace(fold(row["word"]), "\n")
    if not any(fold(word) in rest for word in values.needed_for):
        return refused
    needed = {fold(word) for word in values.needed}
    return [row for row in refused if fold(row["word"]) not in needed]


def _finding(context: Context, line: Line, place: Place, rows: list[Row], ask: Bilingual | None) -> Finding:
    reason = Bilingual(rows[0]["reason_zh"], rows[0]["reason_en"])
    if rows[0]["verdict"] != REFUSED_VERDICT:
        return _review(line, place, rows, reason, ask)
    stated = line_amount(line) or 0
    amount = line.origin.place("amount")
    return Finding(
        place=place,
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=_message(stated, rows, reason),
        remedy=NONE_ALLOWED(place=amount.shown),
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
