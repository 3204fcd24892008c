"""Events as rows that people read, fetched by their numbers."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

import numpy as np
from pydantic import BaseModel, Field

from turnstone.reviews.verdicts import Who
from turnstone.web.event_review import EventReview
from turnstone.web.index.after_review import NO_CONFIDENCE, ReviewedRecord
from turnstone.web.index.columns import Ints, day_of
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.search import TOKENS

_LEFT, _RIGHT = "\x02", "\x03"
_AT_ONCE = 500
"""SQLite takes so many values in one statement, everywhere."""


class Party(BaseModel):
    """An actor or recipient: whom the words stand for, and the code of a country or kind of actor."""

    name: str
    country: str


class EventRow(BaseModel):
    """An event as a line of a list. `trigger` and `hits` are half-open offsets into `evidence`; `confidence` is the
    probability of the type, 0 to 1. `number` is its place in the record as it is now.
    """

    article: str
    id: str
    number: int
    published: dt.date
    first_day: dt.date
    last_day: dt.date
    type: str
    modes: list[str]
    quad: int
    status: str
    actors: list[Party]
    recipients: list[Party]
    place: str
    place_country: str
    source: str
    speaker: str
    title: str
    evidence: str
    trigger: tuple[int, int]
    hits: list[tuple[int, int]] = Field(default_factory=list)
    confidence: float | None = Field(description="null of an event that a person added")
    happening: int | None = Field(None, description="events with the same number are reports of one happening")
    review: str = Field(default="", description="accepted, corrected, rejected, disputed or added; else empty")
    reviewed: EventReview | None = Field(default=None, description="what reviewers came to; null where it counts not")
    coded: EventRow | None = Field(default=None, description="what was coded, of a corrected event")


def event_rows(record: OpenRecord, numbers: Sequence[int] | Ints, words: str = "") -> list[EventRow]:
    """The events of these numbers, in their order; where `words` of a search are given, with its hits. Of a record
    after review they say what reviewers came to, and of what they corrected also what was coded."""
    wanted = [int(number) for number in numbers]
    rows = _rows(record, wanted, words)
    if not isinstance(record, ReviewedRecord):
        return rows
    changed = [number for number in wanted if number in record.values and number not in record.ids]
    before = dict(zip(changed, _rows(record.coded, changed), strict=True))
    return [_reviewed(record, row, before.get(row.number)) for row in rows]


def _reviewed(record: ReviewedRecord, row: EventRow, coded: EventRow | None) -> EventRow:
    found = record.judged.get(row.number)
    if found is None:
        return row
    more: dict[str, object] = {"review": "" if found.state == "skipped" else found.state, "reviewed": found}
    if values := record.values.get(row.number):
        more |= {"actors": _parties(values.actors), "recipients": _parties(values.recipients)}
    return row.model_copy(update={**more, "coded": coded})


def _parties(side: Iterable[Who]) -> list[Party]:
    return [Party(name=one.name, country=one.country) for one in side]


def _rows(record: OpenRecord, wanted: Sequence[int], words: str = "") -> list[EventRow]:
    columns, lists = record.columns, record.lists
    of = np.asarray(wanted, columns.party_of.dtype)  # another type would turn the whole column into that
    begins = np.searchsorted(columns.party_of, of, "left")
    ends = np.searchsorted(columns.party_of, of, "right")
    with record.rows() as rows:
        said = {row[0]: row for row in _fetch(rows, "event", "no", wanted)}
        articles = {row[0]: row for row in _fetch(rows, "article", "no", {int(columns.article[no]) for no in wanted})}
        places = {row[0]: row for row in _fetch(rows, "place", "code", {int(columns.place[no]) for no in wanted})}
        codes = {int(code) for b, e in zip(begins, ends, strict=True) for code in columns.party_name[b:e]}
        names = dict(_fetch(rows, "name", "code", codes))
    hits = _hits({no: said[no][2] for no in wanted}, words) if words else {}
    found = []
    for no, begin, end in zip(wanted, begins, ends, strict=True):
        _, event_id, evidence, start, stop, speaker, modes = said[no]
        parties: tuple[list[Party], list[Party]] = ([], [])
        for at in range(begin, end):
            party = Party(name=names[int(columns.party_name[at])], country=lists.countries[columns.party_country[at]])
            parties[int(columns.party_role[at])].append(party)
        article = int(columns.article[no])
        happening = int(columns.happening[no])
        found.append(
            EventRow(
                article=articles[article][1], id=event_id, number=no, title=articles[article][2],
                published=day_of(columns.article_day[article]), first_day=day_of(columns.first[no]),
                last_day=day_of(columns.last[no]), type=lists.types[columns.type[no]], modes=modes.split(),
                quad=int(columns.quad[no]), status=lists.statuses[columns.status[no]], actors=parties[0],
                recipients=parties[1], place=places[int(columns.place[no])][1],
                place_country=lists.countries[columns.place_country[no]], source=lists.sources[columns.source[no]],
                speaker=speaker, evidence=evidence, trigger=(start, stop), hits=hits.get(no, []),
                confidence=_share(int(columns.confidence[no])), happening=happening if happening >= 0 else None,
            )
        )  # fmt: skip
    return found


def _share(percent: int) -> float | None:
    return None if percent == NO_CONFIDENCE else percent / 100


def texts_of(record: OpenRecord, table: str, codes: Iterable[int]) -> dict[int, str]:
    """The texts of codes of `name` or `place`."""
    with record.rows() as rows:
        return {row[0]: row[1] for row in _fetch(rows, table, "code", set(codes))}


def find_event(record: OpenRecord, article: str, event: str) -> int | None:
    """The number of an event; None where the record has none of these ids."""
    for number, event_id in events_of(record, article):
        if event_id == event:
            return number
    return None


def events_of(record: OpenRecord, article: str) -> list[tuple[int, str]]:
    """The numbers and ids of an article's events, in the order of its text."""
    place = find_article(record, article)
    if place is None:
        return []
    first, last = (int(np.searchsorted(record.coded.columns.article, place, side)) for side in ("left", "right"))
    with record.rows() as rows:
        return rows.execute(
            "select no, event_id from event where no >= ? and no < ? order by no", (first, last)
        ).fetchall()


def ids_of(record: OpenRecord, number: int) -> tuple[str, str]:
    """The ids of the article of a coded event and of the event."""
    with record.rows() as rows:
        place = int(record.coded.columns.article[number])
        ((article,),) = rows.execute("select id from article where no = ?", (place,)).fetchall()
        ((event,),) = rows.execute("select event_id from event where no = ?", (int(number),)).fetchall()
    return article, event


def find_article(record: OpenRecord, article: str) -> int | None:
    """The place of an article in the record; None where there is none of this id."""
    with record.rows() as rows:
        found = rows.execute("select no from article where id = ?", (article,)).fetchone()
    return found[0] if found else None


def _fetch(rows: sqlite3.Connection, table: str, key: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
    wanted, found = list(values), []
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        found += rows.execute(f"select * from {table} where {key} in ({', '.join('?' * len(some))})", some).fetchall()
    return found


def _hits(texts: dict[int, str], words: str) -> dict[int, list[tuple[int, int]]]:
    """Where the words of a search stand, as SQLite's own search sees it."""
    with closing(sqlite3.connect(":memory:")) as few:
        few.execute(f'create virtual table search using fts5 (words, tokenize="{TOKENS}")')
        plain = {no: text.replace(_LEFT, " ").replace(_RIGHT, " ") for no, text in texts.items()}
        few.executemany("insert into search (rowid, words) values (?, ?)", plain.items())
        try:
            marked = few.execute(
                "select rowid, highlight(search, 0, ?, ?) from search where search match ?", (_LEFT, _RIGHT, words)
            ).fetchall()
        except sqlite3.OperationalError:
            return {}
    return {no: _spans(text) for no, text in marked}


def _spans(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for piece in text.split(_LEFT):
        inside, right, after = piece.partition(_RIGHT)
        if right:
            found.append((at, at + len(inside)))
        at += len(inside) + len(after)
    return found
