"""Codes shards of a plan by number. Each becomes one file, whole or not there; one that is there is left alone."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from turnstone.batch import Progress, code_shards_by
from turnstone.cluster.plan import Plan, shard_name
from turnstone.coding_process import MakeCoder
from turnstone.records import Article, Refusal
from turnstone.store import durable
from turnstone.store.open_shards import OpenShards
from turnstone.store.tables import article_digest
from turnstone.workers import CodeTasks, coding


def work(
    plan: Plan,
    shards: Iterable[int],
    make_coder: MakeCoder,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
) -> int:
    """Codes those of the shards that are still missing, as a local run codes its own: the same limits on an article,
    the same tries. Gives how many shards that were. Raises TurnstoneError where it cannot go on; the shards until then
    are kept.
    """
    with coding(make_coder, workers, plan.limits) as code:
        return work_by(code, plan, shards, progress)


def work_by(
    code: CodeTasks, plan: Plan, shards: Iterable[int], progress: Callable[[Progress], None] | None = None
) -> int:
    """As `work`, by what codes other shards, too."""
    with tempfile.TemporaryDirectory(prefix="turnstone-") as scratch:
        taking = _PlannedShards(plan, Path(scratch))
        code_shards_by(code, taking.inputs(shards), taking, progress)
        return taking.done


class _PlannedShards(OpenShards):
    """Shards that are filled in a folder of this process and put in their place when they are whole."""

    def __init__(self, plan: Plan, scratch: Path) -> None:
        super().__init__(Path(plan.directory), scratch, plan.run)
        self._plan = plan
        self._scratch = scratch
        self._elsewhere: set[str] = set()
        self.done = 0

    def inputs(self, shards: Iterable[int]) -> Iterator[tuple[int, Article | Refusal]]:
        """The inputs of the shards that are missing when their turn comes."""
        for shard in sorted(set(shards)):
            if self._plan.place.has(shard_name(shard)):
                continue
            given = self._plan.given(shard)
            self._elsewhere = {article_digest(value) for value, known in given if known and isinstance(value, Article)}
            for value, _ in given:
                yield shard, value

    def needs_no_coding(self, article: Article) -> bool:
        """Whether the record or an earlier shard has it."""
        return article_digest(article) in self._elsewhere

    def keep(self, number: int) -> None:
        """Puts a shard in its place; it has an outcome for each of its inputs."""
        super().keep(number)
        pieces = sorted(path for path in self._kept if path.name.split("-")[1] == f"{number:06}")
        self._plan.place.write(shard_name(number), _zipped(pieces))
        self._kept = {path: None for path in self._kept if path not in pieces}
        self.done += 1

    def _told(self) -> AbstractContextManager[None]:
        remedy = f"make room there, or name another folder in TMPDIR, then: turnstone worker {self._plan.directory}"
        return durable.told(self._scratch, remedy)


def _zipped(pieces: Iterable[Path]) -> bytes:
    """Folders as one file. They are compressed inside; the sums show a file that was cut short."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for piece in pieces:
            for path in sorted(piece.iterdir()):
                about = zipfile.ZipInfo(f"{piece.name}/{path.name}")  # without the time
                archive.writestr(about, path.read_bytes())
    return content.getvalue()
