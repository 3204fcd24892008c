"""Names of places put on the map.

Which of the places of one name is meant is decided by, in this order: what the text says ("Paris, Texas"; "Niger
State"), the countries the article speaks of, the provinces and places it names besides, whether the place is a capital,
how many people live there. A name that only a small place far from everything in the article bears is left off the map.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from turnstone.knowledge.gazetteer import Feature, Gazetteer, PlaceEntry
from turnstone.records import Name, Place, Resolution
from turnstone.resolution.place_names import candidates_of
from turnstone.resolution.places_evidence import (
    DATELINE,
    NAMED_COUNTRY,
    NEIGHBOURING_NAME,
    Evidence,
    gather,
    nearest_provinces,
    told_by_other_names,
)
from turnstone.resolution.places_likeliest import likeliest
from turnstone.resolution.places_listed import listed_provinces
from turnstone.resolution.places_said import said_outright
from turnstone.resolution.places_within import lying_within

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
_DISEASE_AFTER = regex.compile(r"\s+(?:[Vv]irus|[Ff]ever)\b")


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
    weights = dict.fromkeys((country for country in country_hints if country), NAMED_COUNTRY)
    if dateline_country:
        weights.setdefault(dateline_country, DATELINE)
    explicit, said = said_outright(text, wanted, candidates, weights, gazetteer)
    for country in told_by_other_names(candidates, said):
        weights.setdefault(country, NEIGHBOURING_NAME)
    evidence = Evidence(weights)
    gather(candidates, said, evidence)
    evidence.next_to.update(nearest_provinces(wanted, evidence))
    chosen = {surface: likeliest(surface, candidates[surface], evidence) for _, _, surface in wanted}
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


def placed_state(start: int, end: int, country: str, gazetteer: Gazetteer) -> Place | None:
    """The state of a code, told by these words; None where there is none on the map."""
    entry = gazetteer.state(country)
    return None if entry is None else _placed(start, end, entry)


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
