"""turnstone classify"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from turnstone.cli.options import told
from turnstone.cli.output import writing


def classify(
    pairs: Annotated[
        Path,
        typer.Argument(
            metavar="PAIRS.tsv", show_default=False,
            help="Columns sentence, source and target, or marked_sentence with <s>..</s> and <t>..</t>.",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where the table goes; - is standard output.")
    ] = "-",
) -> None:  # fmt: skip
    """Classify marked pairs. To each row, what the source does to the target in the sentence is added: event_type,
    one of 15 classes, and confidence.
    """
    from turnstone.analysis.model import Model
    from turnstone.analysis.pairs import classify_pair
    from turnstone.pairs import classified, read_pairs

    with told():
        file = read_pairs(pairs)
        with writing(output) as out:
            out.writelines(classified(file, partial(classify_pair, Model())))
