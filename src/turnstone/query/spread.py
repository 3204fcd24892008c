"""Counted events as the rows of a panel: every unit in every period, in order, a block at a time."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.knowledge.state_numbers import state_numbers

if TYPE_CHECKING:
    import duckdb

_SYSTEMS = ("cow", "gw")
_ARTICLES = ("articles", "articles_with_events", "articles_failed")
_BLOCK = 100_000


@dataclass(frozen=True)
class Counts:
    """What a panel's rows are made of: `units` by their `keys` and `periods` with what was read in each, both in order,
    and the `events` counted by row of the panel, type and quad, in the order of the rows.
    """

    keys: tuple[str, ...]
    units: pa.Table
    periods: pa.Table
    events: pa.Table


def counted(connection: duckdb.DuckDBPyConnection, keys: Sequence[str], by: str) -> Counts:
    """The counts of the tables units, periods (with the last day of each) and counted, and of the view coverage."""
    named = ", ".join(keys)
    units = connection.sql(f"SELECT * FROM units ORDER BY {named}").to_arrow_table()
    periods = connection.sql(_READ.format(by=by)).to_arrow_table()
    connection.register("numbered_units", units.append_column("unit", pa.array(np.arange(len(units)))))
    connection.register("numbered_periods", periods.append_column("number", pa.array(np.arange(len(periods)))))
    events = connection.sql(_EVENTS.format(periods=len(periods), keys=named)).to_arrow_table()
    return Counts(tuple(keys), units, periods, events.combine_chunks())


_EVENTS = """
SELECT unit * {periods} + number AS row, event_type, quad, events, score, ranged
FROM counted JOIN numbered_units USING ({keys}) JOIN numbered_periods USING (period) ORDER BY row"""

_READ = """
SELECT period, any_value(last_day) AS last_day, coalesce(sum(articles), 0)::BIGINT AS articles,
       coalesce(sum(articles_with_events), 0)::BIGINT AS articles_with_events,
       coalesce(sum(articles_failed), 0)::BIGINT AS articles_failed
FROM periods LEFT JOIN coverage ON date_trunc('{by}', day)::DATE = period GROUP BY period ORDER BY period"""


class PanelRows:
    """The rows of a panel: a Result of which nothing but the counts is kept, and rows are made as they are read.
    `types` have a column each; `seconds` is what counting took by the clock.
    """

    more = False

    def __init__(self, counts: Counts, types: Sequence[str], seconds: float) -> None:
        self._counts, self._types, self.seconds = counts, types, seconds
        self._length = len(counts.periods)
        self._events = {name: np.asarray(counts.events[name]) for name in ("row", "quad", "events", "score", "ranged")}
        place = {name: number for number, name in enumerate(types)}
        named = counts.events["event_type"].combine_chunks().dictionary_encode()
        numbers = np.array([place.get(name, -1) for name in named.dictionary.to_pylist()], np.int64)
        self._type = numbers[np.asarray(named.indices)]
        codes = sorted({code for key in counts.keys for code in counts.units[key].to_pylist()})
        self._place = {code: number for number, code in enumerate(codes)}
        firsts, lasts = (np.asarray(counts.periods[name].cast(pa.int32())) for name in _DAYS)
        self._numbers = {
            system: np.array([_numbers(code, system, firsts, lasts) for code in codes], np.int32).reshape(
                len(codes), self._length
            )
            for system in _SYSTEMS
        }

    def __len__(self) -> int:
        return len(self._counts.units) * self._length

    @cached_property
    def schema(self) -> pa.Schema:
        sides = [key.removesuffix("country") for key in self._counts.keys]
        words, numbers = pa.string(), pa.int32()
        fields = [(key, words) for key in self._counts.keys]
        for side in sides:
            fields += [(f"{side}iso3", words), *((f"{side}{system}", numbers) for system in _SYSTEMS)]
        fields += [(name, pa.date32()) for name in _DAYS]
        fields += [(name, numbers) for name in ("events", *map(str.lower, self._types), *_QUADS)]
        fields += [("score_sum", pa.float64()), ("score_mean", pa.float64()), ("events_ranged", numbers)]
        return pa.schema([*fields, *((name, pa.int64()) for name in _ARTICLES)])

    @cached_property
    def table(self) -> pa.Table:
        """All rows at once, about 230 bytes each."""
        return pa.Table.from_batches(self.batches(), self.schema)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows in order, the periods of some hundred units at a time."""
        units = max(1, _BLOCK // max(1, self._length))
        everywhere = {name: _tiled(self._counts.periods[name], units) for name in (*_DAYS, *_ARTICLES)}
        for first in range(0, len(self._counts.units), units):
            here = self._counts.units.slice(first, units)
            rows = len(here) * self._length
            columns = self._of_units(here) | self._of_events(first * self._length, rows)
            columns |= {name: values.slice(0, rows) for name, values in everywhere.items()}
            yield pa.RecordBatch.from_arrays([columns[name] for name in self.schema.names], schema=self.schema)

    def _of_units(self, units: pa.Table) -> dict[str, Any]:
        each = pa.array(np.repeat(np.arange(len(units)), self._length))
        found = {}
        for key in self._counts.keys:
            side, codes = key.removesuffix("country"), units[key].to_pylist()
            found[key] = pa.array(codes, pa.string()).take(each)
            found[f"{side}iso3"] = pa.array([_iso3(code) for code in codes], pa.string()).take(each)
            for system in _SYSTEMS:
                flat = self._numbers[system][[self._place[code] for code in codes]].ravel()
                found[f"{side}{system}"] = pa.array(flat, mask=flat == 0)
        return found

    def _of_events(self, first: int, rows: int) -> dict[str, Any]:
        here = slice(*np.searchsorted(self._events["row"], [first, first + rows]))
        at, kind = self._events["row"][here] - first, self._type[here]
        quad, events, score, ranged = (self._events[name][here] for name in ("quad", "events", "score", "ranged"))

        def total(values: Any, where: Any = slice(None), dtype: type = np.int32) -> Any:
            found: Any = np.zeros(rows, dtype)
            np.add.at(found, at[where], values[where])
            return found

        found = {name.lower(): total(events, kind == number) for number, name in enumerate(self._types)}
        found |= {name: total(events, quad == number) for number, name in enumerate(_QUADS, 1)}
        found |= {"events": total(events), "events_ranged": total(ranged)}
        found["score_sum"] = total(score, dtype=np.float64)
        some = found["events"] > 0
        mean = np.divide(found["score_sum"], found["events"], out=np.zeros(rows), where=some)
        return {name: pa.array(values) for name, values in found.items()} | {"score_mean": pa.array(mean, mask=~some)}

    def csv(self) -> Iterator[str]:
        """The rows as CSV, a header first. The lines of silent periods are put together from their parts."""
        yield _line(self.schema.names)
        first = self.schema.get_field_index("period")
        silent = [_line(row) for row in self._silent()]
        numbers = {code: self._lines_of(code) for code in self._place}
        units = self._counts.units.to_pylist()
        unit = 0
        for batch in self.batches():
            lines, heads = [], []
            for _ in range(len(batch) // self._length):
                codes = units[unit].values()
                begin = _line(codes)[:-1]
                heads += [",".join((begin, *parts)) for parts in zip(*(numbers[code] for code in codes), strict=True)]
                unit += 1
            lines = [f"{head},{silent[place % self._length]}" for place, head in enumerate(heads)]
            told = np.flatnonzero(batch.column("events"))
            rows = zip(*(column.to_pylist() for column in batch.take(pa.array(told)).columns[first:]), strict=True)
            for place, row in zip(told.tolist(), rows, strict=True):
                lines[place] = f"{heads[place]},{_line(row)}"
            yield "".join(lines)

    def _silent(self) -> Iterator[list[Any]]:
        """What follows the unit's codes in a period without events."""
        nothing = [*(0 for _ in ("events", *self._types, *_QUADS)), 0.0, None, 0]
        for period in self._counts.periods.to_pylist():
            yield [*(period[name] for name in _DAYS), *nothing, *(period[name] for name in _ARTICLES)]

    def _lines_of(self, code: str) -> list[str]:
        """A country's codes in each period, as CSV."""
        pairs = zip(*(self._numbers[system][self._place[code]].tolist() for system in _SYSTEMS), strict=True)
        known: dict[tuple[int, ...], str] = {}
        found = []
        for pair in pairs:
            if pair not in known:
                known[pair] = _line([_iso3(code), *(number or None for number in pair)])[:-1]
            found.append(known[pair])
        return found


_DAYS = ("period", "last_day")
_QUADS = tuple(f"quad_{number}" for number in range(1, 5))


def _line(values: Iterable[Any]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerow(values)
    return held.getvalue()


def _tiled(values: Any, times: int) -> Any:
    """All values in their order, so many times."""
    return values.combine_chunks().take(pa.array(np.tile(np.arange(len(values)), times)))


_EPOCH = dt.date(1970, 1, 1).toordinal()


def _numbers(code: str, system: str, firsts: Any, lasts: Any) -> Any:
    """A state's number at the end of each period, given by its first and last days since 1970, or at its beginning
    where the state ended in it; 0 for none.
    """
    found = np.zeros(len(firsts), np.int32)
    mine = [one for one in state_numbers() if one.code == code and one.system == system]
    for one in sorted(mine, key=lambda one: one.since or dt.date.min):
        since = (one.since or dt.date.min).toordinal() - _EPOCH
        until = (one.until or dt.date.max).toordinal() - _EPOCH
        found[(since <= lasts) & (until > firsts)] = one.number
    return found


def _iso3(code: str) -> str | None:
    """The code of a state; none for what is no state. Kosovo has the one that is used for want of an official one."""
    return "XKX" if code == "KOS" else None if code in SPECIAL_CODES else code
