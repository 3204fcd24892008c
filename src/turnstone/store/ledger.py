"""What became of every input: rows of the ledger from what the parts of a record say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.errors import StoreError
from turnstone.records import Article
from turnstone.store.tables import Row, article_digest, text_digest

OTHER_TEXT = "this id already names another text"

Key = tuple[str, str, str]
"""Origin, article id, digest of the article."""


@dataclass(frozen=True, slots=True)
class Winner:
    """A coded article in one of the parts, the first part being the committed tables."""

    id: str
    digest: str
    published: Any
    sha256: str
    run: str
    size: int
    part: int


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


def rows_in(directory: Path) -> Iterator[Row]:
    """The ledger of a record or shard; nothing where there is none."""
    path = directory / "ledger.parquet"
    if path.exists():
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=4096, use_threads=False):
                yield from batch.to_pylist()


def key_of(row: Row) -> Key:
    return row["origin"], row["article_id"], row["digest"]


def is_set_aside(row: Row) -> bool:
    """Whether an article could be read but not coded."""
    return bool(row["outcome"] == "failed" and row["digest"] and not row["reason"].startswith(OTHER_TEXT))


def gather(directory: Path, shards: Iterable[Path]) -> tuple[dict[Key, Row], dict[Key, Row]]:
    """The inputs of the record and of the shards: those whose article was coded, and those that have failed.

    A failure of the record is forgotten where its origin was given again, and that of an article where the article
    has been coded from anywhere. An article that is only given has failed where its coding has; where nothing has
    become of it yet, because its run was broken off, it is left out.
    """
    coded: dict[Key, Row] = {}
    given: dict[Key, Row] = {}
    failures: dict[Key, Row] = {}
    for shard in shards:
        for row in rows_in(shard):
            key = key_of(row)
            if row["outcome"] == "failed":
                failures[key] = min(failures.get(key, row), row, key=_words)
            else:
                (coded if row["outcome"] == "coded" else given)[key] = row
    again = {row["origin"] for rows in (coded, given, failures) for row in rows.values()} - {""}
    before: dict[Key, Row] = {}
    read_before: set[str] = set()
    for row in rows_in(directory):
        read_before.update(_enclosing(row["origin"]))
        if row["outcome"] != "failed" or row["reason"].startswith(OTHER_TEXT):
            coded.setdefault(key_of(row), row)
        else:
            before[key_of(row)] = row
    # A file of which nothing could be read is given again with the first input that is read from it.
    again |= {place for origin in again for place in _enclosing(origin)} - read_before
    swept = []
    for key, row in before.items():
        if row["origin"] not in again or key in given:
            failures.setdefault(key, row)
        else:
            swept.append(row)

    done = {key[1:] for key in coded}
    for key in [key for key in failures if key[2] and key[1:] in done]:
        coded.setdefault(key, failures.pop(key))
    failed: dict[tuple[str, str], Row] = {}
    for row in (*failures.values(), *swept):
        article = row["article_id"], row["digest"]
        if row["digest"]:
            failed[article] = min(failed.get(article, row), row, key=_words)
    for key, row in given.items():
        if key[1:] in done:
            coded.setdefault(key, row)
        elif key not in failures and key[1:] in failed:
            same = failed[key[1:]]
            failures[key] = row | {name: same[name] for name in ("outcome", "reason", "remedy")}
    return coded, failures


def _enclosing(origin: str) -> Iterator[str]:
    """The files and archives that an input stands in: x.zip:y.json[3] in x.zip:y.json, and that in x.zip."""
    for sign in re.finditer(r"[:\[]", origin):
        yield origin[: sign.start()]


def _words(row: Row) -> tuple[str, str]:
    return row["reason"], row["remedy"]


def first_origins(coded: Iterable[Key]) -> dict[tuple[str, str], str]:
    """The first of the places each article, by (id, digest), was read from."""
    first: dict[tuple[str, str], str] = {}
    for origin, article, digest in coded:
        old = first.setdefault((article, digest), origin)
        if natural(origin) < natural(old):
            first[article, digest] = origin
    return first


def judged(
    coded: Mapping[Key, Row],
    failures: Mapping[Key, Row],
    winners: Mapping[str, Winner],
    article_origins: Mapping[str, str],
    events: Mapping[str, int],
) -> list[Row]:
    """The ledger. `winners` are the articles that are stored, by id, as are where they were read and their events."""
    rows = list(failures.values())
    for row in coded.values():
        winner, first = winners[row["article_id"]], article_origins[row["article_id"]]
        verdict = {"outcome": "coded" if events[winner.id] else "empty", "reason": "", "remedy": "", "events": 0}
        if row["sha256"] != winner.sha256 or row["published"] != winner.published:
            verdict["outcome"] = "failed"
            verdict["reason"] = f"{OTHER_TEXT}, read from {first or 'an unnamed place'} ({winner.published})"
            verdict["remedy"] = "give each article an id of its own, or none"
        elif row["origin"] != first or row["digest"] != winner.digest:
            verdict["reason"] = f"the same id, day and text as {first or 'an unnamed place'}; stored once"
        else:
            verdict["events"] = events[winner.id]
        rows.append(row | verdict)
    return sorted(rows, key=lambda row: (natural(row["origin"]), row["article_id"], row["digest"]))


def natural(origin: str) -> tuple[Any, ...]:
    """Sorts line 9 before line 10."""
    return (*(int(part) if part.isdecimal() else part for part in re.split("([0-9]+)", origin)), origin)


def printable(text: str) -> str:
    """The text with what UTF-8 cannot hold, such as odd bytes of a file name, escaped."""
    return text.encode("utf-8", "backslashreplace").decode()
