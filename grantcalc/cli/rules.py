"""``grantcalc rules``: every rule with its clause, its numbers and where they stand, and the readings chosen."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve, frozen

from grantcalc.cli import common
from grantcalc.cli.rulevalues import value_lines, values_json
from grantcalc.cli.values import Argument
from grantcalc.cli.words import Command, Refused, did_you_mean
from grantcalc.text import Language, Message, joined

if TYPE_CHECKING:
    from grantcalc.rules.library import Library
    from grantcalc.rules.programme import Programme
    from grantcalc.rules.rule import Rule

HELP = Message(
    "List all rules, those of a PROGRAMME, or show one RULE in full: clause, numbers with their sections, the reading "
    "chosen where the document is silent. “rules diff A B” sets two programmes side by side."
)
DIFF = "diff"

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
OF_PROGRAMMES = Message("{label} ({programmes})")
NO_RULE = Message("There is no rule or programme “{name}”; “grantcalc rules” lists them.{hint}")


@frozen(kw_only=True)
class Entry:
    """A rule, as the version shown states it, and the programmes that use it, each with its own version."""

    rule: Rule
    uses: tuple[tuple[Programme, Rule], ...]

    @property
    def programmes(self) -> list[str]:
        """Identifiers of the programmes."""
        return [programme.id for programme, _ in self.uses]

    def of(self, programme_id: str) -> Entry:
        """The entry with that programme's version."""
        return evolve(self, rule=next(rule for programme, rule in self.uses if programme.id == programme_id))

    def by(self, said: Callable[[Programme, Rule], Hashable]) -> list[Entry]:
        """The versions that differ in what is ``said``, each with the programmes that have it."""
        groups: dict[Hashable, list[tuple[Programme, Rule]]] = {}
        for programme, rule in self.uses:
            groups.setdefault(said(programme, rule), []).append((programme, rule))
        return [Entry(rule=found[0][1], uses=tuple(found)) for found in groups.values()]


class Rules(Command):
    """``rules``; where the first word after it is ``diff``, that command takes over."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the one that is meant."""
        if args[:1] == [DIFF]:
            from grantcalc.cli.rules_diff import command as diff

            return diff.make_context(f"{info_name} {DIFF}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command("rules", cls=Rules, text=HELP)
@click.argument("name", cls=Argument, required=False, metavar="[RULE|PROGRAMME]")
@common.format_option
def command(name: str | None, form: str) -> None:
    """List or show."""
    library = common.library()
    entries, speak = _entries(library), common.language()
    if name is None:
        _list([_overview(entry) for entry in entries.values()], form, speak)
    elif name in library.ids():
        _list([entry.of(name) for entry in entries.values() if name in entry.programmes], form, speak)
    elif name in entries:
        _one(entries[name], form, speak)
    else:
        from difflib import get_close_matches

        raise Refused(NO_RULE(name=name, hint=did_you_mean(get_close_matches(name, [*entries, *library.ids()]))))


def _entries(library: Library) -> dict[str, Entry]:
    """Every rule once, in the order of the programmes."""
    uses: dict[str, list[tuple[Programme, Rule]]] = {}
    for programme in library.programmes():
        for rule in (*programme.rules, *programme.across):
            uses.setdefault(rule.id, []).append((programme, rule))
    return {rule_id: Entry(rule=found[0][1], uses=tuple(found)) for rule_id, found in uses.items()}


def _overview(entry: Entry) -> Entry:
    """The version that most programmes have (the first of as many), with the sections of all."""
    main = max(entry.by(lambda _, rule: _version(rule)), key=lambda version: len(version.uses)).rule
    citations = dict.fromkeys(citation for _, rule in entry.uses for citation in rule.citations)
    return evolve(entry, rule=evolve(main, citations=tuple(citations)))


def _version(rule: Rule) -> Hashable:
    """What makes two programmes' versions of a rule the same but for their numbers."""
    return rule.title, rule.clause, rule.citations, rule.outcome, rule.interpretation, rule.changed


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
        common.print_json({"rules": [_full_json(entry, speak)]})
        return
    _print(entry, speak)


def _full_json(entry: Entry, speak: Language) -> dict[str, Any]:
    return {
        **_json(_overview(entry), speak),
        "kind": entry.rule.kind,
        "clause": speak(_overview(entry).rule.clause),
        "changed": entry.rule.changed,
        "versions": [
            {**_json(version, speak), "clause": speak(version.rule.clause), "changed": version.rule.changed}
            for version in entry.by(lambda _, rule: _version(rule))
        ],
        "values": {programme.id: values_json(programme, rule, speak) for programme, rule in entry.uses},
    }


def _print(entry: Entry, speak: Language) -> None:
    """Every part of the rule once; one that differs among the programmes, once for each version."""
    pairs = [(speak(RULE), entry.rule.id), (speak(PROGRAMMES), speak.listed(entry.programmes))]
    for label, said in _PARTS:
        versions = entry.by(lambda _, rule, said=said: said(rule, speak))  # type: ignore[misc]
        for version in versions:
            text = said(version.rule, speak)
            if text:
                pairs.append((_label(label, version, speak, alone=len(versions) == 1), text))
    common.print_pairs(pairs)
    lines = entry.by(lambda programme, rule: tuple(value_lines(programme, rule, speak)))
    for version in lines:
        programme, rule = version.uses[0]
        shown = value_lines(programme, rule, speak)
        if shown:
            heading = VALUES if len(lines) == 1 else IN_PROGRAMME(programme=joined(version.programmes))
            click.echo(f"\n{speak(heading)}")
            for line in shown:
                click.echo(f"  {line}")


def _label(label: Message, version: Entry, speak: Language, *, alone: bool) -> str:
    return speak(label) if alone else speak(OF_PROGRAMMES(label=label(), programmes=joined(version.programmes)))


def _sections(rule: Rule, speak: Language) -> str:
    return speak.listed(str(citation) for citation in rule.citations)


def _chosen(rule: Rule, speak: Language) -> str:
    return speak(rule.interpretation.chosen) if rule.interpretation else ""


def _rejected(rule: Rule, speak: Language) -> str:
    rejected = rule.interpretation.rejected if rule.interpretation else None
    return speak(rejected) if rejected else ""


_PARTS: tuple[tuple[Message, Callable[[Rule, Language], str]], ...] = (
    (TITLE, lambda rule, speak: speak(rule.title)),
    (CLAUSE, lambda rule, speak: speak(rule.clause)),
    (SECTION, _sections),
    (OUTCOME, lambda rule, speak: speak(rule.outcome)),
    (CHOSEN, _chosen),
    (REJECTED, _rejected),
    (CHANGED, lambda rule, _: rule.changed or ""),
)
"""What is printed of a rule, in this order; a part without words is left out."""
