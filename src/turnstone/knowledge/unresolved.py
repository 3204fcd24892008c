"""The names that records hold and the data lacks, by how often they stand there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from turnstone.knowledge.entities import Entities
from turnstone.knowledge.gazetteer import Gazetteer
from turnstone.knowledge.written_names import looks_like
from turnstone.records import Participant, Record

EXAMPLES = 3
_AROUND = 70
_NAME = re.compile(r"[^\W\d_].*")
_SMALL = frozenset("of the and for in on al el bin ibn de la le du da dos del der den van von y e".split())
_BEGINS = re.compile(r"(?:^|[.!?:;\n\r“”\"‘(-]\s*)$")


@dataclass(frozen=True, slots=True)
class Example:
    """Where a name stands, with the words around it."""

    article: str
    published: date
    text: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name without an entity. `kind` is PER, ORG, LOC or "" where it cannot be told; `country` and `sectors` are what
    the texts say of it, most often ("the Ruritanian envoy N."), empty where nothing."""

    name: str
    kind: str
    mentions: int
    articles: int
    country: str
    sectors: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass
class _Found:
    mentions: int = 0
    articles: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    standings: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)
    inside: bool = False
    """Whether it stands with its capital within a sentence too."""


@dataclass(frozen=True, slots=True)
class _Seen:
    start: int
    end: int
    name: str
    kind: str
    country: str
    sectors: tuple[str, ...]


def unresolved(
    records: Iterable[Record], entities: Entities, gazetteer: Gazetteer | None = None
) -> tuple[Unresolved, ...]:
    """Names of participants, speakers and, where the records hold them, all other mentions, which have no entity and
    which `entities` lack; the most frequent first. A place that `gazetteer` has is no lack where its country is known.
    """
    names: dict[str, _Found] = {}
    for record in records:
        text = record.article.text
        for seen in _without_entity(record):
            name = _plain(seen.name)
            if not _is_name(name) or entities.senses(name) or name.lower() in entities.nouns:
                continue
            found = names.setdefault(name, _Found())
            found.mentions += 1
            found.articles.add(record.article.id)
            if seen.kind:
                found.kinds[seen.kind] += 1
            if seen.country or seen.sectors:
                found.standings[seen.country, seen.sectors] += 1
            found.inside = found.inside or not _BEGINS.search(text[: seen.start])
            if len(found.examples) < EXAMPLES and record.article.id not in {one.article for one in found.examples}:
                around = " ".join(text[max(0, seen.start - _AROUND) : seen.end + _AROUND].split())
                found.examples.append(Example(record.article.id, record.article.published, around))
    told = (_told(name, found, gazetteer) for name, found in names.items())
    return tuple(sorted(filter(None, told), key=lambda one: (-one.mentions, -one.articles, one.name)))


def _told(name: str, found: _Found, gazetteer: Gazetteer | None) -> Unresolved | None:
    # one capitalised word that only ever begins a sentence is any word
    if " " not in name and not found.inside and not found.kinds:
        return None
    country, sectors = max(found.standings.items(), key=lambda pair: pair[1], default=((("", ()), 0)))[0]
    place = gazetteer is not None and bool(gazetteer.lookup(name))
    if place and country and not sectors:
        return None
    kind = found.kinds.most_common(1)[0][0] if found.kinds else "LOC" if place else looks_like(name)
    kind = "LOC" if kind == "GPE" else kind
    return Unresolved(
        name, kind, found.mentions, len(found.articles), country, sectors, tuple(found.examples)
    )  # fmt: skip


def _without_entity(record: Record) -> Iterator[_Seen]:
    """Every stretch of text with a name that has no entity, once."""
    if record.resolved.mentions:
        for mention in record.resolved.mentions:
            if mention.entity_id or mention.kind == "OTHER" or (mention.kind in ("LOC", "GPE") and mention.country):
                continue
            words = record.article.text[mention.start : mention.end]
            name = mention.name or words
            yield _Seen(mention.start, mention.end, name, mention.kind, mention.country, mention.sectors)
        return
    met: set[tuple[int, int, str]] = set()
    for one in _participants(record):
        if not one.entity_id and (one.start, one.end, one.name) not in met:
            met.add((one.start, one.end, one.name))
            yield _Seen(one.start, one.end, one.name, "", one.country, one.sectors)


def _participants(record: Record) -> Iterator[Participant]:
    for event in record.coded.events:
        yield from event.actors
        yield from event.recipients
    for attribution in record.coded.attributions:
        if attribution.speaker is not None:
            yield attribution.speaker


def _plain(name: str) -> str:
    plain = " ".join(name.split())
    for article in ("the ", "The ", "THE "):
        plain = plain.removeprefix(article)
    for ending in ("'s", "’s"):
        plain = plain.removesuffix(ending)
    return plain.strip(' ,.;:"“”')


def _is_name(name: str) -> bool:
    """Whether every word is capitalised, small ones within aside."""
    words = name.split()
    if not words or len(name) < 2 or not _NAME.fullmatch(name) or len(words) > 8:
        return False
    first, *rest = words
    return first[0].isupper() and all(
        word[0].isupper() or word[0].isdigit() or word in _SMALL or word.startswith(("al-", "el-", "d'", "&"))
        for word in rest
    )
