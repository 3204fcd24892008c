"""Draw the pools of real items in which reports of one happening and lookalikes were labelled by hand.

    python evals/happening_pools.py --data DIR [--set first|second] [--print]

DIR holds current-events as `training/README.md` lists it. A pool is an item drawn at random from the political topics
of 2004 to 2024 and up to six others: the two of the three days around it that share most words with it, the two that
share most names (capitalised words), and two of the fourteen days around it that share most words. Each word weighs by
how rare it is among the items; a pool whose closest item of the three days shares less than a third of the weight is
dropped, since it would hold no two reports of one happening. 90 more pools follow whose closest item shares half of the
weight, and 50 with three fifths, with one item of each kind, sentences only.

The second set has more reports of following days. Its pools begin with an item, not of the first set, of which one of
another day, up to four days away, shares two fifths of the weight (50 pools) or more than half (60 pools). With it are
the two closest of those days, the two of the three days around it that share most names, and the two of the fourteen
days around it that share most words; sentences only. 70 more pools follow of all items left, whose closest
shares nearly half, with one item by names and one by words.

No coder and no matcher of turnstone takes part. Prints the number of items drawn, or the pools with their texts, for
whoever labels them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

SEED = 6
NEAR_DAYS = 3
FAR_DAYS = 14
LEAST = 0.15
# Pools, items of each kind, and the least nearness of the closest item.
BATCHES = ((120, 2, 0.33), (90, 1, 0.5), (50, 1, 0.6))
SECOND_SEED = 66
FOLLOWING_DAYS = 4
# Pools, items of each kind, and the least nearness of the closest item of another day.
SECOND_BATCHES = ((50, 2, 0.4), (60, 2, 0.55), (70, 1, 0.45))
TOPICS = re.compile(r"(?i)conflict|attack|politic|international|law and crime|econom|protest|war\b|terror")


def words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)}


def names(text: str) -> set[str]:
    return set(re.findall(r"\b[A-Z][^\W\d_]{2,}", text))


class Nearness:
    """How much two of the texts share: the cosine of their sets, each element weighted by its rarity."""

    def __init__(self, sets: Sequence[set[str]]) -> None:
        self.sets = sets
        seen = Counter(element for one in sets for element in one)
        self.weight = {element: math.log(len(sets) / count) ** 2 for element, count in seen.items()}
        self.norms = [sum(self.weight[x] for x in one) for one in sets]

    def __call__(self, one: int, other: int) -> float:
        norm = math.sqrt(self.norms[one] * self.norms[other])
        return sum(self.weight[x] for x in self.sets[one] & self.sets[other]) / norm if norm else 0.0


class Around:
    """The items of the days around each, the closest first."""

    def __init__(self, items: Sequence[dict[str, str]]) -> None:
        self.texts = [item["text"] for item in items]
        self.by_words = Nearness([words(t) for t in self.texts])
        self.by_names = Nearness([names(t) for t in self.texts])
        self.days = [date.fromisoformat(item["date"]).toordinal() for item in items]
        self.of_day: dict[int, list[int]] = {}
        for k, day in enumerate(self.days):
            if 5 <= len(self.texts[k].split()) <= 90:
                self.of_day.setdefault(day, []).append(k)

    def ranked(self, score: Nearness, width: int, k: int) -> list[int]:
        day = self.days[k]
        near = [j for at in range(day - width, day + width + 1) for j in self.of_day.get(at, ()) if j != k]
        scored = sorted((-score(k, j), j) for j in near)
        return [j for value, j in scored if -value >= LEAST]

    def is_sentence(self, k: int) -> bool:
        return self.texts[k].rstrip().endswith(".")


def political(items: Sequence[dict[str, str]], seed: int) -> list[int]:
    found = [
        k
        for k, item in enumerate(items)
        if TOPICS.search(item["topic"]) and "2004" <= item["date"] < "2025" and 10 <= len(item["text"].split()) <= 60
    ]
    random.Random(seed).shuffle(found)
    return found


def draw(items: Sequence[dict[str, str]], around: Around) -> list[list[int]]:
    """The first set: pools of line numbers (from 1), the drawn item first; no line in two pools."""
    taken: set[int] = set()
    drawn: list[list[int]] = []
    remaining = iter(political(items, SEED))
    for batch, (pools, each, closest) in enumerate(BATCHES):
        end = len(drawn) + pools
        for k in remaining:
            if k in taken or (batch and not around.is_sentence(k)):
                continue
            close = around.ranked(around.by_words, NEAR_DAYS, k)
            if batch:
                close = [j for j in close if around.is_sentence(j)]
            if not close or around.by_words(k, close[0]) < closest:
                continue
            chosen = close[:each]
            for more in (
                around.ranked(around.by_names, NEAR_DAYS, k),
                around.ranked(around.by_words, FAR_DAYS, k),
            ):
                chosen += [j for j in more if j not in chosen][:each]
            if len(chosen) < 3 or taken & {k, *chosen}:
                continue
            taken |= {k, *chosen}
            drawn.append([k + 1, *(j + 1 for j in sorted(chosen))])
            if len(drawn) == end:
                break
    return drawn


def draw_second(items: Sequence[dict[str, str]], around: Around) -> list[list[int]]:
    """The second set, of items that are not in the first."""
    taken = {line - 1 for pool in draw(items, around) for line in pool}
    drawn: list[list[int]] = []
    seeds = political(items, SECOND_SEED)
    remaining = iter(seeds)
    for pools, each, closest in SECOND_BATCHES:
        end = len(drawn) + pools
        if each == 1:
            remaining = iter(seeds)
        for k in remaining:
            if k in taken or not around.is_sentence(k):
                continue
            close = around.ranked(around.by_words, FOLLOWING_DAYS, k)
            other_days = [j for j in close if around.days[j] != around.days[k] and around.is_sentence(j)]
            if not other_days or around.by_words(k, other_days[0]) < closest:
                continue
            chosen = other_days[:2]
            for more in (
                around.ranked(around.by_names, NEAR_DAYS, k),
                around.ranked(around.by_words, FAR_DAYS, k),
            ):
                chosen += [j for j in more if j not in chosen and around.is_sentence(j)][:each]
            if len(chosen) < 2 + each or taken & {k, *chosen}:
                continue
            taken |= {k, *chosen}
            drawn.append(sorted([k + 1, *(j + 1 for j in chosen)]))
            if len(drawn) == end:
                break
    return drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--set", dest="which", choices=("first", "second"), default="first")
    parser.add_argument("--print", dest="shown", action="store_true")
    args = parser.parse_args()
    with gzip.open(args.data / "current-events" / "items.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    drawn = {"first": draw, "second": draw_second}[args.which](items, Around(items))
    for number, pool in enumerate(drawn, 1):
        if args.shown:
            print(f"== {number}")
            for line in pool:
                print(f"{line} {items[line - 1]['date']} {items[line - 1]['text']}")
    print(f"{sum(map(len, drawn))} items in {len(drawn)} pools")


if __name__ == "__main__":
    main()
