"""Who holds an office on the day before a handover, on it and after, in the packaged data."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from turnstone.knowledge.entities import Entities, Person, load_entities

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "handovers.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
BREAKAWAY = {
    "abk": "GEO", "oss": "GEO", "pmr": "MDA", "nct": "CYP", "art": "AZE", "smd": "SOM", "dpr": "UKR", "lpr": "UKR",
    "krm": "UKR",
}  # fmt: skip


@pytest.fixture(scope="module")
def entities() -> Entities:
    return load_entities()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[2]}")
def test_the_right_holder_before_on_and_after(entities: Entities, row: list[str]) -> None:
    office, left, came, before, after = row
    last, first = date.fromisoformat(left) - timedelta(1), date.fromisoformat(came)
    found = [entities.holder(office, day) for day in (last, first, first + timedelta(1))]
    coming = entities.person_of(after)
    assert coming is not None
    # who acted for a single day is not asked for on the next
    single = any(term.until == first + timedelta(1) for term in coming.terms if term.office.id == office)
    expected = [before, after] if single else [before, after, after]
    assert [person.id if person else None for person in found][: len(expected)] == expected
    # and each of them is known for it on those days, and not on the others
    leaving = entities.person_of(before)
    assert leaving is not None
    assert [holds(leaving, office, day) for day in (last, first)] == [True, False]
    assert [holds(coming, office, day) for day in (last, first)] == [False, True]


def holds(person: Person, office: str, day: date) -> bool:
    """Whether somebody is in an office on a day and known by that, or by another one that is held then too."""
    held = {term.office.id for term in person.terms if term.first <= day and (not term.until or day < term.until)}
    return office in held and person.on(day).office in held


def test_no_office_has_two_holders_on_a_day(entities: Entities) -> None:
    terms: dict[str, list[tuple[date, date]]] = {}
    for person in entities.people:
        for term in person.terms:
            terms.setdefault(term.office.id, []).append((term.first, term.until or date.max))
    for office, held in terms.items():
        ordered = sorted(held)
        assert all(one[1] <= other[0] for one, other in pairwise(ordered)), office


def test_offices_of_breakaway_entities_are_the_nominal_sovereigns_with_pre(entities: Entities) -> None:
    for office in entities.offices:
        if office.id[:3] in BREAKAWAY:
            assert (office.country, "PRE" in office.sectors) == (BREAKAWAY[office.id[:3]], True), office.id
    assert {office.id[:3] for office in entities.offices} >= BREAKAWAY.keys()


def test_a_breakaway_president_is_not_the_sovereigns(entities: Entities) -> None:
    for country in ("GEO", "MDA", "CYP", "AZE", "SOM", "UKR", "SRB", "BIH"):
        office = entities.office(country, "president")
        assert office is None or "PRE" not in office.sectors, country
    georgia = entities.office("GEO", "president")
    assert georgia is not None and georgia.id == "geo-president"


def test_the_crown_is_british_first(entities: Entities) -> None:
    for name, day in (("Elizabeth II", date(2010, 1, 1)), ("Charles III", date(2023, 5, 6))):
        person = entities.person(name, day)
        assert person is not None and person.on(day).country == "GBR"
    macron = entities.person("Emmanuel Macron", date(2020, 1, 1))
    assert macron is not None and macron.on(date(2020, 1, 1)).country == "FRA"


def test_people_without_an_office(entities: Entities) -> None:
    navalny = entities.person("Navalny", date(2021, 1, 17))
    assert navalny is not None
    assert navalny.on(date(2021, 1, 17)).sectors == ("OPP",)
    assert navalny.on(date(2021, 1, 17)).office == ""
    after = navalny.on(date(2025, 1, 1))
    assert (after.country, after.sectors) == ("RUS", ())
    assert after.basis == "was opposition leader until 2024-02-16"
    suu_kyi = entities.person("Aung San Suu Kyi", date(2018, 1, 1))
    assert suu_kyi is not None and suu_kyi.on(date(2018, 1, 1)).office != ""
