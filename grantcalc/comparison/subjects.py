"""The sides of a comparison: an item, a post or a rule of one programme with everything it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import evolve

from grantcalc.comparison.model import Aspect, Fact, Shelf, Side
from grantcalc.comparison.numbers import APPLICANTS, values_facts
from grantcalc.comparison.pay import pay_facts, rule_pay
from grantcalc.comparison.prices import CATEGORY, cap_of, floor_of, item_facts, price_facts, quantity_facts
from grantcalc.draft.choices import ApplicantKind, Role
from grantcalc.rules.concordance import Subject
from grantcalc.rules.earnings import Earnings
from grantcalc.rules.kinds import own_insurance, price_floor
from grantcalc.rules.kinds.applicant_kind import Applicants
from grantcalc.rules.kinds.employer_insurance import EmployerInsurance
from grantcalc.rules.kinds.price_cap import PriceCap
from grantcalc.rules.kinds.quantity_limit import QuantityLimit
from grantcalc.rules.kinds.refused_words import REFUSED_VERDICT, RefusedWords
from grantcalc.rules.kinds.route import Route
from grantcalc.rules.programme import Item
from grantcalc.rules.rule import Rule
from grantcalc.sources import Citation
from grantcalc.text import Bilingual, Measure, Message
from grantcalc.units import Unit

OUTCOME = Message("when broken")
MONTHS = Message("months of pay a year, at most")
INSURANCE = Message("employer's insurance")
OWN_FUNDS = Message("from own funds only")
A_MONTH = Message("at most {amount} a person a month")
REAL_COST = Message("at most what it really costs the employer")
ALLOWANCE = Message("regional allowance on the islands")
GRANTED = Message("subsidised")
REFUSED = Message("not subsidised")
COPIES = Message("{copies} copies to {received}")


def side_of(shelf: Shelf, subject: Subject, code: str) -> Side:
    """What a programme says under a code."""
    if subject is Subject.ITEM:
        return _item(shelf, shelf.programme.items[code])
    if subject is Subject.POST:
        return _post(shelf, Role(code))
    return _rule(shelf, shelf.programme.rules_by_id[code])


def _item(shelf: Shelf, item: Item) -> Side:
    section = Citation(source=shelf.programme.source, section=item.section)
    return Side(code=item.code, title=item.name, sections=(section,), facts=item_facts(shelf, item), clause=item.note)


def _post(shelf: Shelf, role: Role) -> Side:
    pay = shelf.programme.posts.pay
    category = Fact(
        aspect=Aspect.CATEGORY,
        key="category",
        label=CATEGORY,
        said=shelf.categories.get(pay, pay),
        compared=shelf.meaning(Subject.CATEGORY, pay),
    )
    facts = (category, *pay_facts(shelf, role), *_months(shelf), *_insurance(shelf, role), *_allowance(shelf, role))
    sections = [fact.citation for fact in facts if fact.citation is not None]
    return Side(code=role.value, title=role, sections=tuple(dict.fromkeys(sections[:1])), facts=facts)


def _months(shelf: Shelf) -> Iterator[Fact]:
    for rule in shelf.programme.rules:
        if isinstance(rule.values, Earnings) and rule.values.cap is not None:
            cap = rule.values.cap
            yield Fact(
                aspect=Aspect.MONTHS,
                key="months",
                label=MONTHS,
                said=Measure(cap.value, Unit.MONTH),
                compared=cap.value,
                value=cap.value,
                unit=Unit.MONTH,
                citation=_first(rule),
            )


def _insurance(shelf: Shelf, role: Role) -> Iterator[Fact]:
    for rule in shelf.programme.rules:
        if rule.kind == own_insurance.KIND.name:
            yield _insured(rule, OWN_FUNDS, "own")
        elif isinstance(rule.values, EmployerInsurance) and role in (rule.values.roles or (role,)):
            monthly = rule.values.monthly
            if monthly is None:
                yield _insured(rule, REAL_COST, "cost")
                continue
            said = A_MONTH(amount=Measure(monthly.value, Unit.DOLLAR))
            yield Fact(
                aspect=Aspect.INSURANCE,
                key="insurance",
                label=INSURANCE,
                said=said,
                compared=monthly.value,
                value=monthly.value,
                unit=Unit.DOLLAR,
                citation=monthly.citation,
            )


def _insured(rule: Rule, said: Message, compared: str) -> Fact:
    citation = _first(rule)
    return Fact(
        aspect=Aspect.INSURANCE,
        key="insurance",
        label=INSURANCE,
        said=said(),
        compared=compared,
        citation=citation,
    )


def _allowance(shelf: Shelf, role: Role) -> Iterator[Fact]:
    if role in shelf.programme.parameters.regional_allowance_roles:
        yield Fact(aspect=Aspect.ALLOWANCE, key="allowance", label=ALLOWANCE, said=GRANTED(), compared=True)


def _rule(shelf: Shelf, rule: Rule) -> Side:
    outcome = Fact(aspect=Aspect.OUTCOME, key="outcome", label=OUTCOME, said=rule.outcome, compared=rule.outcome)
    facts = (outcome, *_of_rule(shelf, rule))
    return Side(
        code=rule.id,
        title=rule.title,
        sections=tuple(dict.fromkeys(rule.citations)),
        facts=facts,
        clause=rule.clause,
        kind=rule.kind,
    )


def _of_rule(shelf: Shelf, rule: Rule) -> Iterator[Fact]:
    """Numbers and lists of a rule; where its numbers stand in the rows of items or posts, those."""
    told = _IN_WORDS.get(type(rule.values))
    if told is not None:
        yield from told(shelf, rule)
        return
    yield from price_facts(shelf, rule)
    if isinstance(rule.values, QuantityLimit):
        for code in rule.values.codes:
            item = shelf.programme.items.get(code)
            if item is not None:
                yield from _of_item(shelf, item, tuple(quantity_facts(shelf, item)))
    for item in shelf.programme.items.values():
        cap = cap_of(shelf, item) if isinstance(rule.values, PriceCap) and rule.id in _owners(item) else None
        floor = floor_of(shelf, item) if rule.kind == price_floor.KIND.name else None
        yield from _of_item(shelf, item, tuple(fact for fact in (cap, floor) if fact is not None))
    for role in shelf.programme.roles:
        meaning = shelf.meaning(Subject.POST, role.value)
        for fact in rule_pay(shelf, rule, role):
            yield evolve(fact, key=f"{meaning}.{fact.key}", detail=True)


def _owners(item: Item) -> frozenset[str | None]:
    return frozenset({item.price_owner, item.government_owner})


def _of_item(shelf: Shelf, item: Item, facts: tuple[Fact, ...]) -> Iterator[Fact]:
    """Facts of an item as part of a rule: under each of its meanings, and named after the item."""
    for meaning in shelf.meanings(Subject.ITEM, item.code) if facts else ():
        title = shelf.concordance.title(Subject.ITEM, meaning) or item.name
        for fact in facts:
            yield evolve(fact, key=f"{meaning}.{fact.key}", label=title, detail=True)


def _applicants(shelf: Shelf, rule: Rule) -> Iterator[Fact]:
    values: Applicants = rule.values
    compared = (frozenset(values.kinds), frozenset(values.judge))
    said = shelf.programme.applicants
    citation = _first(rule)
    yield Fact(aspect=Aspect.WORD, key="applicants", label=APPLICANTS, said=said, compared=compared, citation=citation)


def _route(shelf: Shelf, rule: Rule) -> Iterator[Fact]:
    values: Route = rule.values
    table = shelf.tables[values.table]
    for row in table.rows:
        if row["programme"] == shelf.programme.id:
            received = Bilingual(row["received_by_zh"], row["received_by_en"])
            said = COPIES(copies=row["copies"], received=received)
            yield Fact(
                aspect=Aspect.WORD,
                key=row["applicant_kind"],
                label=ApplicantKind(row["applicant_kind"]),
                said=said,
                compared=(row["copies"], row["received_by_zh"], row["forwarded_to_zh"]),
                value=row["copies"],
                citation=Citation(source=table.info.citation.source, section=str(row["section"])),
            )


def _refused(shelf: Shelf, rule: Rule) -> Iterator[Fact]:
    """The words that the document refuses; those taken out before the search are the reader's, not the document's."""
    values: RefusedWords = rule.values
    table = shelf.tables[values.table]
    for row in table.rows:
        if row["verdict"] == REFUSED_VERDICT:
            yield Fact(
                aspect=Aspect.WORD,
                key=row["word"],
                label=REFUSED,
                said=row["word"],
                compared=True,
                citation=table.info.citation,
            )
    yield from values_facts(shelf, values, frozenset({"table"}))


_IN_WORDS: Mapping[type[Any], Callable[[Shelf, Rule], Iterator[Fact]]] = {
    Applicants: _applicants,
    RefusedWords: _refused,
    Route: _route,
}


def _first(rule: Rule) -> Citation | None:
    return next(iter(rule.citations), None)
