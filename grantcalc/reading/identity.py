"""Identity numbers (身分證統一編號、統一證號): masked wherever they stand, before anything else sees the text.

What is kept is a keyed hash, equal where the numbers are; without a key nothing is, as all numbers can be tried out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

_SHORTEST = 10
_DIGITS = re.compile(r"[0-9０-９]{8}")
_NUMBER = re.compile(r"(?<![A-Z0-9])([A-Z])[ -]?([12A-D89])([0-9]{8})(?![A-Z0-9])", re.IGNORECASE)
_NARROW = {
    wide: chr(wide - 0xFEE0) for first, last in ("０９", "ＡＺ", "ａｚ") for wide in range(ord(first), ord(last) + 1)
} | {ord("\u3000"): " ", ord("\u00a0"): " ", ord("－"): "-"}
_STARS = "*" * 8
_HASH_BYTES = 16
_LONGEST_KEY = 64


@frozen
class Masker:
    """Masks texts of one reading; ``salt`` keys its hashes."""

    salt: bytes = b""

    def text(self, text: str) -> str:
        """The text with the digits of every identity number replaced: A123456789 becomes A1********."""
        if len(text) < _SHORTEST or not _DIGITS.search(text):
            return text
        return _masked(text)

    def stands_for(self, text: str) -> str:
        """What stands for the identity numbers of a text: their hashes in order, a blank between; often nothing."""
        if not self.salt or len(text) < _SHORTEST or not _DIGITS.search(text):
            return ""
        numbers = dict.fromkeys("".join(match.groups()).upper() for match in _NUMBER.finditer(_narrow(text)))
        return " ".join(map(self._hash, numbers))

    def _hash(self, number: str) -> str:
        import hashlib

        key = hashlib.sha512(self.salt).digest() if len(self.salt) > _LONGEST_KEY else self.salt
        return hashlib.blake2b(number.encode(), key=key, digest_size=_HASH_BYTES).hexdigest()


def masked_names(names: Iterable[str]) -> dict[str, str]:
    """What the sheets of these names are called without identity numbers, each still unlike the others."""
    masker = Masker()
    found = {name: masker.text(name) for name in names}
    taken = {name for name, masked in found.items() if name == masked}
    for name, masked in found.items():
        if name != masked:
            new, number = masked, 1
            while new in taken:
                number += 1
                new = f"{masked} ({number})"
            taken.add(new)
            found[name] = new
    return found


def _narrow(text: str) -> str:
    """Full-width letters and digits in their common form, each in its place."""
    return text.translate(_NARROW)


def _masked(text: str) -> str:
    narrow, parts, end = _narrow(text), [], 0
    for match in _NUMBER.finditer(narrow):
        parts += [text[end : match.start()], match[1].upper(), match[2].upper(), _STARS]
        end = match.end()
    return "".join((*parts, text[end:])) if parts else text
