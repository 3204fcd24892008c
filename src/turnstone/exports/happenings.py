"""Which report stands for each happening of `turnstone stories`, and how often and by whom that is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from turnstone.errors import ExportError
from turnstone.exports.events import NO_REVIEWS, Happening, Reported, Reviews
from turnstone.exports.selection import STATUSES, Selection
from turnstone.reviews import NAME
from turnstone.store import SCHEMAS, file_digest, manifest_of, table_path

if TYPE_CHECKING:
    import duckdb

_FOLDER = "stories"
_MEMORY_MB = 2_000
_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """The happenings of a record, each with the report that is exported. `happenings` counts all, `filtered` those of
    which no report is what was asked for; `left_out` counts, by status, those that the format cannot tell. `coded` is
    how many events were coded, behind which those are numbered that reviewers added.
    """

    happenings: int
    filtered: int
    left_out: Mapping[str, int]
    coded: int
    connection: duckdb.DuckDBPyConnection

    def of(self, events: Iterator[Reported]) -> Iterator[Reported]:
        """Of all events of the record those that stand for a happening, with it."""
        added = dict(self._rows(f"number > {self.coded}"))
        found = self._rows(f"number <= {self.coded}")
        waiting = next(found, None)
        for event in events:
            if waiting is not None and event.number == waiting[0]:
                yield replace(event, happening=waiting[1])
                waiting = next(found, None)
            elif event.number in added:
                yield replace(event, happening=added[event.number])

    def _rows(self, which: str) -> Iterator[tuple[int, Happening]]:
        for batch in self.connection.sql(_COUNTED.format(which=which)).to_arrow_reader(_ROWS):
            for row in batch.to_pylist():
                yield row.pop("number"), Happening(**row)


@contextmanager
def chosen(
    directory: Path,
    selection: Selection,
    statuses: frozenset[str],
    reviews: Reviews = NO_REVIEWS,
    as_coded: bool = False,
) -> Iterator[Chosen]:
    """The happenings of a record, its events being those of `reviews`. The report of each is, of those that are asked
    for and have one of the `statuses` that the format can tell, the first that has the happening's status, type and
    days, or the first two, or the first. Raises ExportError where the stories are not known, or are those of another
    state of the record or its reviews; `as_coded`, where they were found after review.
    """
    import duckdb

    files = _files(directory, as_coded)
    asked = {
        "first": selection.first_day,
        "last": selection.last_day,
        "confidence": selection.least_confidence,
        "asked": sorted(selection.statuses or STATUSES),
        "told": sorted(statuses),
    }
    with (
        TemporaryDirectory(prefix="turnstone-export-") as scratch,
        duckdb.connect(config={"memory_limit": f"{_MEMORY_MB}MB", "temp_directory": scratch}) as connection,
    ):
        for name, path in files.items():
            quoted = str(path).replace("'", "''")
            options = ", file_row_number = true" if name == "coded" else ""
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}'{options})")
        connection.register("held", _held(reviews))
        connection.register("rejected", _rejected(reviews))
        connection.execute(_EVENTS)
        connection.execute(_CHOSEN, asked)
        total, filtered = connection.sql("SELECT count(*), count(*) FILTER (status IS NULL) FROM chosen").fetchall()[0]
        coded = connection.sql("SELECT count(*) FROM coded").fetchall()[0][0]
        left_out = connection.sql(
            "SELECT status, count(*) FROM chosen WHERE number IS NULL AND status IS NOT NULL GROUP BY 1 ORDER BY 1"
        ).fetchall()
        yield Chosen(total, filtered, dict(left_out), coded, connection)


_KEY = ("article_id", "event_id")
_SAID = (*_KEY, "event_type", "status", "first_day", "last_day", "confidence")


def _held(reviews: Reviews) -> Any:
    """What reviewers corrected and added, the latter with their numbers."""
    added = [one for some in reviews.added.values() for one in some]
    rows = [
        {name: one.event[name] for name in _SAID} | {"number": one.number or None}
        for one in (*reviews.changed.values(), *added)
    ]
    fields = [SCHEMAS["events"].field(name).remove_metadata() for name in _SAID]
    return pa.Table.from_pylist(rows, schema=pa.schema([*fields, ("number", pa.int64())]))


def _rejected(reviews: Reviews) -> Any:
    columns = zip(*sorted(reviews.rejected), strict=True) if reviews.rejected else ((), ())
    return pa.table([pa.array(column, pa.string()) for column in columns], names=list(_KEY))


_EVENTS = """
CREATE VIEW events AS
SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS number FROM coded
ANTI JOIN held USING (article_id, event_id) ANTI JOIN rejected USING (article_id, event_id)
UNION ALL BY NAME
SELECT held.* EXCLUDE (number), coalesce(file_row_number + 1, held.number) AS number
FROM held LEFT JOIN coded USING (article_id, event_id)"""

_CHOSEN = """
CREATE TEMP TABLE chosen AS
WITH report AS (
    SELECT happening_id, event.status, event.status = ANY($told) AS told,
           {'unlike': 4 * (event.status <> its.status)::INTEGER + 2 * (event.event_type <> its.event_type)::INTEGER
                      + ((event.first_day, event.last_day) <> (its.first_day, its.last_day))::INTEGER,
            'number': event.number} AS place,
           event.first_day >= coalesce($first::DATE, event.first_day)
           AND event.first_day <= coalesce($last::DATE, event.first_day)
           AND (event.confidence IS NULL OR event.confidence >= $confidence) AND event.status = ANY($asked) AS asked
    FROM events AS event JOIN links USING (article_id, event_id) JOIN happenings AS its USING (happening_id)
)
SELECT happening_id, (min(place) FILTER (asked AND told)).number AS number,
       arg_min(status, place.number) FILTER (asked) AS status
FROM report GROUP BY happening_id"""

_COUNTED = """
SELECT number, happening_id AS id, reports, sources, its.articles
FROM chosen JOIN happenings AS its USING (happening_id) WHERE {which} ORDER BY number"""


def _files(directory: Path, as_coded: bool) -> dict[str, Path]:
    remedy = f"find them with: turnstone stories {directory}"
    try:
        found = json.loads((directory / _FOLDER / "manifest.json").read_text(encoding="utf-8"))
        stories, said = found["record"], found.get("reviews")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportError(f"{directory}: its happenings are not known; {remedy}") from error
    record = manifest_of(directory)["files"]
    if any(record.get(f"{name}.parquet") != digest for name, digest in stories.items()):
        raise ExportError(f"{directory}: its happenings are those of the record before it changed; {remedy}")
    reviews = directory / NAME
    if as_coded and said is not None:
        raise ExportError(
            f"{directory}: its happenings were found after review, which makes them none of the events as coded; "
            "export happenings as reviewers have them, or reports as coded"
        )
    if not as_coded and said != (file_digest(reviews) if reviews.exists() else None):
        raise ExportError(f"{directory}: its happenings are those of the reviews before they changed; {remedy}")
    tables = {name: directory / _FOLDER / f"{name}.parquet" for name in ("links", "happenings")}
    return {"coded": table_path(directory, "events"), **tables}
