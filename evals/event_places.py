"""Score where turnstone says that events of real news items were.

    python evals/event_places.py --data DIR [--gold FILE] [--model FOLDER]

The gold (`evals/gold/event_places.tsv`) has the place of every event that an earlier turnstone coded in 249 random
items that name a place on our map and have an event it put nowhere: the smallest place of our map in which a careful
reader of the whole item is sure that it was, "-" where none is told. Two readers judged them apart, before any output
of what is scored was seen. An event that is no longer coded, or by another word, is left out. A place is right if it is
that one, by name and state; of the right state where only that is so.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from turnstone.analysis.model import PACKAGED, Model
from turnstone.pipeline import Pipeline
from turnstone.records import Article, Event

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
from judged_places import Judged, judged_items

GOLD = Path(__file__).resolve().parent / "gold" / "event_places.tsv"


def score(events: Iterable[Event], judged: Judged) -> Counter[str]:
    """Of the events of a report that are judged: how many have a place by the judges and by turnstone, and how many of
    these are right or of the right state."""
    found: Counter[str] = Counter()
    for event in events:
        meant = judged.places.get(event.trigger.start)
        if meant is None:
            continue
        name = "-" if event.place is None else f"{event.place.name}/{event.place.country or '?'}"
        found["events"] += 1
        found["told"] += meant != "-"
        found["given"] += name != "-"
        found["right"] += name == meant != "-"
        found["right state"] += name != "-" and meant.rpartition("/")[2] == name.rpartition("/")[2]
    return found


def count(pipeline: Pipeline, gold: Iterable[Judged]) -> Counter[str]:
    """What `score` counts, of all reports."""
    whole: Counter[str] = Counter()
    for one in gold:
        record = pipeline.code(Article(one.report, date.fromisoformat(one.date), one.text))
        whole += score(record.coded.events, one)
    return whole


def shares(found: Counter[str]) -> dict[str, float | None]:
    """Precision, recall and F1 of places, and the share of those given that are of the right state, in per cent."""

    def share(part: int, whole: int) -> float | None:
        return round(100 * part / whole, 2) if whole else None

    right = found["right"]
    return {
        "precision": share(right, found["given"]),
        "recall": share(right, found["told"]),
        "F1": share(2 * right, found["given"] + found["told"]),
        "state": share(found["right state"], found["given"]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--model", type=Path, default=PACKAGED)
    args = parser.parse_args()
    found = count(Pipeline(model=Model(args.model)), judged_items(args.gold, args.data))
    print(json.dumps(dict(found) | shares(found), indent=1))


if __name__ == "__main__":
    main()
