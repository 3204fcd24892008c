"""The annotated reports and the marked pairs, as words with labels for the event tower."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

import corpus
from turnstone.analysis.encode import Encoder
from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, MODES, STATUSES
from turnstone.analysis.sentences import split
from turnstone.analysis.windows import WINDOW_WORDS
from turnstone.analysis.words import words as find_words

QUAD_OF_PAIR = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 0),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 1),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 2),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 3),
}


def pair_class(event_type: str) -> str:
    return "YIELD" if event_type in ("CONCEDE", "RETREAT") else event_type


QUAD_OF_TYPE = np.array([QUAD_OF_PAIR[pair_class(t)] for t in EVENT_TYPES])


@dataclass(frozen=True)
class Labelled:
    """One event of an example; `trigger` is None for a marked pair, whose trigger nobody has marked."""

    trigger: int | None
    types: tuple[int, ...]  # those that the label allows
    actors: tuple[int, ...]  # word indices
    recipients: tuple[int, ...]
    modes: tuple[int, ...] = ()
    status: int = -1
    contexts: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Example:
    id: str
    words: tuple[str, ...]
    events: tuple[Labelled, ...]
    starts: tuple[int, ...]  # first words of the sentences
    complete: bool  # every event of the text is labelled


def _covered(spans: list[tuple[int, int]], start: int, end: int) -> list[int]:
    return [i for i, (s, e) in enumerate(spans) if s < end and e > start]


def _inside(spans: list[tuple[int, int]], parts: tuple[corpus.Span, ...]) -> tuple[int, ...]:
    return tuple(sorted({i for start, end in parts for i in _covered(spans, start, end)}))


def from_corpus(paths: list[Path]) -> list[Example]:
    examples = []
    for path in paths:
        reports, faults = corpus.read(path)
        if faults:
            raise ValueError(faults[0])
        examples.extend(from_report(report, path.stem) for report in reports)
    return examples


def from_report(report: corpus.GoldReport, file: str) -> Example:
    spans = find_words(report.text)
    events = []
    for e in report.events:
        modes = tuple(MODES.index(f"{e.event_type}.{m}") for m in e.modes)
        if not modes:
            modes = (MODES.index(f"{e.event_type}."),)
        events.append(
            Labelled(
                _covered(spans, *e.trigger)[0],
                (EVENT_TYPES.index(e.event_type),),
                _inside(spans, e.actors),
                _inside(spans, e.recipients),
                modes,
                STATUSES.index(e.status),
                tuple(CONTEXTS.index(c) for c in e.contexts),
            )
        )
    words, starts = tuple(report.text[s:e] for s, e in spans), tuple(split(report.text, spans))
    return Example(f"{file}/{report.id}", words, tuple(events), starts, True)


def packed(examples: Sequence[Example], rng: random.Random, alone: float = 0.35) -> list[Example]:
    """Reports strung together into windows as long as those of an article, but for a share `alone` that stay so."""
    out: list[Example] = []
    current: list[Example] = []
    order = list(examples)
    rng.shuffle(order)
    cap = 0.0
    for example in order:
        if not example.complete or rng.random() < alone:
            out.append(example)
            continue
        size = sum(len(e.words) for e in current)
        if current and size + len(example.words) > cap:
            out.append(_joined(current))
            current = []
        if not current:
            cap = rng.uniform(0.4, 1) * WINDOW_WORDS
        current.append(example)
    return [*out, _joined(current)] if current else out


def _joined(examples: list[Example]) -> Example:
    words: list[str] = []
    events: list[Labelled] = []
    starts: list[int] = []
    for example in examples:
        at = len(words)
        for event in example.events:
            events.append(
                replace(
                    event,
                    trigger=at + (event.trigger or 0),
                    actors=tuple(at + i for i in event.actors),
                    recipients=tuple(at + i for i in event.recipients),
                )
            )
        starts.extend(at + i for i in example.starts)
        words.extend(example.words)
    return Example("+".join(e.id for e in examples), tuple(words), tuple(events), tuple(starts), True)


def from_pairs(path: Path) -> list[tuple[Example, str, str, str]]:
    """(example, sentence id, 15-class label, 4-class label) of every marked pair."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        (_marked(f"pair/{row['sentence_id']}", row["marked_sentence"], row["gold_root"]), row["sentence_id"],
         row["gold_root"], row["gold_penta"])
        for row in rows
    ]  # fmt: skip


def own_pairs(path: Path) -> list[Example]:
    """The marked pairs of our corpus: lines of a class and a marked sentence."""
    with path.open(encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [_marked(f"{path.stem}/{i}", marked, label) for i, (label, marked) in enumerate(rows)]


def _marked(ident: str, marked: str, label: str) -> Example:
    """The example of a sentence with its marks in it."""
    text, at = "", 0
    spans: dict[str, int] = {}
    while at < len(marked):
        for tag in ("<s>", "</s>", "<t>", "</t>"):
            if marked.startswith(tag, at):
                spans.setdefault(tag, len(text))  # marked twice, the first counts
                at += len(tag)
                break
        else:
            text += marked[at]
            at += 1
    for tag in ("<s>", "</s>", "<t>", "</t>"):
        spans.setdefault(tag, 0)  # "a recipient" is not in the text
    found = find_words(text)
    allowed = ("CONCEDE", "RETREAT") if label == "YIELD" else (label,)
    event = Labelled(
        None,
        tuple(EVENT_TYPES.index(t) for t in allowed),
        tuple(_covered(found, spans["<s>"], spans["</s>"])),
        tuple(_covered(found, spans["<t>"], spans["</t>"])),
    )
    return Example(ident, tuple(text[s:e] for s, e in found), (event,), (0,), False)


def _sentence(example: Example, trigger: int | None) -> tuple[int, int]:
    """The sentence (first, last + 1) that a coded article would read the event in; all words of a marked pair."""
    if trigger is None:
        return 0, len(example.words)
    ends = [*example.starts[1:], len(example.words)]
    return next((a, b) for a, b in zip(example.starts, ends, strict=True) if a <= trigger < b)


def collate(batch: list[Example], encoder: Encoder) -> dict[str, torch.Tensor]:
    """Tensors: the windows, word-level trigger labels, and one row per event that names its window."""
    encoded = [encoder.encode(e.words) for e in batch]
    pieces, words = max(len(e.pieces) for e in encoded), max(len(e.first) for e in encoded)
    rows = [(b, e) for b, example in enumerate(batch) for e in example.events]

    def table(fill: float, *shape: int, kind: type = np.int64) -> np.ndarray:
        return np.full(shape, fill, kind)

    n, size = len(rows), len(batch)
    out = {
        "ids": table(0, size, pieces), "mask": table(0, size, pieces), "piece_shapes": table(8, size, pieces),
        "marks": table(0, size, pieces),
        "first": table(0, size, words), "last": table(0, size, words), "shapes": table(6, size, words),
        "word_mask": table(0, size, words), "triggers": table(-100, size, words),
        "own": table(0, n, words), "window": table(0, n), "trigger": table(-1, n),
        "types": table(0, n, len(EVENT_TYPES)),
        "actors": table(0, n, words), "recipients": table(0, n, words),
        "modes": table(0, n, len(MODES)), "status": table(-100, n), "contexts": table(-1, n, len(CONTEXTS)),
    }  # fmt: skip
    for b, (example, e) in enumerate(zip(batch, encoded, strict=True)):
        m = len(e.first)
        out["ids"][b, : len(e.pieces)], out["mask"][b, : len(e.pieces)] = e.pieces, 1
        out["first"][b, :m], out["last"][b, :m], out["shapes"][b, :m], out["word_mask"][b, :m] = (
            e.first,
            e.last,
            e.shapes,
            1,
        )
        for first, last, shape in zip(e.first, e.last, e.shapes, strict=True):
            out["piece_shapes"][b, first : last + 1] = shape
        if not example.complete:
            for mark, marked in ((1, example.events[0].actors), (2, example.events[0].recipients)):
                for k in marked:
                    out["marks"][b, e.first[k] : e.last[k] + 1] = mark
        if example.complete:
            out["triggers"][b, :m] = 0
            for event in example.events:
                out["triggers"][b, event.trigger] = 1
    for i, (b, event) in enumerate(rows):
        out["window"][i] = b
        first, last = _sentence(batch[b], event.trigger)
        out["own"][i, first:last] = 1
        out["types"][i, list(event.types)] = 1
        out["actors"][i, [k for k in event.actors if first <= k < last]] = 1
        out["recipients"][i, [k for k in event.recipients if first <= k < last]] = 1
        if event.trigger is not None:
            out["trigger"][i], out["status"][i] = event.trigger, event.status
            out["modes"][i, list(event.modes)] = 1
            out["contexts"][i] = 0
            out["contexts"][i, list(event.contexts or ())] = 1
    return {k: torch.from_numpy(v) for k, v in out.items()}
