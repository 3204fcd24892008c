from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from tests.store.samples import article, record
from turnstone.records import Participant
from turnstone.web.office_terms import HeldTerm, gaps, offices_of


@pytest.fixture
def unknown(serve: Callable[..., TestClient]) -> TestClient:
    """Two reports of an actor whom nobody knows."""
    made = []
    for key in "ab":
        text = "In Ruritania Rudolf Rassendyll invited Graustark to talks in Strelsau on Friday, an envoy said."
        one = record(article(key, text, day=3))
        start = text.index("Rudolf")
        who = Participant(start, start + len("Rudolf Rassendyll"), "Rudolf Rassendyll", "", "RUR", ("GOV",))
        made.append(replace(one, coded=replace(one.coded, events=(replace(one.coded.events[0], actors=(who,)),))))
    return serve(*made)


def test_names_without_an_entity_are_listed_merged_and_taken_back(
    unknown: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline = time.monotonic() + 600
    while (found := unknown.get("/api/entities").json())["state"] == "working":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    names = {one["name"]: one for one in found["names"]}
    assert found["state"] == "done"
    assert (names["Rudolf Rassendyll"]["mentions"], names["Rudolf Rassendyll"]["articles"]) == (2, 2)
    assert "Rassendyll" in names["Rudolf Rassendyll"]["examples"][0]["text"]
    given = {"name": "Rudolf Rassendyll", "kind": "person", "sectors": "gov"}
    merged = unknown.post("/api/entities/merge", json=given)
    assert merged.json()["merged"]["sectors"] == ["GOV"]
    assert "--entities" in merged.json()["command"]
    shown = {one["name"]: one for one in unknown.get("/api/entities").json()["names"]}
    assert shown["Rudolf Rassendyll"]["merged"] == "Rudolf Rassendyll"
    assert "Take back" in unknown.get("/entities").text
    assert unknown.post("/api/entities/take-back", json={"name": "Rudolf Rassendyll"}).json() == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"name": "Rassendyll"}, "one of the two"),
        ({"name": "Rassendyll", "entity": "Angela Merkel", "kind": "person"}, "one of the two"),
        ({"name": "Rassendyll", "entity": "nobody at all"}, "nobody the data has"),
        ({"name": "Rassendyll", "kind": "person", "country": "XQZ"}, "no state has the code"),
        ({"name": "Rassendyll", "kind": "person", "sectors": "KING"}, "no sector"),
        ({"name": "Germany", "entity": "Angela Merkel"}, "means two things"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_the_reason(client: TestClient, given: dict[str, str], why: str) -> None:
    answer = client.post("/api/entities/merge", json=given)
    assert (answer.status_code, why in answer.json()["detail"]) == (422, True), answer.text


def test_a_merge_from_another_visit_is_refused(client: TestClient) -> None:
    assert client.post("/entities/merge", data={"name": "X", "entity": "Angela Merkel"}).status_code == 403


def test_offices_show_holders_sources_and_gaps(client: TestClient) -> None:
    page = client.get("/api/offices", params={"country": "deu"}).json()
    chancellor = next(one for one in page["offices"] if one["title"] == "Chancellor")
    merkel = next(one for one in chancellor["terms"] if one["name"] == "Angela Merkel")
    assert (merkel["first"], merkel["until"]) == ("2005-11-22", "2021-12-08")
    assert merkel["source"]
    assert client.get("/offices?country=DEU").text.count("<svg") == len(page["offices"])
    assert client.get("/api/offices", params={"country": "???"}).status_code == 404


def test_days_between_holders_and_after_the_last_are_gaps() -> None:
    def term(first: str, until: str | None) -> HeldTerm:
        return HeldTerm(
            name="x", person="x", first=dt.date.fromisoformat(first),
            until=dt.date.fromisoformat(until) if until else None, approximate=False, source="",
        )  # fmt: skip

    found = gaps([term("2001-01-01", "2002-01-01"), term("2001-06-01", "2003-01-01"), term("2004-01-01", "2005-01-01")],
                 dt.date(2006, 1, 1))  # fmt: skip
    assert [(str(one.first), str(one.until)) for one in found] == [
        ("2003-01-01", "2004-01-01"), ("2005-01-01", "2006-01-01"),
    ]  # fmt: skip
    assert gaps([term("2001-01-01", None)], dt.date(2006, 1, 1)) == []


def test_heads_of_state_come_first() -> None:
    assert offices_of("RUS", dt.date(2026, 1, 1))[0].role == "state"
