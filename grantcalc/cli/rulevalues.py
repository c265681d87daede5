"""The numbers of one rule as ``grantcalc rules`` shows them: its limits, and the prices that rows of items print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from grantcalc.text import Language, Measure, Message, Percent, Value, dollars

if TYPE_CHECKING:
    from grantcalc.rules.programme import Item, Programme
    from grantcalc.rules.rule import Limit, Rule

VALUE_LINE = Message("{value} — {title} [{citation}]")
AT_LEAST = Message("at least {value}")


def value_lines(programme: Programme, rule: Rule, speak: Language) -> list[str]:
    """Every limit of the rule, and the prices of the items that it judges, with their sections."""
    from grantcalc.rules.citations import limits

    lines = [
        speak(VALUE_LINE(title=limit.title, value=_value(limit), citation=str(limit.citation)))
        for limit in limits(rule.values)
    ]
    for item, amount, is_floor in _prices(programme, rule):
        citation = f"{programme.source} {item.section}".strip()
        value: Value = AT_LEAST(value=dollars(amount)) if is_floor else dollars(amount)
        lines.append(speak(VALUE_LINE(title=item.name, value=value, citation=citation)))
    return lines


def values_json(programme: Programme, rule: Rule, speak: Language) -> list[dict[str, Any]]:
    """The same as data."""
    from grantcalc.report.jsonform import citation_json, exact
    from grantcalc.rules.citations import limits

    values = [
        {
            "key": limit.key,
            "title": speak(limit.title),
            "value": exact(limit.value),
            "unit": limit.unit.value if limit.unit else None,
            "citation": citation_json(limit.citation),
        }
        for limit in limits(rule.values)
    ]
    for item, amount, _ in _prices(programme, rule):
        citation = {"source": programme.source, "section": item.section}
        values.append(
            {"key": item.code, "title": speak(item.name), "value": amount, "unit": "dollar", "citation": citation}
        )
    return values


def _prices(programme: Programme, rule: Rule) -> Iterator[tuple[Item, int, bool]]:
    """Items whose printed price the rule judges: their caps where it owns them, their floors where it is of floors."""
    from grantcalc.rules.kinds.price_floor import KIND as PRICE_FLOOR

    for item in programme.items.values():
        if item.price_owner == rule.id and item.price_cap is not None:
            yield item, item.price_cap, False
        if rule.kind == PRICE_FLOOR.name and item.price_floor is not None:
            yield item, item.price_floor, True


def _value(limit: Limit) -> Value:
    if limit.unit is not None:
        return Measure(limit.value, limit.unit)
    return Percent(limit.value) if 0 < limit.value < 1 else Measure(limit.value)
