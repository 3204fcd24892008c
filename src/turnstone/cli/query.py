"""turnstone query"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnstone.cli.options import note, told

if TYPE_CHECKING:
    from turnstone.query import Rows

_PRINTED, _IN_A_FILE = 1_000, 1_000_000


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def query(
    directory: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="A record directory.")],
    sql: Annotated[
        str,
        typer.Argument(metavar="SQL", show_default=False, help="One SELECT over the tables and views; - reads it."),
    ],
    kind: Annotated[
        Format | None,
        typer.Option("--format", show_default=False, help="By the name of the file if not given, else table."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", show_default=False, help="Where the rows go."),
    ] = None,
    rows: Annotated[
        int | None,
        typer.Option(
            "--rows", min=1, metavar="N", show_default=False,
            help=f"The most rows; {_PRINTED:,} if not given, into a file {_IN_A_FILE:,}.",
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, metavar="N", help="The most seconds by the clock.")
    ] = 30.0,
    memory: Annotated[int, typer.Option("--memory", min=50, metavar="MB", help="The most memory.")] = 1_000,
    threads: Annotated[int, typer.Option("--threads", min=1, metavar="N", help="Processors.")] = 2,
) -> None:  # fmt: skip
    """Ask a record in SQL (DuckDB's). One SELECT over the record's tables and the ready views events_with_names, dyads,
    country_roles, one_a_day and coverage, which are as reviewers have the events (coded_dyads and so on: as coded), and
    corrected_events and corrected_participants; SHOW TABLES and DESCRIBE name them and their columns. The query
    runs in a process of its own that reads nothing else, writes nothing, and ends at its limits.
    """
    with told():
        from turnstone.analysis.labels import EVENT_TYPES, STATUSES
        from turnstone.query import Limits, run
        from turnstone.query.asked_values import strange_values

        if sql == "-":
            sql = typer.get_text_stream("stdin").read()
        chosen = chosen_format(kind, output)
        limits = Limits(seconds, memory, threads, rows or (_IN_A_FILE if output else _PRINTED))
        result = run(directory, sql, limits, lambda text: note(f"turnstone: {text}"))
        put(result, chosen, output)
        for remark in strange_values(sql, EVENT_TYPES, STATUSES):
            note(f"turnstone: {remark}")
        if result.more:
            note(f"turnstone: these are the first {limits.rows:,} rows; --rows allows more")


def chosen_format(kind: Format | None, output: Path | None, remedy: str = "or add --format") -> Format:
    """The format asked for, or that of the file's name. `remedy` is what else than another name helps."""
    from turnstone.errors import QueryError

    if kind is None and output is not None:
        ending = output.suffix.lstrip(".").lower()
        if ending not in ("csv", "json", "parquet"):
            raise QueryError(
                f"{output}: no format is named {ending!r}; name it .csv, .json or .parquet"
                + (f", {remedy}" if remedy else "")
            )
        return Format(ending)
    if kind is Format.parquet and output is None:
        raise QueryError("Parquet cannot be printed; give a file with -o")
    return kind or Format.table


def put(result: Rows, kind: Format, output: Path | None) -> None:
    """Prints the rows, or writes them into a file that is whole or not there."""
    from turnstone.cli.output import writing
    from turnstone.query import write
    from turnstone.query.result import write_parquet

    if kind is Format.parquet and output is not None:
        write_parquet(result, output)
        return
    with writing(str(output) if output else "-") as out:
        write(result, kind.value, out)
