"""turnstone diff, bundle, unbundle and verify"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told

if TYPE_CHECKING:
    from turnstone.knowledge.entities import Entities
    from turnstone.knowledge.entity_files import EntityFile
    from turnstone.provenance import Differences
    from turnstone.records import Article

SHOWN = 20

_NAMING = ("folder", "entities")
"""What the log of a run has that says which files of entities it took; a log may be of an older turnstone."""


def diff(
    a: Annotated[Path, typer.Argument(metavar="RUN_A", show_default=False, help="A record directory.")],
    b: Annotated[Path, typer.Argument(metavar="RUN_B", show_default=False, help="Another.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False,
            help="All differences as .csv, .parquet or .json: a row for each, of a changed event for each field.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object with every difference.")] = False,
    entities_a: Annotated[
        list[Path] | None,
        typer.Option(
            "--entities-a", metavar="FILE", show_default=False,
            help="Files of entities that were laid over the packaged ones for RUN_A, where its log does not say.",
        ),
    ] = None,
    entities_b: Annotated[
        list[Path] | None,
        typer.Option("--entities-b", metavar="FILE", show_default=False, help="Likewise for RUN_B."),
    ] = None,
) -> None:  # fmt: skip
    """Say in what two records differ: articles only in one, events lost, added and changed field by field, and why, as
    far as the manifests tell. Ends with 0 where they are the same, 1 where they differ, 2 where one cannot be read.
    """
    from turnstone.errors import TurnstoneError

    try:
        from turnstone.cli.query import chosen_format, put
        from turnstone.knowledge.entity_diff import EntityDiff
        from turnstone.provenance import diff as compared
        from turnstone.query import Result

        kind = chosen_format(None, output) if output else None
        states = _entities(a, entities_a), _entities(b, entities_b)
        known, unknown = EntityDiff.of(*states), _unknown((a, b), states)
        found = compared(a, b, known.of_event if known else None)
        if kind and output:
            put(Result(found.as_table()), kind, output)
        if as_json:
            more = {"unknown": unknown, "differences": [one.as_json() for one in found.found]}
            typer.echo(json.dumps(_summary(found) | more, ensure_ascii=False))
        else:
            for line in _in_words(found, (*unknown, *(known.words() if known else ()))):
                typer.echo(line)
    except TurnstoneError as error:
        note(f"turnstone: {error}")
        raise typer.Exit(2) from error
    if found.found:
        raise typer.Exit(1)


def bundle(
    directory: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="A record directory.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.zip", show_default=False, help="The bundle.")],
    without_texts: Annotated[
        bool, typer.Option("--without-texts", help="Name articles by id, day and digests only.")
    ] = False,
    entities: options.Entities = None,
) -> None:
    """Put all that decided a record into one file: its articles, manifest, files of entities and versions of packages,
    so that others can code the same to the same bytes. Files of entities are found by the record's log.
    """
    with told():
        from turnstone.errors import StoreError
        from turnstone.provenance import bundle as bundled
        from turnstone.store import manifest_of

        files = _overlay(directory, entities)
        if files is None:
            runs = ", ".join(run["digest"][:12] for run in manifest_of(directory)["runs"])
            raise StoreError(
                f"{directory}: the entities of its run ({runs}) are neither those packaged with this turnstone nor "
                "files that its log names; give the files with --entities, or use the turnstone that coded it"
            )
        count = bundled(directory, output, [(file.path, file.content) for file in files], not without_texts)
        left_out = " without their texts" if without_texts else ""
        typer.echo(f"{count:,} articles{left_out} in {output}; check it with: turnstone verify {output}")


def unbundle(
    path: Annotated[Path, typer.Argument(metavar="FILE.zip", show_default=False, help="A bundle.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", show_default=False, help="Where to.")],
) -> None:
    """Unpack a bundle; its README says what to do with the files."""
    with told():
        from turnstone.provenance import unbundle as unpacked

        for file in unpacked(path, output):
            typer.echo(file)


def verify(
    path: Annotated[Path, typer.Argument(metavar="FILE.zip", show_default=False, help="A bundle.")],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT", show_default=False, help="Texts for a bundle that has none."),
    ] = None,
    workers: options.Workers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Code a bundle's articles again and compare each table with the record it was made from. Ends with 0 where all are
    the same byte for byte, else with 1, naming the tables and what is known of the why.
    """
    with told(), tempfile.TemporaryDirectory(prefix="turnstone-verify-") as holding:
        from turnstone import api
        from turnstone.batch import code_all
        from turnstone.knowledge.entity_files import EntityFile
        from turnstone.provenance import read_bundle
        from turnstone.provenance import verify as verified
        from turnstone.store import Store
        from turnstone.this_run import this_run

        found = read_bundle(path)
        files = tuple(EntityFile(name, content) for name, content in found.entities.items())
        run = this_run(file.content for file in files)
        directory = Path(holding) / "record"

        def code(articles: Iterator[Article]) -> None:
            with Store(directory, run) as store:
                code_all(
                    articles, partial(api.make_coder, *files), store, options.cores() if workers is None else workers
                )

        verdict = verified(found, directory, run, code, _given(inputs or []))
        if as_json:
            typer.echo(
                json.dumps(
                    {"same": verdict.same, "tables": dict(verdict.tables), "reasons": list(verdict.reasons)}
                    | {"articles": verdict.articles, "missing": verdict.missing}
                )
            )
        else:
            for name, same in verdict.tables.items():
                typer.echo(f"{name:<14}{'the same' if same else 'differs'}")
            for reason in verdict.reasons:
                typer.echo(f"why: {reason}")
            typer.echo(f"{verdict.articles:,} articles coded: {'the same bytes' if verdict.same else 'not the same'}")
        if not verdict.same:
            raise typer.Exit(1)


def _given(inputs: list[str]) -> Iterator[Article]:
    from turnstone.reading import read
    from turnstone.records import Refusal

    if inputs:
        yield from (one for one in read(inputs) if not isinstance(one, Refusal))


def _overlay(directory: Path, given: list[Path] | None) -> tuple[EntityFile, ...] | None:
    """The files of entities that a record was coded with: those given, or those its log names if they are still what
    they were; none for the packaged entities alone; None where nobody knows.
    """
    from turnstone.errors import KnowledgeError
    from turnstone.knowledge.entities import load_entities
    from turnstone.knowledge.entity_files import read_files
    from turnstone.store import manifest_of
    from turnstone.store.runs import logged

    wanted = {run["entities"] for run in manifest_of(directory)["runs"]}
    if given is not None:
        files = read_files(given)
        return files if load_entities(*files).digest in wanted else None
    asked = [run.asked.get("input", {}) for run in logged(directory)]
    named = [[Path(one["folder"], path) for path in one["entities"]] for one in asked if {*_NAMING} <= {*one}]
    for paths in [*reversed(named), []]:
        try:
            files = read_files(paths)
            if load_entities(*files).digest in wanted:
                return files
        except KnowledgeError:
            continue
    return None


def _entities(directory: Path, given: list[Path] | None) -> Entities | None:
    from turnstone.knowledge.entities import load_entities

    files = _overlay(directory, given)
    return None if files is None else load_entities(*files)


def _unknown(records: tuple[Path, Path], states: tuple[Entities | None, Entities | None]) -> list[str]:
    """What keeps from saying which entities differ, where the runs have others."""
    from turnstone.store import manifest_of

    digests = [{run["entities"] for run in manifest_of(record)["runs"]} for record in records]
    if digests[0] == digests[1]:
        return []
    return [
        f"which entities differ is not known: those of {record} are neither packaged with this turnstone nor in files "
        f"that its log names; give the files to turnstone diff with --entities-{side}"
        for record, state, side in zip(records, states, "ab", strict=True)
        if state is None
    ]


def _summary(found: Differences) -> dict[str, object]:
    return {
        "articles": found.articles,
        "same": found.same,
        **found.counts(),
        "fields": found.fields(),
        "reasons": dict(found.reasons),
    }


def _in_words(found: Differences, entities: tuple[str, ...]) -> Iterator[str]:
    counts = found.counts()
    yield f"{found.articles:,} articles in both, with {found.same:,} events that are the same"
    for kind, what in (
        ("article only in a", "articles only in the first"),
        ("article only in b", "articles only in the second"),
        ("lost", "events lost"),
        ("added", "events added"),
        ("changed", "events changed"),
    ):
        if counts[kind]:
            yield f"{counts[kind]:>8,} {what}"
    for name, count in found.fields().items():
        yield f"         {count:>8,} in {name}"
    for reason, count in sorted(found.reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"why: {reason} ({count:,} articles)"
    for line in entities[:SHOWN]:
        yield f"why: {line}"
    if len(entities) > SHOWN:
        yield f"why: {len(entities) - SHOWN:,} more entities differ"
    for one in found.found[:SHOWN]:
        yield ""
        names = "/".join(dict.fromkeys(filter(None, (one.event_a, one.event_b))))
        kind = one.kind.replace("only in a", "only in the first").replace("only in b", "only in the second")
        yield f"{kind}: {one.published} {one.article_id} {names} {one.event_type}".rstrip()
        if one.evidence:
            yield f"    {' '.join(one.evidence.split())[:110]}"
        for name, before, after in one.fields:
            yield f"    {name}: {before or '-'} -> {after or '-'}"
        if one.reasons:
            yield f"    why: {'; '.join(one.reasons)}"
    if len(found.found) > SHOWN:
        yield ""
        yield f"{len(found.found) - SHOWN:,} more; -o FILE.csv has all of them"
