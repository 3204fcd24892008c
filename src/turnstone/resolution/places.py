"""Names of places put on the map.

Which of the places of one name is meant is decided by, in this order: what the text says ("Paris, Texas"), the
countries the article speaks of, whether the place is a capital, how many people live there. A name that only a small
place far from everything in the article bears is left off the map.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from turnstone.knowledge.gazetteer import Gazetteer, PlaceEntry
from turnstone.records import Name, Place

# Evidence is counted in powers of ten of the population: a country the article names is worth a hundredfold.
_NAMED_COUNTRY = 2.0
_NEIGHBOURING_NAME = 1.6
_DATELINE = 0.7
_CAPITAL = 0.7
_OTHER_NAME = -0.4
_PROVINCE = 6.5
_ENOUGH = 4.0

# "Tripoli, Lebanon", "Tripoli (Lebanon)", "Tripoli in northern Lebanon"
_QUALIFIER = regex.compile(
    r"(?:\s*,\s+|\s+\(|\s+in\s+)(?:(?:the|north|south|east|west|central|upper|lower)(?:ern|-?(?:east|west)(?:ern)?)?\s+)*"
    r"(?P<name>\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:of|the|and)\s+)*\p{Lu}[\p{L}.'’-]*){0,3})"
)
# not "County" or "District", whose names are too often those of bigger places elsewhere
_KIND_OF_PROVINCE = regex.compile(
    r" (?:Prefecture|Province|Oblast|Governorate|prefecture|province|oblast|governorate)$"
)
_LIST_GOES_ON = regex.compile(r"\s+(?:and|or)\s+\p{Lu}")

# The Associated Press's and the post's abbreviations of states and provinces.
_ABBREVIATIONS = {
    "Ala.": "Alabama",
    "Ariz.": "Arizona",
    "Ark.": "Arkansas",
    "B.C.": "British Columbia",
    "Calif.": "California",
    "Colo.": "Colorado",
    "Conn.": "Connecticut",
    "D.C.": "District of Columbia",
    "DC": "District of Columbia",
    "Del.": "Delaware",
    "Fla.": "Florida",
    "Ga.": "Georgia",
    "Ill.": "Illinois",
    "Ind.": "Indiana",
    "Kan.": "Kansas",
    "Ky.": "Kentucky",
    "La.": "Louisiana",
    "Mass.": "Massachusetts",
    "Md.": "Maryland",
    "Mich.": "Michigan",
    "Minn.": "Minnesota",
    "Miss.": "Mississippi",
    "Mo.": "Missouri",
    "Mont.": "Montana",
    "N.C.": "North Carolina",
    "N.D.": "North Dakota",
    "N.H.": "New Hampshire",
    "N.J.": "New Jersey",
    "N.M.": "New Mexico",
    "N.Y.": "New York",
    "Neb.": "Nebraska",
    "Nev.": "Nevada",
    "Okla.": "Oklahoma",
    "Ont.": "Ontario",
    "Ore.": "Oregon",
    "Pa.": "Pennsylvania",
    "R.I.": "Rhode Island",
    "S.C.": "South Carolina",
    "S.D.": "South Dakota",
    "Tenn.": "Tennessee",
    "Tex.": "Texas",
    "Va.": "Virginia",
    "Vt.": "Vermont",
    "W.Va.": "West Virginia",
    "Wash.": "Washington",
    "Wis.": "Wisconsin",
    "Wyo.": "Wyoming",
}


def find_places(
    text: str,
    names: Sequence[Name | tuple[int, int, str]],
    country_hints: Sequence[str],
    dateline_country: str,
    gazetteer: Gazetteer,
) -> tuple[Place, ...]:
    """The names that are places, in the order of the text, each with the place it most likely means.

    `names` are the model's (persons and organisations are passed over) or (start, end, surface), whose surface is
    looked up instead of the words: a state given as (start, end, its capital) is put at the capital. A state's own
    name gives the state, without a point; so do provinces and regions, save those of several countries, which are
    left out. `country_hints` are the alpha-3 codes of countries the article names, once or more; `dateline_country`
    that of the place it was written in, or empty.
    """
    wanted = sorted(_surfaces(text, names))
    candidates = {surface: gazetteer.lookup(surface) or _bare(surface, gazetteer) for _, _, surface in wanted}
    explicit: dict[int, PlaceEntry] = {}
    said: dict[str, PlaceEntry] = {}
    for start, end, surface in wanted:
        if text[start:end] == surface and (entry := _as_qualified(text, end, candidates[surface], gazetteer)):
            explicit[start] = entry
            said.setdefault(surface, entry)
    hints = Counter({country: 1 for country in country_hints if country})
    weights = {country: _NAMED_COUNTRY for country in hints}
    if dateline_country:
        weights.setdefault(dateline_country, _DATELINE)
    for country in _told_by_other_names(candidates, said):
        weights.setdefault(country, _NEIGHBOURING_NAME)
    places = []
    for start, end, surface in wanted:
        chosen = explicit.get(start) or said.get(surface) or _likeliest(surface, candidates[surface], weights)
        if chosen is not None:
            places.append(
                Place(start, end, chosen.name, chosen.country, chosen.geonames_id, chosen.latitude, chosen.longitude)
            )
    return tuple(places)


def _surfaces(text: str, names: Sequence[Name | tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    for name in names:
        if not isinstance(name, Name):
            yield name
        elif name.kind in ("LOC", "GPE"):
            yield name.start, name.end, text[name.start : name.end]


def _bare(surface: str, gazetteer: Gazetteer) -> tuple[PlaceEntry, ...]:
    """The places of a name that stands with an article, a possessive or the kind of province it is."""
    bare = surface.removeprefix("the ").removeprefix("The ")
    bare = bare.removesuffix("'s").removesuffix("’s")
    bare = _KIND_OF_PROVINCE.sub("", bare)
    return gazetteer.lookup(bare) if bare and bare != surface else ()


def _as_qualified(text: str, end: int, candidates: tuple[PlaceEntry, ...], gazetteer: Gazetteer) -> PlaceEntry | None:
    """The candidate in the state or country written right after the name, if one is."""
    found = _QUALIFIER.match(text, end) if candidates else None
    areas = {candidate.feature for candidate in candidates} - {"city", "capital"}
    if found is None or areas - {"admin1"}:
        return None
    name, stop = found["name"], found.end("name")
    while name:
        if not _LIST_GOES_ON.match(text, stop):
            for country, admin1 in _areas(name, gazetteer):
                inside = [c for c in candidates if c.feature in ("city", "capital") and c.country == country]
                inside = [c for c in inside if c.admin1 == admin1 or not (admin1 or areas)]
                if inside:
                    return inside[0]
        shorter = name.rpartition(" ")[0] if " " in name else name.rstrip(".") if name.endswith(".") else ""
        stop -= len(name) - len(shorter)
        name = shorter
    return None


def _areas(name: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """(country, state or province) that a name stands for; the second is empty for a country."""
    full = _ABBREVIATIONS.get(name, name)
    for entry in gazetteer.lookup(full):
        if entry.feature == "country":
            yield entry.country, ""
    for country in ("USA", "CAN", "AUS", "GBR"):
        yield country, full


def _told_by_other_names(candidates: dict[str, tuple[PlaceEntry, ...]], said: dict[str, PlaceEntry]) -> set[str]:
    """Countries of places that can hardly be others: said outright, or large with no large namesake."""
    told = {entry.country for entry in said.values()}
    for surface, entries in candidates.items():
        own = [entry for entry in entries if entry.is_called(surface)] or list(entries)
        if own and own[0].population >= 100_000 and (len(own) == 1 or own[0].population >= 20 * own[1].population):
            told.add(own[0].country)
    return told - {""}


def _likeliest(surface: str, candidates: tuple[PlaceEntry, ...], weights: dict[str, float]) -> PlaceEntry | None:
    best: tuple[float, PlaceEntry] | None = None
    for entry in candidates:
        if entry.feature in ("country", "continent"):
            return entry
        if entry.feature == "region":
            return entry if entry.country else None
        score = _PROVINCE if entry.feature == "admin1" else math.log10(entry.population + 10)
        score += weights.get(entry.country, 0.0)
        score += _CAPITAL if entry.feature == "capital" else 0.0
        score += 0.0 if entry.is_called(surface) else _OTHER_NAME
        if best is None or score > best[0]:
            best = score, entry
    return best[1] if best is not None and best[0] >= _ENOUGH else None
