"""The files of offices, people, states, organisations and agent nouns: read, checked, refused with a reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic

import yaml
from pydantic import ValidationError

from turnstone.errors import KnowledgeError
from turnstone.knowledge.digests import ENTITIES
from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.knowledge.entity_schema import SECTORS, AnyRow, OfficeRow, PersonAddition, PersonRow, Row
from turnstone.knowledge.letters import PLAIN_LETTERS
from turnstone.knowledge.yaml_lines import LOADER, Place, holds_itself, line_of, line_of_fault

PACKAGED = ENTITIES
_PLAIN = str.maketrans(PLAIN_LETTERS)
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """A name as an id: small plain letters (ø is o, æ is ae, Þ is th), hyphens between."""
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN)).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_IDS.sub("-", plain).strip("-") or name


def identity_of(key: str, value: object) -> str:
    """What makes two rows the same, by the key that says what they are: a person's name counts as an id."""
    return slug(str(value)) if key == "person" else str(value)


# --- files, and what is wrong in them


@dataclass(frozen=True, slots=True)
class EntityFile:
    """A file as it was when it was read, so that every process of a run has the same."""

    path: str
    content: bytes = field(repr=False)


class Faults:
    """What is wrong, as messages with file and line. The first is raised, unless they are `collected` in `found`."""

    def __init__(self, collected: bool = False) -> None:
        self.collected = collected
        self.found: list[str] = []

    def tell(self, file: EntityFile, place: Place, message: str) -> None:
        self.at_line(file, line_of(file.content, place), message)

    def at_line(self, file: EntityFile, line: int, message: str) -> None:
        text = f"{file.path}:{line}: {message}"
        if not self.collected:
            raise KnowledgeError(text)
        self.found.append(text)


@dataclass(frozen=True)
class Placed(Generic[Row]):
    """A row and where it stands. `holders` are the places of an office's holders where they come from several files."""

    row: Row
    file: EntityFile
    number: int
    holders: tuple[tuple[EntityFile, Place], ...] = ()

    def holder(self, index: int) -> tuple[EntityFile, Place]:
        return self.holders[index] if self.holders else (self.file, (self.number, "holders", index))


def parse_yaml(file: EntityFile, faults: Faults) -> list[Any]:
    """The unchecked rows of one YAML file: a list, or one mapping."""
    try:
        loaded = yaml.load(file.content, Loader=LOADER)
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        faults.at_line(file, line_of_fault(file.content, error), f"not valid YAML: {reason}; mend the file there")
        return []
    if holds_itself(loaded):
        rows = loaded if isinstance(loaded, list) else [loaded]
        number = next((number for number, row in enumerate(rows) if holds_itself(row)), 0)
        faults.tell(file, (number,), "an alias (*) makes this row a part of itself; write out what it stands for")
        return []
    if isinstance(loaded, dict):
        return [loaded]
    if loaded is None:
        return []
    if not isinstance(loaded, list):
        found = "words" if isinstance(loaded, str) else f"a {type(loaded).__name__}"
        faults.at_line(file, 1, f"expected a list of rows, found {found}; write `- {{...}}` rows")
        return []
    return loaded


def checked(kind: type[Row], file: EntityFile, number: int, value: object, faults: Faults) -> Placed[Row] | None:
    """One row, checked; None where it is at fault."""
    try:
        placed = Placed(kind.model_validate(value), file, number)
    except ValidationError as error:
        for fault in error.errors() if faults.collected else error.errors()[:1]:
            where = fault["loc"]
            key = ".".join(str(part) for part in where) or "the row"
            faults.tell(file, (number, *where), f"{named(value)}, {key}: {fault['msg']}; mend or remove it")
        return None
    return placed if _sound(placed, faults) else None


def named(value: object) -> str:
    """A row as messages call it."""
    if isinstance(value, AnyRow):
        value = value.model_dump()
    keys = [key for key in ("id", "office", "noun", "person") if isinstance(value, dict) and key in value]
    return repr(str(value[keys[0]])) if keys and isinstance(value, dict) else "a row"


def _sound(placed: Placed[Any], faults: Faults) -> bool:
    """Whether sectors are PLOVER's and days are in order."""
    row, before = placed.row, len(faults.found)

    def tell(place: Place, message: str) -> None:
        faults.tell(placed.file, (placed.number, *place), f"{named(row)}: {message}")

    def sectors(words: Sequence[str], *place: str | int) -> None:
        for word in words:
            if word not in SECTORS:
                tell((*place, "sectors"), f"{word!r} is no sector; use {' '.join(sorted(SECTORS))}")

    sectors(getattr(row, "sectors", ()))
    for index, seat in enumerate(getattr(row, "seats", ())):
        sectors(seat.sectors, "seats", index)
    since, until = getattr(row, "since", None), getattr(row, "until", None)
    if since is not None and until is not None and until <= since:
        tell(("until",), f"it ends on {until}, not after {since}; `until` is the first day it is no more")
    if isinstance(row, PersonRow | PersonAddition):
        for index, term in enumerate(row.terms):
            sectors(term.sectors, "terms", index)
            if term.from_ is not None and term.to is not None and term.to <= term.from_:
                tell(
                    ("terms", index, "to"),
                    f"a term ends on {term.to}, not after {term.from_}; `to` is the first day that is no part of it",
                )
        if row.otherwise is not None:
            sectors(row.otherwise.sectors, "otherwise")
    return len(faults.found) == before


def check_codes(placed: Placed[Any], codes: frozenset[str], faults: Faults) -> None:
    """Refuse a country code that no state has and that is no special code."""
    row = placed.row
    found: list[tuple[str | None, Place]] = [(getattr(row, "country", None), ("country",))]
    if isinstance(row, PersonRow):
        found = [(term.country, ("terms", index, "country")) for index, term in enumerate(row.terms)]
        found += [(row.otherwise.country, ("otherwise", "country"))] if row.otherwise is not None else []
    for code, place in found:
        if code and code not in codes and code not in SPECIAL_CODES:
            special = " ".join(sorted(SPECIAL_CODES))
            message = f"{named(row)}: no state has the code {code!r}; use a state's code or {special}"
            faults.tell(placed.file, (placed.number, *place), message)


def check_terms(placed: Placed[OfficeRow], faults: Faults) -> None:
    """Refuse a term that ends before it starts and two holders of one office on the same day."""
    office = placed.row.office
    terms = sorted(enumerate(placed.row.holders), key=lambda pair: pair[1].from_)
    for index, holder in terms:
        if holder.to is not None and holder.to <= holder.from_:
            file, place = placed.holder(index)
            faults.tell(
                file,
                (*place, "to"),
                f"{office}: {holder.name} leaves on {holder.to}, not after {holder.from_}; "
                "`to` is the first day out of office",
            )
    for (first, before), (second, after) in pairwise(terms):
        if before.to is None or before.to > after.from_:
            # of the two the one that stands in the later file, or further down
            file, place = placed.holder(second)
            if file == placed.file and placed.holder(first)[0] != placed.file:
                file, place = placed.holder(first)
            faults.tell(
                file,
                place,
                f"{office}: {before.name} (to {before.to or 'today'}) and {after.name} "
                f"(from {after.from_}) overlap; `to` is the first day out of office",
            )


# --- from the disk


def read_files(paths: Iterable[str | Path | EntityFile]) -> tuple[EntityFile, ...]:
    """Files of entities, read. Raises KnowledgeError for one that cannot be read, or is given twice."""
    found: list[EntityFile] = []
    for path in paths:
        file = path if isinstance(path, EntityFile) else EntityFile(str(path), _read(Path(path)))
        if file in found:
            raise KnowledgeError(f"{file.path}: this file of entities is given twice; give it once")
        found.append(file)
    return tuple(found)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise KnowledgeError(f"{path}: cannot be read ({reason}); give a YAML file of entities") from error
