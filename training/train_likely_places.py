r"""Train the table that says where an event likely was of which no clause tells it; the network stays.

    python training/train_likely_places.py --data DIR --model src/turnstone/data/model --items corpus/places/items.tsv \
        --reports corpus/tidings.txt corpus/voices.txt corpus/long.txt corpus/articles/world.txt \
        corpus/articles/train.tsv [--folds 10]

It learns from what the package codes of reports whose events have judged places (`places/` beside each file): of each
event that is judged and is at no place by its own clause, right is one of the places that the report names, the state
of somebody who takes part, or none. Five minutes on one thread, nearly all of them coding. Writes `likely_places.npy`;
with `--folds` nothing, but scores each file by trainings without the report.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from card import ask_where, write_trained
from judged_places import Judged, judged_items, judged_reports
from logistic import HOW, as_bytes, ask_how, fit_choice
from turnstone.analysis.hashed import STEP
from turnstone.analysis.model import Model
from turnstone.analysis.named_tables import LIKELY_PLACES, rows, shares_of
from turnstone.coding.clauses import Clauses
from turnstone.coding.layout import Layout
from turnstone.coding.likely_places import words_of
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Record
from turnstone.settings import Settings

BARS = (0.5, 0.6, 0.7, 0.8, 0.9)
NOT_LIKELY = Settings(least_likely_place=1.0)


@dataclass(frozen=True)
class Asked:
    """An event without a place: the rows of each place that its report names, and which of them, by number, is right,
    or -1; `report` is where it is told."""

    report: str
    rows: list[NDArray[np.int64]]
    right: int


def asked(judged: Judged, record: Record, pipeline: Pipeline) -> Iterator[Asked]:
    """Those of a report that was coded without likely places (`NOT_LIKELY`)."""
    article, analysis, events = record.article, record.analysis, record.coded.events
    tokens, layout = analysis.tokens, Layout(article.text, analysis)
    given = (NounPhrases(tokens), Clauses(tokens), layout, record.resolved.places, events, pipeline.counsel)
    words = words_of(article, analysis, *given)
    for event in events:
        meant = judged.places.get(event.trigger.start)
        if meant is None or event.place is not None:
            continue
        # judges were not asked about states of former times, which are on no map
        on_map = [one for one in zip(*words.features(event), strict=True) if one[0].latitude is not None]
        names = [f"{place.name}/{place.country or '?'}" for place, _ in on_map]
        right = names.index(meant) if meant in names else -1
        if on_map and (right >= 0 or meant == "-"):
            yield Asked(judged.report, [rows(features, LIKELY_PLACES) for _, features in on_map], right)


def table_of(given: Sequence[Asked], epochs: int, dropout: float, rate: float, seed: int) -> NDArray[np.int8]:
    seen, right = [one.rows for one in given], [one.right for one in given]
    return as_bytes(fit_choice(seen, right, LIKELY_PLACES, epochs, dropout, rate, seed))


def scores(table: NDArray[np.int8], held: Sequence[Asked]) -> dict[float, tuple[int, int]]:
    """By bar: how many events are given a place, and of how many it is the right one."""
    found = dict.fromkeys(BARS, (0, 0))
    for one in held:
        shares = shares_of([float(table[own].sum(dtype=np.int64)) * STEP for own in one.rows])
        place = int(np.argmax(shares))
        for bar, (given, right) in found.items():
            if shares[place] > bar:
                found[bar] = given + 1, right + (place == one.right)
    return found


def print_folds(files: Mapping[str, list[Asked]], number: int, how: Mapping[str, Any]) -> None:
    """Scores of each file, each report by a training without it and others, one of so many parts."""
    parts = {name: [zlib.crc32(one.report.encode()) % number for one in own] for name, own in files.items()}
    found = {name: dict.fromkeys(BARS, (0, 0)) for name in files}
    for part in range(number):
        rest = [one for name, own in files.items() for one, at in zip(own, parts[name], strict=True) if at != part]
        table = table_of(rest, **how)
        for name, own in files.items():
            held = [one for one, at in zip(own, parts[name], strict=True) if at == part]
            for bar, counted in scores(table, held).items():
                before = found[name][bar]
                found[name][bar] = before[0] + counted[0], before[1] + counted[1]
    for name, own in files.items():
        told = sum(one.right >= 0 for one in own)
        print(f"{name}: {len(own)} events, {told} with a place; given, right {found[name]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--items", type=Path, nargs="*", default=[], help="judged places of events of items")
    parser.add_argument(
        "--reports", type=Path, nargs="*", default=[], help="reports and articles judged in places/ beside them"
    )
    parser.add_argument("--folds", type=int, help="score in so many parts, and write nothing")
    ask_how(parser, 10, 0.4, 0.05)
    args = parser.parse_args()
    pipeline = Pipeline(NOT_LIKELY, model=Model(args.model))
    files: dict[str, list[Asked]] = {}
    judged = [(path.name, one) for path in args.items for one in judged_items(path, args.data)]
    for name, one in [*judged, *((path.name, one) for path in args.reports for one in judged_reports(path, args.data))]:
        record = pipeline.code(Article(one.report, date.fromisoformat(one.date), one.text))
        files.setdefault(name, []).extend(asked(one, record, pipeline))
    how = {name: getattr(args, name) for name in HOW}
    if args.folds:
        print_folds(files, args.folds, how)
        return
    known = [one for own in files.values() for one in own]
    print(f"{len(known)} events, {sum(one.right >= 0 for one in known)} with a place", flush=True)
    np.save(args.model / "likely_places.npy", table_of(known, **how))
    write_trained(__file__, args, "likely places", ("items", "reports"), HOW)


if __name__ == "__main__":
    main()
