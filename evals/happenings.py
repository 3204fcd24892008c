"""Score the joining of reports of one happening on real items, labelled before anything was tuned.

    python evals/happenings.py RECORD [--set first|second] [--half first|second|both] [--wrong] [--labelled]
    python evals/happenings.py --agreement

RECORD is a record of current-events items that holds those of `evals/gold/happenings.tsv`, the first set, and of
`happenings_second.tsv` (`turnstone code` of what `bench/prepare.py` makes; best all of them, since what is rare in the
news is learned from what lies around). The items were drawn by `evals/happening_pools.py` and read in pools. `reports`
says which happenings of its pool an item reports, planned or done; `mentions` which ones it only names. Two items are
of one happening where they report the same one; where one of them only mentions it, they count neither way; else they
are different. Items whose happenings the coder did not find have no events and stay alone: the score is given with and
without them. Without `--set` and `--half` each half of each set is measured.
Halves are pools with odd and even numbers; errors are read in the first only. `--agreement` compares the second set
with `happenings_again.tsv`, a fifth of its pools as the same reader labelled them later.

`happenings_named.tsv` has what several items of a pool name though it is nobody's news ("two weeks after he was
deposed"): a coder that joins such events is right, so pairs that name the same count neither way either. `--labelled`
leaves that file out.
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
SECOND = ROOT / "evals" / "gold" / "happenings_second.tsv"
SETS = {"first": GOLD, "second": SECOND}
NAMED = ROOT / "evals" / "gold" / "happenings_named.tsv"
AGAIN = ROOT / "evals" / "gold" / "happenings_again.tsv"


@dataclass(frozen=True)
class Item:
    """A labelled item; `reports` and `mentions` are numbers of happenings of its pool, `names` those of others that
    several of its items name and none reports."""

    pool: int
    number: int
    sha256: str
    reports: frozenset[str]
    mentions: frozenset[str]
    names: frozenset[int] = frozenset()

    @property
    def id(self) -> str:
        return f"item-{self.number:06}"


def items(path: Path = GOLD, named: bool = True) -> list[Item]:
    """The items of a set; without `named` only what their labels say."""
    names = _named(path) if named else {}

    def labels(text: str) -> frozenset[str]:
        return frozenset(text.split()) - {"-"}

    with path.open(encoding="utf-8", newline="") as file:
        return [
            Item(
                int(row["pool"]), int(row["item"]), row["sha256"], labels(row["reports"]), labels(row["mentions"]),
                frozenset(names.get(int(row["item"]), ())),
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]  # fmt: skip


def _named(path: Path) -> dict[int, set[int]]:
    """By item the numbers of the lines of `happenings_named.tsv` that have it, of those of a set."""
    of = next((name for name, own in SETS.items() if own == path), "")
    found: defaultdict[int, set[int]] = defaultdict(set)
    with NAMED.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file, delimiter="\t")):
            if row["set"] == of:
                for item in row["items"].split():
                    found[int(item)].add(line)
    return found


def same(one: Item, other: Item) -> bool | None:
    """Whether two items are of one happening; None where that is open."""
    if one.number == other.number or (one.pool == other.pool and one.reports & other.reports):
        return True
    if one.pool == other.pool and (one.reports | one.mentions) & (other.reports | other.mentions):
        return None
    return None if one.names & other.names else False


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


def agreement(one: Sequence[Item], other: Sequence[Item]) -> dict[str, float]:
    """How many pairs of items both labelled, and in how many per cent they say the same of them; and F1 of the pairs
    that are of one happening."""
    theirs = {item.number: item for item in other}
    mine = [item for item in one if item.number in theirs]
    pairs = [(a, b) for n, a in enumerate(mine) for b in mine[:n] if a.pool == b.pool]
    said = [(same(a, b), same(theirs[a.number], theirs[b.number])) for a, b in pairs]
    alike = sum(x == y for x, y in said)
    both = sum(pair == (True, True) for pair in said)
    ones, others = sum(x is True for x, _ in said), sum(y is True for _, y in said)
    return {
        "pairs": float(len(pairs)),
        "alike": round(100 * alike / max(1, len(pairs)), 1),
        "one happening in both": float(both),
        "F1 of those": round(200 * both / max(1, ones + others), 1),
    }


def twice() -> dict[str, float]:
    """How far the two labellings of a fifth of the second set agree, by their labels alone."""
    return agreement(items(SECOND, named=False), items(AGAIN, named=False))


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


def half(every: Sequence[Item], which: str) -> list[Item]:
    return [one for one in every if which == "both" or (one.pool % 2 == 1) == (which == "first")]


def measure(found: Mapping[str, frozenset[str]], gold: Sequence[Item]) -> dict[str, dict[str, float]]:
    """The scores over all items, over those with events, and over the pools that hold a group of those."""
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


def wrong(found: Mapping[str, frozenset[str]], gold: Sequence[Item]) -> None:
    """Prints the pairs of items with events that are joined and should not be, or the other way."""
    joined = joined_by(found)
    for n, one in enumerate(gold):
        for other in gold[:n]:
            if one.pool == other.pool and one.id in found and other.id in found:
                wanted = same(one, other)
                if wanted is not None and wanted != joined(one, other):
                    print("missed" if wanted else "made up", other.id, one.id)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path, nargs="?")
    parser.add_argument("--set", dest="which", choices=tuple(SETS))
    parser.add_argument("--half", choices=("first", "second", "both"))
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--labelled", action="store_true")
    parser.add_argument("--agreement", action="store_true")
    args = parser.parse_args()
    if args.agreement:
        print(", ".join(f"{key} {value}" for key, value in twice().items()))
        return
    if args.record is None:
        parser.error("give a record of current-events items")
    sets = {name: items(path, not args.labelled) for name, path in SETS.items() if args.which in (None, name)}
    found = found_in(args.record, [item for gold in sets.values() for item in gold])
    for name, gold in sets.items():
        for part in (args.half,) if args.half else ("first", "second"):
            print(f"{name} set, {part} half:")
            for of, values in measure(found, half(gold, part)).items():
                print(f"  {of}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
        if args.wrong:
            wrong(found, half(gold, "first"))


if __name__ == "__main__":
    sys.exit(main())
