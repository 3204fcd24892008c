"""PLOVER's JSON, and the gold standard records (GSR) published with it: events of short texts.

Records may stand in an array, one a line, or with commas between them, also a comma too many, as in the published file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Collection, Document, Happening, Party, Spans, Text
from turnstone.evaluation.formats.fields import Fields
from turnstone.evaluation.formats.files import text_of
from turnstone.knowledge.codebook import YIELD, YIELDING, Codebook, load_codebook
from turnstone.records import Span

_REMEDY = (
    "give PLOVER JSON: id, text, event (type or list of types), actor and recipient (lists of entities with raw_text), "
    "mode, event_text; or the older source, target, eventText, textInfo"
)
_SPARE_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])')
_MARK = re.compile(r"\(([A-Z]{3}(?:/[A-Z]{3})?): ?([^()]*)\)")
# Types of the first drafts, and what stands for an unknown country in them.
_OLD_TYPES = {"INVESTIGATE": "ACCUSE", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}
_NO_COUNTRY = "---"


def read(path: Path) -> Collection[Happening]:
    """The records of a file; those of one id and text are one article."""
    codebook = load_codebook()
    texts: dict[tuple[str, str], tuple[Text, str]] = {}
    events: dict[tuple[str, str], list[Happening]] = {}
    for where, found in _records(path):
        record = Fields(found, where, _REMEDY)
        text = Text(record.string("text"))
        if not text.ink:
            record.fault("text is empty")
        key = (record.string("id"), text.ink)
        texts.setdefault(key, (text, where))
        events.setdefault(key, []).extend(_events(record, text, codebook))
    documents = tuple(Document(key[0], key[1], tuple(events[key]), where) for key, (_, where) in texts.items())
    everyone = [party for found in events.values() for one in found for party in (*one.actors, *one.recipients)]
    notes = ["PLOVER records name the main event of a text: precision counts every other as wrong"]
    if lost := sum(not party.spans for party in everyone):
        notes.append(f"the words of {lost} participants are not in their text; they were matched by country")
    return Collection(str(path), "article", documents, tuple(notes))


def _events(record: Fields, text: Text, codebook: Codebook) -> list[Happening]:
    types = [_type(one, record, codebook) for one in _listed(record, "event")]
    if not types:
        record.fault("event is missing")
    told = _of_today(types, _listed(record, "mode"), record, codebook)
    marks = _marks(record, text)
    trigger = marks.get("EVT", ()) or _find(text, _first(record, "event_text", "eventText"))
    actors = _parties(record, text, "actor", "source")
    recipients = _parties(record, text, "recipient", "target")
    return [Happening(trigger, one, None, modes, actors, recipients) for one, modes in told]


def _type(name: str, record: Fields, codebook: Codebook) -> str:
    name = _OLD_TYPES.get(name, name)
    if name not in codebook.types and name != YIELD:
        record.fault(f"event is {name[:30]!r}, which is no PLOVER type")
    return name


def _of_today(
    types: list[str], modes: tuple[str, ...], record: Fields, codebook: Codebook
) -> list[tuple[str, frozenset[str] | None]]:
    """What these types and modes are today: each type with its modes, two of one where one of its old modes has become
    a type and another has not. Modes are None where there are none, or which of several events has them is not said."""
    if len(types) > 1 or not modes:
        return [(one, None) for one in types]
    found: dict[str, set[str]] = {}
    for name in modes:
        now, mode = _current(name, types[0], record, codebook)
        found.setdefault(now, set()).update(mode)
    return [(now, frozenset(its)) for now, its in found.items()]


def _current(name: str, event_type: str, record: Fields, codebook: Codebook) -> tuple[str, set[str]]:
    """Today's type and mode, or type without one, for the name of a mode of today or of an older draft."""
    old = codebook.old_modes.get(name)
    if old and old.type and {event_type, old.type} <= {YIELD, *YIELDING}:
        return old.type, set()
    mode = old.mode if old and old.mode else name
    known = codebook.types.get(event_type)
    if known and mode not in known.modes:
        record.fault(f"{name[:30]!r} is no mode of {event_type}")
    return event_type, {mode}


def _parties(record: Fields, text: Text, *keys: str) -> tuple[Party, ...]:
    key = next((key for key in keys if record.values.get(key)), "")
    found = []
    for entity in record.objects(key) if key else ():
        words = _first(entity, "raw_text", "actorText", "entity_name")
        country = _first(entity, "code", "country_code", "country")
        if country == _NO_COUNTRY:
            country = ""
        if words or country:
            found.append(Party(_find(text, words), country))
    return tuple(found)


def _first(fields: Fields, *keys: str) -> str:
    return next((fields.string(key) for key in keys if fields.values.get(key)), "")


def _listed(fields: Fields, key: str) -> tuple[str, ...]:
    """One string, or a list of them; none where it is empty or missing."""
    found = fields.values.get(key)
    if not found:
        return ()
    return (fields.string(key),) if isinstance(found, str) else fields.strings(key)


def _find(text: Text, words: str) -> Spans:
    """Where the words stand first, as whole words; nowhere is empty."""
    words = words.strip()
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text.text) if words else None
    return (text.span(match.start(), match.end()),) if match else ()


def _marks(record: Fields, text: Text) -> dict[str, Spans]:
    """The words that textInfo.markup marks, by mark; none where what it marks is another text."""
    info = record.values.get("text_info") or record.values.get("textInfo")
    marked = info.get("markup") if isinstance(info, Mapping) else None
    if not isinstance(marked, str):
        return {}
    ink, at = "", 0
    found: dict[str, list[Span]] = {}
    for match in _MARK.finditer(marked):
        ink += "".join(marked[at : match.start()].split())
        words = "".join(match[2].split())
        found.setdefault(match[1], []).append(Span(len(ink), len(ink) + len(words)))
        ink += words
        at = match.end()
    ink += "".join(marked[at:].split())
    return {mark: tuple(spans) for mark, spans in found.items()} if ink == text.ink else {}


def _records(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each record with its file and line."""
    text = _SPARE_COMMA.sub(lambda match: match[1] or " ", text_of(path))
    decoder = json.JSONDecoder()
    at, line, counted = 0, 1, 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,[]":
            at += 1
        line, counted = line + text.count("\n", counted, at), at
        if at == len(text):
            return
        where = f"{path}:{line}"
        try:
            found, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise ReadingError(f"{path}:{error.lineno}: not JSON ({error.msg}); {_REMEDY}") from error
        except RecursionError as error:
            raise ReadingError(f"{where}: nested too deeply; {_REMEDY}") from error
        if not isinstance(found, Mapping):
            raise ReadingError(f"{where}: {str(found)[:30]!r} is no record; {_REMEDY}")
        yield where, found
