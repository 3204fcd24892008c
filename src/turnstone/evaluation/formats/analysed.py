"""JSON lines as analyse writes them (docs/analyse-format.md), a layer at a time.

Only what is compared is read, so that a gold file may leave out the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import (
    Collection,
    Dated,
    Document,
    Happening,
    Known,
    Located,
    Named,
    Party,
    Spans,
    Statement,
    Text,
    V,
)
from turnstone.evaluation.formats.fields import Fields
from turnstone.evaluation.formats.files import lines_of

CONTRACT: Final = "turnstone-analyse/1"
_REMEDY = "give JSON lines as turnstone analyse writes them"
_KINDS = ("PER", "ORG", "LOC", "GPE", "OTHER")


def mentions(path: Path) -> Collection[Named]:
    return _read(path, "mentions", _named)


def attributions(path: Path) -> Collection[Statement]:
    return _read(path, "attributions", _statement, words=True)


def events(path: Path) -> Collection[Happening]:
    return _read(path, "events", _happening)


def dates(path: Path) -> Collection[Dated]:
    return _read(path, "dates", _dated)


def places(path: Path) -> Collection[Located]:
    return _read(path, "places", _located)


def _read(path: Path, key: str, value: Callable[[Fields, Text], V], words: bool = False) -> Collection[V]:
    documents: list[Document[V]] = []
    for number, line in enumerate(lines_of(path), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ReadingError(f"{where}: not JSON ({error}); {_REMEDY}") from error
        if not isinstance(found, Mapping) or found.get("contract") != CONTRACT:
            contract = found.get("contract") if isinstance(found, Mapping) else None
            raise ReadingError(f"{where}: the contract is {contract!r}, not {CONTRACT!r}; {_REMEDY}")
        article = Fields(found, where, _REMEDY)
        text = Text(article.string("text"))
        title = Text(article.string("title", "")).ink
        documents.append(
            Document(
                article.string("id", ""),
                text.ink,
                tuple(value(one, text) for one in article.objects(key)),
                where,
                len(title) if text.ink.startswith(title) else 0,
                text.words() if words else (),
            )
        )
    return Collection(str(path), "article", tuple(documents))


def _named(one: Fields, text: Text) -> Named:
    kind = one.string("kind")
    if kind not in _KINDS:
        one.fault(f"kind is {kind!r}, not one of {', '.join(_KINDS)}")
    return Named(one.span(text), kind)


def _statement(one: Fields, text: Text) -> Statement:
    return Statement(*(tuple(piece.span(text) for piece in one.objects(role)) for role in ("source", "cue", "content")))


def _happening(one: Fields, text: Text) -> Happening:
    def parties(key: str) -> tuple[Party, ...]:
        return tuple(Party(_words(party, text), party.string("country", "")) for party in one.objects(key))

    return Happening(
        (one.object("trigger").span(text),),
        one.string("event_type"),
        one.string("status") if "status" in one.values else None,
        frozenset(one.strings("modes")) if "modes" in one.values else None,
        parties("actors"),
        parties("recipients"),
        (one.day("first_day"), one.day("last_day")) if "first_day" in one.values else None,
        _known(one, "place", "geonames_id"),
        _speaker(one),
        frozenset(one.strings("contexts")) if "contexts" in one.values else None,
    )


def _known(one: Fields, key: str, id: str) -> tuple[Known, ...] | None:
    """A place or speaker; empty where it is null, None where the key is not there."""
    if key not in one.values:
        return None
    if one.values[key] is None:
        return ()
    found = one.object(key)
    return (Known(found.string("name"), str(found.values.get(id) or "")),)


def _speaker(one: Fields) -> tuple[Known, ...] | None:
    """On whose word: in gold made from reviews beside the event, in what analyse writes with its statement."""
    if "speaker" in one.values:
        return _known(one, "speaker", "entity_id")
    if "attribution" not in one.values:
        return None
    told = one.values["attribution"]
    return () if told is None else _known(one.object("attribution"), "speaker", "entity_id") or ()


def _words(party: Fields, text: Text) -> Spans:
    """None where a person named somebody whom the text has no words for: `start` is null."""
    return () if "start" in party.values and party.values["start"] is None else (party.span(text),)


def _dated(one: Fields, text: Text) -> Dated:
    return Dated(one.span(text), one.day("first_day"), one.day("last_day"), one.string("granularity"))


def _located(one: Fields, text: Text) -> Located:
    latitude, longitude = one.number("latitude"), one.number("longitude")
    point = None if latitude is None or longitude is None else (latitude, longitude)
    known = one.values.get("geonames_id") is not None
    return Located(one.span(text), one.whole("geonames_id") if known else None, point)
