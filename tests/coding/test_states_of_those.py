"""The states of those who take part in events, as places."""

from __future__ import annotations

from dataclasses import replace

from tests.coding.test_likely_place_words import ARREST, MAYOR, POLICE, RURITANIA, SHOT, ZENDA
from turnstone.coding.states_of_those import states_of_those
from turnstone.records import Place


def state(start: int, end: int, country: str) -> Place | None:
    known = {"RUR": "Ruritania", "GRA": "Graustark"}
    return Place(start, end, known[country], country, None, 1.0, 2.0, "country") if country in known else None


def test_each_state_is_told_by_those_who_are_of_it() -> None:
    found = states_of_those((SHOT, ARREST), (ZENDA,), state)
    assert [(p.name, p.start, p.end) for p in found] == [
        ("Ruritania", MAYOR.start, MAYOR.end),
        ("Ruritania", POLICE.start, POLICE.end),
    ]


def test_those_whom_two_events_share_tell_it_once() -> None:
    assert len(states_of_those((ARREST, replace(SHOT, recipients=(POLICE,))), (), state)) == 1


def test_a_state_that_is_named_is_no_other_place() -> None:
    assert states_of_those((SHOT, ARREST), (RURITANIA,), state) == []
    both = (replace(SHOT, recipients=(replace(MAYOR, country="GRA"),)), ARREST)
    assert [p.name for p in states_of_those(both, (RURITANIA,), state)] == ["Graustark"]


def test_what_is_no_state_on_the_map_tells_none() -> None:
    none = replace(ARREST, actors=(replace(POLICE, country="UNO"), replace(POLICE, country="")))
    assert states_of_those((none,), (), state) == []
