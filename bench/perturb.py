"""Make a large record out of a coded one, to measure what reads records: queries, panels, stories, exports, pages.

    python bench/perturb.py record big --events 5000000

Repeats the articles of RECORD with all their rows until there are at least so many events. Each copy has an id of its
own and a line of its own below its text; its days, those of its events included, are moved together by up to
`--days`; three in ten participants stand for somebody else of the record; confidences move a little. All else is as it
was: offsets hold, rows are in the order of the record, digests are those of the new articles; the result is a record
like any other. Failed inputs are left out. Written a row group at a time; the same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from turnstone.errors import TurnstoneError
from turnstone.store import SCHEMAS, TABLES, file_digest, read_table
from turnstone.store.commit import GROUP_ARTICLES
from turnstone.store.manifest import inputs_digest, manifest_text, read_manifest
from turnstone.store.merge import writer

LAYERS = ("events", "participants", "attributions", "places", "dates")
STANDS_FOR = ("name", "entity_id", "country", "sectors")
DAYS = {"events": ("first_day", "last_day"), "dates": ("first_day", "last_day"), "articles": ("published",)}

Table = pa.Table
Numbers = np.ndarray


@dataclass(frozen=True)
class Source:
    """The tables of a record; of each layer the first row of each article and their number, by the article's row."""

    tables: dict[str, Table]
    first: dict[str, Numbers]
    count: dict[str, Numbers]


def source_of(record: Path) -> Source:
    tables = {name: read_table(record, name).combine_chunks() for name in ("articles", *LAYERS)}
    rows = {key: row for row, key in enumerate(tables["articles"]["id"].to_pylist())}
    first, count = {}, {}
    for name in LAYERS:
        of = np.array([rows[key] for key in tables[name]["article_id"].to_pylist()], np.int64)
        count[name] = np.bincount(of, minlength=len(rows))
        first[name] = np.concatenate([[0], np.cumsum(count[name])[:-1]]) if len(rows) else count[name]
    return Source(tables, first, count)


def taken(source: Source, layer: str, articles: Numbers) -> tuple[Table, Numbers]:
    """The rows of a layer for articles in this order, and for each row the place of its article among them."""
    counts = source.count[layer][articles]
    place = np.repeat(np.arange(len(articles)), counts)
    inside = np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
    return source.tables[layer].take(pa.array(source.first[layer][articles[place]] + inside)), place


def with_column(rows: Table, name: str, values: object) -> Table:
    at = rows.schema.get_field_index(name)
    return rows.set_column(at, rows.schema.field(name), values)


def moved(rows: Table, table: str, offsets: Numbers) -> Table:
    for name in DAYS.get(table, ()):
        days = pc.add(rows[name].cast(pa.int32()), pa.array(offsets, pa.int32()))
        rows = with_column(rows, name, days.cast(pa.date32()))
    return rows


def renamed(source: Source, articles: Numbers, copies: Numbers, offsets: Numbers, first: int) -> Table:
    """The rows of `articles` for so many copies, the first being article number `first` of the new record."""
    rows = moved(source.tables["articles"].take(pa.array(articles)), "articles", offsets)
    fields = ("id", "published", "title", "publisher", "author", "url", "text")
    columns = [rows[name].to_pylist() for name in fields]
    ids, texts, shas, digests = [], [], [], []
    for number, key, published, title, publisher, author, url, text in zip(copies.tolist(), *columns, strict=True):
        key, text = f"{number:06}-{key}", f"{text}\nCopy {number}."
        given = (key, published.isoformat(), title, publisher, author, url, text)
        ids.append(key)
        texts.append(text)
        shas.append(hashlib.sha256(text.encode()).hexdigest())
        digests.append(hashlib.sha256(json.dumps(given, ensure_ascii=False).encode()).hexdigest())
    origins = [f"perturbed.jsonl:{first + row + 1}" for row in range(len(ids))]
    new = {"id": ids, "text": texts, "sha256": shas, "digest": digests, "origin": origins}
    for name, values in new.items():
        rows = with_column(rows, name, pa.array(values, pa.string()))
    return rows


def perturbed(rows: Table, layer: str, source: Source, random: np.random.Generator) -> Table:
    if layer == "events":
        noise = pa.array(random.normal(0, 0.05, len(rows)))
        rows = with_column(rows, "confidence", pc.max_element_wise(pc.min_element_wise(
            pc.add(rows["confidence"], noise), 1.0), 0.0))  # fmt: skip
    if layer == "participants" and len(rows):
        everyone = source.tables[layer]
        others = random.integers(0, len(everyone), len(rows))
        changed = random.random(len(rows)) < 0.3
        for name in STANDS_FOR:
            swapped = everyone[name].take(pa.array(others))
            rows = with_column(rows, name, pc.if_else(pa.array(changed), swapped, rows[name]))
    return rows


def groups(source: Source, copies: int, days: int, random: np.random.Generator) -> Iterator[tuple[Numbers, ...]]:
    """Rows of articles, numbers of copies and days moved, in the order of the new record, a row group at a time."""
    articles = source.tables["articles"]
    article = np.tile(np.arange(len(articles), dtype=np.int32), copies)
    copy = np.repeat(np.arange(copies, dtype=np.int32), len(articles))
    offset = random.integers(-days, days + 1, len(article)).astype(np.int32)
    published = np.array(articles["published"].cast(pa.int32()).to_numpy())
    by_id = np.argsort(np.argsort(np.array(articles["id"].to_pylist(), dtype=object)))
    order = np.lexsort((by_id[article], copy, published[article] + offset))
    for first in range(0, len(order), GROUP_ARTICLES):
        rows = order[first : first + GROUP_ARTICLES]
        yield article[rows].astype(np.int64), copy[rows], offset[rows]


def ledger_of(articles: Table, events: Numbers) -> Table:
    empty = pa.array([""] * len(articles), pa.string())
    columns = {
        "origin": articles["origin"],
        "article_id": articles["id"],
        "outcome": pa.array(np.where(events > 0, "coded", "empty")),
        "reason": empty,
        "remedy": empty,
        "events": pa.array(events, pa.int32()),
        "published": articles["published"],
        "sha256": articles["sha256"],
        "digest": articles["digest"],
    }
    return pa.table(columns, schema=SCHEMAS["ledger"])


def perturb(record: Path, out: Path, events: int, days: int, seed: int) -> dict[str, int]:
    """Writes the record; gives the number of rows of each table."""
    source, random = source_of(record), np.random.default_rng(seed)
    known = read_manifest(record / "manifest.json")
    if not len(source.tables["events"]):
        raise TurnstoneError(f"{record}: has no events to repeat; code articles that have some")
    copies = -(-events // len(source.tables["events"]))
    out.mkdir(parents=True)
    counts: Counter[str] = Counter({name: 0 for name in TABLES})
    runs: Counter[str] = Counter()
    outcomes: Counter[str] = Counter({"coded": 0, "empty": 0, "failed": 0})
    with ExitStack() as open_files:
        writers = {name: open_files.enter_context(writer(out / f"{name}.parquet", name)) for name in TABLES}
        for articles, numbers, offsets in groups(source, copies, days, random):
            rows = {"articles": renamed(source, articles, numbers, offsets, counts["articles"])}
            ids = rows["articles"]["id"].combine_chunks()
            for layer in LAYERS:
                found, place = taken(source, layer, articles)
                found = with_column(moved(found, layer, offsets[place]), "article_id", ids.take(pa.array(place)))
                rows[layer] = perturbed(found, layer, source, random)
            number = source.count["events"][articles]
            rows["ledger"] = ledger_of(rows["articles"], number)
            for name, table in rows.items():
                if len(table):
                    writers[name].write_table(table.combine_chunks(), row_group_size=len(table))
                counts[name] += len(table)
            outcomes.update({"coded": int((number > 0).sum()), "empty": int((number == 0).sum())})
            runs.update(rows["articles"]["run"].to_pylist())
    described = {run.pop("digest"): {key: run[key] for key in run if key != "articles"} for run in known["runs"]}
    files = {f"{name}.parquet": file_digest(out / f"{name}.parquet") for name in TABLES}
    inputs = inputs_digest(read_table(out, "articles")["digest"].to_pylist())
    manifest = manifest_text(described, runs, counts, outcomes, files, inputs)
    (out / "manifest.json").write_text(manifest, encoding="utf-8")
    return dict(counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path, help="a record that turnstone code wrote")
    parser.add_argument("out", type=Path, help="the folder of the new one, which must not exist")
    parser.add_argument("--events", type=int, default=5_000_000, help="at least so many")
    parser.add_argument("--days", type=int, default=180, help="how far an article's day is moved at most")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    try:
        counts = perturb(args.record, args.out, args.events, args.days, args.seed)
    except (TurnstoneError, OSError) as error:
        sys.exit(f"turnstone: {error}")
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
