"""Train the table that says of what state somebody is whose state nothing tells; the network stays.

    python training/train_states.py --data DIR --model src/turnstone/data/model --labels corpus/items/states.tsv \
        --items corpus/items/train_1?.tsv --articles corpus/articles/world.txt [--held corpus/articles/dev.tsv]

It learns from those who take part in what the package codes of annotated reports: of the states that a report speaks of
one is theirs, or none. LABELS say it of items, who is meant in articles. Seven minutes on one thread, nearly all of
them coding. Writes `states.npy`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import articles as article_files
import sheets
from annotated import overlap
from card import ask_where, write_trained
from corpus import GoldReport, Span
from logistic import HOW, as_bytes, ask_how, fit_choice
from readings import read_annotated
from turnstone.analysis.hashed import STEP
from turnstone.analysis.model import Model
from turnstone.analysis.named_tables import STATES, rows, shares_of
from turnstone.coding.casualties import with_casualties
from turnstone.pipeline import Pipeline
from turnstone.records import Article
from turnstone.resolution.likely_states import parts_without_state
from turnstone.resolution.setting import Setting, is_state
from turnstone.resolution.state_words import StateWords
from turnstone.resolution.trees import Tree
from turnstone.settings import Settings

BARS = (0.5, 0.6, 0.7, 0.8)

Labels = Sequence[tuple[Span, str]]
"""Words of who takes part, and the code of their state."""


@dataclass(frozen=True)
class Asked:
    """Somebody of whom nothing tells the state: the rows of each state that the report speaks of, and the place of the
    right one among them, or -1."""

    rows: list[NDArray[np.int64]]
    right: int


def asked(pipeline: Pipeline, report: GoldReport, labels: Labels) -> Iterator[Asked]:
    """Those of a report that have a label."""
    record = pipeline.code(Article(report.id, date.fromisoformat(report.date), report.text))
    least = pipeline.settings.least_confidence
    analysis, resolved = with_casualties(record.analysis, least), record.resolved
    likely = [p for p in analysis.proposals if p.types[0][1] >= least]
    tree = Tree(report.text, analysis)
    words = StateWords(tree, resolved.mentions, resolved.places, Setting(tree, resolved.mentions, resolved.places))
    for part in parts_without_state(tree, resolved.mentions, likely, words.states):
        code = label_of((part.span.start, part.span.end), labels)
        if code is not None:
            right = words.states.index(code) if code in words.states else -1
            yield Asked([rows(one, STATES) for one in words.features(part)], right)


def label_of(span: Span, labels: Labels) -> str | None:
    """The code of those very words, or else of the first that share a character with them."""
    near = [(other, code) for other, code in labels if overlap(span, other)]
    return next((code for other, code in near if other == span), near[0][1] if near else None)


def labels_of_items(path: Path) -> dict[str, list[tuple[Span, str]]]:
    found: dict[str, list[tuple[Span, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        item, start, end, code = line.split("\t")
        found.setdefault(f"item-{int(item):06}", []).append(((int(start), int(end)), code))
    return found


def labels_of_articles(path: Path, data: Path) -> Iterator[tuple[GoldReport, Labels]]:
    """The articles of a file with who takes part in them; no state's is "-"."""
    if sheets.is_sheet(path):
        annotated = [(sheet.report, sheet.who) for sheet in sheets.sheets_of(path)]
    else:
        known = article_files.read_who(path.with_name(f"{path.stem}_who.tsv"))
        reports = article_files.read_articles(path, data)
        annotated = [
            (one, tuple(known[one.id, event.trigger[0]] for event in one.events))
            for one in reports
            if all((one.id, event.trigger[0]) in known for event in one.events)
        ]
    for report, who in annotated:
        labels = []
        for event, meant in zip(report.events, who, strict=True):
            for spans, names in ((event.actors, meant.actors), (event.recipients, meant.recipients)):
                codes = (name.rpartition("/")[2] for name in names)
                labels += [(span, code if is_state(code) else "-") for span, code in zip(spans, codes, strict=True)]
        yield report, labels


def scores(table: NDArray[np.int8], held: Iterable[Asked]) -> dict[float, tuple[int, int]]:
    """By bar: how many are told a state with a higher probability, and how many rightly."""
    best = []
    for one in held:
        shares = shares_of([float(table[own].sum(dtype=np.int64)) * STEP for own in one.rows])
        place = int(np.argmax(shares))
        best.append((shares[place], place == one.right))
    return {bar: (sum(s > bar for s, _ in best), sum(right for s, right in best if s > bar)) for bar in BARS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--labels", type=Path, required=True, help="whose state who takes part in items is of")
    parser.add_argument("--items", type=Path, nargs="+", required=True, help="annotated items, for their texts")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="annotated articles with who is meant")
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="articles to score on")
    ask_how(parser, 3, 0.3, 0.05)
    args = parser.parse_args()
    pipeline = Pipeline(Settings(least_state=1), Model(args.model))
    labels = labels_of_items(args.labels)
    reports = (one for path in args.items for one in read_annotated(path, args.data) if one.id in labels)
    known = [one for report in reports for one in asked(pipeline, report, labels[report.id])]
    print(f"{len(known)} in items", flush=True)
    of_articles = (both for path in args.articles for both in labels_of_articles(path, args.data))
    known += [one for report, own in of_articles for one in asked(pipeline, report, own)]
    print(f"{len(known)} with articles", flush=True)
    given = [one.rows for one in known], [one.right for one in known]
    weights = fit_choice(*given, STATES, args.epochs, args.dropout, args.rate, args.seed)
    table = as_bytes(weights)
    held = [both for path in args.held for both in labels_of_articles(path, args.data)]
    if held:
        print(scores(table, [one for report, own in held for one in asked(pipeline, report, own)]), flush=True)
    np.save(args.model / "states.npy", table)
    write_trained(__file__, args, "states", ("labels", "items", "articles"), HOW)


if __name__ == "__main__":
    main()
