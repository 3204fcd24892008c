"""Which part of coding takes which share of the processor's time, from reading a file to the finished tables.

    python bench/stages.py articles.jsonl [--articles 100] [--calls STAGE]

Codes the first articles in this process, on one thread, and charges each moment to the innermost stage at work. Prints
one line a stage: seconds of the processor, share of the whole, milliseconds an article; then the network's part, which
is what end-to-end speed is of the bare network's, and what resolution (mentions, dates, places) takes of its time.
`--calls STAGE` lists the functions of one stage as well, and slows it. Loading is left out.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import pstats
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

# where each stage begins: module, name in it, stage; a name that is called within another stage interrupts that one
STAGES = (
    ("turnstone.pipeline", "analyse", "decode"),
    ("turnstone.analysis.analyse", "find_words", "words and sentences"),
    ("turnstone.analysis.analyse", "split", "words and sentences"),
    ("turnstone.analysis.analyse", "windows", "windows"),
    ("turnstone.analysis.analyse", "lemma", "lemmas"),
    ("turnstone.analysis.model", "Model.run", "encode"),
    ("turnstone.analysis.model", "Model.labels", "labels network"),
    ("turnstone.analysis.event_model", "EventModel.events", "events network"),
    ("turnstone.analysis.analyse", "proposals", "proposals"),
    ("turnstone.analysis.analyse", "attributions", "quotations"),
    ("turnstone.analysis.analyse", "passages", "quotations"),
    ("turnstone.analysis.analyse", "with_whole_quotations", "quotations"),
    ("turnstone.analysis.analyse", "with_nested_statements", "quotations"),
    ("turnstone.analysis.analyse", "kind_of", "quotations"),
    ("turnstone.pipeline", "find_mentions", "mentions"),
    ("turnstone.pipeline", "find_dates", "dates"),
    ("turnstone.pipeline", "find_place_spans", "places"),
    ("turnstone.pipeline", "find_places", "places"),
    ("turnstone.pipeline", "localise", "places"),
    ("turnstone.pipeline", "with_casualties", "coding"),
    ("turnstone.pipeline", "code_events", "coding"),
    ("turnstone.coding_process", "check", "check"),
    ("turnstone.store.directory", "Store.add", "rows"),
    ("turnstone.store.directory", "Store.commit", "parquet"),
)


class Clock:
    """Charges the processor's time to the innermost of the stages that are at work."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running = ["the rest"]
        self._since = time.process_time()

    def enter(self, stage: str) -> None:
        self._charge()
        self._running.append(stage)

    def leave(self) -> None:
        self._charge()
        self._running.pop()

    def _charge(self) -> None:
        now = time.process_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now


def timed(
    function: Callable[..., Any], stage: str, clock: Clock, profile: cProfile.Profile | None
) -> Callable[..., Any]:
    """The function, charged to its stage."""

    def run(*args: Any, **kwargs: Any) -> Any:
        clock.enter(stage)
        if profile:
            profile.enable()
        try:
            return function(*args, **kwargs)
        finally:
            if profile:
                profile.disable()
            clock.leave()

    return run


def watch(clock: Clock, profiled: str = "", profile: cProfile.Profile | None = None) -> None:
    """Puts the clock around every stage."""
    for module, path, stage in STAGES:
        *owners, name = path.split(".")
        owner: Any = importlib.import_module(module)
        for one in owners:
            owner = getattr(owner, one)
        setattr(owner, name, timed(getattr(owner, name), stage, clock, profile if stage == profiled else None))


class _Network:
    def __init__(self, network: Any, clock: Clock) -> None:
        self._network, self._clock = network, clock

    def run(self, *args: Any) -> Any:
        self._clock.enter("network")
        try:
            return self._network.run(*args)
        finally:
            self._clock.leave()


def reading(articles: Iterator[Any], clock: Clock) -> Iterator[Any]:
    while True:
        clock.enter("reading")
        try:
            value = next(articles, None)
        finally:
            clock.leave()
        if value is None:
            return
        yield value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--calls", default="")
    args = parser.parse_args()
    clock = Clock()
    profile = cProfile.Profile(time.process_time) if args.calls else None
    from turnstone.batch import code_all
    from turnstone.pipeline import Pipeline
    from turnstone.reading import read
    from turnstone.store.directory import Store

    watch(clock, args.calls, profile)
    pipeline = Pipeline()
    pipeline.model._network = _Network(pipeline.model._network, clock)
    clock.enter("the rest")
    loaded = sum(clock.seconds.values())
    clock.seconds.clear()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "record", pipeline.run) as store:
        articles = islice(read([args.input]), args.articles)
        summary = code_all(reading(articles, clock), lambda: pipeline.code, store, workers=0)
    clock.leave()
    total = sum(clock.seconds.values())
    print(f"{summary.given} articles, {total:.2f} s of the processor after {loaded:.2f} s of loading")
    for stage, seconds in sorted(clock.seconds.items(), key=lambda one: -one[1]):
        print(f"{stage:22} {seconds:7.2f} s  {100 * seconds / total:5.1f} %  {1000 * seconds / summary.given:7.2f} ms")
    print(f"{clock.seconds['network'] / total:.3f} of the bare network's speed")
    resolution = sum(clock.seconds[stage] for stage in ("mentions", "dates", "places"))
    print(f"{resolution / clock.seconds['network']:.3f} of the network's time for resolution")
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
