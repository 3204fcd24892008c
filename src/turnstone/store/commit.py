"""The tables of a record made anew from the record and the shards beside it.

A commit is written whole into a folder of its own, which is then renamed; only then are its files put into place. A
process killed at any moment leaves the old record or the new one, and whoever comes next finishes the commit.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.store import durable, set_aside
from turnstone.store.ledger import Winner, first_origins, gather, is_set_aside, judged, natural
from turnstone.store.manifest import Run, file_digest, inputs_digest, manifest_text, read_manifest
from turnstone.store.merge import Part, merge, write_rows
from turnstone.store.schema import CODED_TABLES, TABLES
from turnstone.store.shard import PENDING, described

GROUP_ARTICLES = 20_000
GROUP_BYTES = 64_000_000
FAN_IN = 64
"""How many shards are merged at once: each holds a file open and some rows in memory."""

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


def _write(directory: Path, shards: Sequence[Path], run: Run, draft: Path) -> None:
    committed = [directory] if (directory / "articles.parquet").exists() else []
    parts = [*committed, *shards]
    coded, failures = gather(directory, shards)
    origins = first_origins(coded)
    winners = _winners(parts, origins, run.digest)
    order = sorted(winners.values(), key=lambda one: (one.published, one.id))
    ranks: list[dict[str, int]] = [{} for _ in parts]
    for rank, one in enumerate(order):
        ranks[one.part][one.id if parts[one.part] == directory else one.digest] = rank
    limits = _limits(order)
    ids, read_from = [one.id for one in order], [origins[one.id, one.digest] for one in order]

    sources = [Part(path, ranks[number], shard=path != directory) for number, path in enumerate(parts)]
    first = len(committed)
    sources[first:] = _fewer(sources[first:], draft.with_name(_SCRATCH), limits, ids, read_from)
    counts = {name: merge(draft / f"{name}.parquet", name, sources, limits, ids, read_from) for name in CODED_TABLES}
    shutil.rmtree(draft.with_name(_SCRATCH), ignore_errors=True)
    events = {one.id: int(counts["events"][rank]) for rank, one in enumerate(order)}
    ledger = judged(coded, failures, winners, dict(zip(ids, read_from, strict=True)), events)
    write_rows(draft / "ledger.parquet", "ledger", ledger, 100_000)
    still = {(row["article_id"], row["digest"]) for row in ledger if is_set_aside(row)}
    set_aside.write(draft, set_aside.merged(parts, still, run.digest))

    outcomes = Counter(row["outcome"] for row in ledger)
    manifest = manifest_text(
        runs=_runs(directory, shards, run),
        articles=Counter(one.run for one in order),
        counts={**{name: int(rows.sum()) for name, rows in counts.items()}, "ledger": len(ledger)},
        outcomes={name: outcomes[name] for name in ("coded", "empty", "failed")},
        files={f"{name}.parquet": file_digest(draft / f"{name}.parquet") for name in TABLES},
        inputs=inputs_digest(one.digest for one in order),
    )
    (draft / "manifest.json").write_text(manifest, encoding="utf-8")


def _fewer(parts: list[Part], scratch: Path, limits: list[int], ids: list[str], origins: list[str]) -> list[Part]:
    """At most FAN_IN parts, of many: they are merged by so many at a time, as often as it takes."""
    shutil.rmtree(scratch, ignore_errors=True)
    level = 0
    while len(parts) > FAN_IN:
        merged = []
        for first in range(0, len(parts), FAN_IN):
            group = parts[first : first + FAN_IN]
            place = scratch / f"{level}-{first}"
            place.mkdir(parents=True)
            for name in CODED_TABLES:
                merge(place / f"{name}.parquet", name, group, limits, ids, origins)
            merged.append(Part(place, {ids[rank]: rank for part in group for rank in part.ranks.values()}))
        if level:
            for part in parts:
                shutil.rmtree(part.directory)
        parts, level = merged, level + 1
    return parts


def _winners(parts: Sequence[Path], origins: dict[tuple[str, str], str], run: str) -> dict[str, Winner]:
    """The coded article that each id names in the end."""
    winners: dict[str, Winner] = {}
    names = ("id", "digest", "published", "sha256", "run", "text")
    for number, part in enumerate(parts):
        with pq.ParquetFile(part / "articles.parquet") as file:
            for batch in file.iter_batches(batch_size=2048, columns=list(names), use_threads=False):
                sizes = pc.binary_length(batch.column("text")).to_pylist()
                columns = [batch.column(name).to_pylist() for name in names[:-1]]
                for key, digest, published, sha256, coded_by, size in zip(*columns, sizes, strict=True):
                    new = Winner(key, digest, published, sha256, coded_by, size, number)
                    old = winners.get(new.id)
                    if old is None or _goes_before(new, old, origins, run):
                        winners[new.id] = new
    return winners


def _goes_before(new: Winner, old: Winner, origins: dict[tuple[str, str], str], run: str) -> bool:
    if new.digest == old.digest:
        return new.run == run or old.run != run
    return (natural(origins[new.id, new.digest]), new.digest) < (natural(origins[old.id, old.digest]), old.digest)


def _limits(order: list[Winner]) -> list[int]:
    """The ranks at which row groups end."""
    limits, first, size = [], 0, 0
    for rank, one in enumerate(order):
        size += one.size
        if rank + 1 - first >= GROUP_ARTICLES or size >= GROUP_BYTES:
            limits.append(rank + 1)
            first, size = rank + 1, 0
    return limits if not order or first == len(order) else [*limits, len(order)]


def _runs(directory: Path, shards: Sequence[Path], run: Run) -> dict[str, Any]:
    runs: dict[str, Any] = {}
    manifest = directory / "manifest.json"
    if manifest.exists():
        for known in read_manifest(manifest)["runs"]:
            runs[known.pop("digest")] = {name: value for name, value in known.items() if name != "articles"}
    for shard in shards:
        runs |= described(shard)[0]
    return runs | {run.digest: run.as_json()}
