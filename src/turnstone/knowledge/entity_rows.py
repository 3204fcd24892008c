"""Rows of entities from folders and files, checked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from turnstone.errors import KnowledgeError
from turnstone.knowledge.digests import digest_of, digest_of_all, folder_files
from turnstone.knowledge.entity_files import EntityFile, Faults, Placed, checked, identity_of, parse_yaml
from turnstone.knowledge.entity_schema import AgentRow, OfficeRow, OrganisationRow, PersonRow, Row, StateRow
from turnstone.knowledge.overlay import Rows, lay_over
from turnstone.knowledge.parsed_rows import read_parsed

_ORGANISATIONS = ("organisations.yaml", "armed_groups.yaml")
_TOP = ("states.yaml", *_ORGANISATIONS, "people.yaml", "agents.yaml")


def read_rows(
    folders: Iterable[Path], files: Iterable[EntityFile], faults: Faults, parsed: bool = True
) -> tuple[Rows, str]:
    """All rows, checked, and the digest of what they were read from. A folder's rows are taken as they were parsed
    before, where they are the same, unless `parsed` is False."""
    rows = Rows()
    folders, files = tuple(folders), tuple(files)
    contents = {folder: folder_files(folder) for folder in folders}
    digests = {folder: digest_of(named) for folder, named in contents.items()}
    for folder, named in contents.items():
        _read(rows, folder, named, (read_parsed(folder, digests[folder]) if parsed else None) or {}, faults)
    for file in files:
        lay_over(rows, file, faults)
    if not rows.states:
        raise KnowledgeError(f"{', '.join(map(str, folders))}: no states; add states.yaml")
    rows.check(faults)
    return rows, digest_of_all(digests.values(), (file.content for file in files))


def _read(rows: Rows, folder: Path, contents: dict[str, bytes], parsed: dict[str, list[Any]], faults: Faults) -> None:
    seen: set[str] = set()
    for name, content in contents.items():
        file = EntityFile(str(folder / name), content)
        if name not in _TOP and not name.startswith(("offices/", "people/")):
            known = f"{', '.join(_TOP)}, offices/*.yaml or people/*.yaml"
            raise KnowledgeError(f"{file.path}: not a file of entities; name it {known}, or move it away")
        loaded = parsed[name] if name in parsed else parse_yaml(file, faults)
        if name == "states.yaml":
            _fill(rows.states, StateRow, "id", file, loaded, seen, faults)
        elif name in _ORGANISATIONS:
            _fill(rows.organisations, OrganisationRow, "id", file, loaded, seen, faults)
        elif name == "people.yaml" or name.startswith("people/"):
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
