"""Writes sheets as .xls and .xlsb, record by record."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Mapping, Sequence

from tests.hostile.sheets import CODES, PACKAGE, Error, Sheet, packed, relations, serial

# .xls


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _wide(text: str, size: str) -> bytes:
    return struct.pack(f"<{size}B", len(text), 1) + text.encode("utf-16-le")


def xls(sheets: Sequence[Sheet], extra: bytes = b"") -> bytes:
    """An .xls workbook of these sheets; ``extra`` goes into its first records."""
    return compound({"Workbook": xls_stream(sheets, extra)})


def xls_stream(sheets: Sequence[Sheet], extra: bytes = b"") -> bytes:
    """Its stream of records."""
    bodies = [_xls_sheet(sheet) for sheet in sheets]
    formats = b"".join(_record(0xE0, struct.pack("<HHHBBBBIIH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + _record(0x42, b"\xb0\x04") + formats + extra
    names = [_wide(sheet.name, "B") for sheet in sheets]
    at = len(head) + sum(len(name) + 10 for name in names) + 4
    for name, body, sheet in zip(names, bodies, sheets, strict=True):
        head += _record(0x85, struct.pack("<IBB", at, int(sheet.hidden), 0) + name)
        at += len(body)
    return head + _record(0x0A, b"") + b"".join(bodies)


def _xls_sheet(sheet: Sheet) -> bytes:
    made = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))]
    made += [_record(0x7D, struct.pack("<6H", at - 1, at - 1, 2000, 0, 1, 0)) for at in sheet.hidden_columns]
    width = max(map(len, sheet.rows), default=0)
    made.append(_record(0x200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0)))
    made += [_record(0x208, struct.pack("<6HI", at - 1, 0, width, 255, 0, 0, 0x120)) for at in sheet.hidden_rows]
    made += [_xls_cell(row, column, value) for row, column, value in sheet.cells()]
    if sheet.merged:
        ranges = b"".join(
            struct.pack("<4H", top - 1, low - 1, left - 1, far - 1) for top, left, low, far in sheet.merged
        )
        made.append(_record(0xE5, struct.pack("<H", len(sheet.merged)) + ranges))
    return b"".join((*made, _record(0x0A, b"")))


def _xls_cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HH", row, column)
    plain, day = struct.pack("<H", 0), struct.pack("<H", 1)
    if isinstance(value, Error):
        return _record(0x205, place + plain + bytes((CODES[value.name], 1)))
    if isinstance(value, bool):
        return _record(0x205, place + plain + bytes((value, 0)))
    if isinstance(value, dt.date):
        return _record(0x203, place + day + struct.pack("<d", serial(value)))
    if isinstance(value, int) and 0 <= value < 1 << 29:
        return _record(0x27E, place + plain + struct.pack("<I", value << 2 | 2))
    if isinstance(value, int | float):
        return _record(0x203, place + plain + struct.pack("<d", value))
    return _record(0x204, place + plain + _wide(str(value), "H"))


def compound(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """A compound file (OLE) of these streams, each long enough to stand in sectors of its own."""
    size, free, end, table = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    lengths = {name: -(-len(data) // size) for name, data in padded.items()}
    entries = 1 + len(streams) + len(storages)
    directory = -(-entries * 128 // size)
    sectors = directory + sum(lengths.values())
    tables = -(-(sectors + 1) // 127)
    chain = [table] * tables
    starts, at = {}, tables
    for name, length in (("", directory), *lengths.items()):
        starts[name] = at
        chain += [*range(at + 1, at + length), end]
        at += length
    chain += [free] * (tables * 128 - len(chain))
    listed = _entry("Root Entry", 5, end, 0, child=1 if entries > 1 else free)
    names = [*padded, *storages]
    for index, name in enumerate(names, start=1):
        following = index + 1 if index < len(names) else free
        kind, first, length = (2, starts[name], len(padded[name])) if name in padded else (1, 0, 0)
        listed += _entry(name, kind, first, length, right=following)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096, end, 0, end, 0)
    )
    head += struct.pack("<109I", *(*range(tables), *[free] * (109 - tables)))
    body = struct.pack(f"<{len(chain)}I", *chain) + listed.ljust(directory * size, b"\0")
    return head + body + b"".join(data.ljust(lengths[name] * size, b"\0") for name, data in padded.items())


def _entry(name: str, kind: int, first: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


# .xlsb


def _new_record(kind: int, content: bytes = b"") -> bytes:
    head = bytes((kind,)) if kind < 128 else bytes((kind & 127 | 128, kind >> 7))
    length, size = len(content), b""
    while True:
        size += bytes((length & 127 | (128 if length > 127 else 0),))
        length >>= 7
        if not length:
            return head + size + content


def _long(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(sheets: Sequence[Sheet]) -> bytes:
    """A binary workbook of these sheets."""
    bundle = b"".join(
        _new_record(156, struct.pack("<II", int(sheet.hidden), at) + _long(f"r{at}") + _long(sheet.name))
        for at, sheet in enumerate(sheets, start=1)
    )
    formats = b"".join(_new_record(47, struct.pack("<HHHHHBBHH", 0, form, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
    styles = _new_record(278) + _new_record(617, struct.pack("<I", 2)) + formats + _new_record(618) + _new_record(279)
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": _new_record(131) + _new_record(143) + bundle + _new_record(144) + _new_record(132),
        "xl/_rels/workbook.bin.rels": relations(
            [*(("worksheet", f"worksheets/sheet{at + 1}.bin") for at in range(len(sheets))), ("styles", "styles.bin")]
        ),
        "xl/styles.bin": styles,
    }
    return packed(parts | {f"xl/worksheets/sheet{at}.bin": _xlsb_sheet(sheet) for at, sheet in enumerate(sheets, 1)})


def _xlsb_sheet(sheet: Sheet) -> bytes:
    width = max(map(len, sheet.rows), default=0)
    made = [
        _new_record(129),
        _new_record(148, struct.pack("<4I", 0, max(len(sheet.rows) - 1, 0), 0, max(width - 1, 0))),
    ]
    if sheet.hidden_columns:
        described = (_new_record(60, struct.pack("<IIIIH", at - 1, at - 1, 2000, 0, 1)) for at in sheet.hidden_columns)
        made += [_new_record(390), *described, _new_record(391)]
    made.append(_new_record(145))
    for row, values in enumerate(sheet.rows):
        hidden = 0x10 if row + 1 in sheet.hidden_rows else 0
        made.append(_new_record(0, struct.pack("<IIHBBB", row, 0, 300, 0, hidden, 0) + struct.pack("<I", 0)))
        made += [_xlsb_cell(column, value) for column, value in enumerate(values) if value not in {None, ""}]
    made.append(_new_record(146))
    if sheet.merged:
        ranges = (
            _new_record(176, struct.pack("<4I", top - 1, low - 1, left - 1, far - 1))
            for top, left, low, far in sheet.merged
        )
        made += [_new_record(177, struct.pack("<I", len(sheet.merged))), *ranges, _new_record(178)]
    return b"".join((*made, _new_record(130)))


def _xlsb_cell(column: int, value: object) -> bytes:
    plain, day = struct.pack("<II", column, 0), struct.pack("<II", column, 1)
    if isinstance(value, Error):
        return _new_record(3, plain + bytes((CODES[value.name],)))
    if isinstance(value, bool):
        return _new_record(4, plain + bytes((value,)))
    if isinstance(value, dt.date):
        return _new_record(5, day + struct.pack("<d", serial(value)))
    if isinstance(value, int | float):
        return _new_record(5, plain + struct.pack("<d", value))
    return _new_record(6, plain + _long(str(value)))
