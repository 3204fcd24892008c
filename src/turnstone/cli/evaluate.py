"""turnstone evaluate"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnstone.cli.options import note, told

if TYPE_CHECKING:
    from turnstone.evaluation import Report

MOST_CONFUSIONS = 15


class Layer(StrEnum):
    """What can be scored."""

    PARSE = "parse"
    MENTIONS = "mentions"
    ATTRIBUTIONS = "attributions"
    EVENTS = "events"
    PAIRS = "pairs"
    DATES = "dates"
    PLACES = "places"


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", show_default=False, help="What is right, in a format of the layer.")
    ],
    predicted: Annotated[
        Path, typer.Argument(metavar="PREDICTED", show_default=False, help="What turnstone wrote for the same texts.")
    ],
    layer: Annotated[Layer, typer.Option("--layer", show_default=False, help="What to score.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    samples: Annotated[
        int, typer.Option("--samples", min=0, metavar="N", help="Draws for the intervals; 0 for no intervals.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, metavar="N", help="Where the draws begin.")] = 0,
) -> None:
    """Score a prediction against a gold file: precision, recall and F1 or accuracy, each with a 95 % bootstrap
    interval, and what was taken for what. GOLD is CoNLL-U (parse), IOB2 or JSON lines of analyse (mentions), a folder
    of brat files or JSON lines (attributions), reports of our corpus, JSON lines or PLOVER JSON (events), a table
    (pairs), JSON lines (dates), JSON lines or GeoVirus XML (places).
    """
    from turnstone.evaluation import evaluate as scored

    with told():
        report = scored(gold, predicted, layer.value, samples, seed)
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, allow_nan=False))
        if report.missing:
            note(f"turnstone: {len(report.missing):,} of the gold missing in {predicted}, counted as missed")
    else:
        _print(report)


def _print(report: Report) -> None:
    from rich.console import Console

    from turnstone.evaluation.tables import confusions, heading, scores

    console = Console()
    if not console.is_terminal:
        console.width = 120
    console.print(heading(report), highlight=False, markup=False)
    for table in (*scores(report), *confusions(report, MOST_CONFUSIONS)):
        console.print()
        console.print(table)
