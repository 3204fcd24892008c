"""turnstone panel"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told
from turnstone.cli.query import Format, chosen_format, put


class Unit(StrEnum):
    dyad = "dyad"
    country = "country"


class Period(StrEnum):
    day = "day"
    week = "week"
    month = "month"
    year = "year"


class Role(StrEnum):
    actor = "actor"
    recipient = "recipient"
    either = "either"


def panel(
    directory: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="A record directory.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False,
            help="A file named .csv, .parquet or .json; without it printed as CSV.",
        ),
    ] = None,
    unit: Annotated[Unit, typer.Option("--unit", help="Directed pairs of countries, or countries.")] = Unit.dyad,
    by: Annotated[Period, typer.Option("--by", help="The length of a period; weeks begin on Monday.")] = Period.month,
    role: Annotated[Role, typer.Option("--role", help="Of a country: as what it counts.")] = Role.actor,
    one_a_day: Annotated[
        bool, typer.Option("--one-a-day", help="Count one event a day of each type, actor and recipient.")
    ] = False,
    happenings: Annotated[
        bool, typer.Option("--happenings", help="Count happenings, which turnstone stories has found, not reports.")
    ] = False,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status", metavar="STATUS", show_default=False,
            help="Count events that are happened, historical, future, hypothetical or negated, or all; may be given "
            "several times; happened if not given.",
        ),
    ] = None,
    first: Annotated[
        dt.date | None,
        typer.Option(
            "--from", metavar="DATE", parser=options.day, show_default=False,
            help="From the period of this day; of the first article if not given.",
        ),
    ] = None,
    last: Annotated[
        dt.date | None,
        typer.Option(
            "--to", metavar="DATE", parser=options.day, show_default=False,
            help="To the period of this day; of the last article if not given.",
        ),
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(
            "--country", metavar="CODE", show_default=False,
            help="Only this country, as RUS; may be given several times. Of a pair both must be among them.",
        ),
    ] = None,
    as_coded: Annotated[
        bool, typer.Option("--as-coded", help="Count what was coded, whatever reviewers said of it.")
    ] = False,
    threads: Annotated[int, typer.Option("--threads", min=1, metavar="N", help="Processors.")] = 2,
) -> None:  # fmt: skip
    """Count a record's events by country or pair of countries and period: by type and quad class, with scores, COW and
    Gleditsch-Ward numbers, zeros for silent periods, and how many articles were read in each.
    """
    with told():
        from turnstone.query import Panel
        from turnstone.query import panel as counted

        kind = chosen_format(None, output, remedy="") if output else Format.csv
        statuses = () if "all" in (status or ()) else tuple(status or ("happened",))
        what = Panel(
            unit.value,
            by.value,
            role.value,
            one_a_day,
            happenings,
            statuses,
            first,
            last,
            tuple(country or ()),
            as_coded,
        )
        put(counted(directory, what, threads, lambda text: note(f"turnstone: {text}")), kind, output)
