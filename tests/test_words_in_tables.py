"""Words of the field stand in tables/, not in code: readers and rules hold no Chinese word of their own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import grantcalc

ROOT = Path(grantcalc.__file__).parent
FOLDERS = ("reading/county", "rules")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
NUMERALS = frozenset("〇零一二兩三四五六七八九十百千仟萬壹貳參叁肆伍陸柒捌玖拾甲乙丙丁戊己庚辛壬癸㐀鿿")
"""Signs of notation: digits, how papers number, and the ends of the range of Han letters."""
NOTATION = frozenset(
    {
        "reading/county/spoken.py",  # dates and sums as they are written out
        "reading/county/texts.py",  # letters that are written either way
        "reading/county/words.py",  # the same, and the name of the currency
        "rules/addresses.py",  # the grammar of addresses
        "rules/names.py",  # the grammar of lists of persons: 甲及乙、丙等3人
    }
)
"""Modules of notation: how figures, dates, places and letters are written, whoever writes them."""
NOT_YET = frozenset(
    {
        "reading/county/amounts.py",
        "reading/county/blocks.py",
        "reading/county/columns.py",
        "reading/county/find.py",
        "reading/county/headers.py",
        "reading/county/leftover.py",
        "reading/county/nearest.py",
        "reading/county/paygrade.py",
        "reading/county/persons.py",
        "reading/county/posts.py",
        "reading/county/summary.py",
        "reading/county/sums.py",
        "reading/county/unitcells.py",
    }
)
"""Modules with words that are still to go into tables; the list only becomes shorter."""


_TOLD = frozenset({"Message", "Bilingual"})


def _messages(tree: ast.Module) -> Iterator[ast.AST]:
    """Texts for the reader of a program or of a report: docstrings, messages and names in two languages."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TOLD:
            yield from ast.walk(node)


def words_of(source: str) -> list[str]:
    """The string literals of a module that hold Han letters other than numerals."""
    tree = ast.parse(source)
    told = {id(node) for node in _messages(tree)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
        and set(HAN.findall(node.value)) - NUMERALS
    ]


def modules() -> list[str]:
    """Every module of the readers of counties' sheets and of the rules."""
    return sorted(str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("module", sorted({*modules()} - NOTATION - NOT_YET))
def test_no_word_of_the_field_stands_in_code(module: str) -> None:
    assert words_of((ROOT / module).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", sorted(NOT_YET | NOTATION))
def test_exceptions_are_needed(module: str) -> None:
    assert words_of((ROOT / module).read_text(encoding="utf-8")), "take it off the list"


def test_what_counts_as_a_word() -> None:
    source = '"""說明"""\nA = Message("「{x}」小計")\nB = r"[一二三]、"\nC = "自籌"\nD = f"{B}小計$"\nE = "：／"\n'
    assert words_of(source) == ["自籌", "小計$"]
