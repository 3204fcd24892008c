"""What a row of a file of entities may say: of a state, organisation, noun, office or person, or in addition to one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)


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
Source = str | list[str] | None


class AnyRow(BaseModel):
    """A row of any kind: without keys that it does not know, and without empty words."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)


class SeatRow(AnyRow):
    """A building or street that stands for an institution ("the Kremlin")."""

    name: str
    sectors: Words = ("GOV",)


def _seats(value: object) -> object:
    listed = _listed(value)
    return [{"name": one} if isinstance(one, str) else one for one in listed] if isinstance(listed, list) else listed


Seats = Annotated[tuple[SeatRow, ...], BeforeValidator(_seats)]


class StateRow(AnyRow):
    """A state, past or present, recognised or not."""

    id: str
    code: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    name: str
    names: Words = ()
    adjectives: Words = ()
    people: Words = ()
    capital: Words = ()
    seats: Seats = ()
    since: Since = None
    until: Until = None
    sectors: Words = ()
    source: Source = None


class OrganisationRow(AnyRow):
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
    source: Source = None


class AgentRow(AnyRow):
    """A noun for people or bodies that act: "soldier", "foreign ministry"."""

    noun: str
    plural: str | None = None
    sectors: Words = ()
    human: bool = True
    source: Source = None


class HolderRow(AnyRow):
    """Somebody's time in an office: `from` belongs to it, `to` does not."""

    name: str
    also: Words = ()
    from_: Annotated[date, Field(alias="from")]
    to: date | None = None
    began: str | None = None
    approximate: bool | str | list[str] | None = None
    source: Source = None


class OfficeRow(AnyRow):
    """A post and those who have held it."""

    office: str
    title: str
    titles: Words = ()
    country: str
    sectors: Words = ()
    holders: tuple[HolderRow, ...] = ()


class StandingRow(AnyRow):
    """What somebody is: `country` a state's or a special code."""

    country: str | None = None
    sectors: Words = ()


class TermRow(StandingRow):
    """What somebody is for a time: `from` belongs to it, `to` does not; none: without limit."""

    title: str | None = None
    from_: Annotated[Since, Field(alias="from")] = None
    to: Until = None
    approximate: bool = False


class PersonRow(AnyRow):
    """Somebody known for more than an office: of several terms on a day the first listed counts, `otherwise` on
    all other days."""

    person: str
    also: Words = ()
    terms: tuple[TermRow, ...] = ()
    otherwise: StandingRow | None = None
    source: Source = None


class StateAddition(AnyRow):
    """Further names of a state that is known already."""

    id: str
    add: Literal[True]
    names: Words = ()
    adjectives: Words = ()
    people: Words = ()
    capital: Words = ()
    seats: Seats = ()
    source: Source = None


class OrganisationAddition(AnyRow):
    """Further names of an organisation that is known already."""

    id: str
    add: Literal[True]
    names: Words = ()
    source: Source = None


class PersonAddition(AnyRow):
    """Further names and terms of somebody who is known already."""

    person: str
    add: Literal[True]
    also: Words = ()
    terms: tuple[TermRow, ...] = ()
    otherwise: StandingRow | None = None
    source: Source = None


class OfficeAddition(AnyRow):
    """Further holders and titles of an office that is known already."""

    office: str
    add: Literal[True]
    titles: Words = ()
    holders: tuple[HolderRow, ...] = ()


Row = TypeVar("Row", bound=AnyRow)
