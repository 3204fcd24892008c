"""What holds of every screen: it fits, it can be read and used by everybody, and nothing in it fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.web.browser.coded_tables import CodedTables
from tests.web.browser.conftest import Watched
from tests.web.browser.every_screen import every_screen

pytestmark = pytest.mark.long

WIDTHS = (320, 375, 768, 1280)

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


def opened(bench: Watched, path: str) -> Any:
    """The page, when what comes later has come."""
    page = bench.open(path)
    for chart in ("timeline", "map", "pair-time"):
        if page.locator(f"#{chart}").count():
            page.wait_for_selector(f"#{chart}[data-drawn]")
    return page


def test_every_screen_fits_every_width(watched: Callable[..., Watched], address: str, screens: dict[str, str]) -> None:
    bench = watched(address, viewport={"width": WIDTHS[-1], "height": 800})
    for name, path in screens.items():
        page = opened(bench, path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.evaluate(TOO_WIDE) == [], (name, width)
            assert page.evaluate(CUT_OFF) == [], (name, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_keeps_the_rules_of_accessibility(
    watched: Callable[..., Watched], address: str, screens: dict[str, str], scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
    bench = watched(address, viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    for name, path in screens.items():
        page = opened(bench, path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate(axe.AXE_SCRIPT)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        told = [
            f"{one['id']}: {node['target']} {node['any'][0]['message'] if node['any'] else node['failureSummary']}"
            for one in found
            for node in one["nodes"][:3]
        ]
        assert told == [], name


def test_every_screen_has_one_title_and_names_what_it_shows(bench: Watched, screens: dict[str, str]) -> None:
    titles = {}
    for name, path in screens.items():
        page = bench.open(path)
        assert page.locator("h1").count() == 1, name
        titles[name] = page.title()
        assert titles[name].endswith(" · turnstone") and len(titles[name]) > len(" · turnstone"), name
        assert page.locator("[id]").count() == len(
            set(page.eval_on_selector_all("[id]", "all => all.map(one => one.id)"))
        ), name


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


@pytest.mark.xfail(
    reason="rings are drawn on the overview and the report now; the screens after them have not been seen to pass",
    strict=False,
)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(bench: Watched, screens: dict[str, str]) -> None:
    for name, path in screens.items():
        page = opened(bench, path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", name
        for _ in range(40):
            page.keyboard.press("Tab")
            now = page.evaluate(FOCUS)
            if now is None:  # past the last
                break
            assert now["ring"] and now["seen"], (name, now)


def test_what_can_be_pressed_can_be_reached(bench: Watched, screens: dict[str, str]) -> None:
    unreachable = """
    () => [...document.querySelectorAll("a, button, summary, [data-copy], [role=button], [onclick]")].filter(
      (one) => one.tabIndex < 0 && !one.closest("[hidden]")).map((one) => one.outerHTML.slice(0, 120))
    """
    for name, path in screens.items():
        assert bench.open(path).evaluate(unreachable) == [], name


def test_nothing_moves_for_those_who_asked_for_that(
    watched: Callable[..., Watched], address: str, screens: dict[str, str]
) -> None:
    bench = watched(address, reduced_motion="reduce")
    for name, path in screens.items():
        page = opened(bench, path)
        assert page.evaluate("document.getAnimations().length") == 0, name
        for chart in ("timeline", "pair-time"):
            moves = page.evaluate(
                "id => { const drawn = document.querySelector(`#${id} .fill`);"
                " return drawn ? echarts.getInstanceByDom(drawn).getOption().animation : false; }",
                chart,
            )
            assert moves is False, (name, chart)


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
