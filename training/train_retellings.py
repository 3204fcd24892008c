"""Train the table that says which events of a whole article it tells again in other words; the network stays.

    python training/train_retellings.py --data DIR --model src/turnstone/data/model \
        --articles corpus/articles/train.tsv corpus/articles/train_2.tsv corpus/articles/world.txt \
        [--held corpus/articles/dev.tsv]

It learns from what the package codes of annotated articles, where all words that tell an event are marked. Each event
that is annotated, too, and has earlier ones of its type is an example: right is the nearest that tells the same event,
or none. Events that are not annotated teach nothing. Twenty-five minutes on one thread, nearly all of them coding.
Writes `retellings.npy`; with `--folds` nothing, but scores each file by trainings without the article.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotated import told_at
from card import ask_where, write_trained
from corpus import GoldReport
from logistic import HOW, as_bytes, ask_how, fit_choice
from readings import read_annotated
from turnstone.analysis.hashed import STEP
from turnstone.analysis.model import Model
from turnstone.analysis.named_tables import RETELLINGS, rows, shares_of
from turnstone.coding.clauses import Clauses
from turnstone.coding.layout import Layout
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.retelling_words import RetellingWords
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Record
from turnstone.settings import Settings

BARS = (0.4, 0.5, 0.6, 0.7)
NEVER = Settings(least_retelling=1.0)


@dataclass(frozen=True)
class Asked:
    """An event that has earlier ones of its type: the rows of each, and which of them, by place, are the same event. It
    is `known` where it is annotated; `new` where it is right and nothing before it tells the same."""

    rows: list[NDArray[np.int64]]
    same: list[int]
    known: bool
    new: bool


def asked(report: GoldReport, record: Record) -> Iterator[Asked]:
    """Those of an article that was coded with nothing made one (`NEVER`)."""
    analysis, coded = record.analysis, record.coded
    layout, nouns = Layout(report.text, analysis), NounPhrases(analysis.tokens)
    words = RetellingWords(
        report.text, analysis, nouns.below, Clauses(analysis.tokens), layout, coded.attributions, coded.events
    )
    gold = {event.id: told_at((event.trigger.start, event.trigger.end), report.events) for event in coded.events}
    for k, event in enumerate(coded.events):
        choices, own = words.choices(event, coded.events[:k]), gold[event.id]
        if not choices:
            continue
        same = [] if own is None else [place for place, one in enumerate(choices) if gold[one.id] is own]
        new = own is not None and own.event_type == event.event_type and not same
        yield Asked([rows(one, RETELLINGS) for one in words.features(event, choices)], same, own is not None, new)


def table_of(given: Sequence[Asked], epochs: int, dropout: float, rate: float, seed: int) -> NDArray[np.int8]:
    """The table; where several earlier events are the same, the nearest is the right choice."""
    known = [one for one in given if one.known]
    right = [one.same[-1] if one.same else -1 for one in known]
    return as_bytes(fit_choice([one.rows for one in known], right, RETELLINGS, epochs, dropout, rate, seed))


def scores(table: NDArray[np.int8], held: Sequence[Asked]) -> dict[float, dict[str, int]]:
    """By bar: how many events are made one with an earlier one, each asked by itself; of how many of these that is
    right, how many are not annotated, and how many right events are lost."""
    found = {bar: dict.fromkeys(("made one", "right", "not annotated", "lost"), 0) for bar in BARS}
    for one in held:
        shares = shares_of([float(table[own].sum(dtype=np.int64)) * STEP for own in one.rows])
        place = int(np.argmax(shares))
        for bar, count in found.items():
            if shares[place] > bar:
                count["made one"] += 1
                count["right"] += place in one.same
                count["not annotated"] += not one.known
                count["lost"] += one.new
    return found


def articles(paths: Sequence[Path], data: Path, pipeline: Pipeline) -> Iterator[tuple[str, str, list[Asked]]]:
    """The whole articles of annotated files: the file's name, the article's, and what is asked."""
    for path in paths:
        for report in read_annotated(path, data):
            record = pipeline.code(Article(report.id, date.fromisoformat(report.date), report.text))
            if record.analysis.is_whole_article:
                yield path.name, report.id, list(asked(report, record))


def print_folds(given: Sequence[tuple[str, str, list[Asked]]], number: int, how: Mapping[str, Any]) -> None:
    """Scores of the articles of each file, each article by a training without it and others, one of so many parts."""
    found: dict[str, dict[float, Counter[str]]] = {}
    for part in range(number):
        held = [one for one in given if zlib.crc32(one[1].encode()) % number == part]
        table = table_of([one for article in given if article not in held for one in article[2]], **how)
        for file, _, own in held:
            for bar, count in scores(table, own).items():
                found.setdefault(file, {}).setdefault(bar, Counter()).update(count)
    for file, by_bar in found.items():
        print(file, {bar: dict(count) for bar, count in by_bar.items()}, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="annotated whole articles")
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="articles to score on")
    parser.add_argument("--folds", type=int, help="score in so many parts, and write nothing")
    ask_how(parser, 6, 0.5, 0.05)
    args = parser.parse_args()
    pipeline = Pipeline(NEVER, model=Model(args.model))
    how = {name: getattr(args, name) for name in HOW}
    read = list(articles(args.articles, args.data, pipeline))
    if args.folds:
        print_folds(read, args.folds, how)
        return
    known = [one for *_, own in read for one in own]
    print(f"{len(known)} events with earlier ones of their type, {sum(bool(one.same) for one in known)} told again")
    table = table_of(known, **how)
    if args.held:
        held = articles(args.held, args.data, pipeline)
        print(scores(table, [one for *_, own in held for one in own]), flush=True)
    np.save(args.model / "retellings.npy", table)
    write_trained(__file__, args, "retellings", ("articles",), HOW)


if __name__ == "__main__":
    main()
