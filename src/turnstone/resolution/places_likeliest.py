"""Which of the places of one name is most likely meant."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from turnstone.knowledge.gazetteer import PlaceEntry
from turnstone.resolution.places_evidence import NAMED_COUNTRY, TOWNS, Evidence, apart

# in powers of ten of the population, as all evidence
_CAPITAL = 0.7
_OTHER_NAME = -0.4
_OTHER_NAME_OF_LESS = -1.5  # where a place more widely known is called so: "Bethlehem" is not Belém
_PROVINCE = 6.5
_DISTRICT = 5.5
AREA_AROUND_ITS_TOWN = 3.5
_ENOUGH = 4.0
_ENOUGH_ELSEWHERE = 5.0
# GeoNames keeps towns of unknown population where they are the seat of something
_UNCOUNTED = 1_000

# a town so small is not meant instead of a city so much larger by its country alone: "talks in Geneva"
_SMALL_TOWN = 50_000
_WORLD_CITY = 100_000
_LARGER = 5
WITHIN_KM = 250.0
_TOWN_OF_AREA = 20_000

# where news writes the state after the town, so that the state alone is as well known as its largest cities
STATES = frozenset(("USA", "CAN", "AUS", "GBR"))
DIVISIONS = frozenset(("admin1", "admin2"))


def likeliest(
    surface: str, candidates: tuple[PlaceEntry, ...], evidence: Evidence, enough: float = _ENOUGH
) -> PlaceEntry | None:
    """The candidate with the most evidence, if it is enough. Without a surface all bear the name alike."""
    best: tuple[float, PlaceEntry] | None = None
    fixed = next((entry for entry in candidates if entry.feature not in TOWNS | DIVISIONS), None)
    if fixed is not None and not (rivals := _rivals(fixed, candidates, evidence)):
        return fixed
    for entry in rivals if fixed is not None else candidates:
        told = evidence.of(entry, surface)
        if surface and told == evidence.countries.get(entry.country) and _is_overshadowed(entry, surface, candidates):
            told = 0.0
        score = prior(entry, candidates, surface) + told
        score += _CAPITAL if entry.feature == "capital" else 0.0
        if surface and entry.feature not in DIVISIONS and not entry.is_called(surface):
            known = any(other.is_called(surface) and other.names >= entry.names for other in candidates)
            score += _OTHER_NAME_OF_LESS if known else _OTHER_NAME
        if best is None or score > best[0]:
            best = score, entry
    if best is not None and enough and evidence.countries and not evidence.of(best[1], surface):
        enough = _ENOUGH_ELSEWHERE
    return best[1] if best is not None and best[0] >= enough else fixed


def _is_overshadowed(entry: PlaceEntry, surface: str, candidates: Sequence[PlaceEntry]) -> bool:
    """Whether a small town has the name of a city much larger."""
    if entry.feature not in TOWNS or entry.population >= _SMALL_TOWN:
        return False
    least = max(_WORLD_CITY, _LARGER * entry.population)
    return any(
        other.feature in TOWNS and other.population >= least and other.is_called(surface) for other in candidates
    )


def _rivals(fixed: PlaceEntry, candidates: Sequence[PlaceEntry], evidence: Evidence) -> tuple[PlaceEntry, ...]:
    """Divisions that bear the name of a state or region and are meant instead: "Georgia" after two other states of
    the USA, "the Midlands" where the article speaks of Zimbabwe."""
    divisions = tuple(entry for entry in candidates if entry.feature in DIVISIONS)
    if fixed.feature == "country":
        beside = Counter(country for country, name in evidence.provinces if name != fixed.name)
        return tuple(entry for entry in divisions if entry.feature == "admin1" and beside[entry.country] >= 2)
    if fixed.country and fixed.country in evidence.countries:
        return ()
    return tuple(entry for entry in divisions if evidence.countries.get(entry.country, 0.0) >= NAMED_COUNTRY)


def prior(entry: PlaceEntry, candidates: Sequence[PlaceEntry], surface: str = "") -> float:
    """How well known the place is by itself. Of a town and the area around it, the town is, and of a town that is
    called so and an area that is called so among other things."""
    if entry.feature not in DIVISIONS:
        return math.log10((entry.population or _UNCOUNTED) + 10)
    if entry.country not in STATES and any(
        other.feature in TOWNS
        and other.country == entry.country
        and other.population >= _TOWN_OF_AREA
        and apart(other, entry) <= WITHIN_KM
        for other in candidates
    ):
        return AREA_AROUND_ITS_TOWN
    if (
        surface
        and not entry.is_called(surface)
        and any(
            other.feature in TOWNS and other.population >= _WORLD_CITY and other.is_called(surface)
            for other in candidates
        )
    ):
        return AREA_AROUND_ITS_TOWN
    return _PROVINCE if entry.feature == "admin1" else _DISTRICT
