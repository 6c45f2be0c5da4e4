"""A browser that notes whatever goes wrong on a page, and a service for it to visit."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.web.app import create_app
from tests.web.serving import served, settings_of

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE = Path(__file__).parent / "axe.min.js"
SECONDS = 15
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return a browser; the tests are passed over, and say so, where there is none."""
    if CHROMIUM is None:
        warnings.warn("no Chromium on this machine: the pages were NOT tested", stacklevel=1)
        pytest.skip("no Chromium on this machine: apt-get install chromium, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="package")
def home(site: Path) -> Iterator[str]:
    """Return the address of a service whose callers sit at the same machine."""
    with served(create_app(settings_of(site))) as address:
        yield address


@pytest.fixture(scope="package")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder screenshots go to; SCREENSHOTS names another, to look at them."""
    named = os.environ.get("SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Visit:
    """A window of the browser, and everything that went wrong in it."""

    def __init__(self, browser: Browser, home: str, shots: Path, **look: Any) -> None:
        known = {"viewport": {"width": 1360, "height": 900}, "locale": "zh-CN"}
        self.context: BrowserContext = browser.new_context(base_url=home, **{**known, **look})
        self.context.set_default_timeout(SECONDS * 1000)
        self.page: Page = self.context.new_page()
        self.home, self._shots = home, shots
        self.wrong: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda fault: self.wrong.append(f"error: {fault}"))
        self.context.on("request", self._request)

    def go(self, path: str) -> Page:
        """Open a page of ours."""
        self.page.goto(path)
        return self.page

    def shot(self, name: str, *, whole: bool = False) -> None:
        """Keep a picture of the page."""
        self.page.screenshot(path=self._shots / f"{name}.png", full_page=whole)

    def violations(self) -> list[str]:
        """Return what axe finds that is serious or critical."""
        before = list(self.wrong)
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        self.wrong = before  # axe tries styles of its own, which our policy refuses it
        return [
            f"{self.page.url} {each['id']}: {node['html'][:160]}"
            for each in found["violations"]
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]

    def width(self) -> int:
        """Return how wide the page is, in pixels."""
        width: int = self.page.evaluate("() => document.documentElement.scrollWidth")
        return width

    def close(self) -> None:
        """Close the window; whatever went wrong in it fails the test."""
        self.context.close()
        assert self.wrong == []

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"{message.type}: {message.text}")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "blob" and f"{parts.scheme}://{parts.netloc}" != self.home:
            self.wrong.append(f"went to {request.url}")


@pytest.fixture
def visit(browser: Browser, home: str, shots: Path) -> Iterator[Visit]:
    """Return a wide window."""
    held = Visit(browser, home, shots)
    yield held
    held.close()


@pytest.fixture
def phone(browser: Browser, home: str, shots: Path) -> Iterator[Visit]:
    """Return a window as narrow as a small phone."""
    held = Visit(browser, home, shots, viewport={"width": 360, "height": 740}, has_touch=True)
    yield held
    held.close()


@pytest.fixture
def night(browser: Browser, home: str, shots: Path) -> Iterator[Visit]:
    """Return a window of somebody who likes dark pages."""
    held = Visit(browser, home, shots, color_scheme="dark")
    yield held
    held.close()
