from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from tests.store.samples import article, record
from tests.web.conftest import wait_for, write
from turnstone.web import recipes
from turnstone.web.filters import Filter


def test_an_empty_folder_is_met_with_how_to_begin(serve: Callable[..., TestClient]) -> None:
    client = serve()
    page = client.get("/")
    assert page.status_code == 404
    assert "turnstone code FOLDER -o" in page.text and 'action="/code"' in page.text
    assert client.get("/api/events").json()["detail"].startswith("there is no record")


def test_the_overview_counts_what_is_in_the_record(client: TestClient) -> None:
    found = client.get("/api/overview").json()
    assert (found["events"], found["articles"]) == (3, 4)
    assert (found["first"], found["last"]) == ("2023-03-01", "2023-03-10")
    assert found["quads"] == {"0": 0, "1": 3, "2": 0, "3": 0, "4": 0}
    assert found["dyads"] == [{"actor_country": "RUR", "recipient_country": "GRA", "events": 3}]
    assert [(one["name"], one["events"]) for one in found["places"]] == [("Strelsau", 3)]
    assert [(one["name"], one["events"]) for one in found["sources"]] == [("RNA", 3)]


def test_days_without_an_article_are_no_zeros(client: TestClient) -> None:
    bins = client.get("/api/overview").json()["bins"]
    counts = {one["first"]: one["counts"] for one in bins}
    assert counts["2023-03-01"] == [0, 0, 0, 0, 0]
    assert counts["2023-03-03"] == [0, 3, 0, 0, 0]
    assert counts["2023-03-05"] is None
    assert "no reports" in client.get("/").text


def test_happenings_are_offered_only_where_somebody_has_looked_for_them(client: TestClient) -> None:
    assert client.get("/api/overview").json()["happenings"] is None
    assert "turnstone stories" in client.get("/").text


def test_reports_of_one_happening_are_counted_once_when_asked(tmp_path: Path, serve: Callable[..., TestClient]) -> None:
    client = serve(*(record(article(key, day=day)) for key, day in (("a", 1), ("b", 2), ("c", 10))))
    folder = client.app.state.workbench.directory  # type: ignore[attr-defined]
    (folder / "stories").mkdir()
    duckdb.sql(
        "select * from (values ('b', '1', 'x'), ('a', '1', 'x'), ('c', '1', 'y')) t(article_id, event_id, happening_id)"
    ).write_parquet(str(folder / "stories" / "links.parquet"))
    while client.get("/api/overview").json()["happenings"] is None:
        pass
    found = client.get("/api/overview", params={"unit": "happenings"}).json()
    assert (found["events"], found["reports"], found["happenings"]) == (2, 3, 2)
    rows = client.get("/api/events", params={"unit": "happenings"}).json()["rows"]
    assert [row["article"] for row in rows] == ["c", "a"]
    others = client.get("/api/event", params={"article": "a", "id": "1"}).json()["others"]
    assert [row["article"] for row in others] == ["b"]


def test_events_come_from_the_newest_report_with_counts_for_every_filter(client: TestClient) -> None:
    found = client.get("/api/events").json()
    assert [row["article"] for row in found["rows"]] == ["c", "b", "a"]
    facets = {one["name"]: {v["value"]: v["events"] for v in one["values"]} for one in found["facets"]}
    assert facets == {
        "type": {"AGREE": 3}, "status": {"future": 3}, "actor_country": {"RUR": 3}, "actor": {"Ruritania": 3},
        "recipient_country": {"GRA": 3}, "recipient": {"Graustark": 3}, "place_country": {"RUR": 3},
        "source": {"RNA": 3}, "confidence": {"70 to 90": 3}, "review": {},
    }  # fmt: skip


def test_a_row_has_who_what_whom_where_and_its_words(client: TestClient) -> None:
    row = client.get("/api/events").json()["rows"][0]
    start, end = row["trigger"]
    assert row["evidence"][start:end] == "invited"
    assert row["actors"] == [{"name": "Ruritania", "country": "RUR"}]
    assert row["recipients"] == [{"name": "Graustark", "country": "GRA"}]
    assert (row["type"], row["modes"], row["place"], row["source"]) == ("AGREE", ["meet"], "Strelsau", "RNA")


@pytest.mark.parametrize(
    ("asked", "articles"),
    [
        ({"q": "envoy"}, "cba"), ({"q": "inviting"}, "cba"), ({"q": '"talks in Strelsau"'}, "cba"),
        ({"q": "-envoy"}, "cba"),
        ({"q": "talks -envoy"}, ""), ({"q": '"in talks"'}, ""), ({"q": "tal*"}, "cba"), ({"q": '" OR ( NEAR'}, ""),
        ({"q": "evidence:talks"}, ""), ({"q": "''--;"}, "cba"), ({"type": "AGREE"}, "cba"), ({"type": "ASSAULT"}, ""),
        ({"type": ["ASSAULT", "AGREE"]}, "cba"), ({"from": "2023-03-04"}, ""), ({"to": "2023-03-03"}, "cba"),
        ({"actor": "Ruritania"}, "cba"), ({"recipient": "Ruritania"}, ""), ({"actor_country": "GRA"}, ""),
        ({"recipient_country": "GRA", "actor": "Ruritania"}, "cba"), ({"actor": "-"}, ""), ({"source": "RNA"}, "cba"),
        ({"confidence": "70 to 90"}, "cba"), ({"confidence": "over 90"}, ""), ({"place": "Strelsau"}, "cba"),
        ({"place": "-"}, ""), ({"quad": 1}, "cba"), ({"quad": 4}, ""), ({"from": "", "to": "", "type": ""}, "cba"),
    ],
)  # fmt: skip
def test_a_filter_leaves_what_it_says(client: TestClient, asked: dict[str, object], articles: str) -> None:
    found = client.get("/api/events", params=asked).json()  # type: ignore[arg-type]
    assert "".join(row["article"] for row in found["rows"]) == articles
    assert found["events"] == len(articles)


@pytest.mark.parametrize("asked", ["from=2023-02-30", "unit=days", "quad=9", "confidence=most", "size=0", "before=-1"])
def test_what_cannot_be_asked_is_refused_with_a_reason(client: TestClient, asked: str) -> None:
    answer = client.get(f"/api/events?{asked}")
    assert answer.status_code == 422
    assert asked.partition("=")[0] in answer.json()["detail"]
    assert client.get(f"/events?{asked}").status_code == 422


def test_pages_of_a_list_meet_without_gap_or_double(client: TestClient) -> None:
    seen, before = [], None
    while True:
        asked = {"size": 1} | ({"before": before} if before is not None else {})
        found = client.get("/api/events", params=asked).json()
        seen += [row["article"] for row in found["rows"]]
        before = found["before"]
        if before is None:
            break
    assert seen == ["c", "b", "a"]
    back = client.get("/api/events", params={"size": 2, "after": found["after"]}).json()
    assert [row["article"] for row in back["rows"]] == ["c", "b"]


def test_a_search_marks_its_hits_in_every_form_of_the_word(client: TestClient) -> None:
    row = client.get("/api/events", params={"q": "inviting talk"}).json()["rows"][0]
    assert [row["evidence"][start:end] for start, end in row["hits"]] == ["invited", "talks"]
    assert 'class="trigger hit"' in client.get("/events?q=inviting").text


def test_exports_hold_exactly_what_the_filter_leaves(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/events.csv?to=2023-03-03&q=b").text)))
    assert [(row["article_id"], row["actors"], row["event_type"]) for row in rows] == [("b", "Ruritania", "AGREE")]
    lines = client.get("/events.jsonl").text.splitlines()
    assert [json.loads(line)["article"] for line in lines] == ["c", "b", "a"]
    assert client.get("/events.csv?type=ASSAULT").text.count("\n") == 1


def test_no_cell_of_an_export_is_a_formula(serve: Callable[..., TestClient]) -> None:
    client = serve(record(article("=1+1", title="@SUM(A1)")))
    (row,) = csv.DictReader(io.StringIO(client.get("/events.csv").text))
    assert (row["article_id"], row["title"]) == ("'=1+1", "'@SUM(A1)")


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(type=("AGREE",), status=("future",), actor=("Ruritania", "-"), recipient_country=("GRA",)),
        Filter.model_validate(
            {"from": "2023-03-01", "to": "2023-03-03", "confidence": ["70 to 90"], "source": ["RNA"]}
        ),
        Filter(q="envoy b", place=("Strelsau",), quad=(1,)),
        Filter(source=("O'Neill's",), place=("-",)),
    ],
)
def test_the_query_to_copy_gives_the_same_events(client: TestClient, tiny: Path, wanted: Filter) -> None:
    found = duckdb.sql(recipes.sql(tiny, wanted, tiny)).fetchall()
    shown = client.get(f"/api/events{wanted.query()}").json()
    assert len(found) == shown["events"]


def test_an_event_says_what_was_read_from_which_words(client: TestClient) -> None:
    found = client.get("/api/event", params={"article": "b", "id": "1"}).json()
    text, event = found["article"]["text"], found["event"]
    assert text[event["trigger"]["start"] : event["trigger"]["end"]] == "invited"
    assert found["word"] == "an envoy (RUR GOV), via RNA"
    page = client.get("/event", params={"article": "b", "id": "1"}).text
    for mark, words in (("who", "Ruritania"), ("whom", "Graustark"), ("when", "Friday"), ("where", "Strelsau")):
        assert any(f'class="{marks}">{words}<' in page for marks in (mark, f"{mark} content")), mark


def test_an_article_is_shown_whole_with_the_chosen_event_marked(client: TestClient) -> None:
    plain = client.get("/article", params={"id": "b"}).text
    assert "who content" not in plain and "any-content" in plain
    chosen = client.get("/article", params={"id": "b", "event": "1"}).text
    assert 'aria-current="true" id="chosen">invited</a>' in chosen


@pytest.mark.parametrize(
    "path", ["/article?id=nope", "/event?article=a&id=nope", "/event?article=nope&id=1", "/article?id=a&event=nope"]
)
def test_what_the_record_lacks_is_not_found(client: TestClient, path: str) -> None:
    for prefix in ("", "/api"):
        assert client.get(prefix + path).status_code == 404


def test_a_page_is_data_under_api_and_for_those_who_accept_json_only(client: TestClient) -> None:
    assert client.get("/events", headers={"accept": "application/json"}).json() == client.get("/api/events").json()
    assert client.get("/events", headers={"accept": "text/html,application/json"}).text.startswith("<!doctype html>")


def test_the_description_of_the_interface_names_every_address(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/overview", "/api/events", "/api/event", "/api/event/why", "/api/article", "/api/code"} <= set(paths)
    page = client.get("/api").text
    assert all(path in page for path in paths)


def test_a_record_that_grows_is_shown_anew(serve: Callable[..., TestClient]) -> None:
    client = serve(record(article("a")))
    write(client.app.state.workbench.directory, record(article("b", day=2)))  # type: ignore[attr-defined]
    while client.get("/api/overview").json()["events"] == 1:
        pass
    wait_for(client)
    assert client.get("/api/article", params={"id": "b"}).status_code == 200
    folders = [path.name for path in (client.app.state.workbench.directory / ".workbench").iterdir()]  # type: ignore[attr-defined]
    assert len(folders) == 1
