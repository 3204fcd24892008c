"""Which words of an article are names of places.

The model's names and the states of the data are; besides them, towns that the model took for a person or did not see,
where the words around say that a place is meant ("the mayor of Pulawy", "54, of Tyler, Texas").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from turnstone.knowledge.gazetteer import Gazetteer
from turnstone.records import Analysis, Mention
from turnstone.resolution.places_unseen import Unseen
from turnstone.resolution.span_index import SpanIndex

_BEFORE = regex.compile(r"\p{Lu}[\p{L}'’]*[ -]$")
_AFTER = regex.compile(r"^[ -]\p{Lu}[\p{L}'’]*")
_KNOWN = 5_000


def find_place_spans(
    text: str, analysis: Analysis, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[tuple[int, int, str], ...]:
    """(start, end, the name to look up) of each, in the order of the text. The name is that of the words, or that of
    the state they stand for where the gazetteer does not know the words ("People's Republic of ...")."""
    countries = {mention.country for mention in mentions if mention.country}
    wholes = SpanIndex(_wholes(text, mentions, gazetteer))
    found = {(start, end): text[start:end] for start, end in wholes}
    for mention in mentions:
        span = mention.start, mention.end
        words = text[mention.start : mention.end]
        if mention.kind in ("GPE", "LOC") and not wholes.meets(span):
            found[span] = _looked_up(words, mention, gazetteer)
        elif mention.kind == "ORG" and not mention.entity_id and _is_division(words, countries, gazetteer):
            found[span] = words
    unseen = Unseen(text, analysis, mentions, countries, gazetteer)
    for start, end in unseen.beside(found):
        found[start, end] = text[start:end]
    return tuple((start, end, name) for (start, end), name in sorted(found.items()))


def _looked_up(words: str, mention: Mention, gazetteer: Gazetteer) -> str:
    if mention.entity_id and mention.name != words and not gazetteer.lookup(words):
        return mention.name
    return words


def _wholes(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Names of places of which the model saw only a part: "Edward Island" in "Prince Edward Island"."""
    for mention in mentions:
        if mention.kind == "LOC" and not mention.entity_id:
            starts = [
                mention.start,
                *_steps(_BEFORE, text[max(0, mention.start - 40) : mention.start], mention.start, -1),
            ]
            ends = [mention.end, *_steps(_AFTER, text[mention.end : mention.end + 40], mention.end, 1)]
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
