"""turnstone merge"""

from __future__ import annotations

import time
from typing import Annotated

import typer

from turnstone.cli.options import told


def merge(
    directory: Annotated[
        str, typer.Argument(metavar="DIR", show_default=False, help="What plan was given with -o.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:  # fmt: skip
    """Commit the shards of a plan that workers have coded, and remove the plan. Where shards are missing, it says which
    and commits nothing.
    """
    with told():
        from turnstone.cli.planned import merge_plan
        from turnstone.cluster.plan import open_plan

        merge_plan(open_plan(directory), as_json, time.monotonic())
