"""Whether an article costs more in a large run than in a small one: time, memory and disk from 1,000 to 100,000.

    python bench/growth.py articles.jsonl [--sizes 1000 10000 100000] [--workers 2]

Codes the first so many articles of a JSONL file as `bench/run.py` does, each size in a fresh directory. Where the file
has fewer, its articles come again under other ids, with the number of the round before their text, so that none is a
repetition. Prints a row for each size, and at the end what an article of the largest costs against one of the smallest:
by the clock, which wants an idle machine, and of the processors.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from run import Measurement, measure


def repeated(source: Path) -> Iterator[str]:
    """The lines of a JSONL file without end; from the second round on with ids and texts of their own."""
    for number in count():
        with source.open(encoding="utf-8") as lines:
            for line in lines:
                if number:
                    row = json.loads(line)
                    row["id"], row["text"] = f"{row['id']}-{number}", f"{number}. {row['text']}"
                    line = json.dumps(row, ensure_ascii=False) + "\n"
                yield line


def coded(source: Path, size: int, workers: int) -> Measurement:
    """What coding the first `size` articles took."""
    with tempfile.TemporaryDirectory(prefix="turnstone-bench-") as holding:
        articles = Path(holding) / source.name
        with articles.open("w", encoding="utf-8") as out:
            out.writelines(islice(repeated(source), size))
        return measure(str(articles), Path(holding) / "record", ["--workers", str(workers)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", type=Path, help="JSONL with id, date and text, as prepare.py writes it")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    if not args.input.stat().st_size:
        sys.exit(f"{args.input}: no articles; make some with bench/prepare.py")
    print("| articles | clock: ms each | processors: ms each | memory of all | of one process | record: kB each |")
    print("|---|---|---|---|---|---|")
    costs = []
    for size in sorted(args.sizes):
        found = coded(args.input, size, args.workers)
        clock, processor = found.seconds / size * 1e3, found.processor_seconds / size * 1e3
        costs.append((clock, processor))
        print(
            f"| {size:,} | {clock:.1f} | {processor:.1f} | {found.memory_mb:,.0f} MB | {found.largest_mb:,.0f} MB | "
            f"{found.record_mb / size * 1e3:.2f} |",
            flush=True,
        )
    for name, first, last in zip(("clock", "processors"), costs[0], costs[-1], strict=True):
        print(f"{name}: an article of the largest costs {last / first - 1:+.1%} against one of the smallest")


if __name__ == "__main__":
    main()
