"""turnstone stories"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from turnstone.cli.options import told

if TYPE_CHECKING:
    from turnstone.stories.directory import Stories

_SHOWN = 5
_NAMES = 3
_EVIDENCE = 150


def stories(
    directory: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="A record that code wrote.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FOLDER", show_default=False,
            help="Where the tables go; stories in DIR if not given.",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, metavar="N", help="Show so many of the happenings most reported.")
    ] = _SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:  # fmt: skip
    """Find copies among the articles of a record, and events of several articles that are one happening. Nothing is
    removed from the record: three tables go beside it. Run it again when the record has grown.
    """
    from turnstone.stories.directory import write

    with told():
        found = write(directory, output)
    summary = _summary(found, limit)
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False, default=str))
        return
    typer.echo("\n".join(_lines(summary, output or directory / "stories")))


def _summary(found: Stories, limit: int) -> dict[str, Any]:
    copies = sum(row["copy_of"] != "" for row in found.copies)
    ranked = sorted(found.happenings, key=lambda row: (-row["texts"], -row["articles"], row["happening_id"]))
    reports = len(found.links_rows)
    return {
        "articles": len(found.copies),
        "new": found.looked_at,
        "copies": copies,
        "groups": len({row["group_id"] for row in found.copies if row["copy_of"]}),
        "reports": reports,
        "happenings": len(found.happenings),
        "reports_per_happening": round(reports / len(found.happenings), 3) if found.happenings else None,
        "several_articles": sum(row["articles"] > 1 for row in found.happenings),
        "several_sources": sum(row["sources"] > 1 for row in found.happenings),
        "most_reported": [_shown(row) for row in ranked[:limit] if row["articles"] > 1],
    }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    names = ("happening_id", "event_type", "status", "first_day", "last_day", "actors", "recipients", "place_name")
    counts = ("reports", "articles", "texts", "outlets", "sources", "source_names", "evidence_text")
    return {name: row[name] for name in (*names, *counts)}


def _lines(summary: dict[str, Any], folder: Path) -> list[str]:
    said = [
        f"{summary['articles']} articles, {summary['new']} of them new:",
        f"  {summary['copies']:>8} copies of another article, in {summary['groups']} groups",
        f"  {summary['reports']:>8} events reported, of {summary['happenings']} happenings"
        + (f" ({summary['reports_per_happening']} reports each)" if summary["happenings"] else ""),
        f"  {summary['several_articles']:>8} happenings in several articles, {summary['several_sources']} of them on "
        "the word of several sources",
        f"Tables: {folder} (copies, links, happenings)",
    ]
    for row in summary["most_reported"]:
        said += ["", *_happening(row)]
    return said


def _happening(row: dict[str, Any]) -> list[str]:
    from turnstone.display import clean

    first, last = row["first_day"].isoformat(), row["last_day"].isoformat()
    who = "; ".join(row["actors"][:_NAMES]) or "-"
    to_whom = "; ".join(row["recipients"][:_NAMES]) or "-"
    where = f", {row['place_name']}" if row["place_name"] else ""
    evidence = clean(row["evidence_text"])
    named = f": {', '.join(row['source_names'])}" if row["source_names"] else ""
    days = first if first == last else f"{first}/{last}"
    return [
        clean(f"{days}  {row['event_type']} {row['status']}  {who} > {to_whom}{where}") + f"  [{row['happening_id']}]",
        f"  {evidence if len(evidence) <= _EVIDENCE else evidence[:_EVIDENCE].rstrip() + '…'}",
        f"  {_of(row['articles'], 'article')}, {_of(row['texts'], 'text')} of {_of(len(row['outlets']), 'outlet')}, "
        f"{_of(row['sources'], 'source')}{clean(named)}",
    ]


def _of(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
