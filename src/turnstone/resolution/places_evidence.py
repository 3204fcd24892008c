"""What an article says of where it is: the countries, provinces and places that it names besides."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from turnstone.knowledge.gazetteer import PlaceEntry

# Evidence is counted in powers of ten of the population: a country the article names is worth a hundredfold.
NAMED_COUNTRY = 2.0
NEIGHBOURING_NAME = 1.6
DATELINE = 0.7
_NAMED_PROVINCE = 1.6
_NAMED_NEXT = 0.1
_NEAR = 0.8

_NEAR_KM = 150.0
_NEAR_DEGREES = 1.5
"""Of latitude, rather more than that."""
TOWNS = frozenset(("city", "capital"))


@dataclass(slots=True)
class Evidence:
    """What the article says of where it is: countries with weights, provinces, and places that can hardly be others."""

    countries: dict[str, float]
    provinces: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """With the names that tell them: "Quebec" does not tell that the city in Quebec is meant."""
    sure: list[PlaceEntry] = field(default_factory=list)
    """In the order of their latitudes."""
    next_to: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By name the province named nearest to it."""

    def of(self, entry: PlaceEntry, surface: str) -> float:
        """How much it speaks for a place of the name `surface`, in powers of ten."""
        found = self.countries.get(entry.country, 0.0)
        if entry.feature == "admin1":
            return found
        province = entry.country, entry.admin1
        if self.provinces.get(province, set()) - {surface}:
            return found + _NAMED_PROVINCE + (_NAMED_NEXT if self.next_to.get(surface) == province else 0.0)
        return found + (
            _NEAR if any(apart(entry, one) <= _NEAR_KM for one in self._level(entry) if one != entry) else 0.0
        )

    def _level(self, entry: PlaceEntry) -> Sequence[PlaceEntry]:
        """The sure places of about the latitude of a place: all that can be near it."""
        if entry.latitude is None:
            return ()
        first = bisect_left(self.sure, entry.latitude - _NEAR_DEGREES, key=_latitude)
        return self.sure[first : bisect_right(self.sure, entry.latitude + _NEAR_DEGREES, key=_latitude)]


def told_by_other_names(candidates: Mapping[str, tuple[PlaceEntry, ...]], said: Mapping[str, PlaceEntry]) -> set[str]:
    """Countries of places that can hardly be others: said outright, or large with no large namesake."""
    told = {entry.country for entry in said.values()}
    for surface, entries in candidates.items():
        own = [entry for entry in entries if entry.is_called(surface)] or list(entries)
        if own and own[0].population >= 100_000 and (len(own) == 1 or own[0].population >= 20 * own[1].population):
            told.add(own[0].country)
        elif own and own[0].population < 100_000 and own[-1].feature == "admin1":
            divisions = {entry.country for entry in own if entry.feature == "admin1"}
            told.update(divisions if len(divisions) == 1 else ())
    return told - {""}


def nearest_provinces(
    wanted: Sequence[tuple[int, int, str]], evidence: Evidence
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each name with the province named nearest to it by another, of which the first in the alphabet if two are."""
    told: dict[str, tuple[str, str]] = {}
    for province, names in evidence.provinces.items():
        for name in names:
            told[name] = min(told.get(name, province), province)
    naming = sorted({(start, surface) for start, _, surface in wanted if surface in told})
    starts = [start for start, _ in naming]
    # by place in `naming` the nearest one before with another name, and the nearest one after
    before, after = list(range(-1, len(naming) - 1)), list(range(1, len(naming) + 1))
    for at in range(1, len(naming)):
        if naming[at - 1][1] == naming[at][1]:
            before[at] = before[at - 1]
    for at in reversed(range(len(naming) - 1)):
        if naming[at + 1][1] == naming[at][1]:
            after[at] = after[at + 1]
    nearest: dict[str, tuple[int, tuple[str, str]]] = {}
    for start, _, surface in wanted:
        for at, other, way in ((bisect_right(starts, start) - 1, before, -1), (bisect_left(starts, start), after, 1)):
            while 0 <= at < len(naming) and naming[at][1] == surface:
                at = other[at]
            here = naming[at][0] if 0 <= at < len(naming) else 0
            while 0 <= at < len(naming) and naming[at][0] == here:
                if naming[at][1] != surface:
                    found = abs(here - start), told[naming[at][1]]
                    nearest[surface] = min(nearest.get(surface, found), found)
                at += way
    for surface, (_, province) in nearest.items():
        yield surface, province


def gather(
    candidates: Mapping[str, tuple[PlaceEntry, ...]], said: Mapping[str, PlaceEntry], evidence: Evidence
) -> None:
    """Note the provinces that the article names, and the places that can hardly be others."""
    for surface, entry in said.items():
        _note_province(entry, surface, evidence)
        _note_sure(entry, evidence)
    for surface, entries in candidates.items():
        if surface in said or not entries:
            continue
        divisions = [e for e in entries if e.feature == "admin1" and (e.country in evidence.countries)]
        area = entries[0].feature in ("country", "region")
        if len({entry.country for entry in divisions}) == 1 and not (
            area or _is_seat_elsewhere(entries[0], divisions[0])
        ):
            _note_province(divisions[0], surface, evidence)
        if len(entries) == 1 or entries[0].population >= 20 * entries[1].population > 0:
            _note_sure(entries[0], evidence)


def _is_seat_elsewhere(capital: PlaceEntry, division: PlaceEntry) -> bool:
    """Whether a name is that of the state's capital, which lies in another province: "Washington" speaks of no town in
    that state."""
    return capital.feature == "capital" and capital.country == division.country and capital.admin1 != division.admin1


def _note_province(entry: PlaceEntry, surface: str, evidence: Evidence) -> None:
    if entry.admin1:
        evidence.provinces.setdefault((entry.country, entry.admin1), set()).add(surface)


def _note_sure(entry: PlaceEntry, evidence: Evidence) -> None:
    if entry.feature in TOWNS | {"admin2", "site"} and entry.latitude is not None:
        insort(evidence.sure, entry, key=_latitude)


def _latitude(entry: PlaceEntry) -> float:
    assert entry.latitude is not None
    return entry.latitude


def apart(one: PlaceEntry, other: PlaceEntry) -> float:
    """Kilometres over a flat map, which is right for what is near."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    across = (one.longitude - other.longitude + 180) % 360 - 180
    return 111.2 * math.hypot(one.latitude - other.latitude, across * math.cos(math.radians(one.latitude)))
