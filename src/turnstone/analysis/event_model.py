"""What follows the network to events: who takes part, what kind of event it is, and how sure that is.

There are two of them. A report of a few sentences tells one thing; whole articles quote, look back and carry on, so
that the same words tell other things there: an "attack" is mostly words, "asked" a question. So what is learned of
whole articles (`corpus/articles/`) is asked of those alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.decode import log_softmax
from turnstone.analysis.graphs import Floats, Integers, session
from turnstone.analysis.hashed import STEP
from turnstone.analysis.labels import EVENT_TYPES

SHORT, WHOLE = "", "whole_"
"""What the names of the files of the two begin with."""

FILES = ("roles.onnx", "role_words.npy", "events.onnx", "event_words.npy")
TOGETHER = "roles_together.npy"
"""The file that the one for short reports has besides."""
CONTEXT_WORDS = "context_words.npy"
"""The file that both share."""


@dataclass(frozen=True)
class EventScores:
    """Scores of N events: probabilities of types [N, 16], statuses [N, 5] and, each on its own, contexts [N, 37];
    modes [N, 83] as logits, to be compared within a type; the probability that there is such an event [N]."""

    types: Floats
    modes: Floats
    statuses: Floats
    contexts: Floats
    occurs: Floats


class EventModel:
    """One of the two, from the files of a model by name; `confidence` is slope and offset of a fitted logit."""

    looks_again = False
    """Whether `roles_together` is to be asked who takes part, after `roles`."""

    def __init__(self, contents: Mapping[str, bytes], prefix: str, confidence: tuple[float, float]) -> None:
        roles, role_table, events, event_table = (contents[prefix + name] for name in FILES)
        self._roles, self._events = (session(graph, unsigned=False) for graph in (roles, events))  # floats, not bytes
        self._role_words: NDArray[np.int8] = np.load(BytesIO(role_table))
        self._event_words: NDArray[np.int8] = np.load(BytesIO(event_table))
        self._context_words: NDArray[np.int8] = np.load(BytesIO(contents[CONTEXT_WORDS]))
        if prefix + TOGETHER in contents:
            self._roles_together: NDArray[np.int8] = np.load(BytesIO(contents[prefix + TOGETHER]))
            self.looks_again = bool(self._roles_together.any())  # not before anything was learned
        self._slope, self._offset = confidence

    def confidence(self, probability: NDArray[Any]) -> Floats:
        """How often an event that is given this probability is right, by events that nothing was trained on."""
        inside = np.clip(probability.astype(np.float64), 1e-6, 1 - 1e-6)
        logit = np.log(inside / (1 - inside))
        return np.asarray(1 / (1 + np.exp(-(self._slope * logit + self._offset))), np.float32)

    def roles(
        self, meaning: Floats, triggers: Integers, heads: Integers, phrases: Floats, ways: Integers, scores: Floats
    ) -> Floats:
        """Logits [T, P, 2] that each of P phrases acts, and that it receives, in the event of each of T triggers.

        `meaning` [W, 416] are the words of their sentence, `triggers` [T] and `heads` [P] places in it; `phrases`
        [P, W] are 1 where a word is in the phrase; `ways` [T, P] are numbers in `participation.WAYS`, or -1 where the
        phrase cannot take part and its logits mean nothing; `scores` [T, P, 2] are what the network gave its words.
        """
        given = {"meaning": meaning, "phrases": phrases, "scores": scores}
        places = {"triggers": triggers, "heads": heads, "ways": ways}
        feed = {k: np.ascontiguousarray(v) for k, v in (given | places).items()}
        return np.array(self._roles.run(["roles"], feed)[0], np.float32)

    def role_words(self, rows: Sequence[Integers]) -> Floats:
        """What words and tree say of N triggers with a phrase each, by the rows of each (`role_words.Hangings`):
        logits [N, 2] that the phrase acts and that it receives."""
        return _logits_of_roles(self._role_words, rows)

    def roles_together(self, rows: Sequence[Integers]) -> Floats:
        """The same with everybody in view, by the rows of N phrases (`roles_together.Together`): logits [N, 2]."""
        return _logits_of_roles(self._roles_together, rows)

    def event_words(self, rows: Sequence[Integers]) -> tuple[Floats, Floats]:
        """What the words and the tree around N triggers say, by the rows of each (`event_words.Surroundings`):
        log-probabilities of the types, with none as the last [N, 17], and of the statuses of an event [N, 5]."""
        scores = np.stack([self._event_words[own].sum(0, dtype=np.int64) for own in rows]) * STEP
        types, statuses = np.split(scores, [len(EVENT_TYPES) + 1], 1)
        return np.asarray(log_softmax(types), np.float32), np.asarray(log_softmax(statuses), np.float32)

    def context_words(self, rows: Integers) -> Floats:
        """What the words of a text say of an event, by its rows (`context_words.ContextWords`): the log odds of each
        context [37], on no fitted scale."""
        return np.asarray(self._context_words[rows].sum(0, dtype=np.int64) * STEP, np.float32)

    def events(
        self, meaning: Floats, trigger: Floats, actors: Floats, recipients: Floats, logit: Floats
    ) -> EventScores:
        """Score N events over the words [W, 416] of their sentence.

        `trigger` [N, W] weighs the words and sums to 1 for each event; `actors` and `recipients` [N, W] are 0 or 1;
        `logit` [N] is what the network gave the trigger by itself.
        """
        feed = {"meaning": meaning, "trigger": trigger, "actors": actors, "recipients": recipients, "logit": logit}
        names = ["types", "modes", "statuses", "contexts", "occurs"]
        return EventScores(*self._events.run(names, {k: np.ascontiguousarray(v) for k, v in feed.items()}))


def _logits_of_roles(table: NDArray[np.int8], rows: Sequence[Integers]) -> Floats:
    """What a table [rows, 3] of no part, acting and receiving says: logits [N, 2] of the last two."""
    scores = np.stack([table[own].sum(0, dtype=np.int64) for own in rows]) * STEP
    p = np.clip(np.exp(log_softmax(scores))[:, 1:], 1e-4, 1 - 1e-4)
    return np.asarray(np.log(p / (1 - p)), np.float32)
