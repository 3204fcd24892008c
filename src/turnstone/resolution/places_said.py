"""Places of which the text says outright where they are: "Paris, Texas", "Niger State"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from turnstone.knowledge.gazetteer import Gazetteer, PlaceEntry
from turnstone.resolution.place_names import ABBREVIATIONS
from turnstone.resolution.places_evidence import TOWNS, Evidence, apart
from turnstone.resolution.places_likeliest import AREA_AROUND_ITS_TOWN, DIVISIONS, STATES, WITHIN_KM, likeliest, prior

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
_LIST_GOES_ON = regex.compile(r"\s+(?:and|or)\s+\p{Lu}")
_LIST_MAY_GO_ON = regex.compile(r",?\s+(?:and|or)\s+\p{Lu}|,\s+\p{Lu}")


def said_outright(
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
            divisions = tuple(entry for entry in candidates[surface] if entry.feature in DIVISIONS)
            if divisions and (entry := likeliest("", divisions, Evidence(dict(weights)), 0.0)):
                explicit[start] = entry
                if entry.country in STATES:
                    said.setdefault(surface, entry)
                continue
        found = _as_qualified(text, end, candidates[surface], Evidence(dict(weights)), gazetteer)
        if found is not None:
            at, entry, area = found
            explicit[start] = entry
            said.setdefault(surface, entry)
            if at in surfaces and area in candidates[surfaces[at]]:
                explicit.setdefault(at, area)
    return explicit, said


def _as_qualified(
    text: str, end: int, candidates: tuple[PlaceEntry, ...], evidence: Evidence, gazetteer: Gazetteer
) -> tuple[int, PlaceEntry, PlaceEntry] | None:
    """The candidate in the state or country written right after the name, if one is, with that area and where it
    stands."""
    found = _QUALIFIER.match(text, end) if candidates else None
    kinds = {candidate.feature for candidate in candidates} - TOWNS - {"site"}
    if found is None or kinds - DIVISIONS - {"region"}:
        return None
    name, stop = found["name"], found.end("name")
    while name:
        if not _LIST_GOES_ON.match(text, stop):
            for area in _areas(name, gazetteer):
                unsure = area.feature != "country" and (area.country not in STATES or "admin1" in kinds)
                if unsure and _LIST_MAY_GO_ON.match(text, stop):
                    continue
                inside = tuple(c for c in candidates if _within(c, area))
                if inside and (entry := likeliest("", inside, evidence, 0.0)):
                    return found.start("name"), entry, area
        shorter = name.rstrip(".") if name.endswith(".") else name.rpartition(" ")[0]
        stop -= len(name) - len(shorter)
        name = shorter
    return None


def _areas(name: str, gazetteer: Gazetteer) -> Iterator[PlaceEntry]:
    """The countries, provinces and districts that a name stands for, the largest kind first. A province that bears
    the name of its town is none: the town is meant."""
    every = gazetteer.lookup(ABBREVIATIONS.get(name, name))
    found = [entry for entry in every if prior(entry, every) > AREA_AROUND_ITS_TOWN]
    for feature in ("country", "admin1", "admin2"):
        # of provinces of one name the one whose towns news writes so
        yield from sorted((e for e in found if e.feature == feature), key=lambda entry: entry.country not in STATES)


def _within(entry: PlaceEntry, area: PlaceEntry) -> bool:
    if entry.country != area.country or entry == area or (entry.feature == "admin1" and area.feature != "country"):
        return False
    if area.feature == "country":
        return True
    if entry.admin1 and area.feature == "admin1" and entry.country in STATES:
        return entry.admin1 == area.name
    if entry.admin1 == area.name and area.feature == "admin1":
        return True
    return area.latitude is not None and area.longitude is not None and apart(entry, area) <= WITHIN_KM
