"""Cells of a workbook whose whole text is struck through, by the styles of its cells; struck words in a text are not
looked for.
"""

from __future__ import annotations

import re

from grantcalc.reading.formulas import Cell, column_number

_FONTS = re.compile(rb"<(?:[\w.-]+:)?fonts[\s>].*?</(?:[\w.-]+:)?fonts\s*>", re.DOTALL)
_FONT = re.compile(rb"<(?:[\w.-]+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?font\s*>)", re.DOTALL)
_STRIKE = re.compile(rb"<(?:[\w.-]+:)?strike\b(?![^>]*\bval\s*=\s*[\"'](?:0|false)[\"'])")
_FORMATS = re.compile(rb"<(?:[\w.-]+:)?cellXfs[\s>].*?</(?:[\w.-]+:)?cellXfs\s*>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:[\w.-]+:)?xf\s([^>]*)>")
_FONT_ID = re.compile(rb"\bfontId\s*=\s*[\"'](\d{1,6})[\"']")
_STYLED = re.compile(rb"<(?:[\w.-]+:)?c\s([^>]*\ss\s*=\s*[\"']\d[^>]*|s\s*=\s*[\"']\d[^>]*)>")
_STYLE = re.compile(rb"(?:^|\s)s\s*=\s*[\"'](\d{1,6})[\"']")
_NAME = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")


def struck_styles(styles: bytes) -> frozenset[int]:
    """The numbers of the cell formats whose font is struck through."""
    fonts, formats = _FONTS.search(styles) if b"strike" in styles else None, _FORMATS.search(styles)
    if fonts is None or formats is None:
        return frozenset()
    struck = {
        index
        for index, font in enumerate(_FONT.finditer(fonts.group()))
        if font.group(1) is not None and _STRIKE.search(font.group(1)) is not None
    }
    ids = (_FONT_ID.search(one) for one in _FORMAT.findall(formats.group()))
    return frozenset(index for index, found in enumerate(ids) if found is not None and int(found.group(1)) in struck)


def struck_cells(xml: bytes, styles: frozenset[int]) -> frozenset[Cell]:
    """The cells of a sheet in one of these formats; a cell without a reference of its own is not told apart."""
    found: set[Cell] = set()
    for attributes in _STYLED.findall(xml) if styles else ():
        style, name = _STYLE.search(attributes), _NAME.search(attributes)
        if style is not None and name is not None and int(style.group(1)) in styles:
            found.add((int(name.group(2)), column_number(name.group(1).decode())))
    return frozenset(found)
