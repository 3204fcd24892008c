"""Train the table that reads the contexts of an event from the words of its text; the network stays, and is not asked.

    python training/train_context_words.py --data DIR --model src/turnstone/data/model \
        --annotated corpus/items/train*.tsv corpus/*.txt corpus/articles/train.tsv corpus/articles/train_2.tsv \
        corpus/articles/world.txt [--held corpus/items/dev.tsv corpus/items/dev_2.tsv]

It learns from texts and annotations alone: words and sentences are found by rules. A minute on one thread. Of several
modes the first counts, of who takes part those whom the sentence names. Writes `context_words.npy`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotated import overlap
from card import ask_where, write_trained
from corpus import GoldEvent, GoldReport, Span
from logistic import HOW, Rows, as_bytes, ask_how, fit_labels
from readings import read_annotated
from turnstone.analysis.context_words import ROWS, ContextWords, Told
from turnstone.analysis.hashed import STEP
from turnstone.analysis.labels import CONTEXTS
from turnstone.analysis.sentences import split
from turnstone.analysis.words import words as find_words


@dataclass(frozen=True)
class Annotated:
    """N annotated events: the rows of each, and which contexts it has [N, 37]."""

    rows: Rows
    contexts: NDArray[np.float32]


def events_of(report: GoldReport) -> Iterator[tuple[NDArray[np.int64], GoldEvent]]:
    """The events of a report whose trigger is a word, with their rows."""
    spans = find_words(report.text)
    words, starts = [report.text[first:last] for first, last in spans], split(report.text, spans)
    for event in report.events:
        trigger = next((k for k, span in enumerate(spans) if overlap(span, event.trigger)), None)
        if trigger is not None:
            first = max(start for start in starts if start <= trigger)
            last = min((start for start in starts if start > trigger), default=len(words))
            sentence = {k: spans[k] for k in range(first, last)}
            yield ContextWords(words, first, last).rows(told(event, trigger, sentence)), event


def told(event: GoldEvent, trigger: int, sentence: Mapping[int, Span]) -> Told:
    """What is known of an event when its contexts are asked; `sentence` are its words by their numbers."""
    acting, receiving = (
        [words for span in side if (words := _words_of(span, sentence)) is not None]
        for side in (event.actors, event.recipients)
    )
    return Told(trigger, event.event_type, event.modes[0] if event.modes else "", event.status, acting, receiving)


def _words_of(span: Span, sentence: Mapping[int, Span]) -> Span | None:
    touched = [k for k, word in sentence.items() if overlap(word, span)]
    return (touched[0], touched[-1] + 1) if touched else None


def read(paths: Sequence[Path], data: Path) -> Annotated:
    found = [one for path in paths for report in read_annotated(path, data) for one in events_of(report)]
    labels = np.zeros((len(found), len(CONTEXTS)), np.float32)
    for own, (_, event) in zip(labels, found, strict=True):
        own[[CONTEXTS.index(context) for context in event.contexts]] = 1
    return Annotated([rows for rows, _ in found], labels)


def scores(table: NDArray[np.int8], held: Annotated) -> dict[float, dict[str, float]]:
    """By the probability from which on the table by itself says that an event has a context: precision, recall and F1
    over all, and the mean F1 of the contexts, in per cent."""
    said = np.stack([table[own].sum(0, dtype=np.int64) for own in held.rows]) * STEP
    found = {}
    for least in (0.15, 0.2, 0.25, 0.3, 0.4, 0.5):
        given, wanted = said >= np.log(least / (1 - least)), held.contexts > 0
        right, all_given, all_wanted = ((of).sum(0) for of in (given & wanted, given, wanted))
        known = all_given + all_wanted > 0
        shares = {
            "P": right.sum() / max(1, all_given.sum()),
            "R": right.sum() / max(1, all_wanted.sum()),
            "F1": 2 * right.sum() / max(1, all_given.sum() + all_wanted.sum()),
            "mean F1": (2 * right[known] / (all_given + all_wanted)[known]).mean(),
        }
        found[least] = {name: round(100 * float(value), 1) for name, value in shares.items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--annotated", type=Path, nargs="+", required=True, help="items, reports and articles")
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="the same to score on")
    ask_how(parser, 3, 0.3, 0.1)
    args = parser.parse_args()
    known = read(args.annotated, args.data)
    print(f"{len(known.rows)} events, {int(known.contexts.sum())} contexts", flush=True)
    given = known.rows, known.contexts, ROWS
    table = as_bytes(fit_labels(*given, args.epochs, args.dropout, args.rate, args.seed))
    for path in args.held:
        print(path.name, scores(table, read([path], args.data)), flush=True)
    np.save(args.model / "context_words.npy", table)
    write_trained(__file__, args, "context words", ("annotated",), HOW)


if __name__ == "__main__":
    main()
