"""What reviewers said, on the pages that show events: the coded values stay beside it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.reviews.samples import sample
from turnstone.reviews import NAME
from turnstone.web.pages import review_desk

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


def test_the_list_shows_corrected_values_and_strikes_what_is_rejected(bench: TestClient) -> None:
    page = bench.get("/events").text
    corrected = item(page, "1")
    assert "Guard of &lt;b&gt;Ruritania RUR CONSULT Graustark GRA" in corrected
    assert "corrected by Ana ; coded: type -- AGREE --" in corrected and "who -- Ruritania RUR --" in corrected
    assert re.search(r"-- Ruritania RUR AGREE meet Graustark GRA announced -- rejected", item(page, "2"))
    assert "✓ accepted by Ana" in item(page, "3") and "disputed" in item(page, "4")
    assert " by Ana" not in item(page, "5")


def test_counts_stay_those_of_the_coding_and_the_page_says_so(
    bench: TestClient, serve: Callable[..., TestClient]
) -> None:
    found = bench.get("/api/events", params={"type": "AGREE"}).json()
    assert found["events"] == 5 and found["reviews"]
    assert row(bench, "1", type="AGREE")["reviewed"]["final"]["event_type"] == "CONSULT"
    assert bench.get("/api/events", params={"type": "CONSULT"}).json()["events"] == 0
    assert "counts and filters are those of the coding" in bench.get("/events").text
    unreviewed = serve(sample("1")).get("/events").text
    assert "those of the coding" not in unreviewed and "corrected" not in unreviewed


def test_the_list_of_an_article_shows_them_too(bench: TestClient) -> None:
    corrected = words(bench.get("/article", params={"id": "1"}).text)
    assert "CONSULT Guard of &lt;b&gt;Ruritania (RUR MIL) → Graustark (GRA)" in corrected
    assert "3 March 2023 · happened · Rupert Hentzau · corrected" in corrected
    rejected = words(bench.get("/article", params={"id": "2"}).text)
    assert "-- AGREE meet Ruritania (RUR GOV) → Graustark (GRA) -- rejected" in rejected
    assert "✓ accepted" in words(bench.get("/article", params={"id": "3"}).text)


# --- taken away


def test_exports_say_what_reviewers_came_to_and_keep_what_was_coded(bench: TestClient) -> None:
    rows, lines = csv_rows(bench), json_rows(bench)
    states = {"1": "corrected", "2": "rejected", "3": "accepted", "4": "disputed", "5": ""}
    assert {key: one["review"] for key, one in rows.items()} == states
    assert {key: one["review"] for key, one in lines.items()} == states
    assert (rows["1"]["event_type"], lines["1"]["type"]) == ("AGREE", "AGREE")
    assert "reviewed" not in lines["1"]


def test_exports_have_the_corrected_values_where_they_are_asked_for(bench: TestClient) -> None:
    rows, lines = csv_rows(bench, corrected=1), json_rows(bench, corrected=1)
    one = rows["1"]
    assert (one["event_type"], one["modes"], one["status"]) == ("CONSULT", "", "happened")
    assert (one["actors"], one["actor_countries"], one["speaker"]) == (GUARD["name"], "RUR", "Rupert Hentzau")
    assert (lines["1"]["type"], lines["1"]["actors"]) == ("CONSULT", [{"name": GUARD["name"], "country": "RUR"}])
    assert rows["5"] == csv_rows(bench)["5"] and rows["2"]["event_type"] == "AGREE"
    assert bench.get("/events.csv", params={"corrected": "perhaps"}).status_code == 422


def test_the_choice_is_offered_where_there_are_reviews(bench: TestClient, serve: Callable[..., TestClient]) -> None:
    assert "/events.csv?type=AGREE&amp;corrected=1" in bench.get("/events?type=AGREE").text
    assert "corrected=1" not in serve(sample("1")).get("/events").text


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
    assert "rejected" in item(bench.get("/events").text, "5")
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
