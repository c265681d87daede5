"""The JSON form (nested objects) as a :class:`Draft`; every problem is gathered, none hides another."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from grantcalc.draft.fields import COVER_FIELDS, FORMAT
from grantcalc.draft.model import Line, Origin, OtherFund, Position, Quantity, Reading
from grantcalc.finding import Place
from grantcalc.money import Number
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.names import likely
from grantcalc.reading.problems import (
    ADD_KEY,
    MISSING_KEY,
    NO_SUCH_KEY,
    REMOVE_KEY,
    REMOVE_OR_NEAREST,
    Sink,
    refuse,
    shown,
)
from grantcalc.reading.values import Convert
from grantcalc.rules.library import Library
from grantcalc.text import Message, joined

ROOT_EXPECTED = Message("The file holds “{found}”; expected one object with the keys of a draft.")
ROOT_REMEDY = Message("Start from the example that `grantcalc template` writes.")
OTHER_FORMAT = Message("The draft has format {found}; this program reads format {expected}.")
CONVERT_FORMAT = Message("Write the draft anew with the template of this version (`grantcalc template`).")
A_LIST = Message("a list")
AN_OBJECT = Message("an object with keys")
USE_LIST = Message("Put the entries between square brackets.")
USE_OBJECT = Message("Write its keys and values between curly brackets.")
THE_FORMAT = Message("the number {expected}")
CATEGORY_TWICE = Message("The category “{category}” stands here twice.")
KEEP_ONE = Message("Keep one of them.")

GROUPS = ("period", "funding", "caseload")
OWN_KEYS = ("format", "positions", "lines", "totals")
"""Keys of the root that are no cover fields."""


def structure(raw: Mapping[str, object], library: Library, file: str) -> Reading:
    """Make a draft of the JSON form.

    A value that does not fit is a problem and its field stays ``None``, so that a rule that needs it could not run.
    :class:`Unreadable` only where the root is no object or the programme is not known.
    """
    if not isinstance(raw, Mapping):
        raise refuse(file, ROOT_EXPECTED(found=shown(raw)), ROOT_REMEDY())
    return _Structurer(Assembler(library, Sink(file))).read(raw)


class _Structurer:
    """One walk through one document."""

    def __init__(self, assembler: Assembler) -> None:
        self.assembler = assembler
        self.sink = assembler.sink
        self.origin = Origin(path="")

    def read(self, raw: Mapping[str, object]) -> Reading:
        self._format(raw)
        cover = self.assembler.cover(self._flat(raw), self.origin)
        positions = self._positions(raw)
        lines = self._lines(raw)
        other = self._other(raw)
        totals, grand = self._totals(raw)
        draft = self.assembler.draft(
            cover,
            positions=positions,
            lines=lines,
            other=other,
            totals=totals,
            grand=grand,
            origin=self.origin,
        )
        return self.sink.reading(draft)

    def _format(self, raw: Mapping[str, object]) -> None:
        found = raw.get("format")
        place = Place(path="format")
        if found is None:
            self.sink.problem(place, MISSING_KEY(key="format"), ADD_KEY(expected=THE_FORMAT(expected=FORMAT)))
        elif not _is_number(found) or found != FORMAT:
            self.sink.problem(place, OTHER_FORMAT(found=shown(found), expected=FORMAT), CONVERT_FORMAT())

    def _flat(self, raw: Mapping[str, object]) -> dict[str, object]:
        """The cover fields by dotted name; unknown keys are told."""
        plain = [spec.name for spec in COVER_FIELDS if "." not in spec.name]
        self._unknown(raw, (*plain, *GROUPS, *OWN_KEYS), "")
        flat: dict[str, object] = {name: raw.get(name) for name in plain}
        for group in GROUPS:
            inner = self._object(raw.get(group), group)
            prefix = f"{group}."
            known = [spec.name.removeprefix(prefix) for spec in COVER_FIELDS if spec.name.startswith(prefix)]
            self._unknown(inner, (*known, "other") if group == "funding" else known, group)
            flat.update({prefix + name: inner.get(name) for name in known})
        return flat

    def _unknown(self, given: Mapping[str, object], known: Any, path: str) -> None:
        for key in given:
            if key not in known:
                self._unknown_key(str(key), known, path)

    def _unknown_key(self, key: str, known: Any, path: str) -> None:
        place = Place(path=f"{path}.{shown(key)}" if path else shown(key))
        names = [str(name) for name in known]
        near = likely(key, names)
        remedy = REMOVE_OR_NEAREST(nearest=joined(near)) if near else REMOVE_KEY(known=joined(names))
        self.sink.problem(place, NO_SUCH_KEY(key=shown(key)), remedy)

    def _object(self, raw: object, path: str) -> Mapping[str, object]:
        if isinstance(raw, Mapping):
            return raw
        if raw is not None:
            self.sink.unfit(Place(path=path), raw, AN_OBJECT(), USE_OBJECT())
        return {}

    def _list(self, raw: object, path: str) -> list[object]:
        if isinstance(raw, list):
            return raw
        if raw is not None:
            self.sink.unfit(Place(path=path), raw, A_LIST(), USE_LIST())
        return []

    def _rows(self, raw: Mapping[str, object], name: str) -> list[object]:
        if raw.get(name) is None:
            self.sink.problem(Place(path=name), MISSING_KEY(key=name), ADD_KEY(expected=A_LIST()))
        return self._list(raw.get(name), name)

    def _positions(self, raw: Mapping[str, object]) -> tuple[Position, ...]:
        converters = self.assembler.position_converters()
        found = []
        for index, given in enumerate(self._rows(raw, "positions")):
            if not isinstance(given, Mapping):
                self._object(given if given is not None else "null", f"positions[{index}]")
                continue
            row: Mapping[str, object] = given
            origin = Origin(path=f"positions[{index}]", label=_label(row, "ref", "person", "role"))
            found.append(self.assembler.position(self._fields(row, converters, origin), origin))
        return tuple(found)

    def _lines(self, raw: Mapping[str, object]) -> tuple[Line, ...]:
        converters = self.assembler.line_converters()
        plain = {name: convert for name, convert in converters.items() if "." not in name}
        nested = {name.partition(".")[2]: convert for name, convert in converters.items() if "." in name}
        found = []
        for index, given in enumerate(self._rows(raw, "lines")):
            path = f"lines[{index}]"
            if not isinstance(given, Mapping):
                self._object(given if given is not None else "null", path)
                continue
            row: Mapping[str, object] = given
            origin = Origin(path=path, label=_label(row, "ref", "item", "description"))
            values = self._fields(row, plain, origin, ("quantities", "details"))
            details: dict[str, Any] = {}
            if row.get("details") is not None:
                inner = self._object(row["details"], f"{path}.details")
                details = self._fields(inner, nested, origin, prefix="details.")
            quantities = self._quantities(row.get("quantities"), origin)
            found.append(self.assembler.line(values, details, quantities, origin))
        return tuple(found)

    def _fields(
        self,
        row: Mapping[str, object],
        converters: Mapping[str, Convert],
        origin: Origin,
        besides: tuple[str, ...] = (),
        prefix: str = "",
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, raw in row.items():
            convert = converters.get(key)
            if convert is None:
                if key not in besides:
                    path = f"{origin.path}.{prefix}".rstrip(".")
                    self._unknown_key(str(key), (*converters, *besides), path)
            elif raw is not None:
                values[key] = convert(raw, origin, prefix + key)
        return values

    def _quantities(self, raw: object, origin: Origin) -> tuple[Quantity, ...]:
        """All factors of a row; none at all where one is bad, so that no product is taken of the rest."""
        if raw is None:
            return ()
        found = []
        for index, given in enumerate(self._list(raw, f"{origin.path}.quantities")):
            name = f"quantities[{index}]"
            path = f"{origin.path}.{name}"
            inner = self._object(given, path)
            self._unknown(inner, ("number", "unit"), path)
            found.append(self.assembler.quantity(inner.get("number"), inner.get("unit"), origin, name))
        good = tuple(quantity for quantity in found if quantity is not None)
        return good if len(good) == len(found) else ()

    def _other(self, raw: Mapping[str, object]) -> tuple[OtherFund, ...]:
        funding = raw.get("funding")
        given = funding.get("other") if isinstance(funding, Mapping) else None
        found = []
        for index, entry in enumerate(self._list(given, "funding.other")):
            path = f"funding.other[{index}]"
            inner = self._object(entry, path)
            self._unknown(inner, ("source", "amount"), path)
            found.append(self.assembler.other_fund(inner.get("source"), inner.get("amount"), self.origin, path))
        return tuple(fund for fund in found if fund is not None)

    def _totals(self, raw: Mapping[str, object]) -> tuple[dict[str, Number], Number | None]:
        given = self._object(raw.get("totals"), "totals")
        self._unknown(given, ("categories", "grand"), "totals")
        amounts: dict[str, Number] = {}
        for name, stated in self._object(given.get("categories"), "totals.categories").items():
            if stated is None:
                continue
            path = f"totals.categories.{shown(str(name).strip())}"
            category = self.assembler.category(name, self.origin, path)
            amount = self.assembler.money(stated, self.origin, path)
            if category in amounts:
                self.sink.problem(Place(path=path), CATEGORY_TWICE(category=category), KEEP_ONE())
            elif category is not None and amount is not None:
                amounts[category] = amount
        grand = given.get("grand")
        return amounts, None if grand is None else self.assembler.money(grand, self.origin, "totals.grand")


def _is_number(found: object) -> bool:
    if isinstance(found, Decimal):
        return found.is_finite()
    return isinstance(found, int | float) and not isinstance(found, bool)


def _label(row: Mapping[str, object], *names: str) -> str:
    """What a person would call the row: the first of these fields that says something."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return shown(value.strip())
    return ""
