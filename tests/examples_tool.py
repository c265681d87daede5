"""Writes the faulty example drafts: each is its programme's compliant draft with the edits of one fault.

``examples/<programme>/faults.toml`` says what to change and what the check must find; run this file as a program to
write ``examples/<programme>/faulty/<name>.json`` anew.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

EXAMPLES = Path(__file__).parent.parent / "examples"
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@frozen(kw_only=True)
class Fault:
    """One fault: the rule it breaks, what is edited, and what the check must say."""

    programme: str
    name: str
    rule: str
    title: Mapping[str, str]
    changes: Mapping[str, Any]
    remove: tuple[str, ...]
    append: tuple[Mapping[str, Any], ...]
    expect: Mapping[str, Any]

    @property
    def file(self) -> Path:
        """The faulty draft."""
        return EXAMPLES / self.programme / "faulty" / f"{self.name}.json"


def programmes() -> list[str]:
    """Every programme with faults."""
    return sorted(path.parent.name for path in EXAMPLES.glob("*/faults.toml"))


def faults(programme: str) -> Iterator[Fault]:
    """The faults of one programme."""
    raw = tomllib.loads((EXAMPLES / programme / "faults.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    for entry in raw["fault"]:
        yield Fault(
            programme=programme,
            name=entry["name"],
            rule=entry["rule"],
            title=entry["title"],
            changes=entry.get("set", {}),
            remove=tuple(entry.get("remove", ())),
            append=tuple(entry.get("append", ())),
            expect=entry["expect"],
        )


def compliant(programme: str) -> dict[str, Any]:
    """The draft without a fault."""
    text = (EXAMPLES / programme / "compliant.json").read_text(encoding="utf-8")
    raw: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return raw


def faulty(fault: Fault) -> dict[str, Any]:
    """The compliant draft with the fault's edits: values set, keys removed, rows appended."""
    draft = copy.deepcopy(compliant(fault.programme))
    for path, value in fault.changes.items():
        put(draft, path, copy.deepcopy(value))
    for path in fault.remove:
        put(draft, path, None)
    for entry in fault.append:
        draft[entry["to"]].append(copy.deepcopy(dict(entry["row"])))
    return draft


def put(draft: dict[str, Any], path: str, value: Any) -> None:
    """Set the value at a path like ``lines[3].details.km``; ``None`` takes the key out."""
    steps = [int(index) if index else name for name, index in _STEP.findall(path)]
    holder: Any = draft
    for step in steps[:-1]:
        holder = holder[step] if isinstance(step, int) else holder.setdefault(step, {})
    if value is None:
        holder.pop(steps[-1], None)
    else:
        holder[steps[-1]] = value


class _Encoder(json.JSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, Decimal):
            return int(o) if o == o.to_integral_value() else float(o)
        return super().default(o)


def written(draft: Mapping[str, Any]) -> str:
    """The draft as JSON, a row to a line."""
    parts = []
    for key, value in draft.items():
        shown = _plain(value)
        if isinstance(value, list) and value:
            rows = ",\n".join(f"    {_plain(row)}" for row in value)
            shown = f"[\n{rows}\n  ]"
        parts.append(f"  {json.dumps(key)}: {shown}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=_Encoder)


def main() -> None:
    """Write every faulty draft."""
    for programme in programmes():
        for fault in faults(programme):
            fault.file.parent.mkdir(exist_ok=True)
            fault.file.write_text(written(faulty(fault)), encoding="utf-8")


if __name__ == "__main__":
    main()
