"""What reviewers said, on the pages that show events: the coded values stay beside it."""

from __future__ import annotations

import csv
import html
import io
import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from tests.reviews.samples import sample
from turnstone.cli import app
from turnstone.reviews import NAME
from turnstone.web import review_desk

GUARD = {"name": "Guard of <b>Ruritania", "country": "RUR", "sectors": ["MIL"]}
CORRECTED = {"event_type": "CONSULT", "status": "happened", "actors": [GUARD], "speaker": {"name": "Rupert Hentzau"}}


@pytest.fixture
def bench(serve: Callable[..., TestClient]) -> TestClient:
    """Of five events the first is corrected, the second rejected, the third accepted, the fourth disputed."""
    bench = serve(*(sample(key) for key in "12345"))
    say(bench, "1", "correct", changes=CORRECTED)
    say(bench, "2", "reject")
    say(bench, "3", "accept")
    say(bench, "4", "accept")
    say(bench, "4", "reject", by="Ben")
    return bench


def say(bench: TestClient, article: str, verdict: str, by: str = "Ana", **more: Any) -> None:
    body = {"article": article, "event": "1", "verdict": verdict, "reviewer": by, **more}
    assert bench.post("/api/review", json=body).status_code == 200


def event(bench: TestClient, article: str) -> str:
    """The page of an event, on one line and without its tags; what is struck stands between hyphens."""
    return words(bench.get("/event", params={"article": article, "id": "1"}).text)


def words(page: str) -> str:
    page = page.partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?s>", " -- ", page)).split())


def row(bench: TestClient, article: str, **asked: Any) -> dict[str, Any]:
    rows = bench.get("/api/events", params=asked).json()["rows"]
    return next(one for one in rows if one["article"] == article)


def counts(bench: TestClient, facet: str, **asked: Any) -> dict[str, int]:
    facets = bench.get("/api/events", params=asked).json()["facets"]
    (values,) = (one["values"] for one in facets if one["name"] == facet)
    return {one["value"]: one["events"] for one in values}


def articles(bench: TestClient, **asked: Any) -> list[str]:
    return [one["article"] for one in bench.get("/api/events", params=asked).json()["rows"]]


def add(bench: TestClient, article: str, start: int = 0) -> None:
    """An event that was not coded, told by five letters of the report."""
    changes = {
        "event_type": "ASSAULT", "status": "happened", "first_day": "2023-03-04", "last_day": "2023-03-04",
        "actors": [{"name": "Black Michael", "country": "RUR"}], "recipients": [{"name": "Hentzau", "country": "HEN"}],
        "place": {"name": "Zenda", "country": "RUR", "latitude": 50.0, "longitude": 14.0, "resolution": "city"},
    }  # fmt: skip
    body = {"article": article, "start": start, "end": start + 5, "reviewer": "Ana", "changes": changes}
    found = bench.post("/api/review/missing", json=body)
    assert found.status_code == 200, found.text


def item(page: str, article: str) -> str:
    """The line of an article's event in a list of events."""
    return next(words("<main" + one) for one in page.split('<li class="event">') if f"article={article}&" in one)


def csv_rows(bench: TestClient, **asked: Any) -> dict[str, dict[str, str]]:
    found = bench.get("/events.csv", params=asked)
    assert found.status_code == 200
    return {one["article_id"]: one for one in csv.DictReader(io.StringIO(found.text))}


def json_rows(bench: TestClient, **asked: Any) -> dict[str, dict[str, Any]]:
    lines = bench.get("/events.jsonl", params=asked).text.splitlines()
    return {one["article"]: one for one in map(json.loads, lines)}


# --- the page of an event


def test_a_corrected_event_shows_what_it_is_now_and_beside_it_what_was_coded(bench: TestClient) -> None:
    page = event(bench, "1")
    assert re.search(r"^id=\S+ tabindex=\S+ .*?CONSULT corrected by Ana , \d+ \w+ \d{4} ", page)
    assert "Who Guard of &lt;b&gt;Ruritania RUR MIL coded: Ruritania · " in page
    assert "What CONSULT coded: AGREE meet, from the word “ invited ”" in page
    assert "Did it happen happened coded: announced" in page
    assert "On whose word Rupert Hentzau coded: an envoy" in page
    assert "To whom Graustark · " in page
    assert "When 3 March 2023 day" in page


def test_the_scale_and_the_class_follow_a_corrected_type(bench: TestClient) -> None:
    assert "verbal cooperation, 2.5 on the scale" in event(bench, "1")
    assert "verbal cooperation, 4 on the scale" in event(bench, "5")


def test_a_rejected_event_says_so_plainly(bench: TestClient) -> None:
    page = event(bench, "2")
    assert re.search(r"-- AGREE meet announced -- rejected by Ana , [\w ]+ : there is no such event", page)
    assert "coded:" not in page


def test_an_accepted_event_has_a_mark_and_an_unreviewed_one_none(bench: TestClient) -> None:
    assert "✓ accepted by Ana , " in event(bench, "3")
    assert " by Ana" not in event(bench, "5")


def test_what_reviewers_differ_on_is_shown_as_coded(bench: TestClient) -> None:
    page = event(bench, "4")
    assert "Ana and Ben differ , " in page and "Who Ruritania · " in page
    say(bench, "4", "correct", by="Cid", changes={"status": "happened"}, adjudicates=True)
    page = event(bench, "4")
    assert "corrected by Cid , " in page and "Did it happen happened coded: announced" in page


def test_a_correction_that_is_taken_back_is_gone(bench: TestClient) -> None:
    assert bench.post("/api/review/undo", json={"reviewer": "Ben"}).status_code == 200
    assert "✓" not in event(bench, "5") and "rejected" not in event(bench, "4")
    assert "corrected by Ana" in event(bench, "1")


def test_the_api_gives_both_what_was_coded_and_what_it_is(bench: TestClient) -> None:
    found = bench.get("/api/event", params={"article": "1", "id": "1"}).json()
    assert (found["event"]["event_type"], found["review"]["final"]["event_type"]) == ("AGREE", "CONSULT")
    assert found["review"]["by"] == ["Ana"]
    assert found["review"]["changed"] == ["event_type", "modes", "status", "actors", "speaker"]
    assert bench.get("/api/event", params={"article": "5", "id": "1"}).json()["review"] is None


# --- the history


def test_the_history_tells_only_what_a_correction_changes(bench: TestClient) -> None:
    page = words(bench.get("/review/history", params={"article": "1", "event": "1"}).text)
    assert "who -- Ruritania RUR GOV -- → Guard of &lt;b&gt;Ruritania RUR MIL" in page
    assert "type -- AGREE -- → CONSULT" in page and "status -- announced -- → happened" in page
    assert "to whom" not in page and "when" not in page and "where" not in page
    (said,) = bench.get("/api/review/history", params={"article": "1", "event": "1"}).json()["said"]
    assert said["saw"]["event_type"] == "AGREE"
    assert "actors" in said["changed"] and "recipients" not in said["changed"]


# --- lists


def test_the_list_shows_corrected_values_and_leaves_out_what_is_rejected(bench: TestClient) -> None:
    page = bench.get("/events").text
    corrected = item(page, "1")
    assert "Guard of &lt;b&gt;Ruritania RUR CONSULT Graustark GRA" in corrected
    assert "corrected by Ana ; coded: type -- AGREE --" in corrected and "who -- Ruritania RUR --" in corrected
    assert "article=2&" not in page and "1 rejected left out" in words(page)
    assert "✓ accepted by Ana" in item(page, "3") and "disputed" in item(page, "4")
    assert " by Ana" not in item(page, "5")
    rejected = item(bench.get("/events", params={"review": "rejected"}).text, "2")
    assert re.search(r"-- Ruritania RUR AGREE meet Graustark GRA announced -- rejected", rejected)


def test_filters_and_counts_are_those_after_review(bench: TestClient, serve: Callable[..., TestClient]) -> None:
    assert counts(bench, "type") == {"AGREE": 3, "CONSULT": 1}
    assert counts(bench, "review") == {"unreviewed": 1, "accepted": 1, "corrected": 1, "rejected": 1, "disputed": 1}
    assert counts(bench, "actor") == {"Ruritania": 3, GUARD["name"]: 1}
    assert sorted(articles(bench, type="AGREE")) == ["3", "4", "5"] and articles(bench, type="CONSULT") == ["1"]
    assert articles(bench, actor=GUARD["name"]) == ["1"] and articles(bench, review="accepted") == ["3"]
    found = row(bench, "1", type="CONSULT")
    assert (found["status"], found["speaker"], found["coded"]["type"]) == ("happened", "Rupert Hentzau", "AGREE")
    assert "After review" not in serve(sample("1")).get("/events").text


def test_the_coding_is_there_where_it_is_asked_for(bench: TestClient) -> None:
    assert counts(bench, "type", coded=1) == {"AGREE": 5}
    assert sorted(articles(bench, coded=1, type="AGREE")) == list("12345")
    assert (row(bench, "1", coded=1)["type"], row(bench, "1", coded=1)["review"]) == ("AGREE", "")
    page = bench.get("/events?coded=1").text
    assert "This is what was coded" in page and "corrected by" not in page
    assert 'href="/events?type=AGREE&amp;coded=True"' in page


def test_the_overview_counts_what_holds(bench: TestClient) -> None:
    found, coded = (bench.get("/api/overview", params=asked).json() for asked in ({}, {"coded": "true"}))
    assert (found["events"], coded["events"]) == (4, 5)
    assert sum(found["quads"].values()) == 4
    assert found["dyads"] == [{"actor_country": "RUR", "recipient_country": "GRA", "events": 4}]


def test_an_added_event_is_counted_listed_and_shown_with_its_report(bench: TestClient) -> None:
    before = bench.get("/api/overview").json()
    add(bench, "3")
    found = bench.get("/api/overview").json()
    assert found["events"] == before["events"] + 1
    assert {one["name"]: one["events"] for one in found["places"]}["Zenda"] == 1
    assert {"actor_country": "RUR", "recipient_country": "HEN", "events": 1} in found["dyads"]
    assert articles(bench, recipient_country="HEN") == ["3"] and articles(bench, actor="Black Michael") == ["3"]
    added = row(bench, "3", type="ASSAULT")
    assert (added["review"], added["confidence"], added["actors"]) == (
        "added", None, [{"name": "Black Michael", "country": "RUR"}],
    )  # fmt: skip
    assert "added by Ana" in item(bench.get("/events?type=ASSAULT").text.replace("?id=3", "?article=3&"), "3")
    assert "ASSAULT Black Michael → Hentzau 4 March 2023 · happened" in words(bench.get("/article?id=3").text)
    assert bench.get("/api/events", params={"coded": 1}).json()["events"] == 5


def test_added_events_keep_their_place_from_page_to_page(bench: TestClient) -> None:
    for article, start in (("1", 0), ("5", 0), ("3", 0), ("3", 10)):
        add(bench, article, start)
    whole = articles(bench, size=50)
    assert sorted(whole) == list("11333455")
    assert [one for one, _ in itertools.groupby(whole)] == [
        one for one, _ in itertools.groupby(articles(bench, coded=1)) if one != "2"
    ]
    pages, before = [], {}
    while True:
        page = bench.get("/api/events", params={"size": 3, **before}).json()
        pages.append([(one["article"], one["id"]) for one in page["rows"]])
        if page["before"] is None:
            break
        before = {"before": page["before"]}
    assert [one for page in pages for one, _ in page] == whole
    assert len({one for page in pages for one in page}) == 8
    back = bench.get("/api/events", params={"size": 3, "after": page["after"]}).json()
    assert [(one["article"], one["id"]) for one in back["rows"]] == pages[-2]


def test_two_actors_and_the_codebook_have_corrected_values(bench: TestClient) -> None:
    say(bench, "5", "correct", changes={"recipients": [{"name": "Hentzau", "country": "HEN"}]})
    pair = bench.get("/api/two-actors/events", params={"a": "RUR", "b": "HEN"}).json()
    assert [(one["article"], one["recipients"][0]["name"]) for one in pair["rows"]] == [("5", "Hentzau")]
    assert "corrected by Ana" in words(bench.get("/two-actors/events?a=RUR&b=HEN").text)
    said = bench.get("/api/two-actors", params={"a": "name:Rupert Hentzau"})
    assert said.status_code == 404  # a speaker, and neither actor nor recipient
    types = {one["name"]: one for one in bench.get("/api/codebook").json()["types"]}
    assert (types["AGREE"]["events"], types["CONSULT"]["events"]) == (3, 1)
    assert [one["article"] for one in types["CONSULT"]["examples"]] == ["1"]
    assert "CONSULT 1" in words(bench.get("/codebook").text) and "corrected" in words(bench.get("/codebook").text)


def test_the_list_of_an_article_shows_them_too(bench: TestClient) -> None:
    corrected = words(bench.get("/article", params={"id": "1"}).text)
    assert "CONSULT Guard of &lt;b&gt;Ruritania (RUR MIL) → Graustark (GRA)" in corrected
    assert "3 March 2023 · happened · Rupert Hentzau · in Strelsau (RUR) · corrected" in corrected
    say(bench, "5", "correct", changes={"place": {"name": "Zenda", "country": "RUR"}})
    assert "· in Zenda (RUR) · corrected" in words(bench.get("/article", params={"id": "5"}).text)
    rejected = words(bench.get("/article", params={"id": "2"}).text)
    assert "-- AGREE meet Ruritania (RUR GOV) → Graustark (GRA) -- rejected" in rejected
    assert "✓ accepted" in words(bench.get("/article", params={"id": "3"}).text)


# --- taken away


def test_exports_are_as_reviewers_have_them(bench: TestClient) -> None:
    rows, lines = csv_rows(bench), json_rows(bench)
    states = {"1": "corrected", "3": "accepted", "4": "disputed", "5": ""}
    assert {key: one["review"] for key, one in rows.items()} == states
    assert {key: one["review"] for key, one in lines.items()} == states
    one = rows["1"]
    assert (one["event_type"], one["modes"], one["status"]) == ("CONSULT", "", "happened")
    assert (one["actors"], one["actor_countries"], one["speaker"]) == (GUARD["name"], "RUR", "Rupert Hentzau")
    assert (lines["1"]["type"], lines["1"]["actors"]) == ("CONSULT", [{"name": GUARD["name"], "country": "RUR"}])
    assert "reviewed" not in lines["1"]
    assert set(csv_rows(bench, review="rejected")) == {"2"}


def test_exports_have_the_coding_where_it_is_asked_for(bench: TestClient) -> None:
    rows, lines = csv_rows(bench, coded=1), json_rows(bench, coded=1)
    assert set(rows) == set(lines) == set("12345")
    assert (rows["1"]["event_type"], rows["1"]["review"], lines["1"]["type"]) == ("AGREE", "", "AGREE")
    assert bench.get("/events.csv", params={"coded": "perhaps"}).status_code == 422


def test_what_is_copied_asks_the_tables_after_review(bench: TestClient, serve: Callable[..., TestClient]) -> None:
    directory: Path = bench.app.state.workbench.directory  # type: ignore[attr-defined]
    page = html.unescape(bench.get("/events?type=CONSULT").text)
    (query,) = re.findall(r"<pre[^>]*>(-- first.*?);\s*</pre>", page, re.S)
    (command,) = re.findall(r"turnstone (reviews tables .*)", query)
    run = CliRunner().invoke(app, command.split())
    assert run.exit_code == 0, run.output
    assert [row[:2] for row in duckdb.sql(query).fetchall()] == [("1", "1")]
    assert "reviewed_events" not in bench.get("/events?type=CONSULT&coded=1").text
    assert directory.exists() and "reviewed_events" not in serve(sample("1")).get("/events").text


# --- the file


def test_the_reviews_are_read_once_for_each_of_their_states(bench: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    read = review_desk.read
    monkeypatch.setattr(review_desk, "read", lambda directory: (reads.append(directory), read(directory))[1])
    for _ in range(3):
        event(bench, "1")
        bench.get("/events")
        csv_rows(bench)
    assert len(reads) <= 1
    before = len(reads)
    say(bench, "5", "reject")
    assert "rejected by Ana" in event(bench, "5")
    assert "rejected" in item(bench.get("/events?review=rejected").text, "5")
    assert len(reads) == before + 1


def test_reviews_that_cannot_be_read_are_told_and_never_passed_over(bench: TestClient) -> None:
    directory: Path = bench.app.state.workbench.directory  # type: ignore[attr-defined]
    with (directory / NAME).open("a") as file:
        file.write('{"schema": "another/9"}\n')
    for page in (event(bench, "1"), words(bench.get("/events").text), words(bench.get("/article?id=1").text)):
        assert "What reviewers said is not shown:" in page and f"{NAME}:6" in page
    refused = bench.get("/api/events.csv")
    assert refused.status_code == 409 and f"{NAME}:6" in refused.json()["detail"]


def test_browsers_find_an_icon(bench: TestClient) -> None:
    (address,) = re.findall(r'<link rel="icon" type="image/svg\+xml" href="([^"]+)">', bench.get("/events").text)
    for where in (address, "/favicon.ico"):
        found = bench.get(where)
        assert found.status_code == 200 and found.headers["content-type"] == "image/svg+xml"
