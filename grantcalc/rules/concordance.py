"""Which items, posts, categories and rules of two programmes mean the same (對照表), read from common/concordance.

A code may have several meanings (one item of an old list became two), and several codes one. A meaning is *main* for
a code that stands for it when nothing else is known, and not main where the code only includes it: stationery is part
of the management fee in one document and an item of its own in another.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import frozen

from grantcalc.rules.programme import Programme
from grantcalc.tabledata import BAD_FILE, TableError, Tables
from grantcalc.text import Bilingual, Message

TABLE = "common/concordance"
UNKNOWN_SUBJECT = Message("row {row}: there is no subject “{subject}”; known: {known}")


class Subject(Enum):
    """What a row of the concordance is about."""

    CATEGORY = "category"
    POST = "post"
    ITEM = "item"
    RULE = "rule"


@frozen(kw_only=True)
class Entry:
    """One meaning of one code, in all programmes that have the code or in some of them."""

    subject: Subject
    meaning: str
    code: str
    programmes: tuple[str, ...]
    main: bool
    title: Bilingual | None

    def names(self, programme: Programme) -> bool:
        """Whether it speaks of this programme."""
        return not self.programmes or programme.id in self.programmes


@frozen
class Concordance:
    """All meanings, by subject and code."""

    entries: Mapping[tuple[Subject, str], tuple[Entry, ...]]

    @classmethod
    def of(cls, tables: Tables) -> Concordance:
        """Read it; a directory of tables without one pairs by equal codes."""
        if not any(info.id == TABLE for info in tables.infos()):
            return cls({})
        found: dict[tuple[Subject, str], list[Entry]] = {}
        for entry in _entries(tables):
            found.setdefault((entry.subject, entry.code), []).append(entry)
        return cls({key: tuple(sorted(group, key=lambda entry: not entry.main)) for key, group in found.items()})

    def meanings(self, subject: Subject, programme: Programme, code: str) -> tuple[Entry, ...]:
        """The meanings of a code in a programme, main ones first; none where the table lists none."""
        return tuple(entry for entry in self.entries.get((subject, code), ()) if entry.names(programme))

    def meaning(self, subject: Subject, programme: Programme, code: str) -> str:
        """The first meaning of a code; the code itself where the table lists none."""
        return next((entry.meaning for entry in self.meanings(subject, programme, code)), code)

    def title(self, subject: Subject, meaning: str) -> Bilingual | None:
        """What the table calls a meaning, if it does."""
        listed = (entry for group in self.entries.values() for entry in group)
        named = (entry.title for entry in listed if (entry.subject, entry.meaning) == (subject, meaning))
        return next((title for title in named if title is not None), None)

    def shared(self, subject: Subject, a: Programme, code: str, b: Programme, other: str) -> str | None:
        """The meaning that a code of ``a`` and one of ``b`` share, main for one of them at least; else ``None``."""
        if code == other and subject in {Subject.RULE, Subject.CATEGORY}:
            return self.meaning(subject, a, code)
        theirs = {entry.meaning: entry for entry in self.meanings(subject, b, other)}
        mine = self.meanings(subject, a, code)
        pairs = [(entry, theirs[entry.meaning]) for entry in mine if entry.meaning in theirs]
        for entry, found in sorted(pairs, key=lambda pair: -(pair[0].main + pair[1].main)):
            if entry.main or found.main:
                return entry.meaning
        return code if code == other and not (mine and theirs) else None

    def counterparts(self, subject: Subject, a: Programme, code: str, b: Programme) -> tuple[str, ...]:
        """Codes of ``b`` that mean what ``code`` means in ``a``; those for which the meaning is main come first.

        A rule that both programmes use has itself alone. None where ``b`` has nothing of the kind.
        """
        others = codes_of(subject, b)
        if subject is Subject.RULE and code in others:
            return (code,)
        mine = set(codes_of(subject, a)) if subject is Subject.RULE else set()
        ranked = []
        for other in others:
            meaning = self.shared(subject, a, code, b, other)
            if meaning is not None and other not in mine:
                ranked.append((not self._is_main(subject, b, other, meaning), other != code, other))
        ranked.sort(key=lambda found: found[:2])
        return tuple(other for *_, other in ranked)

    def _is_main(self, subject: Subject, programme: Programme, code: str, meaning: str) -> bool:
        return any(entry.main and entry.meaning == meaning for entry in self.meanings(subject, programme, code))


def codes_of(subject: Subject, programme: Programme) -> tuple[str, ...]:
    """Every code of a programme, in its order."""
    if subject is Subject.ITEM:
        return tuple(programme.items)
    if subject is Subject.POST:
        return tuple(role.value for role in programme.roles)
    if subject is Subject.RULE:
        return tuple(programme.rules_by_id)
    return tuple(category.name for category in programme.categories)


def _entries(tables: Tables) -> list[Entry]:
    table = tables[TABLE]
    known = {subject.value: subject for subject in Subject}
    entries = []
    for row in table.rows:
        if row["subject"] not in known:
            reason = UNKNOWN_SUBJECT(row=row.number, subject=row["subject"], known=", ".join(known))
            raise TableError(BAD_FILE(file=table.info.file, reason=reason))
        named = row["title_zh"] and row["title_en"]
        entries.append(
            Entry(
                subject=known[row["subject"]],
                meaning=row["meaning"],
                code=row["code"],
                programmes=row["programmes"] or (),
                main=row["main"],
                title=Bilingual(row["title_zh"], row["title_en"]) if named else None,
            )
        )
    return entries
