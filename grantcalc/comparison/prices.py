"""What one item of expense may cost, and how often: its own row of the items, and the rule that owns its price."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import evolve

from grantcalc.comparison.model import Aspect, Fact, Shelf
from grantcalc.comparison.numbers import measured, values_facts
from grantcalc.rules.concordance import Subject
from grantcalc.rules.kinds.basic_wage import BasicWage
from grantcalc.rules.kinds.price_cap import PriceCap
from grantcalc.rules.kinds.share_cap import ShareCap
from grantcalc.rules.kinds.temporary_pay import TemporaryPay
from grantcalc.rules.kinds.visit_transport import VisitTransport
from grantcalc.rules.programme import Item
from grantcalc.rules.rule import Rule
from grantcalc.rules.wages import TABLE as BASIC_WAGE
from grantcalc.sources import Citation
from grantcalc.text import Measure, Message, Percent, Text, Value, dollars, joined, plus
from grantcalc.units import Unit

CATEGORY = Message("category")
CAP = Message("price cap")
PRIVATE_CAP = Message("price cap, applicants other than governments")
FLOOR = Message("price floor")
MOST = Message("at most in all")
PER = Message("{price} per {unit}")
HALF = Message("part of a unit")
AT_HALF = Message("paid at half")
AT_COST = Message("as it really costs")
ELSEWHERE = Message("by another document")
BAND = Message("{start} to {end}")
LAST_BAND = Message("above {start}")
INCREMENT = Message("for each full {per} above {start}")
SHARE = Message("cap")
SHARE_OF = Message("{rate} of ({base})")
SHARE_LESS = Message("{rate} of ({base}, without {posts})")
TIMES = Message("times")
HOURS_A_TIME = Message("hours a time")
HOURS_A_DAY = Message("hours a day")
PERSONS = Message("persons a time")
OF_PRICES = frozenset({Aspect.NUMBER, Aspect.PRICE, Aspect.FLOOR, Aspect.QUANTITY})
EACH: Mapping[str, Message] = {
    "month": Message("{number} a month"),
    "year": Message("{number} a year"),
    "case": Message("{number} a case"),
}


def item_facts(shelf: Shelf, item: Item) -> tuple[Fact, ...]:
    """Category, price, floor, half rate and quantities of an item."""
    category = shelf.categories.get(item.category, item.category)
    compared = shelf.meaning(Subject.CATEGORY, item.category)
    return (
        Fact(aspect=Aspect.CATEGORY, key="category", label=CATEGORY, said=category, compared=compared),
        *_prices(shelf, item),
        *_own_limits(shelf, item),
    )


def cap_of(shelf: Shelf, item: Item) -> Fact | None:
    """The price that the item's own row prints."""
    return None if item.price_cap is None else _price(shelf, item, Aspect.PRICE, item.price_cap, CAP)


def floor_of(shelf: Shelf, item: Item) -> Fact | None:
    """The least price that the item's own row prints."""
    return None if item.price_floor is None else _price(shelf, item, Aspect.FLOOR, item.price_floor, FLOOR)


def quantity_facts(shelf: Shelf, item: Item) -> Iterator[Fact]:
    """How often, how long and for how many the item's own row lets it be paid."""
    times, per = item.times_limit, item.times_per or ""
    if times is not None:
        number = Measure(times, Unit.TIME)
        said: Value = EACH[per](number=number) if per in EACH else number
        yield _quantity(shelf, item, "times", TIMES, said, (times, per), times)
    for name, label, unit in (
        ("hours_per_time", HOURS_A_TIME, Unit.HOUR),
        ("hours_per_day", HOURS_A_DAY, Unit.HOUR),
        ("persons_per_time", PERSONS, Unit.PERSON),
    ):
        number_of: int | None = getattr(item, name)
        if number_of is not None:
            yield _quantity(shelf, item, name, label, Measure(number_of, unit), number_of, number_of)


def _own_limits(shelf: Shelf, item: Item) -> Iterator[Fact]:
    floor = floor_of(shelf, item)
    if floor is not None:
        yield floor
    if item.half_rate:
        origin = _origin(shelf, item)
        yield Fact(aspect=Aspect.HALF_RATE, key="half", label=HALF, said=AT_HALF(), compared=True, citation=origin)
    yield from quantity_facts(shelf, item)


def _prices(shelf: Shelf, item: Item) -> Iterator[Fact]:
    """The limits of its price; those of governments beside the others', where they have their own."""
    other = shelf.programme.rule(item.government_owner or "")
    cap = cap_of(shelf, item)
    if cap is not None:
        yield evolve(cap, key="private-cap", label=PRIVATE_CAP) if other is not None else cap
    for rule in (None if cap is not None else shelf.programme.rule(item.price_owner or ""), other):
        if rule is not None:
            yield from _by_rule(shelf, item, rule)
    if cap is None:
        yield from _without_price(shelf, item)


def _by_rule(shelf: Shelf, item: Item, rule: Rule) -> Iterator[Fact]:
    """What the rule that owns the price says of it; one amount alone is simply the cap."""
    facts = [fact for fact in price_facts(shelf, rule) if fact.aspect in OF_PRICES]
    amounts = [fact for fact in facts if fact.aspect is Aspect.NUMBER and fact.unit is Unit.DOLLAR]
    for fact in facts:
        if fact.aspect is not Aspect.NUMBER:
            yield fact
        elif [fact] == amounts:
            amount = _price(shelf, item, Aspect.PRICE, int(fact.value or 0), CAP)
            yield evolve(amount, citation=fact.citation)
        else:
            yield evolve(fact, aspect=Aspect.PRICE)


def _without_price(shelf: Shelf, item: Item) -> Iterator[Fact]:
    """Items paid at cost or by another document, as the rules of price caps name them."""
    for rule in shelf.programme.rules:
        if isinstance(rule.values, PriceCap):
            for codes, said in ((rule.values.at_cost, AT_COST), (rule.values.elsewhere, ELSEWHERE)):
                if item.code in codes:
                    origin = _origin(shelf, item)
                    yield Fact(
                        aspect=Aspect.PRICE, key="cap", label=CAP, said=said(), compared=said.template, citation=origin
                    )


def price_facts(shelf: Shelf, rule: Rule) -> Iterator[Fact]:
    """What a rule says of prices: its limits, or its bands of distance, its share of a base, the basic wage."""
    special = _SPECIAL.get(type(rule.values))
    yield from special(shelf, rule) if special is not None else values_facts(shelf, rule.values)


def _bands(shelf: Shelf, rule: Rule) -> Iterator[Fact]:
    values: VisitTransport = rule.values
    table, more = shelf.tables[values.bands], shelf.tables[values.increment]
    for row in table.rows:
        start = Measure(row["km_from"], Unit.KM)
        end = row["km_to"]
        label = LAST_BAND(start=start) if end is None else BAND(start=row["km_from"], end=Measure(end, Unit.KM))
        yield _band(f"{row['km_from']}-{end}", label, row["amount"], table.info.citation)
    for row in more.rows:
        label = INCREMENT(per=Measure(row["per_km"], Unit.KM), start=Measure(row["above_km"], Unit.KM))
        yield _band(f"each-{row['per_km']}-above-{row['above_km']}", label, row["amount"], more.info.citation)


def _band(key: str, label: Text, amount: int, citation: Citation) -> Fact:
    return Fact.of_money(Aspect.PRICE, key, label, amount, citation)


def _share(shelf: Shelf, rule: Rule) -> Iterator[Fact]:
    values: ShareCap = rule.values
    base = plus(shelf.categories.get(name, name) for name in values.base)
    left_out = [role for role in values.less_roles if role in shelf.programme.roles]
    rate = Percent(values.rate.value)
    said = SHARE_LESS(rate=rate, base=base, posts=joined(left_out)) if left_out else SHARE_OF(rate=rate, base=base)
    meanings = frozenset(shelf.meaning(Subject.CATEGORY, name) for name in values.base)
    roles = frozenset(shelf.meaning(Subject.POST, role.value) for role in left_out)
    yield Fact(
        aspect=Aspect.PRICE,
        key="share",
        label=SHARE,
        said=said,
        compared=(values.rate.value, meanings, roles),
        value=values.rate.value,
        unit=Unit.FRACTION,
        citation=values.rate.citation,
    )
    yield from values_facts(shelf, values, frozenset({"of", "base", "rate", "rounding", "items", "less_roles"}))


def _wage(shelf: Shelf, rule: Rule) -> Iterator[Fact]:
    """The basic wage of the programme's year: the least an hour, and the most where the document computes with it."""
    values: BasicWage | TemporaryPay = rule.values
    table = shelf.tables[BASIC_WAGE]
    wage = table.find(roc_year=shelf.programme.year)
    if wage is None or wage["hourly"] is None:
        return
    is_cap = isinstance(values, TemporaryPay) or values.cap
    hourly, citation = wage["hourly"], table.info.citation
    if is_cap:
        yield _of_wage(Aspect.PRICE, "cap", CAP, hourly, Unit.HOUR, citation)
    yield _of_wage(Aspect.FLOOR, "floor", FLOOR, hourly, Unit.HOUR, citation)
    if isinstance(values, TemporaryPay) and values.monthly:
        yield _of_wage(Aspect.QUANTITY, "monthly", MOST, wage["monthly"], Unit.PERSON_MONTH, citation)


def _of_wage(aspect: Aspect, key: str, label: Message, amount: int, unit: Unit, citation: Citation) -> Fact:
    return Fact(
        aspect=aspect,
        key=key,
        label=label,
        said=PER(price=dollars(amount), unit=unit),
        compared=(amount, unit),
        value=amount,
        unit=Unit.DOLLAR,
        citation=citation,
    )


_SPECIAL: Mapping[type[Any], Callable[[Shelf, Rule], Iterator[Fact]]] = {
    VisitTransport: _bands,
    ShareCap: _share,
    BasicWage: _wage,
    TemporaryPay: _wage,
}


def _price(shelf: Shelf, item: Item, aspect: Aspect, amount: int, label: Message) -> Fact:
    unit = item.units[0] if item.units else None
    return Fact(
        aspect=aspect,
        key="cap" if aspect is Aspect.PRICE else "floor",
        label=label,
        said=PER(price=dollars(amount), unit=unit) if unit else measured(amount, Unit.DOLLAR),
        compared=(amount, unit),
        value=amount,
        unit=Unit.DOLLAR,
        citation=_origin(shelf, item),
    )


def _quantity(shelf: Shelf, item: Item, key: str, label: Message, said: Value, compared: object, value: int) -> Fact:
    assert isinstance(compared, int | tuple)  # noqa: S101  # both can be compared
    return Fact(
        aspect=Aspect.QUANTITY,
        key=key,
        label=label,
        said=said,
        compared=compared,
        value=value,
        citation=_origin(shelf, item),
    )


def _origin(shelf: Shelf, item: Item) -> Citation:
    return Citation(source=shelf.programme.source, section=item.section)
