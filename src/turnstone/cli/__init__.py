"""The command line: flags in, one library call, print. What is slow to import is imported inside the commands."""

from __future__ import annotations

from typing import Annotated

import typer

from turnstone import __version__
from turnstone.cli import (
    analyse,
    classify,
    code,
    entities,
    evaluate,
    export,
    merge,
    panel,
    plan,
    provenance,
    query,
    resume,
    reviews,
    runs,
    serve,
    show,
    stories,
    worker,
)

app = typer.Typer(
    name="turnstone",
    help="Codes dated news reports into political events: who did or said what to whom, when, where, on whose word.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"turnstone {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


app.command("code")(code.code)
app.command("resume")(resume.resume)
app.command("plan")(plan.plan)
app.command("worker")(worker.worker)
app.command("merge")(merge.merge)
app.command("runs")(runs.runs)
app.command("show")(show.show)
app.command("query")(query.query)
app.command("panel")(panel.panel)
app.command("diff")(provenance.diff)
app.command("bundle")(provenance.bundle)
app.command("unbundle")(provenance.unbundle)
app.command("verify")(provenance.verify)
app.command("stories")(stories.stories)
app.command("serve")(serve.serve)
app.command("analyse")(analyse.analyse)
app.command("classify")(classify.classify)
app.command("export")(export.export)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(entities.app, name="entities")
app.add_typer(reviews.app, name="reviews")
