"""turnstone reviews"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from turnstone.cli import options
from turnstone.cli.options import note, told

if TYPE_CHECKING:
    import duckdb

    from turnstone.reviews.journal import Journal
    from turnstone.reviews.precision import Precision, Share
    from turnstone.reviews.standing import Standing
    from turnstone.reviews.summary import Summary

SUMMARY = "summary"


class _Group(TyperGroup):
    """`turnstone reviews DIR` is `turnstone reviews summary DIR`."""

    def parse_args(self, context: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and not set(args) & {"--help", "-h"}:
            args = [SUMMARY, *args]
        return super().parse_args(context, args)


app = typer.Typer(
    cls=_Group,
    help="What people said of the events of a record: a summary (reviews DIR), gold, corrected names, tables.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Directory = Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="A record that code wrote.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@contextmanager
def _opened(directory: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Journal, Standing]]:
    from turnstone.reviews import read, standing_in
    from turnstone.store import connect

    journal = read(directory)
    connection = connect(directory)
    try:
        yield connection, journal, standing_in(connection, journal)
    finally:
        connection.close()


@app.command(SUMMARY)
def summary_(
    directory: Directory,
    seed: Annotated[
        int, typer.Option("--seed", min=0, metavar="N", help="The random draw whose precision is counted.")
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """What was reviewed, precision by type with 95 % intervals from the random sample, and how far reviewers agree."""
    from turnstone.reviews.summary import summary

    with told(), _opened(directory) as (connection, journal, standing):
        found = summary(connection, journal, standing, seed)
        if as_json:
            typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        else:
            typer.echo("\n".join(_lines(found)))
        _warn(directory, found.torn)


def _warn(directory: Path, torn: tuple[int, ...]) -> None:
    from turnstone.reviews import NAME

    for line in torn:
        note(f"turnstone: {directory / NAME}:{line}: not JSON, as if cut short by a crash; it does not count")


def _lines(found: Summary) -> Iterator[str]:
    yield f"{found.events:,} events: " + ", ".join(f"{count:,} {state}" for state, count in found.states.items())
    yield "reviews: " + (", ".join(f"{count:,} by {who}" for who, count in found.reviewers.items()) or "none")
    if found.lost:
        yield f"{found.lost:,} reviewed events are not in this coding; turnstone reviews lost lists them"
    yield f"{found.complete:,} articles marked complete"
    yield ""
    yield f"{'type':<12}{'drawn':>7}  {'right type [95 %]':<24}{'right in all [95 %]':<24}disputed  skipped"
    for name, one in [("all", found.overall), *found.types.items()]:
        yield _row(name, one)
    several = [one for one in found.agreement if one.events]
    if several:
        yield ""
        yield f"{'agreement on':<14}{'events':>7}{'per cent':>10}{'kappa':>8}{'alpha':>8}"
        for each in several:
            share = "-" if each.share is None else f"{100 * each.share:.1f}"
            yield f"{each.field:<14}{each.events:>7}{share:>10}{_number(each.kappa):>8}{_number(each.alpha):>8}"


def _row(name: str, one: Precision) -> str:
    return (
        f"{name:<12}{one.there.of:>7}  {_share(one.there):<24}{_share(one.whole):<24}{one.disputed:>8}{one.skipped:>9}"
    )


def _share(share: Share) -> str:
    if share.value is None or share.low is None or share.high is None:
        return "-"
    return f"{100 * share.value:.1f} [{100 * share.low:.1f}, {100 * share.high:.1f}]"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


@app.command("lost")
def lost_(directory: Directory, as_json: AsJson = False) -> None:
    """List reviewed events that this coding does not have any more, and what they count for now. Their reviews are kept
    and find them again when a coding has them.
    """
    from turnstone.reviews.lost import lost

    with told(), _opened(directory) as (_, journal, standing):
        for one in lost(standing):
            if as_json:
                typer.echo(json.dumps(asdict(one), ensure_ascii=False, default=str))
            else:
                who = ", ".join(one.reviewers)
                fields = (one.article, one.word, one.event_type, who, one.at.date().isoformat(), one.becomes)
                typer.echo("\t".join("".join(sign if sign.isprintable() else " " for sign in part) for part in fields))
        _warn(directory, journal.torn)


@app.command("export")
def export(
    directory: Directory,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="GOLD.jsonl", show_default=False, help="Where the gold goes.")
    ],
) -> None:
    """Write the articles that are marked complete, with the events that hold in them, as gold for
    `turnstone evaluate GOLD PREDICTED --layer events`.
    """
    from turnstone.cli.output import writing
    from turnstone.reviews.gold import gold

    with told(), _opened(directory) as (connection, journal, standing):
        found = gold(connection, standing)
        with writing(output) as file:
            file.writelines(f"{line}\n" for line in found.lines)
        for why in found.left_out:
            note(f"turnstone: left out: {why}")
        _warn(directory, journal.torn)
        note(f"{found.articles:,} articles with {found.events:,} events")
        note(f"Next:   turnstone evaluate {output} PREDICTED.jsonl --layer events")


@app.command("entities")
def entities_(
    directory: Directory,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE.yaml", show_default=False, help="Where the entities go.")
    ],
    entities: options.Entities = None,
) -> None:
    """Write the names that reviewers said to remember as a file of entities, for `turnstone code --entities`.
    Files given by --entities are those that coding takes beside it.
    """
    from turnstone.cli.output import writing
    from turnstone.knowledge.entities import load_entities
    from turnstone.reviews.names import corrected_names

    with told(), _opened(directory) as (_, journal, standing):
        found = corrected_names(standing, load_entities(*entities or ()))
        found.check(*entities or ())
        with writing(output) as file:
            file.write(found.yaml)
        for remark in found.remarks:
            note(f"turnstone: {remark}")
        _warn(directory, journal.torn)
        note(f"{len(found.rows):,} rows")
        if found.rows:
            note(f"Next:   turnstone code INPUT -o {directory} --entities {output}")
        else:
            note("No name is to be remembered: the file has nothing that coding would take.")


@app.command("tables")
def tables(
    directory: Directory,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="OUT", show_default=False, help="The folder for the tables."),
    ],
) -> None:
    """Write reviewed_events.parquet and reviewed_participants.parquet: the record after review, unreviewed events too,
    each with its state. The record stays as it is.
    """
    from turnstone.errors import StoreError, why_unwritten
    from turnstone.knowledge.codebook import load_codebook
    from turnstone.reviews.tables import VIEWS, register, write

    with told(), _opened(directory) as (connection, journal, standing):
        register(connection, standing, load_codebook())
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{output}: cannot be written ({why_unwritten(output, error)}); choose another folder"
            ) from error
        for view in VIEWS:
            rows = write(connection, view, output / f"{view}.parquet")
            note(f"{output / view}.parquet: {rows:,} rows")
        _warn(directory, journal.torn)
