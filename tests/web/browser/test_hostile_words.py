"""Nothing that stands in an article, a name, a note, a file or a query runs in a browser, on any screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.store.samples import RUN, article
from tests.web.browser.conftest import Watched
from tests.web.conftest import write
from tests.web.hostile_record import PAYLOADS, hostile
from turnstone.records import Refusal
from turnstone.store import Store
from turnstone.store.runs import RunLog
from turnstone.web.filters import FACET_NAMES

pytestmark = pytest.mark.long

FOREIGN = """
() => [...document.querySelectorAll("*")].filter((one) =>
  ["IMG", "IFRAME", "OBJECT", "EMBED", "BASE"].includes(one.tagName)
  || (one.tagName === "SCRIPT" && !one.src && one.type !== "application/json")
  || (one.tagName === "META" && one.httpEquiv)
  || [...one.attributes].some((has) => /^on|^hx-on|^srcdoc$/.test(has.name))
  || ["href", "src", "action", "formaction", "xlink:href"].some((name) =>
       /^\\s*(javascript|data|vbscript):/i.test(one.getAttribute(name) || ""))
).map((one) => one.outerHTML.slice(0, 200))
"""
"""Elements that no page of the workbench has."""

DRAWN = """
(id) => echarts.getInstanceByDom(document.querySelector(`#${id} .fill`)).getZr().storage.getDisplayList()
  .map((one) => (one.style && one.style.text) || "").join("\\n")
"""
"""The texts that a chart has drawn, its tooltip among them."""


ALL = "".join(PAYLOADS)
"""What takes one value only is given all of them in one, where it is shown whole: one page instead of eight."""


def unharmed(page: Any, where: str) -> None:
    """Nothing ran, and nothing came in. What the policy stops is a fault that `watched` finds at the end."""
    assert page.evaluate("window.hit") is None, where
    assert page.evaluate(FOREIGN) == [], where


def hover(page: Any, chart: str, *words: str) -> None:
    """Moves over a chart until its tooltip has drawn one of the words; fails where it never does."""
    page.locator(f"#{chart}").scroll_into_view_if_needed()
    box = page.locator(f"#{chart}").bounding_box()
    for _ in range(10):
        for across in range(1, 40):
            page.mouse.move(box["x"] + box["width"] * across / 40, box["y"] + box["height"] / 3)
            page.wait_for_timeout(30)
            if any(one in page.evaluate(DRAWN, chart) for one in words):
                return
    pytest.fail(f"no tooltip of {chart} says any of {words}")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A record whose articles, failures, runs, names and folder are all hostile."""
    found = write(tmp_path / PAYLOADS[1].replace("/", "") / "record <b>", *hostile())
    with Store(found, RUN) as store:
        for number, payload in enumerate(PAYLOADS):
            store.add(Refusal(f"{payload}.jsonl:{number}", f"no date {payload}", f"give one {payload}"))
            store.fail(article(f"failed {payload}", title=payload), f"it took too long {payload}", payload)
    for payload in PAYLOADS:
        log = RunLog(found)
        log.begin({"input": {"inputs": [payload], "set_aside": False}, "there": []}, RUN)
        log.end("failed", reason=payload)
    return found


@pytest.fixture
def bench(watched: Callable[..., Watched], serving: Callable[..., str], directory: Path, tmp_path: Path) -> Watched:
    """The record, compared with one that differs from it in every event."""
    other = [replace(told, coded=replace(told.coded, events=(replace(told.coded.events[0], event_type="CONSULT"),)))
             for told in hostile()]  # fmt: skip
    return watched(serving(directory, write(tmp_path / "other <i>", *other)))


def test_no_field_of_an_article_runs_where_it_is_listed_drawn_or_filtered_by(bench: Watched) -> None:
    rows = bench.asked("/events?size=100")["rows"]
    bench.asked("/events?size=1&q=invited")
    assert len(rows) == len(PAYLOADS)
    page = bench.open("/")
    page.wait_for_selector("#timeline[data-drawn]")
    page.wait_for_selector("#map[data-drawn]")
    unharmed(page, "/")
    hover(page, "timeline", f"verbal cooperation: {len(PAYLOADS)}")
    page.locator("#map").scroll_into_view_if_needed()
    for longitude in (40 * number - 140 for number in range(len(PAYLOADS))):
        across, down = page.evaluate(
            "at => echarts.getInstanceByDom(document.querySelector('#map .fill')).convertToPixel('geo', at)",
            [longitude, 20],
        )
        box = page.locator("#map").bounding_box()
        for nudge in range(200):  # a tooltip comes a moment after the mouse
            page.mouse.move(box["x"] + across + nudge % 2, box["y"] + down)
            page.wait_for_timeout(30)
            if "Strelsau" in page.evaluate(DRAWN, "map"):
                break
        else:
            pytest.fail(f"no tooltip of the map at {longitude}")
        unharmed(page, "map")
        page.mouse.move(box["x"] + 2, box["y"] + box["height"] - 2)
    filtered = [f"/events?{urlencode({name: PAYLOADS}, doseq=True)}" for name in FACET_NAMES
                if name not in ("type", "status", "confidence", "review")]  # fmt: skip
    filtered += [f"/?{urlencode({'source': PAYLOADS, 'actor': PAYLOADS}, doseq=True)}"]
    searched = [f"/events?{urlencode({'q': payload})}" for payload in PAYLOADS]
    for path in ("/events", "/events?q=invited", "/codebook", *filtered, *searched):
        page = bench.open(path)
        if path in filtered:
            chosen = page.inner_text("main")
            assert [one for one in PAYLOADS if one not in chosen] == [], path
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for button in page.locator("[data-copy]").all()[:1]:
            button.click()
        unharmed(page, path)
    bench.faults = [fault for fault in bench.faults if "clipboard" not in fault.lower()]


def test_no_field_of_an_article_runs_where_it_is_read(bench: Watched) -> None:
    for row in bench.asked("/events?size=100")["rows"]:
        asked = {"article": row["article"], "id": row["id"]}
        for path in (
            f"/event?{urlencode(asked)}",
            f"/article?{urlencode({'id': row['article'], 'event': row['id']})}",
            f"/review/history?{urlencode({'article': row['article'], 'event': row['id']})}",
        ):
            page = bench.open(path)
            unharmed(page, path)
            shown = page.inner_text("main")
            assert "49" not in shown.replace("{{ 7 * 7 }}", ""), path
    page = bench.open("/events?actor=" + quote(PAYLOADS[5]))
    assert PAYLOADS[5] in page.inner_text(".events")


def test_no_text_that_is_coded_again_or_for_the_first_time_runs(bench: Watched) -> None:
    bench.page.set_default_timeout(180_000)  # the model is loaded in a process of its own
    for row in bench.asked("/events?size=100")["rows"]:
        page = bench.open(f"/event?{urlencode({'article': row['article'], 'id': row['id']})}")
        page.get_by_role("button", name="Show the scores").click()
        page.wait_for_selector("#why .aloud")
        unharmed(page, row["id"])
    page = bench.open("/")
    page.fill("#paste-text", f"Norway's foreign minister met rebel leaders in Oslo on Monday. {ALL} {ALL}")
    page.fill("#paste-date", "2023-03-21")
    page.fill("#paste-title", ALL)
    page.get_by_role("button", name="Code it").click()
    page.wait_for_selector(".eventlist li")
    unharmed(page, "pasted")
    page.get_by_role("button", name="Keep it in the record").click()
    page.wait_for_selector(".report")
    unharmed(page, "kept")


def test_no_name_runs_where_two_actors_are_compared(bench: Watched) -> None:
    for payload in PAYLOADS:
        page = bench.open(f"/two-actors?{urlencode({'a': f'name:{payload}'})}")
        page.wait_for_selector("#pair-time[data-drawn]")
        hover(page, "pair-time", "verbal cooperation 1")
        unharmed(page, payload)
        page.locator("#a").press_sequentially(payload[:3], delay=10)
        page.wait_for_timeout(400)
        unharmed(page, f"completed {payload}")
        page = bench.open(f"/two-actors/events?{urlencode({'a': f'name:{payload}'})}")
        unharmed(page, payload)


def test_no_name_runs_where_it_is_given_an_entity(bench: Watched) -> None:
    bench.asked("/entities")
    page = bench.open("/entities")
    page.wait_for_selector(".names", timeout=180_000)
    unharmed(page, "/entities")
    for payload in PAYLOADS:
        answer = bench.page.request.post(
            f"{bench.address}/api/entities/merge",
            data={"name": f"Rassendyll {payload}", "kind": "person", "called": f"Rudolf {payload}"},
        )
        assert answer.ok, answer.text()
    for path in ("/entities", *(f"/entities?{urlencode({'q': payload})}" for payload in PAYLOADS)):
        page = bench.open(path)
        assert page.locator("#merged tbody tr").count() >= len(PAYLOADS)
        unharmed(page, path)


def test_no_name_of_a_file_a_run_or_a_record_runs(bench: Watched, directory: Path) -> None:
    page = bench.open("/runs")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.locator(".failure").count() >= 2 * len(PAYLOADS)
    assert page.locator("table.runs tbody tr").count() >= len(PAYLOADS)
    unharmed(page, "/runs")
    content = json.dumps({"id": "a", "text": "A report without a day."}).encode()
    page.set_input_files(
        "#files",
        [
            {"name": payload.replace("/", "") + ".jsonl", "mimeType": "application/json", "buffer": content}
            for payload in PAYLOADS
        ],
    )
    page.get_by_role("button", name="Code them").click()
    page.wait_for_selector("#coding")
    unharmed(page, "coding")
    page.get_by_role("link", name="See the record").wait_for(timeout=180_000)
    page = bench.open("/runs")
    assert PAYLOADS[0].replace("/", "") in page.inner_text("main")
    unharmed(page, "coded")
    page = bench.open("/runs/compare")
    page.get_by_role("heading", name="Differences").wait_for(timeout=180_000)  # till then it loads itself again
    assert bench.asked("/runs/compare")["differences"]
    unharmed(page, "/runs/compare")


def test_no_value_column_or_error_of_a_query_runs(bench: Watched) -> None:
    quoted = PAYLOADS[1].replace('"', '""')
    page = bench.open("/sql")
    page.fill("#q", f'SELECT name, name AS "{quoted}", 1 AS n FROM participants ORDER BY 1')
    page.locator("#q").press("Control+Enter")
    page.wait_for_selector(".rows table")
    unharmed(page, "rows")
    for kind in ("bar", "line", "scatter"):
        page.select_option("#chart", kind)
        page.select_option("#series", PAYLOADS[1])
        page.wait_for_selector("#sql-chart[data-drawn] canvas")
        hover(page, "sql-chart", *(payload[:9] for payload in PAYLOADS))
        unharmed(page, kind)
    for payload in PAYLOADS:
        page = bench.open("/sql?" + urlencode({"q": payload, "chart": "bar", "x": payload, "series": payload}))
        unharmed(page, payload)
    unknown = ALL.replace('"', '""')
    for wrong in (PAYLOADS[0], f'SELECT "{unknown}" FROM events'):
        page = bench.open("/sql?" + urlencode({"q": wrong}))
        page.locator("#q").press("Control+Enter")
        page.wait_for_selector(".fault")
        unharmed(page, wrong)
    said = page.inner_text(".fault")
    assert [one for one in PAYLOADS[:-1] if one not in said] == []  # the mark in the last is not written out
    bench.faults = [fault for fault in bench.faults if "422" not in fault]


def test_no_address_runs_where_nothing_is_found(bench: Watched) -> None:
    paths = [
        f"/article?{urlencode({'id': ALL})}", f"/event?{urlencode({'article': ALL, 'id': ALL})}",
        f"/two-actors?{urlencode({'a': ALL})}", f"/kept?{urlencode({'id': ALL})}",
        f"/api/article?{urlencode({'id': ALL})}", f"/api/events?{urlencode({'q': ALL, 'actor': ALL})}",
    ]  # fmt: skip
    for payload in PAYLOADS:
        paths += [
            f"/{quote(payload, safe='')}", f"/events?{urlencode({'from': payload})}",
            f"/offices?{urlencode({'country': payload[:10]})}", f"/review?{urlencode({'queue': payload})}",
            f"/sql?{urlencode({'chart': payload})}",
        ]  # fmt: skip
    bench.open("/")
    for path in paths:
        bench.page.goto(bench.address + path)
        unharmed(bench.page, path)
    bench.faults = [fault for fault in bench.faults if "status of 4" not in fault]


def test_no_note_or_name_of_a_reviewer_runs(bench: Watched, directory: Path) -> None:
    """Of one event everybody says something else; another has one correction, which is what the pages show of it."""
    disputed, corrected = bench.asked("/events?size=100")["rows"][:2]

    def say(row: dict[str, Any], reviewer: str, verdict: str, name: str) -> None:
        given = {"article": row["article"], "event": row["id"], "verdict": verdict, "reviewer": reviewer[:80]}
        if verdict == "correct":
            speaker = {"name": name, "country": "RUR"}
            actors = [{"name": one, "country": "RUR"} for one in PAYLOADS]
            given["changes"] = {"actors": actors, "place": {"name": name}, "speaker": speaker}
        answer = bench.page.request.post(f"{bench.address}/api/review", data=given | {"note": name * 3})
        assert answer.ok, answer.text()

    for payload in PAYLOADS:
        reviewer = payload.replace("\u202e", "")
        say(disputed, reviewer, "correct", payload)
        say(disputed, f"2 {reviewer}", "reject", payload)
    say(corrected, "Ana", "correct", ALL)
    paths = ["/", "/events", "/review/compare", "/review?queue=disagreement", "/review"]
    for row in (disputed, corrected):
        asked = {"article": row["article"], "id": row["id"]}
        paths += [
            f"/event?{urlencode(asked)}", f"/article?{urlencode({'id': row['article'], 'event': row['id']})}",
            f"/review?{urlencode({'article': row['article'], 'event': row['id'], 'queue': 'disagreement'})}",
            f"/review/history?{urlencode({'article': row['article'], 'event': row['id']})}",
        ]  # fmt: skip
    page = bench.open("/review")
    page.fill("#reviewer", PAYLOADS[0])
    page.press("#reviewer", "Enter")
    page.wait_for_selector("#precision")
    for path in paths:
        page = bench.open(path)
        unharmed(page, path)
        if page.locator("#open-correct").count():
            page.keyboard.press("c")
            unharmed(page, f"{path}, correcting")


def test_what_is_taken_away_is_never_shown_as_a_page(bench: Watched) -> None:
    for path in ("/events.csv", "/events.jsonl"):
        answer = bench.got(path)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]


def test_hostile_words_can_hit_where_nothing_guards(watched: Callable[..., Watched]) -> None:
    """The payloads and what looks for them do what these tests rely on: an unguarded page is hit by them."""
    unguarded = watched("http://unused.example")
    page = unguarded.page
    page.set_content(f"<main>{PAYLOADS[0]}{PAYLOADS[1]}</main>")
    assert page.evaluate("window.hit") == 1
    assert page.evaluate(FOREIGN)
    unguarded.faults.clear()  # there is no picture x
