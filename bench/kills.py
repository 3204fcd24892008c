"""Kill a run, and single workers of it, at random moments, resume it each time, and compare the record's bytes.

    python bench/kills.py articles.jsonl [--articles 5000] [--kills 50] [--seed 1] [--keep DIR] [-- options of code]

The articles are first coded without a kill, in T seconds. Then the same run is begun in another directory and killed
with SIGKILL, every other time a worker of it, after waits drawn evenly from 0 to twice (T / kills + 5) seconds; a
killed run is taken up with `turnstone resume`. At last every file of the two records but the log of runs is compared.
Prints the measurement as JSON and ends with 1 where a byte differs or fewer kills than asked for hit a running process.
Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from itertools import islice
from pathlib import Path

from turnstone.reading import read
from turnstone.records import Article
from turnstone.store.runs import NAME, logged

_SLACK_SECONDS = 5.0


def take(source: str, count: int, target: Path) -> int:
    """The first articles of anything `turnstone code` reads, as JSON lines; how many there were."""
    found = islice((one for one in read([source]) if isinstance(one, Article)), count)
    taken = 0
    with target.open("w", encoding="utf-8") as file:
        for taken, one in enumerate(found, 1):
            row = {"id": f"{taken}-{one.id}", "date": one.published.isoformat(), "title": one.title, "text": one.text}
            file.write(json.dumps(row) + "\n")
    return taken


def start(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from turnstone.cli import app; app()", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def workers(pid: int) -> list[int]:
    """The worker processes of a run; none of one that has ended."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    except OSError:
        return []


def digests(record: Path) -> dict[str, str]:
    return {
        path.relative_to(record).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(record.rglob("*"))
        if path.is_file() and path.name != NAME
    }


def measure(articles: Path, holding: Path, kills: int, seed: int, options: list[str]) -> dict[str, object]:
    whole, broken = holding / "whole", holding / "broken"
    began = time.monotonic()
    if start("code", str(articles), "-o", str(whole), *options).wait():
        sys.exit("the run without kills ended with an error")
    seconds = time.monotonic() - began

    draw = random.Random(seed)
    mean = seconds / kills + _SLACK_SECONDS
    hits: Counter[str] = Counter()
    began = time.monotonic()
    process = start("code", str(articles), "-o", str(broken), *options)
    while hits.total() < kills:
        time.sleep(draw.uniform(0, 2 * mean))
        if process.poll() is not None:
            if process.returncode == 0:
                break
        elif hits.total() % 2 and (running := workers(process.pid)):
            with suppress(OSError):  # it has just ended
                os.kill(draw.choice(running), signal.SIGKILL)
                hits["workers"] += 1
        else:
            process.kill()
            process.wait()
            hits["runs"] += 1
        if process.poll() is not None:
            process = _again(articles, broken, options)
    while process.wait():
        hits["ended with an error"] += 1
        if hits["ended with an error"] > kills:
            sys.exit("the run does not come to an end")
        process = _again(articles, broken, options)
    return {
        "kills": dict(hits),
        "seconds_without_kills": round(seconds, 1),
        "seconds_with_kills": round(time.monotonic() - began, 1),
        "counts": dict(logged(broken)[-1].counts),
        "files": len(digests(whole)),
        "same_bytes": digests(whole) == digests(broken),
    }


def _again(articles: Path, record: Path, options: list[str]) -> subprocess.Popen[bytes]:
    """Takes the run up; one that was killed before it had written down what it was asked is begun anew."""
    return start("resume", str(record)) if logged(record) else start("code", str(articles), "-o", str(record), *options)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help="anything `turnstone code` reads")
    parser.add_argument("--articles", type=int, default=5000, help="how many of them to code")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it; it must not exist yet")
    parser.add_argument("options", nargs="*", help="further options of `turnstone code`, after --")
    args = parser.parse_args()
    if args.keep:
        args.keep.mkdir(parents=True)
    holding = args.keep or Path(tempfile.mkdtemp(prefix="turnstone-kills-"))
    try:
        articles = holding / "articles.jsonl"
        taken = take(args.input, args.articles, articles)
        found = measure(articles, holding, args.kills, args.seed, args.options)
    finally:
        if not args.keep:
            shutil.rmtree(holding, ignore_errors=True)
    print(json.dumps({"articles": taken, "processors": os.cpu_count(), "seed": args.seed, **found}, indent=2))
    hit = sum(count for name, count in found["kills"].items() if name != "ended with an error")  # type: ignore[attr-defined]
    if not found["same_bytes"] or hit < args.kills:
        sys.exit(1)


if __name__ == "__main__":
    main()
