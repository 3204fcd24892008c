"""Code an input once, in a fresh directory and a process of its own, and report time, memory and the ledger.

    python bench/run.py articles.jsonl [--keep DIR] [-- further options of turnstone code]

Prints the number of processors, then the measurement as JSON, then as a row of a Markdown table. Memory is the most
that the process and all it started held at one moment, in MB (10**6 bytes): `memory_mb` counts shared pages once (the
kernel's PSS, sampled once a second), `resident_mb` counts them in each process (RSS, sampled five times a second);
`largest_mb` is the most that one of the processes held. `processor_seconds` are those of all processes together, and
disturbed little by other work. Linux only. `given` is counted by reading the input once more; where coded + empty +
failed is another number, it ends with an error.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_SAMPLE_SECONDS = 0.2
_SAMPLES_PER_PSS = 5
_PROC = Path("/proc")


@dataclass(frozen=True)
class Measurement:
    """One run. Seconds are wall-clock, loading and writing included; words are runs of non-space characters."""

    input: str
    processors: int
    processor: str
    python: str
    turnstone: str
    articles: int
    words: int
    seconds: float
    processor_seconds: float
    articles_per_second: float
    words_per_second: float
    memory_mb: float
    resident_mb: float
    largest_mb: float
    processes: int
    record_mb: float
    given: int
    coded: int
    empty: int
    failed: int
    events: int


def tree(root: int) -> list[int]:
    """A process and everything below it, by id."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace")
            except OSError:
                continue  # gone since
            parent = int(stat.rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, []))
    return found


def resident(pid: int) -> int:
    """Bytes of RSS; 0 for a process that is gone."""
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def proportional(pid: int) -> int:
    """Bytes of PSS; 0 for a process that is gone."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


@dataclass
class Watched:
    """What a command took: seconds by the clock and of all processors, peak bytes of its tree (PSS, RSS) and of one of
    its processes (RSS), and the most processes at once."""

    seconds: float = 0.0
    processor_seconds: float = 0.0
    shared_once: int = 0
    in_each: int = 0
    largest: int = 0
    processes: int = 0


def watch(command: list[str]) -> Watched:
    """Run a command to its end."""
    found = Watched()
    spent = _of_children()
    began = time.perf_counter()
    samples = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            pids = tree(process.pid)
            held = [resident(pid) for pid in pids]
            found.in_each = max(found.in_each, sum(held))
            found.largest = max(found.largest, *held)
            found.processes = max(found.processes, len(pids))
            if samples % _SAMPLES_PER_PSS == 0:
                found.shared_once = max(found.shared_once, sum(map(proportional, pids)))
            samples += 1
            time.sleep(_SAMPLE_SECONDS)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: ended with exit status {process.returncode}")
    found.seconds = time.perf_counter() - began
    found.processor_seconds = _of_children() - spent
    return found


def _of_children() -> float:
    """Seconds of the processor that ended children of this process have had, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(source: str, directory: Path, options: list[str]) -> Measurement:
    """Code `source` into `directory`, which must not exist yet."""
    import pyarrow.parquet as pq

    from turnstone import __version__
    from turnstone.reading import read

    command = [sys.executable, "-c", "from turnstone.cli import app; app()", "code", source, "-o", str(directory)]
    took = watch([*command, *options])
    ledger = pq.read_table(directory / "ledger.parquet").to_pydict()
    outcomes = Counter(ledger["outcome"])
    given = sum(1 for _ in read([source]))
    if sum(outcomes[name] for name in ("coded", "empty", "failed")) != given:
        sys.exit(f"{directory}/ledger.parquet: {given} inputs were given, the ledger has {dict(outcomes)}")
    texts = pq.read_table(directory / "articles.parquet", columns=["text"]).column("text")
    words = sum(len(text.as_py().split()) for text in texts)
    return Measurement(
        input=Path(source).name,
        processors=os.cpu_count() or 0,
        processor=_processor(),
        python=platform.python_version(),
        turnstone=__version__,
        articles=len(texts),
        words=words,
        seconds=round(took.seconds, 1),
        processor_seconds=round(took.processor_seconds, 1),
        articles_per_second=round(len(texts) / took.seconds, 2),
        words_per_second=round(words / took.seconds, 1),
        memory_mb=round(took.shared_once / 1e6, 1),
        resident_mb=round(took.in_each / 1e6, 1),
        largest_mb=round(took.largest / 1e6, 1),
        processes=took.processes,
        record_mb=round(sum(p.stat().st_size for p in directory.rglob("*") if p.is_file()) / 1e6, 1),
        given=given,
        coded=outcomes["coded"],
        empty=outcomes["empty"],
        failed=outcomes["failed"],
        events=sum(ledger["events"]),
    )


def markdown(found: Measurement) -> str:
    """The measurement as a row; README.md has the header."""
    cells = [
        found.input,
        f"{found.given:,}",
        f"{found.coded:,} + {found.empty:,} + {found.failed:,}",
        f"{found.events:,}",
        f"{found.seconds:,.0f} s",
        f"{found.articles_per_second:,.1f}",
        f"{found.words_per_second:,.0f}",
        f"{found.memory_mb:,.0f} MB",
    ]
    return "| " + " | ".join(cells) + " |"


def _processor() -> str:
    try:
        lines = (_PROC / "cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help="anything `turnstone code` reads")
    parser.add_argument("--keep", type=Path, help="write the record here and leave it; the folder must not exist yet")
    parser.add_argument("options", nargs="*", help="further options of `turnstone code`, after --")
    args = parser.parse_args()
    if not _PROC.is_dir():
        sys.exit("memory is read from /proc, which this system does not have: measure on Linux")
    if args.keep and args.keep.exists():
        sys.exit(f"{args.keep}: exists already; a measurement needs a fresh folder")
    print(f"{os.cpu_count()} processors", flush=True)
    holding = Path(tempfile.mkdtemp(prefix="turnstone-bench-"))
    try:
        found = measure(args.input, args.keep or holding / "record", args.options)
    finally:
        shutil.rmtree(holding, ignore_errors=True)
    print(json.dumps(asdict(found), indent=2))
    print(markdown(found))


if __name__ == "__main__":
    main()
