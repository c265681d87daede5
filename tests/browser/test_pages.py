"""The pages as people meet them: nothing fails, nothing is fetched, everything can be reached, seen and printed."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from grantcalc.finding import Outcome
from grantcalc.review.facts import facts_of
from tests.browser.conftest import Opened, errors, requests, violations
from tests.browser.pages import HOSTILE, page, small

every = pytest.mark.parametrize("kind", ["review", "report", "simulation"])
both = pytest.mark.parametrize("tongue", ["zh", "en"])
OPEN_DRAFTS = "return document.querySelectorAll('.draft > details[open]').length"


def shown(browser: Chrome, selector: str) -> list[str]:
    """The ids of the elements that are not filtered away."""
    found: list[str] = browser.execute_script(
        "return Array.from(document.querySelectorAll(arguments[0])).filter(one => !one.closest('[hidden]'))"
        ".map(one => one.id || one.dataset.row)",
        selector,
    )
    return found


def told(browser: Chrome, text: str) -> None:
    """Wait until the page says so."""
    WebDriverWait(browser, 10).until(lambda _: browser.find_element(By.ID, "told").text == text)


def active(browser: Chrome) -> Any:
    """The element that the keyboard is at."""
    return browser.switch_to.active_element


def press(browser: Chrome, *keys: str) -> None:
    """Keys, as typed."""
    for key in keys:
        active(browser).send_keys(key)


@both
@every
def test_no_error_no_request_and_accessible(opened: Opened, kind: str, tongue: str) -> None:
    browser = opened(page(kind, tongue))
    assert errors(browser) == []
    assert requests(browser) == [browser.current_url]
    assert violations(browser) == []
    assert errors(browser) == []


def test_the_rules_of_accessibility_are_at_work(opened: Opened) -> None:
    faint = (
        page("report", "en").replace("Content-Security-Policy", "x-none").replace("--soft:#57606a", "--soft:#cccccc")
    )
    faint = faint.replace('<label class="long" for="q">', "<p>")
    assert {rule for rule, _, _ in violations(opened(faint))} >= {"color-contrast", "label"}


@both
@every
def test_nothing_overflows_a_narrow_window(opened: Opened, kind: str, tongue: str) -> None:
    browser = opened(page(kind, tongue))
    narrow = {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    browser.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("kind", ["review", "report"])
def test_texts_from_files_are_texts(opened: Opened, kind: str) -> None:
    browser = opened(page(kind, "en"))
    assert browser.execute_script("return window.hit") is None
    assert len(browser.find_elements(By.CSS_SELECTOR, "script")) == 1
    assert not browser.find_elements(By.CSS_SELECTOR, "img, iframe, object, link, [onerror], [style]")
    links = browser.execute_script("return Array.from(document.links).map(one => one.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)
    assert browser.execute_script("return document.body.textContent.includes(arguments[0])", HOSTILE)


def test_the_policy_stops_what_would_get_through(opened: Opened) -> None:
    browser = opened(page("review", "en"))
    browser.execute_script(
        "const made = document.createElement('script'); made.textContent = 'window.hit = 1';"
        "document.body.append(made);"
        "const image = document.createElement('img'); image.setAttribute('onerror', 'window.hit = 2');"
        "image.src = 'http://127.0.0.1:9/x.png'; document.body.append(image);"
    )
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    assert browser.execute_script("return window.hit") is None
    assert "Content Security Policy" in str(errors(browser))


@pytest.mark.parametrize("kind", ["review", "report"])
def test_the_keyboard_alone_is_enough(opened: Opened, kind: str) -> None:
    browser = opened(page(kind, "en"))
    press(browser, Keys.TAB)
    assert active(browser).get_attribute("class") == "skip"
    assert active(browser).is_displayed()
    assert active(browser).location["x"] >= 0
    press(browser, Keys.ENTER)
    assert active(browser).get_attribute("id") == "results"
    while active(browser).get_attribute("id") != "q":
        press(browser, Keys.TAB)
    assert active(browser).value_of_css_property("outline-style") == "solid"
    assert active(browser).value_of_css_property("outline-width") == "3px"
    before = browser.find_element(By.ID, "told").text
    press(browser, "zzzz")
    WebDriverWait(browser, 10).until(lambda _: browser.find_element(By.ID, "told").text != before)
    assert shown(browser, "article") == []
    press(browser, Keys.ENTER)
    assert browser.current_url.endswith(("page.html", "#results"))
    while active(browser).get_attribute("type") != "reset":
        press(browser, Keys.TAB)
    press(browser, Keys.ENTER)
    told(browser, before)
    while active(browser).get_attribute("value") != "error":
        press(browser, Keys.SHIFT + Keys.TAB)
    press(browser, Keys.SPACE)
    assert shown(browser, "article")
    assert shown(browser, "article.error") == []


def test_drafts_open_by_keyboard_and_by_link(opened: Opened) -> None:
    browser = opened(page("review", "en"))
    assert browser.execute_script(OPEN_DRAFTS) == 0
    browser.execute_script("document.querySelector('#d3 summary').focus()")
    press(browser, Keys.ENTER)
    assert browser.find_element(By.CSS_SELECTOR, "#d3 article").is_displayed()
    press(browser, Keys.SPACE)
    assert browser.execute_script(OPEN_DRAFTS) == 0
    browser.find_element(By.CSS_SELECTOR, "a[href='#d1']").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda _: active(browser).tag_name == "summary")
    assert browser.find_element(By.CSS_SELECTOR, "#d1 article").is_displayed()
    link = browser.find_element(By.CSS_SELECTOR, "#across ~ .wide a")
    target = str(link.get_attribute("href")).partition("#")[2]
    link.send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda _: active(browser).get_attribute("id") == target)


def test_66_drafts_stay_usable(opened: Opened) -> None:
    browser = opened(page("large", "zh"))
    assert browser.execute_script(OPEN_DRAFTS) == 0
    assert len(shown(browser, "[data-row]")) == len(shown(browser, ".draft")) == 66
    everything = browser.find_element(By.ID, "told").text
    assert everything.startswith("顯示 66／66 件草案")
    Select(browser.find_element(By.ID, "county")).select_by_visible_text("南投縣")
    assert len(shown(browser, ".draft")) == len(shown(browser, "[data-row]")) == 3
    Select(browser.find_element(By.ID, "programme")).select_by_value("=fsp-113")
    (draft,) = shown(browser, ".draft")
    browser.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    told(browser, everything)
    browser.find_element(By.ID, "q").send_keys("台東縣 ＦＳＰ-113")
    WebDriverWait(browser, 10).until(lambda _: len(shown(browser, ".draft")) == 1)
    assert shown(browser, ".draft") != [draft]
    assert browser.execute_script(OPEN_DRAFTS) == 1
    browser.find_element(By.ID, "q").clear()
    told(browser, everything)
    assert browser.execute_script(OPEN_DRAFTS) == 0


def test_a_fact_across_drafts_is_shown_where_any_of_its_drafts_is(opened: Opened) -> None:
    browser, facts = opened(page("review", "zh")), facts_of(small())
    assert len(shown(browser, "[data-of]")) == len(facts)
    for programme in ("fsp-113", "dapc-113"):
        Select(browser.find_element(By.ID, "programme")).select_by_value(f"={programme}")
        wanted = [fact for fact in facts if any(row.programme == programme for row in fact.rows)]
        assert len(shown(browser, "[data-of]")) == len(wanted)
    browser.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    browser.find_element(By.ID, "q").send_keys("再送.json")
    second = [fact for fact in facts if any(row.number == 2 for row in fact.rows)]
    WebDriverWait(browser, 10).until(lambda _: shown(browser, ".draft") == ["d2"])
    assert len(shown(browser, "[data-of]")) == len(second) > 0
    browser.find_element(By.CSS_SELECTOR, "input[value=error]").click()
    left = [fact for fact in second if fact.outcome is not Outcome.ERROR]
    assert len(shown(browser, "[data-of]")) == len(left) < len(second)


def test_a_search_is_quick(opened: Opened) -> None:
    browser = opened(page("large", "zh"))
    spent = browser.execute_script(
        "const q = document.getElementById('q'), before = performance.now(); q.value = '費';"
        "q.form.dispatchEvent(new Event('change')); document.body.offsetHeight; return performance.now() - before"
    )
    assert spent < 3000


def test_print_has_everything_that_is_shown(opened: Opened) -> None:
    browser = opened(page("large", "zh"))
    Select(browser.find_element(By.ID, "county")).select_by_visible_text("南投縣")
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert browser.execute_script(OPEN_DRAFTS) == 0  # sixty folded drafts are a list, not five hundred pages
    browser.execute_script("dispatchEvent(new Event('afterprint'))")
    browser.find_element(By.CSS_SELECTOR, "button[data-open='yes']").click()
    assert browser.execute_script(OPEN_DRAFTS) == 3
    made = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pdf = b64decode(made["data"])
    assert pdf.startswith(b"%PDF")
    assert 5 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 60
    assert browser.execute_script(OPEN_DRAFTS) == 3
    assert errors(browser) == []
