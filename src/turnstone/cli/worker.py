"""turnstone worker"""

from __future__ import annotations

import json
from typing import Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import told


def worker(
    directory: Annotated[
        str, typer.Argument(metavar="DIR", show_default=False, help="What plan was given with -o.")
    ],
    shards: Annotated[
        str | None,
        typer.Option("--shards", metavar="NUMBERS", show_default=False, help="These shards, as 0-99,120."),
    ] = None,
    task: Annotated[
        int | None,
        typer.Option("--task", metavar="I", show_default=False, help="This task's share of the shards, with --of."),
    ] = None,
    of: Annotated[
        int | None,
        typer.Option("--of", min=1, metavar="N", show_default=False, help="How many tasks there are, from 0 to N - 1."),
    ] = None,
    workers: options.Workers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:  # fmt: skip
    """Code shards of a plan: those given by number, the share of one task of several, or all. Those that are there are
    left alone; any number of workers may work at once.
    """
    if (task is None) != (of is None) or (task is not None and shards is not None):
        raise typer.BadParameter("give --shards, or --task with --of, or neither for all shards")
    with told():
        from turnstone.cli.planned import coder_of
        from turnstone.cli.recording import bar
        from turnstone.cluster.plan import chosen, open_plan, share
        from turnstone.cluster.work import work

        plan = open_plan(directory)
        if task is not None and of is not None:
            numbers = list(share(task, of, plan.shards))
        else:
            numbers = list(range(plan.shards)) if shards is None else chosen(shards, plan.shards)
        count = options.cores() if workers is None else workers
        with coder_of(plan) as make_coder, bar(shown=not as_json) as progress:
            done = work(plan, numbers, make_coder, count, progress)
        missing = len(plan.missing())
        if as_json:
            typer.echo(json.dumps({"chosen": len(numbers), "coded": done, "missing": missing, "shards": plan.shards}))
            return
        typer.echo(f"{done:,} of {len(numbers):,} shards coded, {len(numbers) - done:,} were there already")
        typer.echo(f"{missing:,} of {plan.shards:,} are missing" if missing else f"Next:   turnstone merge {directory}")
