"""Two actors, entities, codebook, runs and SQL in a browser; what they show is held against the record's tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.web.browser.coded_tables import CodedTables
from tests.web.browser.conftest import Watched, copy, count_in
from turnstone.query.files import files_of
from turnstone.query.tables import connect
from turnstone.web.pages.sql import EXAMPLES

pytestmark = pytest.mark.long


def test_two_actors_count_what_the_tables_hold(bench: Watched, tables: CodedTables) -> None:
    for a, b in tables.pairs(3):
        shown = bench.asked("/two-actors?" + urlencode({"a": a, "b": b}))["events"]
        ((ab, ba, both),) = tables.rows(
            "with parts as (select article_id, event_id, "
            "  bool_or(role = 'actor' and country = $1) a_acts, bool_or(role = 'recipient' and country = $1) a_takes, "
            "  bool_or(role = 'actor' and country = $2) b_acts, bool_or(role = 'recipient' and country = $2) b_takes, "
            "  bool_or(role = 'recipient') taken from participants group by all) "
            "select count(*) filter (a_acts and b_takes), "
            "  count(*) filter (b_acts and a_takes and not (a_acts and b_takes)), "
            "  count(*) filter (a_acts and b_acts and not taken) from parts",
            a, b,
        )  # fmt: skip
        assert shown == {"ab": ab, "ba": ba, "both": both}, (a, b)


def test_a_pair_is_chosen_and_its_bars_open_the_events_under_them(bench: Watched) -> None:
    page = bench.open("/two-actors")
    page.locator(".columns a").first.click()
    page.wait_for_selector("#pair-time[data-drawn]")
    page.locator("#pair-time").scroll_into_view_if_needed()
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


def test_names_are_completed_while_they_are_typed(bench: Watched, tables: CodedTables) -> None:
    ((name, events),) = tables.rows(
        "select name, count(distinct (article_id, event_id)) from participants where role = 'actor' "
        "and regexp_matches(name, '^[A-Z][a-z]{3}') group by 1 order by 2 desc, 1 limit 1"
    )
    page = bench.open("/two-actors")
    page.locator("#a").press_sequentially(name[:4].lower(), delay=20)
    page.wait_for_function("() => document.querySelectorAll('#a-known option').length > 0")
    offered = page.eval_on_selector_all("#a-known option", "all => all.map(one => [one.value, one.label])")
    value = next(value for value, _ in offered if value.removeprefix("name:") == name)
    page.fill("#a", value)
    page.get_by_role("button", name="Show").click()
    page.wait_for_selector("#pair-time[data-drawn]")
    assert count_in(page.locator(".sides a").first.inner_text()) == events


def test_what_each_said_of_the_other_comes_without_being_asked_for(bench: Watched) -> None:
    page = bench.open("/two-actors")
    page.locator(".columns a").first.click()
    page.wait_for_selector("[aria-labelledby=h-said] .halves")
    assert page.locator("[aria-labelledby=h-said] .halves h3").count() == 2


def test_a_coding_is_begun_from_a_file_and_watched(
    watched: Callable[..., Watched],
    serving: Callable[..., str],
    tmp_path: Path,
    coded: Path,
    tables: CodedTables,
) -> None:
    """Reports of the record under new ids, and one that has no day."""
    directory = copy(coded, tmp_path / "record")
    reports = tables.rows("select published, text from articles where length(text) < 1500 order by md5(id) limit 40")
    lines = [{"id": f"new-{n}", "date": str(day), "text": text} for n, (day, text) in enumerate(reports)]
    content = "".join(json.dumps(one) + "\n" for one in [*lines, {"id": "x", "text": "A report without a day."}])
    bench = watched(serving(directory))
    before = count_in(bench.open("/").inner_text("h1"))
    page = bench.open("/runs")
    page.set_input_files(
        "#files", {"name": "morning.jsonl", "mimeType": "application/json", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Code them").click()
    page.wait_for_selector("#coding progress")
    page.get_by_role("link", name="See the record").wait_for(timeout=300_000)
    told = page.inner_text("#coding")
    assert f"{len(lines) + 1} inputs" in told and "1 failed" in told, told
    page = bench.open("/runs")
    assert "morning.jsonl" in page.inner_text(".failure") and "finished" in page.inner_text("table.runs tbody tr")
    after = CodedTables(directory)
    more = after.one("select count(*) from events where starts_with(article_id, 'new-')")
    assert after.one("select count(*) from articles where starts_with(id, 'new-')") == len(lines) and more
    for _ in range(600):  # until the new record is indexed the old one is shown
        if bench.asked("/overview")["events"] == before + more:
            break
        page.wait_for_timeout(500)
    assert count_in(bench.open("/").inner_text("h1")) == before + more


def test_a_name_that_the_data_lacks_is_given_an_entity_and_taken_back(bench: Watched) -> None:
    bench.asked("/entities")
    page = bench.open("/entities")
    page.wait_for_selector(".names", timeout=300_000)
    total = count_in(page.inner_text("h1"))
    names = page.locator(".names h2").all_inner_texts()
    assert len(names) == min(25, total)
    if total > 25:
        page.get_by_role("link", name="Less frequent").click()
        page.wait_for_url(re.compile("offset=25"))
        assert not set(page.locator(".names h2").all_inner_texts()) & set(names)
        page.go_back()
    row = page.locator(".names > li").first
    row.locator("summary").press("Enter")
    row.locator("[data-entities]").press_sequentially("merk", delay=20)
    page.wait_for_function("() => document.querySelectorAll('datalist option[value=angela-merkel]').length > 0")
    row.locator("[data-entities]").fill("angela-merkel")
    row.get_by_role("button", name="Merge").click()
    page.wait_for_selector("#merged")
    assert "Angela Merkel" in page.inner_text("#merged") and names[0] in page.inner_text("#merged")
    page.get_by_role("button", name="Take back").click()
    page.wait_for_function("() => !document.querySelector('#merged')")


def test_the_offices_of_every_state_that_acts_are_shown(bench: Watched, tables: CodedTables) -> None:
    page = bench.open("/offices")
    listed = page.eval_on_selector_all("#office-country option", "all => all.map(one => one.value)")
    acting = [
        code
        for (code,) in tables.rows(
            "select country from participants where country <> '' group by 1 order by count(*) desc, 1 limit 12"
        )
    ]
    for code in [code for code in acting if code in listed][:6]:
        page = bench.open(f"/offices?country={code}")
        assert page.locator(".office").count() > 0
        assert page.locator("svg .term").count() > 0
        page.locator(".office summary").first.press("Enter")
        assert page.locator(".office").first.locator("tbody tr").count() > 0


def test_the_codebook_counts_what_the_tables_hold(bench: Watched, tables: CodedTables) -> None:
    page = bench.open("/codebook")
    counts = dict(tables.rows("select event_type, count(*) from events group by 1"))
    shown = page.eval_on_selector_all(
        ".entry", "all => all.map(one => [one.id, one.querySelector('h2 .count').textContent])"
    )
    assert {name: count_in(count) for name, count in shown if count_in(count)} == counts
    statuses = dict(tables.rows("select status, count(*) from events group by 1"))
    shown = page.eval_on_selector_all(
        "#statuses dt",
        "all => all.map(one => [one.querySelector('a').textContent, one.querySelector('.count').textContent])",
    )
    assert {name: count_in(count) for name, count in shown if count_in(count)} == statuses


def test_the_runs_say_what_became_of_every_input(bench: Watched, tables: CodedTables) -> None:
    page = bench.open("/runs")
    became = dict(tables.rows("select outcome, count(*) from ledger group by 1"))
    lead = page.inner_text(".lead")
    assert count_in(lead) == sum(became.values())
    assert count_in(lead.partition("inputs: ")[2]) == became.get("coded", 0)
    if (tables.directory / "runs.jsonl").exists():
        assert page.locator("table.runs tbody tr").count() >= 1


def test_every_example_of_a_query_runs_and_is_drawn(bench: Watched, tables: CodedTables) -> None:
    with connect(files_of(tables.directory), threads=1, memory_mb=300) as views:
        found = {title: len(views.sql(query).fetchall()) for title, query in EXAMPLES.items()}
    for title, there in found.items():
        page = bench.open("/sql")
        page.get_by_role("link", name=title).click()
        page.wait_for_url(re.compile(r"q=SELECT"))
        page.locator("#q").press("Control+Enter")
        page.wait_for_selector("#h-rows")
        rows = count_in(page.inner_text("#h-rows"))
        assert rows == min(2000, there), title
        if rows:
            assert page.locator(".rows tbody tr").count() == min(rows, 500), title
            page.select_option("#chart", "bar")
            page.wait_for_selector("#sql-chart[data-drawn] canvas")


def test_a_query_runs_is_drawn_and_stands_in_the_address(bench: Watched, tables: CodedTables) -> None:
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
    header, *lines = Path(waiting.value.path()).read_text().splitlines()
    assert header == "event_type,events"
    assert {name: int(count) for name, count in (line.split(",") for line in lines)} == dict(
        tables.rows("select event_type, count(*) from events group by 1")
    )


@pytest.mark.parametrize(
    "query", ["SELECT nothing FROM events", "DROP TABLE events", "SELECT * FROM read_csv('/etc/passwd')"]
)
def test_a_query_that_cannot_run_says_why_and_stays(bench: Watched, query: str) -> None:
    page = bench.open("/sql")
    page.fill("#q", query)
    page.locator("#q").press("Control+Enter")
    page.wait_for_selector(".fault")
    assert page.input_value("#q") == query
    bench.faults.clear()  # the browser notes the status 422
