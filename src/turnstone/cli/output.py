"""Records on standard output (tables on a terminal, lines elsewhere) and files that are complete or not there."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import typer

from turnstone.errors import StoreError, why_unwritten
from turnstone.records import Event, Record


def print_records(
    records: Iterable[Record], keep: Callable[[Event], bool] = lambda event: True, as_json: bool = False
) -> None:
    """Prints records as they come. `as_json` prints one object a line for each; on a terminal a table for each;
    elsewhere one line for each event, below a line that names its fields.
    """
    from rich.console import Console

    from turnstone.display import FIELDS, Shown, lines

    console = Console()
    first = True
    for record in records:
        if as_json:
            typer.echo(json.dumps(_as_json(record, keep), ensure_ascii=False))
        elif console.is_terminal:
            if not first:
                console.print()
            console.print(Shown(record, keep, header=first))
        else:
            if first:
                typer.echo("\t".join(FIELDS))
            for line in lines(record, keep):
                typer.echo(line.plain())
        first = False


def _as_json(record: Record, keep: Callable[[Event], bool]) -> dict[str, object]:
    from turnstone.store.json_lines import event_as_json

    article = record.article
    events = [
        event_as_json(record, event)
        | {
            "trigger_text": article.text[event.trigger.start : event.trigger.end],
            "sentence": article.text[event.evidence.start : event.evidence.end],
        }
        for event in record.coded.events
        if keep(event)
    ]
    return {"id": article.id, "published": article.published.isoformat(), "title": article.title, "events": events}


@contextmanager
def writing(output: str) -> Iterator[IO[str]]:
    """The output file, complete or not there: it has its name once all is written."""
    if output == "-":
        yield sys.stdout
        return
    path = Path(output)
    # Never put a file in the place of a device such as /dev/null.
    draft = path.with_name(f"{path.name}.part") if path.is_file() or not path.exists() else path
    try:
        file = draft.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({why_unwritten(path, error)}); choose another file") from error
    try:
        with file:
            yield file
        if draft != path:
            draft.replace(path)
    finally:
        if draft != path:
            draft.unlink(missing_ok=True)
