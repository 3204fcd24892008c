"""Train the table that reads an event's type and status from words and tree; the network stays.

    python training/train_event_words.py --data DIR --model src/turnstone/data/model \
        --items corpus/items/train_[2-9].tsv --reports corpus/*.txt --held corpus/items/dev.tsv [--readings FOLDER]

It learns of the words that the packaged network proposes in annotated reports, and of nothing that it says of them, so
that items may be used that the event tower has seen. Two minutes on one thread where `--readings` has what the network
said. Writes `event_words.npy`, or with `--whole` that for whole articles, and takes the old confidence away: then fit
it with `evals/calibration.py --write`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotated import told_at
from card import ask_where, set_confidence, write_trained
from logistic import DROPOUT, HOW, RATE, Rows, as_bytes, ask_how, fit
from readings import Reading, articles_parted, ask_for_articles, readings
from turnstone.analysis.event_model import SHORT, WHOLE, EventModel
from turnstone.analysis.event_words import ROWS
from turnstone.analysis.graphs import Floats
from turnstone.analysis.hashed import STEP
from turnstone.analysis.labels import EVENT_TYPES, STATUSES
from turnstone.analysis.model_files import read_files

NONE = len(EVENT_TYPES)


class Asked(EventModel):
    """A packaged one; the rows that it is asked of are kept in `rows`."""

    def __init__(self, folder: Path, prefix: str) -> None:
        super().__init__(read_files(folder)[0], prefix, (1.0, 0.0))
        self.rows: list[NDArray[np.int64]] = []

    def event_words(self, rows: Sequence[NDArray[np.int64]]) -> tuple[Floats, Floats]:
        self.rows.extend(rows)
        return super().event_words(rows)


@dataclass(frozen=True)
class Candidates:
    """N proposed words: their rows, the number of the type of the event that one is, or NONE, and of its status [N];
    `events` is how many are annotated in all."""

    rows: Rows
    types: NDArray[np.int64]
    statuses: NDArray[np.int64]
    events: int


def candidates(model: Asked, read: Sequence[Reading]) -> Candidates:
    model.rows = []
    types, statuses = [], []
    for one in read:
        for proposal in one.propose(model):
            token = one.tokens[proposal.trigger]
            event = told_at((token.start, token.end), one.report.events)
            types.append(EVENT_TYPES.index(event.event_type) if event else NONE)
            statuses.append(STATUSES.index(event.status) if event else -1)
    annotated = sum(len(one.report.events) for one in read)
    return Candidates([own.astype(np.int32) for own in model.rows], np.array(types), np.array(statuses), annotated)


def joined(given: Sequence[Candidates]) -> Candidates:
    rows = [row for one in given for row in one.rows]
    types, statuses = (np.concatenate([getattr(one, k) for one in given]) for k in ("types", "statuses"))
    return Candidates(rows, types, statuses, sum(one.events for one in given))


def scores(table: Floats, known: Candidates) -> dict[str, float]:
    """What the table knows by itself: the best F1 of trigger with type that any threshold gives; of the events that
    were proposed how many have the right type and the right status; in per cent."""
    said = np.stack([table[own].sum(0) for own in known.rows])
    types, statuses = said[:, :NONE], said[:, NONE + 1 :]
    odds = types.max(1) - np.log(np.exp(said[:, : NONE + 1]).sum(1))
    order = np.argsort(-odds, kind="stable")
    hits = np.cumsum((types.argmax(1) == known.types)[order])
    f1 = 200 * hits / (np.arange(1, len(order) + 1) + known.events)
    real = known.types != NONE
    return {
        "trigger and type": float(f1.max()),
        "type": 100 * float((types.argmax(1) == known.types)[real].mean()),
        "status": 100 * float((statuses.argmax(1) == known.statuses)[real].mean()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--items", type=Path, nargs="+", required=True, help="annotated items")
    parser.add_argument("--reports", type=Path, nargs="*", default=[], help="files of annotated reports")
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="items or articles to score on")
    ask_for_articles(parser)
    parser.add_argument("--readings", type=Path, help="folder that keeps what the network says, for another training")
    ask_how(parser, 2, DROPOUT, RATE, "over the types; one more over the statuses")
    parser.add_argument("--beside", type=Path, help="a table counted before: what is written is the mean of both")
    args = parser.parse_args()
    if len(args.halves) != (2 if args.articles else 0):
        parser.error("--articles and two --halves go together")
    prefix = WHOLE if args.whole else SHORT
    model = Asked(args.model, prefix)
    short = readings([*args.items, *args.reports], args.data, args.model, args.readings)
    known = candidates(Asked(args.model, SHORT), short)
    for folder, half in articles_parted(args):
        known = joined([known, *([candidates(Asked(folder, WHOLE), half)] * 4)])
    real = np.flatnonzero(known.types != NONE)
    print(f"{len(known.types)} candidates, {len(real)} of the {known.events} events", flush=True)
    how = (args.dropout, args.rate, args.seed)
    types = fit(known.rows, known.types, (ROWS, NONE + 1), args.epochs, *how)
    of_events = [known.rows[k] for k in real]
    statuses = fit(of_events, known.statuses[real], (ROWS, len(STATUSES)), args.epochs + 1, *how)
    table = as_bytes(np.concatenate([types, statuses], 1))
    if args.beside:
        table = np.round((table + np.load(args.beside).astype(np.float32)) / 2).astype(np.int8)
    if args.held:
        held = candidates(model, readings(args.held, args.data, args.model, args.readings))
        print({k: round(v, 2) for k, v in scores(table * np.float32(STEP), held).items()}, flush=True)
    np.save(args.model / f"{prefix}event_words.npy", table)
    set_confidence(args.model, prefix, 1.0, 0.0)
    write_trained(__file__, args, f"{prefix}event words", ("items", "reports", "articles"), HOW)


if __name__ == "__main__":
    main()
