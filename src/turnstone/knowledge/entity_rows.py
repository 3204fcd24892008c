"""Rows of entities from folders and files, checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from turnstone.errors import KnowledgeError
from turnstone.knowledge.entity_files import (
    AgentRow,
    EntityFile,
    Faults,
    OfficeRow,
    OrganisationRow,
    PersonRow,
    Placed,
    Row,
    StateRow,
    checked,
    digest_of,
    files_of,
    identity_of,
    parse_yaml,
)
from turnstone.knowledge.overlay import Rows, lay_over

_ORGANISATIONS = ("organisations.yaml", "armed_groups.yaml")
_TOP = ("states.yaml", *_ORGANISATIONS, "people.yaml", "agents.yaml")


def read_rows(folders: Iterable[Path], files: Iterable[EntityFile], faults: Faults) -> tuple[Rows, str]:
    """All rows, checked, and the digest of what they were read from."""
    rows = Rows()
    folders, files = tuple(folders), tuple(files)
    contents = {folder: folder_files(folder) for folder in folders}
    for folder, named in contents.items():
        _read(rows, folder, named, faults)
    for file in files:
        lay_over(rows, file, faults)
    if not rows.states:
        raise KnowledgeError(f"{', '.join(map(str, folders))}: no states; add states.yaml")
    rows.check(faults)
    return rows, digest_of_all(map(digest_of, contents.values()), files)


def digest_of_all(folders: Iterable[str], files: Iterable[EntityFile]) -> str:
    """The digest of folders, by theirs, and files laid over them."""
    digest = hashlib.sha256()
    for folder in folders:
        digest.update(folder.encode())
    for file in files:
        digest.update(hashlib.sha256(file.content).hexdigest().encode())
    return digest.hexdigest()


def folder_files(folder: Path) -> dict[str, bytes]:
    """The YAML files of a folder of entities. Raises KnowledgeError where there is no such folder."""
    if not folder.is_dir():
        raise KnowledgeError(f"{folder}: no such folder; give one with states.yaml or offices/*.yaml in it")
    return files_of(folder)


def _read(rows: Rows, folder: Path, contents: dict[str, bytes], faults: Faults) -> None:
    seen: set[str] = set()
    for name, content in contents.items():
        file = EntityFile(str(folder / name), content)
        if name not in _TOP and not name.startswith("offices/"):
            known = f"{', '.join(_TOP)} or offices/*.yaml"
            raise KnowledgeError(f"{file.path}: not a file of entities; name it {known}, or move it away")
        loaded = parse_yaml(file, faults)
        if name == "states.yaml":
            _fill(rows.states, StateRow, "id", file, loaded, seen, faults)
        elif name in _ORGANISATIONS:
            _fill(rows.organisations, OrganisationRow, "id", file, loaded, seen, faults)
        elif name == "people.yaml":
            _fill(rows.people, PersonRow, "person", file, loaded, seen, faults)
        elif name == "agents.yaml":
            _fill(rows.agents, AgentRow, "noun", file, loaded, seen, faults)
        else:
            _fill(rows.offices, OfficeRow, "office", file, loaded, seen, faults)


def _fill(
    known: dict[str, Placed[Row]],
    kind: type[Row],
    key: str,
    file: EntityFile,
    loaded: list[Any],
    seen: set[str],
    faults: Faults,
) -> None:
    for number, value in enumerate(loaded):
        placed = checked(kind, file, number, value, faults)
        if placed is None:
            continue
        identity = identity_of(key, getattr(placed.row, key))
        name = identity if key == "id" else f"{key} {identity}"
        if name in seen:
            faults.tell(file, (number,), f"{name!r} stands twice; keep one of the two")
        seen.add(name)
        known[identity] = placed
