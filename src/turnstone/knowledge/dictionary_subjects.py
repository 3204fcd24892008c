"""What an entry of a dictionary of actors is of: somebody, a state, or only words that describe."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from turnstone.knowledge.entities import Entities, State
from turnstone.knowledge.written_names import as_written, has_title, looks_like

_ALIKE = 0.75
_DEMONYMS = ("ese", "an", "ish", "i", "ic")
_STYLES = frozenset("republic kingdom state states democratic people's islamic federal federation of the union".split())


class Subjects:
    """Judges names by the entities that are known."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        first = (person.name.split()[0] for person in entities.people if " " in person.name)
        self._given = {name for name in first if len(name) > 2 and not entities.named_otherwise(name)}
        self._of_states: dict[str, list[str]] = {}
        for name in entities.names:
            for sense in entities.senses(name):
                if sense.kind in ("state", "adjective") and len(name) > 3:
                    self._of_states.setdefault(sense.target.id, []).append(name.lower())

    def is_person(self, phrases: Iterable[str], dated: bool, former: bool) -> bool:
        """Dictionaries do not say who is a person. `dated` codes, a title or a given name do, unless a word says
        organisation; who is `former` (ELI) is one, by a surname too."""
        plain = [" ".join(phrase.replace("_", " ").split()) for phrase in phrases]
        written = as_written(plain[0], True)[0]
        looks = looks_like(written)
        if not any(" " in name for name in plain):
            return former and len(plain[0]) > 4
        if looks == "ORG":
            return False
        if dated or former or any(has_title(name) for name in plain):
            return True
        return looks == "PER" and any(as_written(name, True)[0].split()[0] in self._given for name in plain)

    def is_description(self, name: str) -> bool:
        """Whether a name is what somebody is called by an office or trade: "King of Jordan", "World Bank President"."""
        nouns = [one for one in self._entities.find_nouns(name) if one[2].human and not one[2].plural]
        known = self._entities.find(name)
        for start, end, _ in nouns:
            before = [hit for hit in known if hit.end <= start]
            if end == len(name) and (before or (start == 0 and " " in name)):
                return True
            if name[end:].startswith((" of ", " in ", " to ", " for ")) and (start == 0 or before):
                return True
        return False

    def is_name_of(self, state: State, name: str) -> bool:
        """Whether a name is a variant of a state's: spelt much like one, or one with "Republic of" and the like."""
        lowered = name.lower()
        words = [word for word in lowered.split() if word not in _STYLES]
        known = self._of_states.get(state.id, [])
        return any(lowered in one or " ".join(words) == one or _alike(lowered, one) for one in known)

    def is_demonym_of(self, state: State, name: str) -> bool:
        """Whether a word is of a state's people: "Beninese"."""
        lowered = name.lower()
        same = any(lowered[:4] == one[:4] for one in self._of_states.get(state.id, []))
        return " " not in name and lowered.endswith(_DEMONYMS) and same


def _alike(one: str, other: str) -> bool:
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _ALIKE
