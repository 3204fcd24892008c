"""Train the table that says whether an event is at a place of its sentence; the network stays.

    python training/train_event_places.py --data DIR --model src/turnstone/data/model \
        --items corpus/items/train_8.tsv ... --articles corpus/articles/train.tsv corpus/articles/world.txt \
        [--held corpus/articles/dev.tsv]

It learns from what the package codes of annotated reports: of the events that are annotated, too, each place in their
sentence is where they were or is not. Items and articles say it by the words of `where`; of a place within the words of
who takes part they say nothing where they have no such words ("invaded Ruritania"). Articles with `place` say it of
whom it is done to, too, and count TIMES. Twenty minutes on one thread, most of them coding. Writes `event_places.npy`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotated import overlap, shares_name
from card import ask_where, write_trained
from corpus import GoldEvent, GoldReport
from logistic import DROPOUT, HOW, RATE, as_bytes, ask_how, fit
from readings import read_annotated
from turnstone.analysis.hashed import STEP
from turnstone.analysis.model import Model
from turnstone.analysis.named_tables import PLACES, rows
from turnstone.coding.clauses import Clauses
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.place_words import Occurrence, PlaceWords, is_within
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Event, Place, Record
from whereabouts import whereabouts

TIMES = 12

YES, NO, UNTOLD = 1, 0, -1


@dataclass(frozen=True)
class Told:
    """A place in the sentence of an annotated event: the rows of both, whether the event was there, whose event it is,
    and how often it counts."""

    rows: NDArray[np.int64]
    there: int
    event: str
    times: int


def told(report: GoldReport, record: Record, places: dict[int, str]) -> Iterator[Told]:
    """Every place in the sentences of the events that a record and its annotation share; `places` is where they were,
    by the start of their triggers."""
    tokens = record.analysis.tokens
    clauses, nouns = Clauses(tokens), NounPhrases(tokens)
    triggers = {k for k, t in enumerate(tokens) if any(t.start == e.trigger.start for e in record.coded.events)}
    for event in record.coded.events:
        gold = next((one for one in report.events if _same(event, one)), None)
        inside = [p for p in record.resolved.places if event.evidence.start <= p.start and p.end <= event.evidence.end]
        if gold is None or not inside:
            continue
        words = PlaceWords(report.text, tokens, nouns.below, clauses, triggers, inside)
        trigger = next(k for k, token in enumerate(tokens) if token.start == event.trigger.start)
        known = Occurrence(trigger, event.event_type, event.quad, event.status, event.actors, event.recipients)
        place = places.get(gold.trigger[0])
        for one, features in zip(words.places, words.features(known), strict=True):
            there = _by_where(one, gold, event, inside) if place is None else _by_place(one, place, event, report.text)
            yield Told(rows(features, PLACES), there, event.id, 1 if place is None else TIMES)


def _same(event: Event, gold: GoldEvent) -> bool:
    return gold.event_type == event.event_type and overlap(gold.trigger, (event.trigger.start, event.trigger.end))


def _by_where(place: Place, gold: GoldEvent, event: Event, others: Sequence[Place]) -> int:
    if gold.where is None:
        return UNTOLD if is_within(place, (*event.actors, *event.recipients)) else NO
    if overlap(gold.where, (place.start, place.end)):
        return YES
    again = any(one.name == place.name and overlap(gold.where, (one.start, one.end)) for one in others)
    return UNTOLD if again else NO


def _by_place(place: Place, meant: str, event: Event, text: str) -> int:
    name = meant.rpartition("/")[0]
    if not any(shares_name(name, one) for one in (place.name, text[place.start : place.end])):
        return NO
    return UNTOLD if is_within(place, event.actors) else YES  # of what a state does, it is hardly said where


def examples(paths: Sequence[Path], data: Path, pipeline: Pipeline) -> list[Told]:
    """Those of annotated files."""
    found: list[Told] = []
    for path in paths:
        known = whereabouts(path, added=False)
        for report in read_annotated(path, data):
            if report.events:
                record = pipeline.code(Article(report.id, date.fromisoformat(report.date), report.text))
                places = {start: place for start, (_, place) in known.get(report.id, {}).items() if place}
                found += told(report, record, places)
        print(f"{path.name}: {len(found)} places", flush=True)
    return [one for one in found if one.there != UNTOLD]


def scores(table: NDArray[np.float32], held: Sequence[Told]) -> dict[str, float]:
    """Of the events: how often one is put at a place, how often rightly, how often there is one to be found."""
    by_event: dict[str, list[tuple[float, int]]] = {}
    for one in held:
        by_event.setdefault(one.event, []).append((float(table[one.rows].sum()), one.there))
    best = [max(places) for places in by_event.values()]
    given = [there for odds, there in best if odds > 0]
    wanted = sum(any(there for _, there in places) for places in by_event.values())
    right = sum(given)
    return {"given": len(given), "right": right, "to be found": wanted}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--items", type=Path, nargs="+", required=True, help="annotated items")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="annotated articles")
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="items or articles to score on")
    ask_how(parser, 2, DROPOUT, RATE)
    args = parser.parse_args()
    pipeline = Pipeline(model=Model(args.model))
    known = examples([*args.items, *args.articles], args.data, pipeline)
    seen = [one.rows for one in known for _ in range(one.times)]
    there = np.array([one.there for one in known for _ in range(one.times)])
    weights = fit(seen, there, (PLACES, 2), args.epochs, args.dropout, args.rate, args.seed)
    table = as_bytes(weights[:, YES] - weights[:, NO])
    if args.held:
        print(scores(table * np.float32(STEP), examples(args.held, args.data, pipeline)), flush=True)
    np.save(args.model / "event_places.npy", table)
    write_trained(__file__, args, "event places", ("items", "articles"), HOW)


if __name__ == "__main__":
    main()
