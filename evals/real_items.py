"""Score the record of real news items, from words to countries, against annotations made without sight of output.

    python evals/real_items.py --data DIR [--set evals/gold/items.tsv] [--model FOLDER] [--wrong]

An event counts as found where the record of its item has one of the same type with an actor of the same country
(events without an actor: the same type without one). A set without a file of countries is scored by type alone
(`evals/gold/quiet.tsv`: sport, arts and science). Of the events found whose annotation has words that say where, the
place is right that is named in them, where the clause tells it (likely places, which other words tell, are left out:
`event_places.py` scores them); of those whose trigger and type are right, modes and contexts are counted.
`corpus/README.md` says how the items were drawn and annotated.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from turnstone.analysis.model import PACKAGED, Model
from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.pipeline import Pipeline
from turnstone.records import Article
from turnstone.settings import Settings

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import items as item_files
from annotated import overlap
from corpus import GoldReport, Span

BY_ITS_CLAUSE = Settings(least_likely_place=1.0)


@dataclass(frozen=True)
class Coded:
    """What an event is compared by."""

    event_type: str
    countries: tuple[str, ...]
    status: str
    trigger: Span
    where: Span | None = None
    modes: frozenset[str] = frozenset()
    contexts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Countries:
    """Countries of the actors by item and start of the trigger; `states_alone` where the annotation knows no codes of
    what is no state (UNO, IMG)."""

    of: dict[tuple[int, int], tuple[str, ...]]
    states_alone: bool


def gold_countries(path: Path) -> Countries:
    """Reads a file whose heading says whether states alone have codes in it."""
    heading, *lines = path.read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        item, start, actors, _ = line.split("\t")
        codes = {code for part in actors.split(";") for code in part.split("+") if code not in ("", "-")}
        found[int(item), int(start)] = tuple(sorted(codes))
    return Countries(found, heading.endswith("states alone"))


def gold(report: GoldReport, countries: Countries | None) -> list[Coded]:
    number = int(report.id.removeprefix("item-"))
    of = countries.of if countries else {}
    return [
        Coded(e.event_type, of.get((number, e.trigger[0]), ()), e.status, e.trigger, e.where,
              frozenset(e.modes), frozenset(e.contexts))
        for e in report.events
    ]  # fmt: skip


def coded(pipeline: Pipeline, report: GoldReport, countries: Countries | None) -> list[Coded]:
    record = pipeline.code(Article(report.id, date.fromisoformat(report.date), report.text))
    left_out = {""} | (SPECIAL_CODES if countries and countries.states_alone else set())
    return [
        Coded(e.event_type, tuple(sorted({a.country for a in e.actors} - left_out)), e.status,
              (e.trigger.start, e.trigger.end), (e.place.start, e.place.end) if e.place else None,
              frozenset(e.modes), frozenset(e.contexts))
        for e in record.coded.events
    ]  # fmt: skip


def f1(hit: int, guess: int, want: int) -> dict[str, float]:
    p, r = hit / max(guess, 1), hit / max(want, 1)
    return {"P": round(100 * p, 1), "R": round(100 * r, 1), "F1": round(200 * p * r / max(p + r, 1e-9), 1)}


def keys(events: list[Coded]) -> Counter[tuple[str, str]]:
    """Type and actor country, one each; an event of two countries counts for both."""
    return Counter((e.event_type, country) for e in events for country in e.countries or ("",))


def tally(pipeline: Pipeline, report: GoldReport, countries: Countries | None, c: Counter[str]) -> list[str]:
    """Add one item to the counts; returns what was made up and what was missed, in words."""
    want, got = gold(report, countries), coded(pipeline, report, countries)
    pairs = [("type", Counter(e.event_type for e in want), Counter(e.event_type for e in got))]
    if countries is not None:
        pairs.append(("both", keys(want), keys(got)))
    for name, one, other in pairs:
        c[f"{name} hit"] += (one & other).total()
        c[f"{name} gold"] += one.total()
        c[f"{name} guess"] += other.total()
    c.update(items=1, empty=not want, quiet=not want and not got, silent=not got)
    wrong = []
    at = {e.trigger: e for e in reversed(want)}
    for e in got:
        same = at.get(e.trigger)
        c.update(matched=same is not None, status=same is not None and same.status == e.status)
        if same is not None and same.event_type == e.event_type:
            count_names(c, "modes", same.modes, e.modes)
            count_names(c, "contexts", same.contexts, e.contexts)
            if same.where is not None:
                right = e.where is not None and overlap(e.where, same.where)
                c.update({"place gold": 1, "place guess": e.where is not None, "place hit": right})
        if same is None or same.event_type != e.event_type:
            wrong.append(f"{report.id} made up {e} (gold {same}): {report.text[:300]!r}")
    found = {e.trigger for e in got}
    for w in want:
        if w.trigger not in found:
            around = report.text[max(0, w.trigger[0] - 80) : w.trigger[1] + 60]
            wrong.append(f"{report.id} missed {w}: {around!r}")
    return wrong


def count_names(c: Counter[str], of: str, gold: Collection[str], ours: Collection[str]) -> None:
    """Add how many names of modes or contexts an event has, how many we gave it, and how many are the same."""
    c.update({f"{of} hit": len({*gold} & {*ours}), f"{of} gold": len(gold), f"{of} guess": len(ours)})


def share(part: int, whole: int) -> float | None:
    """In per cent; None of nothing."""
    return round(100 * part / whole, 2) if whole else None


def main() -> None:
    root = Path(__file__).parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", type=Path, default=root / "evals/gold/items.tsv")
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--wrong", action="store_true", help="print what was missed and what was made up")
    args = parser.parse_args()
    texts = item_files.load_items(args.data / "current-events/items.jsonl.gz")
    where = args.set.with_name(f"{args.set.stem}_countries.tsv")
    countries = gold_countries(where) if where.exists() else None
    pipeline = Pipeline(BY_ITS_CLAUSE, model=Model(args.model))
    c: Counter[str] = Counter()
    for report in item_files.read_items(args.set, texts):
        wrong = tally(pipeline, report, countries, c)
        if args.wrong:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    print(
        json.dumps(
            {
                "items": c["items"],
                **({"type and actor country": f1(c["both hit"], c["both guess"], c["both gold"])} if countries else {}),
                "type": f1(c["type hit"], c["type guess"], c["type gold"]),
                "status on matched triggers": share(c["status"], c["matched"]),
                "place, where words say it": f1(c["place hit"], c["place guess"], c["place gold"]),
                "modes": f1(c["modes hit"], c["modes guess"], c["modes gold"]),
                "contexts": f1(c["contexts hit"], c["contexts guess"], c["contexts gold"]),
                "empty items kept empty": share(c["quiet"], c["empty"]),
                "items that yield an event": share(c["items"] - c["silent"], c["items"]),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
