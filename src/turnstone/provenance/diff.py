"""What differs between two records, article by article and event by event, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any, Literal

import pyarrow as pa

from turnstone.provenance.matching import matched
from turnstone.provenance.runs import reasons, runs_of
from turnstone.records import Event, Participant, Record
from turnstone.store import batches, manifest_of
from turnstone.store.stored import stored
from turnstone.store.tables import article_digest

Kind = Literal["article only in a", "article only in b", "lost", "added", "changed"]
KINDS: tuple[Kind, ...] = ("article only in a", "article only in b", "lost", "added", "changed")

_PLACES = frozenset(("trigger", "evidence"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One article or event that differs. `fields` are those of a changed event, each with both values; `evidence` the
    words of the event; `reasons` what is known of the why.
    """

    kind: Kind
    article_id: str
    published: str
    event_a: str = ""
    event_b: str = ""
    event_type: str = ""
    evidence: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()
    reasons: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "article_id": self.article_id,
            "published": self.published,
            "event_a": self.event_a,
            "event_b": self.event_b,
            "event_type": self.event_type,
            "evidence": self.evidence,
            "fields": [{"field": name, "a": a, "b": b} for name, a, b in self.fields],
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True)
class Differences:
    """`articles` are those in both records, `same` the events that have one coding in both; `reasons` what sets the
    runs apart, with the number of articles each concerns.
    """

    found: tuple[Difference, ...]
    articles: int
    same: int
    reasons: Mapping[str, int]

    def counts(self) -> dict[str, int]:
        """How many differences there are of each kind."""
        counted = Counter(one.kind for one in self.found)
        return {kind: counted[kind] for kind in KINDS}

    def fields(self) -> dict[str, int]:
        """In how many changed events each field differs, the most frequent first."""
        counted = Counter(name for one in self.found for name, _, _ in one.fields)
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def as_table(self) -> pa.Table:
        """A row for each difference, of a changed event for each field."""
        rows = []
        for one in self.found:
            row = {key: value for key, value in one.as_json().items() if key != "fields"}
            row["reasons"] = "; ".join(one.reasons)
            rows += [row | {"field": name, "a": a, "b": b} for name, a, b in one.fields or (("", "", ""),)]
        names = ("kind", "article_id", "published", "event_a", "event_b", "event_type", "evidence", "field", "a", "b")
        return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in (*names, "reasons")]))


def diff(a: Path, b: Path, entities: Callable[[Record, Event], tuple[str, ...]] | None = None) -> Differences:
    """Compares two records. `entities` says of an event that differs which of its participants' entities do. Raises
    StoreError where a directory holds no record.
    """
    return _Comparison(a, b, entities).run()


class _Comparison:
    def __init__(self, a: Path, b: Path, entities: Callable[[Record, Event], tuple[str, ...]] | None) -> None:
        self._directories = a, b
        self._runs = runs_of(manifest_of(a)), runs_of(manifest_of(b))
        self._coded_by = _coded_by(a), _coded_by(b)
        self._entities = entities
        self._found: list[Difference] = []
        self._articles = self._same = 0
        self._reasons: Counter[str] = Counter()

    def run(self) -> Differences:
        for one, other in _side_by_side(*self._directories, self._coded_by):
            if one is None or other is None:
                record = one or other
                assert record
                self._found.append(
                    Difference(
                        "article only in a" if one else "article only in b",
                        record.article.id,
                        record.article.published.isoformat(),
                        evidence=record.article.text[:80],
                    )
                )
            else:
                self._compare(one, other)
        order = {kind: place for place, kind in enumerate(KINDS)}
        self._found.sort(key=lambda one: (one.published, one.article_id, order[one.kind], one.event_a, one.event_b))
        return Differences(tuple(self._found), self._articles, self._same, dict(self._reasons))

    def _compare(self, a: Record, b: Record) -> None:
        self._articles += 1
        key = a.article.id
        why = reasons(*(runs.get(by[key]) for runs, by in zip(self._runs, self._coded_by, strict=True)))
        if article_digest(a.article) != article_digest(b.article):
            why = (_other_article(a, b), *why)
        self._reasons.update(why)
        for one, other in matched((a.article, a.coded.events), (b.article, b.coded.events)):
            fields = _fields(a, one, b, other) if one and other else ()
            if one and other and not fields:
                self._same += 1
                continue
            record, event = (a, one) if one else (b, other)
            assert event
            sides = [(side, its) for side, its in ((a, one), (b, other)) if its]
            known = [said for side in sides for said in self._entities(*side)] if self._entities else []
            self._found.append(
                Difference(
                    "lost" if not other else "added" if not one else "changed",
                    key,
                    a.article.published.isoformat(),
                    one.id if one else "",
                    other.id if other else "",
                    event.event_type,
                    record.article.text[event.evidence.start : event.evidence.end],
                    fields,
                    (*why, *dict.fromkeys(known)),
                )
            )


def _coded_by(directory: Path) -> dict[str, str]:
    """The run that coded each article, by id."""
    found: dict[str, str] = {}
    for batch in batches(directory, "articles", ("id", "run")):
        found |= zip(batch["id"].to_pylist(), map(intern, batch["run"].to_pylist()), strict=True)
    return found


def _side_by_side(
    a: Path, b: Path, ids: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[tuple[Record | None, Record | None]]:
    """The articles of both records by id; those whose day differs wait until the other has come."""
    waiting: tuple[dict[str, Record], dict[str, Record]] = {}, {}
    streams = stored(a), stored(b)
    heads = [next(streams[0], None), next(streams[1], None)]
    while heads[0] is not None or heads[1] is not None:
        side = min((n for n in (0, 1) if heads[n] is not None), key=lambda n: _place(heads[n]))
        record = heads[side]
        assert record
        heads[side] = next(streams[side], None)
        key = record.article.id
        if key not in ids[1 - side]:
            yield (record, None) if side == 0 else (None, record)
        elif key in waiting[1 - side]:
            other = waiting[1 - side].pop(key)
            yield (record, other) if side == 0 else (other, record)
        else:
            waiting[side][key] = record


def _place(record: Record | None) -> tuple[Any, ...]:
    assert record
    return record.article.published, record.article.id


def _other_article(a: Record, b: Record) -> str:
    names = [
        name
        for name in ("text", "published", "title", "publisher", "author", "url")
        if getattr(a.article, name) != getattr(b.article, name)
    ]
    return f"another article: {', '.join(names)}"


def _fields(a: Record, one: Event, b: Record, other: Event) -> tuple[tuple[str, str, str], ...]:
    """The fields in which two codings of an event differ. Where the texts do, places in them are not compared."""
    before, after = _values(a, one), _values(b, other)
    same_text = a.article.text == b.article.text
    return tuple(
        (name, before[name], after[name])
        for name in before
        if before[name] != after[name] and (same_text or name not in _PLACES)
    )


def _values(record: Record, event: Event) -> dict[str, str]:
    text, told = record.article.text, None
    if 0 <= event.attribution < len(record.coded.attributions):
        told = record.coded.attributions[event.attribution]
    place = event.place
    return {
        "event_type": event.event_type,
        "modes": ", ".join(event.modes),
        "contexts": ", ".join(event.contexts),
        "quad": str(event.quad),
        "score": f"{event.score:g}",
        "status": event.status,
        "first_day": event.first_day.isoformat(),
        "last_day": event.last_day.isoformat(),
        "granularity": event.granularity,
        "actors": _parties(event.actors),
        "recipients": _parties(event.recipients),
        "place": f"{place.name} ({place.country}; {place.resolution})" if place else "",
        "speaker": _parties((told.speaker,)) if told and told.speaker else "",
        "outlet": told.outlet if told else "",
        "trigger": f"{event.trigger.start}:{event.trigger.end} {text[event.trigger.start : event.trigger.end]}",
        "evidence": f"{event.evidence.start}:{event.evidence.end}",
        "confidence": repr(event.confidence),
    }


def _parties(parties: tuple[Participant, ...]) -> str:
    return json.dumps([[one.name, one.entity_id, one.country, *one.sectors] for one in parties], ensure_ascii=False)
