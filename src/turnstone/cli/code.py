"""turnstone code"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told

if TYPE_CHECKING:
    from turnstone.batch import Progress, Summary
    from turnstone.knowledge.entity_files import EntityFile
    from turnstone.records import Article, Record, Refusal

MOST_PRINTED = 50
_REASONS = 5


def code(
    inputs: options.Inputs,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", show_default=False,
            help="Where the record goes; without it, it is printed.",
        ),
    ] = None,
    date: options.Day = None,
    workers: options.Workers = None,
    entities: options.Entities = None,
    allow_network: options.AllowNetwork = False,
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
    from turnstone import api
    from turnstone.reading import read

    columns = options.columns(
        id_column, date_column, text_column, title_column, publisher_column, author_column, url_column
    )
    with told():
        files = api.entity_files(entities or ())
        articles = read(inputs, date=date, columns=columns, allow_network=allow_network)
        if output is None:
            _print(articles, as_json, files)
        else:
            _store(articles, output, options.cores() if workers is None else workers, as_json, files)


# --- into a directory


def _store(
    articles: Iterator[Article | Refusal], output: Path, workers: int, as_json: bool, files: tuple[EntityFile, ...]
) -> None:
    from turnstone import api
    from turnstone.batch import code_all
    from turnstone.store import Store

    began = time.monotonic()
    with _bar(shown=not as_json) as progress, Store(output, api.pipeline(*files).run) as store:
        summary = code_all(articles, partial(api.make_coder, *files), store, workers, progress)
    seconds = time.monotonic() - began
    if as_json:
        reasons = [{"reason": reason, "inputs": count} for reason, count in summary.reasons]
        typer.echo(
            json.dumps(_counts(summary) | {"reasons": reasons, "seconds": round(seconds, 3), "record": str(output)})
        )
    else:
        typer.echo(_in_words(summary, seconds, output))
    if summary.given and summary.failed == summary.given:
        raise typer.Exit(1)


def _counts(summary: Summary) -> dict[str, Any]:
    names = ("given", "coded", "empty", "failed", "already", "events")
    return {name: getattr(summary, name) for name in names}


def _in_words(summary: Summary, seconds: float, output: Path) -> str:
    inputs = "input" if summary.given == 1 else "inputs"
    lines = [f"{summary.given:,} {inputs} in {_duration(seconds)}:"]
    lines.append(f"  {summary.coded:>8,} coded, with {summary.events:,} event{'' if summary.events == 1 else 's'}")
    lines.append(f"  {summary.empty:>8,} empty: articles without an event")
    lines.append(f"  {summary.failed:>8,} failed")
    lines += [f"           {count:>8,}  {reason}" for reason, count in summary.reasons[:_REASONS]]
    if rest := summary.reasons[_REASONS:]:
        lines.append(f"           {sum(count for _, count in rest):>8,}  other reasons")
    if summary.already:
        lines.append(f"{summary.already:,} of them had been coded before; nothing was added for these.")
    lines.append(f"Tables: {output} (articles, events, participants, attributions, places, dates, ledger)")
    if summary.failed:
        lines.append("Every failure, with its reason and remedy, is in the ledger.")
    if summary.coded:
        lines.append(f"Next:   turnstone show {output}")
    return "\n".join(lines)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {rest} s"


@contextmanager
def _bar(shown: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    # How many there are is not known before all are read, so the bar only pulses.
    columns = TextColumn("coding"), BarColumn(), TextColumn("{task.completed:,.0f} articles"), TimeElapsedColumn()
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("coding", total=None)
        yield lambda progress: bar.update(task, completed=progress.done)


# --- onto the screen


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
