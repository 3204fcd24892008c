"""Gaps and handovers as the report on the entities counts them."""

from __future__ import annotations

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


def test_a_handover_passes_over_those_who_came_and_left_between() -> None:
    def row(name: str, first: int | None, last: int | None) -> coverage.Listed:
        return coverage.Listed("Ruritania", "President", name, first, last)

    first, acting, second = row("Ann Bell", 2018, 2022), row("Carl Dorn", 2022, 2022), row("Eve Frost", 2022, None)
    assert coverage.handovers([first, second]) == [(first, second)]
    assert coverage.handovers([first, acting, second]) == [(first, acting), (acting, second)]


def test_every_member_has_a_head_of_state_and_of_government() -> None:
    entities = load_entities()
    members = coverage.members(entities)
    assert len(members) == 193
    for state in members:
        for kind in ("state", "government"):
            assert coverage.offices(entities, state.code, kind), (state.id, kind)
