"""Dictionaries of TABARI, PETRARCH and Phoenix as rows of entities. Every entry becomes a row, is known already, or is
reported with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from turnstone.knowledge.cameo_actors import Decoded, decode, decode_agent
from turnstone.knowledge.dictionary_agents import agent_forms
from turnstone.knowledge.dictionary_lines import NULL, Code, Dictionary, Entry, Remark, read_dictionary
from turnstone.knowledge.dictionary_outcome import Imported
from turnstone.knowledge.dictionary_standings import Standing, in_turn
from turnstone.knowledge.dictionary_subjects import Subjects
from turnstone.knowledge.entities import Entities, Organisation, Person, Sense, State
from turnstone.knowledge.entity_files import slug
from turnstone.knowledge.gazetteer import Gazetteer
from turnstone.knowledge.written_names import BODY_WORDS, as_written


def import_dictionaries(paths: Iterable[Path], entities: Entities, gazetteer: Gazetteer) -> Imported:
    """Files of actors and agents as rows that add to `entities`, which should be the packaged ones.

    Names that `entities` know already are left out and listed: dictionaries are years old, and a name that means two
    things at once is resolved to neither. Raises KnowledgeError for a file that cannot be read.
    """
    work = _Import(entities, gazetteer)
    for path in paths:
        work.take(read_dictionary(path))
    return work.finished()


class _Import:
    def __init__(self, entities: Entities, gazetteer: Gazetteer) -> None:
        self._entities = entities
        self._gazetteer = gazetteer
        self._subjects = Subjects(entities)
        self._countries = frozenset(state.code for state in entities.states)
        self._ids = {state.id for state in entities.states} | {one.id for one in entities.organisations}
        self._people: dict[str, dict[str, Any]] = {}
        self._nouns: dict[str, dict[str, Any]] = {}
        self._added: dict[str, dict[str, Any]] = {}
        self._given: dict[str, tuple[Entry, tuple[Standing, ...]]] = {}
        self._by_capitals: dict[str, list[Sense]] = {}
        for name in entities.names:
            self._by_capitals.setdefault(name.upper(), []).extend(entities.senses(name))
        self.found = Imported()

    def finished(self) -> Imported:
        self.found.rows = [*self._added.values(), *self.found.rows, *self._people.values(), *self._nouns.values()]
        return self.found

    def take(self, dictionary: Dictionary) -> None:
        found = self.found
        found.files.append((dictionary.file, dictionary.encoding, dictionary.lines, dictionary.comments))
        found.unread += dictionary.unread
        found.notes += dictionary.notes
        for entry in dictionary.entries:
            found.entries += 1
            before = len(found.unread)
            if any("~" in code.code for code in entry.codes):
                outcome = self._agent(entry, dictionary.sets)
            else:
                outcome = self._actor(entry)
            if outcome is None:
                found.refused += 1
                assert len(found.unread) > before
            elif outcome:
                found.written += 1
            else:
                found.known += 1

    # --- what is said of lines

    def _refuse(self, entry: Entry, reason: str) -> None:
        self.found.unread.append(Remark(entry.file, entry.line, _phrases(entry), reason))

    def _note(self, entry: Entry, line: int, text: str, reason: str) -> None:
        self.found.notes.append(Remark(entry.file, line, text, reason))

    # --- actors

    def _actor(self, entry: Entry) -> bool | None:
        """Whether the entry became a row; None where it could not be read."""
        standings = self._standings(entry)
        if not standings:
            if not entry.codes:
                why = "no code that can be read" if entry.faulty else "no code"
                self._refuse(entry, f"{why}; an actor needs one, and a further name of the actor above it a +")
            elif all(code.code == NULL for code in entry.codes):
                self._refuse(entry, "only the null code ---: not to be coded, for which turnstone has no entry")
            else:
                self._refuse(entry, "none of its codes can be read")
            return None
        former = any("ELI" in one.sectors for one in standings)
        dated = any(one.dated for one in standings)
        person = self._subjects.is_person((phrase for phrase, _ in entry.phrases), dated, former)
        names = self._names(entry, person)
        if not names:
            self._refuse(entry, "no phrase with letters in it")
            return None
        if not self._drop_described(entry, names):
            self._refuse(entry, "only words that describe somebody, which turnstone reads by what they mean on the day")
            return None
        if len(standings) == 1 and not standings[0].sectors and not dated and not person:
            state = self._entities.state_of(standings[0].country, date.today())
            if state is not None:
                own = state in self._drop_known(entry, names)
                self._drop_given(entry, names, standings)
                added = self._of_state(entry, names, state, own)
                if names:  # what is of the state but no name of it
                    self._organisations(entry, names, standings)
                return added or bool(names)
        targets = self._drop_known(entry, names)
        if not (person and names and slug(names[0]) in self._people):
            self._drop_given(entry, names, standings)
        if not names:
            return False
        same = self._entities.person_of(slug(names[0])) if person else None
        if same is not None:
            targets = [same]
        if len(targets) == 1 and isinstance(targets[0], Organisation | Person):
            # a further name of somebody known, of whom the data says more than a dictionary
            self._note(
                entry, entry.line, _phrases(entry), f"further names of {targets[0].name}; its codes are left out"
            )
            if isinstance(targets[0], Person):
                self._person(entry, targets[0].name, names, [], None, known=True)
            else:
                self._longer(targets[0].id, names, entry)
            return True
        if person:
            default = next((one for one in standings if not one.dated), None)
            self._person(entry, names[0], names[1:], [one for one in standings if one.dated], default)
        else:
            self._organisations(entry, names, standings)
        return True

    def _standings(self, entry: Entry) -> list[Standing]:
        found = []
        for code in entry.codes:
            if code.code == NULL:
                continue
            decoded = decode(code.code, self._countries)
            reason = decoded.reason
            if not reason and not decoded.country and not decoded.sectors:
                reason = f"{code.code!r} names neither a country nor a role that PLOVER has"
            if reason:
                self.found.unread.append(Remark(entry.file, code.line, _phrases(entry), reason))
                continue
            self._left(entry, code, decoded)
            found.append(Standing(code.code, decoded.country, decoded.sectors, code.first, code.until))
        return list(dict.fromkeys(found))

    def _left(self, entry: Entry, code: Code, decoded: Decoded) -> None:
        if decoded.left:
            kept = " ".join(part for part in (decoded.country, *decoded.sectors) if part) or "nothing"
            reason = f"without {' '.join(decoded.left)}, for which PLOVER has nothing here; {kept} is kept"
            self._note(entry, code.line, code.code, reason)

    def _names(self, entry: Entry, person: bool) -> list[str]:
        names: dict[str, None] = {}
        for phrase, line in entry.phrases:
            plain = " ".join(phrase.replace("_", " ").split())
            if " " in phrase.strip().replace("_ ", "_"):
                self._note(entry, line, phrase, "other words may stand at its blanks there, but not here")
            for inner in re.findall(r"\(([^()]*)\)", plain):
                outer = " ".join(re.sub(r"\([^()]*\)?", " ", plain).split())
                if _is_acronym(inner, outer):
                    names[inner] = None
                elif inner.strip():
                    self._note(entry, line, phrase, f"read without ({inner})")
            plain = " ".join(re.sub(r"\([^()]*\)?|\)", " ", plain).split())
            if not any(letter.isalpha() for letter in plain):
                if plain:
                    self.found.unread.append(Remark(entry.file, line, phrase, "a phrase without a letter"))
                continue
            names.update(dict.fromkeys(as_written(self._without_article(plain), person)))
        # an acronym in brackets stands before the name it is of
        first = next((name for name in names if " " in name), None)
        return [first, *(name for name in names if name != first)] if first else list(names)

    def _without_article(self, name: str) -> str:
        """A name without its article, where that leaves enough to know it by: articles are no part of names here."""
        rest = name[4:] if name[:4].upper() == "THE " else name
        return rest if " " in rest or len(rest) <= 3 or rest.upper() in self._by_capitals else name

    def _drop_described(self, entry: Entry, names: list[str]) -> bool:
        """Take out the names that only describe; whether any stays."""
        for name in list(names):
            if self._subjects.is_description(name):
                names.remove(name)
                self._note(entry, entry.line, name, "words that describe somebody; turnstone reads them by itself")
        return bool(names)

    def _of_state(self, entry: Entry, names: list[str], state: State, own: bool) -> bool:
        """Take out the names of a state and its people, which are added to it, and of places in it; of an entry that
        has an `own` name of the state all the rest. Whether any was added."""
        found: dict[str, list[str]] = {"names": [], "adjectives": []}
        for name in list(names):
            if self._subjects.is_demonym_of(state, name):
                found["adjectives"].append(name)
            elif self._subjects.is_name_of(state, name):
                found["names"].append(name)
            elif any(place.country == state.code for place in self._gazetteer.lookup(name)):
                self._note(entry, entry.line, name, f"a place in {state.name}, which the gazetteer has")
            elif own:
                found["names"].append(name)
            else:
                continue
            names.remove(name)
        for key, some in found.items():
            if some:
                self._longer(state.id, some, entry, key)
        return any(found.values())

    def _drop_known(self, entry: Entry, names: list[str]) -> list[State | Organisation | Person]:
        """Take out the names that stand for something already; whom they stand for."""
        targets: dict[str, State | Organisation | Person] = {}
        for name in list(names):
            senses = self._by_capitals.get(name.upper(), [])
            if not senses:
                continue
            names.remove(name)
            for sense in senses:
                targets.setdefault(sense.target.id, sense.target)
            meant = ", ".join(dict.fromkeys(f"{sense.kind} {sense.target.name}" for sense in senses))
            self.found.known_names.append(Remark(entry.file, entry.line, name, f"known already: {meant}"))
        return list(targets.values())

    def _drop_given(self, entry: Entry, names: list[str], standings: list[Standing]) -> None:
        """Take out the names that an entry above has."""
        for name in list(names):
            above, meant = self._given.setdefault(name.upper(), (entry, tuple(standings)))
            if above is entry:
                continue
            names.remove(name)
            where = f"stands above, at {above.file}:{above.line}"
            if meant == tuple(standings):
                self.found.known_names.append(Remark(entry.file, entry.line, name, where))
            else:
                self._note(entry, entry.line, name, f"{where}, with other codes, which are kept")

    def _longer(self, identity: str, names: Sequence[str], entry: Entry, key: str = "names") -> None:
        row = self._added.setdefault(identity, {"id": identity, "add": True})
        row[key] = list(dict.fromkeys((*row.get(key, ()), *names)))
        row["source"] = list(dict.fromkeys((*row.pop("source", ()), f"{entry.file}:{entry.line}")))

    def _organisations(self, entry: Entry, names: list[str], standings: list[Standing]) -> None:
        for standing in in_turn(standings):
            row: dict[str, Any] = {"id": self._new_id(names[0]), "name": names[0]}
            if names[1:]:
                row["names"] = names[1:]
            row |= standing.as_row()
            row |= {key: day for key, day in (("since", standing.first), ("until", standing.until)) if day is not None}
            self.found.rows.append(row | {"source": f"{entry.file}:{entry.line}"})

    def _new_id(self, name: str) -> str:
        base = slug(name)
        identity, number = base, 1
        while identity in self._ids:
            number += 1
            identity = f"{base}-{number}"
        self._ids.add(identity)
        return identity

    def _person(
        self,
        entry: Entry,
        name: str,
        also: Sequence[str],
        terms: list[Standing],
        default: Standing | None,
        known: bool = False,
    ) -> None:
        row = self._people.get(slug(name))
        if row is None:
            row = self._people[slug(name)] = {"person": name, "add": True} if known else {"person": name}
        elif terms or default is not None:
            self._note(entry, entry.line, name, "stands in the dictionaries more than once; the terms are put together")
        others = [*row.get("also", ()), *also]
        if others:
            row["also"] = list(dict.fromkeys(one for one in others if one != row["person"]))
        for term in terms:
            days = {key: day for key, day in (("from", term.first), ("to", term.until)) if day is not None}
            one = {"title": term.code} | term.as_row() | days
            if one not in row.setdefault("terms", []):
                row["terms"].append(one)
        if default is not None:
            row.setdefault("otherwise", default.as_row())
        source = f"{entry.file}:{entry.line}"
        row["source"] = source if "source" not in row else [*_listed(row["source"]), source]

    # --- agents

    def _agent(self, entry: Entry, sets: dict[str, list[str]]) -> bool | None:
        code = entry.codes[0]
        if len(entry.codes) > 1 or code.dated or len(entry.phrases) > 1:
            self._refuse(entry, "an agent with several codes, days or synonyms; give each noun its own line")
            return None
        decoded = decode_agent(code.code.strip("~"))
        if decoded.reason:
            self._refuse(entry, decoded.reason)
            return None
        phrase = entry.phrases[0][0]
        unknown = [name for name in re.findall(r"!(\w+)!", phrase) if name.upper() not in sets]
        if unknown:
            self._refuse(entry, f"the substitution set !{unknown[0]}! is not defined above it")
            return None
        self._left(entry, code, decoded)
        written = False
        for singular, plural in agent_forms(phrase, entry.plural, sets):
            if not any(letter.isalpha() for letter in singular):
                self._refuse(entry, "no phrase with letters in it")
                return None
            known = self._entities.nouns.get(singular)
            if known is not None:
                now = f"known already as {' '.join(known.sectors) or 'without sector'}"
                here = f", here {' '.join(decoded.sectors)}" if known.sectors != decoded.sectors else ""
                self.found.known_names.append(Remark(entry.file, entry.line, singular, now + here))
                continue
            if singular in self._nouns and self._nouns[singular]["sectors"] != list(decoded.sectors):
                first = " ".join(self._nouns[singular]["sectors"])
                self._note(entry, entry.line, singular, f"stands above as {first}, which is kept")
            human = singular.split(" of ")[0].split()[-1] not in BODY_WORDS
            row = {"noun": singular, "plural": plural, "sectors": list(decoded.sectors), "human": human}
            self._nouns.setdefault(singular, row | {"source": f"{entry.file}:{entry.line}"})
            written = True
        return written


def _phrases(entry: Entry) -> str:
    first, more = entry.phrases[0][0], len(entry.phrases) - 1
    return f"{first} (and {more} more)" if more else first


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_acronym(inner: str, outer: str) -> bool:
    """Whether the letters in brackets are initials of the name, in turn."""
    if not inner.isupper() or not inner.isalpha() or not 2 <= len(inner) <= 8:
        return False
    letters = iter(outer.upper())
    return inner[0] in {word[0] for word in outer.upper().split()} and all(letter in letters for letter in inner)
