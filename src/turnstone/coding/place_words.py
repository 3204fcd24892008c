"""What words and tree say of whether an event is at a place that its sentence names, as `analysis.role_words` says of
whether somebody takes part in it.

"In", "outside" and "on the road to" tell it, but so does whose house is raided and which country is invaded, and a
place after "in" may be where a speaker stood. A small table that was counted on annotated reports says what speaks for
which (`Model.event_places`); here are the names of the features that it is asked of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from turnstone.coding.clauses import Clauses, meeting, relations_of
from turnstone.records import Participant, Place, Status, Token

_NEAR = 12  # characters before a place
_AREAS = frozenset(("country", "province"))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event by the word that tells it, and those who take part."""

    trigger: int
    event_type: str
    quad: int
    status: Status
    actors: Sequence[Participant]
    recipients: Sequence[Participant]


@dataclass(frozen=True, slots=True)
class _Known:
    """A place, the noun that carries its preposition, the words before that, all words above it, and the features that
    no event changes."""

    place: Place
    head: int
    cases: str
    above: Sequence[int]
    own: tuple[str, ...]


class PlaceWords:
    """The places of one sentence, to ask for the features of an event and each of them.

    `children` are the words below each word of the article, `triggers` the words of all its events.
    """

    def __init__(
        self, text: str, tokens: Sequence[Token], children: Sequence[Sequence[int]], clauses: Clauses,
        triggers: Collection[int], places: Sequence[Place],
    ) -> None:  # fmt: skip
        self._text, self._tokens, self._children = text, tokens, children
        self._clauses, self._triggers = clauses, triggers
        heads = [(place, clauses.place_word(place.start, place.end)) for place in places]
        self._known = [self._of_place(place, head, places) for place, head in heads if head is not None]

    @property
    def places(self) -> list[Place]:
        """Those of which features can be asked, in the order given."""
        return [one.place for one in self._known]

    def features(self, event: Occurrence) -> list[tuple[str, ...]]:
        """The names of what speaks for the event at each of the places."""
        over = self._clauses.above(event.trigger)
        return [(*one.own, *self._of_both(event, one), *self._between(event, one, over)) for one in self._known]

    def _of_place(self, place: Place, head: int, places: Sequence[Place]) -> _Known:
        cases, relation = self._cases(head, ("case",)), self._tokens[head].relation
        before = self._text[max(0, place.start - _NEAR) : place.start].lower().split()
        words = self._text[place.start : place.end]
        smaller = any(
            other.country == place.country and other.name != place.name and other.resolution != place.resolution
            for other in places
        )
        own = (
            f"cases {cases}", f"cases {cases} {place.resolution}", f"relation {relation} {cases}",
            f"before {before[-1] if before else ''}", f"itself {self._lemma(head) == words.lower()} {cases}",
            f"smaller {smaller and place.resolution in _AREAS} {place.resolution}",
            f"capitals {words.isupper() and len(words) > 3}",
        )  # fmt: skip
        return _Known(place, head, cases, self._clauses.above(head), own)

    def _of_both(self, event: Occurrence, one: _Known) -> Iterator[str]:
        """Of what the event is and how the place stands to it."""
        place, head, cases = one.place, one.head, one.cases
        kind, quad, trigger = event.event_type, event.quad, event.trigger
        token = self._tokens[trigger]
        role = "A" if is_within(place, event.actors) else "R" if is_within(place, event.recipients) else ""
        relation, lemma = self._tokens[head].relation, self._lemma(trigger)
        yield f"quad {quad}"
        yield f"role {role} {quad}"
        yield f"role {role} {kind}"
        yield f"role {role} {quad} {cases or relation}"
        yield f"kind {kind} {cases}"
        yield f"kind {quad} {cases}"
        yield f"kind {quad} {cases} {place.resolution}"
        yield f"lemma {lemma} {cases}"
        yield f"lemma {lemma} {relation}"
        yield f"status {event.status} {quad}"
        yield f"upos {token.upos} {quad}"
        after, far = head > trigger, abs(head - trigger)
        yield f"after {after} {cases}"
        yield f"after {after} {cases} {quad}"
        yield f"far {min(far // 3, 8)} {after}"
        others = [other for other in self._known if other.place.name != place.name]
        nearer = min(3, sum(abs(other.head - trigger) < far for other in others))
        yield f"nearer {nearer}"
        yield f"nearer {nearer} {cases}"
        yield f"alone {not others} {quad}"
        yield f"alone {not others} {cases}"

    def _between(self, event: Occurrence, one: _Known, over: Sequence[int]) -> Iterator[str]:
        """Of the words and relations from the place up to the word above both, and from there down to the event."""
        found = meeting(one.above, over)
        if found is None:
            yield "apart"
            return
        up, down, common = found
        tokens, cases, quad = self._tokens, one.cases, event.quad
        own, its = relations_of(up, tokens), relations_of(down, tokens)
        for path in (f"{own}|{its}", f"{own}|", f"|{its}"):
            yield f"path {path} {cases}"
            yield f"path {path} {quad}"
        yield f"path {own}|{its}"
        yield f"path {own}|{its} {cases} {quad}"
        yield f"length {len(up)} {len(down)} {cases}"
        yield f"length {len(up)} {len(down)} {quad}"
        yield f"top {self._lemma(common)} {cases}"
        yield f"top {tokens[common].upos} {cases} {common == event.trigger}"
        for side, part in (("via", up[1:]), ("over", down[1:])):
            for k in part:
                yield f"{side} {self._lemma(k)} {tokens[k].relation}"
                yield f"{side} {tokens[k].upos} {tokens[k].relation} {self._cases(k, ('case', 'mark'))}"
                if k in self._triggers:
                    yield f"{side} another"
        if up[1:]:
            yield f"of {self._lemma(up[1])} {cases}"
            yield f"of {self._lemma(up[1])} {quad}"
        if down:
            yield f"trigger {self._cases(event.trigger, ('case', 'mark'))} {tokens[event.trigger].relation}"
        if common in self._triggers and common != event.trigger:
            yield "another above"
            yield f"another above {own}"

    def _lemma(self, word: int) -> str:
        return self._tokens[word].lemma.lower()

    def _cases(self, word: int, relations: tuple[str, ...]) -> str:
        found = (k for k in self._children[word] if self._tokens[k].relation in relations)
        return " ".join(sorted(self._lemma(k) for k in found))


def is_within(place: Place, given: Sequence[Participant]) -> bool:
    """Whether a place is named in the words of one of those who take part."""
    return any(one.start <= place.start and place.end <= one.end for one in given)
