"""turnstone code"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told

if TYPE_CHECKING:
    from turnstone.knowledge.entity_files import EntityFile
    from turnstone.records import Article, Record, Refusal

MOST_PRINTED = 50


def code(
    inputs: options.Inputs,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="DIR", show_default=False,
            help="Where the record goes, a folder or an address in storage; without it, it is printed.",
        ),
    ] = None,
    date: options.Day = None,
    workers: options.Workers = None,
    entities: options.Entities = None,
    allow_network: options.AllowNetwork = False,
    article_seconds: options.ArticleSeconds = None,
    article_cpu_seconds: options.ArticleCpuSeconds = None,
    article_memory: options.ArticleMemory = None,
    on: Annotated[
        Literal["ray"] | None,
        typer.Option("--on", metavar="ray", show_default=False, help="Code on a Ray cluster instead of this machine."),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--address", metavar="ADDRESS", show_default=False,
            help="The Ray cluster, as auto or ray://host:10001; one of this machine's own if there is none.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    id_column: options.IdColumn = "id",
    date_column: options.DateColumn = "date",
    text_column: options.TextColumn = "text",
    title_column: options.TitleColumn = "title",
    publisher_column: options.PublisherColumn = "publisher",
    author_column: options.AuthorColumn = "author",
    url_column: options.UrlColumn = "url",
) -> None:  # fmt: skip
    """Code articles into a record. Without -o it is printed; with it, it is a folder of Parquet tables: events,
    participants, attributions, places, dates, the articles themselves, and a ledger of every input.
    """
    columns = options.columns(
        id_column, date_column, text_column, title_column, publisher_column, author_column, url_column
    )
    if (on and output is None) or (address and not on):
        raise typer.BadParameter("--on needs -o DIR, and --address needs --on ray")
    with told():
        if output is None:
            from turnstone import api
            from turnstone.reading import read

            articles = read(inputs, date=date, columns=columns, allow_network=allow_network)
            _print(articles, as_json, api.entity_files(entities or ()))
        else:
            from turnstone import storage
            from turnstone.cli.recording import asked, code_into, limits_asked

            limits = limits_asked(article_seconds, article_cpu_seconds, article_memory)
            wanted = asked(inputs, date, columns, allow_network, entities or [], workers, limits)
            local = Path(output) if not storage.is_storage(output) else storage.local_path(output)
            if local is not None and not on:
                code_into(local, wanted, as_json)
            else:
                from turnstone.cli.planned import code_planned

                planned = {"on": on, "address": address}
                code_planned(str(local.absolute()) if local else output, {**wanted, "planned": planned}, as_json)


def _print(articles: Iterator[Article | Refusal], as_json: bool, files: tuple[EntityFile, ...]) -> None:
    from turnstone import api
    from turnstone.cli.output import print_records
    from turnstone.coding_process import attempt
    from turnstone.records import Refusal
    from turnstone.store.json_lines import as_json as record_as_json

    counts: Counter[str] = Counter(given=0, coded=0, empty=0, failed=0, events=0)
    refused: list[Refusal] = []
    kept: list[dict[str, Any]] = []
    cut = False

    def records() -> Iterator[Record]:
        nonlocal cut
        coder = api.make_coder(*files)
        for value in articles:
            if counts["given"] == MOST_PRINTED:
                cut = True
                return
            counts["given"] += 1
            record = value if isinstance(value, Refusal) else attempt(coder, value)
            if isinstance(record, Refusal):
                counts["failed"] += 1
                refused.append(record)
                continue
            counts["coded" if record.coded.events else "empty"] += 1
            counts["events"] += len(record.coded.events)
            yield record

    if as_json:
        kept = [record_as_json(record) for record in records()]
    else:
        print_records(records())
    for one in refused:
        note(f"turnstone: {one.origin}: {one.reason}; {one.remedy}")
    if as_json:
        failures = [{"origin": one.origin, "id": one.id, "reason": one.reason, "remedy": one.remedy} for one in refused]
        typer.echo(json.dumps({**counts, "more": cut, "failures": failures, "articles": kept}, ensure_ascii=False))
    if cut:
        note(f"turnstone: these are the first {MOST_PRINTED} inputs; code them all with -o DIR")
    if counts["given"] and counts["failed"] == counts["given"]:
        raise typer.Exit(1)
