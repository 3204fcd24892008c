"""turnstone entities: bring your own"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnstone.cli import options
from turnstone.cli.options import note, told

if TYPE_CHECKING:
    from turnstone.knowledge.dictionary_lines import Remark
    from turnstone.knowledge.dictionary_outcome import Imported
    from turnstone.knowledge.entity_check import Checked
    from turnstone.knowledge.unresolved import Unresolved
    from turnstone.records import Record

MOST_LISTED = 20

app = typer.Typer(
    help="Who is who: check files of entities, make one from a dictionary, list names that are missing.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command("check")
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", show_default=False, help="Files of entities; none: the packaged ones."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=f"List all, not the first {MOST_LISTED} of each.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check files of entities, or the packaged ones: faults (for which a file is refused), gaps between holders of an
    office, names that mean several things at once, and how much there is.
    """
    import datetime as dt

    from turnstone.knowledge import entity_check
    from turnstone.knowledge.entity_files import read_files

    with told():
        found = entity_check.check(read_files(files or ()), dt.date.today())
        if as_json:
            typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        else:
            typer.echo("\n".join(_checked(found, everything)))
        if found.faults:
            raise typer.Exit(1)


def _checked(found: Checked, everything: bool) -> Iterator[str]:
    if found.faults:
        yield f"{len(found.faults):,} fault{'' if len(found.faults) == 1 else 's'}:"
        yield from _some([f"  {fault}" for fault in found.faults], everything)
        return
    yield "no faults"
    for title, listed in (("gaps between holders", found.gaps), ("ambiguous names", found.ambiguous)):
        yield f"{len(listed):,} {title}{':' if listed else ''}"
        yield from _some([f"  {one}" for one in listed], everything)
    yield "with the packaged data there are:"
    yield from (f"  {count:>7,} {what}" for what, count in found.counts.items())
    yield "organisations: " + ", ".join(f"{count:,} {kind}" for kind, count in found.organisations.items())
    yield "states with somebody in the office of"
    roles = list(next(iter(found.coverage.values())))
    yield "  year " + "".join(f"{role:>12}" for role in roles)
    for year, held in found.coverage.items():
        yield f"  {year} " + "".join(f"{held[role]:>12,}" for role in roles)


def _some(lines: Sequence[str], everything: bool) -> Iterator[str]:
    most = len(lines) if everything else MOST_LISTED
    yield from lines[:most]
    if lines[most:]:
        yield f"  and {len(lines) - most:,} more; --all lists them"


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", show_default=False, help="Actor or agent dictionaries."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT.yaml", show_default=False, help="Where the entities go.")
    ],
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE", show_default=False,
            help="Write every remark here, between tabs: file, line, what became of it, its words, why.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Make a file of entities from actor and agent dictionaries of TABARI, PETRARCH or Phoenix, in UTF-8 or Latin-1.
    What could not be read is told line by line on standard error.
    """
    from turnstone.cli.output import writing
    from turnstone.knowledge.dictionary_import import import_dictionaries
    from turnstone.knowledge.entities import load_entities
    from turnstone.knowledge.gazetteer import load_gazetteer

    with told():
        found = import_dictionaries(files, load_entities(), load_gazetteer())
        text = found.yaml()
        with writing(str(output)) as file:
            file.write(text)
        if report is not None:
            with writing(str(report)) as file:
                file.write("file\tline\toutcome\twords\twhy\n")
                for outcome, remarks in _remarks(found).items():
                    file.writelines(_row(outcome, remark) for remark in remarks)
        for remark in found.unread:
            note(f"turnstone: {remark.file}:{remark.line}: {remark.reason}: {remark.text}")
        if as_json:
            counts = {name: getattr(found, name) for name in ("entries", "written", "known", "refused")}
            listed = {outcome: [asdict(one) for one in some] for outcome, some in _remarks(found).items()}
            typer.echo(json.dumps(counts | {"rows": found.kinds} | listed, ensure_ascii=False))
        else:
            typer.echo("\n".join(_imported(found, output, report)))
        if not found.written and not found.known:
            raise typer.Exit(1)


def _remarks(found: Imported) -> dict[str, list[Remark]]:
    return {"not read": found.unread, "read with a remark": found.notes, "known already": found.known_names}


def _row(outcome: str, remark: Remark) -> str:
    words = " ".join(remark.text.split())
    return f"{remark.file}\t{remark.line}\t{outcome}\t{words}\t{remark.reason}\n"


def _imported(found: Imported, output: Path, report: Path | None) -> Iterator[str]:
    for name, encoding, lines, comments in found.files:
        yield f"{name}: {lines:,} lines in {encoding}, {comments:,} of them empty or comments"
    yield f"{found.entries:,} entries:"
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in found.kinds.items())
    yield f"  {found.written:>7,} written, as {sum(found.kinds.values()):,} rows ({kinds or 'none'})"
    yield f"  {found.known:>7,} known already, by every name"
    yield f"  {found.refused:>7,} not read"
    yield f"{len(found.unread):,} remarks on what was not read stand above"
    more = len(found.notes) + len(found.known_names)
    where = f"are in {report}" if report is not None else "go to a file with --report FILE"
    yield f"{more:,} remarks on what was read in part or is known {where}"
    yield f"Next:   turnstone entities check {output}"


@app.command("unresolved")
def unresolved(
    source: Annotated[
        str,
        typer.Argument(
            metavar="DIR|FILE", show_default=False, help="A record that code wrote, or a file that analyse wrote."
        ),
    ],
    entities: options.Entities = None,
    limit: Annotated[int, typer.Option("--limit", min=0, metavar="N", help="At most so many names, 0 for all.")] = 50,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """List the names that a record holds and the data lacks, the most frequent first, with their kind (a guess where
    the record does not say it), country and sectors where the texts tell them, and an example.
    """
    from turnstone.knowledge.entities import load_entities
    from turnstone.knowledge.gazetteer import load_gazetteer
    from turnstone.knowledge.unresolved import unresolved as names_of

    with told():
        found = names_of(_records(source), load_entities(*entities or ()), load_gazetteer())
        shown = found[:limit] if limit else found
        if as_json:
            names = [asdict(one) for one in shown]
            typer.echo(
                json.dumps({"record": source, "total": len(found), "names": names}, default=str, ensure_ascii=False)
            )
            return
        typer.echo("mentions\tarticles\tkind\tname\tsaid of it\texample")
        for one in shown:
            typer.echo(_line(one))
        if len(found) > len(shown):
            note(f"turnstone: these are the first {len(shown):,} of {len(found):,} names; --limit 0 lists all")


def _line(one: Unresolved) -> str:
    said = " ".join(part for part in (one.country, *one.sectors) if part) or "-"
    example = one.examples[0]
    fields = (
        str(one.mentions),
        str(one.articles),
        one.kind or "?",
        one.name,
        said,
        f"{example.article}: {example.text}",
    )
    return "\t".join("".join(letter if letter.isprintable() else " " for letter in field) for field in fields)


def _records(source: str) -> Iterator[Record]:
    from turnstone.cli.show import analysed, is_analysed, is_record_directory
    from turnstone.errors import StoreError

    if is_record_directory(source):
        from turnstone.store.stored import stored

        return stored(Path(source))
    if is_analysed(source):
        return analysed(source)
    raise StoreError(f"{source}: neither a record nor a file of analyse; make one with: turnstone code INPUT -o DIR")
