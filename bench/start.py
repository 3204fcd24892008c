"""How long a cold start takes until the first event is there, and which part of it takes what.

    python bench/start.py [--times 5]

Starts Python afresh each time, imports turnstone and codes one sentence. Prints seconds by the clock and of the
processor, the median and the worst of all times: the whole, from the start of the process to its event, and its parts.
The files are in the system's cache but for the first time, which is left out.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time

_CHILD = """
import json, time
marks = [("python", time.process_time())]
from turnstone.pipeline import Pipeline
marks.append(("imports", time.process_time()))
from turnstone.analysis.model import Model
model = Model()
marks.append(("model", time.process_time()))
pipeline = Pipeline(model=model)
marks.append(("codebook, entities, gazetteer", time.process_time()))
from turnstone.records import Article
from datetime import date
text = "Spain sent a rescue team to Morocco on Sunday, the interior minister said."
record = pipeline.code(Article("first", date(2023, 9, 11), text))
marks.append(("first article", time.process_time()))
assert record.coded.events
print(json.dumps(marks))
"""
_WHOLE = "the whole"


def once(command: list[str]) -> tuple[float, float, str]:
    """Seconds by the clock and of the processor, and what the command printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, printed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    args = parser.parse_args()
    clock: list[float] = []
    processor: dict[str, list[float]] = {}
    for number in range(args.times + 1):
        seconds, spent, printed = once([sys.executable, "-c", _CHILD])
        if number == 0:
            continue
        clock.append(seconds)
        processor.setdefault(_WHOLE, []).append(spent)
        since = 0.0
        for part, mark in json.loads(printed):
            processor.setdefault(part, []).append(mark - since)
            since = mark
    print(f"{_WHOLE + ', by the clock':32} {statistics.median(clock):6.2f} s   worst {max(clock):6.2f} s")
    for part, values in processor.items():
        print(f"{part + ', processor':32} {statistics.median(values):6.2f} s   worst {max(values):6.2f} s")


if __name__ == "__main__":
    main()
