"""Which of the places of one name is most likely meant, of places that are none on any map."""

from __future__ import annotations

import pytest

from turnstone.knowledge.gazetteer import Feature, PlaceEntry
from turnstone.resolution.places_evidence import NAMED_COUNTRY, Evidence
from turnstone.resolution.places_likeliest import AREA_AROUND_ITS_TOWN, likeliest, prior


def place(
    name: str, country: str, feature: Feature = "city", population: int = 0, names: int = 1, latitude: float = 0.0
) -> PlaceEntry:
    return PlaceEntry(1, name, name, feature, country, "", latitude, 0.0, population, names)


def meant(*candidates: PlaceEntry, spoken_of: str = "") -> str:
    """The country of the place that "Zenda" most likely is."""
    evidence = Evidence({spoken_of: NAMED_COUNTRY} if spoken_of else {})
    found = likeliest("Zenda", candidates, evidence)
    return found.country if found else ""


CITY = place("Zenda", "RUR", population=100_000, latitude=40.0)
AREA = place("Zendaland", "GRA", "admin1")


def test_an_area_that_is_called_so_among_other_things_gives_way_to_a_city_that_is_called_so() -> None:
    assert meant(CITY, AREA) == "RUR"
    assert meant(CITY, AREA, spoken_of="GRA") == "GRA"


@pytest.mark.parametrize(
    ("city", "area"),
    [
        (CITY, place("Zenda", "GRA", "admin1")),  # its own name
        (place("Zenda", "RUR", population=99_999), AREA),  # a town
        (place("Strelsau", "RUR", population=100_000), AREA),  # neither is called so
        (place("Zenda", "RUR", "admin2", population=100_000), AREA),
    ],
)
def test_else_the_area_is_meant(city: PlaceEntry, area: PlaceEntry) -> None:
    assert meant(city, area) == "GRA"


def test_without_a_name_an_area_does_not_give_way() -> None:
    assert prior(AREA, (CITY, AREA), "Zenda") == AREA_AROUND_ITS_TOWN < prior(AREA, (CITY, AREA))


@pytest.mark.parametrize(
    ("own", "other", "country"),
    [
        (5, 5, "RUR"),  # as widely known
        (6, 5, "RUR"),
        (4, 5, "GRA"),
    ],
)
def test_a_larger_place_that_is_called_so_among_other_things_gives_way_to_one_as_widely_known(
    own: int, other: int, country: str
) -> None:
    town = place("Zenda", "RUR", population=50_000, names=own, latitude=40.0)
    city = place("Strelsau", "GRA", population=500_000, names=other)
    assert meant(town, city) == country


def test_a_much_larger_place_does_not_give_way() -> None:
    town = place("Zenda", "RUR", population=50_000, names=9, latitude=40.0)
    assert meant(town, place("Strelsau", "GRA", population=5_000_000)) == "GRA"
