"""Who is who on a day: states, organisations, people with their offices, and nouns for those who act."""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick

from turnstone.errors import KnowledgeError
from turnstone.knowledge.entity_files import (
    PACKAGED,
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
    read_files,
    slug,
)
from turnstone.knowledge.entity_twin import read_twin
from turnstone.knowledge.overlay import Rows, lay_over

_ORGANISATIONS = ("organisations.yaml", "armed_groups.yaml")
_TOP = ("states.yaml", *_ORGANISATIONS, "people.yaml", "agents.yaml")

Role = Literal["state", "government", "foreign", "defence", "other"]
SenseKind = Literal["state", "adjective", "people", "capital", "seat", "organisation", "person", "surname"]

# in the order of precedence of somebody's several offices
_RANK: dict[Role, int] = {"state": 0, "government": 1, "foreign": 2, "defence": 3, "other": 4}
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
_SHOUTED = re.compile(r"[^\W\d_a-z]{2,}(?:[^\w\n]+[^\W_a-z]+){3,}")


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
        return Standing(coming.office.country, (), "", f"not yet {coming.office.title}, which begins {coming.first}")


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
class Hit:
    """A known name in a text; `name` is as the data writes it."""

    start: int
    end: int
    name: str


def role_of(title: str) -> Role:
    """What a title's counterparts in other states are: "Secretary of State" is foreign, "King" is state."""
    lowered = title.lower()
    for pattern, role in _ROLE_WORDS:
        if re.search(pattern, lowered):
            return role
    return "other"


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
    return own, Standing(row.otherwise.country or "", row.otherwise.sectors, "", "as the entities say of other days")


def _valid(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


class Entities:
    """The data, read once and never changed. `digest` identifies it."""

    def __init__(
        self,
        states: Iterable[StateRow],
        organisations: Iterable[OrganisationRow],
        agents: Iterable[AgentRow],
        offices: Iterable[OfficeRow],
        digest: str,
        people: Iterable[PersonRow] = (),
    ) -> None:
        self.digest = digest
        self._senses: dict[str, list[Sense]] = {}
        self.states: tuple[State, ...] = tuple(self._states(states))
        self.organisations: tuple[Organisation, ...] = tuple(self._organisations(organisations))
        self.offices: tuple[Office, ...]
        self.people: tuple[Person, ...]
        self._people(tuple(offices), {slug(row.person): row for row in people})
        self.agents: tuple[Agent, ...] = tuple(
            Agent(row.noun, row.plural or row.noun + "s", row.sectors, row.human) for row in agents
        )
        self._codes: dict[str, list[State]] = {}
        for state in self.states:
            self._codes.setdefault(state.code, []).append(state)
        self._held: dict[str, list[tuple[Term, Person]]] = {}
        for person in self.people:
            for term in person.terms:
                self._held.setdefault(term.office.id, []).append((term, person))
        self._by_id: dict[str, Person] = {person.id: person for person in self.people}
        self._titled: dict[tuple[str, str], list[Office]] = {}
        self.nouns: dict[str, Noun] = self._nouns()
        self._noun_list = tuple(self.nouns)
        self._noun_automaton = AhoCorasick(self._noun_list)
        self.names: tuple[str, ...] = tuple(sorted(self._senses))
        self._automaton = AhoCorasick(self.names)

    # --- building

    def _add(self, name: str, sense: Sense) -> None:
        senses = self._senses.setdefault(name, [])
        if not any(other.kind == sense.kind and other.target.id == sense.target.id for other in senses):
            senses.append(sense)

    def _states(self, rows: Iterable[StateRow]) -> Iterator[State]:
        for row in rows:
            state = State(row.id, row.code, row.name, row.sectors, row.since, row.until)
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
            yield state

    def _organisations(self, rows: Iterable[OrganisationRow]) -> Iterator[Organisation]:
        for row in rows:
            organisation = Organisation(
                row.id, row.name, row.kind or "", row.country or "", row.sectors, row.outlet, row.since, row.until
            )
            for name in (row.name, *row.names):
                self._add(name, Sense("organisation", organisation))
            yield organisation

    def _people(self, rows: tuple[OfficeRow, ...], told: dict[str, PersonRow]) -> None:
        offices: list[Office] = []
        terms: dict[str, list[Term]] = {}
        also: dict[str, dict[str, None]] = {}
        full: dict[str, str] = {}
        for row in rows:
            office = Office(row.office, row.title, row.titles, row.country, row.sectors, role_of(row.title))
            offices.append(office)
            for holder in row.holders:
                key = slug(holder.name)
                full.setdefault(key, holder.name)
                terms.setdefault(key, []).append(Term(office, holder.from_, holder.to, bool(holder.approximate)))
                also.setdefault(key, {}).update(dict.fromkeys((holder.name, *holder.also)))
        for key, one in told.items():
            full.setdefault(key, one.person)
            terms.setdefault(key, [])
            also.setdefault(key, {}).update(dict.fromkeys((one.person, *one.also)))
        people = []
        for key, held in terms.items():
            name = full[key]
            others = tuple(other for other in also[key] if other != name)
            ordered = tuple(sorted(held, key=lambda term: (term.first, term.office.id)))
            person = Person(key, name, others, ordered, *_own(told.get(key)))
            people.append(person)
            for other in (name, *others):
                single = " " not in other
                self._add(other, Sense("surname" if single and other != name else "person", person))
            countries = [term.office.country for term in (*person.terms, *person.own)]
            countries += [person.otherwise.country] if person.otherwise else []
            surname = _surname(name, countries[0] if countries else "")
            if surname:
                self._add(surname, Sense("surname", person))
        self.offices, self.people = tuple(offices), tuple(people)

    def _nouns(self) -> dict[str, Noun]:
        """Titles of offices and agent nouns, in small letters."""
        nouns: dict[str, Noun] = {}
        for office in self.offices:
            for title in (office.title, *office.titles):
                short = self._without_country(title).lower()
                for key in {title.lower(), short}:
                    listed = self._titled.setdefault((office.country, key), [])
                    if office not in listed:
                        listed.append(office)
                    if key not in nouns:
                        nouns[key] = Noun(key, office.sectors, True, False, True)
        for key, noun in list(nouns.items()):
            if not key.endswith("s") and " of " not in key:
                nouns.setdefault(key + "s", Noun(key, noun.sectors, True, True, True))
        for agent in self.agents:
            plural, singular = agent.plural.lower(), agent.noun.lower()
            is_title = singular in nouns and nouns[singular].title
            nouns[plural] = Noun(singular, agent.sectors, agent.human, True, is_title)
            if singular != plural:
                nouns[singular] = Noun(singular, agent.sectors, agent.human, False, is_title)
        return nouns

    def _without_country(self, title: str) -> str:
        """ "President of Russia" as "President"; "Minister of Defence" stays."""
        head, found, rest = title.partition(" of ")
        rest = rest.removeprefix("the ")
        if found and any(sense.kind in ("state", "organisation") for sense in self._senses.get(rest, ())):
            return head
        return title

    # --- finding

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every known name in `text`, whole words only; the longest wins. Case must match, save in a headline that
        is all capitals."""
        found = [
            Hit(start, end, self.names[index])
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _whole(text, start, end)
        ]
        shouted = [match.span() for match in _SHOUTED.finditer(text)]
        if shouted:
            for index, start, end in self._shouting.find_matches_as_indexes(text, overlapping=True):
                if _whole(text, start, end) and any(first <= start and end <= last for first, last in shouted):
                    found.append(Hit(start, end, self._shouted_names[index]))
        found.sort(key=lambda hit: (hit.start - hit.end, hit.start, hit.name))
        taken: set[int] = set()
        kept = []
        for hit in found:
            if hit.start not in taken and hit.end - 1 not in taken:
                taken.update(range(hit.start, hit.end))
                kept.append(hit)
        return tuple(sorted(kept, key=lambda hit: hit.start))

    @cached_property
    def _shouted_names(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name.upper() != name and len(name) > 3)

    @cached_property
    def _shouting(self) -> AhoCorasick:
        return AhoCorasick([name.upper() for name in self._shouted_names])

    def find_nouns(self, text: str) -> tuple[tuple[int, int, Noun], ...]:
        """Every title or agent noun in `text` as (start, end, noun): whole words, any case, the longest wins."""
        lowered = text.lower()
        if len(lowered) != len(text):
            lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
        found = [
            (start - end, start, end, self._noun_list[index])
            for index, start, end in self._noun_automaton.find_matches_as_indexes(lowered, overlapping=True)
            if _whole(text, start, end)
        ]
        taken: set[int] = set()
        kept = []
        for _, start, end, noun in sorted(found):
            if start not in taken and end - 1 not in taken:
                taken.update(range(start, end))
                kept.append((start, end, self.nouns[noun]))
        return tuple(sorted(kept, key=lambda hit: hit[0]))

    def senses(self, name: str) -> tuple[Sense, ...]:
        """Everything a name can stand for, of any day."""
        return tuple(self._senses.get(name, ()))

    # --- looking up

    def state(self, name: str, day: date, *kinds: SenseKind) -> tuple[State, Sense] | None:
        """The state that `name` names as one of `kinds` (by default any): the one that exists on the day, else
        the one that ended last before it; None where there is none or several."""
        found: dict[str, tuple[State, Sense]] = {}
        for sense in self._senses.get(name, ()):
            if isinstance(sense.target, State) and (not kinds or sense.kind in kinds):
                found.setdefault(sense.target.id, (sense.target, sense))
        now = [pair for pair in found.values() if _valid(pair[0].since, pair[0].until, day)]
        if not now:
            ended = [pair for pair in found.values() if pair[0].until is not None and pair[0].until <= day]
            latest = max((pair[0].until for pair in ended if pair[0].until), default=None)
            now = [pair for pair in ended if pair[0].until == latest]
        # a name that is both a state's and a capital's is the state's ("Singapore")
        if len(now) > 1:
            named = [pair for pair in now if pair[1].kind == "state"]
            now = named or now
        return now[0] if len(now) == 1 else None

    def state_of(self, code: str, day: date) -> State | None:
        """The state with a code on a day; dependencies and breakaway parts share it, and are not meant."""
        found = [state for state in self._codes.get(code, ()) if _valid(state.since, state.until, day)]
        plain = [state for state in found if state.id == code] or [
            state for state in found if "PRE" not in state.sectors
        ]
        return plain[0] if len(plain) == 1 else None

    def organisation(self, name: str, day: date) -> Organisation | None:
        """The organisation of that name on a day; None where there is none or several."""
        found = {
            sense.target.id: sense.target
            for sense in self._senses.get(name, ())
            if isinstance(sense.target, Organisation) and _valid(sense.target.since, sense.target.until, day)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def named(self, name: str, *kinds: SenseKind) -> tuple[Person, ...]:
        """Everybody with that full name, other name or surname."""
        kinds = kinds or ("person", "surname")
        found = {
            sense.target.id: sense.target
            for sense in self._senses.get(name, ())
            if isinstance(sense.target, Person) and sense.kind in kinds
        }
        return tuple(found.values())

    def person(self, name: str, day: date, introduced: Iterable[str] = ()) -> Person | None:
        """The person a name means on a day: the only one of that name; of several who holds an office on the day,
        else who is in `introduced` (ids of those named in full); None where that leaves more than one or none."""
        people = self.named(name)
        full = self.named(name, "person")
        if len(full) == 1 and len(name.split()) > 1:
            return full[0]
        if len(people) <= 1:
            return people[0] if people else None
        holders = [person for person in people if person.held_on(day) is not None]
        if len(holders) == 1:
            return holders[0]
        known = set(introduced)
        met = [person for person in people if person.id in known]
        return met[0] if len(met) == 1 else None

    def holder(self, office: str, day: date) -> Person | None:
        """Who holds an office, by its id, on a day."""
        for term, person in self._held.get(office, ()):
            if term.first <= day and (term.until is None or day < term.until):
                return person
        return None

    def office(self, country: str, title: str) -> Office | None:
        """The office of a country or body that has a title (any case): None where none or several have it."""
        found = self._titled.get((country, title.lower()), ())
        return found[0] if len(found) == 1 else None

    def counterpart(self, office: str, country: str, day: date) -> tuple[Office, Person] | None:
        """The same office of another country and who holds it on a day: by title, else by what the office does."""
        own = next((one for one in self.offices if one.id == office), None)
        if own is None:
            return None
        alike = [one for one in self.offices_of(country) if one.title == own.title]
        if not alike and own.role != "other":
            alike = [one for one in self.offices_of(country) if one.role == own.role]
        if len(alike) != 1 or (person := self.holder(alike[0].id, day)) is None:
            return None
        return alike[0], person

    def person_of(self, identity: str) -> Person | None:
        """The person with an id."""
        return self._by_id.get(identity)

    def offices_of(self, country: str) -> tuple[Office, ...]:
        """The offices of a state or body, by its code."""
        return tuple(office for office in self.offices if office.country == country)


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum() or after == "_" or before == "_")


def load_entities(*files: str | Path | EntityFile) -> Entities:
    """The packaged data with files of entities over it, each row in the place of the one with its id.

    Raises KnowledgeError that names file, line and fault.
    """
    return read_entities(PACKAGED, files=files)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: it looks for cycles where there are none, and takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def read_entities(*folders: Path, files: Iterable[str | Path | EntityFile] = ()) -> Entities:
    """Entities from folders of states, organisations, armed groups, people, agents and offices/*.yaml, and then from
    files with rows of any kind, later ones winning. Raises KnowledgeError that names file, line and fault."""
    given = read_files(files)
    rows, digest = read_rows(folders, given, Faults())
    return Entities(
        (placed.row for placed in rows.states.values()),
        (placed.row for placed in rows.organisations.values()),
        (placed.row for placed in rows.agents.values()),
        (placed.row for placed in rows.offices.values()),
        digest,
        (placed.row for placed in rows.people.values()),
    )


def read_rows(folders: Iterable[Path], files: Iterable[EntityFile], faults: Faults) -> tuple[Rows, str]:
    """All rows, checked, and the digest of what they were read from."""
    rows = Rows()
    digest = hashlib.sha256()
    folders = tuple(folders)
    for folder in folders:
        if not folder.is_dir():
            raise KnowledgeError(f"{folder}: no such folder; give one with states.yaml or offices/*.yaml in it")
        contents = files_of(folder)
        own = digest_of(contents)
        digest.update(own.encode())
        twin = read_twin(folder, own)
        seen: set[str] = set()
        for name, content in contents.items():
            file = EntityFile(str(folder / name), content)
            if name not in _TOP and not name.startswith("offices/"):
                known = f"{', '.join(_TOP)} or offices/*.yaml"
                raise KnowledgeError(f"{file.path}: not a file of entities; name it {known}, or move it away")
            loaded = parse_yaml(file, faults) if twin is None or name not in twin else twin[name]
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
    for file in files:
        lay_over(rows, file, faults)
        digest.update(hashlib.sha256(file.content).hexdigest().encode())
    if not rows.states:
        raise KnowledgeError(f"{', '.join(map(str, folders))}: no states; add states.yaml")
    rows.check(faults)
    return rows, digest.hexdigest()


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
