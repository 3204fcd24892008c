"""datapackage.json: what the files of an export are, as Frictionless Data has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from turnstone.errors import ExportError, why_unwritten
from turnstone.exports.format import Format
from turnstone.store import file_digest

NAME = "turnstone-export"
LICENCE = (
    "The events are the work of those who coded them, and no licence of turnstone binds them. Titles, names and quoted "
    "words come from the reports and stay under the terms of their publishers. Names and points of places are GeoNames "
    "(CC BY 4.0): name GeoNames where you publish them. Types, modes and contexts are PLOVER's, by the Open Event Data "
    "Alliance."
)


def described(path: Path, form: Format, more: dict[str, Any], spreadsheet_safe: bool) -> dict[str, Any]:
    """The resource of one file. `more` is what else there is to say: rows, what was asked, losses."""
    found: dict[str, Any] = {
        "name": "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in path.name.lower()),
        "path": path.name,
        "title": form.title,
        "format": form.suffix.removeprefix("."),
        "mediatype": _MEDIA[form.suffix],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_digest(path)}",
        "schema": {
            "fields": [
                {"name": column.name, "type": column.type, "description": column.description} for column in form.columns
            ],
            "missingValues": [form.missing],
        },
    }
    if path.suffix == ".gz":
        found["compression"] = "gz"
    if form.kind == "delimited":
        quoting = {"quoteChar": '"', "doubleQuote": True} if form.quoted else {"quoteChar": None}
        found |= {
            "profile": "tabular-data-resource",
            "dialect": {"delimiter": form.delimiter, "header": form.header, "lineTerminator": "\n", **quoting},
        }
    return found | {"turnstone": {"format": form.name, "spreadsheet_safe": spreadsheet_safe, **more}}


_MEDIA = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".txt": "text/tab-separated-values",
    ".jsonl": "application/jsonl",
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
}


def write_package(path: Path, resource: dict[str, Any], manifest: dict[str, Any]) -> None:
    """Writes the description, or adds the resource to one that is there already. Raises ExportError where the file is
    another's."""
    others = [
        one for one in _resources(path) if one["path"] != resource["path"] and (path.parent / one["path"]).exists()
    ]
    package = {
        "profile": "data-package",
        "name": NAME,
        "title": "Political events coded by turnstone",
        "sources": [
            {"title": f"turnstone {run['turnstone']}, run {run['digest']}, {run['articles']} articles"}
            for run in manifest["runs"]
        ],
        "licenses": [{"name": "see-notes", "title": LICENCE}],
        "resources": [*others, resource],
    }
    try:
        path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({why_unwritten(path, error)}); choose another place") from error


def check_free(path: Path) -> None:
    """Raises ExportError where a description that is not turnstone's stands in the way."""
    _resources(path)


def _resources(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["name"] == NAME:
            return [one for one in found["resources"] if isinstance(one["path"], str)]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise ExportError(f"{path}: is no description that turnstone wrote, and is kept; export into another folder")
