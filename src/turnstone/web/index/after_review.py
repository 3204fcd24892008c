"""A record as it is after review: the columns of its index with what was corrected, without what was rejected, and
with what reviewers added. What was coded stays as it is on the disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from turnstone.reviews import Judged, Values
from turnstone.web import wording
from turnstone.web.event_review import EventReview, event_review
from turnstone.web.filters import STATES
from turnstone.web.index.columns import Columns, Ints, Lists, changeable, day_number
from turnstone.web.index.opened import OpenRecord

REJECTED: Final = STATES.index("rejected")
NO_CONFIDENCE: Final = 255
"""In the column of confidence, of an event that a person added: nobody says how sure."""


@dataclass(frozen=True, slots=True)
class _Change:
    """An event whose values are other than was coded, or (`article` is its place) one that was added."""

    number: int
    values: Values
    article: int = -1


class ReviewedRecord(OpenRecord):
    """The record after review, to be asked like the record that was coded, which is `coded`. Events that were added
    have the numbers after those that were coded, and stand behind the last event of their article or of the one before
    it. `articles` gives those that have a text, by its digest. `judged` and `values` are what reviewers came to and the
    values of what they changed, by number.
    """

    def __init__(
        self, coded: OpenRecord, judged: Collection[Judged], articles: Callable[[str], Collection[str]]
    ) -> None:
        super().__init__(coded.folder, coded.directory, coded.mark, coded.progress, coded.tables)
        self._coded = coded
        found = _Found(coded, judged, articles)
        self.judged: Mapping[int, EventReview] = found.judged
        self.ids: Mapping[int, str] = found.ids
        self._behind: Ints = np.array(found.behind, np.int64)
        self.values: Mapping[int, Values] = {one.number: one.values for one in found.changes}
        patched = _Patched(coded, found.changes, found.behind)
        self.columns, self.lists = patched.columns(), patched.lists()
        self._states: Ints = np.zeros(self.columns.events, "u1")
        for number, review in self.judged.items():
            self._states[number] = STATES.index(review.state) if review.state in STATES else 0
        there = np.asarray(self._states != REJECTED)
        self._there = None if there.all() else there
        if self._there is not None:
            self.columns = replace(self.columns, lead=_first_reports(self.columns, self._there))
        self._names, self._places = patched.new_names, patched.new_places
        self._rows = _event_rows(coded, self.values, self.ids, self.judged)

    @property
    def coded(self) -> OpenRecord:
        return self._coded

    @property
    def there(self) -> NDArray[np.bool_] | None:
        return self._there

    @property
    def behind(self) -> Ints:
        return self._behind

    @property
    def states(self) -> Ints | None:
        return self._states

    @contextmanager
    def rows(self) -> Iterator[sqlite3.Connection]:
        """As of the record that was coded, with the words of what was corrected and added."""
        with self._coded.rows() as rows:
            rows.execute("create temp table told as select * from main.event limit 0")
            rows.executemany("insert into told values (?, ?, ?, ?, ?, ?, ?)", self._rows)
            rows.execute("create temp table new_name as select * from main.name limit 0")
            rows.executemany("insert into new_name values (?, ?)", self._names)
            rows.execute("create temp table new_place as select * from main.place limit 0")
            rows.executemany("insert into new_place values (?, ?, ?, ?, ?, ?)", self._places)
            rows.execute(
                "create temp view event as select * from main.event where no not in (select no from temp.told) "
                "union all select * from temp.told"
            )
            for name in ("name", "place"):
                rows.execute(
                    f"create temp view {name} as select * from main.{name} union all select * from temp.new_{name}"
                )
            yield rows


class _Found:
    """The reviewed events of the record by number. `ids` are those of what was added."""

    def __init__(
        self, record: OpenRecord, judged: Collection[Judged], articles: Callable[[str], Collection[str]]
    ) -> None:
        self.judged: dict[int, EventReview] = {}
        self.ids: dict[int, str] = {}
        self.behind: list[int] = []
        self.changes: list[_Change] = []
        article_of = record.columns.article
        with record.rows() as rows:
            for one in judged:
                same = articles(one.by.sha256)
                by_id = (
                    one.coded.article if one.coded else min(same, key=lambda a: (a != one.by.article, a), default="")
                )
                place = rows.execute("select no from article where id = ?", (by_id,)).fetchone()
                if place is None:
                    continue
                article = article_of.dtype.type(place[0])  # a plain int would turn the whole column into another type
                first, last = (int(np.searchsorted(article_of, article, side)) for side in ("left", "right"))
                if one.coded is None:
                    self._add(one, place[0], last - 1, len(article_of))
                    continue
                number = rows.execute(
                    "select no from event where no >= ? and no < ? and event_id = ?", (first, last, one.coded.event)
                ).fetchone()
                if number is None:
                    continue
                found = self.judged[number[0]] = event_review(one)
                if found.final is not None:
                    self.changes.append(_Change(number[0], found.final))

    def _add(self, one: Judged, article: int, behind: int, coded: int) -> None:
        if one.state != "added" or one.final is None:
            return
        number = coded + len(self.behind)
        self.behind.append(behind)
        self.judged[number] = event_review(one)
        self.ids[number] = f"r{one.reviews[0].id}"
        self.changes.append(_Change(number, one.final, article))


class _Patched:
    """The columns of an index with some events changed. What stays is not read from the disk."""

    def __init__(self, record: OpenRecord, changes: Sequence[_Change], behind: Sequence[int]) -> None:
        self._record, self._changes, self._added = record, changes, len(behind)
        self._coded = record.columns
        self._lists = {name: list(getattr(record.lists, name)) for name in ("types", "statuses", "countries")}
        self.new_names: list[tuple[int, str]] = []
        self.new_places: list[tuple[Any, ...]] = []
        everybody = {who.name for one in changes for who in (*one.values.actors, *one.values.recipients)}
        with record.rows() as rows:
            self._names = _known(rows, "select text, code from name where text in ({})", everybody)
            wanted = {one.values.place.name for one in changes if one.values.place}
            self._places = _places(rows, wanted)
            self._next_name, self._next_place = (
                rows.execute(f"select coalesce(max(code), 0) + 1 from {table}").fetchone()[0]
                for table in ("name", "place")
            )

    def lists(self) -> Lists:
        return replace(self._record.lists, **{name: tuple(known) for name, known in self._lists.items()})

    def columns(self) -> Columns:
        if not self._changes:
            return self._coded
        values = self._of_events()
        for role in ("actor", "recipient"):
            sides = [(one.number, getattr(one.values, f"{role}s")) for one in self._changes]
            named = [(no, {self._name(who.name) for who in side if who.name}) for no, side in sides]
            of = [(no, {self._code("countries", who.country) for who in side if who.country}) for no, side in sides]
            values |= self._pairs(role, named) | self._pairs(f"{role}_country", of)
        return replace(self._coded, **values, **self._dyads())

    def _of_events(self) -> dict[str, Ints]:
        changed: dict[str, list[int]] = {name: [] for name in _CHANGED}
        for one in self._changes:
            values = one.values
            changed["first"].append(day_number(values.first_day))
            changed["last"].append(day_number(values.last_day))
            changed["type"].append(self._code("types", values.event_type))
            changed["quad"].append(quad_of(values))
            changed["status"].append(self._code("statuses", values.status))
            changed["place"].append(self._place(values))
            changed["place_country"].append(self._code("countries", values.place.country if values.place else ""))
        numbers = [one.number for one in self._changes]
        found: dict[str, Ints] = {}
        for name in (*_CHANGED, *_ADDED):
            column: Ints = changeable(self._record.folder, name) if name in changed else getattr(self._coded, name)
            if self._added:
                column = np.concatenate([column, np.zeros(self._added, column.dtype)])
            if name in changed:
                column[numbers] = changed[name]
            found[name] = column
        for one in self._changes:
            if one.article >= 0:
                more = {"article": one.article, "source": self._coded.article_source[one.article]}
                for name, value in {**more, "confidence": NO_CONFIDENCE, "happening": -1, "lead": 1}.items():
                    found[name][one.number] = value
        return found

    def _pairs(self, name: str, new: Iterable[tuple[int, Collection[int]]]) -> dict[str, Ints]:
        """A pair column in which some events have other values. They take the places of the old ones."""
        wanted = [(number, code) for number, codes in new for code in sorted(codes)]
        of: Ints = getattr(self._coded, f"{name}_of")
        numbers = np.array(sorted(one.number for one in self._changes), of.dtype)
        begins, ends = (np.searchsorted(of, numbers, side) for side in ("left", "right"))
        free = [at for begin, end in zip(begins, ends, strict=True) for at in range(begin, end)]
        codes, events = (changeable(self._record.folder, one) for one in (name, f"{name}_of"))
        put = min(len(free), len(wanted))
        events[free[:put]] = [number for number, _ in wanted[:put]]
        codes[free[:put]] = [code for _, code in wanted[:put]]
        if rest := free[put:]:
            codes, events = np.delete(codes, rest), np.delete(events, rest)
        elif more := wanted[put:]:
            events = np.concatenate([events, np.array([number for number, _ in more], events.dtype)])
            codes = np.concatenate([codes, np.array([code for _, code in more], codes.dtype)])
        return {name: codes, f"{name}_of": events}

    def _dyads(self) -> dict[str, Ints]:
        """Pairs of countries; their codes depend on how many countries there are."""
        before, now = len(self._record.lists.countries), len(self._lists["countries"])
        pairs = []
        for one in self._changes:
            actors, recipients = (
                {self._code("countries", who.country) for who in side if who.country}
                for side in (one.values.actors, one.values.recipients)
            )
            pairs.append((one.number, {actor * now + recipient for actor in actors for recipient in recipients}))
        found = self._pairs("dyad", [])
        if now != before:
            actor, recipient = np.divmod(found["dyad"], before)
            found["dyad"] = actor * now + recipient
        more = [(number, code) for number, codes in pairs for code in sorted(codes)]
        return {
            "dyad_of": np.concatenate([found["dyad_of"], np.array([no for no, _ in more], found["dyad_of"].dtype)]),
            "dyad": np.concatenate([found["dyad"], np.array([code for _, code in more], found["dyad"].dtype)]),
        }

    def _code(self, name: str, value: str) -> int:
        known = self._lists[name]
        if value not in known:
            known.append(value)
        return known.index(value)

    def _name(self, name: str) -> int:
        if name not in self._names:
            code = self._next_name + len(self.new_names)
            self.new_names.append((code, name))
            self._names[name] = code
        return self._names[name]

    def _place(self, values: Values) -> int:
        place = values.place
        if place is None:
            return 0
        key = (place.name, place.country, place.latitude, place.longitude)
        if key not in self._places:
            code = self._next_place + len(self.new_places)
            self.new_places.append((code, *key, place.resolution))
            self._places[key] = code
        return self._places[key]


def quad_of(values: Values) -> int:
    """The quad class of an event after review."""
    known = wording.codebook().types.get(values.event_type)
    return known.quad if known else 0


def score_of(values: Values) -> float:
    """The conflict-cooperation score of an event after review."""
    codebook = wording.codebook()
    known = codebook.types.get(values.event_type)
    return codebook.score(values.event_type, [one for one in values.modes if one in known.modes]) if known else 0.0


_CHANGED: Final = ("first", "last", "type", "quad", "status", "place", "place_country")
_ADDED: Final = ("article", "source", "confidence", "happening", "lead")


def _known(rows: sqlite3.Connection, sql: str, texts: Collection[str]) -> dict[str, int]:
    return dict(row for some in _some(texts) for row in rows.execute(sql.format(", ".join("?" * len(some))), some))


def _places(rows: sqlite3.Connection, names: Collection[str]) -> dict[tuple[Any, ...], int]:
    sql = "select text, country, latitude, longitude, code from place where text in ({}) order by code desc"
    found = (row for some in _some(names) for row in rows.execute(sql.format(", ".join("?" * len(some))), some))
    return {tuple(row[:4]): row[4] for row in found}


def _some(texts: Collection[str]) -> Iterator[list[str]]:
    """A few hundred at a time, which SQLite takes everywhere."""
    listed = sorted(texts)
    return (listed[first : first + 500] for first in range(0, len(listed), 500))


def _event_rows(
    record: OpenRecord, changed: Mapping[int, Values], ids: Mapping[int, str], judged: Mapping[int, EventReview]
) -> list[tuple[Any, ...]]:
    """Rows of the table `event` of the index for what was corrected or added."""
    found: list[tuple[Any, ...]] = []
    with record.rows() as rows:
        for number, values in changed.items():
            told = values.speaker.name if values.speaker else ""
            modes = " ".join(values.modes)
            if number in ids:
                words = judged[number].words
                found.append((number, ids[number], words, 0, len(words), told, modes))
            else:
                row = rows.execute("select * from event where no = ?", (number,)).fetchone()
                found.append((*row[:5], told, modes))
    return found


def _first_reports(columns: Columns, there: NDArray[np.bool_]) -> Ints:
    """The column `lead` where some events are not there: the next report of a happening is the first then."""
    lead: Ints = np.array(columns.lead)
    gone = np.flatnonzero(~there & (lead == 1) & (columns.happening >= 0))
    if len(gone):
        wanted = np.zeros(columns.events, bool)
        wanted[columns.happening[gone]] = True
        others = np.flatnonzero((columns.happening >= 0) & wanted[np.maximum(columns.happening, 0)] & there)
        _, first = np.unique(columns.happening[others], return_index=True)
        lead[others[first]] = 1
    return lead
