"""What a commit takes in memory and time, by the number of articles: a record's articles under new ids, committed.

    python bench/commit.py RECORD --articles 2000 8000

Each number of articles is written as shards of 200, as `turnstone code` does, and committed in a process of its own.
Prints a row of a Markdown table for each, and what an article more costs between the first and the last. Memory is the
most that the process held (RSS, MB of 10**6 bytes); Linux only. Sizes are not told: the same texts again and again are
stored in next to nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from turnstone.store import Run, Store
from turnstone.store.open_shards import OpenShards
from turnstone.store.shard import INPUTS, PENDING
from turnstone.store.stored import stored

RUN = Run("0", "", "", "", "")


def main() -> None:
    """Measures each number of articles and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("record", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[2_000, 8_000])
    given = parser.parse_args()
    print("| articles | events | memory | time | processor |\n|---|---|---|---|---|")
    found = []
    for count in given.articles:
        with tempfile.TemporaryDirectory() as folder:
            fill(given.record, count, Path(folder))
            command = [sys.executable, __file__, "--commit", folder]
            one = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        found.append(one | {"articles": count})
        print(f"| {count:,} | {one['events']:,} | {one['memory'] / 1e6:,.0f} MB | ", end="")
        print(f"{one['seconds']:.1f} s | {one['processor']:.1f} s |", flush=True)
    first, last = found[0], found[-1]
    more = last["articles"] - first["articles"]
    if not more:
        return
    print(f"{(last['memory'] - first['memory']) / more:,.0f} bytes an article more")
    print(f"{(last['seconds'] - first['seconds']) * 1e3 / more:.2f} ms of the clock an article more, ", end="")
    print(f"{(last['processor'] - first['processor']) * 1e3 / more:.2f} ms of the processor")


def fill(record: Path, count: int, directory: Path) -> None:
    """Writes shards of so many articles."""
    pending = directory / PENDING
    pending.mkdir(parents=True)
    shards = OpenShards(directory, pending, RUN)
    for number, one in enumerate(islice(cycle(list(stored(record))), count)):
        article = replace(one.article, id=f"{number}", origin=f"archive/{number // 10_000:06}.jsonl:{number % 10_000}")
        shards.add(replace(one, article=article), number // INPUTS)  # kept when it is full
    shards.keep(count // INPUTS)


def commit(directory: Path) -> None:
    """Commits what lies there and prints what it took."""
    began = time.monotonic()
    with Store(directory, RUN, commits=False) as store:
        store.commit()
    seconds, processor = time.monotonic() - began, time.process_time()
    events = json.loads((directory / "manifest.json").read_text())["counts"]["events"]
    print(json.dumps({"memory": _most(), "processor": processor, "events": events, "seconds": seconds}))


def _most() -> int:
    """The most bytes this process has held. The system's `ru_maxrss` would count the process that has started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--commit"]:
        commit(Path(sys.argv[2]))
    else:
        main()
