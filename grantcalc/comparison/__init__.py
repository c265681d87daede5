"""Sets two programmes side by side (二計畫逐項對照): what is the same, changed, or in one of them only.

What belongs together the concordance says; what is compared are effective values: numbers after a programme's own
overrides, whatever rule or table they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.comparison.model import Aspect, Change, Comparison, Difference, Fact, Row, Shelf, Side
from grantcalc.comparison.subjects import side_of
from grantcalc.rules.concordance import Concordance, Subject, codes_of
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables

__all__ = ["SUBJECTS", "Aspect", "Change", "Comparison", "Difference", "Fact", "Row", "Side", "compare"]

SUBJECTS = (Subject.ITEM, Subject.POST, Subject.RULE)
"""What is compared, in this order."""

Pair = tuple[str | None, str | None]


def compare(a: Programme, b: Programme, tables: Tables) -> Comparison:
    """Every item, post and rule of both programmes."""
    concordance = Concordance.of(tables)
    known = frozenset(info.id for info in tables.infos())
    mine, theirs = (
        Shelf(programme=programme, tables=tables, concordance=concordance, known=known) for programme in (a, b)
    )
    rows = (_row(subject, pair, mine, theirs) for subject in SUBJECTS for pair in _pairs(subject, mine, theirs))
    return Comparison(a=a, b=b, rows=tuple(rows))


def _pairs(subject: Subject, mine: Shelf, theirs: Shelf) -> Iterator[Pair]:
    """Codes that belong together, in A's order; then those of B that nothing of A means."""
    concordance, a, b = mine.concordance, mine.programme, theirs.programme
    paired: set[str] = set()
    for code in codes_of(subject, a):
        others = concordance.counterparts(subject, a, code, b)
        paired.update(others)
        yield from ((code, other) for other in others or (None,))
    yield from ((None, other) for other in codes_of(subject, b) if other not in paired)


def _row(subject: Subject, pair: Pair, mine: Shelf, theirs: Shelf) -> Row:
    a = None if pair[0] is None else side_of(mine, subject, pair[0])
    b = None if pair[1] is None else side_of(theirs, subject, pair[1])
    meaning = _meaning(subject, pair, mine, theirs)
    title = mine.concordance.title(subject, meaning) if a is not None and b is not None else None
    side = a or b
    assert side is not None  # noqa: S101  # one of the two there is
    changes = tuple(_changes(a, b)) if a is not None and b is not None else ()
    return Row(subject=subject, meaning=meaning, title=title or side.title, a=a, b=b, changes=changes)


def _meaning(subject: Subject, pair: Pair, mine: Shelf, theirs: Shelf) -> str:
    a, b = pair
    if a is not None and b is not None:
        return mine.concordance.shared(subject, mine.programme, a, theirs.programme, b) or a
    return mine.meaning(subject, a) if a is not None else theirs.meaning(subject, b or "")


def _changes(a: Side, b: Side) -> Iterator[Change]:
    """The facts of both sides in pairs; where a rule has none but its gravity, its clause is what is compared."""
    pairs = [change for change in _paired(a.facts, b.facts) if _counts(change, a, b)]
    if a.kind is not None and all(change.aspect is Aspect.OUTCOME for change in pairs):
        pairs += _paired(*((_clause(side),) for side in (a, b)))
    yield from sorted(pairs, key=lambda change: list(Aspect).index(change.aspect))


def _paired(mine: tuple[Fact, ...], theirs: tuple[Fact, ...]) -> list[Change]:
    left = {(fact.aspect, fact.key): fact for fact in mine}
    right = {(fact.aspect, fact.key): fact for fact in theirs}
    return [Change(a=left.get(key), b=right.get(key)) for key in {**left, **right}]


def _counts(change: Change, a: Side, b: Side) -> bool:
    """Whether a pair of facts is compared in this row.

    Not where an item or post with a row of its own stands alone; nor, in a rule that both programmes use, how its
    work is shared with other rules.
    """
    alone = change.b if change.a is None else change.a if change.b is None else None
    if alone is not None and alone.detail:
        return False
    is_shared = a.kind is not None and a.code == b.code
    return not (is_shared and (change.aspect is Aspect.FLAG or (alone and change.aspect is Aspect.ITEMS)))


def _clause(side: Side) -> Fact:
    said = side.clause if side.clause is not None else ""
    return Fact(aspect=Aspect.CLAUSE, key="clause", said=said, compared=said)
