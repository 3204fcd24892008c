from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from tests.store.samples import article, record
from tests.web.hostile_record import PAYLOADS, hostile
from turnstone.knowledge.codebook import load_codebook
from turnstone.records import Participant, Record
from turnstone.web.index.followed import matching

RURITANIA = Participant(0, 9, "Ruritania", "ruritania", "RUR", ("GOV",))
GRAUSTARK = Participant(18, 27, "Graustark", "", "GRA")


def told(
    key: str,
    kind: str,
    day: int,
    status: str = "happened",
    actors: tuple[Participant, ...] = (RURITANIA,),
    recipients: tuple[Participant, ...] = (GRAUSTARK,),
) -> Record:
    """A report of a day in March with one event of that day."""
    book = load_codebook().types[kind]
    made = record(article(key, day=day))
    event = replace(
        made.coded.events[0], event_type=kind, modes=(), quad=book.quad, score=book.score, status=status, actors=actors,
        recipients=recipients, first_day=date(2023, 3, day), last_day=date(2023, 3, day),
    )  # fmt: skip
    return replace(made, coded=replace(made.coded, events=(event,)))


@pytest.fixture
def quarrel(serve: Callable[..., TestClient]) -> TestClient:
    """A threat that is carried out after four days, a meeting without recipients, an answer, and who watches."""
    return serve(
        told("a", "THREATEN", 2),
        told("b", "ASSAULT", 6),
        told("c", "CONSULT", 8, actors=(RURITANIA, GRAUSTARK), recipients=()),
        told("d", "ACCUSE", 9, actors=(GRAUSTARK,), recipients=(RURITANIA,)),
        told("e", "ACCUSE", 10, actors=(replace(GRAUSTARK, name="Axphain", country="AXP"),), recipients=(RURITANIA,)),
        told("f", "THREATEN", 28, actors=(GRAUSTARK,), recipients=(RURITANIA,)),
    )


def pair(client: TestClient, **more: object) -> dict:  # type: ignore[type-arg]
    answer = client.get("/api/two-actors", params={"a": "RUR", "b": "GRA", **more})
    assert answer.status_code == 200, answer.text
    found: dict = answer.json()  # type: ignore[type-arg]
    return found


def test_each_side_has_its_events_and_meetings_belong_to_both(quarrel: TestClient) -> None:
    found = pair(quarrel)
    assert found["events"] == {"ab": 2, "ba": 2, "both": 1}
    sides = {one["first"]: one["sides"] for one in found["bins"]}
    assert sides["2023-03-06"]["ab"] == {"counts": [0, 0, 0, 0, 1], "score": -9.0}
    assert sides["2023-03-08"]["both"]["counts"] == [0, 1, 0, 0, 0]
    assert sides["2023-03-03"] is None


def test_one_actor_alone_is_seen_against_all_others(quarrel: TestClient) -> None:
    assert pair(quarrel, b="")["events"] == {"ab": 3, "ba": 3, "both": 0}


def test_the_other_way_round_the_sides_change_places(quarrel: TestClient) -> None:
    turned = quarrel.get("/api/two-actors", params={"a": "Graustark", "b": "name:Ruritania"}).json()
    assert turned["events"] == {"ab": 2, "ba": 2, "both": 1}
    assert (turned["a"]["kind"], turned["b"]["kind"]) == ("name", "name")


def test_a_meeting_is_listed_with_the_number_of_its_reports(serve: Callable[..., TestClient]) -> None:
    both = (RURITANIA, GRAUSTARK)
    client = serve(
        told("a", "CONSULT", 8, actors=both, recipients=()),
        told("b", "CONSULT", 8, actors=both, recipients=()),
        told("c", "CONSULT", 20, "future", actors=both, recipients=()),
        record(article("d", day=1)),
    )
    found = pair(client)
    assert [(one["first_day"], one["reports"]) for one in found["past"]] == [("2023-03-08", 2)]
    assert [one["first_day"] for one in found["coming"]] == ["2023-03-20", "2023-03-03"]


def test_what_is_said_of_the_other_is_on_the_word_of_the_speaker(quarrel: TestClient) -> None:
    mine, theirs = pair(quarrel)["said"]
    assert (mine["speaker"], mine["about"], mine["events"]) == ("RUR", "GRA", 5)
    assert theirs["events"] == 0


def test_a_threat_is_followed_within_the_days_asked_for_and_by_the_same_side_only(quarrel: TestClient) -> None:
    found = pair(quarrel, within=30)
    newest = {one["row"]["article"]: one for one in found["newest"]}
    assert [one["article"] for one in newest["a"]["first"]] == ["b"]
    assert (newest["f"]["followed"], newest["f"]["open"]) == (0, True)
    assert found["tallies"] == []  # no threat's 30 days are over


def test_only_promises_whose_days_are_over_are_counted_beside_what_is_usual(serve: Callable[..., TestClient]) -> None:
    late = record(article("z", "Nothing much went on in Strelsau.", day=28))
    late = replace(late, article=replace(late.article, published=date(2023, 6, 1)))
    client = serve(told("a", "THREATEN", 2), told("b", "ASSAULT", 6), late)
    (tally,) = pair(client, within=30)["tallies"]
    assert (tally["kind"], tally["promises"], tally["followed"]) == ("THREATEN", 1, 1)
    assert 0 < tally["usual"] < 0.2


def test_the_rule_of_what_matches_comes_from_the_codebook() -> None:
    rule = matching(load_codebook())
    assert "CONSULT" in rule["AGREE"] and "AGREE" not in rule["AGREE"]
    assert "ASSAULT" in rule["THREATEN"] and "AID" not in rule["THREATEN"]
    assert rule["SANCTION"] == ("SANCTION",)


def test_the_events_of_a_side_can_be_opened_for_some_days(quarrel: TestClient) -> None:
    asked = {"a": "RUR", "b": "GRA", "side": "ab", "from": "2023-03-05", "to": "2023-03-07"}
    found = quarrel.get("/api/two-actors/events", params=asked).json()
    assert (found["events"], [row["article"] for row in found["rows"]]) == (1, ["b"])
    assert "ASSAULT" in quarrel.get("/two-actors/events", params=asked).text


@pytest.mark.parametrize(
    ("asked", "status", "why"),
    [
        ({"a": "RUR", "b": "rur"}, 422, "both sides"),
        ({"a": "Nobody Known"}, 404, "no actor or recipient"),
        ({"b": "RUR"}, 422, "first"),
        ({"a": "name: "}, 422, "names nobody"),
        ({"a": "RUR", "within": 7}, 422, "within"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(
    quarrel: TestClient, asked: dict[str, object], status: int, why: str
) -> None:
    answer = quarrel.get("/api/two-actors", params=asked)
    assert (answer.status_code, why in answer.json()["detail"]) == (status, True), answer.json()


def test_names_are_completed_from_the_record(quarrel: TestClient) -> None:
    found = quarrel.get("/api/actors", params={"q": "gra"}).json()
    assert {(one["value"], one["title"]) for one in found} == {("GRA", "GRA"), ("Graustark", "Graustark")}


def test_without_an_actor_the_commonest_pairs_are_offered(quarrel: TestClient) -> None:
    assert quarrel.get("/api/two-actors").json()["pairs"][0] == ["GRA", "RUR", 4]
    assert 'href="/two-actors?a=GRA&amp;b=RUR"' in quarrel.get("/two-actors").text


def test_hostile_names_are_shown_and_are_no_markup(serve: Callable[..., TestClient]) -> None:
    client = serve(*hostile())
    for payload in PAYLOADS:
        page = client.get("/two-actors", params={"a": f"name:{payload}"})
        assert page.status_code == 200
        assert "<" not in payload or payload not in page.text
