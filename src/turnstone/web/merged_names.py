"""Names that somebody gave an entity in the workbench: a file of entities beside the record, `merged-names.yaml`, which
later codings take with --entities.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from turnstone.errors import KnowledgeError
from turnstone.knowledge.entities import Entities, Organisation, Person, State, load_entities
from turnstone.knowledge.entity_files import EntityFile, Faults, checked, parse_yaml, read_files, slug
from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.knowledge.entity_schema import (
    OrganisationAddition,
    OrganisationRow,
    PersonAddition,
    PersonRow,
    StateAddition,
)

NAME = "merged-names.yaml"
_FLOW: Final[dict[str, Any]] = {"allow_unicode": True, "default_flow_style": True, "sort_keys": False, "width": 1_000}
_HEAD = "# Names that were given an entity in the workbench, for `turnstone code --entities`. `source` says when.\n"


@dataclass(frozen=True, slots=True)
class NewEntity:
    """Somebody or something that the data lacks. `kind` is person or organisation."""

    kind: str
    name: str
    country: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedName:
    """A name and whom or what it stands for, as the file has it."""

    name: str
    entity: str
    new: bool
    country: str
    sectors: tuple[str, ...]
    source: str


class MergedNames:
    """The file of one record; every change is on the disk before it is told. Raises KnowledgeError, with what to do,
    where a name cannot be merged or the file be read or written.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / NAME
        self._lock = threading.Lock()

    def files(self) -> tuple[EntityFile, ...]:
        """The file, for a coding; none where no name was merged."""
        return read_files([self.path]) if self.path.exists() else ()

    def names(self) -> list[MergedName]:
        """Every name in the file."""
        return [one for row in self._rows() for one in _merged(row)]

    def merge(self, words: str, entity: str) -> MergedName:
        """Makes a name one of an entity that the data has, given by its id or by a name that means one thing only."""
        words, target = _plain(words), _target(known(), entity)
        _refuse_other(words, target.id)
        source = f"merged in the workbench, {dt.date.today()}"
        if isinstance(target, Person):
            row, key = {"person": target.name, "add": True, "also": [words], "source": source}, "also"
        else:
            row, key = {"id": target.id, "add": True, "names": [words], "source": source}, "names"
        self._add(row, key, words)
        return MergedName(words, target.name, False, "", (), source)

    def found(self, words: str, new: NewEntity) -> MergedName:
        """Makes a name that of somebody or something new."""
        words, name = _plain(words), _plain(new.name or words)
        _refuse_other(words, "")
        if new.country and new.country not in {state.code for state in known().states} | SPECIAL_CODES:
            raise KnowledgeError(f"no state has the code {new.country!r}; use ISO 3166 alpha-3, or leave it empty")
        source = f"new in the workbench, {dt.date.today()}"
        identity = slug(name)
        if any(identity == one.id for kind in (known().people, known().organisations, known().states) for one in kind):
            raise KnowledgeError(f"the data has {name!r} already, as {identity}; merge the name with that one")
        more: dict[str, Any] = {"country": new.country} if new.country else {}
        more |= {"sectors": list(new.sectors)} if new.sectors else {}
        others = [words] if words != name else []
        if new.kind == "person":
            row = {"person": name, "also": others, **({"otherwise": more} if more else {}), "source": source}
        else:
            row = {"id": identity, "name": name, "names": others, **more, "source": source}
        self._add(row, "also" if new.kind == "person" else "names", words)
        return MergedName(words, name, True, new.country, new.sectors, source)

    def take_back(self, words: str) -> bool:
        """Takes a name out of the file again; gives whether it was there."""
        with self._lock:
            before = self._rows()
            after = [left for row in before if (left := _without(row, words)) is not None]
            if after == before:
                return False
            self._write(after)
        return True

    def _add(self, row: dict[str, Any], key: str, words: str) -> None:
        with self._lock:
            rows = self._rows()
            if any(one.name == words for old in rows for one in _merged(old)):
                raise KnowledgeError(f"{words!r} is merged already; take that back first")
            same = next((old for old in rows if _identity(old) == _identity(row)), None)
            if same is None:
                rows.append(row)
            else:
                same[key] = [*same.get(key, []), words]
            self._write(rows)

    def _rows(self) -> list[dict[str, Any]]:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise KnowledgeError(f"{self.path}: cannot be read ({error}); check its permissions") from error
        return [row for row in parse_yaml(EntityFile(str(self.path), content), Faults()) if isinstance(row, dict)]

    def _write(self, rows: list[dict[str, Any]]) -> None:
        content = (_HEAD + ("".join("- " + yaml.dump(row, **_FLOW) for row in rows) or "[]\n")).encode()
        file = EntityFile(str(self.path), content)
        for number, row in enumerate(parse_yaml(file, Faults())):
            checked(_kind(row), file, number, row, Faults())
        draft = self.path.with_name(f"{NAME}.part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(self.path)
        except OSError as error:
            raise KnowledgeError(f"{self.path}: cannot be written ({error}); make room or mend the disk") from error


@cache
def known() -> Entities:
    """The packaged entities."""
    return load_entities()


def _target(entities: Entities, entity: str) -> State | Organisation | Person:
    entity = " ".join(entity.split())
    kinds = (entities.people, entities.organisations, entities.states)
    for one in (one for kind in kinds for one in kind):
        if one.id == entity:
            return one
    named = {sense.target.id: sense.target for sense in entities.senses(entity) if sense.kind != "surname"}
    if len(named) == 1:
        return next(iter(named.values()))
    reason = f"means {', '.join(sorted(named))}" if named else "is nobody the data has"
    raise KnowledgeError(f"{entity!r} {reason}; choose one that is offered, or make a new entity")


def _refuse_other(words: str, target: str) -> None:
    others = {sense.target.id for sense in known().senses(words)} - {target}
    if others:
        raise KnowledgeError(
            f"the data has {words!r} for {', '.join(sorted(others))}, and a name that means two things is resolved to "
            "neither; mend that row in a file of entities"
        )
    if target and any(sense.target.id == target for sense in known().senses(words)):
        raise KnowledgeError(f"the data has {words!r} for {target} already")


def _plain(words: str) -> str:
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    if not plain:
        raise KnowledgeError("the name is empty; give at least a letter")
    return plain


def _kind(row: dict[str, Any]) -> Any:
    if "person" in row:
        return PersonAddition if row.get("add") else PersonRow
    if not row.get("add"):
        return OrganisationRow
    return StateAddition if any(row["id"] == state.id for state in known().states) else OrganisationAddition


def _identity(row: dict[str, Any]) -> tuple[str, str]:
    return ("person", slug(str(row["person"]))) if "person" in row else ("id", str(row.get("id")))


def _merged(row: dict[str, Any]) -> list[MergedName]:
    new = not row.get("add")
    entity = str(row.get("person") or row.get("name") or row.get("id"))
    standing = row.get("otherwise") or row if "person" in row else row
    country, sectors = str(standing.get("country") or ""), tuple(standing.get("sectors") or ())
    listed = row.get("also" if "person" in row else "names") or []
    return [
        MergedName(str(name), entity, new, country, sectors, str(row.get("source", "")))
        for name in ([entity] if new else []) + list(listed)
    ]


def _without(row: dict[str, Any], words: str) -> dict[str, Any] | None:
    """A row without a name; None where nothing is left of it."""
    key = "also" if "person" in row else "names"
    if not row.get("add") and words == str(row.get("person") or row.get("name")):
        return None
    left = [one for one in row.get(key) or [] if one != words]
    return None if row.get("add") and not left else {**row, key: left} if key in row else row
