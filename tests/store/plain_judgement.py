"""What a commit judges, said plainly with everything in memory: what the judgement in a file is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Key = tuple[str, str, str]
OTHER_TEXT = "this id already names another text"


def key_of(row: Row) -> Key:
    return row["origin"], row["article_id"], row["digest"]


def words(row: Row) -> tuple[str, str]:
    return row["reason"], row["remedy"]


def enclosing(origin: str) -> Iterator[str]:
    for sign in re.finditer(r"[:\[]", origin):
        yield origin[: sign.start()]


def natural(origin: str) -> tuple[Any, ...]:
    return (*(int(part) if part.isdecimal() else part for part in re.split("([0-9]+)", origin)), origin)


def gather(record: Sequence[Row], shards: Iterable[Sequence[Row]]) -> tuple[dict[Key, Row], dict[Key, Row]]:
    """The inputs whose article was coded, and those that have failed."""
    coded: dict[Key, Row] = {}
    given: dict[Key, Row] = {}
    failures: dict[Key, Row] = {}
    for row in (row for shard in shards for row in shard):
        key = key_of(row)
        if row["outcome"] == "failed":
            failures[key] = min(failures.get(key, row), row, key=words)
        else:
            (coded if row["outcome"] == "coded" else given)[key] = row
    again = {row["origin"] for rows in (coded, given, failures) for row in rows.values()} - {""}
    before: dict[Key, Row] = {}
    read_before: set[str] = set()
    for row in record:
        read_before.update(enclosing(row["origin"]))
        if row["outcome"] != "failed" or row["reason"].startswith(OTHER_TEXT):
            coded.setdefault(key_of(row), row)
        else:
            before[key_of(row)] = row
    again |= {place for origin in again for place in enclosing(origin)} - read_before
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
        if row["digest"]:
            article = row["article_id"], row["digest"]
            failed[article] = min(failed.get(article, row), row, key=words)
    for key, row in given.items():
        if key[1:] in done:
            coded.setdefault(key, row)
        elif key not in failures and key[1:] in failed:
            same = failed[key[1:]]
            failures[key] = row | {name: same[name] for name in ("outcome", "reason", "remedy")}
    return coded, failures


def ledger(
    record: Sequence[Row], shards: Sequence[Sequence[Row]], codings: Sequence[Sequence[Row]], run: str
) -> tuple[list[Row], list[Row]]:
    """The ledger, every stored article with one event; and the stored articles in order. `codings` are the articles of
    the record and of each shard.
    """
    coded, failures = gather(record, shards)
    origins: dict[tuple[str, str], str] = {}
    for origin, article, digest in coded:
        origins[article, digest] = min(origins.get((article, digest), origin), origin, key=natural)
    winners: dict[str, Row] = {}
    for new in (row for part in codings for row in part):
        old = winners.get(new["id"])
        if old is None or _goes_before(new, old, origins, run):
            winners[new["id"]] = new
    rows = list(failures.values())
    for row in coded.values():
        rows.append(row | _verdict(row, winners[row["article_id"]], origins))
    rows.sort(key=lambda row: (natural(row["origin"]), row["article_id"], row["digest"]))
    return rows, sorted(winners.values(), key=lambda row: (row["published"], row["id"]))


def _goes_before(new: Row, old: Row, origins: Mapping[tuple[str, str], str], run: str) -> bool:
    if new["digest"] == old["digest"]:
        return bool(new["run"] == run or old["run"] != run)
    first, second = ((natural(origins[one["id"], one["digest"]]), one["digest"]) for one in (new, old))
    return first < second


def _verdict(row: Row, winner: Row, origins: Mapping[tuple[str, str], str]) -> Row:
    first = origins[winner["id"], winner["digest"]]
    place = first or "an unnamed place"
    if (row["sha256"], row["published"]) != (winner["sha256"], winner["published"]):
        reason = f"{OTHER_TEXT}, read from {place} ({winner['published']})"
        remedy = "give each article an id of its own, or none"
        return {"outcome": "failed", "reason": reason, "remedy": remedy, "events": 0}
    if row["origin"] != first or row["digest"] != winner["digest"]:
        reason = f"the same id, day and text as {place}; stored once"
        return {"outcome": "coded", "reason": reason, "remedy": "", "events": 0}
    return {"outcome": "coded", "reason": "", "remedy": "", "events": 1}
