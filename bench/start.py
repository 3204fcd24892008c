"""How long a cold start takes until the first event is there, and which part of it takes what.

    python bench/start.py [--times 5] [--record DIR]

Starts Python afresh each time and codes one sentence as people do (`turnstone.code`). Prints the median and the worst
of all times: seconds by the clock from the start of the process to its event; seconds of the processor of the whole
process; and of its parts, loaded one after the other in a process of their own, where `turnstone.code` loads the model
beside the rest. Then the same for `turnstone --help` and, of a record, `turnstone show` and the first page of
`turnstone serve`. The files are in the system's cache but for the first time, which is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

_TEXT = "Spain sent a rescue team to Morocco on Sunday, the interior minister said."
_FIRST = f"""
import turnstone
assert turnstone.code({_TEXT!r}, date="2023-09-11").events
print("here", flush=True)
"""
_PARTS = f"""
import json, time
marks = [("python", time.process_time())]
def mark(name):
    marks.append((name, time.process_time()))
import turnstone.pipeline
mark("imports")
from turnstone.analysis.model import Model
model = Model()
mark("model")
from turnstone.analysis import lemmas
lemmas.load()
mark("dictionary of lemmas")
from turnstone.knowledge.codebook import load_codebook
load_codebook()
mark("codebook")
from turnstone.knowledge.entities import load_entities
load_entities()
mark("entities")
from turnstone.knowledge.gazetteer import load_gazetteer
load_gazetteer()
mark("gazetteer")
pipeline = turnstone.pipeline.Pipeline(model=model)
from datetime import date
from turnstone.records import Article
marks.append(("", time.process_time()))
pipeline.code(Article("first", date(2023, 9, 11), {_TEXT!r}))
mark("first article")
print(json.dumps(marks))
"""


def timed(run: Callable[[], float | None]) -> tuple[float, float]:
    """Seconds by the clock, until the moment that `run` gives if it gives one, and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    there = run()
    ended = there or time.perf_counter()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def first_event() -> float:
    process = subprocess.Popen([sys.executable, "-c", _FIRST], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "here\n"
    there = time.perf_counter()
    assert process.wait() == 0
    return there


def command(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "turnstone", *words], check=True, stdout=subprocess.DEVNULL)


def first_page(record: str) -> float:
    port = 8970 + os.getpid() % 1000
    words = ("serve", record, "--port", str(port))
    process = subprocess.Popen([sys.executable, "-m", "turnstone", *words], stdout=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
                    page.read()
                return time.perf_counter()
            except OSError:
                time.sleep(0.02)
        raise SystemExit("turnstone serve ended before it gave a page")
    finally:
        process.terminate()
        process.wait()


def row(name: str, values: list[float]) -> None:
    print(f"{name:44} {statistics.median(values):6.2f} s   worst {max(values):6.2f} s")


def measured(name: str, times: int, run: Callable[[], float | None]) -> None:
    pairs = [timed(run) for _ in range(times + 1)][1:]
    row(f"{name}, by the clock", [clock for clock, _ in pairs])
    row(f"{name}, processor", [spent for _, spent in pairs])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--record", help="a record, for show and serve")
    args = parser.parse_args()
    measured("the first event", args.times, first_event)
    parts: dict[str, list[float]] = {}
    for _ in range(args.times):
        since = 0.0
        printed = subprocess.run([sys.executable, "-c", _PARTS], check=True, stdout=subprocess.PIPE, text=True).stdout
        for part, mark in json.loads(printed):
            parts.setdefault(part, []).append(mark - since)
            since = mark
    for part, values in parts.items():
        if part:
            row(f"  {part}, processor", values)
    measured("turnstone --help", args.times, lambda: command("--help"))
    if args.record:
        measured("turnstone show", args.times, lambda: command("show", args.record))
        measured("turnstone serve, its first page", args.times, lambda: first_page(args.record))


if __name__ == "__main__":
    main()
