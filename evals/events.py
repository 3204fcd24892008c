"""Score coded events on annotated reports: triggers with types, participants, status.

    python evals/events.py corpus/*.txt [--fold K/N] [--model FOLDER] [--errors N]

`--fold 0/5` takes what `train_events.py --without 0` held out.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from pathlib import Path

from turnstone.analysis.analyse import analyse
from turnstone.analysis.model import PACKAGED, Model

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import corpus


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--fold", default="0/1")
    parser.add_argument("--model", type=Path, default=PACKAGED)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    fold, folds = map(int, args.fold.split("/"))
    reports = [
        report
        for path in sorted(args.corpus)
        for report in corpus.read(path)[0]
        if zlib.crc32(f"{path.stem}/{report.id}".encode()) % folds == fold
    ]
    model = Model(args.model)
    c: Counter[str] = Counter()
    by_confidence = []
    shown = 0
    for report in reports:
        analysis = analyse(report.text, model)
        gold = {e.trigger: e for e in report.events}
        matched = set()
        for p in analysis.proposals:
            token = analysis.tokens[p.trigger]
            event = next((e for t, e in gold.items() if overlap(t, (token.start, token.end))), None)
            right = event is not None and event.event_type == p.types[0][0]
            by_confidence.append((p.types[0][1], right))
            if not right and shown < args.errors and p.types[0][1] > 0.5:
                shown += 1
                around = report.text[max(0, token.start - 60) : token.end + 40]
                word = report.text[token.start : token.end]
                print(f"{around!r} [{word}] {p.types[:2]} gold {event and event.event_type}")
            if event is None:
                continue
            matched.add(event.trigger)
            c.update(matched=1, type=right, status=p.statuses[0][0] == event.status)
            for role, got, want in (("actor", p.actors, event.actors), ("recipient", p.recipients, event.recipients)):
                c[f"{role} guess"] += len(got)
                c[f"{role} gold"] += len(want)
                c[f"{role} hit"] += sum(any(overlap((s.start, s.end), w) for w in want) for s in got)
                c[f"{role} found"] += sum(any(overlap((s.start, s.end), w) for s in got) for w in want)
        c["gold"] += len(gold)
        c["guess"] += len(analysis.proposals)
        c["reports without events"] += not gold
        c["kept empty at 0.5"] += not gold and not any(p.types[0][1] >= 0.5 for p in analysis.proposals)
    print(dict(c))
    print(f"type {c['type'] / c['matched']:.3f} status {c['status'] / c['matched']:.3f} of matched triggers")
    for role in ("actor", "recipient"):
        p, r = c[f"{role} hit"] / max(1, c[f"{role} guess"]), c[f"{role} found"] / max(1, c[f"{role} gold"])
        print(f"{role}: P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = [right for confidence, right in by_confidence if confidence >= least]
        p, r = sum(kept) / max(1, len(kept)), sum(kept) / max(1, c["gold"])
        print(f"trigger and type at {least}: P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f} ({len(kept)})")


if __name__ == "__main__":
    main()
