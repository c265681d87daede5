"""Headless Chromium for the tests of the pages: Debian's chromium and chromium-driver, nothing is downloaded."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

WHAT = "Chromium and its driver are missing: apt-get install chromium chromium-driver"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
Opened = Callable[[str], Chrome]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Chrome]:
    """One browser for all tests of a process."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        if os.environ.get("CI"):
            pytest.fail(WHAT)
        pytest.skip(WHAT)
    options = Options()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = Chrome(options=options, service=Service(driver))
    yield browser
    browser.quit()


@pytest.fixture
def opened(chrome: Chrome, tmp_path: Path) -> Opened:
    """Opens a page from a file of its own in a window of a desk; earlier logs are gone."""

    def load(page: str) -> Chrome:
        file = tmp_path / "page.html"
        file.write_text(page, encoding="utf-8")
        chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        chrome.set_window_size(1280, 1000)
        chrome.get("about:blank")
        errors(chrome)
        requests(chrome)
        chrome.get(file.as_uri())
        return chrome

    return load


def errors(browser: Chrome) -> list[Any]:
    """What the console has said since it was last asked."""
    return list(browser.get_log("browser"))  # type: ignore[no-untyped-call]


def requests(browser: Chrome) -> list[str]:
    """The addresses asked for since it was last asked."""
    entries = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))  # type: ignore[no-untyped-call]
    return [entry["params"]["request"]["url"] for entry in entries if entry["method"] == "Network.requestWillBeSent"]


def violations(browser: Chrome) -> list[tuple[str, str, str]]:
    """What axe-core finds against WCAG 2.1 A and AA: rule, element, what to mend. Everything folded is opened."""
    from axe_core_python.selenium import Axe

    browser.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    browser.execute_script(Axe().axe_script)
    browser.set_script_timeout(110)
    found = browser.execute_async_script(
        "const [tags, done] = arguments;"
        "axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(done, error => done(String(error)))",
        RULES,
    )
    return [(one["id"], node["html"], node["failureSummary"]) for one in found["violations"] for node in one["nodes"]]
