"""Events counted by country or pair of countries and period, with zeros for silence and what was read in each."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from turnstone.errors import QueryError, StoreError
from turnstone.knowledge.codebook import load_codebook
from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.knowledge.state_numbers import state_numbers
from turnstone.query.after_review import CODED, EVENTS
from turnstone.query.prepared import FOLDER, prepared
from turnstone.query.replaced import replaced
from turnstone.query.spread import PanelRows, counted
from turnstone.query.tables import connect, literal
from turnstone.query.views import marked

if TYPE_CHECKING:
    import duckdb

UNITS = ("dyad", "country")
PERIODS = ("day", "week", "month", "year")
ROLES = ("actor", "recipient", "either")
STATUSES = ("happened", "historical", "future", "hypothetical", "negated")
MOST_ROWS = 20_000_000

_MEMORY_MB = 3_000


@dataclass(frozen=True, slots=True)
class Panel:
    """What is counted. `unit` dyad counts each event once for every pair of an actor's and a recipient's country,
    directed; country once for every country in `role`. An event belongs to the period of its first day.

    `first_day` and `last_day` bound the periods, which are whole; without them they are those of the articles. Only
    events of the `statuses` count, all of them if none is given. With `countries`, all countries of a row are among
    them, and each has its row even if nothing was ever read of it. `one_a_day` counts what the view one_a_day keeps,
    `happenings` each happening once that `turnstone stories` has linked: by the type of its first report among those
    that count, their earliest first day, and the mean of their scores. Events are as reviewers have them, or
    `as_coded`.
    """

    unit: str = "dyad"
    by: str = "month"
    role: str = "actor"
    one_a_day: bool = False
    happenings: bool = False
    statuses: tuple[str, ...] = ("happened",)
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    countries: tuple[str, ...] = ()
    as_coded: bool = False


def panel(
    directory: str | Path, what: Panel, threads: int = 2, note: Callable[[str], None] = lambda _: None
) -> PanelRows:
    """One row for each unit and period. Events are counted here; rows, nearly all of them zeros, are made when they are
    asked for. Raises QueryError where what is asked for is not known or too large, StoreError where the directory holds
    no record.
    """
    _check(what)
    types = tuple(load_codebook().types)
    files = prepared(Path(directory), threads, note)
    if what.happenings and "links" not in files:
        raise QueryError(f"{directory}: its happenings are not known; find them with: turnstone stories {directory}")
    if what.happenings and what.as_coded and _after_review(files["links"]):
        raise QueryError(
            f"{directory}: its happenings were found after review, which makes them none of the events as coded; "
            "count happenings as reviewers have them, or reports as coded"
        )
    began = time.perf_counter()
    source = "dyads" if what.unit == "dyad" else "country_roles"
    counts_of = _events(what, source, files, Path(directory).absolute() / FOLDER, threads)
    with (
        tempfile.TemporaryDirectory(prefix="turnstone-panel-") as scratch,
        connect(files, threads, _MEMORY_MB, Path(scratch), "coverage" if source in files else None) as connection,
    ):
        first, last = _span(connection, what)
        connection.execute(_PERIODS.format(by=what.by), [first, last])
        keys = ("actor_country", "recipient_country") if what.unit == "dyad" else ("country",)
        _refuse_unknown(connection, what.countries, keys, counts_of)
        connection.execute(_counted(what, keys, counts_of), _chosen(what, first))
        _units(connection, what, keys)
        _refuse_too_large(connection)
        counts = counted(connection, keys, what.by)
    return PanelRows(counts, types, time.perf_counter() - began)


def _events(what: Panel, source: str, files: Mapping[str, Path], folder: Path, threads: int) -> dict[str, int]:
    """The relations whose events are counted, each with 1, or with -1 where it is taken off: of a written view all is
    counted as coded, and then what reviews have replaced.
    """
    if source not in files:
        return {f"({marked(source, what.one_a_day, what.happenings, CODED if what.as_coded else '')})": 1}
    written = {files[source]: 1}
    if EVENTS in files and not what.as_coded:
        before, after = replaced(source, files, folder, threads)
        written |= {before: -1, after: 1}
    return {f"read_parquet({literal(path)})": sign for path, sign in written.items()}


def _after_review(links: Path) -> bool:
    """Whether the stories, given their links, are those of events as reviewers had them."""
    path = links.with_name("manifest.json")
    try:
        return "reviews" in json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); find the stories again with: turnstone stories") from error


def _check(what: Panel) -> None:
    for name, value, known in (("unit", what.unit, UNITS), ("by", what.by, PERIODS), ("role", what.role, ROLES)):
        if value not in known:
            raise QueryError(f"{value!r} is no {name} of a panel; give one of {', '.join(known)}")
    for status in what.statuses:
        if status not in STATUSES:
            raise QueryError(f"{status!r} is no status; give one of {', '.join(STATUSES)}")
    if what.one_a_day and what.happenings:
        raise QueryError("one a day and happenings are two ways to count reports of one event once; choose one of them")


def _refuse_unknown(
    connection: duckdb.DuckDBPyConnection, countries: Iterable[str], keys: Iterable[str], relations: Iterable[str]
) -> None:
    """Raises QueryError for a code that neither a state nor PLOVER nor an event of the record has: its zeros would be
    those of a slip of the pen.
    """
    codes = {code.upper() for code in countries} - SPECIAL_CODES - {one.code for one in state_numbers()}
    for key, relation in product(keys, relations):
        if codes:
            sql = f"SELECT DISTINCT {key} FROM {relation} WHERE {key} = ANY($codes)"
            codes -= {country for (country,) in connection.execute(sql, {"codes": sorted(codes)}).fetchall()}
    if codes:
        from turnstone.knowledge.entities import load_entities

        if strange := sorted(codes - {state.code for state in load_entities().states}):
            raise QueryError(
                f"{strange[0]!r} is no country: no state has this code, and no event of the record either; give ISO "
                f"3166 alpha-3 codes, as RUS, or PLOVER's ({', '.join(sorted(SPECIAL_CODES))})"
            )


def _span(connection: duckdb.DuckDBPyConnection, what: Panel) -> tuple[dt.date, dt.date]:
    row = connection.execute("SELECT min(day), max(day) FROM coverage WHERE articles > 0").fetchall()[0]
    first, last = what.first_day or row[0], what.last_day or row[1]
    if first is None or last is None:
        raise QueryError("the record has no articles, so there are no periods; give --from and --to")
    if last < first:
        raise QueryError(f"the last day {last} is before the first, {first}; give them the other way round")
    return first, last


# Weeks begin on Monday (ISO 8601), which is what date_trunc does.
_PERIODS = """
CREATE TEMP TABLE periods AS
SELECT period::DATE AS period, (period + INTERVAL 1 {by} - INTERVAL 1 DAY)::DATE AS last_day
FROM generate_series(date_trunc('{by}', ?::DATE)::TIMESTAMP, ?::TIMESTAMP, INTERVAL 1 {by}) AS series(period)"""


def _counted(what: Panel, keys: tuple[str, ...], sources: Mapping[str, int]) -> str:
    """The table `counted`: events by key, period and type."""
    named = ", ".join(keys)
    chosen = ["first_day BETWEEN date_trunc('{by}', $first::DATE) AND (SELECT max(last_day) FROM periods)"]
    chosen += ["status = ANY($statuses)"]
    chosen += [f"{key} = ANY($countries)" for key in keys if what.countries]
    chosen += ["kept"] if what.one_a_day else []
    if what.unit == "country":
        chosen += ["(role = 'actor' OR NOT both_roles)" if what.role == "either" else f"role = '{what.role}'"]
    where = " AND ".join(chosen).format(by=what.by)
    columns = "first_day, last_day, event_type, quad, score"
    events = []
    for source, sign in sources.items():
        alone = f"SELECT {named}, {columns}, {sign} AS sign FROM {source} WHERE {where}"
        if what.happenings:
            alone = f"""
        {alone} AND happening IS NULL
        UNION ALL
        SELECT {named}, min(first_day) AS first_day, max(last_day) AS last_day,
               arg_min(event_type, event_row) AS event_type, arg_min(quad, event_row) AS quad, avg(score) AS score,
               {sign} AS sign
        FROM {source} WHERE {where} AND happening IS NOT NULL GROUP BY {named}, happening"""
        events.append(alone)
    return f"""
CREATE TEMP TABLE counted AS
SELECT {named}, date_trunc('{what.by}', first_day)::DATE AS period, event_type, quad,
       sum(sign)::INTEGER AS events, sum(sign * score) AS score,
       coalesce(sum(sign) FILTER (last_day >= date_trunc('{what.by}', first_day) + INTERVAL 1 {what.by}), 0)::INTEGER
           AS ranged
FROM ({" UNION ALL ".join(events)}) GROUP BY ALL HAVING sum(sign) > 0"""


def _chosen(what: Panel, first: dt.date) -> dict[str, dt.date | list[str]]:
    chosen: dict[str, dt.date | list[str]] = {"first": first, "statuses": list(what.statuses or STATUSES)}
    if what.countries:
        chosen["countries"] = [code.upper() for code in what.countries]
    return chosen


def _units(connection: duckdb.DuckDBPyConnection, what: Panel, keys: tuple[str, ...]) -> None:
    named = ", ".join(keys)
    connection.execute(f"CREATE TEMP TABLE units AS SELECT DISTINCT {named} FROM counted")
    if what.countries:
        asked = "SELECT unnest($1::VARCHAR[]) AS country"
        rows = f"SELECT a.country, b.country FROM ({asked}) a, ({asked}) b" if len(keys) == 2 else asked
        connection.execute(f"INSERT INTO units SELECT * FROM ({rows}) EXCEPT FROM units", [
            [code.upper() for code in what.countries]
        ])  # fmt: skip


def _refuse_too_large(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("SELECT (SELECT count(*) FROM units), (SELECT count(*) FROM periods)").fetchall()
    units, periods = rows[0]
    if units * periods > MOST_ROWS:
        raise QueryError(
            f"{units:,} units in {periods:,} periods are {units * periods:,} rows, more than {MOST_ROWS:,}; choose "
            "countries, fewer days or longer periods"
        )
