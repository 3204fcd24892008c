"""turnstone show"""

from __future__ import annotations

import datetime as dt
import gzip
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told

if TYPE_CHECKING:
    from turnstone.reading import Columns
    from turnstone.records import Event, Record

ON_A_TERMINAL = 50
_STATUSES = ("happened", "historical", "future", "hypothetical", "negated")
_HEAD_BYTES = 1 << 16


def show(
    source: Annotated[
        str,
        typer.Argument(
            metavar="DIR|FILE", show_default=False,
            help="A record directory, a file that analyse wrote, or anything that code reads.",
        ),
    ],
    article: Annotated[
        str | None, typer.Option("--article", metavar="ID", show_default=False, help="Only the article with this id.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=0, metavar="N", show_default=False,
            help=f"At most so many articles, 0 for all; {ON_A_TERMINAL} on a terminal, else all, if not given.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object an article, each on a line.")] = False,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="STATUS", show_default=False, help=f"Only events that are {', '.join(_STATUSES)}."
        ),
    ] = None,
    event_type: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", show_default=False, help="Only events of a type, as AGREE.")
    ] = None,
    entities: options.Entities = None,
    date: options.Day = None,
    id_column: options.IdColumn = "id",
    date_column: options.DateColumn = "date",
    text_column: options.TextColumn = "text",
    title_column: options.TitleColumn = "title",
    publisher_column: options.PublisherColumn = "publisher",
    author_column: options.AuthorColumn = "author",
    url_column: options.UrlColumn = "url",
) -> None:  # fmt: skip
    """Show a record as people read it. On a terminal a table for each article: date, who, what, to whom, status, on
    whose word, the sentence; elsewhere one line for each event, its fields between tabs.
    """
    from turnstone.analysis.labels import EVENT_TYPES
    from turnstone.cli.output import print_records

    if status is not None and status not in _STATUSES:
        raise typer.BadParameter(f"{status!r} is no status; give one of {', '.join(_STATUSES)}", param_hint="--status")
    if event_type is not None and event_type.upper() not in EVENT_TYPES:
        raise typer.BadParameter(
            f"{event_type!r} is no event type; give one of {', '.join(EVENT_TYPES)}", param_hint="--type"
        )
    columns = options.columns(
        id_column, date_column, text_column, title_column, publisher_column, author_column, url_column
    )

    def keep(event: Event) -> bool:
        return status in (None, event.status) and (event_type is None or event.event_type == event_type.upper())

    with told():
        if entities and (is_record_directory(source) or is_analysed(source)):
            raise typer.BadParameter(f"{source} is coded already; code its texts again", param_hint="--entities")
        if is_record_directory(source):
            _tell_reviews(Path(source))
            found = _stored(source, article)
        elif is_analysed(source):
            found = analysed(source)
        else:
            found = _read(_coded(source, date, columns, entities or []))
        if article is None:
            found = (record for record in found if any(map(keep, record.coded.events)))
        else:
            found = (record for record in found if record.article.id == article)
        most = limit if limit is not None else ON_A_TERMINAL if sys.stdout.isatty() else 0
        printed = 0

        def counted() -> Iterator[Record]:
            nonlocal printed
            for record in islice(found, most or None):
                printed += 1
                yield record

        print_records(counted(), keep, as_json)
        if most and printed == most and next(found, None) is not None:
            note(f"turnstone: these are the first {most} articles; --limit 0 shows all")
        if not printed:
            note(f"turnstone: {source} holds {_nothing(article, status, event_type)}")
            if article is not None:
                raise typer.Exit(1)


def _read(records: Iterator[Record]) -> Iterator[Record]:
    """The records themselves; where there is none, all inputs were refused and told, and the command has failed."""
    first = next(records, None)
    if first is None:
        raise typer.Exit(1)
    yield first
    yield from records


def _nothing(article: str | None, status: str | None, event_type: str | None) -> str:
    if article is not None:
        return f"no article {article!r}"
    asked = " ".join(filter(None, (status, event_type and event_type.upper())))
    return f"no {asked} event" if asked else "no event"


def is_record_directory(source: str) -> bool:
    """Whether this is a directory that code wrote."""
    path = Path(source)
    if source == "-" or not path.is_dir():
        return False
    from turnstone.store.stored import is_record

    return is_record(path)


def is_analysed(source: str) -> bool:
    """Whether this is a file that analyse wrote, going by its first line."""
    path = Path(source)
    if source == "-" or not path.is_file():
        return False
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, EOFError):
        return False
    # The contract is the first key, so that a line need not be read to its end.
    compact = head.replace(b" ", b"")
    return compact.startswith(b'{"contract":"turnstone-analyse/')


def _tell_reviews(directory: Path) -> None:
    """What is shown is the coding: says so where people have said otherwise."""
    from turnstone.reviews import read

    said = sum(one.verdict in ("correct", "reject", "missing") for one in read(directory).holding())
    if said:
        note(
            f"turnstone: this is what was coded; {said:,} reviews say otherwise, which serve, query, panel and export "
            "go by"
        )


def _stored(source: str, article: str | None) -> Iterator[Record]:
    from turnstone.store.stored import stored

    return stored(Path(source), article)


def analysed(source: str) -> Iterator[Record]:
    from turnstone.errors import ReadingError
    from turnstone.store.json_lines import record_of

    path = Path(source)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield record_of(line.decode(), f"{source}:{number}")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ReadingError(
            f"{source}: cannot be read ({error}); write the file again with: turnstone analyse"
        ) from error


def _coded(source: str, date: dt.date | None, columns: Columns, entities: list[Path]) -> Iterator[Record]:
    from turnstone import api
    from turnstone.coding_process import attempt
    from turnstone.reading import read
    from turnstone.records import Refusal

    files = api.entity_files(entities)
    for value in read([source], date=date, columns=columns):
        record = value if isinstance(value, Refusal) else attempt(api.make_coder(*files), value)
        if isinstance(record, Refusal):
            note(f"turnstone: {record.origin}: {record.reason}; {record.remedy}")
        else:
            yield record
