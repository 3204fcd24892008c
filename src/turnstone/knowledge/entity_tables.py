"""Entities as they are looked up, made from rows: who held what, and everything that a name can stand for."""

from __future__ import annotations

import re
from datetime import date

from turnstone.knowledge.entity_files import slug
from turnstone.knowledge.entity_records import (
    OTHERWISE,
    Agent,
    Office,
    Organisation,
    Person,
    Role,
    Sense,
    Standing,
    State,
    Tables,
    Term,
)
from turnstone.knowledge.entity_schema import OfficeRow, OrganisationRow, PersonRow, StateRow
from turnstone.knowledge.overlay import Rows

_ROLE_WORDS: tuple[tuple[str, Role], ...] = (
    (r"\b(?:vice|deputy|assistant|under-?secretary|former|exchequer|speaker|national security)\b", "other"),
    (r"\b(?:defen[cs]e|war)\b", "defence"),
    (r"\b(?:foreign|external|secretary of state|high representative)\b", "foreign"),
    (r"\b(?:prime minister|premier|chancellor|taoiseach|head of government)\b", "government"),
    (
        r"\b(?:president|king|queen|emperor|emir|amir|sultan|supreme leader|pope|head of state|chief executive"
        r"|grand duke|chair(?:man|person)? of the (?:presidency|sovereign|transitional|state))\b",
        "state",
    ),
)
# where the family name stands first
_FAMILY_FIRST = frozenset(("CHN", "TWN", "PRK", "KOR", "VNM", "KHM", "SGP", "HKG"))
_PARTICLES = frozenset(
    ("von", "van", "der", "de", "da", "dos", "du", "la", "le", "di", "bin", "ibn", "al", "el", "ter")
)
_NUMBERED = re.compile(r"[IVX]+")


def tables_of(rows: Rows) -> Tables:
    """The entities that rows, which are sound, speak of."""
    making = _Making()
    for state in rows.states.values():
        making.state(state.row)
    for organisation in rows.organisations.values():
        making.organisation(organisation.row)
    told = {slug(placed.row.person): placed.row for placed in rows.people.values()}
    making.hold([placed.row for placed in rows.offices.values()], told)
    agents = [placed.row for placed in rows.agents.values()]
    return Tables(
        tuple(making.states),
        tuple(making.organisations),
        tuple(making.offices),
        tuple(making.people),
        tuple(Agent(row.noun, row.plural or row.noun + "s", row.sectors, row.human) for row in agents),
        {name: tuple(making.senses[name]) for name in sorted(making.senses)},
    )


def role_of(title: str) -> Role:
    """What a title's counterparts in other states are: "Secretary of State" is foreign, "King" is state."""
    lowered = title.lower()
    for pattern, role in _ROLE_WORDS:
        if re.search(pattern, lowered):
            return role
    return "other"


class _Making:
    def __init__(self) -> None:
        self.states: list[State] = []
        self.organisations: list[Organisation] = []
        self.offices: list[Office] = []
        self.people: list[Person] = []
        self.senses: dict[str, list[Sense]] = {}

    def _add(self, name: str, sense: Sense) -> None:
        senses = self.senses.setdefault(name, [])
        if not any(other.kind == sense.kind and other.target.id == sense.target.id for other in senses):
            senses.append(sense)

    def state(self, row: StateRow) -> None:
        state = State(row.id, row.code, row.name, row.sectors, row.since, row.until)
        self.states.append(state)
        for name in (row.name, *row.names):
            self._add(name, Sense("state", state))
        for name in row.adjectives:
            self._add(name, Sense("adjective", state))
        for name in row.people:
            self._add(name, Sense("people", state))
        metonym = ("GOV", *(sector for sector in row.sectors if sector != "GOV"))
        for name in row.capital:
            self._add(name, Sense("capital", state, metonym))
        for seat in row.seats:
            self._add(seat.name, Sense("seat", state, seat.sectors))

    def organisation(self, row: OrganisationRow) -> None:
        organisation = Organisation(
            row.id, row.name, row.kind or "", row.country or "", row.sectors, row.outlet, row.since, row.until
        )
        self.organisations.append(organisation)
        for name in (row.name, *row.names):
            self._add(name, Sense("organisation", organisation))

    def hold(self, rows: list[OfficeRow], told: dict[str, PersonRow]) -> None:
        met: dict[str, tuple[dict[str, None], list[Term]]] = {}
        for row in rows:
            office = Office(row.office, row.title, row.titles, row.country, row.sectors, role_of(row.title))
            self.offices.append(office)
            for holder in row.holders:
                names, terms = met.setdefault(slug(holder.name), ({}, []))
                names.update(dict.fromkeys((holder.name, *holder.also)))
                terms.append(Term(office, holder.from_, holder.to, bool(holder.approximate)))
        for key, one in told.items():
            met.setdefault(key, ({}, []))[0].update(dict.fromkeys((one.person, *one.also)))
        for key, (names, terms) in met.items():
            name, *others = names
            ordered = tuple(sorted(terms, key=lambda term: (term.first, term.office.id)))
            person = Person(key, name, tuple(others), ordered, *_own(told.get(key)))
            self.people.append(person)
            self._add(name, Sense("person", person))
            for other in others:
                self._add(other, Sense("person" if " " in other else "surname", person))
            surname = _surname(name, _first_country(person))
            if surname:
                self._add(surname, Sense("surname", person))


def _surname(name: str, country: str) -> str:
    words = name.split()
    if len(words) < 2 or _NUMBERED.fullmatch(words[-1]):
        return ""
    if country in _FAMILY_FIRST and not (country in ("SGP", "HKG") and len(words) == 2):
        return words[0]
    for place, word in enumerate(words[1:], 1):
        if word.lower() in _PARTICLES and place < len(words) - 1:
            return " ".join(words[place:])
    return words[-1]


def _first_country(person: Person) -> str:
    for term in (*person.terms, *person.own):
        return term.office.country
    return person.otherwise.country if person.otherwise else ""


def _own(row: PersonRow | None) -> tuple[tuple[Term, ...], Standing | None]:
    """What is said of somebody beside offices. The offices of such terms have no id: nobody else holds them."""
    if row is None:
        return (), None
    own = tuple(
        Term(
            Office("", term.title or "a position", (), term.country or "", term.sectors, "other"),
            term.from_ or date.min,
            term.to,
            term.approximate,
        )
        for term in row.terms
    )
    if row.otherwise is None:
        return own, None
    return own, Standing(row.otherwise.country or "", row.otherwise.sectors, "", OTHERWISE)
