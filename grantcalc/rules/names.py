"""Names of persons as rules compare them."""

from __future__ import annotations

import unicodedata


def same_name(name: str) -> str:
    """A name as it is compared: without spaces, full-width forms made plain."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
