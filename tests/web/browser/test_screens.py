"""Overview, events, event and article in a browser; what they show is held against the tables of the record."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest

from tests.web.browser.coded_tables import CodedTables
from tests.web.browser.conftest import Watched, count_in
from turnstone import api
from turnstone.web import wording

pytestmark = pytest.mark.long


def asked(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_overview_counts_what_the_tables_hold(bench: Watched, tables: CodedTables) -> None:
    page = bench.open("/")
    assert count_in(page.inner_text("h1")) == tables.one("select count(*) from events")
    assert count_in(page.inner_text(".lead").partition("read from ")[2]) == tables.one("select count(*) from articles")
    quads = dict(tables.rows("select quad, count(*) from events group by 1"))
    assert [count_in(one) for one in page.locator("#h-time + .legend b").all_inner_texts()] == [
        quads.get(quad, 0) for quad in (1, 2, 3, 4)
    ]
    sources = dict(
        tables.rows(
            "select coalesce(nullif(e.outlet, ''), a.publisher) source, count(*) from events e "
            "join articles a on a.id = e.article_id group by 1"
        )
    )
    shown = page.eval_on_selector_all(
        "#h-sources ~ ol li", "rows => rows.map(row => [...row.querySelectorAll('a')].map(one => one.textContent))"
    )
    assert shown or set(sources) == {""}
    for name, count in shown:
        assert sources[name] == count_in(count), name


def test_every_number_of_the_overview_opens_its_rows(bench: Watched) -> None:
    page = bench.open("/")
    links = page.eval_on_selector_all(
        "main a[href^='/events']:not(th a)", "links => links.map(link => [link.getAttribute('href'), link.textContent])"
    )
    counted = {href: re.search(r"\d[\d\u202f]*", text) for href, text in links if "/events." not in href}
    assert len(counted) > 5
    for href, number in counted.items():
        if number:
            assert bench.asked(f"{href}{'&' if '?' in href else '?'}size=1")["events"] == count_in(number[0]), href


def test_brushing_days_filters_everything_and_goes_into_the_address(bench: Watched, tables: CodedTables) -> None:
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
    given = asked(page)
    left = tables.one(
        "select count(*) from events where first_day >= ?::date and last_day <= ?::date", *given["from"], *given["to"]
    )
    page.wait_for_function("left => document.querySelector('h1').innerText.replace(/\\D/g, '') === left", arg=str(left))
    assert page.locator(".chips li").count() == 3
    page.go_back()
    page.wait_for_function("before => document.querySelector('h1').innerText === before", arg=before)
    assert asked(page) == {}


_COVERED = """([id, reports]) => {
    const chart = echarts.getInstanceByDom(document.querySelector(`#${id} .fill`));
    const areas = chart.getZr().storage.getDisplayList().filter(one => one.type === 'polygon')
        .map(one => one.shape.points.map(point => point[0]));
    return turnstone.data('chart-data').bins.map((bin, at) => {
        const x = chart.convertToPixel({ xAxisIndex: 0 }, at);
        return [bin[reports] > 0, areas.some(area => Math.min(...area) < x && x < Math.max(...area))];
    });
}"""


def test_the_overview_shades_the_times_without_a_report_and_no_others(bench: Watched) -> None:
    page = bench.open("/")
    before = page.viewport_size
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.reload()
        page.wait_for_selector("#timeline[data-drawn]")
        bins = page.evaluate(_COVERED, ["timeline", 4])
        assert any(reports for reports, _ in bins)
        assert [at for at, (reports, shaded) in enumerate(bins) if reports == shaded] == []
    page.set_viewport_size(before)


def test_a_pair_filters_the_overview_and_its_number_opens_the_rows(bench: Watched) -> None:
    page = bench.open("/")
    number = page.locator("table.bars td.n a").first
    count = number.inner_text()
    page.locator("table.bars td a").first.click()
    page.wait_for_url(re.compile("actor_country="))
    page.wait_for_function("count => document.querySelector('h1 a').innerText === count", arg=count)
    page.locator("h1 a").click()
    page.wait_for_selector(".events .event")
    assert page.locator(".events .event").count() == min(50, count_in(count))


def test_a_point_of_the_map_filters_by_its_place(bench: Watched, tables: CodedTables) -> None:
    page = bench.open("/")
    page.wait_for_selector("#map[data-drawn]")
    (name, longitude, latitude) = page.evaluate(
        "() => { const [lon, lat, , name] = turnstone.data('chart-data').places[0]; return [name, lon, lat]; }"
    )
    page.locator("#map").scroll_into_view_if_needed()
    across, down = page.evaluate(
        "at => echarts.getInstanceByDom(document.querySelector('#map .fill')).convertToPixel('geo', at)",
        [longitude, latitude],
    )
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + across, box["y"] + down)
    page.mouse.click(box["x"] + across, box["y"] + down)
    page.wait_for_url(re.compile("place="))
    (chosen,) = asked(page)["place"]
    count = tables.one("select count(*) from events where place_name = ?", chosen)
    page.wait_for_function(
        "count => document.querySelector('h1').innerText.replace(/\\D/g, '') === count", arg=str(count)
    )
    assert chosen == name or count > 0  # points may lie on each other


def test_happenings_are_counted_once(bench: Watched, tables: CodedTables) -> None:
    page = bench.open("/")
    if tables.happenings is None:
        assert "turnstone stories" in page.inner_text(".hint")
        return
    page.get_by_role("link", name="Happenings").click()
    page.wait_for_url(re.compile("unit=happenings"))
    ((happenings,),) = duckdb.execute(f"select count(*) from '{tables.happenings}'").fetchall()
    page.wait_for_function(
        "count => document.querySelector('h1').innerText.replace(/\\D/g, '') === count", arg=str(happenings)
    )


def test_facets_count_what_the_tables_hold_narrow_the_list_and_are_taken_back(
    bench: Watched, tables: CodedTables
) -> None:
    page = bench.open("/events")
    counts = dict(tables.rows("select event_type, count(*) from events group by 1"))
    shown = page.eval_on_selector_all(
        "[aria-labelledby=f-type] li",
        "rows => rows.map(row => [row.querySelector('a').textContent, row.querySelector('.count').textContent])",
    )
    assert {name: count_in(count) for name, count in shown} == counts
    count = page.locator(".facets .count").first.inner_text()
    page.locator(".facets li a").first.click()
    page.wait_for_url(re.compile("type="))
    page.wait_for_function("count => document.querySelector('h1').innerText.startsWith(count + ' ')", arg=count)
    page.locator(".chips a").first.click()
    page.wait_for_function("() => !location.search.includes('type=')")


def test_a_search_marks_what_it_found(bench: Watched, tables: CodedTables) -> None:
    word = tables.word()
    bench.asked(f"/events?q={word}&size=1")  # the search is ready last
    page = bench.open("/events")
    page.fill("#q", word)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"q={word}"))
    found = tables.one("select count(*) from events where regexp_matches(lower(evidence_text), ?)", rf"\b{word}\b")
    assert count_in(page.inner_text("h1")) >= found > 0
    unmarked = page.eval_on_selector_all(
        ".events .event", "rows => rows.filter(row => !row.querySelector('.hit')).length"
    )
    cut = page.locator(".sentence", has_text="…").count()  # of a long sentence the words around its trigger are shown
    assert unmarked <= cut
    assert word[:4] in page.locator(".hit").first.inner_text().lower()


def test_what_is_taken_away_is_exactly_what_is_shown(bench: Watched, tables: CodedTables) -> None:
    (kind,) = tables.rows("select event_type from events group by 1 order by count(*) desc, 1 limit 1")
    page = bench.open(f"/events?type={kind[0]}")
    shown = count_in(page.inner_text("h1"))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).click()
    with Path(waiting.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [(row["article_id"], row["event_id"]) for row in rows]
    assert len(ids) == shown and {row["event_type"] for row in rows} == {kind[0]}
    page.locator("summary", has_text="As SQL").click()
    query = page.inner_text("#recipe-1").rstrip().rstrip(";")
    assert sorted(duckdb.execute(f"select article_id, event_id from ({query})").fetchall()) == sorted(ids)


def test_every_kind_of_event_is_shown_with_its_words(bench: Watched, tables: CodedTables) -> None:
    for one in tables.varied():
        page = bench.open(one.page)
        of_it = "from participants p where p.article_id = e.article_id and p.event_id = e.event_id"
        ((kind, trigger, text, first, last),) = tables.rows(
            "select event_type, trigger_text, a.text, "
            f"least(evidence_start, place_start, (select min(p.start) {of_it})), "
            f'greatest(evidence_end, place_end, (select max(p."end") {of_it})) '
            "from events e join articles a on a.id = e.article_id where article_id = ? and event_id = ?",
            one.article, one.id,
        )  # fmt: skip
        assert page.inner_text("h1").startswith(kind), one
        assert page.text_content(".evidence") == text[first:last], one  # and what of it stands in another sentence
        assert "".join(page.locator(".evidence .what").all_text_contents()) == trigger, one
        told = " ".join(page.inner_text(".facts").split())
        for (name,) in tables.rows(
            "select name from participants where article_id = ? and event_id = ?", one.article, one.id
        ):
            assert wording.clean(name) in told, (one, name)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), one


def test_from_a_row_to_the_event_its_scores_and_the_report(bench: Watched, tables: CodedTables) -> None:
    page = bench.open("/events")
    page.locator(".event .date").first.click()
    page.wait_for_url(re.compile("/event"))
    assert page.locator(".evidence .what").count() >= 1
    page.set_default_timeout(180_000)  # the model is loaded in a process of its own
    page.get_by_role("button", name="Show the scores").click()
    page.wait_for_selector("#why table")
    if tables.runs == {api.pipeline().run.digest}:
        assert "comes out as it is recorded" in page.inner_text("#why")
    else:
        assert "Coded again" in page.inner_text("#why")
    page.get_by_role("link", name="The whole report").click()
    page.wait_for_url(re.compile("/article"))
    assert page.locator("#chosen").count() >= 1


def test_the_keyboard_goes_from_event_to_event(bench: Watched, tables: CodedTables) -> None:
    one = tables.busiest()
    events = tables.rows(
        "select event_id from events where article_id = ? order by trigger_start, event_id", one.article
    )
    page = bench.open(one.report.partition("&event=")[0])
    assert page.locator(".eventlist > li").count() == len(events) > 1
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
    assert page.inner_text("h1") == "1 event"


def test_the_list_goes_from_page_to_page_and_back(bench: Watched, tables: CodedTables) -> None:
    total = tables.one("select count(*) from events")
    page = bench.open("/events")
    assert page.locator(".event").count() == min(50, total)
    first = page.locator(".event .date").first.get_attribute("href")
    if total <= 50:
        assert page.get_by_role("link", name="Older").count() == 0
        return
    page.get_by_role("link", name="Older").click()
    page.wait_for_url(re.compile("before="))
    second = page.locator(".event .date").first.get_attribute("href")
    assert second != first
    page.get_by_role("link", name="Newer").click()
    page.wait_for_url(re.compile("after="))
    assert page.locator(".event .date").first.get_attribute("href") == first
