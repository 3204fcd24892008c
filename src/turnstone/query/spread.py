"""Counted events as the rows of a panel: every unit in every period, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.knowledge.state_numbers import state_numbers

if TYPE_CHECKING:
    import duckdb

_SYSTEMS = ("cow", "gw")
_ARTICLES = ("articles", "articles_with_events", "articles_failed")


def spread(connection: duckdb.DuckDBPyConnection, keys: Sequence[str], by: str, types: Sequence[str]) -> pa.Table:
    """The panel of the tables units, periods (with the last day of each) and counted, and of the view coverage. Most of
    its rows are zeros, so counts are put into their places and nothing so large is joined or sorted.
    """
    units = connection.sql(f"SELECT * FROM units ORDER BY {', '.join(keys)}").to_arrow_table()
    periods = connection.sql("SELECT * FROM periods ORDER BY period").to_arrow_table()
    rows = len(units) * len(periods)
    columns: dict[str, Any] = {}
    for key in keys:
        columns[key] = _each(units[key], len(periods))
    for key in keys:
        columns |= dict(_codes(units[key].to_pylist(), periods, key.removesuffix("country")))
    columns |= {name: _all(periods[name], len(units)) for name in ("period", "last_day")}
    connection.register("numbered_units", units.append_column("unit", pa.array(np.arange(len(units)))))
    connection.register("numbered_periods", periods.append_column("number", pa.array(np.arange(len(periods)))))
    counts = connection.sql(_COUNTS.format(
        periods=len(periods), keys=", ".join(keys), types=",\n".join(
            [f"sum(events) FILTER (event_type = '{one}')::INTEGER AS {one.lower()}" for one in types]
            + [f"sum(events) FILTER (quad = {quad})::INTEGER AS quad_{quad}" for quad in range(1, 5)]
        ),
    )).to_arrow_table()  # fmt: skip
    at = counts["row"].to_numpy()
    for name in counts.schema.names[1:]:
        values = np.zeros(rows, counts.schema.field(name).type.to_pandas_dtype())
        values[at] = counts[name].fill_null(0).to_numpy()
        columns[name] = pa.array(values)
        if name == "score_sum":
            mean = np.full(rows, np.nan)
            mean[at] = values[at] / columns["events"].to_numpy()[at]
            columns["score_mean"] = pa.array(mean, from_pandas=True)
    read = connection.sql(_READ.format(by=by)).to_arrow_table()
    return pa.table(columns | {name: _all(read[name], len(units)) for name in _ARTICLES})


_COUNTS = """
SELECT unit * {periods} + number AS row, sum(events)::INTEGER AS events, {types},
       sum(score) AS score_sum, sum(ranged)::INTEGER AS events_ranged
FROM counted JOIN numbered_units USING ({keys}) JOIN numbered_periods USING (period) GROUP BY ALL"""

_READ = """
SELECT period, coalesce(sum(articles), 0)::BIGINT AS articles,
       coalesce(sum(articles_with_events), 0)::BIGINT AS articles_with_events,
       coalesce(sum(articles_failed), 0)::BIGINT AS articles_failed
FROM periods LEFT JOIN coverage ON date_trunc('{by}', day)::DATE = period GROUP BY period ORDER BY period"""


def _each(values: Any, times: int) -> Any:
    """Each value so many times, then the next."""
    return values.take(pa.array(np.repeat(np.arange(len(values)), times)))


def _all(values: Any, times: int) -> Any:
    """All values in their order, so many times."""
    return values.take(pa.array(np.tile(np.arange(len(values)), times)))


def _codes(countries: Sequence[str], periods: pa.Table, side: str) -> Iterator[tuple[str, Any]]:
    """The codes of each unit's country in each period."""
    known = sorted(set(countries))
    unit: Any = np.searchsorted(np.array(known, dtype=object), np.array(countries, dtype=object)) if known else []
    yield f"{side}iso3", _each(pa.array([_iso3(code) for code in countries], pa.string()), len(periods))
    firsts, lasts = (periods[name].combine_chunks().cast(pa.int32()).to_numpy() for name in ("period", "last_day"))
    for system in _SYSTEMS:
        numbers = [_numbers(code, system, firsts, lasts) for code in known]
        flat = np.concatenate(numbers) if numbers else np.zeros(0, np.int32)
        places = np.repeat(np.asarray(unit, np.int64) * len(firsts), len(firsts)) + np.tile(
            np.arange(len(firsts)), len(countries)
        )
        yield f"{side}{system}", pa.array(flat, mask=flat == 0).take(pa.array(places))


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
