"""A real browser: the system's chromium, driven by selenium. All that a page asks for is recorded.

Nothing leaves the machine: the only way out is a proxy of ours, which passes nothing on and
remembers what it was asked for, so that what the browser does not tell of a page is seen as well.
"""

import base64
import json
import re
import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from local_servers import HERE, refusing_proxy
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM: Final = shutil.which("chromium")
DRIVER: Final = shutil.which("chromedriver")
FLAGS: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--disable-dev-shm-usage",  # a container has little of it
    "--hide-scrollbars",  # a page is as wide as it was told
)
BROWSERS_OWN: Final = re.compile(
    r"(accounts|clients\d)\.google\.com|(update|safebrowsing|content-autofill|[a-z]+-pa)"
    r"\.googleapis\.com|(redirector|edgedl\.me)\.gvt1\.com"
)
"""What chromium asks for by itself, whatever the flags, and does not get."""
A4: Final = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True}
SERIOUS: Final = frozenset({"serious", "critical"})
UNFOLD: Final = "document.querySelectorAll('details').forEach((one) => { one.open = true; });"
CANVAS: Final = """
const root = document.documentElement.style;
if (getComputedStyle(document.documentElement).backgroundColor === "rgba(0, 0, 0, 0)") {
    root.backgroundColor = "Canvas";
}
"""
"""Says what is behind a page that sets no colour: axe-core takes it for white, even in the dark."""
AXE: Final = """
const done = arguments[arguments.length - 1];
axe.run(arguments[0], {resultTypes: ["violations"]}).then(
    (found) => done(found.violations.map((one) => ({
        id: one.id, impact: one.impact, help: one.help,
        nodes: one.nodes.map((node) => node.target.join(" ") + ": " + node.failureSummary),
    }))),
    (error) => done([{id: "axe", impact: "critical", help: String(error), nodes: []}]),
);
"""


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at."""

    dark: bool = False
    width: int = 1280
    height: int = 900
    scale: float = 1
    """Pixels of the screen for one of the page."""
    print: bool = False


def _host(asked: str) -> str:
    """The host of the first line of a request to a proxy."""
    target = asked.split(" ")[1] if " " in asked else asked
    return urlsplit(target).hostname or target.rpartition(":")[0]


class Page:
    """A page that is open."""

    def __init__(self, driver: Chrome) -> None:
        self._driver = driver

    def run(self, script: str, *arguments: object) -> Any:
        """What a piece of JavaScript returns."""
        return self._driver.execute_script(script, *arguments)

    def wait(self, script: str) -> None:
        """Until a piece of JavaScript returns something; an error after some seconds."""
        WebDriverWait(self._driver, 10).until(lambda _: self.run(script))

    def press(self, *keys: str) -> None:
        """Keys of a keyboard, whatever has the focus."""
        ActionChains(self._driver).send_keys(*keys).perform()

    def unfold(self) -> None:
        """Open all that can be opened."""
        self.run(UNFOLD)

    def violations(self, axe: str, *, within: str = "html") -> list[str]:
        """What axe-core finds that is serious or worse, of all that can be unfolded."""
        self.unfold()
        self.run(CANVAS)
        self.run(axe)
        found = self._driver.execute_async_script(AXE, within)
        return [
            f"{one['impact']}: {one['id']}: {one['help']}\n" + "\n".join(one["nodes"])
            for one in found
            if one["impact"] in SERIOUS
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        wide = "const page = document.documentElement; return page.scrollWidth - page.clientWidth;"
        return int(self.run(wide))

    def pdf(self) -> bytes:
        """The page, printed on A4."""
        printed = self._driver.execute_cdp_cmd("Page.printToPDF", A4)
        return base64.b64decode(printed["data"])

    def picture(self, most: int = 10_000) -> bytes:
        """A PNG of the page, of at most so many pixels from its top."""
        root = "document.documentElement"
        width, height = self.run(f"return [innerWidth, {root}.getBoundingClientRect().height]")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, most), "scale": 1}
        shown = {"format": "png", "clip": clip, "captureBeyondViewport": True}
        taken = self._driver.execute_cdp_cmd("Page.captureScreenshot", shown)
        return base64.b64decode(taken["data"])


class Browser:
    """A browser that says what its pages did."""

    def __init__(self, driver: Chrome, asked: list[str]) -> None:
        self._driver = driver
        self._asked = asked

    @contextmanager
    def page(self, url: str, view: View | None = None) -> Generator[Page]:
        """A page, as long as it is looked at; an AssertionError if it did what none may do.

        No page asks for anything that is not its own (of a file: the file itself; of a server:
        its files), says anything on the console, or opens a dialog.
        """
        self._look(view or View())
        self._driver.get_log("performance")
        self._driver.get_log("browser")
        self._asked.clear()
        try:
            self._driver.get(url)
            yield Page(self._driver)
            # What was begun, and a connection that is made ahead, has come this far by then.
            self._driver.execute_async_script("setTimeout(arguments[arguments.length - 1], 30)")
            complaints = [*self._requests(url), *self._messages(), *self._left()]
        finally:
            self._driver.get("about:blank")  # so that the next page answers for itself alone
        assert not complaints, "\n".join([url, *complaints])

    def _left(self) -> list[str]:
        """What was asked of the proxy, but for what chromium asks by itself."""
        return [f"left: {one}" for one in self._asked if not BROWSERS_OWN.fullmatch(_host(one))]

    def _look(self, view: View) -> None:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if view.dark else "light"}
        media = {"media": "print" if view.print else "", "features": [scheme]}
        self._driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        size = {"width": view.width, "height": view.height, "deviceScaleFactor": view.scale}
        metrics = {**size, "mobile": False}
        self._driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def _requests(self, url: str) -> list[str]:
        """What the page asked for that is not its own."""
        parts = urlsplit(url)
        own = url if parts.scheme == "file" else f"{parts.scheme}://{parts.netloc}/"
        asked = []
        for entry in self._driver.get_log("performance"):
            event: Mapping[str, Any] = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                asked.append(event["params"]["request"]["url"])
            elif event["method"] in {"Network.webSocketCreated", "Network.webTransportCreated"}:
                asked.append(event["params"]["url"])
        foreign = [one for one in asked if not one.startswith((own, "data:"))]
        return [f"request: {one}" for one in foreign]

    def _messages(self) -> list[str]:
        """What was said on the console, errors of scripts and refusals of the browser among it."""
        return [f"{one['level']}: {one['message']}" for one in self._driver.get_log("browser")]


@contextmanager
def browser_running() -> Generator[Browser]:
    """A browser, as long as it is needed."""
    assert CHROMIUM, "chromium is not installed"
    assert DRIVER, "chromedriver is not installed (Debian: chromium-driver)"
    options = ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    with refusing_proxy() as (proxy, asked):
        for flag in (*FLAGS, f"--proxy-server={proxy}", f"--proxy-bypass-list={HERE}"):
            options.add_argument(flag)
        # Named, so that selenium looks for none and downloads none.
        driver = Chrome(options=options, service=Service(DRIVER))
        try:
            yield Browser(driver, asked)
        finally:
            driver.quit()


def pages_of(pdf: bytes) -> list[tuple[float, float]]:
    """The width and height in millimetres of each page of a PDF as chromium writes it."""
    boxes = re.findall(rb"/Type /Page\n.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf, re.DOTALL)
    return [(float(width) * 25.4 / 72, float(height) * 25.4 / 72) for width, height in boxes]
