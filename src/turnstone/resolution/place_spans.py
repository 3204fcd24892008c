"""Which words of an article are names of places.

The model's names and the states of the data are; besides them, towns that the model took for a person or did not see,
where the words around say that a place is meant ("the mayor of Pulawy", "54, of Tyler, Texas").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from turnstone.knowledge.gazetteer import Gazetteer, PlaceEntry
from turnstone.records import Analysis, Mention

_NAME = r"(?P<name>\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2})"
_PLACED = regex.compile(
    r"\b(?:(?:in|near|outside|around|from|at|toward|towards|to|into|on|across|off)|"
    r"(?:town|city|village|port|suburb|district|province|region|county|municipality|island|mayor|governor|residents?|"
    r"people|streets|outskirts|north|south|east|west)\s+of|\d+,\s+of)\s+(?:the\s+)?" + _NAME
)
_OWNING = regex.compile(rf"\b{_NAME}\s+(?:residents?|police|hospital|airport)\b")
_BEFORE = regex.compile(r"\p{Lu}[\p{L}'’]*[ -]$")
_AFTER = regex.compile(r"^[ -]\p{Lu}[\p{L}'’]*")
# words with a capital that stand after a preposition and name no place, though a town somewhere is called so
_OTHERWISE = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Congress Parliament Senate Cabinet Council Court Islam Christmas Easter Ramadan "
    "Democrats Republicans President Union Opposition".split()
)
_KNOWN = 5_000
_LARGE = 100_000


def find_place_spans(
    text: str, analysis: Analysis, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[tuple[int, int, str], ...]:
    """(start, end, the name to look up) of each, in the order of the text. The name is that of the words, or that of
    the state they stand for where the gazetteer does not know the words ("People's Republic of ...")."""
    countries = {mention.country for mention in mentions if mention.country}
    wholes = list(_wholes(text, mentions, gazetteer))
    found = {(start, end): text[start:end] for start, end in wholes}
    taken = [(one.start, one.end) for one in mentions if _is_somebody(one)]
    for mention in mentions:
        span = mention.start, mention.end
        words = text[mention.start : mention.end]
        if mention.kind in ("GPE", "LOC") and not _meets(span, wholes):
            found[span] = _looked_up(words, mention, gazetteer)
        elif mention.kind == "ORG" and not mention.entity_id and _is_division(words, countries, gazetteer):
            found[span] = words
    taken += found
    for start, end in _overlooked(text, analysis, countries, gazetteer):
        if not _meets((start, end), taken):
            found[start, end] = text[start:end]
            taken.append((start, end))
    return tuple((start, end, name) for (start, end), name in sorted(found.items()))


def _is_somebody(mention: Mention) -> bool:
    return mention.kind == "ORG" or (mention.kind == "PER" and bool(mention.entity_id))


def _meets(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _looked_up(words: str, mention: Mention, gazetteer: Gazetteer) -> str:
    if mention.entity_id and mention.name != words and not gazetteer.lookup(words):
        return mention.name
    return words


def _wholes(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Names of places of which the model saw only a part: "Edward Island" in "Prince Edward Island"."""
    for mention in mentions:
        if mention.kind == "LOC" and not mention.entity_id:
            starts = [mention.start, *_steps(_BEFORE, text[: mention.start][-40:], mention.start, -1)]
            ends = [mention.end, *_steps(_AFTER, text[mention.end :][:40], mention.end, 1)]
            longer = [(start, end) for start in reversed(starts) for end in reversed(ends)][:-1]
            yield from next(([span] for span in longer if _is_whole(text[span[0] : span[1]], gazetteer)), [])


def _steps(pattern: regex.Pattern[str], beside: str, at: int, way: int) -> list[int]:
    """Offsets one and two words with capitals further, as far as there are such."""
    found = []
    for _ in range(2):
        match = pattern.search(beside)
        if match is None:
            break
        at += way * len(match.group())
        found.append(at)
        beside = beside[: match.start()] if way < 0 else beside[match.end() :]
    return found


def _is_whole(words: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.lookup(words)
    return bool(known) and (known[0].feature not in ("city", "capital") or known[0].population >= _KNOWN)


def _is_division(words: str, countries: set[str], gazetteer: Gazetteer) -> bool:
    """Whether a body that the data does not know is a province, district or site, and can be no town or team."""
    known = gazetteer.lookup(words)
    return any(entry.country in countries for entry in known) and all(
        entry.feature in ("admin1", "admin2", "site") for entry in known
    )


def _overlooked(text: str, analysis: Analysis, countries: set[str], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    proper = [(token.start, token.end) for token in analysis.tokens if token.upos == "PROPN"]
    people = [(name.start, name.end) for name in analysis.names if name.kind == "PER"]
    for match in (*_PLACED.finditer(text, overlapped=True), *_OWNING.finditer(text, overlapped=True)):
        start = match.start("name")
        words = match["name"].removesuffix("'s").removesuffix("’s")
        while words and words.split()[0] not in _OTHERWISE:
            span = start, start + len(words)
            cuts = any(_meets(span, (one,)) and not (span[0] <= one[0] and one[1] <= span[1]) for one in people)
            known = () if cuts or not _meets(span, proper) else gazetteer.lookup(words)
            if any(_is_known(entry, words, countries) for entry in known):
                yield span
                break
            words = words.rpartition(" ")[0]


def _is_known(entry: PlaceEntry, words: str, countries: set[str]) -> bool:
    """Whether the place is large, or in a country that the article names and no hamlet, or a sea or region."""
    if entry.feature in ("region", "continent", "site"):
        return entry.latitude is not None
    if entry.country in countries and entry.feature in ("admin1", "admin2"):
        return True
    if entry.feature == "country" or entry.population < _KNOWN:
        return False
    return entry.population >= _LARGE or (entry.country in countries and entry.is_called(words))
