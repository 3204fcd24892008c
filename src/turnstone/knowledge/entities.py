"""Who is who on a day: states, organisations, people with their offices, and nouns for those who act."""

from __future__ import annotations

import gc
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from turnstone.knowledge.digests import ENTITIES, digest_of, digest_of_all, folder_files
from turnstone.knowledge.entity_records import (
    Agent,
    Noun,
    Office,
    Organisation,
    Person,
    Role,
    Sense,
    SenseKind,
    Standing,
    State,
    Tables,
    Term,
)
from turnstone.knowledge.entity_twin import read_twin
from turnstone.knowledge.spellings import plain, sound

if TYPE_CHECKING:
    from turnstone.knowledge.entity_files import EntityFile

__all__ = [
    "Agent",
    "Entities",
    "Hit",
    "Noun",
    "Office",
    "Organisation",
    "Person",
    "Role",
    "Sense",
    "SenseKind",
    "Standing",
    "State",
    "Term",
    "load_entities",
    "read_entities",
]

_SHOUTED = re.compile(r"[^\W\d_a-z]{2,}(?:[^\w\n]+[^\W_a-z]+){3,}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text; `name` is as the data writes it."""

    start: int
    end: int
    name: str


def _valid(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day < until)


class Entities:
    """The data, read once and never changed. `digest` identifies it."""

    def __init__(self, tables: Tables, digest: str) -> None:
        self.digest = digest
        self.states = tables.states
        self.organisations = tables.organisations
        self.offices = tables.offices
        self.people = tables.people
        self.agents = tables.agents
        self._senses = tables.senses
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
        self.names: tuple[str, ...] = tuple(self._senses)
        self._automaton = AhoCorasick(self.names)

    def _nouns(self) -> dict[str, Noun]:
        """Titles of offices and agent nouns, in small letters."""
        nouns: dict[str, Noun] = {}
        for office in self.offices:
            for title in (office.title, *office.titles):
                short = self._without_country(title).lower()
                for key in dict.fromkeys((title.lower(), short)):
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
        return self._senses.get(name, ())

    def named_otherwise(self, name: str) -> bool:
        """Whether a name stands for anything but a person."""
        return any(not isinstance(sense.target, Person) for sense in self.senses(name))

    # --- looking up

    def state(self, name: str, day: date, *kinds: SenseKind) -> tuple[State, Sense] | None:
        """The state that `name` names as one of `kinds` (by default any): the one that exists on the day, else
        the one that ended last before it, of which no capital or seat speaks any more; None where there is none or
        several."""
        found: dict[str, tuple[State, Sense]] = {}
        for sense in self._senses.get(name, ()):
            if isinstance(sense.target, State) and (not kinds or sense.kind in kinds):
                found.setdefault(sense.target.id, (sense.target, sense))
        now = [pair for pair in found.values() if _valid(pair[0].since, pair[0].until, day)]
        if not now:
            ended = [
                (state, sense)
                for state, sense in found.values()
                if state.until is not None and state.until <= day and sense.kind not in ("capital", "seat")
            ]
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
        """The person a name means on a day: the only one of that name; of several who is in `introduced` (ids of those
        named in full), else who is something on the day, of several the one who holds an office; None where that leaves
        more than one or none."""
        people = self.named(name)
        full = self.named(name, "person")
        if len(full) == 1 and len(name.split()) > 1:
            return full[0]
        if len(people) <= 1:
            return people[0] if people else None
        known = set(introduced)
        met = [person for person in people if person.id in known]
        if len(met) == 1:
            return met[0]
        holders = [(person, term) for person in people if (term := person.held_on(day)) is not None]
        if len(holders) > 1:
            holders = [(person, term) for person, term in holders if term.office.id]
        return holders[0][0] if len(holders) == 1 else None

    def spelt_otherwise(self, name: str, spoken_of: Collection[str], day: date) -> Person | None:
        """The only person whose full name differs from one that the data does not know in accents, capitals and hyphens
        alone, or, where a state of `spoken_of` (codes) is theirs on the day, in how it is put into our letters."""
        if " " not in name or name.isupper():
            return None
        found: Sequence[str] = self._plainly.get(plain(name), ())
        if not found and (key := sound(name)):
            found = [one for one in self._by_sound.get(key, ()) if self._by_id[one].on(day).country in spoken_of]
        return self._by_id[found[0]] if len(found) == 1 else None

    @cached_property
    def _plainly(self) -> dict[str, list[str]]:
        """The ids of everybody by how their full names are spelt plainly."""
        found: dict[str, list[str]] = {}
        for person in self.people:
            for key in {plain(name) for name in (person.name, *person.also)} - {""}:
                found.setdefault(key, []).append(person.id)
        return found

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for spelt, people in self._plainly.items():
            if key := sound(spelt):
                known = found.setdefault(key, [])
                known += [one for one in people if one not in known]
        return found

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
    return read_entities(ENTITIES, files=files)


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
    """Entities from folders of states, organisations, armed groups, people, agents, offices/ and people/, and then from
    files with rows of any kind, later ones winning. Raises KnowledgeError that names file, line and fault."""
    files = tuple(files)
    if len(folders) == 1 and not files:
        digest = digest_of(folder_files(folders[0]))
        tables = read_twin(folders[0], digest)
        if tables is not None:
            return Entities(tables, digest_of_all([digest], ()))
    # what reads YAML takes longer to load than the twin
    from turnstone.knowledge.entity_files import Faults, read_files
    from turnstone.knowledge.entity_rows import read_rows
    from turnstone.knowledge.entity_tables import tables_of

    rows, digest = read_rows(folders, read_files(files), Faults())
    return Entities(tables_of(rows), digest)
