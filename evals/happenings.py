"""Score the joining of reports of one happening on real items, labelled before anything was tuned.

    python evals/happenings.py RECORD [--half first|second|both] [--wrong]

RECORD is a record of current-events items that holds those of `evals/gold/happenings.tsv` (`turnstone code` of what
`bench/prepare.py` makes; best all of them, since what is rare in the news is learned from what lies around). The items
were drawn by `evals/happening_pools.py` and read in pools. `reports` says which happenings of its pool an item
reports, planned or done; `mentions` which ones it only names. Two items are of one happening where they report the same
one; where one of them only mentions it, they count neither way; else they are different. Items whose happenings the
coder did not find have no events and stay alone: the score is given with and without them.
Halves are pools with odd and even numbers; errors are read in the first only.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from turnstone.errors import ReadingError
from turnstone.pipeline import Pipeline
from turnstone.records import Article
from turnstone.store import Store, read_table
from turnstone.stories.directory import find

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "evals" / "gold" / "happenings.tsv"


@dataclass(frozen=True)
class Item:
    """A labelled item; `reports` and `mentions` are numbers of happenings of its pool."""

    pool: int
    number: int
    sha256: str
    reports: frozenset[str]
    mentions: frozenset[str]

    @property
    def id(self) -> str:
        return f"item-{self.number:06}"


def items(path: Path = GOLD) -> list[Item]:
    def labels(text: str) -> frozenset[str]:
        return frozenset(text.split()) - {"-"}

    with path.open(encoding="utf-8", newline="") as file:
        return [
            Item(int(row["pool"]), int(row["item"]), row["sha256"], labels(row["reports"]), labels(row["mentions"]))
            for row in csv.DictReader(file, delimiter="\t")
        ]


def same(one: Item, other: Item) -> bool | None:
    """Whether two items are of one happening; None where that is open."""
    if one.number == other.number or (one.pool == other.pool and one.reports & other.reports):
        return True
    if one.pool == other.pool and (one.reports | one.mentions) & (other.reports | other.mentions):
        return None
    return False


def scores(gold: Sequence[Item], joined: Callable[[Item, Item], bool]) -> dict[str, float]:
    """B-cubed precision, recall and F1 in per cent over items, and over pairs of items; `grouped` leaves out those
    that are alone in gold (for recall) or as joined (for precision)."""
    pools: defaultdict[int, list[Item]] = defaultdict(list)
    for item in gold:
        pools[item.pool].append(item)
    precision, recall, p_grouped, r_grouped = [], [], [], []
    right = made = wanted = 0
    for item in gold:
        others = [one for one in pools[item.pool] if one.number != item.number and same(item, one) is not None]
        linked = [one for one in others if joined(item, one)]
        wished = [one for one in others if same(item, one)]
        both = [one for one in linked if same(item, one)]
        precision.append((1 + len(both)) / (1 + len(linked)))
        recall.append((1 + len(both)) / (1 + len(wished)))
        if linked:
            p_grouped.append(len(both) / len(linked))
        if wished:
            r_grouped.append(len(both) / len(wished))
        right, made, wanted = right + len(both), made + len(linked), wanted + len(wished)

    def f1(p: float, r: float) -> float:
        return 2 * p * r / (p + r) if p + r else 0.0

    def mean(values: Sequence[float]) -> float:
        return sum(values) / len(values) if values else 0.0

    p, r = mean(precision), mean(recall)
    pairs_p, pairs_r = right / made if made else 0.0, right / wanted if wanted else 0.0
    grouped_p, grouped_r = mean(p_grouped), mean(r_grouped)
    found = {
        "items": len(gold) / 100,
        "P": p, "R": r, "F1": f1(p, r),
        "pairs P": pairs_p, "pairs R": pairs_r, "pairs F1": f1(pairs_p, pairs_r),
        "grouped P": grouped_p, "grouped R": grouped_r, "grouped F1": f1(grouped_p, grouped_r),
    }  # fmt: skip
    return {name: round(100 * value, 1) for name, value in found.items()}


def balanced(gold: Sequence[Item]) -> list[Item]:
    """The items that report something another one reports, and the others of their pools."""
    pools: defaultdict[int, list[Item]] = defaultdict(list)
    for item in gold:
        pools[item.pool].append(item)
    keep = {pool for pool, its in pools.items() if any(same(a, b) for a in its for b in its if a.number != b.number)}
    return [item for item in gold if item.pool in keep]


def joined_by(happenings: Mapping[str, frozenset[str]]) -> Callable[[Item, Item], bool]:
    return lambda one, other: bool(happenings.get(one.id, frozenset()) & happenings.get(other.id, frozenset()))


def found_in(record: Path, gold: Sequence[Item]) -> dict[str, frozenset[str]]:
    """The happenings of each item that has events, by its id. Raises ReadingError where the record has another text."""
    texts = read_table(record, "articles").select(["id", "sha256"]).to_pydict()
    digests = dict(zip(texts["id"], texts["sha256"], strict=True))
    for item in gold:
        if not digests.get(item.id, "").startswith(item.sha256):
            raise ReadingError(f"{record}: has no item {item.number}, or another text for it; code current-events anew")
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in find(record).links:
        found[link.article_id].add(link.happening_id)
    return {article: frozenset(its) for article, its in found.items()}


def coded(pipeline: Pipeline, gold: Sequence[Item], texts: Sequence[Mapping[str, str]], folder: Path) -> Path:
    """A record of the labelled items and nothing else."""
    with Store(folder, pipeline.run) as store:
        for item in gold:
            text = texts[item.number - 1]
            store.add(pipeline.code(Article(item.id, date.fromisoformat(text["date"]), text["text"])))
    return folder


def measure(record: Path, half: str, every: Sequence[Item]) -> dict[str, dict[str, float]]:
    """The scores over all items, over those with events, and over the pools that hold a group of those."""
    gold = [one for one in every if half == "both" or (one.pool % 2 == 1) == (half == "first")]
    found = found_in(record, gold)
    joined = joined_by(found)
    with_events = [one for one in gold if one.id in found]
    grouped = balanced(with_events)
    return {
        "all items": scores(gold, joined),
        "items with events": scores(with_events, joined),
        "pools with groups of those": scores(grouped, joined),
        "the same pools, nothing joined": scores(grouped, lambda one, other: False),
        "the same pools, all of a pool joined": scores(grouped, lambda one, other: True),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--half", choices=("first", "second", "both"), default="both")
    parser.add_argument("--wrong", action="store_true")
    args = parser.parse_args()
    for name, values in measure(args.record, args.half, items()).items():
        print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
    if args.wrong:
        gold = [one for one in items() if one.pool % 2 == 1]
        found = found_in(args.record, gold)
        joined = joined_by(found)
        for n, one in enumerate(gold):
            for other in gold[:n]:
                if one.pool != other.pool or one.id not in found or other.id not in found:
                    continue
                wanted = same(one, other)
                if wanted is not None and wanted != joined(one, other):
                    print("missed" if wanted else "made up", other.id, one.id)


if __name__ == "__main__":
    sys.exit(main())
