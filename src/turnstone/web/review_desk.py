"""What the review pages know of a record: what was said of it, and which event comes next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from turnstone.reviews import Judged, Standing, standing
from turnstone.reviews.attach import CodedEvent, Key
from turnstone.reviews.coded import articles_of, events_of
from turnstone.reviews.journal import NAME, Journal, read
from turnstone.reviews.precision import Drawn, Precision
from turnstone.reviews.queues import SEED, Sample, Wanted, disputed, draw, many, sample
from turnstone.reviews.summary import scores
from turnstone.settings import Settings
from turnstone.store import connect
from turnstone.web.index.differing import differing
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.rows import EventRow, event_rows, find_event

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")
QueueChoice = Literal["random", "uncertain", "disagreement"]
_FIRST = 1000
_OTHERS = 5


class Desk:
    """Everything that was said of a record, against the coding that it has now. What is slow to find out is remembered
    as long as the record and its reviews stay as they are."""

    def __init__(self, record: OpenRecord) -> None:
        self._shown = record
        self._record = record = record.coded
        self.mark = _mark(record)
        self.journal: Journal = record.kept(("review journal", self.mark), lambda: read(record.directory))
        self.standing: Standing = record.kept(("review standing", self.mark), self._standing)

    @contextmanager
    def tables(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The tables of the record in DuckDB."""
        connection = connect(self._record.directory)
        try:
            yield connection
        finally:
            connection.close()

    def _standing(self) -> Standing:
        """Only articles that were not reviewed before are looked up in the tables."""
        known: dict[str, tuple[set[str], list[CodedEvent]]] = self._record.kept(("reviewed articles",), dict)
        digests = {one.sha256 for one in self.journal.reviews if one.sha256}
        if new := digests - known.keys():
            with self.tables() as connection:
                articles = articles_of(connection, new)
                events = events_of(connection, articles)
            for digest in new:
                found = [one for one in events if one.sha256 == digest]
                known[digest] = ({article for article, text in articles.items() if text == digest}, found)
        coded = [event for digest in sorted(digests) for event in known[digest][1]]
        return standing(self.journal, coded, [digest for digest in digests if known[digest][0]])

    def articles(self, digest: str) -> set[str]:
        """The articles of the record that have a text, by its digest, where somebody reviewed it."""
        known: dict[str, tuple[set[str], list[CodedEvent]]] = self._record.kept(("reviewed articles",), dict)
        return known[digest][0] if digest in known else set()

    # --- the queues

    def total(self, wanted: Wanted) -> int:
        """How many events there are to review."""
        return self._record.kept(("review total", wanted), lambda: self._ask(lambda tables: many(tables, wanted)))

    def done(self, wanted: Wanted, reviewer: str) -> int:
        """How many of them a reviewer has reviewed or skipped."""
        return sum(self._is_wanted(one, wanted) for one in self._by(reviewer))

    def _by(self, reviewer: str) -> list[CodedEvent]:
        keys = self.standing.reviewed_by(reviewer)
        return [one.coded for one in self.standing.judged if one.coded is not None and one.coded.key in keys]

    @staticmethod
    def _is_wanted(event: CodedEvent, wanted: Wanted) -> bool:
        values = event.values
        countries = {one.country for one in (*values.actors, *values.recipients)}
        return wanted.event_type in ("", values.event_type) and (not wanted.country or wanted.country in countries)

    def next(self, queue: QueueChoice, wanted: Wanted, reviewer: str, past: int = 0) -> Key | None:
        """The next event for a reviewer; `past` events on of those on which reviewers differ, after which come those
        whose reports do."""
        if queue == "disagreement":
            keys = [one.coded.key for one in self.disputes(wanted) if one.coded is not None]
            if past < len(keys):
                return keys[past]
            return self.reports(wanted, reviewer)
        done = self.standing.reviewed_by(reviewer)
        many_ = _FIRST
        while True:
            drawn = self._drawn(queue, wanted, many_)
            if found := next((one.key for one in drawn if one.key not in done), None):
                return found
            if len(drawn) < many_:
                return None
            many_ *= 8

    def reports(self, wanted: Wanted, reviewer: str) -> Key | None:
        """The next event for a reviewer whose happening is told differently by its reports. A happening is passed over
        where corrections have made them agree."""
        found = self._record.kept(("differing reports",), lambda: differing(self._record))
        done = self.standing.reviewed_by(reviewer)
        for place in range(len(found)):
            numbers = np.array(found.told(place).numbers)
            now = differing(self._shown, numbers)
            if not len(now):
                continue
            rows = [row for row in event_rows(self._shown, now.told(0).numbers) if _is_asked(row, wanted)]
            if key := next(((row.article, row.id) for row in rows if (row.article, row.id) not in done), None):
                return key
        return None

    def told_with(self, key: Key) -> tuple[list[EventRow], tuple[str, ...]]:
        """The other reports of the happening of an event, and in what all of them differ."""
        number = find_event(self._record, *key)
        happening = int(self._record.columns.happening[number]) if number is not None else -1
        if happening < 0:
            return [], ()
        now = differing(self._shown, np.flatnonzero(self._shown.columns.happening == happening))
        if not len(now):
            return [], ()
        told = now.told(0)
        others = [one for one in told.numbers if one != number]
        return event_rows(self._shown, others[:_OTHERS]), told.fields

    def disputes(self, wanted: Wanted) -> list[Judged]:
        """What reviewers differ on and nobody has settled."""
        return disputed(self.standing, wanted)

    def _drawn(self, queue: QueueChoice, wanted: Wanted, most: int) -> Sequence[Drawn]:
        if queue == "random":
            return self.sample(wanted, most).everything
        least = self._record.kept(("least confidence",), lambda: _least_confidence(self._record))
        return self._record.kept(
            ("review queue", queue, wanted, most),
            lambda: self._ask(lambda tables: draw(tables, "uncertain", most, wanted, threshold=least)),
        )

    def sample(self, wanted: Wanted, most: int) -> Sample:
        """The beginning of the random queue."""
        return self._record.kept(
            ("review sample", wanted, most), lambda: self._ask(lambda tables: sample(tables, most, wanted, SEED))
        )

    def precision(self, country: str = "") -> tuple[Precision, dict[str, Precision]]:
        """How often what was coded is right, of all types together and by type."""
        most = _FIRST
        while most <= len(self.standing.judged):
            most *= 8
        return scores(self.sample(Wanted(country=country), most), self.standing)

    def _ask(self, question: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        with self.tables() as connection:
            return question(connection)


def _is_asked(row: EventRow, wanted: Wanted) -> bool:
    countries = {one.country for one in (*row.actors, *row.recipients)}
    return wanted.event_type in ("", row.type) and (not wanted.country or wanted.country in countries)


def _mark(record: OpenRecord) -> tuple[int, int]:
    try:
        found = (record.directory / NAME).stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _least_confidence(record: OpenRecord) -> float:
    """The threshold that the record was coded with."""
    usual = Settings().least_confidence
    try:
        runs = json.loads((record.directory / "manifest.json").read_text(encoding="utf-8"))["runs"]
        return min((float(run["settings"].get("least_confidence", usual)) for run in runs), default=usual)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return usual
