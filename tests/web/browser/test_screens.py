"""The screens in a browser, on the example reports coded by the packaged model."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.browser.conftest import Watched
from tests.web.conftest import write
from tests.web.hostile_record import PAYLOADS, hostile

pytestmark = pytest.mark.long


@pytest.fixture(scope="session")
def address(serving: Callable[[Path], str], coded: Path) -> str:
    return serving(coded)


@pytest.fixture
def bench(watched: Callable[..., Watched], address: str) -> Watched:
    return watched(address)


def asked(page) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
    return parse_qs(urlsplit(page.url).query)


def test_brushing_days_filters_everything_and_goes_into_the_address(bench: Watched) -> None:
    page = bench.open("/")
    page.wait_for_selector("#timeline[data-drawn]")
    page.wait_for_selector("#map[data-drawn]")
    before = page.inner_text("h1")
    box = page.locator("#timeline").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.98, box["y"] + 60, steps=8)
    page.mouse.up()
    page.wait_for_url(re.compile(r"from=\d{4}-\d\d-\d\d&to="))
    page.wait_for_function("before => document.querySelector('h1').innerText !== before", arg=before)
    assert page.locator(".chips li").count() == 3
    page.go_back()
    page.wait_for_function("before => document.querySelector('h1').innerText === before", arg=before)
    assert asked(page) == {}


def test_a_pair_filters_the_overview_and_its_number_opens_the_rows(bench: Watched) -> None:
    page = bench.open("/")
    number = page.locator("table.bars td.n a").first
    count = number.inner_text()
    page.locator("table.bars td a").first.click()
    page.wait_for_url(re.compile("actor_country="))
    page.wait_for_function("count => document.querySelector('h1 a').innerText === count", arg=count)
    page.locator("h1 a").click()
    page.wait_for_selector(".events .event")
    assert page.locator(".events .event").count() == int(count)


def test_facets_narrow_the_list_and_are_taken_back(bench: Watched) -> None:
    page = bench.open("/events")
    count = page.locator(".facets .count").first.inner_text()
    page.locator(".facets li a").first.click()
    page.wait_for_url(re.compile("type="))
    page.wait_for_function("count => document.querySelector('h1').innerText.startsWith(count + ' ')", arg=count)
    page.locator(".chips a").first.click()
    page.wait_for_function("() => !location.search.includes('type=')")


def test_a_search_marks_what_it_found(bench: Watched) -> None:
    page = bench.open("/events")
    page.fill("#q", "agreeing")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=agreeing"))
    assert "agree" in page.locator(".hit").first.inner_text().lower()


def test_from_a_row_to_the_event_its_scores_and_the_report(bench: Watched) -> None:
    page = bench.open("/events")
    page.locator(".event .date").first.click()
    page.wait_for_url(re.compile("/event"))
    assert page.locator(".evidence .what").count() >= 1
    page.get_by_role("button", name="Show the scores").click()
    page.wait_for_selector("#why table.scores")
    assert "comes out as it is recorded" in page.inner_text("#why")
    page.get_by_role("link", name="The whole report").click()
    page.wait_for_url(re.compile("/article"))
    assert page.locator("#chosen").count() >= 1


def test_the_keyboard_goes_from_event_to_event(bench: Watched) -> None:
    page = bench.open("/article?id=live-0412")
    chosen = []
    for key in ("j", "j", "k"):
        before = page.url
        page.keyboard.press(key)
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_selector(".chosen")
        chosen.append(asked(page)["event"][0])
    assert chosen[0] == chosen[2] != chosen[1]
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/event"))


def test_a_first_report_is_pasted_coded_and_kept(
    watched: Callable[..., Watched], serving: Callable[[Path], str], tmp_path: Path
) -> None:
    bench = watched(serving(tmp_path / "fresh"))
    page = bench.page
    page.goto(bench.address)
    bench.faults.clear()  # there is no record yet, which the browser notes
    page.fill("#paste-text", "Norway's foreign minister met rebel leaders in Oslo on Monday, his office said.")
    page.fill("#paste-date", "2023-03-21")
    page.set_default_timeout(180_000)  # the model is loaded in a process of its own
    page.get_by_role("button", name="Code it").click()
    page.wait_for_selector(".eventlist li")
    assert "CONSULT" in page.inner_text(".eventlist")
    page.get_by_role("button", name="Keep it in the record").click()
    page.wait_for_url(re.compile("/article"))
    page.goto(bench.address)
    assert page.inner_text("h1").startswith("1 ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone(watched: Callable[..., Watched], address: str, scheme: str) -> None:
    bench = watched(address, viewport={"width": 375, "height": 700}, color_scheme=scheme)
    for path in ("/", "/events", "/article?id=live-0412", "/api", "/event?article=live-0412&id=live-0412%3A66"):
        page = bench.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path


def test_everything_can_be_reached_by_keyboard_and_shows_that_it_was(bench: Watched) -> None:
    page = bench.open("/events")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(6):
        page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    unlabelled = "[...document.querySelectorAll('input:not([type=hidden]), textarea')].filter(e => !e.labels.length)"
    assert page.evaluate(f"{unlabelled}.length") == 0


def test_no_word_of_an_article_runs(
    watched: Callable[..., Watched], serving: Callable[[Path], str], tmp_path: Path
) -> None:
    bench = watched(serving(write(tmp_path / "hostile", *hostile())))
    page = bench.open("/")
    page.wait_for_selector("#map[data-drawn]")
    paths = ["/", "/events", "/events?q=invited"]
    page.goto(bench.address + "/events")
    paths += page.eval_on_selector_all(".event .date", "links => links.map(link => link.getAttribute('href'))")
    assert len(paths) == 3 + len(PAYLOADS)
    paths += [path.replace("/event?article=", "/article?id=").replace("&id=", "&event=") for path in paths[3:]]
    for path in paths:
        page = bench.open(path)
        page.mouse.move(200, 300)
        assert page.evaluate("window.hit") is None, path
