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
app.command("plan", short_help="Cut inputs into shards for many machines.")(plan.plan)
app.command("worker", short_help="Code shards of a plan.")(worker.worker)
app.command("merge", short_help="Put the coded shards of a plan into the record.")(merge.merge)
app.command("runs", short_help="List the runs of records, and how they ended.")(runs.runs)
app.command("show")(show.show)
app.command("query")(query.query)
app.command("panel", short_help="Count events by country or pair, and period.")(panel.panel)
app.command("diff", short_help="Say in what two records differ, and why.")(provenance.diff)
app.command("bundle", short_help="Put all that decided a record into one file.")(provenance.bundle)
app.command("unbundle", short_help="Unpack a bundle.")(provenance.unbundle)
app.command("verify", short_help="Code a bundle again and compare.")(provenance.verify)
app.command("stories", short_help="Find copies, and reports of one happening.")(stories.stories)
app.command("serve")(serve.serve)
app.command("analyse")(analyse.analyse)
app.command("classify")(classify.classify)
app.command("export", short_help="Write events as GDELT, ICEWS, CSV and others.")(export.export)
app.command("evaluate", short_help="Score what turnstone wrote against your gold.")(evaluate.evaluate)
app.add_typer(entities.app, name="entities", short_help="Who is who: check, import and list entities.")
app.add_typer(reviews.app, name="reviews", short_help="What people said of a record's events.")
