"""Who takes part, asked once more with everybody in view.

The graph of roles looks at one phrase and one trigger. That somebody else acts already, that the type of event needs a
recipient, or that the phrase acts in the next event of the sentence, it cannot know. A small table that was counted on
reports which the graph had not seen says what that is worth (`EventModel.roles_together`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.graphs import Floats
from turnstone.analysis.hashed import in_order, numbers
from turnstone.analysis.participation import WAYS, Phrases
from turnstone.records import Token

ROWS = 1 << 15
"""Of the table, a power of two; features share rows by their hash."""

LIKELY = 0.1
"""Events that are less likely are not asked about."""

_TELLING = 0.3  # how likely another event must be to say something of this one's
_NOBODY = -9.0  # the logit of the likeliest of none
_MOST = 9  # steps of a half, from either side of nought, that logits are told in
_COARSE = 4  # likewise steps of one and a half
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


@dataclass(frozen=True)
class Occasion:
    """A likely event of a sentence: its trigger, its type and how likely that is, and what the first look gave its P
    phrases: logits [P, 2] that each acts and receives, and the numbers in `participation.WAYS` [P], or -1."""

    trigger: int
    event_type: str
    probability: float
    roles: Floats
    ways: Sequence[int]

    def may_take_part(self) -> list[int]:
        """The places of the phrases that can."""
        return [k for k, way in enumerate(self.ways) if way >= 0]


class Together:
    """The phrases and likely events of one sentence, to ask for the rows of each event with each phrase; `named` are
    the head words that are in a name."""

    def __init__(
        self, tokens: Sequence[Token], phrases: Phrases, named: frozenset[int], occasions: Sequence[Occasion]
    ) -> None:
        self._tokens, self._heads, self._named = tokens, list(phrases), named
        self._firsts = [_first_conjunct(tokens, head) for head in self._heads]
        self._telling = [one for one in occasions if one.probability > _TELLING]

    def rows(self, event: Occasion) -> list[NDArray[np.int64]]:
        """The rows that speak for each phrase that may take part in an event, in order."""
        may = event.may_take_part()
        logits: list[tuple[float, float]] = event.roles.tolist()
        sides = [[logits[k][side] for k in may] for side in (0, 1)]
        ranked = [{k: rank for rank, k in enumerate(sorted(may, key=lambda k: -logits[k][side]))} for side in (0, 1)]
        found = []
        for place, k in enumerate(may):
            joined = [self._firsts[m] == self._firsts[k] for m in may]
            others = [[score for score, own in zip(side, joined, strict=True) if not own] for side in sides]
            beside = [
                [score for m, (score, own) in enumerate(zip(side, joined, strict=True)) if own and m != place]
                for side in sides
            ]
            ranks = (ranked[0][k], ranked[1][k])
            names = (
                *self._among(event, k, logits[k], others, ranks),
                *self._elsewhere(event, k, logits[k], others),
                *self._joined(event, k, logits[k], beside),
            )
            found.append(in_order(numbers(names, ROWS)))
        return found

    def _joined(
        self, event: Occasion, k: int, own: Sequence[float], beside: Sequence[Sequence[float]]
    ) -> Iterator[str]:
        """Of the phrase among those that "and" joins it to."""
        if not beside[0]:
            yield "joined to nobody"
            return
        is_first = self._heads[k] == self._firsts[k]
        most = [max(side) for side in beside]
        yield f"joined {_coarse(most[0])} {_coarse(most[1])} {is_first}"
        for side, (mine, theirs) in enumerate(zip(own, most, strict=True)):
            yield f"{side} joined {_coarse(theirs)} {_coarse(mine)} {is_first}"
            yield f"{side} joined {_coarse(theirs)} {event.event_type}"
            yield f"{side} joined {_fine(theirs)}"

    def _among(
        self, event: Occasion, k: int, own: Sequence[float], others: Sequence[Sequence[float]], ranks: tuple[int, int]
    ) -> Iterator[str]:
        """Of the phrase beside the others of its event, but for those that "and" joins to it."""
        head, kind, way = self._heads[k], event.event_type, WAYS[event.ways[k]]
        lemma, word = self._tokens[event.trigger].lemma.lower(), self._tokens[head]
        sort = "name" if head in self._named else word.upos
        taken = [sum(score > 0 for score in side) for side in others]
        acts, receives = min(taken[0], 1), min(taken[1], 1)
        both = f"{_coarse(own[0])} {_coarse(own[1])}"
        yield f"both {both}"
        yield f"sure {kind} {int(event.probability * 4)}"
        yield f"way {way} {kind}"
        yield f"way {way} {acts} {receives}"
        yield f"way {way} {kind} {acts} {receives}"
        yield f"sort {sort} {kind}"
        yield f"sort {sort} {way}"
        yield f"head {word.lemma.lower()} {kind}"
        yield f"trigger {lemma} {way}"
        for side, (mine, rest, number) in enumerate(zip(own, others, taken, strict=True)):
            fine, rough, here = _fine(mine), _coarse(mine), min(number, 1)
            yield f"{side} {fine}"
            yield f"{side} {fine} of {_coarse(max(rest, default=_NOBODY))}"
            yield f"{side} {fine} with {min(number, 2)}"
            yield f"{side} {rough} with {min(taken[0], 2)} {min(taken[1], 2)}"
            yield f"{side} {fine} {kind}"
            yield f"{side} {fine} {kind} {here}"
            yield f"{side} {rough} {way}"
            yield f"{side} {rough} {sort}"
            yield f"{side} {rough} {lemma} {here}"
            yield f"{side} rank {min(ranks[side], 3)} {rough}"
            yield f"{side} rank {min(ranks[side], 2)} {way} {here}"

    def _elsewhere(
        self, event: Occasion, k: int, own: Sequence[float], others: Sequence[Sequence[float]]
    ) -> Iterator[str]:
        """Of the phrase in the other events of the sentence."""
        telling = [one for one in self._telling if one.trigger != event.trigger and one.ways[k] >= 0]
        if not telling:
            yield "elsewhere none"
            return
        most = [max(float(one.roles[k, side]) for one in telling) for side in (0, 1)]
        nearest = min(telling, key=lambda one: abs(one.trigger - event.trigger))
        roles = f"{nearest.roles[k, 0] > 0} {nearest.roles[k, 1] > 0}"
        taken = " ".join(str(int(any(score > 0 for score in side))) for side in others)
        yield f"elsewhere {_coarse(most[0])} {_coarse(most[1])} {taken[0]}"
        yield f"nearest {nearest.event_type} {event.event_type} {roles}"
        yield f"nearest {WAYS[event.ways[k]]} {roles}"
        yield f"nearest {self._tokens[event.trigger].relation} {roles} {taken}"
        for side, mine in enumerate(own):
            yield f"{side} elsewhere {_coarse(most[side])} {_coarse(mine)}"


def _first_conjunct(tokens: Sequence[Token], head: int) -> int:
    """The first of the nouns that "and" joins."""
    for _ in range(len(tokens)):
        above = tokens[head].head
        if tokens[head].relation != "conj" or above < 0 or tokens[above].upos not in _NOMINAL:
            break
        head = above
    return head


def named_heads(phrases: Mapping[int, tuple[int, int]], names: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The head words of phrases that are in one of the names [first, last + 1)."""
    inside = {k for first, last in names for k in range(first, last)}
    return frozenset(phrases) & inside


def _fine(logit: float) -> int:
    return int(np.clip(np.round(2 * logit), -_MOST, _MOST))


def _coarse(logit: float) -> int:
    return int(np.clip(np.floor(logit / 1.5 + 0.5), -_COARSE, _COARSE))
