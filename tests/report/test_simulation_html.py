"""Pages of simulations: well-formed, escaped, offline, with pictures whose text is text; equal each time."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from attrs import evolve

from grantcalc.headcount.axes import axes_of
from grantcalc.headcount.build import from_county
from grantcalc.headcount.fit import fit
from grantcalc.headcount.limits import Binding
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.national import Change, national
from grantcalc.headcount.pricing import prices_of
from grantcalc.headcount.results import Sweep
from grantcalc.headcount.risk import risk
from grantcalc.headcount.seats import Terms
from grantcalc.headcount.simulation import Compared, Result, simulate
from grantcalc.headcount.sweep import sweep
from grantcalc.report.pictures import plain, told
from grantcalc.report.pictures_map import grid_of
from grantcalc.report.simulation_html import simulation_html
from grantcalc.report.simulation_words import ASSUMPTIONS
from grantcalc.rules.library import Library
from grantcalc.staffing import DAPC_113
from grantcalc.text import Language, Tongue

ZH, EN = Language(Tongue.ZH_TW), Language(Tongue.EN)
TITLE = "晚半年<script>alert(1)</script> & $x_1$ \x01"
KINDS = ("run", "compare", "sweep", "large-sweep", "dates", "fit", "risk", "national", "unchanged")
PICTURES = {
    "run": ["staff", "money"],
    "compare": ["staff", "money"],
    "sweep": ["map", "frontier"],
    "large-sweep": ["map", "frontier"],
    "dates": ["map", "frontier"],
    "fit": ["most"],
    "risk": ["year", "fan", "unspent", "broken"],
    "national": ["counties"],
    "unchanged": ["counties"],
}
VARIED = {
    "sweep": ("case-managers=20..35", "supervisors=2..6"),
    "large-sweep": ("case-managers=1..99", "supervisors=0..60"),
    "dates": ("case-managers=25..27", "start=113/1/1..113/6/1"),
}
VOID = {"meta", "br", "link", "input"}


class Page(HTMLParser):
    """Every element of a page, with the check that each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@cache
def known() -> tuple[Library, Scenario]:
    library = Library()
    return library, evolve(from_county("嘉義縣", library), title=TITLE)


@cache
def result(kind: str) -> Result:
    library, scenario = known()
    programme = library.programme(scenario.programme)
    if kind in {"run", "compare"}:
        found = simulate(scenario, library)
        dearer = evolve(scenario, budget=20_000_000, staff=scenario.staff[:2])
        return found if kind == "run" else Compared(a=found, b=simulate(dearer, library))
    if kind in {"national", "unchanged"}:
        changed = Change(per_supervisor=5) if kind == "national" else Change()
        return national(library, library.programme(DAPC_113), changed, [])
    prices = prices_of(scenario, programme, library.tables, None)
    if kind == "fit":
        return fit(scenario, prices)
    if kind == "risk":
        return risk(scenario, prices, Terms(), 500, 1)
    return sweep(scenario, prices, axes_of(VARIED[kind], scenario, programme))


@cache
def page(kind: str, speak: Language) -> str:
    scenario = None if kind in {"national", "unchanged"} else known()[1]
    return simulation_html(result(kind), scenario, speak)


def pictures(text: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", text, re.DOTALL)]  # noqa: S314


def words(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter("{http://www.w3.org/2000/svg}text")]


every = pytest.mark.parametrize("kind", KINDS)
both = pytest.mark.parametrize("speak", [ZH, EN], ids=["zh", "en"])


@both
@every
def test_page_is_well_formed_and_offline(kind: str, speak: Language) -> None:
    text = page(kind, speak)
    found = Page(text)
    assert not found.open
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^" ]+)', text)) <= set(ids)
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', text)) <= set(ids)
    assert set(re.findall(r"https?://[^\"']+", text)) <= {"http://www.w3.org/2000/svg"}
    assert not {tag for tag, _ in found.elements} & {"link", "img", "iframe", "object", "foreignObject"}
    assert not [attributes for _, attributes in found.elements if "src" in attributes]
    assert f'<html lang="{"zh-Hant-TW" if speak is ZH else "en"}">' in text


@both
@every
def test_assumptions_stand_first(kind: str, speak: Language) -> None:
    first = re.search(r'<h2 id="s1">(.*?)</h2>', page(kind, speak))
    assert first is not None
    assert first[1].startswith(speak(ASSUMPTIONS))


@both
@every
def test_titles_are_text(kind: str, speak: Language) -> None:
    text = page(kind, speak)
    assert "<script>alert" not in text
    assert text.count("<script") == 1
    if kind not in {"national", "unchanged"}:
        assert "晚半年&lt;script&gt;alert(1)&lt;/script&gt; &amp; $x_1$" in text


@both
@every
def test_pictures_hold_text_and_say_what_they_show(kind: str, speak: Language) -> None:
    found = pictures(page(kind, speak))
    names = [svg.attrib["aria-labelledby"].split()[0].removesuffix("-title") for svg in found]
    assert names == PICTURES[kind]
    for svg in found:
        assert svg.attrib["role"] == "img"
        title, description = list(svg)[:2]
        assert title.text
        assert description.text
        shown = words(svg)
        assert shown
        assert any(re.search(r"[\u4e00-\u9fff]", word) for word in shown) is (speak is ZH)
        assert "Noto Sans TC" in ElementTree.tostring(svg, encoding="unicode")
        assert "DejaVu" not in ElementTree.tostring(svg, encoding="unicode")


@every
def test_page_is_equal_each_time(kind: str) -> None:
    page.cache_clear()
    before = page(kind, ZH)
    page.cache_clear()
    assert page(kind, ZH) == before


def test_numbers_of_the_county() -> None:
    staff, money = pictures(page("run", ZH))
    assert {"27", "4", "2", "33", "1月", "12月"} <= set(words(staff))
    assert {"萬元", "154.3", "385.8", "累計 2,083.5", "預算 2,109.3"} <= set(words(money))
    assert {"NT$ thousand", "1,543", "Budget 21,093"} <= set(words(pictures(page("run", EN))[1]))
    assert "20,835,335" in page("run", ZH)


def test_map_has_a_letter_in_every_field() -> None:
    found = result("sweep")
    assert isinstance(found, Sweep)
    grid = grid_of(found, ZH)
    assert grid is not None
    assert (grid.down, grid.across) == ("個管督導", "個案管理人員")
    cell = {
        (row, column): grid.cells[at][place]
        for at, row in enumerate(grid.rows)
        for place, column in enumerate(grid.columns)
    }
    assert cell["4", "27"] is None
    assert (cell["5", "26"], cell["4", "28"]) == (Binding.RATIO, Binding.POSTS)
    shown = words(pictures(page("sweep", ZH))[0])
    assert shown.count("P") == 40 + 1
    assert shown.count("R") == 13 + 1


def test_large_map_has_textures_and_stretches() -> None:
    text = page("large-sweep", ZH)
    assert "1至27：可行、28至99：核定員額" in text
    assert "P" not in words(pictures(text)[0])
    assert "<pattern" in text
    assert len(text) < 300_000


def test_counties_in_the_order_of_their_change() -> None:
    found = result("national")
    shown = words(pictures(page("national", ZH))[0])
    names = [ZH(county.county) for county in found.counties]  # type: ignore[union-attr]
    assert len(names) == 22
    assert [word for word in shown if word in names] == names


def test_amounts_in_the_unit_of_the_axes() -> None:
    assert (told(21_093_000, ZH), told(21_093_000, EN)) == ("2,109.3", "21,093")
    assert (told(-1_550_000, ZH), told(-500, ZH), told(1_500, EN)) == ("-155.0", "-0.1", "2")
    assert plain("一\n二\x00三") == "一 二 三"
    assert plain("長" * 50, 10) == "長" * 9 + "…"


def test_nobody_and_no_budget() -> None:
    library, scenario = known()
    empty = simulate(evolve(scenario, staff=(), budget=None, title=None), library)
    for found in (empty, Compared(a=empty, b=empty), Compared(a=empty, b=simulate(scenario, library))):
        text = simulation_html(found, scenario, ZH)
        assert not Page(text).open
        assert len(pictures(text)) == 2
