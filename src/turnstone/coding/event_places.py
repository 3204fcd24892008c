"""Where an event is: the place that its sentence says it is at."""

from __future__ import annotations

from collections.abc import Sequence

from turnstone.coding.clauses import Clauses
from turnstone.records import Participant, Place, Span

# what is done to a place by going or bringing somebody from it happens there
_LEAVING = frozenset({"RETREAT", "CONCEDE", "AGREE", "AID", "COOPERATE"})
_PLACE_CASES = frozenset(
    {"in", "at", "near", "outside", "around", "across", "inside", "throughout", "from", "into", "on", "off"}
)
_MATERIAL = frozenset({2, 4})  # quad classes


class EventPlaces:
    """Finds the places of one article's events."""

    def __init__(self, places: Sequence[Place], clauses: Clauses) -> None:
        self._places = places
        self._clauses = clauses

    def of(
        self, word: int, trigger: Span, evidence: Span, event_type: str, quad: int, actors: Sequence[Participant],
        recipients: Sequence[Participant],
    ) -> Place | None:  # fmt: skip
        """The place after "in", "at", "near" ... that the sentence says the event of the trigger `word` is at; of
        several the nearest. Not one who takes part, after "from": "a call from Ruritania"."""
        taking_part = (*actors, *(() if event_type in _LEAVING else recipients))
        found = []
        for place in self._places:
            if not (evidence.start <= place.start and place.end <= evidence.end):
                continue
            at = self._clauses.place_word(place.start, place.end)
            cases = self._clauses.cases(at) if at is not None else frozenset()
            if "from" in cases and any(one.start <= place.start and place.end <= one.end for one in taking_part):
                continue
            if at is not None and cases & _PLACE_CASES and self._clauses.is_at(at, word, quad in _MATERIAL):
                found.append(place)
        return min(found, key=lambda p: (abs(p.start - trigger.start), p.start), default=None)
