"""What a draft lacks, in the words of a letter: every field once, with what it is needed for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from attrs import Factory, define

from grantcalc.checking import Report, RuleResult
from grantcalc.finding import Status
from grantcalc.report.missing import OPTIONS
from grantcalc.report.opinion_names import Names
from grantcalc.text import Message

SUPPLY = Message("Please supply {fields}; needed to judge {rules}.")
SUPPLY_OF = Message("{rows}: please supply {fields}; needed to judge {rules}.")
LOOK_UP = Message("{fields}: needed to judge {rules}.")
PUBLISHED_OF_YEAR = Message("the published figures of ROC year {year}")
PUBLISHED_OF = Message("the published figures of “{row}”")
OF_OTHERS = Message("{field} of other applications")

_TABLE = re.compile(r"[\w-]+/\w+(?:#[\w-]+)? (.+)")
_OTHER = re.compile(r"(?s).+: ((?:(?:positions|lines)\[\d+\]\.)?[a-z_\d.\[\]]+)")
"""An input that another draft lacks: its file, the path there."""


@define
class _Need:
    fields: dict[str, None] = Factory(dict)
    rules: dict[str, None] = Factory(dict)


def unjudged(report: Report) -> Iterator[RuleResult]:
    """The rules that lack an input."""
    return (result for result in report.rules if result.status is Status.COULD_NOT_RUN and result.missing)


def supplies(names: Names, told: Collection[str] = ()) -> list[str]:
    """What the applicant has to supply: fields of the plan first, then those of rows, like rows together.

    ``told`` are the paths of what is asked elsewhere in the letter already.
    """
    needs: dict[str | None, _Need] = {}
    for result in unjudged(names.report):
        for path in result.missing:
            row, field = names.field(path)
            if field and path not in told and not _is_reviewers(path):
                need = needs.setdefault(row if row in names.rows else None, _Need())
                need.fields[field] = None
                need.rules[names.language(result.rule.title)] = None
    sentences = []
    speak = names.language
    for rows, need in sorted(_alike(needs), key=lambda pair: bool(pair[0])):
        values = {"fields": speak.listed(need.fields), "rules": speak.listed(need.rules)}
        sentences.append(speak(SUPPLY_OF(**values, rows=_rows(rows, names)) if rows else SUPPLY(**values)))
    return sentences


def look_ups(names: Names) -> list[str]:
    """What the reviewer has to look up, or ask of others."""
    needs: dict[str, _Need] = {}
    for result in unjudged(names.report):
        for path in result.missing:
            if _is_reviewers(path):
                field = _reviewers(path, names)
                need = needs.setdefault(field, _Need())
                need.rules[names.language(result.rule.title)] = None
    speak = names.language
    return [speak(LOOK_UP(fields=field, rules=speak.listed(need.rules))) for field, need in needs.items()]


def fields_of(paths: Iterable[str], names: Names) -> str:
    """Fields in a row, with the rows they belong to."""
    fields: dict[str, None] = {}
    rows: dict[str, None] = {}
    for path in paths:
        row, field = names.field(path)
        if row is not None and row in names.rows:
            rows[row] = None
        elif field:
            fields[field] = None
    return names.language.listed(filter(None, [*fields, _rows(rows, names)]))


def _alike(needs: dict[str | None, _Need]) -> list[tuple[list[str], _Need]]:
    """Rows that lack the same for the same, together; the plan's own fields have no row."""
    found: dict[tuple[bool, tuple[str, ...], tuple[str, ...]], tuple[list[str], _Need]] = {}
    for row, need in needs.items():
        key = (row is None, tuple(need.fields), tuple(need.rules))
        rows, _ = found.setdefault(key, ([], need))
        if row is not None:
            rows.append(row)
    return list(found.values())


def _rows(rows: Iterable[str], names: Names) -> str:
    return names.subjects(names.rows[row].origin.place() for row in rows)


def _is_reviewers(path: str) -> bool:
    """Whether an input is the reviewer's own: an option, a table, the day of approval, another draft's."""
    return path in OPTIONS or path == "approved_on" or "/" in path.partition(" ")[0] or bool(_OTHER.fullmatch(path))


def _reviewers(path: str, names: Names) -> str:
    if path in OPTIONS:
        return names.language(OPTIONS[path])
    other = _OTHER.fullmatch(path)
    if other is not None:
        return names.language(OF_OTHERS(field=names.field(other[1])[1]))
    table = _TABLE.fullmatch(path)
    if table is not None:
        return names.language(PUBLISHED_OF_YEAR(year=table[1]) if table[1].isdecimal() else PUBLISHED_OF(row=table[1]))
    return names.field(path)[1]
