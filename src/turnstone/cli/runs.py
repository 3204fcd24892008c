"""turnstone runs"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from turnstone.cli.options import told

if TYPE_CHECKING:
    from turnstone.store.runs import LoggedRun

FIELDS = ("record", "run", "begun", "state", "given", "coded", "empty", "failed", "turnstone", "model", "inputs")


def runs(
    directories: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="DIR", show_default=False,
            help="Records that code wrote, or folders of them; this folder if not given.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each run.")] = False,
) -> None:  # fmt: skip
    """List the runs of records: when each was begun, whether it has finished, what became of its inputs, and which
    version and model coded them.
    """
    from rich.console import Console
    from rich.table import Table

    from turnstone.errors import StoreError

    console = Console()
    table = Table(*FIELDS, box=None, pad_edge=False)
    places = directories or [Path()]
    with told():
        found = [one for given in places for one in _runs(given)]
        if not found:
            where = ", ".join(str(place) for place in places)
            raise StoreError(f"{where}: no run was begun here; begin one with: turnstone code INPUT -o DIR")
    if not as_json and not console.is_terminal:
        typer.echo("\t".join(FIELDS))
    for record, run in found:
        if as_json:
            typer.echo(json.dumps({"record": str(record), **asdict(run)}))
        elif console.is_terminal:
            table.add_row(*_fields(record, run))
        else:
            typer.echo("\t".join(_fields(record, run)))
    if not as_json and console.is_terminal:
        console.print(table)


def _runs(directory: Path) -> Iterator[tuple[Path, LoggedRun]]:
    """The runs of a record, or of the records in a folder."""
    from turnstone.store.runs import NAME, logged

    places = [directory] if (directory / NAME).exists() else sorted(path.parent for path in directory.glob(f"*/{NAME}"))
    for place in places:
        for run in logged(place):
            yield place, run


def _fields(record: Path, run: LoggedRun) -> tuple[str, ...]:
    asked: dict[str, Any] = run.asked["input"]
    counts = (str(run.counts.get(name, "-")) for name in ("given", "coded", "empty", "failed"))
    state = f"{run.state}: {run.reason}" if run.reason else run.state
    inputs = "what was set aside" if asked["set_aside"] else " ".join(asked["inputs"])
    fields = (str(record), str(run.number), run.begun, state, *counts, run.version, run.model[:12], inputs)
    return tuple("".join(letter if letter.isprintable() else " " for letter in field) for field in fields)
