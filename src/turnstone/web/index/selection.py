"""The events that a filter lets through, and what they add up to."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from turnstone.web.filters import BANDS, NONE, STATES, Filter
from turnstone.web.index.columns import Ints, day_number
from turnstone.web.index.opened import OpenRecord

MOST_HITS = 200_000
"""How many hits of a search are taken, the newest; `Selection.cut` says where there are more."""

_PAIRS = ("actor", "recipient", "actor_country", "recipient_country")


@dataclass(frozen=True)
class Selection:
    """`chosen` has a place for each event, or is None where all are let through."""

    record: OpenRecord
    key: Filter
    chosen: NDArray[np.bool_] | None
    cut: bool = False

    @property
    def count(self) -> int:
        """How many events."""
        return self.record.columns.events if self.chosen is None else int(np.count_nonzero(self.chosen))

    def values(self, column: Ints) -> Ints:
        """The values of a column of these events."""
        return column if self.chosen is None else column[self.chosen]

    def tally(self, name: str) -> Ints:
        """How many of these events have each code of a column or pair column."""
        return self.record.kept(("tally", name, self.key), lambda: self._tally(name))

    def top(self, name: str, most: int) -> list[tuple[int, int]]:
        """The commonest codes but 0, which stands for none, with the number of events of each."""
        counts = self.tally(name)
        found: Ints = np.argsort(-counts[1:], kind="stable")[:most] + 1
        return [(int(code), int(counts[code])) for code in found if counts[code]]

    def _tally(self, name: str) -> Ints:
        columns = self.record.columns
        values: Ints = getattr(columns, name)
        if self.chosen is not None:
            of: Ints | None = getattr(columns, f"{name}_of", None)
            values = values[self.chosen if of is None else self.chosen[of]]
        return np.bincount(values)

    def newest(self, size: int, before: int | None = None) -> Ints:
        """The last `size` events, those before one number where it is given, from the newest."""
        coded = self.record.coded.columns.events
        if not len(self.record.behind):
            return self._coded(size, coded if before is None else max(0, min(before, coded)))
        place = self._place(before) if before is not None else (coded, 0)
        end = place[0] + (1 if place[1] else 0)
        found = [int(one) for one in self._coded(size, max(0, min(end, coded)))]
        found += [one for one in self._added() if self._place(one) < place]
        return np.array(sorted(found, key=self._place, reverse=True)[:size], np.int64)

    def _place(self, number: int) -> tuple[int, int]:
        """Where an event stands in the record: one that was added stands behind one that was coded."""
        coded = self.record.coded.columns.events
        behind = self.record.behind
        if not coded <= number < coded + len(behind):
            return number, 0
        return int(behind[number - coded]), number - coded + 1

    def _added(self) -> list[int]:
        """What reviewers added, of these events."""
        coded = self.record.coded.columns.events
        numbers = range(coded, coded + len(self.record.behind))
        return [one for one in numbers if self.chosen is None or self.chosen[one]]

    def _coded(self, size: int, end: int) -> Ints:
        if self.chosen is None:
            return np.arange(end - 1, max(-1, end - 1 - size), -1)
        return self._backwards(size, end)

    def _backwards(self, size: int, end: int) -> Ints:
        assert self.chosen is not None
        parts: list[Ints] = []
        step = 100_000
        while end > 0 and size > 0:
            start = max(0, end - step)
            found: Ints = np.flatnonzero(self.chosen[start:end])[::-1][:size] + start
            parts.append(found)
            size -= len(found)
            end, step = start, step * 4
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)

    def oldest(self, size: int, after: int) -> Ints:
        """The first `size` events after a number, from the newest."""
        coded = self.record.coded.columns.events
        place = self._place(after)
        start = max(0, place[0] + 1)
        if self.chosen is None:
            found: Ints = np.arange(start, min(start + size, coded))
        else:
            found = np.flatnonzero(self.chosen[start:coded])[:size] + start
        more = [one for one in self._added() if self._place(one) > place]
        if not more:
            return found[::-1]
        return np.array(sorted([*map(int, found), *more], key=self._place)[:size][::-1], np.int64)


def select(record: OpenRecord, wanted: Filter) -> Selection:
    """The events of a record that a filter lets through."""
    return record.kept(("selection", wanted), lambda: _select(record, wanted))


def _select(record: OpenRecord, wanted: Filter) -> Selection:
    columns, lists = record.columns, record.lists
    masks: list[NDArray[np.bool_]] = []
    if wanted.since:
        masks.append(columns.first >= day_number(wanted.since))
    if wanted.until:
        masks.append(columns.last <= day_number(wanted.until))
    if wanted.quad:
        masks.append(_among(columns.quad, wanted.quad))
    lists_of = {
        "type": lists.types, "status": lists.statuses, "place_country": lists.countries, "source": lists.sources,
    }  # fmt: skip
    for name, known in lists_of.items():
        if given := getattr(wanted, name):
            masks.append(_among(getattr(columns, name), _codes(known, given)))
    if wanted.confidence:
        bands = [BANDS[one] for one in wanted.confidence]
        masks.append(_among(columns.confidence, [value for band in bands for value in range(*band)]))
    if wanted.place:
        masks.append(_among(columns.place, _codes_in(record, "place", wanted.place)))
    for name in _PAIRS:
        given = getattr(wanted, name)
        if not given:
            continue
        codes = _codes(lists.countries, given) if name.endswith("country") else _codes_in(record, "name", given)
        masks.append(
            _having(getattr(columns, name), getattr(columns, f"{name}_of"), codes, columns.events, NONE in given)
        )
    if record.states is not None and wanted.review:
        masks.append(_among(record.states, [STATES.index(one) for one in wanted.review]))
    elif wanted.review and "unreviewed" not in wanted.review:
        masks.append(np.zeros(columns.events, bool))
    elif record.there is not None:
        masks.append(record.there.copy())
    cut = False
    if wanted.q and (words := search_words(wanted.q)):
        found, cut = _hits(record, words)
        masks.append(found)
    if wanted.unit == "happenings":
        masks.append(columns.lead.astype(bool))
    if not masks:
        return Selection(record, wanted, None)
    chosen = masks[0]
    for mask in masks[1:]:
        chosen &= mask
    return Selection(record, wanted, chosen, cut)


def _codes(known: Sequence[str], given: Iterable[str]) -> list[int]:
    wanted = {"" if one == NONE else one for one in given}
    return [code for code, value in enumerate(known) if value in wanted]


def _codes_in(record: OpenRecord, table: str, given: Sequence[str]) -> list[int]:
    assert table in ("name", "place")
    texts = ["" if one == NONE else one for one in given]
    marks = ", ".join("?" * len(texts))
    with record.rows() as rows:
        return [code for (code,) in rows.execute(f"select code from {table} where text in ({marks})", texts)]


def _among(column: Ints, codes: Sequence[int]) -> NDArray[np.bool_]:
    if not codes:
        return np.zeros(len(column), bool)
    if len(codes) == 1:
        return np.asarray(column == codes[0])
    table = np.zeros(max(int(column.max(initial=0)), max(codes)) + 1, bool)
    table[list(codes)] = True
    return table[column]


def _having(codes: Ints, of: Ints, wanted: Sequence[int], events: int, none: bool) -> NDArray[np.bool_]:
    found = np.zeros(events, bool)
    found[of[_among(codes, wanted)]] = True
    if none:
        without = np.ones(events, bool)
        without[of] = False
        found |= without
    return found


_WORDS = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


def search_words(text: str) -> str:
    """What people type as SQLite's full-text search has it: phrases in quotes, -word for none of it; everything else
    stands between quotation marks, where nothing has a meaning of its own. Empty where there is no word.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _WORDS.findall(text.replace("\0", " ")):
        said = phrase or word
        if not any(sign.isalnum() for sign in said):
            continue
        prefix = "*" if word.endswith("*") else ""
        quoted = '"' + said.replace('"', " ").rstrip("*") + '"' + prefix
        (unwanted if minus else wanted).append(quoted)
    if not wanted:
        return ""
    found = " AND ".join(wanted)
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


def _hits(record: OpenRecord, words: str) -> tuple[NDArray[np.bool_], bool]:
    found = np.zeros(record.columns.events, bool)
    with record.search() as search:
        try:
            hits = search.execute(
                "select rowid from search where search match ? order by rowid desc limit ?", (words, MOST_HITS + 1)
            ).fetchall()
        except sqlite3.OperationalError:
            return found, False  # words of which the search makes nothing
    numbers = np.array(hits, dtype=np.int64).reshape(-1)
    found[numbers[:MOST_HITS]] = True
    return found, len(numbers) > MOST_HITS
