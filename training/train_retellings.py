"""Train the table that says which events of a whole article it tells again in other words; the network stays.

    python training/train_retellings.py --data DIR --model src/turnstone/data/model \
        --articles corpus/articles/train.tsv corpus/articles/train_2.tsv corpus/articles/world.txt \
        [--held corpus/articles/dev.tsv]

It learns from what the package codes of annotated articles, where all words that tell an event are marked: of each
event that is annotated, too, the earlier ones of its type are the same or are not. Twenty-five minutes on one thread,
nearly all of them coding. Writes `retellings.npy`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
    """Those of an article that was coded with its retellings."""
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
    """By bar: how many events are made one with an earlier one; of how many of these that is right, how many are not
    annotated, and how many right events are lost."""
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


def _coded(paths: Sequence[Path], data: Path, pipeline: Pipeline) -> Iterator[tuple[GoldReport, Record]]:
    for report in (report for path in paths for report in read_annotated(path, data)):
        record = pipeline.code(Article(report.id, date.fromisoformat(report.date), report.text))
        if record.analysis.is_whole_article:
            yield report, record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="annotated whole articles")
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="articles to score on")
    ask_how(parser, 6, 0.5, 0.05)
    args = parser.parse_args()
    pipeline = Pipeline(NEVER, model=Model(args.model))
    known, held = (
        [one for coded in _coded(paths, args.data, pipeline) for one in asked(*coded)]
        for paths in (args.articles, args.held)
    )
    print(f"{len(known)} events with earlier ones of their type, {sum(bool(one.same) for one in known)} told again")
    table = table_of(known, args.epochs, args.dropout, args.rate, args.seed)
    if held:
        print(scores(table, held), flush=True)
    np.save(args.model / "retellings.npy", table)
    write_trained(__file__, args, "retellings", ("articles",), HOW)


if __name__ == "__main__":
    main()
