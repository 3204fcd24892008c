"""Train the table that says how likely two reports are of one happening; no network is asked.

    python training/train_happenings.py RECORD --pairs corpus/happenings.tsv [--folds 10]

RECORD is a record of current-events items that holds those of the pairs (`turnstone code` of what `bench/prepare.py`
makes of all of them, twenty minutes on two cores): words are weighed by the news of the days before. Pairs whose events
the record lacks are left out and counted; another text for an item ends it with an error. Writes
`src/turnstone/data/happenings.npy`; with `--folds` nothing, but scores the pairs of each thirty days by trainings
without these. A minute and a half, nearly all of it reading.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from logistic import HOW, as_bytes, ask_how, fit
from turnstone.analysis.hashed import STEP, in_order, numbers
from turnstone.errors import ReadingError
from turnstone.store import read_table
from turnstone.stories.directory import reported
from turnstone.stories.happenings import DAYS, Happenings, Link, happening_id
from turnstone.stories.link_words import ROWS, TABLE, features
from turnstone.stories.reports import Report
from turnstone.stories.sameness import shared

Key = tuple[int, int]
"""An item's number, and where the word begins that tells the event."""


@dataclass(frozen=True)
class Judged:
    """A pair that a reader judged: the rows of its features, whether it is one happening, thirty days of the later, and
    how many pairs of all items it stands for, 0 where it was not drawn for that."""

    rows: NDArray[np.int64]
    same: bool
    days: int
    stands_for: float


def pairs(path: Path) -> dict[frozenset[Key], tuple[bool, float]]:
    """The pairs that were judged, but for those left open: whether they are one happening, and for how many they
    stand."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            frozenset({(int(row["item"]), int(row["word"])), (int(row["other_item"]), int(row["other_word"]))}):
            (row["same"] == "y", float(row["stands_for"]))
            for row in csv.DictReader(file, delimiter="\t")
            if row["same"] != "?"
        }  # fmt: skip


def check_texts(record: Path, path: Path) -> None:
    """Raises ReadingError where the record has another text for an item of the pairs."""
    known = read_table(record, "articles").select(["id", "sha256"]).to_pydict()
    digests = dict(zip(known["id"], known["sha256"], strict=True))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for one in ("", "other_"):
                own = digests.get(f"item-{int(row[f'{one}item']):06}")
                if own is not None and not own.startswith(row[f"{one}sha256"]):
                    raise ReadingError(f"{record}: has another text for item {row[f'{one}item']}; code the items anew")


def judged(record: Path, wanted: Mapping[frozenset[Key], tuple[bool, float]]) -> list[Judged]:
    """Those whose two events the record has, by the day of the later."""
    partners: defaultdict[Key, list[Key]] = defaultdict(list)
    for one, other in map(sorted, wanted):
        partners[one].append(other)
        partners[other].append(one)
    joining, held, found = Happenings(), dict[Key, Report](), []
    for report, row in reported(record):
        joining.forget(report.published)
        own = int(report.article_id.removeprefix("item-")), int(row["trigger_start"])
        for key in partners.get(own, ()):
            if key in held and report.published - held[key].published <= DAYS:
                names = features(report, held[key], shared(report, held[key], joining.weigh))
                same, stands_for = wanted[frozenset({own, key})]
                found.append(Judged(in_order(numbers(names, ROWS)), same, report.published // 30, stands_for))
        if own in partners:
            held[own] = report
        # Where a report belongs is not asked here; it is only counted.
        joining.take(report, Link(report.article_id, report.event_id, happening_id(report), "", "", 1.0, ""))
    return found


def table_of(given: Sequence[Judged], how: Mapping[str, Any]) -> NDArray[np.int8]:
    same = np.array([one.same for one in given]).astype(np.int64)
    weights = fit([one.rows for one in given], same, (ROWS, 2), **how)
    return as_bytes(weights[:, 1] - weights[:, 0])


def odds(table: NDArray[np.int8], given: Sequence[Judged]) -> NDArray[np.float64]:
    return np.array([STEP * float(table[one.rows].sum(dtype=np.int64)) for one in given])


def print_scores(said: NDArray[np.float64], given: Sequence[Judged]) -> None:
    """Precision and recall by how likely a pair must be, of the pairs of all items by those that stand for them; and
    how the probability fits what is."""
    shares, same = 1 / (1 + np.exp(-said)), np.array([one.same for one in given])
    weights = np.array([one.stands_for for one in given])
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        made, right = weights[shares >= bar].sum(), weights[same & (shares >= bar)].sum()
        found, precise = right / max(weights[same].sum(), 1e-9), right / max(made, 1e-9)
        print(f"from {bar}: {made:.0f} pairs, P {100 * precise:.1f}, R {100 * found:.1f}")
    for low in np.arange(0, 1, 0.1):
        of = (shares >= low) & (shares < low + 0.1)
        print(f"{low:.1f} to {low + 0.1:.1f}: {100 * same[of].mean() if of.any() else 0:.0f} % of {of.sum()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--folds", type=int, help="score in so many parts, and write nothing")
    parser.add_argument("--out", type=Path, default=TABLE)
    ask_how(parser, 12, 0.4, 0.03)
    args = parser.parse_args()
    how = {name: getattr(args, name) for name in HOW}
    check_texts(args.record, args.pairs)
    wanted = pairs(args.pairs)
    given = judged(args.record, wanted)
    same = np.array([one.same for one in given])
    print(f"{len(given)} pairs, {same.sum()} of one happening; {len(wanted) - len(given)} that the record lacks")
    if args.folds:
        said = np.zeros(len(given))
        for part in range(args.folds):
            held = np.array([one.days % args.folds == part for one in given])
            table = table_of([one for one, out in zip(given, held, strict=True) if not out], how)
            said[held] = odds(table, [one for one, out in zip(given, held, strict=True) if out])
        print_scores(said, given)
        return
    np.save(args.out, table_of(given, how))


if __name__ == "__main__":
    main()
