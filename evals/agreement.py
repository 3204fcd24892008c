"""How far two annotations of the same items agree.

    python evals/agreement.py evals/gold/items_first.tsv evals/gold/items_second.tsv

F1 of triggers; on the triggers both have, the share with the same type, status, actors and recipients (word by word).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

Row = tuple[str, ...]


def events(path: Path) -> dict[tuple[str, str], Row]:
    """Type, status, actors and recipients by item and trigger."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        item, _, *fields = line.split("\t")
        if fields and not line.startswith("#"):
            found[item, fields[0]] = (fields[1].split()[0], fields[2], fields[3], fields[4])
    return found


def agreement(one: dict[tuple[str, str], Row], other: dict[tuple[str, str], Row]) -> dict[str, float]:
    both = one.keys() & other.keys()
    scores = {"events": float(len(one)), "of the other": float(len(other)), "triggers in both": float(len(both))}
    scores["trigger F1"] = round(2 * len(both) / max(len(one) + len(other), 1), 3)
    for k, name in enumerate(("type", "status", "actors", "recipients")):
        scores[name] = round(sum(one[key][k] == other[key][k] for key in both) / max(len(both), 1), 3)
    return scores


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", type=Path, nargs=2)
    print(json.dumps(agreement(*map(events, parser.parse_args().annotations)), indent=1))
