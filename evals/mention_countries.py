"""Score the country of every person, organisation and place that real news items mention, by kind and by year.

    python evals/mention_countries.py --data DIR [--half first|second] [--model FOLDER] [--wrong]

The gold (`evals/gold/mention_countries.tsv`) was annotated before any output was seen: names (not within other names)
and descriptions of persons, bodies and states ("four people", "the country") of items drawn at random, five or six a
year; no pronouns and no adjectives. What counts for a mention is the one that holds its head and whose own head is
within it, or of the same last words; a place without a country there has that of the map. Precision is of the countries
told, recall of the mentions that have a country. Where a careful reader cannot tell, any country is made up; where one
may be supposed ("30 people" in Pakistan) neither it nor none counts. The halves are a seeded draw of the items of each
year; errors are read in the first only.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np

import actor_countries
from turnstone.analysis.model import PACKAGED, Model
from turnstone.evaluation.bootstrap import interval, resampled
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Mention, Place, Record, Token

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import items as item_files

GOLD = Path(__file__).parent.parent / "evals/gold/mention_countries.tsv"
KINDS = ("person", "organisation", "place")
FORMS = ("name", "description")
TOLD = ("right", "wrong", "made up")
WANTED = ("right", "wrong", "no country", "not found")
OUTCOMES = (*WANTED, "made up", "supposed", "rightly none")
SEED = actor_countries.SEED
SAMPLES = actor_countries.SAMPLES

Found = TypeVar("Found", Mention, Place)
Counts = Counter[tuple[str, str, str]]  # kind, form, outcome


@dataclass(frozen=True)
class GoldMention:
    """Words that name or describe somebody or something. `countries` are those of which any is right on the item's day;
    with `unsaid` the text leaves it open, and they are what may be supposed."""

    start: int
    end: int
    kind: str
    form: str
    countries: frozenset[str]
    unsaid: bool


@dataclass(frozen=True)
class GoldItem:
    """An item and all that it mentions."""

    number: int
    published: date
    text: str
    mentions: tuple[GoldMention, ...]


def read_gold(path: Path, items: list[dict[str, str]]) -> list[GoldItem]:
    """The annotated items, in order; raises CorpusError where an item is not the text that was annotated."""
    mentions: dict[int, list[GoldMention]] = {}
    for number, fields in item_files.labelled(path, items):
        found = mentions.setdefault(number, [])
        if fields:
            span, kind, form, countries = fields
            start, end = (int(part) for part in span.split("-"))
            codes = frozenset(code for code in countries.removeprefix("-").split("/") if code)
            found.append(GoldMention(start, end, kind, form, codes, countries.startswith("-")))
    return [
        GoldItem(number, date.fromisoformat(items[number]["date"]), items[number]["text"], tuple(found))
        for number, found in sorted(mentions.items())
    ]


def same(gold: GoldMention, candidates: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """What is found of the same thing: of those that share most with the words all."""
    head = actor_countries.head_of(gold.start, gold.end, tokens)

    def of_it(one: Found) -> bool:
        own = actor_countries.head_of(one.start, one.end, tokens)
        heads = one.start <= head[0] and head[1] <= one.end and gold.start <= own[0] and own[1] <= gold.end
        title = gold.kind == "person" and gold.form == "name"  # "President Ada Obi", whatever the parse makes of it
        return heads or (one.end == gold.end and (one.start >= gold.start or title))

    def shared(one: Found) -> float:
        return (min(gold.end, one.end) - max(gold.start, one.start)) / (
            max(gold.end, one.end) - min(gold.start, one.start)
        )

    fitting = [one for one in candidates if of_it(one)]
    best = max(fitting, key=shared, default=None)
    return [one for one in fitting if best is not None and (one.start, one.end) == (best.start, best.end)]


def told(gold: GoldMention, record: Record) -> tuple[bool, set[str]]:
    """Whether a mention is found, and the countries that the record tells of it."""
    tokens = record.analysis.tokens
    mentions = same(gold, record.resolved.mentions, tokens)
    countries = {one.country for one in mentions} - {""}
    places = same(gold, record.resolved.places, tokens) if gold.kind == "place" and not countries else []
    return bool(mentions or places), countries or {one.country for one in places} - {""}


def outcome(gold: GoldMention, found: bool, countries: set[str]) -> str:
    """One of OUTCOMES."""
    if gold.unsaid:
        return "rightly none" if not countries else "supposed" if countries & gold.countries else "made up"
    if not countries:
        return "no country" if found else "not found"
    return "right" if countries & gold.countries else "wrong"


def score(pipeline: Pipeline, item: GoldItem) -> tuple[Counts, list[str]]:
    """How many mentions of an item had which outcome, and what went wrong in words."""
    record = pipeline.code(Article(f"item-{item.number:06d}", item.published, item.text))
    counts: Counts = Counter()
    faults = []
    for one in item.mentions:
        found, countries = told(one, record)
        how = outcome(one, found, countries)
        counts[one.kind, one.form, how] += 1
        if how not in ("right", "supposed", "rightly none"):
            bases = "; ".join(
                f"{m.name!r} {m.country} ({m.basis})"
                for m in same(one, record.resolved.mentions, record.analysis.tokens)
            )
            meant = "/".join(sorted(one.countries)) or "nowhere"
            said = f"{item.text[one.start : one.end]!r} is {meant}, {how}: {bases or sorted(countries) or 'nothing'}"
            faults.append(f"{item.published} item {item.number}: {one.kind} {said}: {item.text!r}")
    return counts, faults


def total(counts: Counts, kinds: Sequence[str] = KINDS, forms: Sequence[str] = FORMS) -> Counter[str]:
    """How many mentions of the kinds and forms had which outcome."""
    found: Counter[str] = Counter()
    for (kind, form, how), number in counts.items():
        if kind in kinds and form in forms:
            found[how] += number
    return found


def precision_recall(outcomes: Mapping[str, int]) -> tuple[float | None, float | None]:
    """Of the countries told, and of the mentions that have one, the per cent that is right."""
    answered = sum(outcomes.get(how, 0) for how in TOLD)
    wanted = sum(outcomes.get(how, 0) for how in WANTED)
    right = outcomes.get("right", 0)
    return (100 * right / answered if answered else None, 100 * right / wanted if wanted else None)


def rows(counted: Mapping[int, Sequence[Counts]]) -> list[str]:
    """A line a kind, a form and a year, one for all, and the intervals over items drawn again."""
    each = [counts for group in counted.values() for counts in group]
    every = sum(each, Counter())
    lines = [f"{'':<14}{'mentions':>9}" + "".join(f"{how:>13}" for how in OUTCOMES) + f"{'P':>8}{'R':>8}"]
    groups = [(kind, total(every, kinds=(kind,))) for kind in KINDS]
    groups += [(f"{form}s", total(every, forms=(form,))) for form in FORMS]
    groups += [(str(year), total(sum(counted[year], Counter()))) for year in sorted(counted)]
    for name, found in [*groups, ("all", total(every))]:
        shares = "".join(f"{'-' if share is None else f'{share:.1f}':>8}" for share in precision_recall(found))
        lines.append(f"{name:<14}{found.total():>9}" + "".join(f"{found[how]:>13}" for how in OUTCOMES) + shares)
    outcomes = [total(counts) for counts in each]
    for name, parts, value in zip(("precision", "recall"), (TOLD, WANTED), precision_recall(total(every)), strict=True):
        sums = resampled(np.array([[c["right"], sum(c[how] for how in parts)] for c in outcomes], float), SAMPLES, SEED)
        with np.errstate(invalid="ignore"):  # a draw of items without any is nan, which `interval` passes over
            shares_drawn = 100 * sums[:, 0] / sums[:, 1]
        if value is not None and (ends := interval(value, shares_drawn)):
            lines.append(f"{name}: 95 % of draws of the items lie between {ends[0]:.1f} and {ends[1]:.1f}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--half", choices=("first", "second"))
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--wrong", action="store_true", help="print what was not right")
    args = parser.parse_args()
    gold = read_gold(GOLD, item_files.load_items(args.data / "current-events/items.jsonl.gz"))
    pipeline = Pipeline(model=Model(args.model))
    counted: dict[int, list[Counts]] = {}
    for item in actor_countries.half(gold, args.half) if args.half else gold:
        counts, wrong = score(pipeline, item)
        counted.setdefault(item.published.year, []).append(counts)
        if args.wrong:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    print(*rows(counted), sep="\n")


if __name__ == "__main__":
    main()
