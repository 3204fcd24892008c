"""A model of a few plain rules in the network's place, and scores as the network could have given them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from turnstone.analysis.event_model import EventModel, EventScores
from turnstone.analysis.graphs import Floats, Integers
from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, MODES, STATUSES
from turnstone.analysis.model import WindowScores
from turnstone.analysis.participation import WAYS
from turnstone.records import Analysis, Article

LEARNED = {
    "nsubj": (2, -1),
    "obj": (-1, 1),
    "subject of another": (-4, 0),
    "pronoun as subject": (9, -1),
    "in a clause below": (-3, -3),
    "elsewhere of an active verb": (-3, 0),
}


class Scripted(EventModel):
    """A model that says CONSULT of everything, and has learned a little grammar."""

    def __init__(self) -> None:
        self._slope, self._offset = 1.0, 0.0

    def roles(
        self, meaning: Floats, triggers: Integers, heads: Integers, phrases: Floats, ways: Integers, scores: Floats
    ) -> Floats:
        assert phrases.shape == (len(heads), len(meaning))
        assert ways.shape == scores.shape[:2] == (len(triggers), len(heads))
        return scores + np.array([LEARNED.get(way, (0, 0)) for way in WAYS], np.float32)[ways]

    def events(
        self, meaning: Floats, trigger: Floats, actors: Floats, recipients: Floats, logit: Floats
    ) -> EventScores:
        size = len(trigger)
        types = np.zeros((size, len(EVENT_TYPES)), np.float32)
        types[:, EVENT_TYPES.index("CONSULT")] = 1
        modes, contexts = (np.zeros((size, len(names)), np.float32) for names in (MODES, CONTEXTS))
        statuses = np.full((size, len(STATUSES)), 1 / len(STATUSES), np.float32)
        return EventScores(types, modes, statuses, contexts, np.asarray(1 / (1 + np.exp(-logit)), np.float32))

    def role_words(self, rows: Sequence[Integers]) -> Floats:
        return np.zeros((len(rows), 2), np.float32)

    def event_words(self, rows: Sequence[Integers]) -> tuple[Floats, Floats]:
        return np.full((len(rows), 17), -2.8, np.float32), np.full((len(rows), 5), -1.6, np.float32)

    def context_words(self, rows: Integers) -> Floats:
        return np.full(len(CONTEXTS), -9, np.float32)


def scored(
    size: int,
    triggers: Mapping[int, float],
    actors: Mapping[int, Sequence[int]],
    recipients: Mapping[int, Sequence[int]],
    logit: float = 1.0,
    otherwise: float = -5.0,
) -> WindowScores:
    """Scores of a window of `size` words: of the triggers as given, and `logit` for the words that act and that receive
    in the event of a trigger, `otherwise` for all others."""
    trigger = np.full(size, -5, np.float32)
    trigger[list(triggers)] = list(triggers.values())
    actor, recipient = np.full((2, size, size), otherwise, np.float32)
    for table, picked in ((actor, actors), (recipient, recipients)):
        for place, words in picked.items():
            table[place, list(words)] = logit
    empty = np.zeros((size, 1), np.float32)
    return WindowScores(empty[:, 0], empty, empty, empty, empty, empty, trigger, actor, recipient, empty, empty, empty)


def words_of(article: Article, analysis: Analysis) -> list[str]:
    return [article.text[token.start : token.end] for token in analysis.tokens]
