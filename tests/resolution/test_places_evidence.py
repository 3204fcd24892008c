"""What the names of places in a report tell of where it is."""

from __future__ import annotations

import pytest

from turnstone.knowledge.gazetteer import Feature, PlaceEntry
from turnstone.resolution.places_evidence import NAMED_COUNTRY, Evidence, gather


def place(feature: Feature, admin1: str, country: str = "RUR", population: int = 0) -> PlaceEntry:
    return PlaceEntry(1, "Strelsau", "Strelsau", feature, country, admin1, 1.0, 2.0, population)


PROVINCE = place("admin1", "Strelsau")
TOLD = {("RUR", "Strelsau"): {"Strelsau"}}


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (place("capital", "Zenda", population=500_000), {}),  # "Washington"
        (place("capital", "Strelsau", population=500_000), TOLD),
        (place("capital", "Zenda", "GRA", 500_000), TOLD),  # of another state
        (place("city", "Zenda", population=500_000), TOLD),
        (place("country", "", "GRA", 500_000), {}),
    ],
)
def test_the_name_of_a_capital_that_lies_elsewhere_tells_no_province(
    first: PlaceEntry, told: dict[tuple[str, str], set[str]]
) -> None:
    evidence = Evidence({"RUR": NAMED_COUNTRY})
    gather({"Strelsau": (first, PROVINCE)}, {}, evidence)
    assert evidence.provinces == told


def test_what_is_said_to_be_the_province_tells_it_whatever_the_capital() -> None:
    evidence = Evidence({"RUR": NAMED_COUNTRY})
    gather({"Strelsau": (place("capital", "Zenda", population=500_000), PROVINCE)}, {"Strelsau": PROVINCE}, evidence)
    assert evidence.provinces == TOLD
