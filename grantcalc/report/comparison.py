"""Two programmes side by side in words, for the terminal, the workbook and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from attrs import frozen

from grantcalc.comparison import SUBJECTS, Aspect, Change, Comparison, Difference, Fact, Row, Side
from grantcalc.report.jsonform import citation_json, exact
from grantcalc.rules.concordance import Subject
from grantcalc.sources import Citation
from grantcalc.text import Language, Message, Text

DIFFERENCES: Mapping[Difference, Message] = {
    Difference.SAME: Message("same"),
    Difference.CHANGED: Message("changed"),
    Difference.ONLY_A: Message("only in {programme}"),
    Difference.ONLY_B: Message("only in {programme}"),
}
HEADINGS: Mapping[Subject, Message] = {
    Subject.ITEM: Message("Items of expense"),
    Subject.POST: Message("Posts and their pay"),
    Subject.RULE: Message("Rules"),
}
ASPECTS: Mapping[Aspect, Message] = {
    Aspect.PAY: Message("pay"),
    Aspect.PRICE: Message("price cap"),
    Aspect.FLOOR: Message("price floor"),
    Aspect.HALF_RATE: Message("half rate of a part"),
    Aspect.QUANTITY: Message("limit of quantity"),
    Aspect.MONTHS: Message("cap of the months of pay"),
    Aspect.INSURANCE: Message("employer's insurance"),
    Aspect.ALLOWANCE: Message("regional allowance"),
}
NOT_SET = Message("{what}: not set")
SAYS = Message("{label}: {said}")
COUNTS = Message("{subject}: {same} same, {changed} changed, {only_a} only in {a}, {only_b} only in {b}.")
ALL = Message("All")
OTHER_CONDITIONS = Message("{clause} (The conditions that hold in each of the two programmes differ.)")
WITH_DIFFERENCE = Message("{clause} (What differs: {said})")
ONLY_CATEGORY = Message("only the category differs")
SAME_PRICE = Message("only the category differs; the same price: {said}")


@frozen(kw_only=True)
class SideView:
    """One side of a row in words; empty where the programme has nothing of the kind."""

    code: str = ""
    title: str = ""
    text: str = ""
    sections: str = ""


@frozen(kw_only=True)
class RowView:
    """One row in words."""

    difference: Difference
    label: str
    subject: Subject
    title: str
    a: SideView
    b: SideView


def row_views(comparison: Comparison, speak: Language, *, everything: bool = True) -> list[RowView]:
    """The rows in words; those that are the same only where ``everything`` is wanted."""
    rows = (row for row in comparison.rows if everything or row.difference is not Difference.SAME)
    return [_view(comparison, row, speak) for row in rows]


def difference_label(comparison: Comparison, difference: Difference, speak: Language) -> str:
    """What became of a row; the programme is named that alone has it."""
    programme = comparison.b if difference is Difference.ONLY_B else comparison.a
    return speak(DIFFERENCES[difference](programme=programme.id))


def count_lines(comparison: Comparison) -> list[Text]:
    """How many rows there are of each difference: of each subject, and in all."""
    subjects = [(HEADINGS[subject], subject) for subject in SUBJECTS]
    return [_counted(comparison, name(), subject) for name, subject in [*subjects, (ALL, None)]]


def _counted(comparison: Comparison, name: Text, subject: Subject | None) -> Text:
    counts = {difference: comparison.count(difference, subject) for difference in Difference}
    return COUNTS(
        subject=name,
        same=counts[Difference.SAME],
        changed=counts[Difference.CHANGED],
        only_a=counts[Difference.ONLY_A],
        a=comparison.a.id,
        only_b=counts[Difference.ONLY_B],
        b=comparison.b.id,
    )


def _view(comparison: Comparison, row: Row, speak: Language) -> RowView:
    return RowView(
        difference=row.difference,
        label=difference_label(comparison, row.difference, speak),
        subject=row.subject,
        title=speak(row.title),
        a=_side_view(row, row.a, row.b, speak),
        b=_side_view(row, row.b, row.a, speak),
    )


def _side_view(row: Row, side: Side | None, other: Side | None, speak: Language) -> SideView:
    if side is None:
        return SideView()
    facts = _told(row, side, other)
    parts = list(_in_words(facts, speak)) + list(_not_set(row, side, other, speak))
    if side is row.b and _only_category(row):
        parts.append(_same_price(row, speak))
    text = _semicolon(speak).join(parts) if parts else _clause(row, side, other, speak)
    if parts and side.clause is not None and other is not None and _in_part(row, side, other):
        text = speak(WITH_DIFFERENCE(clause=side.clause, said=text))
    cited = _cited(row, side, facts)
    return SideView(code=side.code, title=speak(side.title), text=text, sections=_sections(cited, speak))


def _only_category(row: Row) -> bool:
    """Whether an item stands under another category, and nothing else of it changed."""
    differing = {change.aspect for change in row.changes if change.difference is not Difference.SAME}
    return row.subject is Subject.ITEM and differing == {Aspect.CATEGORY}


def _same_price(row: Row, speak: Language) -> str:
    """The price that both programmes have, once."""
    prices = [change.fact for change in row.changes if change.aspect is Aspect.PRICE and change.fact.said != ""]
    if not prices:
        return speak(ONLY_CATEGORY)
    said = [speak(fact.said) for fact in prices] if len(prices) == 1 else list(_in_words(prices, speak))
    return speak(SAME_PRICE(said=_semicolon(speak).join(said)))


def _in_part(row: Row, side: Side, other: Side) -> bool:
    """Whether facts would read as all that a rule says: words of a longer list, or beside a clause of the other."""
    if row.subject is not Subject.RULE:
        return False
    mine, theirs = _told(row, side, other), _told(row, other, side)
    words = any(fact.aspect is Aspect.WORD and fact.compared is True for fact in (*mine, *theirs))
    return words or not (mine and theirs)


def _clause(row: Row, side: Side, other: Side | None, speak: Language) -> str:
    """The clause; where that of the other programme reads the same and yet it differs, that is said."""
    clause = speak(side.clause)
    differs = row.difference is Difference.CHANGED and other is not None and side.clause == other.clause
    return speak(OTHER_CONDITIONS(clause=clause)) if differs else clause


def _cited(row: Row, side: Side, facts: list[Fact]) -> Iterable[Citation]:
    """Where it stands: of an item its own section, with other documents that its numbers come from."""
    cited = [fact.citation for fact in facts if fact.citation is not None]
    if row.subject is Subject.ITEM:
        own = {citation.source for citation in side.sections}
        return (*side.sections, *(citation for citation in cited if citation.source not in own))
    return cited or side.sections


def _told(row: Row, side: Side, other: Side | None) -> list[Fact]:
    """The facts to show of a side: those that differ, or all of them where the row is the same or stands alone.

    A rule is told by its numbers that differ, else by its clause; by all that differs where the clauses are the same.
    """
    facts = [fact for fact in side.facts if fact.said != ""]
    if row.difference is Difference.CHANGED:
        same = {(change.aspect, change.key) for change in row.changes if change.difference is Difference.SAME}
        compared = {(change.aspect, change.key) for change in row.changes}
        facts = [fact for fact in facts if (fact.aspect, fact.key) in compared - same]
    if row.subject is not Subject.RULE:
        return facts
    if other is None or side.kind != other.kind or row.difference is Difference.SAME:
        return []
    order = [(change.aspect, change.key) for change in row.changes]
    facts.sort(key=lambda fact: order.index((fact.aspect, fact.key)))  # both sides in one order
    numbers = [fact for fact in facts if fact.aspect not in {Aspect.SCOPE, Aspect.ITEMS}]
    return facts if not numbers and side.clause == other.clause else numbers


def _semicolon(speak: Language) -> str:
    return "；" if speak.is_chinese else "; "


def _sections(citations: Iterable[Citation], speak: Language) -> str:
    """Sections by document, each once."""
    by_source: dict[str, dict[str, None]] = {}
    for citation in citations:
        section = str(citation).removeprefix(citation.source).strip()
        by_source.setdefault(citation.source, {})[section] = None
    return _semicolon(speak).join(f"{source} {_semicolon(speak).join(found)}" for source, found in by_source.items())


def _in_words(facts: list[Fact], speak: Language) -> Iterator[str]:
    """Each fact after its label; what has the same label stands together."""
    labelled = ((speak(fact.label) if fact.label is not None else "", speak(fact.said)) for fact in facts)
    for label, group in groupby(labelled, key=lambda pair: pair[0]):
        said = speak.listed(dict.fromkeys(text for _, text in group))
        yield speak(SAYS(label=label, said=said)) if label else said


def _not_set(row: Row, side: Side, other: Side | None, speak: Language) -> Iterator[str]:
    """Aspects of which the other side alone says anything."""
    if row.subject is Subject.RULE or other is None:
        return
    here = {fact.aspect for fact in side.facts}
    for aspect in dict.fromkeys(fact.aspect for fact in other.facts):
        if aspect not in here and aspect in ASPECTS:
            yield speak(NOT_SET(what=ASPECTS[aspect]()))


def comparison_json(comparison: Comparison, speak: Language) -> dict[str, Any]:
    """Everything, with all facts of both sides and what became of each; rows that are the same as well."""
    return {
        "a": comparison.a.id,
        "b": comparison.b.id,
        "summary": {
            **_counts(comparison, None),
            "subjects": {subject.value: _counts(comparison, subject) for subject in SUBJECTS},
        },
        "rows": [_row_json(row, _view(comparison, row, speak), speak) for row in comparison.rows],
    }


def _counts(comparison: Comparison, subject: Subject | None) -> dict[str, int]:
    return {difference.value: comparison.count(difference, subject) for difference in Difference}


def _row_json(row: Row, view: RowView, speak: Language) -> dict[str, Any]:
    return {
        "subject": row.subject.value,
        "meaning": row.meaning,
        "title": view.title,
        "difference": row.difference.value,
        "a": _side_json(row.a, view.a),
        "b": _side_json(row.b, view.b),
        "facts": [_change_json(change, speak) for change in _changes(row)],
    }


def _changes(row: Row) -> Iterator[Change]:
    """The facts of both sides; of the one that there is, where there is only one."""
    if row.a is not None and row.b is not None:
        yield from row.changes
    elif row.a is not None:
        yield from (Change(a=fact, b=None) for fact in row.a.facts)
    elif row.b is not None:
        yield from (Change(a=None, b=fact) for fact in row.b.facts)


def _side_json(side: Side | None, view: SideView) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "code": view.code,
        "title": view.title,
        "says": view.text,
        "citations": [citation_json(citation) for citation in side.sections],
    }


def _change_json(change: Change, speak: Language) -> dict[str, Any]:
    return {
        "aspect": change.aspect.value,
        "key": change.key,
        "label": speak(change.fact.label),
        "difference": change.difference.value,
        "a": _fact_json(change.a, speak),
        "b": _fact_json(change.b, speak),
    }


def _fact_json(fact: Fact | None, speak: Language) -> dict[str, Any] | None:
    if fact is None:
        return None
    citation: Citation | None = fact.citation
    return {
        "text": speak(fact.said),
        "value": exact(fact.value),
        "unit": fact.unit.value if fact.unit is not None else None,
        "citation": None if citation is None else citation_json(citation),
    }
