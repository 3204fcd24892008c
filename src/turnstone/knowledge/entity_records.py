"""What the entities are made of: states, organisations, offices and the people who hold them, and what names mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Role = Literal["state", "government", "foreign", "defence", "other"]
SenseKind = Literal["state", "adjective", "people", "capital", "seat", "organisation", "person", "surname"]

# what stands in the place of a country's code for bodies, companies and movements of none
SPECIAL_CODES = frozenset(("UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"))
OTHERWISE = "as the entities say of other days"  # the basis of what somebody is outside all terms

# in the order of precedence of somebody's several offices
_RANK: dict[Role, int] = {"state": 0, "government": 1, "foreign": 2, "defence": 3, "other": 4}


@dataclass(frozen=True, slots=True)
class State:
    """A state; `since` belongs to it, `until` does not. `sectors` are extra ones, such as PRE."""

    id: str
    code: str
    name: str
    sectors: tuple[str, ...]
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation; `country` is a state's or a special code, or empty."""

    id: str
    name: str
    kind: str
    country: str
    sectors: tuple[str, ...]
    outlet: bool
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Office:
    """A post. `role` says what its counterparts in other states are."""

    id: str
    title: str
    titles: tuple[str, ...]
    country: str
    sectors: tuple[str, ...]
    role: Role


@dataclass(frozen=True, slots=True)
class Term:
    """A time in an office: `first` belongs to it, `until` (None: still) does not."""

    office: Office
    first: date
    until: date | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is on a day; `office` is an office's id, empty for who holds none."""

    country: str
    sectors: tuple[str, ...]
    office: str
    basis: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds or held offices, or is known without one: `own` are terms without an office, whose offices
    have no id, `otherwise` what is said of all other days."""

    id: str
    name: str
    also: tuple[str, ...]
    terms: tuple[Term, ...]
    own: tuple[Term, ...] = ()
    otherwise: Standing | None = None

    def held_on(self, day: date) -> Term | None:
        """The term on a day, of several the one in the highest office; without office the first of the own ones."""
        held = [term for term in self.terms if term.first <= day and (term.until is None or day < term.until)]
        if not held:
            return next((term for term in self.own if term.first <= day and (not term.until or day < term.until)), None)
        return min(held, key=lambda term: (_RANK[term.office.role], term.first, term.office.id))

    def is_known_by(self, day: date) -> bool:
        """Whether the first of the terms, in an office or not, has begun on a day."""
        return any(term.first <= day for term in (*self.terms, *self.own))

    def on(self, day: date) -> Standing:
        """Country and sectors on a day: the office's or own term's; else as `otherwise` says; else ELI after an office;
        none before the first and after what was no office."""
        term = self.held_on(day)
        if term is not None:
            office = term.office
            about = "about " if term.approximate else ""
            since = f" since {about}{term.first}" if term.first != date.min else ""
            basis = f"{office.title} ({office.country or 'of no state'}){since}"
            return Standing(office.country, office.sectors, office.id, basis)
        if self.otherwise is not None:
            return self.otherwise
        ended = [term for term in self.terms if term.until is not None and term.until <= day]
        if ended:
            last = max(ended, key=lambda term: (term.until or day, -_RANK[term.office.role], term.office.id))
            return Standing(last.office.country, ("ELI",), "", f"held {last.office.title} until {last.until}")
        over = [term for term in self.own if term.until is not None and term.until <= day]
        if over:
            last = max(over, key=lambda term: term.until or day)
            return Standing(last.office.country, (), "", f"was {last.office.title} until {last.until}")
        terms = (*self.terms, *self.own)
        coming = min(terms, key=lambda term: (term.first, _RANK[term.office.role], term.office.id), default=None)
        if coming is None:
            return Standing("", (), "", "of whom nothing is said")
        # a body of several states takes its officers from all of them: until then they are of their own
        country = "" if coming.office.country in SPECIAL_CODES else coming.office.country
        return Standing(country, (), "", f"not yet {coming.office.title}, which begins {coming.first}")


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun for those who act, singular and plural; `human` where it names people, not a body."""

    noun: str
    plural: str
    sectors: tuple[str, ...]
    human: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """A title or agent noun as found in text. `singular` is in small letters; `title` where it is an office's."""

    singular: str
    sectors: tuple[str, ...]
    human: bool
    plural: bool
    title: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a name can stand for. `sectors` are a capital's or seat's."""

    kind: SenseKind
    target: State | Organisation | Person
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """All entities; `senses` are in the order of their names."""

    states: tuple[State, ...]
    organisations: tuple[Organisation, ...]
    offices: tuple[Office, ...]
    people: tuple[Person, ...]
    agents: tuple[Agent, ...]
    senses: Mapping[str, tuple[Sense, ...]]
