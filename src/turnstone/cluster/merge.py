"""The coded shards of a plan committed as one record."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from turnstone.batch import Summary
from turnstone.cluster.plan import Plan, listed, shard_name
from turnstone.errors import ClusterError
from turnstone.store import Store

_SHOWN = 20


def check_whole(plan: Plan) -> None:
    """Raises ClusterError, which names them, where shards are missing."""
    if missing := plan.missing():
        numbers = listed(missing).split(",")
        some = ",".join(numbers[:_SHOWN])
        more = f" and {len(numbers) - _SHOWN} more ranges" if len(numbers) > _SHOWN else ""
        raise ClusterError(
            f"{plan.directory}: {len(missing)} of {plan.shards} shards are missing: {some}{more}; code them with: "
            f"turnstone worker {plan.directory} --shards {some}"
        )


def merge(plan: Plan, store: Store) -> Summary:
    """Brings the record of `store` up to date with all shards of the plan; says what became of its inputs. Raises
    ClusterError where shards are missing or damaged; the record is as it was then.
    """
    check_whole(plan)
    for shard in range(plan.shards):
        _take(plan, shard, store)
    tally = store.commit()
    ended = tally.coded + tally.empty + tally.failed
    if ended != plan.inputs:
        raise ClusterError(
            f"{plan.directory}: {plan.inputs} inputs were planned but {ended} have an outcome; was the record "
            f"changed since? Plan again with: turnstone plan INPUT -o {plan.directory}"
        )
    fields = (tally.given, tally.coded, tally.empty, tally.failed, tally.events, tally.aside, tally.reasons)
    return Summary(*fields)


def _take(plan: Plan, shard: int, store: Store) -> None:
    name = shard_name(shard)
    try:
        with zipfile.ZipFile(io.BytesIO(plan.place.read(name) or b"")) as archive:
            if archive.testzip():
                raise zipfile.BadZipFile("a sum is wrong")
            for piece in sorted({one.partition("/")[0] for one in archive.namelist()}):
                inside = [one for one in archive.namelist() if one.startswith(f"{piece}/")]
                store.adopt(piece, partial(_unpack, archive, inside))
    except zipfile.BadZipFile as error:
        raise ClusterError(
            f"{plan.directory}: shard {shard} is damaged ({error}); remove {plan.directory}/.plan/{name} and code it "
            f"again with: turnstone worker {plan.directory} --shards {shard}"
        ) from error


def _unpack(archive: zipfile.ZipFile, names: Iterable[str], folder: Path) -> None:
    for name in names:
        (folder / name.rpartition("/")[2]).write_bytes(archive.read(name))
