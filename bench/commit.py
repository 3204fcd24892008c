"""How much memory and time the commit at the end of a run takes: shards of made-up articles, without a coder.

    python bench/commit.py [--inputs 200000] [--again] [--keep DIR]

Writes shards of 200 inputs as a run leaves them (of a hundred inputs two have failed and one is the article of another
input), then opens the store in a fresh process, commits, and prints the peak memory of that process and the seconds it
took of the processor, as JSON. With `--again` the record is then committed once more with a tenth as many new articles.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from turnstone.store import Run
from turnstone.store.merge import write_rows
from turnstone.store.schema import CODED_TABLES
from turnstone.store.shard import INPUTS, PENDING

RUN = Run(version="0", code="c", model="m", codebook="b", entities="e")
_WORDS = "The government of the first country invited that of the second to talks in its capital on Friday . ".split()
_TEXT_WORDS = 200
_COMMIT = """
import json, resource, sys, time
from pathlib import Path
from turnstone.store import Run, Store
with Store(Path(sys.argv[1]), Run(version="0", code="c", model="m", codebook="b", entities="e")) as store:
    opened = time.process_time()
    store.commit()
used = resource.getrusage(resource.RUSAGE_SELF)
seconds = {"open": round(opened, 2), "commit": round(time.process_time() - opened, 2)}
print(json.dumps({"memory_mb": round(used.ru_maxrss * 1024 / 1e6), "processor_seconds": seconds}))
"""


def inputs(first: int, count: int, kind: str) -> Iterator[tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]]:
    """Rows of the ledger, each with those of the tables; none for an input that has no coding of its own."""
    for number in range(first, first + count):
        of = number - 1 if number % 100 == 3 else number
        text = f"Report {of}. " + " ".join(_WORDS[(of + i) % len(_WORDS)] for i in range(_TEXT_WORDS))
        key, sha256 = f"{kind}-{of}", hashlib.sha256(text.encode()).hexdigest()
        digest = hashlib.sha256(key.encode()).hexdigest()
        published = date(2020, 1, 1) + timedelta(days=of * 7919 % 2000)
        failed = number % 100 in (1, 2)
        row = {"origin": f"{kind}/articles.jsonl:{number + 1}", "article_id": key, "outcome": "failed"}
        row |= {"reason": "the text is empty" if failed else "", "remedy": "give one" if failed else "", "events": 0}
        if failed:
            yield {**row, "published": None, "sha256": "", "digest": ""}, {}
            continue
        row |= {"outcome": "given" if of != number else "coded"}
        row |= {"published": published, "sha256": sha256, "digest": digest}
        yield row, {} if of != number else _tables(row, text, published)


def _tables(row: dict[str, Any], text: str, day: date) -> dict[str, list[dict[str, Any]]]:
    named = {"article_id": row["digest"]}
    words = {"start": 0, "end": 6, "text": "Report", "name": "Report"}
    event = {**named, "event_id": row["article_id"], "event_type": "CONSULT", "modes": ["meet"], "status": "happened"}
    event |= {"first_day": day, "last_day": day, "trigger_text": "invited", "evidence_text": text[:120]}
    told = {"source": [{"start": 0, "end": 6}], "source_texts": ["Report"], "content_texts": [text[7:90]]}
    article = {"id": row["article_id"], "published": day, "origin": row["origin"], "text": text}
    return {
        "articles": [article | {"sha256": row["sha256"], "digest": row["digest"], "run": RUN.digest}],
        "events": [event],
        "participants": [{**named, **words, "role": role, "country": "FRA"} for role in ("actor", "recipient")],
        "attributions": [{**named, **told, "index": 0, "outlet": "a newspaper", "within": -1}],
        "places": [{**named, **words, "country": "FRA", "latitude": 48.9, "longitude": 2.3}],
        "dates": [{**named, "start": 0, "end": 6, "text": "Friday", "first_day": day, "last_day": day}],
    }


def write_shards(directory: Path, count: int, kind: str) -> None:
    """The shards of so many inputs, as `turnstone.store.shard` writes them."""
    for number, first in enumerate(range(0, count, INPUTS)):
        rows = list(inputs(first, min(INPUTS, count - first), kind))
        place = directory / PENDING / f"shard-{number:06}-{kind}"
        place.mkdir(parents=True)
        coded = [tables for _, tables in rows if tables]
        coded.sort(key=lambda tables: (tables["articles"][0]["published"], tables["articles"][0]["id"]))
        for name in CODED_TABLES:
            write_rows(place / f"{name}.parquet", name, [row for tables in coded for row in tables[name]], 10_000)
        write_rows(place / "ledger.parquet", "ledger", [row for row, _ in rows], 10_000)
        counts = {"given": len(rows), "coded": len(coded), "empty": 0, "failed": 0}
        (place / "shard.json").write_text(json.dumps({"run": {RUN.digest: RUN.as_json()}, "counts": counts}))


def commit(directory: Path) -> dict[str, Any]:
    """What the commit of a directory takes, and the digest of what it wrote."""
    command = [sys.executable, "-c", _COMMIT, str(directory)]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    digest = hashlib.sha256((directory / "manifest.json").read_bytes()).hexdigest()
    return {**found, "manifest": digest[:16]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it; it must not exist yet")
    args = parser.parse_args()
    holding = args.keep or Path(tempfile.mkdtemp(prefix="turnstone-commit-"))
    try:
        write_shards(holding, args.inputs, "first")
        print(json.dumps({"inputs": args.inputs, **commit(holding)}), flush=True)
        if args.again:
            write_shards(holding, args.inputs // 10, "then")
            print(json.dumps({"inputs": args.inputs // 10, "into": args.inputs, **commit(holding)}))
    finally:
        if not args.keep:
            shutil.rmtree(holding)


if __name__ == "__main__":
    main()
