"""Files that are broken or made to harm, each with what a reader says of it; made anew for every run, never stored.

python -m tests.hostile.make FOLDER
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen

from grantcalc.reading.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from tests.hostile.binary import compound, xls, xlsb
from tests.hostile.sheets import MAIN, SPREADSHEET, Sheet, ods, ods_tables, packed, xlsx, xlsx_parts

PLAIN = (Sheet("經費", [["項目", "單價", "金額"], ["個別諮商", 2000, 4000]]),)
QUICK = Limits(seconds=2)
LEAN = Limits(memory_bytes=300 * MEGABYTE)


@frozen
class Hostile:
    """A file by its name; ``said`` is what its refusal begins with, none where it holds a harmless table."""

    name: str
    make: Callable[[], bytes]
    said: str | None
    limits: Limits = DEFAULT_LIMITS


def with_sheet(xml: str | bytes, extra: dict[str, bytes | str] | None = None) -> bytes:
    """A workbook whose only sheet is this XML."""
    return packed({**xlsx_parts(PLAIN), "xl/worksheets/sheet1.xml": xml, **(extra or {})})


def worksheet(rows: str) -> str:
    """A sheet of these rows of XML."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def blank_rows() -> bytes:
    """Every row of the sheet formatted, one filled."""
    rows = "".join(f'<row r="{number}" s="1" customFormat="1" ht="15"/>' for number in range(2, 1_048_577))
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>項目</t></is></c></row>'
    return with_sheet(worksheet(head + rows))


def filled_rows(number: int) -> bytes:
    """A number in every row."""
    return with_sheet(
        worksheet("".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, number + 1)))
    )


def bomb() -> bytes:
    """Little that unpacks to much."""
    return with_sheet(worksheet(" " * (11 * MEGABYTE)))


def dense() -> bytes:
    """Within the total, but no spreadsheet packs so well."""
    return with_sheet(worksheet(" " * (20 * MEGABYTE)))


def lying() -> bytes:
    """A part whose entry says that it is small."""
    data = bytearray(dense())
    directory = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def many_parts() -> bytes:
    """More parts than any workbook has."""
    return packed({**xlsx_parts(PLAIN), **{f"x/{at}": b"" for at in range(10_001)}}, zipfile.ZIP_STORED)


def entities(encoding: str = "utf-8") -> bytes:
    """Entities that would unfold to gigabytes."""
    levels = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY a0 "aaaaaaaaaa">{levels}]>'
    return with_sheet(
        worksheet(""), {"xl/workbook.xml": f'{declared}<workbook xmlns="{MAIN}">&a9;</workbook>'.encode(encoding)}
    )


def entities_of_ods() -> bytes:
    """The same, and a look at a file of the system."""
    declared = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    cell = "<table:table-cell><text:p>&f;</text:p></table:table-cell>"
    table = f'<table:table table:name="x"><table:table-row>{cell}</table:table-row></table:table>'
    return ods((), {"content.xml": ods_tables(table, declared)})


def table(rows: str) -> bytes:
    """An OpenDocument table of these rows."""
    return ods((), {"content.xml": ods_tables(f'<table:table table:name="x">{rows}</table:table>')})


def shared_strings() -> bytes:
    """One long text that thousands of cells share: a parser that copies it for each fills the memory."""
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 5001))
    text = "".join(f"{at:07}" for at in range(150_000))
    return with_sheet(worksheet(rows), {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'})


def looping() -> bytes:
    """A compound file whose chain of sectors bites its tail."""
    data = bytearray(xls(PLAIN))
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    return bytes(data)


def encrypted_ods() -> bytes:
    """As office programs encrypt .ods."""
    manifest = '<manifest:manifest xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>'
    return ods(PLAIN, {"META-INF/manifest.xml": manifest})


def encrypted_zip() -> bytes:
    """The flag of encryption on a part."""
    data = bytearray(xlsx(PLAIN))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def deep_json() -> bytes:
    """More brackets than anybody nests."""
    return b'{"a":' + b"[" * 900 + b"]" * 900 + b"}"


def dotted_toml() -> bytes:
    """A key of so many parts that reading it takes minutes."""
    return b"a" + b".a" * 200_000 + b" = 1\n"


def many_keys() -> bytes:
    """An object of unknown keys."""
    return json.dumps({f"key{at}": 0 for at in range(100_000)}).encode()


def many_faults() -> bytes:
    """A row that is none, ten thousand times."""
    return json.dumps({"format": 1, "programme": "fsp-113", "lines": [0] * 20_000}).encode()


TRUNCATED = "The workbook is damaged or was cut off in transfer: "
ENCRYPTED = "The workbook is encrypted with a password."
A_CELL = '<table:table-cell office:value-type="float" office:value="1"{}/>'


def corpus() -> Iterator[Hostile]:
    """All of them."""
    yield from _packages()
    yield from _documents()
    yield from _binaries()
    yield from _texts()


def _packages() -> Iterator[Hostile]:
    yield Hostile("bomb.xlsx", bomb, "Unpacked, the workbook has ", Limits(expanded_bytes=10 * MEGABYTE))
    yield Hostile("dense.xlsx", dense, "The part xl/worksheets/sheet1.xml unpacks to ")
    yield Hostile("lying.xlsx", lying, f"{TRUNCATED}its part xl/worksheets/sheet1.xml cannot be unpacked.")
    yield Hostile("many-parts.xlsx", many_parts, "The workbook has 10,007 parts; expected at most 10,000.")
    yield Hostile("entities.xlsx", entities, f"{TRUNCATED}its part xl/workbook.xml is no valid XML.")
    yield Hostile(
        "entities-16.xlsx", lambda: entities("utf-16"), f"{TRUNCATED}its part xl/workbook.xml is no valid XML."
    )
    yield Hostile("blank-rows.xlsx", blank_rows, None)
    yield Hostile(
        "filled-rows.xlsx", lambda: filled_rows(100_001), "The sheet 經費 has 100,001 rows that hold something;"
    )
    yield Hostile("shared-strings.xlsx", shared_strings, "Reading the file takes more than 300 MB of memory.", LEAN)
    # Every tag is looked at from its start to the end of the file.
    yield Hostile("unclosed.xlsx", lambda: with_sheet(worksheet("<row hidden " * 400_000)), "", QUICK)
    yield Hostile("encrypted-part.xlsx", encrypted_zip, ENCRYPTED)
    yield Hostile("truncated.xlsx", lambda: xlsx(PLAIN)[:-500], f"{TRUNCATED}its content is not that of a workbook.")
    yield Hostile("no-sheet.xlsx", lambda: with_sheet(b"<html/>"), f"{TRUNCATED}its part xl/worksheets/sheet1.xml")
    yield Hostile("not-xml.xlsx", lambda: with_sheet(b"\0" * 5000), f"{TRUNCATED}its part xl/worksheets/sheet1.xml")
    yield Hostile(
        "backslashes.xlsx", lambda: packed({k.replace("/", "\\"): v for k, v in xlsx_parts(PLAIN).items()}), None
    )
    yield Hostile("lzma.xlsx", lambda: packed(xlsx_parts(PLAIN), zipfile.ZIP_LZMA), f"{TRUNCATED}its part ")
    yield Hostile("word.xlsx", lambda: packed({"word/document.xml": b"x"}), "The file is a Word document;")


def _documents() -> Iterator[Hostile]:
    row = "<table:table-row{}>{}</table:table-row>"
    yield Hostile("entities.ods", entities_of_ods, f"{TRUNCATED}its part content.xml is no valid XML.")
    yield Hostile("encrypted.ods", encrypted_ods, ENCRYPTED)
    repeated = ' table:number-rows-repeated="1048576"'
    yield Hostile(
        "blank-rows.ods",
        lambda: table(row.format("", A_CELL.format("")) + row.format(repeated, "<table:table-cell/>")),
        None,
    )
    yield Hostile(
        "filled-rows.ods",
        lambda: table(row.format(repeated, A_CELL.format(""))),
        "The sheet x has 1,048,576 rows that hold something;",
    )
    across = ' table:number-columns-repeated="999999999999"'
    yield Hostile(
        "wide.ods", lambda: table(row.format("", A_CELL.format(across))), "The sheet x has 999,999,999,999 columns;"
    )
    endless = f' table:number-rows-repeated="{"9" * 400}"'
    yield Hostile(
        "endless.ods",
        lambda: table(row.format(endless, "<table:table-cell/>") + row.format("", A_CELL.format(""))),
        None,
    )
    spaces = '<table:table-cell><text:p><text:s text:c="999999999999"/></text:p></table:table-cell>'
    yield Hostile("spaces.ods", lambda: table(row.format("", spaces)), None)
    nested = "<table:table-row>" * 50_000 + "</table:table-row>" * 50_000
    yield Hostile("nested.ods", lambda: table(nested), None)
    yield Hostile(
        "no-content.ods", lambda: packed({"mimetype": SPREADSHEET}), f"{TRUNCATED}its part content.xml is missing."
    )
    yield Hostile(
        "text.ods",
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
        "The file is an OpenDocument file, but no spreadsheet;",
    )


def _binaries() -> Iterator[Hostile]:
    yield Hostile("looping.xls", looping, f"{TRUNCATED}its part Workbook cannot be unpacked.")
    yield Hostile("truncated.xls", lambda: xls(PLAIN)[:1500], f"{TRUNCATED}its part Workbook cannot be unpacked.")
    yield Hostile("password.xls", lambda: xls(PLAIN, b"\x2f\x00\x06\x00" + bytes(6)), ENCRYPTED)
    yield Hostile("password.xlsx", lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), ENCRYPTED)
    yield Hostile(
        "word.xls", lambda: compound({"WordDocument": b"x"}), "The file is an old Office document, but no workbook."
    )
    yield Hostile("empty.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"{TRUNCATED}its part Workbook")
    yield Hostile(
        "far.xlsb", lambda: xlsb((Sheet("遠", [*([[]] * 600), [""] * 16_000 + [1]]),)), "The sheet 遠 reaches to "
    )
    yield Hostile("truncated.xlsb", lambda: xlsb(PLAIN)[:-300], f"{TRUNCATED}its content is not that of a workbook.")


def _texts() -> Iterator[Hostile]:
    yield Hostile(
        "page.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "The file is a web page (HTML);"
    )
    yield Hostile(
        "sheet.xml",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "The file is a workbook as a single XML file;",
    )
    yield Hostile("nul.csv", lambda: b"a,b\n\0,c\n", "The text has a NUL byte (byte 5);")
    yield Hostile("bytes.csv", lambda: b"a,b\n\xff\xff\x80,c\n", "The text is neither UTF-8 (byte 5) nor Big5 (byte ")
    yield Hostile(
        "quote.csv", lambda: '項目,金額\n甲,1\n"乙,2\n'.encode() + b"x,3\n", "Row 3: a quotation mark is not closed,"
    )
    yield Hostile("wide.csv", lambda: b"a" + b"," * 20_000 + b"\n", "The sheet wide has 20,001 columns;")
    yield Hostile("rows.csv", lambda: b"1,2\n" * 100_001, "The sheet rows has 100,001 rows that hold something;")
    yield Hostile("deep.json", deep_json, "The file nests too many levels;")
    yield Hostile("keys.json", many_keys, "An object in the file has 100,000 keys;")
    yield Hostile("faults.json", many_faults, "The file has 10,000 faults or more; the first 20 follow.")
    yield Hostile("dotted.toml", dotted_toml, "", QUICK)


def main() -> None:
    """Write them all into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for hostile in corpus():
        (folder / hostile.name).write_bytes(hostile.make())


if __name__ == "__main__":
    main()
