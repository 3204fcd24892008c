"""What the review pages know of a record: what was said of it, and which event comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from turnstone.records import Record
from turnstone.reviews import Judged, Standing, standing
from turnstone.reviews.attach import CodedEvent, Key
from turnstone.reviews.coded import articles_of, events_of
from turnstone.reviews.journal import NAME, Journal, read
from turnstone.reviews.precision import Drawn, Precision
from turnstone.reviews.queues import Sample, Wanted, disputed
from turnstone.reviews.summary import scores
from turnstone.store import connect
from turnstone.web.filters import Filter
from turnstone.web.index.columns import Ints
from turnstone.web.index.differing import differing
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.rows import EventRow, event_rows, find_event, ids_of
from turnstone.web.index.selection import select

if TYPE_CHECKING:
    import duckdb

QueueChoice = Literal["random", "uncertain", "disagreement"]
_AT_ONCE = 100_000
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

    def report(self, article: str) -> Record | None:
        """Everything the record holds of an article as it was coded; None where it has none of this id."""
        return self._record.report(article)

    # --- the queues

    def total(self, wanted: Wanted) -> int:
        """How many events there are to review."""
        chosen = self._chosen(wanted)
        return self._record.columns.events if chosen is None else int(np.count_nonzero(chosen))

    def _chosen(self, wanted: Wanted) -> NDArray[np.bool_] | None:
        """Which events a queue has; None where it has all."""
        return self._record.kept(("review events", wanted), lambda: self._choose(wanted))

    def _choose(self, wanted: Wanted) -> NDArray[np.bool_] | None:
        found = select(self._record, Filter(type=(wanted.event_type,))).chosen if wanted.event_type else None
        if wanted.country:
            sides = (Filter(actor_country=(wanted.country,)), Filter(recipient_country=(wanted.country,)))
            actors, recipients = (select(self._record, side).chosen for side in sides)
            assert actors is not None and recipients is not None
            either = actors | recipients
            found = either if found is None else found & either
        return found

    def _in_order(self, order: Ints, wanted: Wanted) -> Iterator[Ints]:
        """The numbers of a queue's events in an order, some at a time."""
        chosen = self._chosen(wanted)
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            yield some if chosen is None else some[chosen[some]]

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
        order = self._record.columns.drawn if queue == "random" else self._record.columns.unsure
        done = self._mask(self._numbers(self.standing.reviewed_by(reviewer)))
        for some in self._in_order(order, wanted):
            if len(left := some[~done[some]]):
                return ids_of(self._record, int(left[0]))
        return None

    def _numbers(self, keys: Iterable[Key]) -> dict[int, Key]:
        """The numbers of events that the record has, with their ids."""
        known: dict[Key, int | None] = self._record.kept(("numbers of reviewed events",), dict)
        for key in keys:
            if key not in known:
                known[key] = find_event(self._record, *key)
        return {number: key for key in keys if (number := known[key]) is not None}

    def _mask(self, numbers: Iterable[int]) -> NDArray[np.bool_]:
        found = np.zeros(self._record.columns.events, bool)
        found[list(numbers)] = True
        return found

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

    def precision(self, country: str = "") -> tuple[Precision, dict[str, Precision]]:
        """How often what was coded is right, of all types together and by type."""
        return scores(self._sample(Wanted(country=country)), self.standing)

    def _sample(self, wanted: Wanted) -> Sample:
        """The random queue as far as it is reviewed: of all types together and of each, the events before the first
        that nobody has reviewed."""
        judged = self._numbers(self.standing.of)
        reviewed = self._mask(judged)
        names, types = self._record.lists.types, self._record.columns.type
        everything = _Run()
        of_type = {code: _Run() for code in range(len(names))}
        for some in self._in_order(self._record.columns.drawn, wanted):
            known = reviewed[some]
            everything.go_on(some, known)
            codes = types[some]
            for code in np.unique(codes).tolist():
                if not of_type[code].ended:
                    of_type[code].go_on(some[codes == code], known[codes == code])
            if everything.ended and all(run.ended for run in of_type.values()):
                break

        def drawn(run: _Run) -> tuple[Drawn, ...]:
            return tuple(Drawn(judged[number], names[types[number]]) for number in run.numbers)

        by_type = {names[code]: drawn(run) for code, run in of_type.items()}
        return Sample(len(everything.numbers), drawn(everything), by_type)


class _Run:
    """The numbers of a draw up to the first that is not known."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.ended = False

    def go_on(self, numbers: Ints, known: NDArray[np.bool_]) -> None:
        if not self.ended:
            self.ended = not known.all()
            self.numbers += numbers[: int(np.argmin(known))].tolist() if self.ended else numbers.tolist()


def _is_asked(row: EventRow, wanted: Wanted) -> bool:
    countries = {one.country for one in (*row.actors, *row.recipients)}
    return wanted.event_type in ("", row.type) and (not wanted.country or wanted.country in countries)


def _mark(record: OpenRecord) -> tuple[int, int]:
    try:
        found = (record.directory / NAME).stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
