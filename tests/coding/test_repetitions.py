"""One happening that an article tells again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from turnstone.coding.repetitions import without_repetitions
from turnstone.day_basis import likely
from turnstone.records import Event, Participant, Span

TEXT = "Rebels struck the port and the town. Strikes on the port go on, strikes at sea too."
REBELS, PORT, TOWN, SHIPS = (Participant(0, 1, name, name) for name in ("rebels", "port", "town", "ships"))


def event(word: str, **values: object) -> Event:
    start = TEXT.index(word)
    made = Event(
        id=f"a:{start}", event_type="ASSAULT", modes=(), contexts=(), quad=4, score=-9.0, actors=(REBELS,),
        recipients=(PORT, TOWN), status="happened", first_day=date(2021, 5, 3), last_day=date(2021, 5, 3),
        granularity="day", date_basis="Monday", place=None, attribution=-1, trigger=Span(start, start + len(word)),
        evidence=Span(0, len(TEXT)), confidence=0.6,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


def told(*events: Event) -> list[list[str]]:
    """Whom those that are left are done to."""
    return [[p.name for p in one.recipients] for one in without_repetitions(events, (), TEXT)]


SURE: dict[str, object] = {"recipients": (PORT,), "confidence": 0.9}


def test_an_attack_told_again_by_the_same_word_may_leave_out_some_of_whom_it_struck() -> None:
    assert told(event("Strikes"), event("strikes", **SURE)) == [["port", "town"]]
    assert told(event("Strikes", **SURE), event("strikes")) == [["port", "town"]]
    assert told(event("Strikes", actors=(REBELS, SHIPS)), event("strikes")) == [["port", "town"]]


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("struck", SURE),
        ("strikes", SURE | {"first_day": date(2021, 5, 2), "last_day": date(2021, 5, 2)}),
        ("strikes", SURE | {"recipients": (PORT, SHIPS)}),
        ("strikes", SURE | {"status": "future"}),
    ],
)
def test_another_word_day_or_target_is_another_attack(word: str, values: dict[str, object]) -> None:
    assert len(told(event("Strikes"), event(word, **values))) == 2


def test_what_is_no_attack_is_told_again_only_with_the_same_participants() -> None:
    talks: dict[str, object] = {"event_type": "CONSULT", "quad": 1}
    assert len(told(event("Strikes", **talks), event("strikes", **(SURE | talks)))) == 2
    assert len(told(event("Strikes", **talks), event("strikes", **talks))) == 1


def test_a_telling_that_leaves_out_a_side_takes_it_from_the_other() -> None:
    assert told(event("Strikes"), event("struck", recipients=(), confidence=0.9)) == [["port", "town"]]


@pytest.mark.parametrize(("bases", "kept"), [
    (("the article's day", "likely"), "likely"), (("likely", "Monday"), "Monday"), (("Monday", "likely"), "Monday"),
    (("likely", "likely"), "likely"),
])  # fmt: skip
def test_two_tellings_are_one_whose_day_is_the_best_told(bases: tuple[str, str], kept: str) -> None:
    days = {"the article's day": date(2021, 5, 5), "likely": date(2021, 5, 2), "Monday": date(2021, 5, 3)}
    basis = {"likely": likely("Sunday", "on Sunday", False)}
    one, other = (
        event(word, first_day=days[told], last_day=days[told], date_basis=basis.get(told, told))
        for word, told in zip(("Strikes", "strikes"), bases, strict=True)
    )
    (left,) = without_repetitions([one, replace(other, confidence=0.9)], (), TEXT)
    assert (left.first_day, left.date_basis) == (days[kept], basis.get(kept, kept))
