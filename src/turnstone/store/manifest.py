"""What coded the record: versions, digests and settings, without any time or place of the machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from turnstone.errors import StoreError
from turnstone.store.schema import VERSION


@dataclass(frozen=True)
class Run:
    """One version of everything that decides a result; digests are SHA-256 in hexadecimal, `settings` plain JSON
    values.
    """

    version: str
    code: str
    model: str
    codebook: str
    entities: str
    gazetteer: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "turnstone": self.version,
            "code": self.code,
            "model": self.model,
            "codebook": self.codebook,
            "entities": self.entities,
            "gazetteer": self.gazetteer,
            "settings": dict(self.settings),
        }

    @cached_property
    def digest(self) -> str:
        """Identifies the run: two runs with the same digest give the same record for the same article."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_digest(package: Path) -> str:
    """SHA-256 over the names and contents of a package's Python files and lists of words (`data/*.txt`), line ends
    aside."""
    digest = hashlib.sha256()
    for path in sorted(
        [*package.rglob("*.py"), *package.glob("data/*.txt")], key=lambda p: p.relative_to(package).as_posix()
    ):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(package).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def manifest_text(
    runs: Mapping[str, Mapping[str, Any]],
    articles: Mapping[str, int],
    counts: Mapping[str, int],
    outcomes: Mapping[str, int],
    files: Mapping[str, str],
    inputs: str,
) -> str:
    """The manifest: every run with articles in the record (by digest), counts of rows and outcomes, digests of the
    tables and of the `inputs`, and the name of the coding.
    """
    value = {
        "schema": VERSION,
        "coding": coding_name(inputs, articles),
        "inputs": inputs,
        "runs": [{"digest": digest, **runs[digest], "articles": articles[digest]} for digest in sorted(articles)],
        "counts": dict(counts),
        "outcomes": dict(outcomes),
        "files": dict(files),
    }
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def inputs_digest(articles: Iterable[str]) -> str:
    """SHA-256 over the digests of the articles of a record (articles.digest), which are given sorted."""
    digest = hashlib.sha256()
    for one in articles:
        digest.update(f"{one}\n".encode())
    return digest.hexdigest()


def coding_name(inputs: str, runs: Iterable[str]) -> str:
    """The name of a coding: a digest of its inputs and of the runs, by digest, that coded them. Two records of one name
    have the same rows wherever one run coded them all.
    """
    return hashlib.sha256("\n".join([inputs, *sorted(runs)]).encode()).hexdigest()


_NEEDED: Final = {"runs": list, "counts": dict, "outcomes": dict, "files": dict}
_OF_A_RUN: Final = ("digest", "turnstone", "code", "model", "codebook", "entities")


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest at `path`. Raises StoreError where it is broken, of another schema or lacks something."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); code the inputs into a new directory") from error
    if not isinstance(value, dict) or value.get("schema") != VERSION:
        found = value.get("schema") if isinstance(value, dict) else None
        raise StoreError(
            f"{path}: its schema is {found}, this turnstone writes {VERSION}; code the inputs into a new directory"
        )
    if missing := [*_missing(value)]:
        raise StoreError(
            f"{path}: it lacks {', '.join(missing)}, so it was not written by turnstone or was changed since; put back "
            "the one that was there, or code the inputs into a new directory"
        )
    return value


def _missing(manifest: Mapping[str, Any]) -> Iterator[str]:
    """What every manifest has and this one lacks."""
    yield from (name for name, kind in _NEEDED.items() if not isinstance(manifest.get(name), kind))
    runs = manifest.get("runs")
    for number, run in enumerate(runs if isinstance(runs, list) else (), 1):
        known = run if isinstance(run, dict) else {}
        yield from (f"{name} of run {number}" for name in _OF_A_RUN if not isinstance(known.get(name), str))
