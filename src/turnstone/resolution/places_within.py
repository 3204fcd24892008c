"""Places that the gazetteer lacks, put where the text says that they lie ("Cellardyke in Fife")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex

from turnstone.knowledge.gazetteer import PlaceEntry

_KIND = (
    r"(?:villages?|towns?|hamlets?|townships?|settlements?|communit(?:y|ies)|districts?|suburbs?|slums?|areas?|"
    r"neighbou?rhoods?|quarters?|municipality|cit(?:y|ies)|region|camps?|prisons?|jails?|barracks|bases?|stations?|"
    r"hospitals?|schools?|markets?|mosques?|church|hotel|airport|port|stadium|valley|mountains?|islands?|peninsula|"
    r"province|county|state)"
)
_LIES_IN = regex.compile(
    rf"(?:,?\s+(?:(?:which\s+)?(?:is|was)\s+)?(?:an?\s+|the\s+)?(?:\p{{Ll}}[\p{{Ll}}-]*\s+){{0,2}}?{_KIND})?"
    r"(?:,?\s+(?:which\s+(?:is|lies)\s+)?(?:located|situated))?"
    rf"(?:,?\s+(?:in|within|near|outside|on the outskirts of)|(?<={_KIND})\s+of)\s+"
    rf"(?:(?:the|north|south|east|west|central|upper|lower)(?:ern|-?(?:east|west)(?:ern)?)?\s+)*"
    rf"(?:{_KIND}\s+of\s+(?:the\s+)?)?"
)
_COMMA = regex.compile(r",\s+")
_IN_A_LIST_BEFORE = regex.compile(r"(?:,|\band|\bor)\s+$")
_IN_A_LIST_AFTER = regex.compile(r"(?:\s+\p{Ll}+)?,?\s+(?:and|or)\s+\p{Lu}|,\s+\p{Lu}")
_AREAS = frozenset(("country", "admin1", "admin2"))
_LARGE = 100_000


def lying_within(
    text: str, wanted: Sequence[tuple[int, int, str]], meant: Mapping[int, PlaceEntry]
) -> dict[int, PlaceEntry]:
    """By offset the place that each of `wanted` lies in, which no entry of the gazetteer (`meant`, by offset) is meant
    by: the next in the text, where the words between say so, or a comma before an area or city that is in no list."""
    found: dict[int, PlaceEntry] = {}
    for (start, end, _), (after, stop, _) in pairwise(wanted):
        around = meant.get(after)
        if start in meant or around is None:
            continue
        listed = _IN_A_LIST_BEFORE.search(text, max(0, start - 6), start) or _IN_A_LIST_AFTER.match(text, stop)
        large = around.feature in _AREAS or around.population >= _LARGE
        if (large and not listed and _COMMA.fullmatch(text, end, after)) or _LIES_IN.fullmatch(text, end, after):
            found[start] = around
    return found
