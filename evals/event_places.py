"""Score where turnstone says that events of real news items were.

    python evals/event_places.py --data DIR [--gold FILE | --reports FILE ...] [--model FOLDER]

The gold has the place of every event that an earlier turnstone coded: the smallest place of our map in which a careful
reader of the whole item is sure that it was, "-" where none is told. Two readers judged each set apart, before any
output of what is scored was seen. `evals/gold/event_places.tsv` is of 249 items that name a place on our map and have
an event that was then put nowhere, `event_places_2.tsv` of 287 drawn from all that have an event; with `--reports` it
is of whole articles, judged in `places/NAME.tsv` beside each file. An event that is no longer coded, or by another
word, is left out. A place is right if it is that one, by name and state. The state alone, where judges know a smaller
place in it, is no wrong place but none: it counts among the states, as all places do.
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
from judged_places import Judged, judged_items, judged_reports

GOLD = Path(__file__).resolve().parent / "gold" / "event_places.tsv"


def score(events: Iterable[Event], judged: Judged) -> Counter[str]:
    """Of the events of a report that are judged: how many have a place by the judges and by turnstone, and of these how
    many are right, of the right state, or no more than the state of a smaller one that judges know."""
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
        same_state = name != "-" and meant.rpartition("/")[2] == name.rpartition("/")[2]
        found["right state"] += same_state
        found["larger"] += same_state and name != meant and event.place.resolution == "country"
    return found


def count(pipeline: Pipeline, gold: Iterable[Judged]) -> Counter[str]:
    """What `score` counts, of all reports."""
    whole: Counter[str] = Counter()
    for one in gold:
        record = pipeline.code(Article(one.report, date.fromisoformat(one.date), one.text))
        whole += score(record.coded.events, one)
    return whole


def shares(found: Counter[str]) -> dict[str, float | None]:
    """Precision, recall and F1 of places, and the same of their states, in per cent."""

    def share(part: int, whole: int) -> float | None:
        return round(100 * part / whole, 2) if whole else None

    scores: dict[str, float | None] = {}
    given, told = found["given"], found["told"]
    for prefix, right, of in (("", found["right"], given - found["larger"]), ("state ", found["right state"], given)):
        scores[f"{prefix}precision"] = share(right, of)
        scores[f"{prefix}recall"] = share(right, told)
        scores[f"{prefix}F1"] = share(2 * right, of + told)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--reports", type=Path, nargs="*", default=[], help="score these instead")
    parser.add_argument("--model", type=Path, default=PACKAGED)
    args = parser.parse_args()
    reports = [one for path in args.reports for one in judged_reports(path, args.data)]
    found = count(Pipeline(model=Model(args.model)), reports or judged_items(args.gold, args.data))
    print(json.dumps(dict(found) | shares(found), indent=1))


if __name__ == "__main__":
    main()
