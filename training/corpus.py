"""Read and check the annotated reports in `corpus/` (format: `corpus/README.md`).

python training/corpus.py corpus/*.txt      # prints every fault with file and line, then counts
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from turnstone.evaluation.formats.corpus import GoldEvent, GoldReport, Span, find, parse_event, read

__all__ = ["CorpusError", "GoldEvent", "GoldReport", "Span", "find", "parse_event", "read"]


class CorpusError(ValueError):
    """A fault in an annotated report: names the file, the line and what is wrong."""


def main(paths: list[str]) -> int:
    types: Counter[str] = Counter()
    modes: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    reports, faults = 0, 0
    for path in paths:
        found, wrong = read(Path(path))
        print(*wrong, sep="\n", end="\n" if wrong else "")
        faults += len(wrong)
        reports += len(found)
        for report in found:
            for event in report.events:
                types[event.event_type] += 1
                statuses[event.status] += 1
                modes.update(f"{event.event_type}.{mode}" for mode in event.modes)
    print(f"{reports} reports, {sum(types.values())} events, {faults} faults")
    print(dict(types.most_common()), dict(statuses), dict(modes.most_common()), sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
