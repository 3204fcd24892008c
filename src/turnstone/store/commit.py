"""The tables of a record made anew from the record and the shards beside it.

A commit is written whole into a folder of its own, which is then renamed; only then are its files put into place. A
process killed at any moment leaves the old record or the new one, and whoever comes next finishes the commit.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from turnstone.store import durable, set_aside
from turnstone.store.judgement import judgement
from turnstone.store.manifest import Run, file_digest, inputs_digest, manifest_text, read_manifest
from turnstone.store.merge import Grouped, InOrder, merge, write_rows
from turnstone.store.schema import CODED_TABLES, TABLES
from turnstone.store.shard import PENDING, described
from turnstone.store.tables import Row

GROUP_ARTICLES = 20_000
GROUP_BYTES = 64_000_000

_SCRATCH = "draft-parts"

FILES = (*(f"{name}.parquet" for name in TABLES), set_aside.NAME, "manifest.json")
"""What a commit puts into place, in this order."""


def commit(directory: Path, shards: Sequence[Path], run: Run) -> None:
    """Brings the tables up to date with the shards and removes these. Raises OSError or ArrowException where the disk
    does not allow it; the old record and the shards stay as they were then.
    """
    pending = directory / PENDING
    draft = pending / "draft-commit"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        with _memory_given_back():
            _write(directory, shards, run, draft)
        durable.publish(draft, pending / "commit")
    except Exception:
        for path in (draft, pending / _SCRATCH):
            shutil.rmtree(path, ignore_errors=True)
        raise
    finish(directory)
    for shard in shards:  # renamed first, so that what is left of one, should this be killed, is no shard
        shutil.rmtree(shard.rename(pending / f"gone-{shard.name}"))


def finish(directory: Path) -> None:
    """Puts the files of a commit, complete once its folder has its name, into place."""
    whole = directory / PENDING / "commit"
    if not whole.exists():
        return
    for name in FILES:
        if (whole / name).exists():
            (whole / name).replace(directory / name)
    aside = directory / set_aside.NAME
    if aside.exists() and not aside.stat().st_size:
        aside.unlink()
    durable.sync(directory)
    whole.rmdir()


@contextmanager
def _memory_given_back() -> Iterator[None]:
    """Lets Arrow take memory from the system's allocator meanwhile: its own keeps some of what many small tables took,
    and so more and more of it the more shards there are.
    """
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(usual)


def _write(directory: Path, shards: Sequence[Path], run: Run, draft: Path) -> None:
    committed = [directory] if (directory / "articles.parquet").exists() else []
    parts = [*committed, *shards]
    scratch = draft.with_name(_SCRATCH)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    with judgement(directory, parts, run.digest, scratch) as judged:
        limits = _limits(judged.sizes())
        grouped = Grouped(scratch, limits)
        for number, path in enumerate(shards, len(committed)):
            grouped.add(path, judged.ranks_in_shard(number))
        grouped.put_away()
        counts: dict[str, int] = {}
        for name in CODED_TABLES:
            before = InOrder(directory, name, judged.ranks_in_record(0)) if committed else None
            rows = merge(draft / f"{name}.parquet", name, before, grouped, limits, judged.named)
            counts[name] = int(rows.sum())
            if name == "events":
                events = rows
        outcomes: Counter[str] = Counter()
        ledger = _counted(judged.set_aside(judged.ledger(events)), outcomes)
        write_rows(draft / "ledger.parquet", "ledger", ledger, 100_000)
        judged.write_set_aside(draft)
        articles, inputs = judged.articles_by_run(), inputs_digest(judged.digests())
    shutil.rmtree(scratch)
    manifest = manifest_text(
        runs=_runs(directory, shards, run),
        articles=articles,
        counts={**counts, "ledger": outcomes.total()},
        outcomes={name: outcomes[name] for name in ("coded", "empty", "failed")},
        files={f"{name}.parquet": file_digest(draft / f"{name}.parquet") for name in TABLES},
        inputs=inputs,
    )
    (draft / "manifest.json").write_text(manifest, encoding="utf-8")


def _counted(ledger: Iterable[Row], outcomes: Counter[str]) -> Iterator[Row]:
    for row in ledger:
        outcomes[row["outcome"]] += 1
        yield row


def _limits(sizes: Iterable[int]) -> list[int]:
    """The ranks at which row groups end, for articles of so many bytes."""
    limits, first, last, size = [], 0, 0, 0
    for last, one in enumerate(sizes, 1):
        size += one
        if last - first >= GROUP_ARTICLES or size >= GROUP_BYTES:
            limits.append(last)
            first, size = last, 0
    return limits if first == last else [*limits, last]


def _runs(directory: Path, shards: Sequence[Path], run: Run) -> dict[str, Any]:
    runs: dict[str, Any] = {}
    manifest = directory / "manifest.json"
    if manifest.exists():
        for known in read_manifest(manifest)["runs"]:
            runs[known.pop("digest")] = {name: value for name, value in known.items() if name != "articles"}
    for shard in shards:
        runs |= described(shard)[0]
    return runs | {run.digest: run.as_json()}
