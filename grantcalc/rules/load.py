"""Reads a programme's folder of tables/ into a :class:`Programme`; defects name file, rule and key."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import cattrs

from grantcalc.draft.fields import COVER_FIELDS, POSITION_FIELDS, SPECIAL_FIELDS
from grantcalc.draft.model import Period, Role
from grantcalc.finding import Outcome
from grantcalc.money import Exact
from grantcalc.pay.months import BonusRule
from grantcalc.rules.composition import COMMON, across_of, programme_of, rules_of
from grantcalc.rules.parameters import Parameters, read_parameters
from grantcalc.rules.programme import Category, Item, PostCategories, Programme
from grantcalc.rules.registry import KINDS, kind_of
from grantcalc.rules.rule import Limit, Rule
from grantcalc.sources import Citation, Interpretation
from grantcalc.tabledata import BAD_FILE, MISSING_KEY, Row, TableError, Tables
from grantcalc.text import Bilingual, Message, first_clause
from grantcalc.units import Unit

UNKNOWN_KIND = Message("there is no kind of rule “{kind}”")
BAD_VALUES = Message("the values do not fit the kind: {reason}")
EXTRA_VALUE = Message("unknown key “{key}”")
BAD_LIMIT = Message("“{reference}” does not name a row like folder/table#key")
UNKNOWN_FIELD = Message("[template]: the form has no field “{field}” of this kind")
BONUS_RULE = "common/year-end-bonus"
RULE_KEYS = frozenset({"id", "kind", "outcome", "title", "clause", "cite", "interpretation", "changed", "values"})
"""What a rule of a TOML file may state, once ``for`` and ``[[use]]`` have told whom it binds and what they change."""
OTHER_ID = Message("the id “{id}” is not the name of its folder, “{folder}”")
UNKNOWN_ITEM = Message("“{code}” assists “{assists}”, which is no item")


def programme_ids(tables: Tables) -> list[str]:
    """Every folder of tables/ that holds a programme."""
    return sorted(path.parent.name for path in tables.directory.glob("*/programme.toml"))


def load_programme(programme_id: str, tables: Tables) -> Programme:
    """Read one programme whole; :class:`TableError` where its data are malformed."""
    shown = f"{programme_id}/programme.toml"
    raw = programme_of(tables, programme_id)
    converter = _converter(tables)
    if raw.get("id", programme_id) != programme_id:
        # The folder's name is what a draft names; two programmes of one id could not be told apart.
        raise TableError(BAD_FILE(file=shown, reason=OTHER_ID(id=str(raw["id"]), folder=programme_id)))
    try:
        document = str(raw.get("document", programme_id))
        items_table = str(raw.get("items", f"{programme_id}/items"))
        rules = tuple(_rule(rule, file, converter) for rule, file in rules_of(tables, programme_id, raw))
        across = tuple(_rule(rule, file, converter) for rule, file in across_of(tables))
        needed = frozenset(name for rule in rules for name in kind_of(rule.kind).parameters)
        parameters = read_parameters(raw.get("parameters", {}), needed, shown)
        return Programme(
            id=raw["id"],
            title=Bilingual(**raw["title"]),
            year=raw["year"],
            period=Period(start=raw["period"]["from"], end=raw["period"]["to"]),
            document=document,
            source=raw["source"],
            money=Bilingual(**raw["money"]),
            applicants=Bilingual(**raw["applicants"]),
            categories=tuple(
                Category(**{**entry, "aliases": tuple(entry.get("aliases", ()))}) for entry in raw["category"]
            ),
            posts=PostCategories(**raw["posts"]),
            roles=tuple(Role(role) for role in raw["roles"]),
            items=_items(items_table, tables),
            items_table=items_table,
            rules=rules,
            bonus=_bonus(tables, parameters, rules),
            parameters=parameters,
            across=across,
            unused=_unused(raw, shown),
            digest=_digest({COMMON, document, programme_id}, tables),
        )
    except KeyError as error:
        raise TableError(BAD_FILE(file=shown, reason=MISSING_KEY(key=str(error.args[0])))) from None
    except (TypeError, ValueError) as error:
        raise TableError(BAD_FILE(file=shown, reason=str(error))) from None


def _unused(raw: dict[str, Any], shown: str) -> frozenset[str]:
    """Fields the form has no use for: those it greys out, and special ones that this programme does not name."""
    template = raw.get("template", {})
    unused, used = template.get("unused", []), template.get("special", [])
    known = {spec.name for spec in COVER_FIELDS} | {f"positions.{spec.name}" for spec in POSITION_FIELDS}
    for name in (*unused, *used):
        if name not in known or (name in used and name not in SPECIAL_FIELDS):
            raise TableError(BAD_FILE(file=shown, reason=UNKNOWN_FIELD(field=str(name))))
    return frozenset(unused) | (SPECIAL_FIELDS - set(used))


def _rule(raw: dict[str, Any], file: str, converter: cattrs.BaseConverter) -> Rule:
    shown = f"{file} [{raw.get('id', '?')}]"
    unknown = next((key for key in raw if key not in RULE_KEYS), None)
    if unknown is not None:
        raise TableError(BAD_FILE(file=shown, reason=EXTRA_VALUE(key=unknown)))
    try:
        if raw["kind"] not in KINDS:
            raise TableError(BAD_FILE(file=shown, reason=UNKNOWN_KIND(kind=raw["kind"])))
        kind = kind_of(raw["kind"])
        return Rule(
            id=raw["id"],
            kind=raw["kind"],
            outcome=Outcome(raw["outcome"]),
            title=Bilingual(**raw["title"]),
            clause=Bilingual(**raw["clause"]),
            citations=tuple(Citation(**cite) for cite in raw["cite"]),
            interpretation=_interpretation(raw.get("interpretation")),
            changed=raw.get("changed"),
            values=_values(kind.values, raw.get("values", {}), shown, converter),
        )
    except KeyError as error:
        raise TableError(BAD_FILE(file=shown, reason=MISSING_KEY(key=str(error.args[0])))) from None
    except (TypeError, ValueError) as error:
        raise TableError(BAD_FILE(file=shown, reason=str(error))) from None


def _values(wanted: type[Any] | None, raw: dict[str, Any], shown: str, converter: cattrs.BaseConverter) -> Any:
    try:
        if wanted is None:
            return _only_known(raw, {})
        return converter.structure(raw, wanted)
    except TableError as error:
        raise TableError(BAD_FILE(file=shown, reason=error.text)) from None
    except KeyError as error:
        raise TableError(BAD_FILE(file=shown, reason=MISSING_KEY(key=str(error.args[0])))) from None
    except (TypeError, ValueError) as error:
        raise TableError(BAD_FILE(file=shown, reason=BAD_VALUES(reason=str(error)))) from None


def _only_known(raw: dict[str, Any], known: Collection[str]) -> None:
    """A key that a kind has no use for is an error: misspelt, it would change what the rule does."""
    for key in raw:
        if key not in known:
            raise TableError(EXTRA_VALUE(key=key))


def _attrs_hook(converter: cattrs.BaseConverter) -> Callable[[Any, Any], Any]:
    def structure(raw: Any, wanted: Any) -> Any:
        if not isinstance(raw, dict):
            raise TypeError(f"{raw!r}")
        known = attrs.fields_dict(attrs.resolve_types(wanted))
        _only_known(raw, known)
        for name, attribute in known.items():
            if attribute.default is attrs.NOTHING and name not in raw:
                raise TableError(MISSING_KEY(key=name))
        return converter.structure_attrs_fromdict(raw, wanted)

    return structure


def _converter(tables: Tables) -> cattrs.BaseConverter:
    """A converter that writes no code at run time: rules are read once, and a check must start quickly."""
    converter = cattrs.BaseConverter(detailed_validation=False)
    converter.register_structure_hook_func(attrs.has, _attrs_hook(converter))
    converter.register_structure_hook(Bilingual, lambda raw, _: Bilingual(**raw))
    converter.register_structure_hook(Limit, _limit_hook(tables))
    converter.register_structure_hook(Decimal, lambda raw, _: Decimal(raw))
    converter.register_structure_hook(Fraction, lambda raw, _: Fraction(raw))
    converter.register_structure_hook(dt.date, lambda raw, _: raw)
    return converter


def _limit_hook(tables: Tables) -> Callable[[Any, Any], Limit]:
    def structure(reference: Any, _: Any) -> Limit:
        return limit(tables, str(reference))

    return structure


def limit(tables: Tables, reference: str) -> Limit:
    """The number that ``folder/table#key`` names, with its citation."""
    table_id, separator, key = reference.partition("#")
    row = tables[table_id].find(key=key) if separator else None
    if row is None:
        raise TableError(BAD_FILE(file=table_id, reason=BAD_LIMIT(reference=reference)))
    cells = row.cells
    value: Exact = row["amount"] if "amount" in cells else row["value"]
    source, section = cells.get("source"), cells.get("section")
    info = tables[table_id].info
    citation = Citation(
        source=str(source) if source else info.citation.source,
        section=str(section) if section else info.citation.section,
    )
    title = Bilingual(_title(cells.get("note_zh"), key), _title(cells.get("note_en"), key))
    return Limit(key=key, value=value, unit=unit_of(str(cells.get("unit") or "")), citation=citation, title=title)


def _title(note: object, key: str) -> str:
    """The first clause of a note, which names the number inside arithmetic; the key where there is no note."""
    return first_clause(str(note)) if note else key


def unit_of(written: str | None) -> Unit | None:
    """A unit as tables/ writes it; money per anything is money."""
    if written and written.startswith("TWD"):
        return Unit.DOLLAR
    return next((unit for unit in Unit if unit.value == written), None)


def _items(table_id: str, tables: Tables) -> dict[str, Item]:
    table = tables[table_id]
    items = {item.code: item for item in map(_item, table.rows)}
    for item in items.values():
        if item.assists is not None and item.assists not in items:
            raise TableError(BAD_FILE(file=table.info.file, reason=UNKNOWN_ITEM(code=item.code, assists=item.assists)))
    return items


def _item(row: Row) -> Item:
    cells = row.cells
    note = Bilingual(str(cells["note_zh"] or ""), str(cells["note_en"] or "")) if cells.get("note_zh") else None
    return Item(
        code=row["code"],
        name=Bilingual(row["name_zh"], row["name_en"]),
        category=row["category"],
        units=tuple(Unit(unit) for unit in row["units"] or ()),
        price_cap=cells.get("price_cap"),  # type: ignore[arg-type]  # typed by the column
        price_owner=cells.get("price_owner"),  # type: ignore[arg-type]
        government_owner=cells.get("government_owner"),  # type: ignore[arg-type]
        price_floor=cells.get("price_floor"),  # type: ignore[arg-type]
        half_rate=bool(cells.get("half_rate")),
        assists=cells.get("assists"),  # type: ignore[arg-type]
        times_limit=cells.get("times_limit"),  # type: ignore[arg-type]
        times_per=cells.get("times_per"),  # type: ignore[arg-type]
        hours_per_time=cells.get("hours_per_time"),  # type: ignore[arg-type]
        hours_per_day=cells.get("hours_per_day"),  # type: ignore[arg-type]
        persons_per_time=cells.get("persons_per_time"),  # type: ignore[arg-type]
        aliases=tuple(row["aliases"] or ()),
        section=str(cells.get("section") or ""),
        note=note,
    )


def _bonus(tables: Tables, parameters: Parameters, rules: tuple[Rule, ...]) -> BonusRule:
    """The bonus clause; it is cited as the programme's own rule cites it, for several documents print it."""
    months = limit(tables, "common/fee_parameters#bonus-months")
    dates = {row["key"]: (row["month"], row["day"]) for row in tables["common/bonus_dates"].rows}
    own = next((rule.citations for rule in rules if rule.id == BONUS_RULE), ())
    return BonusRule(
        months=Fraction(months.value),
        in_post_by=dates["in-post-by"],
        still_on=dates["still-on"],
        citation=own[0] if own else months.citation,
        joining_month_counts=parameters.bonus_counts_joining_month,
    )


def _interpretation(raw: dict[str, Any] | None) -> Interpretation | None:
    if raw is None:
        return None
    rejected = raw.get("rejected")
    return Interpretation(chosen=Bilingual(**raw["chosen"]), rejected=Bilingual(**rejected) if rejected else None)


def _digest(folders: set[str], tables: Tables) -> str:
    state = hashlib.sha256()
    for folder in sorted(folders):
        for path in sorted((tables.directory / folder).iterdir()):
            if path.suffix in {".toml", ".csv"}:
                state.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"sha256:{state.hexdigest()}"
