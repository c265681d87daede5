"""Compound files (OLE): the container of .xls and of encrypted workbooks. Broken chains end, they never loop."""

from __future__ import annotations

import struct

from attrs import field, frozen

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are marks."""
_IN_HEADER = 109
_STREAM, _ROOT = 2, 5
_SHIFTS = range(7, 17)


class BrokenCompoundError(Exception):
    """The container itself cannot be read."""


@frozen
class Entry:
    """A storage or a stream by its name."""

    name: str
    kind: int
    first: int
    size: int


@frozen(kw_only=True)
class Compound:
    """The directory of a compound file."""

    data: bytes = field(repr=False)
    sector: int
    """Bytes of a sector."""
    mini: int
    cutoff: int
    """Shorter streams stand in mini sectors."""
    chain: tuple[int, ...] = field(repr=False)
    """The sector after each sector."""
    mini_chain: tuple[int, ...] = field(repr=False)
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, data: bytes) -> Compound:
        """Read header, allocation table and directory."""
        try:
            shift, mini_shift = struct.unpack_from("<HH", data, 30)
            first_entry, _, cutoff, first_mini = struct.unpack_from("<4I", data, 48)
            heads = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
            more = struct.unpack_from("<I", data, 68)[0]
        except struct.error:
            raise BrokenCompoundError from None
        if shift not in _SHIFTS or mini_shift not in range(1, shift):
            raise BrokenCompoundError
        size = 1 << shift
        heads += _more_heads(data, size, more)
        chain = tuple(number for head in heads if head < _LAST_SECTOR for number in _numbers(_sector(data, size, head)))
        entries = tuple(_entries(_joined(data, size, chain, first_entry)))
        mini_chain = tuple(_numbers(_joined(data, size, chain, first_mini)))
        return cls(
            data=data,
            sector=size,
            mini=1 << mini_shift,
            cutoff=cutoff,
            chain=chain,
            mini_chain=mini_chain,
            entries=entries,
        )

    def has(self, name: str) -> bool:
        """Whether there is a storage or a stream of this name."""
        return any(entry.name.casefold() == name.casefold() for entry in self.entries)

    def stream(self, *names: str) -> bytes | None:
        """The content of the first stream of one of these names; ``None`` where there is none."""
        wanted = {name.casefold() for name in names}
        found = next((one for one in self.entries if one.kind == _STREAM and one.name.casefold() in wanted), None)
        if found is None:
            return None
        if found.size >= self.cutoff:
            return _joined(self.data, self.sector, self.chain, found.first)[: found.size]
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        if root is None:
            raise BrokenCompoundError
        inside = _joined(self.data, self.sector, self.chain, root.first)
        return b"".join(
            inside[number * self.mini : (number + 1) * self.mini] for number in _followed(self.mini_chain, found.first)
        )[: found.size]


def _sector(data: bytes, size: int, number: int) -> bytes:
    # The header takes a whole sector.
    start = max(_HEADER, size) + number * size
    return data[start : start + size]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _more_heads(data: bytes, size: int, first: int) -> list[int]:
    """Where the allocation table stands beyond what the header says of it."""
    found: list[int] = []
    seen: set[int] = set()
    while first < _LAST_SECTOR and first not in seen:
        seen.add(first)
        numbers = _numbers(_sector(data, size, first))
        if not numbers:
            break
        found += numbers[:-1]
        first = numbers[-1]
    return found


def _followed(chain: tuple[int, ...], first: int) -> list[int]:
    """The sectors of a chain, in order; a chain that bites its tail is broken."""
    found: list[int] = []
    while first < len(chain):
        found.append(first)
        if len(found) > len(chain):
            raise BrokenCompoundError
        first = chain[first]
    return found


def _joined(data: bytes, size: int, chain: tuple[int, ...], first: int) -> bytes:
    return b"".join(_sector(data, size, number) for number in _followed(chain, first))


def _entries(directory: bytes) -> list[Entry]:
    found = []
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        if kind:
            name = directory[at : at + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", directory, at + 116)
            found.append(Entry(name, kind, first, size))
    return found
