"""SQL over the record: read-only, in a process of its own that is killed at its limits."""

from __future__ import annotations

import csv
import datetime as dt
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Annotated, Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq
from fastapi import APIRouter, Form, HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from turnstone.errors import QueryError
from turnstone.query import Limits, Result, run
from turnstone.store import SCHEMAS, TABLES
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.workbench import Bench, Record, Workbench

router = APIRouter(tags=["sql"])
LINKS = (Link("SQL", "/sql", ("/sql",)),)

LIMITS = Limits(seconds=20, memory_mb=1_000, threads=2, rows=2_000)
TO_TAKE = Limits(seconds=60, memory_mb=1_500, threads=2, rows=200_000)
"""Limits of what is shown, and of what is taken away as a file."""

_LONGEST = 20_000

VIEWS = {
    "events_with_names": "an event in each row, with its article's day and the names, entities, countries and sectors "
    "of its actors and recipients",
    "dyads": "an event and a directed pair of countries in each row",
    "country_roles": "an event, a role and a country in each row",
    "one_a_day": "of reports of one day, type and pair of actors, the surest; events and reports say for how many",
}
EXAMPLES = {
    "How many events of each type": "SELECT event_type, count(*) AS events\nFROM events\nGROUP BY 1\nORDER BY 2 DESC",
    "Cooperation and conflict by year": "SELECT year(first_day)::INT AS year, quad, count(*) AS events\nFROM events\n"
    "WHERE status = 'happened' AND quad > 0\nGROUP BY 1, 2\nORDER BY 1, 2",
    "Who acts against whom": "SELECT actor_country, recipient_country, count(*) AS events, "
    "round(avg(score), 1) AS score\n"
    "FROM dyads\nWHERE actor_country <> recipient_country\nGROUP BY 1, 2\nORDER BY 3 DESC\nLIMIT 50",
    "The latest assaults, with names": "SELECT first_day, actor, recipient, place_name, evidence_text\n"
    "FROM events_with_names\nWHERE event_type = 'ASSAULT' AND status = 'happened'\nORDER BY first_day DESC\nLIMIT 100",
    "Who is quoted most": "SELECT speaker_name, speaker_country, count(*) AS statements\nFROM attributions\n"
    "WHERE speaker_name <> ''\nGROUP BY 1, 2\nORDER BY 3 DESC\nLIMIT 50",
    "Reports of each month": "SELECT date_trunc('month', published)::DATE AS month, count(*) AS articles\n"
    "FROM articles\nGROUP BY 1\nORDER BY 1",
}

Sql = Annotated[str, Field(max_length=_LONGEST)]


class ColumnHelp(BaseModel):
    """A column, its type and what it means."""

    name: str
    type: str
    meaning: str


class TableHelp(BaseModel):
    """A table or ready view that a query may name."""

    name: str
    meaning: str
    columns: list[ColumnHelp]


class Rows(BaseModel):
    """What a query gave. `more` says that rows were left out. Days are ISO dates, lists are lists."""

    columns: list[str]
    types: list[str]
    rows: list[list[Any]]
    more: bool
    seconds: float


class SqlPage(BaseModel):
    """A query with its rows or why there are none, and what can be asked."""

    query: str
    result: Rows | None
    error: str
    tables: list[TableHelp]
    examples: dict[str, str]


class AskedSql(BaseModel):
    """A query."""

    q: Sql = Field("", description="one SELECT, in DuckDB's SQL")
    chart: Literal["", "bar", "line", "scatter"] = ""
    x: Annotated[str, Field(max_length=200)] = ""
    y: Annotated[str, Field(max_length=200)] = ""
    series: Annotated[str, Field(max_length=200)] = ""


class Question(BaseModel):
    """A query for a program."""

    query: Annotated[str, Field(min_length=1, max_length=_LONGEST, description="one SELECT, in DuckDB's SQL")]
    rows: Annotated[int, Field(ge=1, le=100_000)] = LIMITS.rows


@router.get("/sql", include_in_schema=False)
@router.get("/api/sql", response_model=SqlPage)
def sql(request: Request, record: Record, asked: Annotated[AskedSql, Query()]) -> Response:
    """What can be asked: tables and columns with their meanings, and examples. A query in the address is shown, and
    runs when its form is sent.
    """
    return _answer(request, SqlPage(query=asked.q, result=None, error="", tables=help_(), examples=EXAMPLES), asked)


@router.post("/sql", include_in_schema=False)
def asked_here(request: Request, record: Record, bench: Bench, asked: Annotated[AskedSql, Form()]) -> Response:
    """Runs a query and shows its rows."""
    result, error = None, ""
    try:
        result = _rows(_run(bench, asked.q, LIMITS))
    except QueryError as refused:
        error = str(refused)
    page = SqlPage(query=asked.q, result=result, error=error, tables=help_(), examples=EXAMPLES)
    return _answer(request, page, asked, 422 if error else 200)


@router.post("/api/sql", response_model=Rows)
def ask(record: Record, bench: Bench, question: Question) -> Rows:
    """Runs a query and gives its rows."""
    limits = Limits(LIMITS.seconds, LIMITS.memory_mb, LIMITS.threads, question.rows)
    try:
        return _rows(_run(bench, question.query, limits))
    except QueryError as refused:
        raise HTTPException(422, str(refused)) from refused


@router.post("/sql.csv", include_in_schema=False)
def as_csv(record: Record, bench: Bench, asked: Annotated[AskedSql, Form()]) -> Response:
    """The rows of a query as CSV, lists as JSON would have them."""
    result = _taken(bench, asked.q)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_cell(name) for name in result.columns])
    writer.writerows([_cell(_plain(value)) for value in row] for row in result.rows())
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8", "query.csv")


@router.post("/sql.parquet", include_in_schema=False)
def as_parquet(record: Record, bench: Bench, asked: Annotated[AskedSql, Form()]) -> Response:
    """The rows of a query as Parquet."""
    out = io.BytesIO()
    try:
        pq.write_table(_taken(bench, asked.q).table, out, compression="zstd")
    except pa.ArrowException as error:
        raise HTTPException(422, f"the rows cannot be written as Parquet ({error}); take them as CSV") from error
    return _file(out.getvalue(), "application/vnd.apache.parquet", "query.parquet")


@cache
def help_() -> list[TableHelp]:
    """The tables and ready views with their columns."""
    meanings = {
        field.name: (field.metadata or {}).get(b"description", b"").decode()
        for name in ("participants", "articles", "events")
        for field in SCHEMAS[name]
    }
    tables = [
        TableHelp(
            name=name,
            meaning="",
            columns=[
                ColumnHelp(
                    name=field.name, type=str(field.type).replace("item: ", ""),
                    meaning=(field.metadata or {}).get(b"description", b"").decode(),
                )
                for field in SCHEMAS[name]
            ],
        )
        for name in TABLES
    ]  # fmt: skip
    views = [
        TableHelp(
            name=name, meaning=said,
            columns=[ColumnHelp(name=one, type="", meaning=meanings.get(one, "")) for one in _VIEW_COLUMNS[name]],
        )
        for name, said in VIEWS.items()
    ]  # fmt: skip
    return views + tables


_COUNTED = ("event_row", "article_id", "event_id", "first_day", "last_day", "event_type", "quad", "score", "status")
_SIDE = ("", "_entity_id", "_country", "_sector")
_VIEW_COLUMNS: dict[str, tuple[str, ...]] = {
    "events_with_names": (
        "event_row", "article_id", "event_id", "published", "publisher", "title", "event_type", "modes", "contexts",
        "quad", "score", "status", "first_day", "last_day", "granularity",
        *(f"{role}{part}" for role in ("actor", "recipient") for part in _SIDE),
        "actors", "actor_countries", "recipients", "recipient_countries", "place_name", "place_country",
        "place_latitude", "place_longitude", "speaker_name", "outlet", "trigger_text", "evidence_text", "confidence",
    ),
    "dyads": (*_COUNTED, "confidence", "actor_country", "recipient_country"),
    "country_roles": (*_COUNTED, "confidence", "role", "country"),
    "one_a_day": (
        *(name for name in _COUNTED if name != "last_day"),
        "actor_country", "actor_sector", "recipient_country", "recipient_sector", "confidence", "events", "reports",
    ),
}  # fmt: skip


def _answer(request: Request, page: SqlPage, asked: AskedSql, status: int = 200) -> Response:
    data = None
    if page.result is not None:
        data = {"columns": page.result.columns, "types": page.result.types, "rows": page.result.rows}
    return answer(request, "sql.html", page, status, asked=asked, data=data, limits=LIMITS, to_take=TO_TAKE)


def _run(bench: Workbench, query: str, limits: Limits) -> Result:
    with _turn():
        return run(bench.directory, query, limits)


_TURNS = threading.BoundedSemaphore(2)


@contextmanager
def _turn() -> Iterator[None]:
    """Queries take memory and processors: two at a time."""
    if not _TURNS.acquire(timeout=5):
        raise HTTPException(409, "two queries are at work already; ask again when one has ended")
    try:
        yield
    finally:
        _TURNS.release()


def _taken(bench: Workbench, query: str) -> Result:
    try:
        return _run(bench, query, TO_TAKE)
    except QueryError as refused:
        raise HTTPException(422, str(refused)) from refused


def _rows(result: Result) -> Rows:
    return Rows(
        columns=result.columns,
        types=[str(kind) for kind in result.table.schema.types],
        rows=[[_plain(value) for value in row] for row in result.rows()],
        more=result.more,
        seconds=round(result.seconds, 3),
    )


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value)


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
