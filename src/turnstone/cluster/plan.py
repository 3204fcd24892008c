"""What is to be coded, fixed: every input, cut into numbered shards, and the version that is to code them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from turnstone.cluster.given import Given, packed, unpacked
from turnstone.cluster.place import Place, place_of
from turnstone.errors import ClusterError, StoreError
from turnstone.limits import Limits
from turnstone.records import Article, Refusal
from turnstone.store import Run
from turnstone.store.marks import Marks, mark
from turnstone.store.tables import article_digest

FOLDER = ".plan"
INPUTS = 1_000
"""How many inputs make a shard, if not told otherwise: some minutes of work for one process."""
BYTES = 32_000_000
"""A shard of so many bytes of text takes no more inputs."""

_FORMAT = 1
_NAME = "plan.json"


@dataclass(frozen=True)
class Plan:
    """Shards 0 to `shards` - 1 of `inputs` inputs. `asked` is what the log of runs keeps; `entities` are the names of
    files that the plan holds.
    """

    directory: str
    run: Run
    asked: Mapping[str, Any]
    limits: Limits
    entities: tuple[str, ...]
    shards: int
    inputs: int

    @property
    def place(self) -> Place:
        """Where its files lie."""
        return _place(self.directory)

    def given(self, shard: int) -> list[Given]:
        """The inputs of a shard. Raises ClusterError where they are not there or damaged."""
        content = self.place.read(_given_name(shard))
        if content is None:
            raise ClusterError(
                f"{self.directory}: the inputs of shard {shard} are not there; has the plan been merged, or its folder "
                f"{FOLDER} changed? Plan again with: turnstone plan INPUT -o {self.directory}"
            )
        try:
            return unpacked(content)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise ClusterError(
                f"{self.directory}: the inputs of shard {shard} are damaged ({error}); remove "
                f"{self.directory}/{FOLDER} and plan again with: turnstone plan INPUT -o {self.directory}"
            ) from error

    def entity_files(self, folder: Path) -> list[Path]:
        """The files of entities, put into a folder."""
        paths = []
        for name in self.entities:
            path = folder / name.rpartition("/")[2]
            path.write_bytes(self.place.read(name) or b"")
            paths.append(path)
        return paths

    def missing(self) -> list[int]:
        """The shards that have not been coded yet."""
        done = set(self.place.names("shards"))
        return [number for number in range(self.shards) if shard_name(number).rpartition("/")[2] not in done]


def shard_name(shard: int) -> str:
    """The file of a coded shard."""
    return f"shards/{shard:06}.zip"


def make_plan(
    directory: str,
    inputs: Iterable[Article | Refusal],
    run: Run,
    asked: Mapping[str, Any],
    entities: Sequence[tuple[str, bytes]] = (),
    needs_no_coding: Callable[[Article], bool] = lambda article: False,
    size: int = INPUTS,
) -> Plan:
    """Reads all inputs into shards of `size` and writes the plan, its own file last. `entities` are files by name and
    content; `needs_no_coding` says of what articles the record has an outcome already. Raises ClusterError where
    another plan lies there.
    """
    place = _place(directory)
    if place.has(_NAME):
        raise ClusterError(
            f"{directory}: a plan lies there already; code it with: turnstone worker {directory}, commit it with: "
            f"turnstone merge {directory}, or remove {directory}/{FOLDER} to drop it"
        )
    place.remove("")  # what a plan that was broken off has left
    names = tuple(f"entities/{number}-{name}" for number, (name, _) in enumerate(entities))
    for name, (_, content) in zip(names, entities, strict=True):
        place.write(name, content)
    shards = count = 0
    for shard in _cut(_marked(inputs, needs_no_coding), size):
        place.write(_given_name(shards), packed(shard))
        shards, count = shards + 1, count + len(shard)
    plan = Plan(directory, run, asked, Limits(**asked["limits"]), names, shards, count)
    values = {
        "format": _FORMAT, "run": run.as_json(), "digest": run.digest, "asked": dict(asked), "entities": names,
        "shards": shards, "inputs": count,
    }  # fmt: skip
    place.write(_NAME, json.dumps(values, indent=2).encode())
    return plan


def find_plan(directory: str) -> Plan | None:
    """The plan of a directory; None where there is none. Raises ClusterError for one that cannot be read."""
    content = _place(directory).read(_NAME)
    if content is None:
        return None
    try:
        found = json.loads(content)
        if found["format"] != _FORMAT:
            raise ValueError(f"format {found['format']}, this turnstone reads {_FORMAT}")
        about = dict(found["run"])
        run = Run(version=about.pop("turnstone"), **about)
        asked = found["asked"]
        limits = Limits(**asked["limits"])
        return Plan(directory, run, asked, limits, tuple(found["entities"]), found["shards"], found["inputs"])
    except (ValueError, KeyError, TypeError) as error:
        raise ClusterError(
            f"{directory}/{FOLDER}/{_NAME}: is no plan ({error}); remove {directory}/{FOLDER} and plan again"
        ) from error


def open_plan(directory: str) -> Plan:
    """The plan of a directory. Raises ClusterError where there is none."""
    plan = find_plan(directory)
    if plan is None:
        raise ClusterError(
            f"{directory}: no plan lies here, or it has been merged; make one with: turnstone plan INPUT -o {directory}"
        )
    return plan


def drop_plan(plan: Plan) -> None:
    """Removes a plan and its shards."""
    plan.place.remove(_NAME)  # first, so that what is left of it, should this be killed, is no plan
    plan.place.remove("")


# --- numbers of shards


def chosen(text: str, shards: int) -> list[int]:
    """The shards that `0-99,120` names. Raises ClusterError for what names none of `shards`."""
    found: set[int] = set()
    for piece in text.split(","):
        match = re.fullmatch(r"\s*(\d+)(?:-(\d+))?\s*", piece)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last or last >= shards:
            raise ClusterError(
                f"--shards {text}: {piece.strip() or 'nothing'} names no shards of this plan; it has {shards}, from 0 "
                f"to {shards - 1}: give numbers and ranges, as 0-99,120"
            )
        found.update(range(first, last + 1))
    return sorted(found)


def share(task: int, of: int, shards: int) -> range:
    """The shards of one task of several, counted from 0: every `of`-th. Raises ClusterError for a task that is none."""
    if not 0 <= task < of:
        raise ClusterError(f"--task {task} --of {of}: tasks are counted from 0, so the last of {of} is {of - 1}")
    return range(task, shards, of)


def listed(numbers: Iterable[int]) -> str:
    """Numbers in rising order as `chosen` takes them: 0-99,120."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


# --- cutting


def _marked(inputs: Iterable[Article | Refusal], needs_no_coding: Callable[[Article], bool]) -> Iterator[Given]:
    for value in inputs:
        try:
            yield value, isinstance(value, Article) and needs_no_coding(value)
        except StoreError:
            yield value, False  # no text that can be kept; its shard says so


def _cut(inputs: Iterator[Given], size: int) -> Iterator[list[Given]]:
    """Shards of inputs. An article that an earlier shard has is marked as one that needs no coding."""
    earlier = Marks()
    here: set[bytes] = set()
    shard: list[Given] = []
    room = 0
    for value, known in inputs:
        if isinstance(value, Article) and not known:
            try:
                digest = mark(article_digest(value))
                known = digest in earlier
                here.add(digest)
            except StoreError:
                pass  # as above
        shard.append((value, known))
        room += len(value.text) if isinstance(value, Article) else 0
        if len(shard) >= size or room >= BYTES:
            yield shard
            for digest in here:
                earlier.add(digest)
            here.clear()
            shard, room = [], 0
    if shard:
        yield shard


def _place(directory: str) -> Place:
    return place_of(f"{directory.rstrip('/') or '/'}/{FOLDER}")


def _given_name(shard: int) -> str:
    return f"given/{shard:06}.jsonl.gz"
