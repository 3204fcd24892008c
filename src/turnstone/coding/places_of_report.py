"""The places of one report with their mentions, and what the whole report says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from turnstone.coding.layout import Layout
from turnstone.records import Place, Token

STATE = "state"
"""The resolution of a state that only those who take part tell, in place of "country"."""

_MOST = 50  # places; of 120 newspaper articles none names more than 28
_NEXT = 8  # characters before a place
_IN = frozenset(("in", "at", "near", "outside"))
_NAMING = frozenset(("PROPN", "ADJ"))

Key = tuple[str, str, str]
"""Name, country and resolution, which mentions of one place share."""


class PlacesOfReport:
    """`named` are the mentions of each place that the report names, in the order of the text, and `mentions` those and
    the `states` of those who take part; `rank` says which is named most, `rank_of_state` whose places are. `filed` is
    where the dateline ends, `filed_in` the states that it names."""

    def __init__(
        self, text: str, tokens: Sequence[Token], layout: Layout, places: Sequence[Place], states: Sequence[Place],
        filed: int,
    ) -> None:  # fmt: skip
        self._text, self._tokens = text, tokens
        self.named = _by_key((key_of(place), place) for place in places)
        self.mentions = self.named | _by_key(((place.name, place.country, STATE), place) for place in states)
        self.filed, self.filed_in = filed, {place.country for place in places if place.end <= filed}
        self._sentence = {place: layout.sentence(place.start) for place in (*places, *states)}
        order = sorted(self.named, key=lambda key: (-len(self.named[key]), self.named[key][0].start))
        self.rank = {key: rank for rank, key in enumerate(order)}
        of_states = Counter(place.country for place in places if place.country)
        self.rank_of_state = {country: rank for rank, (country, _) in enumerate(of_states.most_common())}
        self._scenes = [(place.start, key_of(place)) for place in places if self._before(place) in _IN]
        self._telling = {
            key: [place for place in mentions if self._names_something(place)]
            for key, mentions in self.mentions.items()
            if key[2] == STATE
        }

    def sentence(self, place: Place) -> int:
        """The number of the sentence of a mention."""
        return self._sentence[place]

    def near(self, sentence: int) -> list[Key]:
        """The places to ask an event of a sentence: all, in long reports the `_MOST` told nearest to it."""
        if len(self.mentions) <= _MOST:
            return list(self.mentions)
        far = {key: min(abs(self._sentence[p] - sentence) for p in told) for key, told in self.mentions.items()}
        return sorted(far, key=far.__getitem__)[:_MOST]

    def shown(self, key: Key, nearest: Place, sentence: int) -> Place:
        """The mention to show a reader of an event in a sentence: the `nearest`, but of a state that those who take
        part tell rather "Macron" or "French police" than "two men"."""
        told = self._telling.get(key, [])
        if not told or nearest in told:
            return nearest
        return min(told, key=lambda place: abs(self._sentence[place] - sentence))

    def scene(self, start: int) -> Key | None:
        """The last place before a character that a preposition puts something in."""
        before = [(at, key) for at, key in self._scenes if at < start]
        return max(before)[1] if before else None

    def _before(self, place: Place) -> str:
        """The word before a place."""
        return "".join(self._text[max(0, place.start - _NEXT) : place.start].lower().split()[-1:])

    def _names_something(self, place: Place) -> bool:
        return any(
            token.upos in _NAMING and self._text[token.start].isupper()
            for token in self._tokens
            if place.start <= token.start < place.end
        )


def key_of(place: Place) -> Key:
    return place.name, place.country, place.resolution


def _by_key(places: Iterable[tuple[Key, Place]]) -> dict[Key, list[Place]]:
    """The mentions of each in the order of the text."""
    found: dict[Key, list[Place]] = {}
    for key, place in sorted(places, key=lambda one: one[1].start):
        found.setdefault(key, []).append(place)
    return found
