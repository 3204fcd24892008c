"""The file of reviews, `reviews.jsonl`, beside the tables: one line for each thing that a person said.

It is the only data of a record that cannot be computed again. Lines are added and never changed; each is on the disk
before `append` returns, and processes wait for each other.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from turnstone.errors import StoreError
from turnstone.knowledge.codebook import Codebook
from turnstone.reviews.verdicts import SCHEMA, Review, check_codes
from turnstone.store import durable

NAME = "reviews.jsonl"
WAIT = 20.0
"""Seconds that a process waits for another that is writing."""

_PAUSE = 0.02
# These end a line for some readers; inside JSON they can only stand in strings.
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\u0085\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything that was ever said, in the order it was written. `torn` are the numbers of lines that a crash cut
    short; nothing of them counts."""

    reviews: tuple[Review, ...] = ()
    torn: tuple[int, ...] = ()

    def holding(self) -> tuple[Review, ...]:
        """The lines that hold: undone ones and undos left out. An undo takes back an earlier line of the same
        reviewer, also an undo; what it names else is passed over."""
        places = {review.id: place for place, review in enumerate(self.reviews)}
        undone: set[int] = set()
        for place in range(len(self.reviews) - 1, -1, -1):
            one = self.reviews[place]
            if one.verdict != "undo" or place in undone:
                continue
            target = places.get(one.undoes, place)
            if target < place and self.reviews[target].reviewer == one.reviewer:
                undone.add(target)
        return tuple(one for place, one in enumerate(self.reviews) if one.verdict != "undo" and place not in undone)


def read(directory: Path) -> Journal:
    """The reviews of a record; none where there is no file. Raises StoreError where a line is whole and not a review:
    nothing that a person said is passed over silently."""
    path = Path(directory) / NAME
    try:
        with path.open("rb") as file, _held(file.fileno(), path, shared=True):
            content = file.read()
    except FileNotFoundError:
        return Journal()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error}); check its permissions and the disk") from error
    return parse(content, str(path))


def parse(content: bytes, name: str = NAME) -> Journal:
    """The lines of a file of reviews. Raises StoreError as `read`."""
    reviews: list[Review] = []
    torn: list[int] = []
    ids: set[str] = set()
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            torn.append(number)
            continue
        review = _review(value, f"{name}:{number}")
        if review.id not in ids:  # the same line twice says it once
            ids.add(review.id)
            reviews.append(review)
    return Journal(tuple(reviews), tuple(torn))


def _review(value: Any, where: str) -> Review:
    schema = value.get("schema") if isinstance(value, dict) else None
    if schema != SCHEMA:
        raise StoreError(f"{where}: the schema is {str(schema)[:40]!r}, not {SCHEMA!r}; read it with a newer turnstone")
    try:
        return Review.model_validate(value)
    except ValidationError as error:
        raise StoreError(f"{where}: {explained(error)}; mend the line, or set it aside in another file") from error


def explained(error: ValidationError) -> str:
    """The first fault of a review, in words."""
    fault = error.errors()[0]
    item = ".".join(str(part) for part in fault["loc"] if part != "function-after")
    reason = fault["msg"].removeprefix("Value error, ")
    return f"{item}: {reason}" if item else reason


def as_line(review: Review) -> str:
    """A review as one line of text, without its line break. What says nothing is left out."""
    value = review.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"changes"})
    head = {"schema": SCHEMA, "id": review.id, "at": review.at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    if review.changes is not None:
        value["changes"] = review.changes.model_dump(mode="json", exclude_unset=True)
    return json.dumps(head | {key: value[key] for key in value if key not in head}, ensure_ascii=False).translate(
        _LINE_ENDS
    )


def append(directory: Path, review: Review, codebook: Codebook) -> None:
    """Adds a line and waits until it is on the disk. A line that is there already (by its id) is not added again.

    Raises StoreError where a type or mode is not in the codebook, where an undo names no earlier line of the same
    reviewer, or where the file cannot be written.
    """
    check_codes(review, codebook)
    path = Path(directory) / NAME
    try:
        new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        with os.fdopen(handle, "rb+") as file, _held(handle, path):
            content = file.read()
            known = _reviewers(content)
            if review.id in known:
                return
            _check_undo(review, known)
            line = as_line(review).encode() + b"\n"
            if content and not content.endswith(b"\n"):  # a line that a crash cut short must not spoil this one
                line = b"\n" + line
            before = len(content)
            try:
                file.write(line)
                file.flush()
                os.fsync(handle)
            except OSError:
                with suppress(OSError):  # a full disk: half a line would only be in the way
                    os.ftruncate(handle, before)
                raise
        if new:
            durable.sync(path.parent)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error}); nothing was added: make room or mend the disk, and say it again"
        ) from error


def _reviewers(content: bytes) -> dict[str, str]:
    """Who wrote each line, by its id. What is not as it should be is passed over: it stops nobody from adding one."""
    found: dict[str, str] = {}
    for line in content.split(b"\n"):
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            found[str(value.get("id"))] = str(value.get("reviewer"))
    return found


def _check_undo(review: Review, known: dict[str, str]) -> None:
    if review.verdict != "undo":
        return
    by = known.get(review.undoes)
    if by is None:
        raise StoreError(f"review: there is no line {review.undoes!r} to take back; give the id of one in {NAME}")
    if by != review.reviewer:
        raise StoreError(
            f"review: line {review.undoes} is by {by!r}; only they can take it back. Say otherwise with a review of "
            "your own, or settle it by adjudicating"
        )


@contextmanager
def _held(handle: int, path: Path, shared: bool = False) -> Iterator[None]:
    until = time.monotonic() + WAIT
    while not _taken(handle, shared):
        if time.monotonic() > until:
            raise StoreError(f"{path}: another turnstone has held it for {WAIT:.0f} s; wait until it has ended")
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        _free(handle, shared)


def _taken(handle: int, shared: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt

        if shared:
            return True
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _free(handle: int, shared: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        if not shared:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        return
    import fcntl

    fcntl.flock(handle, fcntl.LOCK_UN)
