"""The review in a browser: the whole loop, by keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from tests.reviews.samples import sample, stored
from tests.web.browser.coded_tables import CodedTables
from tests.web.browser.conftest import Watched, copy
from tests.web.hostile_record import PAYLOADS, hostile
from turnstone.cli import app
from turnstone.reviews import NAME, current, read

pytestmark = pytest.mark.long


def run(*arguments: object) -> str:
    found = CliRunner().invoke(app, [str(one) for one in arguments])
    assert found.exit_code == 0, found.output
    return found.stdout


def begin(bench: Watched, name: str, path: str = "/review") -> Any:
    page = bench.open(path)
    page.fill("#reviewer", name)
    page.press("#reviewer", "Enter")
    page.wait_for_selector("#accept")
    return page


def press(page: Any, key: str) -> None:
    """Presses a key and waits for the page that answers it."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state()


def progress(page: Any) -> int:
    return int(page.inner_text("#h-progress + p strong"))


def right(page: Any) -> list[str]:
    """Of all types: how many were drawn, and the share that is right."""
    found: list[str] = page.locator('#precision tr[data-type="all"] td.n').all_inner_texts()
    return found


def unknown_person(bench: Watched, tables: CodedTables) -> tuple[str, str, str]:
    """A name that the data lacks, of somebody who alone acts in an event, with the article and the event."""
    bench.page.set_default_timeout(180_000)
    while (found := bench.asked("/entities?kind=PER"))["state"] == "working":
        bench.page.wait_for_timeout(1000)
    names = [one["name"] for one in found["names"]]
    for offset in range(25, min(found["found"], 500), 25):
        names += [one["name"] for one in bench.asked(f"/entities?kind=PER&offset={offset}")["names"]]
    for name in names:
        events = tables.rows(
            "select article_id, event_id from participants where name = ? and role = 'actor' "
            "and entity_id = '' and (select count(*) from participants p where p.role = 'actor' and "
            "  p.article_id = participants.article_id and p.event_id = participants.event_id) = 1 "
            "order by text <> name, article_id, event_id limit 1",
            name,
        )
        if events and re.fullmatch(r"[A-Z][a-z]+( [A-Z][a-z]+)+", name):
            return name, *events[0]
    pytest.fail("the record names nobody whom the data lacks as the only actor of an event")


def reports(tables: CodedTables, article: str, path: Path) -> Path:
    """A file of some of the record's articles: those that were reviewed, this one, and others."""
    reviewed = [one.article for one in read(tables.directory).holding()]
    rows = tables.rows(
        "select id, published, title, text, publisher, author, url from articles "
        "order by id = ? or list_contains(?, id) desc, md5(id) limit 60",
        article, reviewed,
    )  # fmt: skip
    names = ("id", "date", "title", "text", "publisher", "author", "url")
    lines = [json.dumps(dict(zip(names, map(str, row), strict=True))) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_whole_loop(
    tmp_path: Path, coded: Path, serving: Callable[[Path], str], watched: Callable[..., Watched]
) -> None:
    directory = copy(coded, tmp_path / "record")
    tables = CodedTables(directory)
    bench = watched(serving(directory))
    page = begin(bench, "ana")

    # accept, and it counts
    press(page, "a")
    assert progress(page) == 1
    assert right(page) == ["1", "100\u202f%"]

    # reject, and the precision changes; undo, and it is as before; reject again
    press(page, "r")
    assert right(page) == ["2", "50\u202f%"]
    press(page, "u")
    assert right(page) == ["1", "100\u202f%"]
    assert progress(page) == 1
    press(page, "r")
    assert right(page) == ["2", "50\u202f%"]

    # a name, corrected by typing: for these words in every report
    name, article, event = unknown_person(bench, tables)
    whole = f"{name} Rassendyll"
    page.goto(f"{bench.address}/review?{urlencode({'article': article, 'event': event})}")
    page.keyboard.press("c")
    actor = page.locator('[name="actors.0.name"]')
    actor.fill(whole)
    page.select_option('[name="actors.0.remember"]', "yes")
    page.select_option('[name="actors.0.kind"]', "person")
    actor.focus()
    press(page, "Control+Enter")
    assert [one.verdict for one in read(directory).reviews] == ["accept", "reject", "undo", "reject", "correct"]

    # it stayed
    page.reload()
    assert right(page)[0] >= "2"
    page.goto(f"{bench.address}/event?{urlencode({'article': article, 'id': event})}")
    page.wait_for_selector("#review-history .side")
    assert whole in page.inner_text("#review-history")
    assert "ana corrects" in page.locator("#review-history h3").last.inner_text()

    # coded anew, with the corrected names: what was said still holds, and the name is coded
    run("reviews", "entities", directory, "-o", tmp_path / "names.yaml")
    before = {one.by.id: one.state for one in current(directory)[1].judged}
    some = reports(tables, article, tmp_path / "some.jsonl")
    run("code", some, "-o", directory, "--entities", tmp_path / "names.yaml", "--workers", 0)
    _, after = current(directory)
    assert {one.by.id for one in after.judged} == set(before)
    assert not after.lost
    corrected = next(one for one in after.judged if one.coded is not None and one.by.verdict == "correct")
    assert corrected.final is not None and corrected.final.actors[0].name == whole
    assert corrected.coded is not None and corrected.coded.values.actors[0].name == whole
    assert corrected.state == "accepted"
    page = bench.open("/review")
    assert right(page)[0] >= "2"

    # one report reviewed to its end, complete, as gold
    bench.asked("/overview")
    while left := tables.rows(
        "select event_id from events where article_id = ? and not list_contains(?, event_id) order by 1",
        article, [event for (of, event) in current(directory)[1].of if of == article],
    ):  # fmt: skip
        page.goto(f"{bench.address}/review?{urlencode({'article': article, 'event': left[0][0]})}")
        press(page, "a")
    page.goto(f"{bench.address}/review?{urlencode({'article': article, 'event': corrected.coded.event})}")
    with page.expect_navigation():
        page.click("text=Mark it complete")
    run("reviews", "export", directory, "-o", tmp_path / "gold.jsonl")
    run("analyse", some, "-o", tmp_path / "coded.jsonl", "--workers", 0)
    report = json.loads(
        run(
            "evaluate", tmp_path / "gold.jsonl", tmp_path / "coded.jsonl", "--layer", "events", "--json", "--samples", 0
        )
    )
    assert report["units"] == 1 and report["missing"] == []
    found = next(one for one in report["measures"] if one["name"] == "trigger")
    assert found["counts"]["found"] > 0


def test_a_queue_goes_on_where_it_was_and_knows_types_and_countries(
    tmp_path: Path, coded: Path, serving: Callable[[Path], str], watched: Callable[..., Watched]
) -> None:
    directory = copy(coded, tmp_path / "record")
    tables = CodedTables(directory)
    bench = watched(serving(directory))
    ((kind, events),) = tables.rows("select event_type, count(*) from events group by 1 order by 2 desc, 1 limit 1")
    begin(bench, "ana")
    page = bench.open(f"/review?queue=uncertain&type={kind}")
    assert f"of {events}" in page.inner_text("#h-progress + p").replace("\u202f", "")
    asked = []
    for key in "ars":
        asked.append((page.input_value("#answer [name=article]"), page.input_value("#answer [name=event]")))
        press(page, key)
    assert len(set(asked)) == 3
    sure = [tables.one("select confidence from events where article_id = ? and event_id = ?", *one) for one in asked]
    least = tables.rows("select confidence from events where event_type = ? order by 1 limit 3", kind)
    assert sure == sorted(sure) and all(abs(a - b) < 0.02 for a, (b,) in zip(sure, least, strict=False))
    ((country,),) = tables.rows(
        "select country from participants where length(country) = 3 group by 1 order by count(*) desc, 1 limit 1"
    )
    page = bench.open(f"/review?country={country.lower()}")
    shown = (page.input_value("#answer [name=article]"), page.input_value("#answer [name=event]"))
    assert (country,) in tables.rows("select country from participants where article_id = ? and event_id = ?", *shown)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return stored(tmp_path / "record", *(sample(key) for key in "12345"))


def test_words_are_picked_and_names_completed_by_keyboard(
    small: Path, serving: Callable[[Path], str], watched: Callable[..., Watched]
) -> None:
    page = begin(watched(serving(small)), "ana")
    page.keyboard.press("c")
    page.click('[data-parties="recipients"] [data-add]')
    row = page.locator('[data-parties="recipients"] > [data-row]').nth(1)
    row.locator("[data-pick]").press("Enter")
    word = page.locator("[data-picker] button", has_text="Strelsau").first
    word.press("Enter")
    word.press("Enter")
    assert row.locator('[data-part="name"]').input_value() == "Strelsau"
    page.locator('[name="actors.0.name"]').press_sequentially("x")
    actor = page.locator('[name="actors.0.name"]')
    actor.fill("")
    actor.press_sequentially("european uni")
    page.wait_for_selector('[data-parties="actors"] [role="option"]')
    actor.press("ArrowDown")
    actor.press("Enter")
    assert page.locator('[name="actors.0.country"]').input_value() == "EUR"
    press(page, "Control+Enter")
    (review,) = read(small).reviews
    assert review.final is not None
    assert [(one.name, one.text) for one in review.final.recipients] == [
        ("Graustark", "Graustark"),
        ("Strelsau", "Strelsau"),
    ]
    assert review.final.actors[0].entity_id and review.final.actors[0].text == "Ruritania"


def test_keys_in_a_field_are_letters_and_no_verdicts(
    small: Path, serving: Callable[[Path], str], watched: Callable[..., Watched]
) -> None:
    page = begin(watched(serving(small)), "ana")
    page.keyboard.press("n")
    page.keyboard.type("arsu")
    assert page.input_value("#note") == "arsu"
    page.keyboard.press("Escape")
    press(page, "s")
    assert [(one.verdict, one.note) for one in read(small).reviews] == [("skip", "arsu")]
    page.keyboard.press("m")
    assert page.get_attribute("#missing", "open") is not None


def test_two_people_differ_and_a_third_settles_it(
    small: Path, serving: Callable[[Path], str], watched: Callable[..., Watched]
) -> None:
    address = serving(small)
    press(begin(watched(address), "ana"), "a")
    press(begin(watched(address), "ben"), "r")
    third = watched(address)
    page = begin(third, "cleo")
    page.click("text=Compare reviewers")
    assert page.locator(".dispute .side").count() == 2
    with page.expect_navigation():
        page.locator(".side", has_text="ben rejects").locator("button").click()
    assert page.locator(".dispute").count() == 0
    assert [one.state for one in current(small)[1].judged] == ["rejected"]


def test_nothing_hostile_runs_and_the_page_fits(
    tmp_path: Path, serving: Callable[[Path], str], watched: Callable[..., Watched]
) -> None:
    directory = stored(tmp_path / "record", *hostile())
    bench = watched(serving(directory))
    page = begin(bench, PAYLOADS[0])
    for payload in PAYLOADS:
        page.keyboard.press("c")
        page.fill('[name="actors.0.name"]', payload)
        page.fill('[name="place.name"]', payload)
        page.fill('[name="speaker.name"]', payload)
        page.fill("#note", payload)
        page.locator("#note").focus()
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        page.wait_for_load_state()
        assert page.evaluate("window.hit") is None
    ids = bench.asked("/events?size=50")["rows"]
    assert len(read(directory).reviews) == len(ids) == len(PAYLOADS)
    other = begin(watched(bench.address), PAYLOADS[2])
    press(other, "r")
    for path in ("/review/compare", "/review?queue=disagreement", "/review"):
        other.goto(bench.address + path)
        assert other.evaluate("window.hit") is None
        for width in (360, 1280):
            other.set_viewport_size({"width": width, "height": 800})
            assert other.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (path, width)
    for row in ids[:3]:
        asked = urlencode({"article": row["article"], "event": row["id"]})
        other.goto(f"{bench.address}/review/history?{asked}")
        assert other.locator(".side").count() >= 1
        assert other.evaluate("window.hit") is None
    assert NAME in {path.name for path in directory.iterdir()}
