"""Names of persons and words of rows as rules compare them."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Text as it is searched for words: full-width forms made plain, capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


def same_name(name: str) -> str:
    """A name as it is compared: without spaces, full-width forms made plain."""
    return "".join(fold(name).split())
