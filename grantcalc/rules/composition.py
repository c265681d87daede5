"""How a programme is put together: its own programme.toml, what it extends, and the rules that bind it.

A document that prints several programmes keeps what they share once: ``extends`` names a TOML file of tables/ whose
keys hold unless the programme states its own, and a rule's ``for`` names those it binds (all where it has none).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grantcalc.tabledata import BAD_FILE, TableError, Tables, read_toml
from grantcalc.text import Message

UNKNOWN_RULE = Message("there is no rule “{rule}” to use")
UNKNOWN_PROGRAMME = Message("[{rule}] for: there is no programme “{programme}”")
CIRCLE = Message("extends = “{name}” comes back to a file that extends this one")
DUPLICATE_RULE = Message("the rule “{rule}” is declared twice")
DUPLICATE_USE = Message("[[use]]: the rule “{rule}” is named twice")

COMMON = "common"
ACROSS = f"{COMMON}/rules-across"

Raw = dict[str, Any]


def programme_of(tables: Tables, programme_id: str) -> Raw:
    """The programme's keys, over those of the file it extends; tables and lists of both are joined."""
    joined, seen = _toml(tables, f"{programme_id}/programme"), [f"{programme_id}/programme"]
    while (shared := joined.pop("extends", None)) is not None:
        if shared in seen:
            raise TableError(BAD_FILE(file=f"{seen[-1]}.toml", reason=CIRCLE(name=str(shared))))
        seen.append(str(shared))
        joined = _joined(_toml(tables, str(shared)), joined)
    return joined


def rules_of(tables: Tables, programme_id: str, raw: Raw) -> Iterator[tuple[Raw, str]]:
    """Every rule that binds a programme, with the file it stands in; ``[[use]]`` takes common ones and changes any."""
    shown = f"{programme_id}/programme.toml"
    uses = _uses(raw, shown)
    declared = _declared(tables, [f"{COMMON}/rules"])
    own = _declared(tables, [str(name) for name in raw.get("rules", [f"{programme_id}/rules"])])
    for rule_id, use in uses.items():
        if rule_id in declared:
            rule, file = declared[rule_id]
            yield _changed(rule, use), file
        elif rule_id not in own:
            raise TableError(BAD_FILE(file=shown, reason=UNKNOWN_RULE(rule=rule_id)))
    for rule_id, (rule, file) in own.items():
        bound = [str(name) for name in rule.get("for", [programme_id])]
        for name in bound:
            if not (tables.directory / name / "programme.toml").is_file():
                raise TableError(BAD_FILE(file=file, reason=UNKNOWN_PROGRAMME(rule=rule_id, programme=name)))
        if programme_id in bound:
            yield _changed(rule, uses.get(rule_id, {})), file


def across_of(tables: Tables) -> Iterator[tuple[Raw, str]]:
    """Every rule on drafts of several programmes, with the file it stands in; none where tables/ has no such file."""
    if (tables.directory / f"{ACROSS}.toml").is_file():
        yield from _declared(tables, [ACROSS]).values()


def _uses(raw: Raw, shown: str) -> dict[str, Raw]:
    """What the programme, and the file it extends, take and change; of two entries for a rule one would be lost."""
    found: dict[str, Raw] = {}
    for use in raw.get("use", []):
        rule_id = str(use.get("rule", "?"))
        if rule_id in found:
            raise TableError(BAD_FILE(file=shown, reason=DUPLICATE_USE(rule=rule_id)))
        found[rule_id] = use
    return found


def _declared(tables: Tables, names: list[str]) -> dict[str, tuple[Raw, str]]:
    """The rules of these files by identifier, in their order; one declared twice is an error."""
    found: dict[str, tuple[Raw, str]] = {}
    for name in names:
        file = f"{name}.toml"
        for rule in _toml(tables, name).get("rule", []):
            rule_id = str(rule.get("id", "?"))
            if rule_id in found:
                raise TableError(BAD_FILE(file=file, reason=DUPLICATE_RULE(rule=rule_id)))
            found[rule_id] = (rule, file)
    return found


def _changed(rule: Raw, use: Raw) -> Raw:
    merged = {**rule, **{key: value for key, value in use.items() if key not in {"rule", "values"}}}
    merged.pop("for", None)
    merged["values"] = {**rule.get("values", {}), **use.get("values", {})}
    return merged


def _joined(shared: Raw, own: Raw) -> Raw:
    joined = dict(shared)
    for key, value in own.items():
        before = joined.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            joined[key] = {**before, **value}
        elif isinstance(before, list) and isinstance(value, list):
            joined[key] = [*before, *value]
        else:
            joined[key] = value
    return joined


def _toml(tables: Tables, name: str) -> Raw:
    file = f"{name}.toml"
    return read_toml(tables.directory / file, file)
