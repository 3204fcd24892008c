"""Provinces in a list of provinces, where the name is a town's too ("California, Oregon and Washington")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from turnstone.knowledge.gazetteer import PlaceEntry

_BETWEEN = regex.compile(r"(?:,\s+|\s+)(?:and|or)\s+|,\s+")
_AT_LEAST = 2

Wanted = Sequence[tuple[int, int, str]]


def listed_provinces(
    text: str, wanted: Wanted, candidates: Mapping[str, tuple[PlaceEntry, ...]], meant: Mapping[int, PlaceEntry]
) -> dict[int, PlaceEntry]:
    """By offset the provinces meant instead of what `meant` has there: of a list that has two provinces of a country
    and nothing else but names that its other provinces bear."""
    found: dict[int, PlaceEntry] = {}
    for items in _lists(text, wanted):
        provinces = [e for at, _, _ in items if (e := meant.get(at)) is not None and e.feature == "admin1"]
        countries = {entry.country for entry in provinces}
        if len(provinces) < _AT_LEAST or len(countries) > 1 or len(provinces) == len(items):
            continue
        named = {
            at: entry
            for at, _, surface in items
            for entry in candidates[surface]
            if entry.feature == "admin1" and entry.country in countries
        }
        if len(named) == len(items):
            found |= named
    return found


def _lists(text: str, wanted: Wanted) -> Iterator[Wanted]:
    """Names with nothing but commas, "and" and "or" between them."""
    first = 0
    for at in range(1, len(wanted) + 1):
        if at == len(wanted) or not _BETWEEN.fullmatch(text, wanted[at - 1][1], wanted[at][0]):
            yield wanted[first:at]
            first = at
