"""Two actors, entities, codebook, runs and SQL in a browser, on the example reports coded by the packaged model."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.store.samples import RUN
from tests.web.browser.conftest import Watched
from tests.web.conftest import write
from tests.web.hostile_record import PAYLOADS, hostile
from turnstone.store.runs import RunLog

pytestmark = pytest.mark.long
PATHS = ("/two-actors", "/entities", "/offices?country=DEU", "/codebook", "/runs", "/sql")


@pytest.fixture(scope="session")
def address(serving: Callable[[Path], str], coded: Path) -> str:
    return serving(coded)


@pytest.fixture
def bench(watched: Callable[..., Watched], address: str) -> Watched:
    return watched(address)


def test_a_pair_is_chosen_and_its_bars_open_the_events_under_them(bench: Watched) -> None:
    page = bench.open("/two-actors")
    page.locator(".columns a").first.click()
    page.wait_for_selector("#pair-time[data-drawn]")
    box = page.locator("#pair-time").bounding_box()
    assert box
    data = json.loads(page.locator("#pair-data").text_content() or "")
    sides = (page.locator("#pair-time").get_attribute("data-sides") or "").split()
    bar, side, count = next(
        (number, place, sum(one[4][side][:5]))
        for number, one in enumerate(data["bins"])
        for place, side in enumerate(sides)
        if one[4] and sum(one[4][side][:5])
    )
    across = 44 + (box["width"] - 52) * (bar + 0.5) / len(data["bins"])
    page.mouse.click(box["x"] + across, box["y"] + box["height"] * (side + 0.5) / len(sides))
    page.wait_for_selector("#under .event")
    assert f": {count} event" in page.inner_text("#under h2")
    page.get_by_role("link", name="Summed score").click()
    page.wait_for_url(re.compile("measure=score"))
    page.wait_for_selector("#pair-time[data-drawn]")


def test_names_are_completed_while_they_are_typed(bench: Watched) -> None:
    page = bench.open("/two-actors")
    page.locator("#a").press_sequentially("no", delay=20)
    page.wait_for_function("() => document.querySelectorAll('#a-known option').length > 0")


def test_a_coding_is_begun_from_a_file_and_watched(
    watched: Callable[..., Watched], serving: Callable[[Path], str], tmp_path: Path
) -> None:
    name = PAYLOADS[1].replace("/", "") + ".jsonl"
    lines = [
        {"id": "a", "date": "2023-03-21", "text": "Norway's foreign minister met rebel leaders in Oslo on Monday."},
        {"id": "b", "text": "A report without a day."},
    ]
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    bench = watched(serving(tmp_path / "fresh"))
    page = bench.open("/runs")
    page.set_input_files("#files", {"name": name, "mimeType": "application/json", "buffer": content})
    page.get_by_role("button", name="Code them").click()
    page.wait_for_selector("#coding progress")
    page.get_by_role("link", name="See the record").wait_for(timeout=120_000)
    assert "2 inputs" in page.inner_text("#coding") and "1 failed" in page.inner_text("#coding")
    page = bench.open("/runs")
    assert name in page.inner_text(".failure")
    assert "finished" in page.inner_text("table.runs")
    assert page.evaluate("window.hit") is None
    page = bench.open("/")
    assert page.inner_text("h1").startswith("1 ")


def test_a_name_is_merged_and_taken_back(
    watched: Callable[..., Watched], serving: Callable[[Path], str], tmp_path: Path
) -> None:
    told = hostile()[0]
    event = told.coded.events[0]
    text = "Rudolf Rassendyll" + told.article.text[len("Rudolf Rassendyll") :]
    who = replace(event.actors[0], start=0, end=17, name="Rudolf Rassendyll", entity_id="")
    told = replace(
        told,
        article=replace(told.article, text=text),
        coded=replace(told.coded, events=(replace(event, actors=(who,)),)),
    )
    bench = watched(serving(write(tmp_path / "record", told)))
    page = bench.open("/entities")
    page.wait_for_selector(".names", timeout=120_000)
    row = page.locator(".names > li", has_text="Rudolf Rassendyll")
    row.locator("summary").click()
    row.locator("[data-entities]").press_sequentially("merk", delay=20)
    page.wait_for_function("() => document.querySelectorAll('datalist option[value=angela-merkel]').length > 0")
    row.locator("[data-entities]").fill("angela-merkel")
    row.get_by_role("button", name="Merge").click()
    page.wait_for_selector("#merged")
    assert "Angela Merkel" in page.inner_text("#merged")
    page.get_by_role("button", name="Take back").click()
    page.wait_for_function("() => !document.querySelector('#merged')")
    assert page.evaluate("window.hit") is None


def test_a_query_runs_is_drawn_and_stands_in_the_address(bench: Watched) -> None:
    page = bench.open("/sql")
    page.get_by_role("link", name="How many events of each type").click()
    page.wait_for_url(re.compile(r"q=SELECT"))
    page.locator("#q").press("Control+Enter")
    page.wait_for_selector(".rows table")
    page.select_option("#chart", "bar")
    page.wait_for_selector("#sql-chart[data-drawn] canvas")
    page.wait_for_url(re.compile(r"q=SELECT.*chart=bar"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    assert Path(waiting.value.path()).read_text().startswith("event_type,events")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone(watched: Callable[..., Watched], address: str, scheme: str) -> None:
    bench = watched(address, viewport={"width": 375, "height": 700}, color_scheme=scheme)
    for path in (*PATHS, "/two-actors?a=COL"):
        page = bench.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path


def test_every_field_has_a_label(bench: Watched) -> None:
    unlabelled = (
        "[...document.querySelectorAll('input:not([type=hidden]), textarea, select')].filter(e => !e.labels.length)"
    )
    for path in PATHS:
        page = bench.open(path)
        assert page.evaluate(f"{unlabelled}.length") == 0, path


def test_no_name_of_an_entity_a_run_or_a_column_runs(
    watched: Callable[..., Watched], serving: Callable[[Path], str], tmp_path: Path
) -> None:
    directory = write(tmp_path / "hostile", *hostile())
    for payload in PAYLOADS:
        log = RunLog(directory)
        log.begin({"input": {"inputs": [payload], "set_aside": False}, "there": []}, RUN)
        log.end("failed", reason=payload)
    bench = watched(serving(directory))
    paths = ["/entities", "/codebook", "/runs"]
    paths += [f"/two-actors?{urlencode({'a': f'name:{payload}'})}" for payload in PAYLOADS]
    for path in paths:
        page = bench.open(path)
        if path.startswith("/two"):
            page.wait_for_selector("#pair-time[data-drawn]")
            page.mouse.move(400, 500)
        assert page.evaluate("window.hit") is None, path
    page = bench.open("/sql")
    page.fill("#q", 'SELECT name, name AS "<img src=x onerror=window.hit=1>", 1 AS n FROM participants')
    page.locator("#q").press("Control+Enter")
    page.wait_for_selector(".rows table")
    page.select_option("#chart", "bar")
    page.wait_for_selector("#sql-chart[data-drawn] canvas")
    page.mouse.move(300, 700)
    assert page.evaluate("window.hit") is None
