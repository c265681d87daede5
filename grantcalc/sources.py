"""Citations: which official document and which section says so."""

from __future__ import annotations

from attrs import field, frozen

from grantcalc.text import Bilingual


@frozen(kw_only=True)
class SourceDocument:
    """One official document (公文書、計畫說明書), as tables/sources.toml lists it."""

    id: str
    title: Bilingual
    publisher: Bilingual
    number: str | None = None
    date: str = ""
    confidence: str = "document"
    found: str | None = None
    sha256: str | None = None


@frozen(kw_only=True)
class Citation:
    """A section of a document, with the page where it is known."""

    source: str
    section: str = ""
    page: int | None = None

    def __str__(self) -> str:
        page = f" p.{self.page}" if self.page else ""
        return f"{self.source} {self.section}{page}".strip()


@frozen(kw_only=True)
class Interpretation:
    """A reading the project chose where a document is silent or doubtful (解釋)."""

    chosen: Bilingual
    rejected: Bilingual | None = field(default=None)
