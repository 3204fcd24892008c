"""The inputs of a shard as a file of lines: articles and refusals, as they were read."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Iterable
from dataclasses import asdict

from turnstone.records import Article, Refusal

Given = tuple[Article | Refusal, bool]
"""An input, and whether it is an article that needs no coding, since it is in the record or an earlier shard."""


def packed(inputs: Iterable[Given]) -> bytes:
    """A file of these inputs."""
    return gzip.compress("".join(map(_line, inputs)).encode(), compresslevel=6, mtime=0)


def unpacked(content: bytes) -> list[Given]:
    """The inputs in a file. Raises OSError, EOFError or ValueError where it is damaged."""
    return [_given(json.loads(line)) for line in gzip.decompress(content).splitlines()]


def _line(given: Given) -> str:
    value, known = given
    if isinstance(value, Refusal):
        return json.dumps({"refusal": asdict(value)}) + "\n"
    # In ASCII, so that lone surrogates come through.
    return json.dumps({"article": asdict(value) | {"published": value.published.isoformat()}, "known": known}) + "\n"


def _given(found: dict[str, dict[str, str]]) -> Given:
    if "refusal" in found:
        return Refusal(**found["refusal"]), False
    fields: dict[str, str] = found["article"]
    known = bool(found["known"])
    words = {name: value for name, value in fields.items() if name != "published"}
    return Article(published=dt.date.fromisoformat(fields["published"]), **words), known
