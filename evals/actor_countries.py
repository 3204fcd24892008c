"""Score whom turnstone takes the political actors of real news items for, by year: the country of each mention.

    python evals/actor_countries.py --data DIR [--gold FILE] [--half first|second] [--model FOLDER] [--wrong]

The gold (`evals/gold/actor_countries.tsv`) was annotated before any output was seen; so was `actor_countries_2.tsv`, of
which no error was ever read. What counts for an actor is the
mention that holds the head of the annotated words and shares most with them, else one within them. It is right, wrong
(another country), without a country, or there is none. The halves are a seeded draw of the items of each year; errors
are read in the first only.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from turnstone.analysis.model import PACKAGED, Model
from turnstone.evaluation.bootstrap import interval, resampled
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Mention, Token

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import items as item_files

OUTCOMES = ("right", "wrong", "no country", "not found")
SEED = 4
SAMPLES = 2000


@dataclass(frozen=True)
class GoldActor:
    """Words that stand for an actor, and its country on the item's day."""

    start: int
    end: int
    country: str


@dataclass(frozen=True)
class GoldItem:
    """An item and the actors in it."""

    number: int
    published: date
    text: str
    actors: tuple[GoldActor, ...]


def read_gold(path: Path, items: list[dict[str, str]]) -> list[GoldItem]:
    """The annotated items, in order; raises CorpusError where an item is not the text that was annotated."""
    actors: dict[int, list[GoldActor]] = {}
    for number, (span, country) in item_files.labelled(path, items):
        start, end = (int(part) for part in span.split("-"))
        actors.setdefault(number, []).append(GoldActor(start, end, country))
    return [
        GoldItem(number, date.fromisoformat(items[number]["date"]), items[number]["text"], tuple(found))
        for number, found in sorted(actors.items())
    ]


class Dated(Protocol):
    """What has a day."""

    @property
    def published(self) -> date: ...


Item = TypeVar("Item", bound=Dated)


def half(gold: Sequence[Item], which: str) -> list[Item]:
    """The first or the second half of the items of each year, by a seeded draw."""
    chosen: list[Item] = []
    for year in sorted({item.published.year for item in gold}):
        drawn = [item for item in gold if item.published.year == year]
        random.Random(f"{SEED} {year}").shuffle(drawn)
        chosen += drawn[0::2] if which == "first" else drawn[1::2]
    return chosen


def best(actor: GoldActor, head: tuple[int, int], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of the words that share most with the annotated ones: of those that hold their head, else of those
    within them ("Russian" in "Russian missile strike"). Several of the same words mean all of them."""

    def shared(mention: Mention) -> float:
        inside = min(actor.end, mention.end) - max(actor.start, mention.start)
        return inside / (max(actor.end, mention.end) - min(actor.start, mention.start))

    candidates = [m for m in mentions if m.start <= head[0] and head[1] <= m.end] or [
        m for m in mentions if actor.start <= m.start and m.end <= actor.end
    ]
    if not candidates:
        return []
    chosen = max(candidates, key=shared)
    return [m for m in candidates if (m.start, m.end) == (chosen.start, chosen.end)]


def outcome(actor: GoldActor, found: Sequence[Mention]) -> str:
    """One of OUTCOMES."""
    if not found:
        return "not found"
    countries = {mention.country for mention in found} - {""}
    if not countries:
        return "no country"
    return "right" if actor.country in countries else "wrong"


def head_of(start: int, end: int, tokens: Sequence[Token]) -> tuple[int, int]:
    """The word that the others of a span depend on, by the parse."""
    inside = [k for k, token in enumerate(tokens) if token.start < end and start < token.end]
    top = next((k for k in inside if tokens[k].head not in inside), None)
    return (start, end) if top is None else (tokens[top].start, tokens[top].end)


def shares(counted: Mapping[int, Sequence[Counter[str]]]) -> dict[int, float]:
    """The per cent of the actors of each year that have the right country."""
    totals = {year: sum(group, Counter()) for year, group in counted.items()}
    return {year: 100 * total["right"] / total.total() for year, total in totals.items()}


def score(pipeline: Pipeline, item: GoldItem) -> tuple[Counter[str], list[str]]:
    """How many actors of an item had which outcome, and what went wrong in words."""
    record = pipeline.code(Article(f"item-{item.number:06d}", item.published, item.text))
    counts: Counter[str] = Counter()
    wrong = []
    for actor in item.actors:
        found = best(actor, head_of(actor.start, actor.end, record.analysis.tokens), record.resolved.mentions)
        how = outcome(actor, found)
        counts[how] += 1
        if how != "right":
            got = "; ".join(f"{one.name!r} {one.country} ({one.basis})" for one in found) or "nothing"
            said = f"{item.text[actor.start : actor.end]!r} is {actor.country}, {how}: {got}"
            wrong.append(f"{item.published} item {item.number}: {said}: {item.text!r}")
    return counts, wrong


def rows(counted: Mapping[int, Sequence[Counter[str]]]) -> list[str]:
    """A line a year and one for all, with the interval of the share that is right over items drawn again."""
    lines = [f"{'year':<6}{'actors':>7}{'found':>7}" + "".join(f"{name:>12}" for name in OUTCOMES) + "   % right"]
    everything = [c for group in counted.values() for c in group]
    for name, group in [*((str(year), counted[year]) for year in sorted(counted)), ("all", everything)]:
        total = sum(group, Counter())
        gold = total.total()
        line = f"{name:<6}{gold:>7}{gold - total['not found']:>7}"
        line += "".join(f"{total[outcome]:>12}" for outcome in OUTCOMES) + f"{100 * total['right'] / gold:>10.1f}"
        lines.append(line)
    counts = np.array([[c["right"], c.total()] for c in everything], dtype=float)
    sums = resampled(counts, SAMPLES, SEED)
    value = 100 * counts[:, 0].sum() / counts[:, 1].sum()
    low, high = interval(value, 100 * sums[:, 0] / sums[:, 1]) or (value, value)
    return [*lines, f"95 % of draws of the items lie between {low:.1f} and {high:.1f}"]


def main() -> None:
    root = Path(__file__).parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=root / "evals/gold/actor_countries.tsv", metavar="FILE")
    parser.add_argument("--half", choices=("first", "second"))
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--wrong", action="store_true", help="print what was not right")
    args = parser.parse_args()
    texts = item_files.load_items(args.data / "current-events/items.jsonl.gz")
    gold = read_gold(args.gold, texts)
    pipeline = Pipeline(model=Model(args.model))
    counted: dict[int, list[Counter[str]]] = {}
    for item in half(gold, args.half) if args.half else gold:
        counts, wrong = score(pipeline, item)
        counted.setdefault(item.published.year, []).append(counts)
        if args.wrong:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    print(*rows(counted), sep="\n")


if __name__ == "__main__":
    main()
