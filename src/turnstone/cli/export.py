"""turnstone export"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told

if TYPE_CHECKING:
    from turnstone.exports import Exported

SHOWN = 10


def export(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", show_default=False, help="A record directory, as code writes it.")
    ],
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", show_default=False,
            help="gdelt1, gdelt2, icews, polecat, phoenix, plover, csv, tsv, parquet or geojson.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE_OR_FOLDER", show_default=False,
            help="The file, compressed where its name ends in .gz; or a folder, in which it is named after the format.",
        ),
    ],
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status", metavar="STATUS", show_default=False,
            help="Only events that are happened, historical, future, hypothetical or negated, or all; may be given "
            "several times. If not given, only what happened for formats without a status (gdelt1, gdelt2, icews, "
            "polecat, phoenix), else all.",
        ),
    ] = None,
    first_day: Annotated[
        dt.date | None,
        typer.Option("--from", parser=options.day, metavar="DATE", help="Only events that begin on this day or later."),
    ] = None,
    last_day: Annotated[
        dt.date | None,
        typer.Option("--to", parser=options.day, metavar="DATE", help="Only events that begin on this day or earlier."),
    ] = None,
    least_confidence: Annotated[
        float,
        typer.Option("--least-confidence", min=0, max=1, metavar="P", help="Only events of at least this confidence."),
    ] = 0.0,
    happenings: Annotated[
        bool,
        typer.Option(
            "--happenings",
            help="A row for each happening that turnstone stories has found, with its reports counted, not for each.",
        ),
    ] = False,
    spreadsheet_safe: Annotated[
        bool,
        typer.Option(
            "--spreadsheet-safe",
            help="Put an apostrophe before text that a spreadsheet would take for a formula (= + - @, tab, line feed).",
        ),
    ] = False,
    as_coded: Annotated[
        bool, typer.Option("--as-coded", help="Events as they were coded, whatever reviewers said of them.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of the summary.")] = False,
) -> None:  # fmt: skip
    """Write the events of a record as a file that scripts for GDELT, ICEWS, POLECAT, Phoenix or PLOVER read, or as one
    table (csv, tsv, parquet, geojson). Beside it stand its description (datapackage.json) and, where the format cannot
    hold something, what was lost (FILE.loss.csv).
    """
    from turnstone.exports import STATUSES, Selection
    from turnstone.exports import export as write

    asked = frozenset(STATUSES if "all" in (status or ()) else status or ())
    with told():
        selection = Selection(asked, first_day, last_day, least_confidence)
        found = write(
            directory,
            format,
            output,
            selection,
            spreadsheet_safe=spreadsheet_safe,
            happenings=happenings,
            as_coded=as_coded,
        )
    if as_json:
        typer.echo(json.dumps(_as_json(found), ensure_ascii=False))
        return
    typer.echo(
        f"{found.path}: {_count(found.written, 'happening' if happenings else 'event')} in {_count(found.rows, 'row')}"
    )
    if found.reviews:
        counts = ", ".join(f"{found.reviews[name]:,} {name}" for name in ("corrected", "rejected", "added"))
        typer.echo(f"As reviewers have them: {counts} (--as-coded leaves that out)")
    for number, what in (
        (found.filtered, "left out by the filters"),
        (found.status_left_out, "left out: the format cannot tell that they did not happen; --status all keeps them"),
        (found.without_code, "not written: the codebook has no CAMEO code for them"),
    ):
        if number:
            typer.echo(f"{number:10,} {what}")
    if found.losses:
        typer.echo(f"What the format does not hold, by number of events ({found.losses} has all):")
        for what, value, becomes, events in sorted(found.lost, key=lambda row: -row[3])[:SHOWN]:
            typer.echo(f"{events:10,} {what}: {value}" + (f" -> {becomes}" if becomes else ""))
    note(f"turnstone: described in {found.package}")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _as_json(found: Exported) -> dict[str, object]:
    return {
        "file": str(found.path),
        "package": str(found.package),
        "losses": str(found.losses) if found.losses else None,
        "events": found.events,
        "written": found.written,
        "rows": found.rows,
        "filtered": found.filtered,
        "status_left_out": found.status_left_out,
        "without_code": found.without_code,
        "reviews": found.reviews,
        "lost": [dict(zip(("what", "value", "becomes", "events"), row, strict=True)) for row in found.lost],
    }
