"""turnstone plan"""

from __future__ import annotations

import json
from typing import Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import told


def plan(
    inputs: options.Inputs,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="DIR", show_default=False,
            help="Where the record will be: a folder that all workers see, or an address in storage.",
        ),
    ],
    size: Annotated[
        int | None,
        typer.Option(
            "--size", min=1, metavar="N", show_default=False, help="How many inputs make a shard; 1000 if not given.",
        ),
    ] = None,
    date: options.Day = None,
    entities: options.Entities = None,
    allow_network: options.AllowNetwork = False,
    article_seconds: options.ArticleSeconds = None,
    article_cpu_seconds: options.ArticleCpuSeconds = None,
    article_memory: options.ArticleMemory = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    id_column: options.IdColumn = "id",
    date_column: options.DateColumn = "date",
    text_column: options.TextColumn = "text",
    title_column: options.TitleColumn = "title",
    publisher_column: options.PublisherColumn = "publisher",
    author_column: options.AuthorColumn = "author",
    url_column: options.UrlColumn = "url",
) -> None:  # fmt: skip
    """Cut inputs into numbered shards that workers code, on one machine or many, and merge commits."""
    columns = options.columns(
        id_column, date_column, text_column, title_column, publisher_column, author_column, url_column
    )
    with told():
        from turnstone.cli.planned import plan_into
        from turnstone.cli.recording import asked, limits_asked
        from turnstone.cluster.plan import INPUTS

        limits = limits_asked(article_seconds, article_cpu_seconds, article_memory)
        wanted = asked(inputs, date, columns, allow_network, entities or [], None, limits)
        found = plan_into(output, {**wanted, "planned": {"on": None, "address": None}}, size or INPUTS)
        if as_json:
            typer.echo(json.dumps({"record": output, "shards": found.shards, "inputs": found.inputs}))
            return
        typer.echo(f"{found.inputs:,} inputs in {found.shards:,} shards, from 0 to {found.shards - 1}: {output}")
        typer.echo(f"Next:   turnstone worker {output} --task I --of N, for every I from 0 to N - 1")
        typer.echo(f"        turnstone merge {output}")
