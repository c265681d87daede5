"""What a file is, told by its content; then its sheets as a :class:`~grantcalc.reading.book.Book`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import PurePath

from attrs import evolve

from grantcalc.draft.choices import Form
from grantcalc.reading.book import Book
from grantcalc.reading.formsheets import OTHER_SHEETS, keys_of, sheet_key
from grantcalc.reading.formulas import letters
from grantcalc.reading.identity import Masker, masked_names
from grantcalc.reading.limits import Limits
from grantcalc.reading.problems import refuse, shown
from grantcalc.text import Joined, Message, Text, joined

WRONG_TYPE = Message("The file is {found}; expected a draft as .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .json or .toml.")
SAVE_AS = Message("Open it in the program it came from and save it as .xlsx.")
OTHER_FILE = Message("of another type ({suffix})")
PDF = Message("a PDF document")
PICTURE = Message("a picture")
ARCHIVE = Message("an archive")
WORD_DOCUMENT = Message("a Word document")
SLIDES = Message("a presentation")
TEXT_DOCUMENT = Message("an OpenDocument file, but no spreadsheet")
VERY_OLD = Message("a workbook of Excel 4 or older")
WEB_PAGE = Message("a web page (HTML)")
XML_SHEET = Message("a workbook as a single XML file")
NOT_WORKBOOK = Message("The file is an archive without a workbook in it.")
USE_TEMPLATE = Message("Fill in the workbook that `grantcalc template` writes.")
OTHER_ENDING = Message("The file's name ends in {ending}, but it holds {form}; it was read as that.")
HIDDEN_SHEETS = Message("These sheets are hidden and were not read: {sheets}.")
HIDDEN_BUT_READ = Message("These sheets are hidden; they were read all the same: {sheets}.")
NO_CELLS = Message("These sheets hold no cells (charts, macros) and were not read: {sheets}.")
HIDDEN_ROWS = Message("{sheet}: rows with content are hidden; they were read: {rows}.")
HIDDEN_COLUMNS = Message("{sheet}: columns with content are hidden; they were read: {columns}.")

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, Message], ...] = (
    (b"%PDF", PDF),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"{\\rtf", WORD_DOCUMENT),
    (b"\x09\x00\x04\x00", VERY_OLD),
    (b"\x09\x02\x06\x00", VERY_OLD),
    (b"\x09\x04\x06\x00", VERY_OLD),
    (b"\x09\x08\x08\x00", VERY_OLD),
)
_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|!--|html|head|body|table|meta|script|style)\b", re.IGNORECASE)
_XML_SHEETS = (b"urn:schemas-microsoft-com:office:spreadsheet", b"urn:oasis:names:tc:opendocument:xmlns:office")
_HEAD = 5_000
_SPREADSHEETS = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
_PACKED: tuple[tuple[str, Message], ...] = (
    ("word/document.xml", WORD_DOCUMENT),
    ("ppt/presentation.xml", SLIDES),
    ("mimetype", TEXT_DOCUMENT),
)
ENDINGS: Mapping[Form, tuple[str, ...]] = {
    Form.WORKBOOK: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    Form.OPEN_DOCUMENT: (".ods", ".ots"),
    Form.OLD_WORKBOOK: (".xls", ".xlt"),
    Form.BINARY_WORKBOOK: (".xlsb",),
    Form.TEXT_TABLE: (".csv", ".tsv", ".txt", ".tab"),
    Form.JSON: (".json",),
    Form.TOML: (".toml",),
}
_BINARY = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_TEXT = frozenset({".csv", ".tsv", ".tab"})
_LONGEST_LIST = 20


def text_form(data: bytes, ending: str) -> Form | None:
    """JSON or TOML; ``None`` where the file must be a spreadsheet."""
    if data.startswith((*_ZIP, _OLE)):
        return None
    if ending == ".toml":
        return Form.TOML
    start = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_json = ending == ".json" or (start.startswith(b"{") and not start.startswith(b"{\\rtf"))
    return Form.JSON if is_json else None


def prepare(data: bytes) -> None:
    """Import what opens this file, so that a child that is forked afterwards need not."""
    if data.startswith((*_ZIP, _OLE)):
        needed = ["python_calamine", *(f"grantcalc.reading.open_{form}" for form in ("binary", "ods", "xlsx"))]
    else:
        needed = ["grantcalc.reading.open_csv"]
    for name in needed:
        import_module(name)


def open_data(data: bytes, file: str, limits: Limits, salt: bytes) -> Book:
    """The sheets of a spreadsheet of any form, identity numbers masked."""
    book = _masked(_opened(data, file, limits), Masker(salt))
    return evolve(book, notes=(*ending_told(book.form, file), *book.notes, *_told(book)))


def ending_told(form: Form, file: str) -> Iterator[Text]:
    """A note where a file's name says something else than its content."""
    ending = PurePath(file).suffix
    if ending.lower() not in ENDINGS[form]:
        yield OTHER_ENDING(ending=shown(ending) or "–", form=form)


def _opened(data: bytes, file: str, limits: Limits) -> Book:
    if data.startswith(_OLE):
        from grantcalc.reading.open_binary import open_xls

        return open_xls(data, file, limits)
    if data.startswith(_ZIP):
        return _packed(data, file, limits)
    for start, name in _MAGIC:
        if data.startswith(start):
            raise refuse(file, WRONG_TYPE(found=name()), SAVE_AS())
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _MARKUP.match(head):
        sheet = any(name in head for name in _XML_SHEETS)
        raise refuse(file, WRONG_TYPE(found=XML_SHEET() if sheet else WEB_PAGE()), SAVE_AS())
    return _text(data, file, limits)


def _packed(data: bytes, file: str, limits: Limits) -> Book:
    from grantcalc.reading import open_binary, open_ods, open_xlsx
    from grantcalc.reading.package_guard import opened

    with opened(data, file, limits) as guard:
        if open_xlsx.WORKBOOK in guard.names:
            return open_xlsx.open_xlsx(guard)
        if open_binary.BINARY in guard.names:
            return open_binary.open_xlsb(guard)
        if "mimetype" in guard.names and guard.part("mimetype").strip() in _SPREADSHEETS:
            return open_ods.open_ods(guard)
        for part, name in _PACKED:
            if part in guard.names:
                raise refuse(file, WRONG_TYPE(found=name()), SAVE_AS())
        raise refuse(file, NOT_WORKBOOK(), USE_TEMPLATE())


def _text(data: bytes, file: str, limits: Limits) -> Book:
    """A table as text: by its name, or where its content is one whatever the name says."""
    from grantcalc.reading.open_csv import decoded, delimiter, open_csv
    from grantcalc.reading.package_guard import FETCH_AGAIN, NO_ZIP, TRUNCATED
    from grantcalc.reading.problems import Unreadable

    ending = PurePath(file).suffix.lower()
    if ending not in _TEXT:
        try:
            table = delimiter(decoded(data, file)[0]) is not None
        except Unreadable:
            table = False
        if not table and ending in _BINARY:
            raise refuse(file, TRUNCATED(reason=NO_ZIP()), FETCH_AGAIN())
        if not table:
            raise refuse(file, WRONG_TYPE(found=OTHER_FILE(suffix=shown(ending) or "–")), SAVE_AS())
    return open_csv(data, file, limits)


def _told(book: Book) -> Iterator[Text]:
    """Hidden sheets, rows and columns, and sheets without cells."""
    own = keys_of(OTHER_SHEETS) if book.stamped else frozenset()
    others = [name for name in book.names if sheet_key(name) not in own]
    unread = [name for name in others if name in book.hidden and name not in book.grids]
    if unread:
        yield HIDDEN_SHEETS(sheets=_names(unread))
    read = [name for name in others if name in book.hidden and name in book.grids]
    if read:
        yield HIDDEN_BUT_READ(sheets=_names(read))
    if not book.stamped:
        bare = [name for name in others if name not in book.hidden and name not in book.grids]
        if bare:
            yield NO_CELLS(sheets=_names(bare))
    for grid in book.grids.values():
        if grid.hidden_rows:
            yield HIDDEN_ROWS(sheet=shown(grid.name), rows=_spans(grid.hidden_rows, str))
        if grid.hidden_columns:
            yield HIDDEN_COLUMNS(sheet=shown(grid.name), columns=_spans(grid.hidden_columns, letters))


def _names(names: Iterable[str]) -> Joined:
    return joined(shown(name) for name in names)


def _spans(numbers: Iterable[int], name: Callable[[int], str]) -> Joined:
    """Numbers in a row as spans: 3–7, 9."""
    spans: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1] = spans[-1][0], number
        else:
            spans.append((number, number))
    told = [name(first) if first == last else f"{name(first)}–{name(last)}" for first, last in spans[:_LONGEST_LIST]]
    return joined((*told, "…") if len(spans) > _LONGEST_LIST else told)


def _masked(book: Book, masker: Masker) -> Book:
    """The book without identity numbers, in the names of its sheets too; what stands for them, by their cells."""
    names = masked_names((*book.names, *book.grids))
    grids = {names[name]: evolve(grid, name=names[name]) for name, grid in book.grids.items()}
    found: dict[tuple[str, int, int], str] = {}
    for grid in grids.values():
        for number, row in grid.numbered():
            for at, cell in enumerate(row):
                if type(cell) is str and (text := masker.text(cell)) is not cell:
                    row[at] = text
                    hashes = masker.stands_for(cell)
                    if hashes:
                        found[grid.name, number, grid.first_column + at] = hashes
    return evolve(
        book,
        grids=grids,
        names=tuple(names[name] for name in book.names),
        hidden=frozenset(names[name] for name in book.hidden),
        identities=found,
    )
