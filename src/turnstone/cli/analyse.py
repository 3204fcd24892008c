"""turnstone analyse"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told
from turnstone.cli.output import writing


def analyse(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT", show_default=False, help="Files, folders, globs, addresses, or - for standard input."
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Where the lines go; - is standard output."),
    ] = "-",
    conllu: Annotated[
        Path | None,
        typer.Option(
            "--conllu", metavar="FILE", show_default=False,
            help="Parse the words of this CoNLL-U file instead, and write CoNLL-U.",
        ),
    ] = None,
    date: options.Day = None,
    workers: options.Workers = None,
    entities: options.Entities = None,
    allow_network: options.AllowNetwork = False,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger", metavar="FILE", show_default=False,
            help="Write refused inputs here, as JSON lines: origin, id, reason, remedy.",
        ),
    ] = None,
    id_column: options.IdColumn = "id",
    date_column: options.DateColumn = "date",
    text_column: options.TextColumn = "text",
    title_column: options.TitleColumn = "title",
    publisher_column: options.PublisherColumn = "publisher",
    author_column: options.AuthorColumn = "author",
    url_column: options.UrlColumn = "url",
) -> None:  # fmt: skip
    """Write every layer as JSON lines. One object an article, in the order given; what could not be read is told on
    standard error.
    """
    if (conllu is None) == (not inputs):
        raise typer.BadParameter("give either inputs or --conllu FILE", param_hint="INPUT...")
    if conllu is not None:
        with told():
            _conllu(conllu, output)
        return
    from turnstone import api
    from turnstone.knowledge.entities import load_entities
    from turnstone.ordered import analysed_lines
    from turnstone.reading import read
    from turnstone.records import Refusal

    columns = options.columns(
        id_column, date_column, text_column, title_column, publisher_column, author_column, url_column
    )
    analysed = refused = 0
    with told(), writing(output) as file, _ledger(ledger) as refusals:
        files = api.entity_files(entities or ())
        if files:  # a file at fault is told here, not by every process
            load_entities(*files)
        articles = read(inputs or [], date=date, columns=columns, allow_network=allow_network)
        make_coder = partial(api.make_coder, *files)
        for line in analysed_lines(articles, make_coder, options.cores() if workers is None else workers):
            if isinstance(line, Refusal):
                refused += 1
                note(f"turnstone: {line.origin}: {line.reason}; {line.remedy}")
                if refusals:
                    row = {"origin": line.origin, "id": line.id, "reason": line.reason, "remedy": line.remedy}
                    refusals.write(json.dumps(row, ensure_ascii=False) + "\n")
            else:
                analysed += 1
                file.write(line + "\n")
    note(f"{analysed:,} analysed, {refused:,} refused")
    if refused and not analysed:
        raise typer.Exit(1)


def _conllu(path: Path, output: str) -> None:
    from turnstone.analysis.analyse import parse
    from turnstone.analysis.conllu import parse_lines
    from turnstone.analysis.model import Model
    from turnstone.errors import ReadingError

    model = Model()
    try:
        with path.open(encoding="utf-8", newline="\n") as lines, writing(output) as file:
            file.writelines(parse_lines(lines, partial(parse, model=model), str(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"{path}: cannot be read ({error}); give a CoNLL-U file in UTF-8") from error


@contextmanager
def _ledger(path: Path | None) -> Iterator[IO[str] | None]:
    if path is None:
        yield None
        return
    with writing(str(path)) as file:
        yield file
