"""``grantcalc rules``: every rule with its clause, its numbers and where they stand, and the readings chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from grantcalc.cli import common
from grantcalc.cli.values import Argument
from grantcalc.cli.words import Command, Refused, did_you_mean
from grantcalc.text import Language, Measure, Message, Percent, Value, dollars

if TYPE_CHECKING:
    from grantcalc.rules.library import Library
    from grantcalc.rules.programme import Item, Programme
    from grantcalc.rules.rule import Limit, Rule

HELP = Message(
    "List all rules, those of a PROGRAMME, or show one RULE in full: clause, numbers with their sections, the reading "
    "chosen where the document is silent."
)

RULE = Message("Rule")
PROGRAMMES = Message("Programmes")
OUTCOME = Message("When broken")
TITLE = Message("Title")
SECTION = Message("Section")
CLAUSE = Message("Clause")
CHOSEN = Message("Reading chosen")
REJECTED = Message("Reading rejected")
CHANGED = Message("Last changed")
VALUES = Message("Numbers")
IN_PROGRAMME = Message("Numbers in {programme}")
VALUE_LINE = Message("{value} — {title} [{citation}]")
NO_RULE = Message("There is no rule or programme “{name}”; “grantcalc rules” lists them.{hint}")


@frozen(kw_only=True)
class Entry:
    """A rule and the programmes that use it, each with its own values."""

    rule: Rule
    uses: tuple[tuple[Programme, Rule], ...]

    @property
    def programmes(self) -> list[str]:
        """Identifiers of the programmes."""
        return [programme.id for programme, _ in self.uses]


@click.command("rules", cls=Command, text=HELP)
@click.argument("name", cls=Argument, required=False, metavar="[RULE|PROGRAMME]")
@common.format_option
def command(name: str | None, form: str) -> None:
    """List or show."""
    library = common.library()
    entries, speak = _entries(library), common.language()
    if name is None:
        _list(list(entries.values()), form, speak)
    elif name in library.ids():
        _list([entry for entry in entries.values() if name in entry.programmes], form, speak)
    elif name in entries:
        _one(entries[name], form, speak)
    else:
        from difflib import get_close_matches

        raise Refused(NO_RULE(name=name, hint=did_you_mean(get_close_matches(name, [*entries, *library.ids()]))))


def _entries(library: Library) -> dict[str, Entry]:
    """Every rule once, in the order of the programmes."""
    uses: dict[str, list[tuple[Programme, Rule]]] = {}
    for programme in library.programmes():
        for rule in programme.rules:
            uses.setdefault(rule.id, []).append((programme, rule))
    return {rule_id: Entry(rule=found[0][1], uses=tuple(found)) for rule_id, found in uses.items()}


def _list(entries: list[Entry], form: str, speak: Language) -> None:
    if form == "json":
        common.print_json({"rules": [_json(entry, speak) for entry in entries]})
        return
    rows = [
        (
            entry.rule.id,
            speak(entry.rule.outcome),
            speak(entry.rule.title),
            speak.listed(str(citation) for citation in entry.rule.citations),
        )
        for entry in entries
    ]
    common.print_table([speak(word) for word in (RULE, OUTCOME, TITLE, SECTION)], rows, whole=(0, 1))


def _json(entry: Entry, speak: Language) -> dict[str, Any]:
    from grantcalc.report.jsonform import citation_json

    rule = entry.rule
    return {
        "rule": rule.id,
        "programmes": entry.programmes,
        "outcome": rule.outcome.value,
        "title": speak(rule.title),
        "citations": [citation_json(citation) for citation in rule.citations],
        "interpretation": common.interpretation_json(rule.interpretation, speak),
    }


def _one(entry: Entry, form: str, speak: Language) -> None:
    if form == "json":
        values = {programme.id: _values_json(programme, rule, speak) for programme, rule in entry.uses}
        full = {
            **_json(entry, speak),
            "kind": entry.rule.kind,
            "clause": speak(entry.rule.clause),
            "changed": entry.rule.changed,
            "values": values,
        }
        common.print_json({"rules": [full]})
        return
    _print(entry, speak)


def _print(entry: Entry, speak: Language) -> None:
    rule = entry.rule
    pairs = [
        (speak(RULE), rule.id),
        (speak(TITLE), speak(rule.title)),
        (speak(CLAUSE), speak(rule.clause)),
        (speak(SECTION), speak.listed(str(citation) for citation in rule.citations)),
        (speak(OUTCOME), speak(rule.outcome)),
        (speak(PROGRAMMES), speak.listed(entry.programmes)),
    ]
    if rule.interpretation is not None:
        pairs.append((speak(CHOSEN), speak(rule.interpretation.chosen)))
        if rule.interpretation.rejected is not None:
            pairs.append((speak(REJECTED), speak(rule.interpretation.rejected)))
    if rule.changed:
        pairs.append((speak(CHANGED), rule.changed))
    common.print_pairs(pairs)
    shown = {programme.id: _values(programme, used, speak) for programme, used in entry.uses}
    same = len({tuple(lines) for lines in shown.values()}) == 1
    for programme_id, lines in list(shown.items())[: 1 if same else None]:
        if lines:
            heading = speak(VALUES) if same else speak(IN_PROGRAMME(programme=programme_id))
            click.echo(f"\n{heading}")
            for line in lines:
                click.echo(f"  {line}")


def _values(programme: Programme, rule: Rule, speak: Language) -> list[str]:
    """Every limit of the rule, and the price caps of the items that it owns, with their sections."""
    from grantcalc.rules.citations import limits

    lines = [
        speak(VALUE_LINE(title=limit.title, value=_value(limit), citation=str(limit.citation)))
        for limit in limits(rule.values)
    ]
    for item in _owned(programme, rule):
        citation = f"{programme.source} {item.section}".strip()
        lines.append(speak(VALUE_LINE(title=item.name, value=dollars(item.price_cap or 0), citation=citation)))
    return lines


def _owned(programme: Programme, rule: Rule) -> list[Item]:
    return [item for item in programme.items.values() if item.price_owner == rule.id and item.price_cap is not None]


def _value(limit: Limit) -> Value:
    if limit.unit is not None:
        return Measure(limit.value, limit.unit)
    return Percent(limit.value) if 0 < limit.value < 1 else Measure(limit.value)


def _values_json(programme: Programme, rule: Rule, speak: Language) -> list[dict[str, Any]]:
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
    for item in _owned(programme, rule):
        citation = {"source": programme.source, "section": item.section}
        title = speak(item.name)
        values.append(
            {"key": item.code, "title": title, "value": item.price_cap, "unit": "dollar", "citation": citation}
        )
    return values
