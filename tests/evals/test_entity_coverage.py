"""Gaps and handovers as the report on the entities counts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import entity_coverage as coverage
from turnstone.knowledge.entities import Office, Person, Term, load_entities

OFFICE = Office("rur-president", "President", (), "RUR", ("GOV",), "state")


def term(first: date, until: date | None) -> tuple[Term, Person]:
    held = Term(OFFICE, first, until, False)
    return held, Person("ann-bell", "Ann Bell", ("Anne Béll",), (held,))


def test_gaps_are_half_open() -> None:
    terms = [term(date(1999, 1, 1), date(2001, 1, 1)), term(date(2001, 1, 1), date(2002, 1, 1))]
    day = date(2003, 1, 1)
    assert coverage.gaps(terms, date(2000, 1, 1), day) == [(date(2002, 1, 1), day)]
    assert coverage.gaps([*terms, term(date(2002, 1, 5), None)], date(2000, 1, 1), day) == [
        (date(2002, 1, 1), date(2002, 1, 5))
    ]
    assert coverage.gaps([], date(2000, 1, 1), day) == [(date(2000, 1, 1), day)]


def test_names_are_alike_by_a_part() -> None:
    _, person = term(date(2000, 1, 1), None)
    assert coverage.alike("President Anna BELL", person) and coverage.alike("Bèll", person)
    assert not coverage.alike("Carl Dorn", person)


def test_handovers_are_those_of_who_came_and_of_who_left() -> None:
    entities = load_entities()
    biden = coverage.Listed("United States", "President of the United States", "Joe Biden", 2021, 2025)
    (came, left) = sorted(coverage.handovers(entities, "USA", biden, 2000), key=lambda one: one.first)
    assert (came.before, came.after, came.until, came.first) == (
        "donald-trump", "joe-biden", date(2021, 1, 20), date(2021, 1, 20)
    )  # fmt: skip
    assert (left.before, left.after) == ("joe-biden", "donald-trump")
    assert coverage.handovers(entities, "USA", replace(biden, first=2020, last=None), 2000) == set()
    assert coverage.handovers(entities, "USA", biden, 2022) == {left}
    assert coverage.resolves(entities, came) and coverage.resolves(entities, left)
    assert not coverage.resolves(entities, replace(came, first=date(2021, 1, 19), until=date(2021, 1, 19)))
    assert not coverage.resolves(entities, replace(came, first=date(2021, 1, 22)))
    assert not coverage.resolves(entities, replace(came, before="barack-obama"))


def test_states_are_known_by_the_name_in_brackets() -> None:
    entities = load_entities()
    day = date(2021, 6, 1)
    assert coverage.code_of(entities, "Congo–Kinshasa (Democratic Republic of the Congo)", day) == "COD"
    assert coverage.code_of(entities, "Micronesia (country)", day) == "FSM"
    assert coverage.code_of(entities, "Ruritania", day) == ""


def test_every_member_has_a_head_of_state_and_of_government() -> None:
    entities = load_entities()
    members = coverage.members(entities)
    assert len(members) == 193
    for state in members:
        for kind in ("state", "government"):
            assert coverage.offices(entities, state.code, kind), (state.id, kind)
