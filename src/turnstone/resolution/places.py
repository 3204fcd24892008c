"""Names of places put on the map.

Which of the places of one name is meant is decided by, in this order: what the text says ("Paris, Texas"; "Niger
State"), the countries the article speaks of, the provinces and places it names besides, whether the place is a capital,
how many people live there. A name that only a small place far from everything in the article bears is left off the map.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from turnstone.knowledge.gazetteer import Feature, Gazetteer, PlaceEntry
from turnstone.records import Name, Place, Resolution
from turnstone.resolution.place_names import ABBREVIATIONS, candidates_of
from turnstone.resolution.places_listed import listed_provinces
from turnstone.resolution.places_within import lying_within

# Evidence is counted in powers of ten of the population: a country the article names is worth a hundredfold.
_NAMED_COUNTRY = 2.0
_NEIGHBOURING_NAME = 1.6
_DATELINE = 0.7
_CAPITAL = 0.7
_OTHER_NAME = -0.4
_NAMED_PROVINCE = 1.6
_NAMED_NEXT = 0.1
_NEAR = 0.8
_PROVINCE = 6.5
_DISTRICT = 5.5
_AREA_AROUND_ITS_TOWN = 3.5
_ENOUGH = 4.0
_ENOUGH_ELSEWHERE = 5.0
# GeoNames keeps towns of unknown population where they are the seat of something
_UNCOUNTED = 1_000

# a town so small is not meant instead of a city so much larger by its country alone: "talks in Geneva"
_SMALL_TOWN = 50_000
_WORLD_CITY = 100_000
_LARGER = 5

_NEAR_KM = 150.0
_NEAR_DEGREES = 1.5
"""Of latitude, rather more than that."""
_WITHIN_KM = 250.0
_TOWN_OF_AREA = 20_000

# where news writes the state after the town, so that the state alone is as well known as its largest cities
_STATES = frozenset(("USA", "CAN", "AUS", "GBR"))
_TOWNS = frozenset(("city", "capital"))
_DIVISIONS = frozenset(("admin1", "admin2"))
_RESOLUTIONS: dict[Feature, Resolution] = {
    "site": "point",
    "city": "city",
    "capital": "city",
    "admin2": "district",
    "admin1": "province",
    "country": "country",
    "region": "region",
    "continent": "region",
}

# "Tripoli, Lebanon", "Tripoli (Lebanon)", "Tripoli in northern Lebanon"
_QUALIFIER = regex.compile(
    r"(?:\s*,\s+|\s+\(|\s+in\s+)(?:(?:the|north|south|east|west|central|upper|lower)(?:ern|-?(?:east|west)(?:ern)?)?\s+)*"
    r"(?P<name>\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:of|the|and)\s+)*\p{Lu}[\p{L}.'’-]*){0,3})"
)
# "Washington state", "New York Governor ...", "the state of Washington"
_DIVISION_AFTER = regex.compile(
    r"\s+(?:state|province|governorate|county|oblast|prefecture|district|region|[Gg]ov(?:ernor\b|\.))"
)
_DIVISION_BEFORE = regex.compile(
    r"\b(?:states?|provinces?|governorates?|county|oblast|prefecture|districts?|regions?|[Gg]overnor) of(?: the)?\s+$"
)
_DISEASE_AFTER = regex.compile(r"\s+(?:[Vv]irus|[Ff]ever)\b")
_LIST_GOES_ON = regex.compile(r"\s+(?:and|or)\s+\p{Lu}")
_LIST_MAY_GO_ON = regex.compile(r",?\s+(?:and|or)\s+\p{Lu}|,\s+\p{Lu}")


@dataclass(slots=True)
class _Evidence:
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
            _NEAR if any(_apart(entry, one) <= _NEAR_KM for one in self._level(entry) if one != entry) else 0.0
        )

    def _level(self, entry: PlaceEntry) -> Sequence[PlaceEntry]:
        """The sure places of about the latitude of a place: all that can be near it."""
        if entry.latitude is None:
            return ()
        first = bisect_left(self.sure, entry.latitude - _NEAR_DEGREES, key=_latitude)
        return self.sure[first : bisect_right(self.sure, entry.latitude + _NEAR_DEGREES, key=_latitude)]


def find_places(
    text: str,
    names: Sequence[Name | tuple[int, int, str]],
    country_hints: Sequence[str],
    dateline_country: str,
    gazetteer: Gazetteer,
) -> tuple[Place, ...]:
    """The names that are places, in the order of the text, each with the place it most likely means.

    `names` are the model's (persons and organisations are passed over) or (start, end, surface), whose surface is
    looked up instead of the words: a state given as (start, end, its capital) is put at the capital. An area (state,
    province, region) is put at a point in its middle, with its resolution; names of no area one could point at ("the
    West") are left out. `country_hints` are the alpha-3 codes of countries the article names, once or more;
    `dateline_country` that of the place it was written in, or empty.
    """
    wanted = sorted(_surfaces(text, names))
    candidates = {surface: candidates_of(surface, gazetteer) for _, _, surface in wanted}
    weights = dict.fromkeys((country for country in country_hints if country), _NAMED_COUNTRY)
    if dateline_country:
        weights.setdefault(dateline_country, _DATELINE)
    explicit, said = _said(text, wanted, candidates, weights, gazetteer)
    for country in _told_by_other_names(candidates, said):
        weights.setdefault(country, _NEIGHBOURING_NAME)
    evidence = _Evidence(weights)
    _gather(candidates, said, evidence)
    evidence.next_to.update(_nearest_provinces(wanted, evidence))
    chosen = {surface: _likeliest(surface, candidates[surface], evidence) for _, _, surface in wanted}
    meant: dict[int, PlaceEntry] = {}
    for start, end, surface in wanted:
        entry = explicit.get(start) or said.get(surface) or chosen[surface]
        if entry is not None and not _DISEASE_AFTER.match(text, end):
            meant[start] = entry
    meant |= {
        at: entry for at, entry in listed_provinces(text, wanted, candidates, meant).items() if at not in explicit
    }
    unknown = [one for one in wanted if one[0] in meant or not candidates[one[2]]]
    meant |= lying_within(text, unknown, meant)
    return tuple(
        _placed(start, end, meant[start])
        for start, end, _ in wanted
        if start in meant and (meant[start].feature != "region" or meant[start].latitude is not None)
    )


def _placed(start: int, end: int, entry: PlaceEntry) -> Place:
    return Place(
        start,
        end,
        entry.name,
        entry.country,
        entry.geonames_id,
        entry.latitude,
        entry.longitude,
        _RESOLUTIONS[entry.feature],
    )


def _surfaces(text: str, names: Sequence[Name | tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    for name in names:
        if not isinstance(name, Name):
            yield name
        elif name.kind in ("LOC", "GPE"):
            yield name.start, name.end, text[name.start : name.end]


# --- what the text says outright


def _said(
    text: str,
    wanted: Sequence[tuple[int, int, str]],
    candidates: Mapping[str, tuple[PlaceEntry, ...]],
    weights: Mapping[str, float],
    gazetteer: Gazetteer,
) -> tuple[dict[int, PlaceEntry], dict[str, PlaceEntry]]:
    """Places with their state or country written after them, and those areas, by offset; the places by name too."""
    explicit: dict[int, PlaceEntry] = {}
    said: dict[str, PlaceEntry] = {}
    surfaces = {start: surface for start, _, surface in wanted}
    for start, end, surface in wanted:
        if text[start:end] != surface or start in explicit:
            continue
        if _DIVISION_AFTER.match(text, end) or _DIVISION_BEFORE.search(text, max(0, start - 30), start):
            divisions = tuple(entry for entry in candidates[surface] if entry.feature in _DIVISIONS)
            if divisions and (entry := _likeliest("", divisions, _Evidence(dict(weights)), 0.0)):
                explicit[start] = entry
                if entry.country in _STATES:
                    said.setdefault(surface, entry)
                continue
        found = _as_qualified(text, end, candidates[surface], _Evidence(dict(weights)), gazetteer)
        if found is not None:
            at, entry, area = found
            explicit[start] = entry
            said.setdefault(surface, entry)
            if at in surfaces and area in candidates[surfaces[at]]:
                explicit.setdefault(at, area)
    return explicit, said


def _as_qualified(
    text: str, end: int, candidates: tuple[PlaceEntry, ...], evidence: _Evidence, gazetteer: Gazetteer
) -> tuple[int, PlaceEntry, PlaceEntry] | None:
    """The candidate in the state or country written right after the name, if one is, with that area and where it
    stands."""
    found = _QUALIFIER.match(text, end) if candidates else None
    kinds = {candidate.feature for candidate in candidates} - _TOWNS - {"site"}
    if found is None or kinds - _DIVISIONS - {"region"}:
        return None
    name, stop = found["name"], found.end("name")
    while name:
        if not _LIST_GOES_ON.match(text, stop):
            for area in _areas(name, gazetteer):
                unsure = area.feature != "country" and (area.country not in _STATES or "admin1" in kinds)
                if unsure and _LIST_MAY_GO_ON.match(text, stop):
                    continue
                inside = tuple(c for c in candidates if _within(c, area))
                if inside and (entry := _likeliest("", inside, evidence, 0.0)):
                    return found.start("name"), entry, area
        shorter = name.rstrip(".") if name.endswith(".") else name.rpartition(" ")[0]
        stop -= len(name) - len(shorter)
        name = shorter
    return None


def _areas(name: str, gazetteer: Gazetteer) -> Iterator[PlaceEntry]:
    """The countries, provinces and districts that a name stands for, the largest kind first. A province that bears
    the name of its town is none: the town is meant."""
    every = gazetteer.lookup(ABBREVIATIONS.get(name, name))
    found = [entry for entry in every if _prior(entry, every) > _AREA_AROUND_ITS_TOWN]
    for feature in ("country", "admin1", "admin2"):
        # of provinces of one name the one whose towns news writes so
        yield from sorted((e for e in found if e.feature == feature), key=lambda entry: entry.country not in _STATES)


def _within(entry: PlaceEntry, area: PlaceEntry) -> bool:
    if entry.country != area.country or entry == area or (entry.feature == "admin1" and area.feature != "country"):
        return False
    if area.feature == "country":
        return True
    if entry.admin1 and area.feature == "admin1" and entry.country in _STATES:
        return entry.admin1 == area.name
    if entry.admin1 == area.name and area.feature == "admin1":
        return True
    return area.latitude is not None and area.longitude is not None and _apart(entry, area) <= _WITHIN_KM


# --- what the article says besides


def _told_by_other_names(candidates: Mapping[str, tuple[PlaceEntry, ...]], said: Mapping[str, PlaceEntry]) -> set[str]:
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


def _nearest_provinces(
    wanted: Sequence[tuple[int, int, str]], evidence: _Evidence
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


def _gather(
    candidates: Mapping[str, tuple[PlaceEntry, ...]], said: Mapping[str, PlaceEntry], evidence: _Evidence
) -> None:
    """Note the provinces that the article names, and the places that can hardly be others."""
    for surface, entry in said.items():
        _note_province(entry, surface, evidence)
        _note_sure(entry, evidence)
    for surface, entries in candidates.items():
        if surface in said or not entries:
            continue
        divisions = [e for e in entries if e.feature == "admin1" and (e.country in evidence.countries)]
        if len({entry.country for entry in divisions}) == 1 and entries[0].feature not in ("country", "region"):
            _note_province(divisions[0], surface, evidence)
        if len(entries) == 1 or entries[0].population >= 20 * entries[1].population > 0:
            _note_sure(entries[0], evidence)


def _note_province(entry: PlaceEntry, surface: str, evidence: _Evidence) -> None:
    if entry.admin1:
        evidence.provinces.setdefault((entry.country, entry.admin1), set()).add(surface)


def _note_sure(entry: PlaceEntry, evidence: _Evidence) -> None:
    if entry.feature in _TOWNS | {"admin2", "site"} and entry.latitude is not None:
        insort(evidence.sure, entry, key=_latitude)


# --- the choice


def _likeliest(
    surface: str, candidates: tuple[PlaceEntry, ...], evidence: _Evidence, enough: float = _ENOUGH
) -> PlaceEntry | None:
    """The candidate with the most evidence, if it is enough. Without a surface all bear the name alike."""
    best: tuple[float, PlaceEntry] | None = None
    fixed = next((entry for entry in candidates if entry.feature not in _TOWNS | _DIVISIONS), None)
    if fixed is not None and not (rivals := _rivals(fixed, candidates, evidence)):
        return fixed
    for entry in rivals if fixed is not None else candidates:
        told = evidence.of(entry, surface)
        if surface and told == evidence.countries.get(entry.country) and _is_overshadowed(entry, surface, candidates):
            told = 0.0
        score = _prior(entry, candidates) + told
        score += _CAPITAL if entry.feature == "capital" else 0.0
        score += 0.0 if not surface or entry.feature in _DIVISIONS or entry.is_called(surface) else _OTHER_NAME
        if best is None or score > best[0]:
            best = score, entry
    if best is not None and enough and evidence.countries and not evidence.of(best[1], surface):
        enough = _ENOUGH_ELSEWHERE
    return best[1] if best is not None and best[0] >= enough else fixed


def _is_overshadowed(entry: PlaceEntry, surface: str, candidates: Sequence[PlaceEntry]) -> bool:
    """Whether a small town has the name of a city much larger."""
    if entry.feature not in _TOWNS or entry.population >= _SMALL_TOWN:
        return False
    least = max(_WORLD_CITY, _LARGER * entry.population)
    return any(
        other.feature in _TOWNS and other.population >= least and other.is_called(surface) for other in candidates
    )


def _rivals(fixed: PlaceEntry, candidates: Sequence[PlaceEntry], evidence: _Evidence) -> tuple[PlaceEntry, ...]:
    """Divisions that bear the name of a state or region and are meant instead: "Georgia" after two other states of
    the USA, "the Midlands" where the article speaks of Zimbabwe."""
    divisions = tuple(entry for entry in candidates if entry.feature in _DIVISIONS)
    if fixed.feature == "country":
        beside = Counter(country for country, name in evidence.provinces if name != fixed.name)
        return tuple(entry for entry in divisions if entry.feature == "admin1" and beside[entry.country] >= 2)
    if fixed.country and fixed.country in evidence.countries:
        return ()
    return tuple(entry for entry in divisions if evidence.countries.get(entry.country, 0.0) >= _NAMED_COUNTRY)


def _prior(entry: PlaceEntry, candidates: Sequence[PlaceEntry]) -> float:
    """How well known the place is by itself. Of a town and the area around it, the town is."""
    if entry.feature not in _DIVISIONS:
        return math.log10((entry.population or _UNCOUNTED) + 10)
    if entry.country not in _STATES and any(
        other.feature in _TOWNS
        and other.country == entry.country
        and other.population >= _TOWN_OF_AREA
        and _apart(other, entry) <= _WITHIN_KM
        for other in candidates
    ):
        return _AREA_AROUND_ITS_TOWN
    return _PROVINCE if entry.feature == "admin1" else _DISTRICT


def _latitude(entry: PlaceEntry) -> float:
    assert entry.latitude is not None
    return entry.latitude


def _apart(one: PlaceEntry, other: PlaceEntry) -> float:
    """Kilometres over a flat map, which is right for what is near."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    across = (one.longitude - other.longitude + 180) % 360 - 180
    return 111.2 * math.hypot(one.latitude - other.latitude, across * math.cos(math.radians(one.latitude)))
