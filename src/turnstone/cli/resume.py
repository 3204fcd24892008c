"""turnstone resume"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told


def resume(
    given: Annotated[
        str, typer.Argument(metavar="DIR", show_default=False, help="A record that code or plan was writing.")
    ],
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Try the articles again that could not be coded, and only those.")
    ] = False,
    workers: options.Workers = None,
    article_seconds: options.ArticleSeconds = None,
    article_cpu_seconds: options.ArticleCpuSeconds = None,
    article_memory: options.ArticleMemory = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each run.")] = False,
) -> None:
    """Go on with runs that were stopped or killed. Inputs and options are those that code was given; workers and limits
    may be given anew.
    """
    from turnstone import storage
    from turnstone.cli.recording import code_again, limits_asked
    from turnstone.errors import StoreError
    from turnstone.store.runs import FINISHED, logged

    with told():
        local = storage.local_path(given) if storage.is_storage(given) else Path(given)
        if local is None:
            _resume_stored(given, set_aside, workers, as_json)
            return
        directory = local.absolute()
        known = logged(directory)
        if not known:
            raise StoreError(
                f"{directory}: no run was begun here, so there is none to go on with; begin one with: "
                f"turnstone code INPUT -o {directory}"
            )
        unfinished = known[-1:] if set_aside else [one for one in known if one.state != FINISHED]
        if not unfinished:
            note(f"turnstone: {directory}: all runs have finished; there is nothing to go on with")
        for run in unfinished:
            limits = limits_asked(article_seconds, article_cpu_seconds, article_memory, run.asked["limits"])
            code_again(run, directory, set_aside, workers, limits, as_json)


def _resume_stored(address: str, set_aside: bool, workers: int | None, as_json: bool) -> None:
    from turnstone.cli.planned import code_planned
    from turnstone.cluster.plan import open_plan
    from turnstone.errors import StorageError

    if set_aside:
        raise StorageError(
            f"{address}: what was set aside is tried again in a folder only; copy the record to one first"
        )
    plan = open_plan(address)
    wanted = {**plan.asked, "workers": plan.asked["workers"] if workers is None else workers}
    code_planned(address, wanted, as_json, plan.run.digest)
