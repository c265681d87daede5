"""The official documents behind the short names that sections are cited by (FSP-113, LECTURE-FEE …)."""

from __future__ import annotations

from grantcalc.rules.programme import Programme
from grantcalc.sources import SourceDocument
from grantcalc.tabledata import Tables
from grantcalc.text import Message

DOCUMENTS = Message("Documents cited")
CODE, NAME = Message("Short name"), Message("Document")


def documents(programme: Programme, tables: Tables) -> tuple[SourceDocument, ...]:
    """The documents that the rules of a programme cite, its own first."""
    cited = {citation.source for rule in programme.rules for citation in rule.citations} | {programme.source}
    found = [document for code, document in tables.sources.items() if code in cited]
    return tuple(sorted(found, key=lambda document: document.id != programme.source))
