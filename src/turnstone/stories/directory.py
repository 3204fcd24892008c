"""The stories of a record: found from its tables, kept beside them, and brought up to date as it grows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from turnstone.records import Article
from turnstone.reviews import NAME
from turnstone.store import code_digest, file_digest
from turnstone.store.lock import Lock
from turnstone.store.views import batches, table_path
from turnstone.stories import copies as copying
from turnstone.stories import counted, happenings, link_words, tables
from turnstone.stories.copies import Copy, grouped
from turnstone.stories.happenings import Happenings, Link
from turnstone.stories.reports import EVENT_COLUMNS, PARTICIPANT_COLUMNS, PLACE_COLUMNS, Report, reports
from turnstone.stories.reviewed import Reviewed, reviewed

Row = dict[str, Any]
_Grown = tuple[list[Row], list[Row], dict[str, Row]]

READ: Final = ("articles", "events", "participants", "places")
"""The tables of a record that stories are made from."""


@dataclass(frozen=True, slots=True)
class Stories:
    """Rows of the three tables, by day. `looked_at` is how many articles were new, `kept` how many were as before."""

    copies: Sequence[Row]
    links_rows: Sequence[Row]
    happenings: Sequence[Row]
    looked_at: int
    kept: int

    @property
    def links(self) -> list[Link]:
        """Each report in its happening."""
        return [Link(*(row[name] for name in Link.__slots__)) for row in self.links_rows]


@dataclass(frozen=True, slots=True)
class Before:
    """The rows of an earlier time."""

    copies: Sequence[Row] = ()
    links: Sequence[Row] = ()
    happenings: Sequence[Row] = ()


@dataclass(slots=True)
class _Head:
    id: str
    published: dt.date
    publisher: str
    mark: str


def find(directory: Path, before: Before | None = None) -> Stories:
    """The stories of a record, its events as reviewers have them. Given the rows of an earlier time, articles before
    the first new or changed one are not looked at again; the result is the same. Raises StoreError where the directory
    holds no record or a review cannot be read.
    """
    before = before or Before()
    after_review = reviewed(directory)
    heads = _heads(directory, after_review)
    kept = 0
    for head, row in zip(heads, before.copies, strict=False):
        if (head.id, head.published, head.mark) != (row["article_id"], row["published"], row["mark"]):
            break
        kept += 1
    old_copies = list(before.copies[:kept])
    known_ids = {row["article_id"] for row in old_copies}
    old_links = [row for row in before.links if row["article_id"] in known_ids]
    if kept == len(heads):
        grown: _Grown = [], [], {}
    else:
        grown = _grown(directory, heads, kept, old_copies, old_links, after_review)
    new_copies, new_links, founders = grown
    all_copies = [*old_copies, *new_copies]
    for head, row in zip(heads, all_copies, strict=True):
        row["publisher"] = head.publisher
    _set_originals(all_copies)
    all_links = [*old_links, *new_links]
    earlier = {row["happening_id"]: row for row in before.happenings}
    return Stories(
        all_copies, all_links, _happenings(all_links, all_copies, earlier, founders), len(heads) - kept, kept
    )


def write(directory: Path, folder: Path | None = None) -> Stories:
    """Finds the stories of a record and writes them into `folder`, if not given DIRECTORY/stories. Where nothing is
    new, nothing is written. Raises StoreError where the directory holds no record or another process writes there,
    DiskError where the disk does not allow it.
    """
    target = folder or directory / tables.FOLDER
    paths = {name: table_path(directory, name) for name in READ}
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = Lock(target.parent / ".lock")
    try:
        record = {name: file_digest(path) for name, path in paths.items()}
        said = {"reviews": file_digest(directory / NAME)} if (directory / NAME).exists() else {}
        manifest = tables.read_manifest(target)
        ours = {"code": code_digest(Path(__file__).parent), "settings": settings()}
        before = None
        if manifest and all(manifest.get(key) == value for key, value in ours.items()):
            before = Before(*(tables.read(target, name) for name in tables.TABLES))
        found = find(directory, before)
        same = manifest is not None and (manifest["record"], manifest.get("reviews")) == (record, said.get("reviews"))
        if before is None or not same:
            its = {"copies": found.copies, "links": found.links_rows, "happenings": found.happenings}
            counts = {name: len(one) for name, one in its.items()}
            tables.write(target, its, {"record": record, **said, **ours, "counts": counts})
    finally:
        lock.release()
    return found


def reported(directory: Path) -> Iterator[tuple[Report, Row]]:
    """The reports of a record by day and article, as they are joined, each with its event's row. Raises StoreError
    where the directory holds no record or a review cannot be read."""
    after_review = reviewed(directory)
    for _, its_reports, events, _ in _reported(directory, _heads(directory, after_review), after_review):
        yield from zip(its_reports, events, strict=True)


def settings() -> dict[str, Any]:
    """What decides the stories beside the record, for the manifest."""
    return {
        "copy_days": copying.DAYS,
        "happening_days": happenings.DAYS,
        "counted_days": happenings.COUNTED_DAYS,
        "least_link": happenings.LEAST_LINK,
        "least_mean": happenings.LEAST_MEAN,
        "least_of_each": happenings.LEAST_OF_EACH,
        "table": file_digest(link_words.TABLE),
    }


def _heads(directory: Path, after_review: Reviewed) -> list[_Head]:
    columns = ("id", "published", "publisher", "digest", "run")
    return [
        _Head(
            row["id"],
            row["published"],
            row["publisher"],
            tables.mark(row["digest"], row["run"] + after_review.mark(row["id"])),
        )
        for row in _rows(directory, "articles", columns)
    ]


def _rows(directory: Path, table: str, columns: Sequence[str], first: int = 0) -> Iterator[Row]:
    """The rows of a table from number `first` on."""
    for batch in batches(directory, table, columns):
        yield from batch.slice(min(first, len(batch))).to_pylist()
        first = max(0, first - len(batch))


def _grown(
    directory: Path, heads: Sequence[_Head], kept: int, old_copies: Sequence[Row], old_links: Sequence[Row],
    after_review: Reviewed,
) -> _Grown:  # fmt: skip
    """The rows of the articles from number `kept` on: copies, links, and the first report of each new happening."""
    day = heads[kept].published
    window = dt.timedelta(days=max(copying.DAYS, happenings.DAYS, happenings.COUNTED_DAYS))
    first = next(number for number, head in enumerate(heads) if head.published >= day - window or number == kept)
    known = {row["article_id"]: _copy(row) for row in old_copies[first:]}
    new_copies: list[Row] = []
    group_of: dict[str, str] = {}
    for head, copy in zip(heads[first:], grouped(_articles(directory, first, known)), strict=True):
        group_of[copy.article_id] = copy.group_id
        if copy.article_id not in known:
            new_copies.append(_copy_row(copy, head))

    linked = {(row["article_id"], row["event_id"]): Link(*(row[name] for name in Link.__slots__)) for row in old_links}
    joining = Happenings(group_of)
    new_links: list[Row] = []
    founders: dict[str, Row] = {}
    for head, its_reports, events, participants in _reported(directory, heads[first:], after_review):
        for report, event in zip(its_reports, events, strict=True):
            before = linked.get((report.article_id, report.event_id)) if head.id in known else None
            link = joining.take(report, before)
            if before is not None:
                continue
            new_links.append(_link_row(link, report, head, event))
            if not link.linked_article_id:
                founders[link.happening_id] = _founder(event, participants)
    return new_copies, new_links, founders


def _articles(directory: Path, first: int, known: Mapping[str, Copy]) -> Iterator[tuple[Article, Copy | None]]:
    for row in _rows(directory, "articles", ("id", "published", "text", "publisher"), first):
        article = Article(row["id"], row["published"], row["text"], publisher=row["publisher"])
        yield article, known.get(article.id)


def _reported(
    directory: Path, heads: Sequence[_Head], after_review: Reviewed
) -> Iterator[tuple[_Head, list[Report], list[Row], list[Row]]]:
    """The articles that have events, with these."""
    ids = [head.id for head in heads]
    layers = [
        _Layer(directory, name, columns, ids)
        for name, columns in (
            ("events", EVENT_COLUMNS), ("participants", PARTICIPANT_COLUMNS), ("places", PLACE_COLUMNS)
        )
    ]  # fmt: skip
    for head in heads:
        events, participants, places = (layer.of(head.id) for layer in layers)
        events, participants = after_review.over(head.id, events, participants)
        if events:
            day = head.published.toordinal()
            yield head, reports(day, events, participants, places), events, participants


class _Layer:
    """The rows of a table, which stand in the order of the articles, from the first of these articles on."""

    def __init__(self, directory: Path, table: str, columns: Sequence[str], ids: Sequence[str]) -> None:
        wanted = pa.array(ids, pa.string())
        self._rows = _rows(directory, table, columns, _first_of(directory, table, wanted))
        self._next = next(self._rows, None)

    def of(self, article: str) -> list[Row]:
        found = []
        while self._next is not None and self._next["article_id"] == article:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _first_of(directory: Path, table: str, articles: pa.Array) -> int:
    """The number of the first row of these articles; how many rows there are where they have none."""
    before = 0
    for batch in batches(directory, table, ("article_id",)):
        found: int = pc.index(pc.is_in(batch.column(0), value_set=articles), True).as_py()
        if found >= 0:
            return before + found
        before += len(batch)
    return before


# --- rows


def _copy(row: Row) -> Copy:
    return Copy(
        row["article_id"], row["published"].toordinal(), row["group_id"], row["copy_of"], row["score"], row["reason"],
        row["source"], row["words"],
    )  # fmt: skip


def _copy_row(copy: Copy, head: _Head) -> Row:
    return {
        "article_id": copy.article_id,
        "published": head.published,
        "group_id": copy.group_id,
        "original_id": "",
        "copy_of": copy.copy_of,
        "score": copy.score,
        "reason": copy.reason,
        "source": copy.source,
        "publisher": head.publisher,
        "words": copy.words,
        "mark": head.mark,
    }


def _set_originals(copies: Sequence[Row]) -> None:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in copies:
        groups[row["group_id"]].append(row)
    for members in groups.values():
        original = members[0]["article_id"] if len(members) == 1 else counted.original(members)
        for row in members:
            row["original_id"] = original


def _link_row(link: Link, report: Report, head: _Head, event: Row) -> Row:
    return {
        **{name: getattr(link, name) for name in Link.__slots__},
        "published": head.published,
        "event_type": report.event_type,
        "status": report.status,
        "first_day": event["first_day"],
        "last_day": event["last_day"],
        "dated": report.dated,
    }


def _founder(event: Row, participants: Sequence[Row]) -> Row:
    def who(role: str) -> list[Row]:
        its = [row for row in participants if row["event_id"] == event["event_id"] and row["role"] == role]
        return sorted(its, key=lambda row: int(row["position"]))

    sides = {"actor": who("actor"), "recipient": who("recipient")}
    return {
        **{f"{role}s": [row["name"] or row["text"] for row in side] for role, side in sides.items()},
        **{f"{role}_countries": sorted({row["country"] for row in side} - {""}) for role, side in sides.items()},
        **{name: event[name] for name in (*_PLACE, "evidence_text", "article_id", "event_id")},
    }


_PLACE: Final = ("place_name", "place_country", "place_latitude", "place_longitude")
_FOUNDER: Final = (
    "actors", "recipients", "actor_countries", "recipient_countries", *_PLACE, "evidence_text", "article_id", "event_id"
)  # fmt: skip


def _happenings(
    links: Sequence[Row], copies: Sequence[Row], earlier: Mapping[str, Row], founders: Mapping[str, Row]
) -> list[Row]:
    of: defaultdict[str, list[Row]] = defaultdict(list)
    for row in links:
        of[row["happening_id"]].append(row)
    article = {row["article_id"]: row for row in copies}
    found = []
    for happening, its in of.items():
        founder = founders[happening] if happening in founders else earlier[happening]
        articles = [article[key] for key in dict.fromkeys(row["article_id"] for row in its)]
        sources = counted.sources(articles)
        first, last = counted.days(its)
        said = {row["status"] for row in its}
        found.append(
            {
                "happening_id": happening,
                "event_type": counted.event_type(its),
                "status": counted.status(its),
                "statuses": [stage for stage in counted.STAGES if stage in said],
                "first_day": first,
                "last_day": last,
                **{name: founder[name] for name in _FOUNDER},
                "reports": len(its),
                "articles": len(articles),
                "texts": len({row["group_id"] for row in articles}),
                "outlets": list(sources.outlets),
                "sources": sources.independent,
                "source_names": list(sources.names),
                "first_published": its[0]["published"],
                "last_published": its[-1]["published"],
            }
        )
    found.sort(key=lambda row: (row["first_published"], row["happening_id"]))
    return found
