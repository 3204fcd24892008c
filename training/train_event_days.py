"""Train the table that says on which of the days that a report names an event was; the network stays.

    python training/train_event_days.py --data DIR --model src/turnstone/data/model \
        --reports corpus/articles/train.tsv corpus/articles/world.txt corpus/long.txt ... \
        [--held corpus/articles/dev.tsv]

It learns from what the package codes of annotated reports whose events have days, in sheets or in a file beside them
(`whereabouts.py`): of the events that are annotated, too, and whose sentence does not tell their day, each day that the
report names is theirs or is not. Twelve minutes on one thread, nearly all of them coding. Writes `event_days.npy`.
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
from turnstone.analysis.named_tables import DAYS, rows, shares_of
from turnstone.coding.casualties import with_casualties
from turnstone.coding.clauses import Clauses
from turnstone.coding.events import kept
from turnstone.coding.layout import Layout
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.times import Times
from turnstone.pipeline import Pipeline
from turnstone.records import Article
from whereabouts import Whereabouts, days_of, whereabouts

BARS = (0.3, 0.4, 0.5, 0.6)


@dataclass(frozen=True)
class Asked:
    """An event whose sentence does not tell its day: the rows of each day that the article names, the place of the
    right one among them, or -1, and whether the day of publication is right."""

    rows: list[NDArray[np.int64]]
    right: int
    of_today: bool


def _annotated(path: Path, data: Path) -> Iterator[tuple[GoldReport, Whereabouts]]:
    known = whereabouts(path)
    return ((report, known[report.id]) for report in read_annotated(path, data) if report.id in known)


def asked(pipeline: Pipeline, report: GoldReport, told: Whereabouts) -> Iterator[Asked]:
    """Those of a report. An event of which it tells no day is on none; one on a day that it does not name is left
    out."""
    article = Article(report.id, date.fromisoformat(report.date), report.text)
    record = pipeline.code(article)
    analysis = with_casualties(record.analysis, pipeline.settings.least_confidence)
    proposals = kept(article, analysis, pipeline.settings)
    nouns, clauses = NounPhrases(analysis.tokens), Clauses(analysis.tokens)
    given = (article, analysis, record.resolved.dates, proposals, nouns.below, clauses, Layout(article.text, analysis))
    times = Times(*given, pipeline.settings, pipeline.counsel)
    for event in times.events:
        token = analysis.tokens[event.trigger]
        gold = told_at((token.start, token.end), report.events)
        if event.days is not None or gold is None or not told.get(gold.trigger[0], ("", ""))[0]:
            continue
        right, choices = days_of(told[gold.trigger[0]][0]), times.words(event).days(event)
        if right is None or right in choices:
            features = times.words(event).features(event, choices)
            today = right == (article.published, article.published)
            yield Asked([rows(one, DAYS) for one in features], choices.index(right) if right else -1, today)


def scores(table: NDArray[np.int8], held: Sequence[Asked]) -> dict[float, dict[str, int]]:
    """By bar: of the events whose day is told, how many are right where the likely day is given, or that of publication
    below the bar; how many that makes right, and how many no longer; and of the others how many are given one."""
    found = {bar: dict.fromkeys(("told", "right", "mended", "spoilt", "untold", "given"), 0) for bar in BARS}
    for one in held:
        shares = shares_of([float(table[own].sum(dtype=np.int64)) * STEP for own in one.rows])
        place = int(np.argmax(shares))
        for bar, count in found.items():
            given = shares[place] > bar
            if one.right < 0:
                count["untold"] += 1
                count["given"] += given
                continue
            right = place == one.right if given else one.of_today
            count["told"] += 1
            count["right"] += right
            count["mended"] += right and not one.of_today
            count["spoilt"] += one.of_today and not right
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--reports", type=Path, nargs="+", required=True, help="annotated reports that have days")
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="reports to score on")
    ask_how(parser, 4, 0.3, 0.05)
    args = parser.parse_args()
    pipeline = Pipeline(model=Model(args.model))
    known, held = (
        [one for path in paths for report, told in _annotated(path, args.data) for one in asked(pipeline, report, told)]
        for paths in (args.reports, args.held)
    )  # fmt: skip
    print(f"{len(known)} events, {sum(one.right >= 0 for one in known)} with a day", flush=True)
    given = [one.rows for one in known], [one.right for one in known]
    weights = fit_choice(*given, DAYS, args.epochs, args.dropout, args.rate, args.seed)
    table = as_bytes(weights)
    if held:
        print(scores(table, held), flush=True)
    np.save(args.model / "event_days.npy", table)
    write_trained(__file__, args, "event days", ("reports",), HOW)


if __name__ == "__main__":
    main()
