"""What the commands share: options, and errors as messages."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnstone.errors import TurnstoneError

if TYPE_CHECKING:
    from turnstone.reading import Columns


def day(text: str) -> dt.date:
    from turnstone.reading import dates
    from turnstone.reading.unreadable import Unreadable

    try:
        return dates.parse(text)
    except Unreadable as error:
        raise typer.BadParameter(f"{error.reason}; {error.remedy}") from error


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT", help="Files, folders, globs, addresses, or - for standard input.", show_default=False
    ),
]
Day = Annotated[
    dt.date | None,
    typer.Option("--date", parser=day, metavar="DATE", help="The date of articles that state none, as 2023-03-21."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", min=0, metavar="N", show_default=False,
        help="Processes; as many as there are cores if not given, 0 for none but this one.",
    ),
]  # fmt: skip


Entities = Annotated[
    list[Path] | None,
    typer.Option(
        "--entities", metavar="FILE", show_default=False,
        help="A YAML file of entities that adds to the packaged ones or replaces some; may be given several times.",
    ),
]  # fmt: skip

AllowNetwork = Annotated[
    bool,
    typer.Option("--allow-network", help="Fetch inputs that are http or https addresses, from public machines only."),
]


ArticleSeconds = Annotated[
    float | None,
    typer.Option(
        "--article-seconds", min=1, metavar="N", show_default=False,
        help="The most seconds by the clock that one article may take in a worker process; 600 if not given.",
    ),
]  # fmt: skip
ArticleCpuSeconds = Annotated[
    int | None,
    typer.Option(
        "--article-cpu-seconds", min=1, metavar="N", show_default=False,
        help="The most seconds of processor time; 300 if not given.",
    ),
]  # fmt: skip
ArticleMemory = Annotated[
    int | None,
    typer.Option(
        "--article-memory", min=1, metavar="MB", show_default=False,
        help="The most memory by which a worker process may grow; 1000 MB if not given.",
    ),
]  # fmt: skip


def _column(what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{what}-column", metavar="NAME", help=f"The column or key of the {what}."
    )
    return option


IdColumn = Annotated[str, _column("id")]
DateColumn = Annotated[str, _column("date")]
TextColumn = Annotated[str, _column("text")]
TitleColumn = Annotated[str, _column("title")]
PublisherColumn = Annotated[str, _column("publisher")]
AuthorColumn = Annotated[str, _column("author")]
UrlColumn = Annotated[str, _column("url")]


def columns(id: str, date: str, text: str, title: str, publisher: str, author: str, url: str) -> Columns:
    """The names of the columns as reading takes them."""
    from turnstone.reading import Columns

    return Columns(id, date, text, title, publisher, author, url)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def note(message: str) -> None:
    """Prints to standard error, where it is in nobody's way."""
    typer.echo(message, err=True)


@contextmanager
def told() -> Iterator[None]:
    """Errors raised on purpose end the command with their message and status 1, an interrupt with 130."""
    try:
        yield
    except TurnstoneError as error:
        note(f"turnstone: {error}")
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        note("turnstone: stopped")
        raise typer.Exit(130) from None
