"""What the grant does not pay, found by the words of a row (不予補助項目).

Exempt words (年終獎金, 旅遊平安險) are taken out first; a refused word is an error, an uncertain one is for a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Place, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.remedies import LOOK, NONE_ALLOWED
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.tabledata import Row, Table
from grantcalc.text import Bilingual, Message, Value, dollars, joined
from grantcalc.units import Unit

NAMES = Message("The row of {stated} names {words}: {reason}")
DECIDE = Message("what the row really pays, and write it so that it cannot be read otherwise.")
EXEMPT_VERDICT, REFUSED_VERDICT = "exempt", "refused"


@frozen(kw_only=True, eq=False, repr=False)
class RefusedWords:
    """``table``: words with their verdict (refused, exempt, uncertain) and reason."""

    table: str


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


def fold(text: str) -> str:
    """Text as it is searched: full-width forms made plain, capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


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
    for line in context.subsidised_lines:
        tally.examine()
        if asks_nothing(line):
            continue
        item = context.item(line)
        named = f"{line.item or ''}\n{item.name.zh if item else ''}"
        hits = [(name, words.found(text)) for name, text in (("description", line.description or ""), ("item", named))]
        hits = [(name, rows) for name, rows in hits if rows]
        if hits:
            name, rows = min(hits, key=lambda hit: hit[1][0]["verdict"] != REFUSED_VERDICT)
            tally.found(_finding(context, line, line.origin.place(name), rows))
    return tally.verdict()


def _finding(context: Context, line: Line, place: Place, rows: list[Row]) -> Finding:
    stated = line_amount(line) or 0
    shown: dict[str, Value] = {
        "stated": dollars(stated),
        "words": joined(f"「{row['word']}」" for row in rows),
        "reason": Bilingual(rows[0]["reason_zh"], rows[0]["reason_en"]),
    }
    if rows[0]["verdict"] != REFUSED_VERDICT:
        return Finding(
            outcome=Outcome.REVIEW,
            place=place,
            stated=stated,
            unit=Unit.DOLLAR,
            message=NAMES(**shown),
            remedy=LOOK(ask=DECIDE()),
        )
    amount = line.origin.place("amount")
    return Finding(
        place=place,
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=NAMES(**shown),
        remedy=NONE_ALLOWED(place=amount.shown),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line),
    )


KIND = Kind(name="refused-words", check=check, values=RefusedWords)
