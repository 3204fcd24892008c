"""Review through the workbench: what is asked, what is kept, what is refused."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reviews.samples import sample, with_events
from tests.store.samples import RUN
from tests.web.hostile_record import PAYLOADS
from turnstone.records import Record, Span
from turnstone.reviews import NAME, read
from turnstone.store import Store
from turnstone.web.app import create
from turnstone.web.pages.review_names import suggestions


def two(key: str = "1") -> Record:
    """An article with two events."""
    one = sample(key)
    event = one.coded.events[0]
    second = replace(event, id="2", event_type="CONSULT", modes=(), trigger=Span(30, 35), confidence=0.4)
    return with_events(one, event, second)


@pytest.fixture
def bench(serve: Callable[..., TestClient]) -> TestClient:
    return serve(two(), sample("2"), sample("3", event_type="PROTEST", modes=(), confidence=0.5))


@pytest.fixture
def directory(bench: TestClient) -> Path:
    found: Path = bench.app.state.workbench.directory  # type: ignore[attr-defined]
    return found


def say(
    bench: TestClient, article: str, verdict: str = "accept", event: str = "1", by: str = "ana", **more: Any
) -> Any:
    body = {"article": article, "event": event, "verdict": verdict, "reviewer": by, "queue": "random", **more}
    return bench.post("/api/review", json=body)


def ask(bench: TestClient, by: str = "ana", **asked: str) -> Any:
    bench.cookies.set(f"turnstone_reviewer_{bench.app.state.workbench.settings.port}", by)  # type: ignore[attr-defined]
    return bench.get("/api/review", params=asked).json()


def form(bench: TestClient, path: str, **fields: Any) -> Any:
    """Sends the form of a page, with its token."""
    token = re.search(r'name="form-token" content="(\w+)"', bench.get("/review").text)
    assert token
    return bench.post(path, data={"form_token": token[1], **fields}, follow_redirects=False)


def test_nobody_is_asked_before_they_say_who_they_are(bench: TestClient, directory: Path) -> None:
    assert "Who reviews?" in bench.get("/review").text
    assert bench.get("/api/review").json()["question"] is None
    assert say(bench, "2", by="").status_code == 422
    answered = form(bench, "/review/reviewer", reviewer="  Ana  Sapt ")
    assert answered.status_code == 303
    assert bench.get("/api/review").json()["reviewer"] == "Ana Sapt"
    assert not (directory / NAME).exists()


def test_each_event_is_asked_once_and_then_nothing_is_left(bench: TestClient) -> None:
    asked = []
    while (page := ask(bench))["question"]:
        one = page["question"]
        asked.append((one["article"], one["event"]))
        assert page["done"] == len(asked) - 1
        assert say(bench, one["article"], event=one["event"]).status_code == 200
    assert sorted(asked) == [("1", "1"), ("1", "2"), ("2", "1"), ("3", "1")]
    assert page["done"] == page["total"] == 4
    assert page["precision"][0]["there"]["right"] == page["precision"][0]["there"]["of"] == 4
    assert "Nothing left here" in bench.get("/review").text
    assert ask(bench, "ben")["question"] is not None


def test_queues_and_filters(bench: TestClient) -> None:
    assert ask(bench, queue="uncertain")["question"]["event"] == "2"
    assert ask(bench, type="PROTEST")["question"]["article"] == "3"
    assert ask(bench, type="PROTEST")["total"] == 1
    assert ask(bench, country="gra")["total"] == 4
    assert ask(bench, country="FRA")["question"] is None
    assert ask(bench, queue="disagreement")["question"] is None


def test_a_verdict_changes_the_precision_and_an_undo_takes_it_back(bench: TestClient, directory: Path) -> None:
    first = ask(bench)["question"]
    assert say(bench, first["article"], event=first["event"]).status_code == 200
    second = ask(bench)["question"]
    assert say(bench, second["article"], "reject", second["event"]).status_code == 200
    share = ask(bench)["precision"][0]["there"]
    assert (share["right"], share["of"]) == (1, 2)
    assert share["low"] < 0.5 < share["high"]
    assert bench.post("/api/review/undo", json={"reviewer": "ana"}).json()["verdict"] == "reject"
    share = ask(bench)["precision"][0]["there"]
    assert (share["right"], share["of"]) == (1, 1)
    assert len(read(directory).reviews) == 3
    assert bench.post("/api/review/undo", json={"reviewer": "ben"}).status_code == 409


def test_the_form_corrects_only_what_was_changed(bench: TestClient, directory: Path) -> None:
    ask(bench)
    shown = bench.get("/api/review", params={"article": "2", "event": "1"}).json()["question"]
    was, guest = shown["values"]["actors"][0], shown["values"]["recipients"][0]
    party = {f"actors.0.{key}": was[key] for key in ("start", "end", "text", "entity_id")}
    fields = {
        **party, "actors.0.name": "Kingdom of Ruritania", "actors.0.country": "rur", "actors.0.sectors": "GOV",
        "actors.0.remember": "yes", "actors.0.kind": "organisation",
        **{f"recipients.0.{key}": guest[key] for key in ("start", "end", "text", "name", "country")},
        "recipients.0.sectors": "", "recipients.0.remember": "",
        "event_type": "CONSULT", "status": "happened", "first_day": "2023-03-03", "last_day": "2023-03-05",
        "place.name": "", "speaker.name": shown["values"]["speaker"]["name"], "speaker.entity_id": "",
    }  # fmt: skip
    sent = form(bench, "/review?queue=random&past=0", article="2", event="1", mark=shown["mark"], verdict="correct",
                queue="random", note="a\r\nb", **fields)  # fmt: skip
    assert (sent.status_code, sent.headers["location"]) == (303, "/review?queue=random")
    (review,) = read(directory).reviews
    assert review.changes is not None
    assert review.changes.model_fields_set == {"event_type", "modes", "status", "last_day", "place", "actors"}
    assert review.changes.place is None and review.changes.last_day == date(2023, 3, 5)
    (actor,) = review.changes.actors or ()
    assert (actor.name, actor.country, actor.remember, actor.kind) == (
        "Kingdom of Ruritania",
        "RUR",
        True,
        "organisation",
    )
    assert (actor.start, actor.text) == (was["start"], "Ruritania")
    assert review.note == "a\nb"
    history = bench.get("/api/review/history", params={"article": "2", "event": "1"}).json()
    assert (history["state"], len(history["said"])) == ("corrected", 1)


def test_a_correction_that_changes_nothing_is_an_acceptance(bench: TestClient, directory: Path) -> None:
    assert say(bench, "2", "correct").status_code == 200
    assert [one.verdict for one in read(directory).reviews] == ["accept"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"event_type": "DANCE"}, "no type"),
        ({"event_type": "ASSAULT", "modes": ["meet"]}, "no mode"),
        ({"first_day": "2030-01-01"}, "before first_day"),
        ({"actors": [{"name": "x", "country": "ruritania"}]}, "country"),
        ({"actors": [{"name": "x", "start": 3, "end": 9, "text": "Utopia"}]}, "do not stand"),
        ({"actors": [{"name": "x", "start": 3}]}, "start and end go together"),
        ({}, "nothing is changed"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_bad_corrections_are_refused_and_nothing_is_kept(
    bench: TestClient, directory: Path, changes: dict[str, Any], reason: str
) -> None:
    answered = say(bench, "2", "correct", changes=changes)
    assert answered.status_code in (409, 422) and reason in answered.json()["detail"]
    assert not (directory / NAME).exists()


def test_nobody_judges_what_they_have_not_seen(bench: TestClient) -> None:
    assert say(bench, "2", mark="0" * 16).status_code == 409
    assert say(bench, "9").status_code == 404
    assert bench.get("/review", params={"article": "9", "event": "1"}).status_code == 404


def test_forms_of_other_sites_are_not_taken(bench: TestClient, directory: Path) -> None:
    fields = {"article": "2", "event": "1", "verdict": "accept"}
    for path in (
        "/review",
        "/review/undo",
        "/review/missing",
        "/review/complete",
        "/review/settle",
        "/review/reviewer",
    ):
        assert bench.post(path, data=fields).status_code == 403
        assert bench.post(path, data=fields, headers={"origin": "http://evil.example"}).status_code == 403
    body = {"article": "2", "event": "1", "verdict": "accept", "reviewer": "ana"}
    answered = bench.post("/api/review", json=body, headers={"origin": "http://evil.example"})
    assert answered.status_code == 403
    assert not (directory / NAME).exists()


def test_after_a_form_the_browser_stays_here(bench: TestClient) -> None:
    for away in ("//evil.example", "http://evil.example", "/\\evil.example", "/review?\\", "javascript:1"):
        answered = form(bench, "/review/reviewer", reviewer="ana", then=away)
        assert answered.headers["location"].startswith("/review?queue=")


def test_two_reviewers_are_compared_and_settled(bench: TestClient, directory: Path) -> None:
    say(bench, "2"), say(bench, "3")
    say(bench, "2", by="ben"), say(bench, "3", "correct", by="ben", changes={"status": "negated"})
    page = bench.get("/api/review/compare").json()
    assert page["reviewers"] == {"ana": 2, "ben": 2}
    (dispute,) = page["disputes"]
    assert (dispute["article"], dispute["fields"]) == ("3", ["status"])
    shown = ask(bench, "cleo", queue="disagreement")
    assert shown["question"]["article"] == "3" and len(shown["said"]) == 2
    html = bench.get("/review/compare").text
    assert "This is right" in html and "differs" in html
    ben = next(one for one in dispute["said"] if one["reviewer"] == "ben")
    assert form(bench, "/review/settle", review=ben["id"]).status_code == 303
    assert bench.get("/api/review/compare").json()["disputes"] == []
    assert read(directory).reviews[-1].adjudicates and read(directory).reviews[-1].reviewer == "cleo"
    assert bench.get("/api/review/history", params={"article": "3", "event": "1"}).json()["state"] == "corrected"


def test_a_dispute_can_be_passed_over_without_a_verdict(bench: TestClient, directory: Path) -> None:
    say(bench, "2"), say(bench, "2", "reject", by="ben")
    ask(bench, "ana")
    answered = form(bench, "/review?queue=disagreement", article="2", event="1", verdict="skip", adjudicates="yes")
    assert answered.headers["location"] == "/review?queue=disagreement&past=1"
    assert len(read(directory).reviews) == 2


def test_a_missing_event_is_added_and_a_reviewed_article_marked_complete(bench: TestClient, directory: Path) -> None:
    say(bench, "1")
    body = {"article": "1", "reviewer": "ana"}
    refused = bench.post("/api/review/complete", json=body)
    assert refused.status_code == 409 and "1 of the 2 events" in refused.json()["detail"]
    say(bench, "1", "reject", "2")
    ask(bench)
    sent = form(bench, "/review/missing", article="1", start="56", end="61", event_type="PROTEST", status="future",
                first_day="2023-03-03", last_day="2023-03-03", **{"actors.0.name": "an envoy"})  # fmt: skip
    assert sent.status_code == 303
    assert bench.post("/api/review/complete", json=body).status_code == 200
    lines = read(directory).reviews
    assert [one.verdict for one in lines] == ["accept", "reject", "missing", "complete"]
    assert lines[2].final is not None and lines[2].final.status == "future"
    assert bench.get("/api/review", params={"article": "1", "event": "1"}).json()["question"]["complete"]
    beyond = {**body, "start": 1, "end": 10_000, "changes": {"event_type": "AID"}}
    assert bench.post("/api/review/missing", json=beyond).status_code == 422


def test_reviews_hold_when_the_record_is_coded_anew(bench: TestClient, directory: Path) -> None:
    from tests.web.conftest import ADDRESS, wait_for, write

    say(bench, "2", "correct", changes={"status": "negated"})
    moved = write(directory.with_name("again"), sample("2", id="77"))
    (moved / NAME).write_bytes((directory / NAME).read_bytes())
    with TestClient(create(moved), base_url=ADDRESS) as again:
        wait_for(again)
        found = again.get("/api/review/history", params={"article": "2", "event": "77"}).json()
        assert (found["state"], len(found["said"])) == ("corrected", 1)


def test_names_are_completed_as_of_a_day(bench: TestClient) -> None:
    found = bench.get("/api/review/names", params={"q": "united nat", "day": "2020-01-01"}).json()
    assert any(one["country"] == "UNO" for one in found)
    assert suggestions("x", date(2020, 1, 1)) == []


def test_what_is_said_is_never_markup(bench: TestClient) -> None:
    for number, payload in enumerate(PAYLOADS):
        body = {
            "actors": [{"name": payload, "remember": True}],
            "speaker": {"name": payload},
            "place": {"name": payload},
        }
        who = f"{number}{payload}"[:80].replace("\u202e", "")
        assert say(bench, "2", "correct", by=who, changes=body, note=payload).status_code == 200
    ask(bench, "ana")
    for path in (
        "/review/compare",
        "/review?queue=disagreement",
        "/review?article=2&event=1",
        "/review/history?article=2&event=1",
    ):
        html = bench.get(path).text
        assert "<script>window" not in html and "<img src=x" not in html and "<svg onload" not in html
        assert "autofocus onfocus=window.hit=1 x='" not in html.replace("&#39;", "\u2019")


@pytest.fixture
def broken(serve: Callable[..., TestClient]) -> Iterator[TestClient]:
    bench = serve(sample("2"))
    directory: Path = bench.app.state.workbench.directory  # type: ignore[attr-defined]
    (directory / NAME).write_text('{"schema": "turnstone-reviews/9"}\n', encoding="utf-8")
    yield bench


def test_a_file_of_reviews_that_cannot_be_read_is_told(broken: TestClient) -> None:
    answered = broken.get("/review")
    assert answered.status_code == 409 and "reviews.jsonl:1" in answered.text


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "start", "end", "text", "country", "sectors", "status"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
BODIES = st.fixed_dictionaries(
    {"article": st.sampled_from(["1", "2", ""]) | JSON, "reviewer": st.just("ana") | JSON},
    optional={
        "event": st.sampled_from(["1", "2"]) | JSON,
        "verdict": st.sampled_from(["accept", "reject", "correct", "skip", "undo"]) | JSON,
        "changes": st.dictionaries(
            st.sampled_from(["event_type", "modes", "actors", "place", "speaker", "first_day", "last_day"]), JSON
        )
        | JSON,
        "start": st.integers(-3, 80), "end": st.integers(-3, 80), "note": JSON, "queue": JSON, "review": JSON,
    },
)  # fmt: skip


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["", "/undo", "/missing", "/complete", "/settle"]), BODIES)
def test_whatever_is_sent_the_answer_is_no_failure(bench: TestClient, path: str, body: dict[str, Any]) -> None:
    wanted = {"/undo": ("review", "reviewer"), "/complete": ("article", "reviewer"), "/settle": ("review", "reviewer"),
              "/missing": ("article", "start", "end", "changes", "note", "reviewer")}  # fmt: skip
    sent = {key: value for key, value in body.items() if key in wanted.get(path, tuple(body))}
    assert bench.post(f"/api/review{path}", json=sent).status_code < 500


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from(["queue", "type", "country", "past", "article", "event", "again", "q", "day"]),
        st.sampled_from(["random", "uncertain", "disagreement", "1", "AGREE"]) | st.text(max_size=12),
    )
)
def test_whatever_is_asked_the_answer_is_no_failure(bench: TestClient, asked: dict[str, str]) -> None:
    for path in ("/review", "/api/review", "/review/compare", "/review/history", "/api/review/names"):
        assert bench.get(path, params=asked).status_code < 500


# --- a new coding


def test_reviews_that_lost_their_event_in_a_new_coding_are_listed(bench: TestClient, directory: Path) -> None:
    say(bench, "1", "correct", changes={"status": "negated"})
    say(bench, "2", "accept")
    say(bench, "3", "reject")
    assert "not in this coding" not in bench.get("/review").text
    again = sample("1")
    moved = replace(again.coded.events[0], id="9", trigger=Span(0, 17))
    other = replace(sample("2").coded.events[0], event_type="AID", modes=(), trigger=Span(30, 35))
    with Store(directory, replace(RUN, version="1")) as store:
        for one in (with_events(again, moved), with_events(sample("2"), other), with_events(sample("3"))):
            store.add(one)
    deadline = time.monotonic() + 60
    while not bench.get("/api/review/lost").json().get("lost"):  # the record that was coded anew is being indexed
        assert time.monotonic() < deadline
        time.sleep(0.05)
    page = bench.get("/review").text
    assert "2 reviewed events are not in this coding" in page and 'href="/review/lost"' in page
    found = bench.get("/api/review/lost").json()["lost"]
    assert [(one["article"], one["becomes"]) for one in found] == [
        ("3", "rejected, and not coded any more"), ("2", "holds without being coded"),
    ]  # fmt: skip
    assert "holds without being coded" in bench.get("/review/lost").text
    rows = {(one["article"], one["review"]): one for one in bench.get("/api/events").json()["rows"]}
    assert set(rows) == {("1", "corrected"), ("2", ""), ("2", "added")}
    assert (rows["1", "corrected"]["id"], rows["1", "corrected"]["status"]) == ("9", "negated")


# --- reports of one happening


def test_reports_of_one_happening_that_differ_are_asked_for(bench: TestClient, directory: Path) -> None:
    assert ask(bench, queue="disagreement")["question"] is None
    link(directory, {("1", "1"): "h1", ("2", "1"): "h1", ("3", "1"): "h1", ("1", "2"): "h2"})
    deadline = time.monotonic() + 60
    while (page := ask(bench, queue="disagreement"))["question"] is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert page["fields"] == ["event_type"] and len(page["reports"]) == 2
    asked = []
    while page["question"] is not None:
        asked.append(page["question"]["article"])
        said = say(bench, page["question"]["article"], by="ana", queue="disagreement")
        assert said.status_code == 200
        page = ask(bench, queue="disagreement")
    assert sorted(asked) == ["1", "2", "3"]
    bench.cookies.clear()
    text = bench.get("/review?queue=disagreement", headers={"cookie": cookie(bench, "ben")}).text
    assert "Reports of this happening differ: type." in text and 'name="adjudicates"' not in text


def test_a_happening_whose_reports_agree_after_review_is_not_asked_for(bench: TestClient, directory: Path) -> None:
    link(directory, {("1", "1"): "h1", ("2", "1"): "h1", ("3", "1"): "h1"})
    deadline = time.monotonic() + 60
    while ask(bench, by="ben", queue="disagreement")["question"] is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert say(bench, "3", "correct", changes={"event_type": "AGREE"}).status_code == 200
    assert ask(bench, by="ben", queue="disagreement")["question"] is None
    say(bench, "2", "correct", changes={"first_day": "2023-02-01", "last_day": "2023-02-02"})
    page = ask(bench, by="ben", queue="disagreement")
    assert page["question"] is not None and page["fields"] == ["days"]


def link(directory: Path, links: dict[tuple[str, str], str]) -> None:
    """Says which events are reports of one happening, as `turnstone stories` does."""
    (directory / "stories").mkdir()
    rows = [{"article_id": a, "event_id": e, "happening_id": h} for (a, e), h in links.items()]
    pq.write_table(pa.Table.from_pylist(rows), directory / "stories" / "links.parquet")


def cookie(bench: TestClient, by: str) -> str:
    return f"turnstone_reviewer_{bench.app.state.workbench.settings.port}={by}"  # type: ignore[attr-defined]
