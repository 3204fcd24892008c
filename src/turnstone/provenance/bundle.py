"""A record's inputs and all that decided its coding, in one zip file that depends on nothing else."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet as pq

from turnstone.errors import StoreError, why_unwritten
from turnstone.store import manifest_of, table_path

ARTICLES, MANIFEST, PACKAGES, README = "articles.jsonl", "manifest.json", "packages.json", "README.md"
ENTITIES = "entities/"

_GIVEN = ("id", "published", "title", "publisher", "author", "url", "text")
# What reads words and numbers, runs the network, and writes the tables.
_DECIDING = ("ahocorasick-rs", "numpy", "onnxruntime", "pyarrow", "pyyaml", "regex", "simplemma", "tokenizers")
_MOMENT = (1980, 1, 1, 0, 0, 0)
_LARGEST = 50_000_000_000


@dataclass(frozen=True)
class Bundle:
    """What a bundle holds beside its articles: the manifest of the record, the versions of packages, and the files of
    entities laid over the packaged ones, in their order.
    """

    path: Path
    manifest: Mapping[str, Any]
    packages: Mapping[str, Any]
    entities: Mapping[str, bytes]

    def articles(self) -> Iterator[dict[str, Any]]:
        """The articles in the order of the record, `text` among their keys unless it was left out."""
        with zipfile.ZipFile(self.path) as archive, archive.open(ARTICLES) as lines:
            for line in lines:
                yield json.loads(line)


def bundle(directory: Path, out: Path, entities: Sequence[tuple[str, bytes]] = (), texts: bool = True) -> int:
    """Writes the bundle of a record and gives the number of its articles. The same record gives the same bytes where
    the same packages are installed. `entities` are files laid over the packaged ones, by name; without `texts`, an
    article is named by id, day and digests only. Raises StoreError where there is no record or no place to write.
    """
    manifest = manifest_of(directory)
    draft = out.with_name(f"{out.name}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            _put(archive, README, _readme(manifest, [name for name, _ in entities], texts).encode())
            _put(archive, MANIFEST, _json(manifest))
            _put(archive, PACKAGES, _json(packages()))
            for number, (name, content) in enumerate(entities, 1):
                _put(archive, f"{ENTITIES}{number:02}-{Path(name).name}", content)
            with archive.open(_entry(ARTICLES), "w", force_zip64=True) as lines:
                count = _articles(directory, lines, texts)
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(f"{out}: cannot be written ({why_unwritten(out, error)}); choose another file") from error
    return count


def read_bundle(path: Path) -> Bundle:
    """A bundle that `bundle` wrote. Raises StoreError for anything else."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            strange = [name for name in names if not _known(name)]
            if strange or len(names) != len(set(names)) or ARTICLES not in names:
                what = f"holds {strange[0]!r}" if strange else "lacks its articles, or has a file twice"
                raise StoreError(f"{path}: is no bundle ({what}); make one with: turnstone bundle DIR -o FILE.zip")
            if sum(one.file_size for one in archive.infolist()) > _LARGEST:
                raise StoreError(f"{path}: unpacks to more than {_LARGEST:,} bytes; it is no bundle of a record")
            overlay = {name: archive.read(name) for name in sorted(names) if name.startswith(ENTITIES)}
            return Bundle(path, json.loads(archive.read(MANIFEST)), json.loads(archive.read(PACKAGES)), overlay)
    except FileNotFoundError:
        raise StoreError(f"{path}: there is no such file; make one with: turnstone bundle DIR -o FILE.zip") from None
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise StoreError(f"{path}: is no bundle ({error}); make one with: turnstone bundle DIR -o FILE.zip") from error


def unbundle(path: Path, directory: Path) -> list[Path]:
    """Unpacks a bundle into a directory that must not hold any of its files. Raises StoreError."""
    read_bundle(path)
    found = []
    try:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                target = directory / name
                if target.exists():
                    raise StoreError(f"{target}: is there already; choose another directory")
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, target.open("wb") as out:
                    while piece := source.read(1 << 20):
                        out.write(piece)
                found.append(target)
    except OSError as error:
        raise StoreError(
            f"{directory}: cannot be written ({why_unwritten(directory, error)}); choose another directory"
        ) from error
    return found


def _articles(directory: Path, out: IO[bytes], texts: bool) -> int:
    count = 0
    columns = (*_GIVEN, "origin", "sha256", "digest")
    with pq.ParquetFile(table_path(directory, "articles")) as file:
        for batch in file.iter_batches(batch_size=1000, columns=list(columns), use_threads=False):
            for row in batch.to_pylist():
                given = {"id": row["id"], "date": row["published"].isoformat()}
                if texts:
                    given |= {name: row[name] for name in _GIVEN[2:]}
                given |= {name: row[name] for name in ("origin", "sha256", "digest")}
                out.write(json.dumps(given, ensure_ascii=False).encode() + b"\n")
                count += 1
    return count


def _known(name: str) -> bool:
    if name.startswith(ENTITIES):
        rest = name[len(ENTITIES) :]
        return bool(rest) and "/" not in rest and "\\" not in rest and rest not in (".", "..")
    return name in (ARTICLES, MANIFEST, PACKAGES, README)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_entry(name), content, zipfile.ZIP_DEFLATED, 9)


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def packages() -> dict[str, Any]:
    """The versions of Python and of the packages that decide bytes, as installed here."""
    versions = {}
    for name in _DECIDING:
        with suppress(importlib.metadata.PackageNotFoundError):
            versions[name] = importlib.metadata.version(name)
    return {"python": platform.python_version(), "machine": platform.machine(), "packages": versions}


def _readme(manifest: Mapping[str, Any], entities: Sequence[str], texts: bool) -> str:
    runs = "\n".join(
        f"- turnstone {run['turnstone']}, run {run['digest']}: {run['articles']:,} articles" for run in manifest["runs"]
    )
    overlay = "".join(f" --entities {ENTITIES}{number:02}-{Path(name).name}" for number, name in enumerate(entities, 1))
    code = f"turnstone unbundle BUNDLE.zip -o inputs\n    cd inputs && turnstone code {ARTICLES}{overlay} -o record"
    verify = "turnstone verify BUNDLE.zip" if texts else "turnstone verify BUNDLE.zip YOUR_TEXTS..."
    how = (
        f"To code the articles yourself:\n\n    {code}\n"
        if texts
        else "The texts are not in this bundle, since they may not be passed on. Whoever has them can give them to\n"
        "the command above; they are recognised by their digests, which stand in articles.jsonl.\n"
    )
    return f"""# A coding by turnstone, to be made again

Coding {manifest.get("coding", "without a name")}
of {manifest["counts"]["articles"]:,} articles with {manifest["counts"]["events"]:,} events, by

{runs}

To code them anew and compare every table with the one this bundle was made from:

    {verify}

It ends with 0 where they are the same byte for byte. Install the version of turnstone above; packages.json has those
of the packages it was used with.

{how}
Its tables are those of the record but for the column origin, which says where an article was read.

- {ARTICLES}: the articles in the order of the record, with their digests
- {MANIFEST}: the record's manifest: code, model, codebook, entities, settings, and the digest of each table
- {PACKAGES}: versions of Python and packages
- {ENTITIES}: files of entities that were laid over the packaged ones, if there are any
"""
