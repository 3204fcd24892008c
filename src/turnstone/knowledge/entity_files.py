"""The files of offices, people, states, organisations and agent nouns: read, checked, refused with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from turnstone.errors import KnowledgeError

PACKAGED = Path(__file__).parent.parent / "data" / "entities"
SPECIAL_CODES = frozenset(("UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"))

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _first_day(value: object) -> object:
    """A year alone means its first day."""
    return date(value, 1, 1) if isinstance(value, int) and 1 <= value <= 9999 else value


def _day_after(value: object) -> object:
    """A year alone means that all of it still counts."""
    return date(value, 12, 31) + timedelta(1) if isinstance(value, int) and 1 <= value < 9999 else value


def _listed(value: object) -> object:
    """One word, several or none: always a list."""
    return [] if value is None else value if isinstance(value, list) else [value]


Since = Annotated[date | None, BeforeValidator(_first_day)]
Until = Annotated[date | None, BeforeValidator(_day_after)]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)


class SeatRow(_Row):
    """A building or street that stands for an institution ("the Kremlin")."""

    name: str
    sectors: Words = ("GOV",)


def _seats(value: object) -> object:
    listed = _listed(value)
    return [{"name": one} if isinstance(one, str) else one for one in listed] if isinstance(listed, list) else listed


class StateRow(_Row):
    """A state, past or present, recognised or not."""

    id: str
    code: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    name: str
    names: Words = ()
    adjectives: Words = ()
    people: Words = ()
    capital: Words = ()
    seats: Annotated[tuple[SeatRow, ...], BeforeValidator(_seats)] = ()
    since: Since = None
    until: Until = None
    sectors: Words = ()
    source: str | list[str] | None = None


class OrganisationRow(_Row):
    """An organisation; `outlet` where it brings news."""

    id: str
    name: str
    names: Words = ()
    kind: str | None = None
    country: str | None = None
    sectors: Words = ()
    outlet: bool = False
    since: Since = None
    until: Until = None
    source: str | list[str] | None = None


class AgentRow(_Row):
    """A noun for people or bodies that act: "soldier", "foreign ministry"."""

    noun: str
    plural: str | None = None
    sectors: Words = ()
    human: bool = True


class HolderRow(_Row):
    """Somebody's time in an office: `from` belongs to it, `to` does not."""

    name: str
    also: Words = ()
    from_: Annotated[date, Field(alias="from")]
    to: date | None = None
    began: str | None = None
    approximate: bool | str | list[str] | None = None
    source: str | list[str] | None = None


class OfficeRow(_Row):
    """A post and those who have held it."""

    office: str
    title: str
    titles: Words = ()
    country: str
    sectors: Words = ()
    holders: tuple[HolderRow, ...] = ()


class TermRow(_Row):
    """What somebody is for a time, without an office: `from` belongs to it, `to` does not."""

    title: str
    country: str
    sectors: Words = ()
    from_: Annotated[date, BeforeValidator(_first_day), Field(alias="from")]
    to: Until = None
    approximate: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> TermRow:
        if self.to is not None and self.to <= self.from_:
            raise ValueError(f"ends on {self.to}, not after {self.from_}; `to` is the first day that is no part of it")
        return self


class PersonRow(_Row):
    """Somebody known without an office; of several terms on a day the first listed counts."""

    person: str
    also: Words = ()
    terms: Annotated[tuple[TermRow, ...], Field(min_length=1)]
    source: str | list[str] | None = None


Row = TypeVar("Row", bound=_Row)


def parse_yaml(path: Path, content: bytes) -> list[Any]:
    """The unchecked rows of one YAML file: a list, or one mapping."""
    try:
        loaded = yaml.load(content, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise KnowledgeError(f"{path}: not valid YAML: {error}; mend the file at that line") from error
    if isinstance(loaded, dict):
        return [loaded]
    if loaded is None:
        return []
    if not isinstance(loaded, list):
        raise KnowledgeError(f"{path}: expected a list of rows, found {type(loaded).__name__}; write `- {{...}}` rows")
    return loaded


def check_rows(kind: type[Row], path: Path, loaded: list[Any]) -> tuple[Row, ...]:
    """The rows of one file; KnowledgeError names file, row and fault."""
    rows = []
    for number, value in enumerate(loaded, 1):
        try:
            rows.append(kind.model_validate(value))
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(str(part) for part in fault["loc"]) or "the row"
            keys = [key for key in ("id", "office", "noun", "person") if isinstance(value, dict) and key in value]
            named = str(value[keys[0]]) if keys else ""
            message = f"{path}: row {number} {named!r}, {place}: {fault['msg']}; mend or remove it"
            raise KnowledgeError(message) from error
    return tuple(rows)


def check_codes(path: Path, rows: Iterable[tuple[str, str | None]], codes: frozenset[str]) -> None:
    """Refuse a country code that no state has and that is no special code."""
    for name, code in rows:
        if code and code not in codes and code not in SPECIAL_CODES:
            special = " ".join(sorted(SPECIAL_CODES))
            raise KnowledgeError(f"{path}: {name!r}: no state has the code {code!r}; use a state's code or {special}")


def check_terms(path: Path, office: OfficeRow) -> None:
    """Refuse a term that ends before it starts and two holders of one office on the same day."""
    terms = sorted(office.holders, key=lambda holder: holder.from_)
    for holder in terms:
        if holder.to is not None and holder.to <= holder.from_:
            raise KnowledgeError(
                f"{path}: {office.office}: {holder.name} leaves on {holder.to}, not after {holder.from_}; "
                "`to` is the first day out of office"
            )
    for before, after in pairwise(terms):
        if before.to is None or before.to > after.from_:
            raise KnowledgeError(
                f"{path}: {office.office}: {before.name} (to {before.to or 'today'}) and {after.name} "
                f"(from {after.from_}) overlap; `to` is the first day out of office"
            )


def files_of(folder: Path) -> dict[str, bytes]:
    """The YAML files of a folder of entities, by their names in it, in a fixed order."""
    paths = [*folder.glob("*.yaml"), *folder.glob("offices/*.yaml")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


def digest_of(contents: dict[str, bytes]) -> str:
    """The digest of files by their names."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
