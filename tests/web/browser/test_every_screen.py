"""What holds of every screen: it fits, it can be read and used by everybody, and nothing in it fails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.web.browser.coded_tables import CodedTables
from tests.web.browser.conftest import Watched, sync_api, watching
from tests.web.browser.every_screen import SCREENS, every_screen

pytestmark = pytest.mark.long

WIDTHS = (320, 375, 768, 1280)
HEIGHT = 800

TOO_WIDE = """
() => [...document.querySelectorAll("main *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > document.documentElement.clientWidth + 1
    && !one.closest(".wide, .rows, pre, .chart, .aloud, nav, svg");
}).slice(0, 5).map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)
"""

CUT_OFF = """
() => [...document.querySelectorAll("main h1, main h2, main h3, main button, main .button, main label")].filter(
  (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible"
    && !one.closest(".aloud")
).map((one) => one.textContent.trim().slice(0, 60))
"""


@pytest.fixture(scope="session")
def screens(tables: CodedTables, address: str) -> dict[str, str]:
    """The screens, when what is looked up for them once has been: no page loads itself again."""
    found = every_screen(tables)
    with httpx.Client(base_url=f"{address}/api", timeout=300) as client:
        while client.get(found["events by a search"]).status_code != 200:
            time.sleep(0.5)
        while client.get("/entities").json()["state"] == "working":
            time.sleep(0.5)
        while "a pair" in found and client.get(found["a pair"]).json()["said"] is None:
            time.sleep(0.5)
    return found


@pytest.fixture(scope="module")
def one_page(browser: sync_api.Browser, address: str) -> Iterator[Watched]:
    """The page that goes from screen to screen."""
    with watching(browser) as watch:
        yield watch(address)


@pytest.fixture(scope="module", params=SCREENS)
def screen(request: pytest.FixtureRequest, one_page: Watched, screens: dict[str, str]) -> Iterator[sync_api.Page]:
    """A screen, when what comes later has come. It is opened once, for somebody who wants nothing to move, and the
    tests look at it one after the other; what one of them changes of it, it changes back."""
    if request.param not in screens:
        pytest.skip("the record has nothing to show there")
    one_page.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    one_page.page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
    page = one_page.open(screens[request.param])
    for chart in ("timeline", "map", "pair-time"):
        if page.locator(f"#{chart}").count():
            page.wait_for_selector(f"#{chart}[data-drawn]")
    yield page
    faults, one_page.faults = one_page.faults, []
    assert faults == []


def test_nothing_moves_for_those_who_asked_for_that(screen: sync_api.Page) -> None:
    assert screen.evaluate("document.getAnimations().length") == 0
    for chart in ("timeline", "pair-time"):
        moves = screen.evaluate(
            "id => { const drawn = document.querySelector(`#${id} .fill`);"
            " return drawn ? echarts.getInstanceByDom(drawn).getOption().animation : false; }",
            chart,
        )
        assert moves is False, chart


def test_every_screen_has_one_title_and_names_what_it_shows(screen: sync_api.Page) -> None:
    assert screen.locator("h1").count() == 1
    title = screen.title()
    assert title.endswith(" · turnstone") and len(title) > len(" · turnstone")
    ids = screen.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_what_can_be_pressed_can_be_reached(screen: sync_api.Page) -> None:
    unreachable = """
    () => [...document.querySelectorAll("a, button, summary, [data-copy], [role=button], [onclick]")].filter(
      (one) => one.tabIndex < 0 && !one.closest("[hidden]")).map((one) => one.outerHTML.slice(0, 120))
    """
    assert screen.evaluate(unreachable) == []


FOCUS = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return { what: `${one.tagName} ${one.id} ${(one.textContent || "").trim().slice(0, 40)}`,
           ring: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
           seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight };
}
"""


def test_the_keyboard_reaches_everything_and_shows_where_it_is(screen: sync_api.Page) -> None:
    screen.keyboard.press("Tab")
    assert screen.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        screen.keyboard.press("Tab")
        now = screen.evaluate(FOCUS)
        if now is None:  # past the last
            break
        assert now["ring"] and now["seen"], now


FITTED = """
async width => {
  for (let frame = 0; frame < 120 && document.documentElement.scrollWidth > width; frame++)
    await new Promise(requestAnimationFrame);
  return document.documentElement.scrollWidth;
}
"""


def test_every_screen_fits_every_width(screen: sync_api.Page) -> None:
    for width in WIDTHS:
        screen.set_viewport_size({"width": width, "height": HEIGHT})
        shown = screen.evaluate(FITTED, width)  # charts are drawn anew when the page has its new width
        assert shown <= width, width
        assert screen.evaluate(TOO_WIDE) == [], width
        assert screen.evaluate(CUT_OFF) == [], width
    assert width == WIDTHS[-1]  # as it was


OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe that look at colours."""


def test_every_screen_keeps_the_rules_of_accessibility(screen: sync_api.Page) -> None:
    """All of them in light; in the dark the colours are other ones, and nothing else."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
    screen.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    screen.evaluate(axe.AXE_SCRIPT)
    assert told(screen, {}) == []
    screen.emulate_media(color_scheme="dark")
    assert told(screen, {"runOnly": {"type": "rule", "values": OF_COLOURS}}) == []


def told(page: sync_api.Page, asked: dict[str, Any]) -> list[str]:
    """What axe finds against a page, in words."""
    found = page.evaluate("asked => axe.run(document, asked)", {"resultTypes": ["violations"], **asked})
    return [
        f"{one['id']}: {node['target']} {node['any'][0]['message'] if node['any'] else node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def test_every_screen_is_data_too(bench: Watched, screens: dict[str, str]) -> None:
    for name, path in screens.items():
        if path == "/api":
            continue
        found = bench.asked(path if path[1:] and not path.startswith("/?") else f"/overview{path[1:]}")
        assert isinstance(found, dict) and found, name


def test_a_page_that_is_not_there_says_so_and_what_to_do(bench: Watched) -> None:
    for path in ("/nothing", "/article?id=nothing", "/event?article=nothing&id=1", "/two-actors?a=nobody+of+this+name"):
        page = bench.page
        answer = page.goto(bench.address + path)
        assert answer and answer.status == 404, path
        assert page.locator("nav a").count() > 5 and len(page.inner_text("main")) > 40, path
    bench.faults.clear()  # the browser notes the status
