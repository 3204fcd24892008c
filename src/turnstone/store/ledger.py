"""Rows of the ledger: what is known of an input at once, and what stands in a record or shard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from turnstone.errors import StoreError
from turnstone.records import Article
from turnstone.store.tables import Row, article_digest, text_digest
from turnstone.store.values import values

_DIGITS = re.compile(b"[0-9]+")
OTHER_TEXT = "this id already names another text"

Key = tuple[str, str, str]
"""Origin, article id, digest of the article."""


def input_row(origin: str, key: str, article: Article | None, outcome: str, reason: str, remedy: str) -> Row:
    """What is known of an input at once. `outcome` is coded, failed, or given: to be judged by what becomes of its
    article elsewhere.
    """
    try:
        digests = (article_digest(article), text_digest(article)) if article else ("", "")
    except StoreError as error:
        article, outcome, digests = None, "failed", ("", "")
        reason, remedy = reason or str(error), remedy or "replace lone surrogates when reading"
    return {
        "origin": printable(origin),
        "article_id": printable(key),
        "outcome": outcome,
        "reason": printable(reason),
        "remedy": printable(remedy),
        "events": 0,
        "published": article.published if article else None,
        "sha256": digests[1],
        "digest": digests[0],
    }


def rows_in(directory: Path, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """The ledger of a record or shard, or some columns of it; nothing where there is none."""
    path = directory / "ledger.parquet"
    if path.exists():
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=4096, columns=columns, use_threads=False):
                names = batch.schema.names
                for row in zip(*map(values, batch.columns), strict=True):
                    yield dict(zip(names, row, strict=True))


def key_of(row: Row) -> Key:
    return row["origin"], row["article_id"], row["digest"]


def is_set_aside(row: Row) -> bool:
    """Whether an article could be read but not coded."""
    return bool(row["outcome"] == "failed" and row["digest"] and not row["reason"].startswith(OTHER_TEXT))


def enclosing(origin: str) -> Iterator[str]:
    """The files and archives that an input stands in: x.zip:y.json[3] in x.zip:y.json, and that in x.zip."""
    for sign in re.finditer(r"[:\[]", origin):
        yield origin[: sign.start()]


def natural(origin: str) -> bytes:
    """Sorts line 9 before line 10: words as they are, numbers by their size, all in bytes that compare as a whole."""
    raw = origin.encode()
    return _DIGITS.sub(_number, raw.replace(b"\0", b"\0\xff")) + b"\0\0\0" + raw


def _number(found: re.Match[bytes]) -> bytes:
    """The end of the words before a number, and the number: how long it is, then its digits."""
    digits = found[0].lstrip(b"0")
    return b"\0\0\1" + len(digits).to_bytes(4, "big") + digits


def printable(text: str) -> str:
    """The text with what UTF-8 cannot hold, such as odd bytes of a file name, escaped."""
    return text.encode("utf-8", "backslashreplace").decode()
