"""What is seen of a window's events, sentence by sentence, each phrase taken by itself: likely triggers, who takes
part, what kind of event it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.event_model import EventModel, EventScores
from turnstone.analysis.event_words import LATER, Surroundings
from turnstone.analysis.graphs import Floats
from turnstone.analysis.labels import EVENT_TYPES
from turnstone.analysis.model import WindowScores
from turnstone.analysis.participation import Phrases, Sentence, cast, inside, phrases_of, role_logits, sentence_of
from turnstone.analysis.roles_together import Occasion, named_heads
from turnstone.records import Token

TRIGGER_LOGIT = -4.0  # a word less likely is not looked at further; the confidence of an event decides
TRIGGERS = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "ADV", "ADP", "X", "AUX"})
"""Parts of speech that can tell an event."""

# how much of what an event is, and of its status, is left to words and tree
SAY_OF_WORDS = 0.3
SAY_OF_WORDS_IN_STATUS = 0.2


@dataclass(frozen=True, slots=True)
class ReadWindow:
    """A window as the network read it: its words begin at token `offset`; `words` are those of all tokens of the text,
    `sentences` and `names` are (first, last + 1) tokens."""

    scores: WindowScores
    words: Sequence[str]
    tokens: Sequence[Token]
    offset: int
    sentences: Sequence[tuple[int, int]]
    names: Sequence[tuple[int, int]] = ()


class Cast(NamedTuple):
    """A trigger with the heads of those who act in its event and of those who receive."""

    trigger: int
    actors: Sequence[int]
    recipients: Sequence[int]


@dataclass(frozen=True)
class Look:
    """What is seen of the N likely triggers of a sentence, each phrase taken by itself: roles [N, P, 2] and ways
    [N, P] as of `participation.role_logits`, who takes part by them, what the events are and how sure [N, 16] that is;
    `named` are the heads of phrases that are in names."""

    sentence: Sentence
    phrases: Phrases
    named: frozenset[int]
    roles: Floats
    ways: NDArray[np.int64]
    casts: Sequence[Cast]
    said: Said
    confidence: Floats

    def occasions(self) -> list[Occasion]:
        """The events as they are asked about once more."""
        best = self.confidence.argmax(1).tolist()
        return [
            Occasion(one.trigger, EVENT_TYPES[kind], float(sure[kind]), roles, ways)
            for one, kind, sure, roles, ways in zip(
                self.casts, best, self.confidence, self.roles, self.ways.tolist(), strict=True
            )
        ]


def looks(model: EventModel, window: ReadWindow) -> Iterator[Look]:
    """A look at each sentence of a window that has a likely trigger."""
    scores, tokens, offset = window.scores, window.tokens, window.offset
    for number, (first, last) in enumerate(window.sentences):
        likely = (np.flatnonzero(scores.trigger[first - offset : last - offset] > TRIGGER_LOGIT) + first).tolist()
        triggers = [t for t in likely if tokens[t].upos in TRIGGERS]
        if not triggers:
            continue
        sentence = sentence_of(scores, window.words, tokens, offset, first, last)
        phrases = phrases_of(tokens, first, last, sentence.children, window.names)
        roles, ways = role_logits(model, sentence, triggers, phrases)
        casts = [
            Cast(t, *cast(of_trigger, hanging, tokens, phrases))
            for t, of_trigger, hanging in zip(triggers, roles, ways.tolist(), strict=True)
        ]
        said = what_is_said(model, sentence, casts, phrases, number if offset == 0 else LATER)
        confidence = model.confidence(said.events())
        yield Look(sentence, phrases, named_heads(phrases, window.names), roles, ways, casts, said, confidence)


@dataclass(frozen=True)
class Said:
    """What is said of N triggers with their casts: by the network, and by words and tree as log-probabilities of the
    types, with none as the last [N, 17], and of the statuses [N, 5]."""

    network: EventScores
    types: Floats
    statuses: Floats

    def events(self) -> Floats:
        """Probabilities [N, 16], by both, that there is an event of each type."""
        return _of_both(self.network.types * self.network.occurs[:, None], np.exp(self.types[:, :-1]))

    def status(self) -> Floats:
        """Probabilities of the statuses [N, 5], by both."""
        of_network = np.log(self.network.statuses + 1e-4)
        both = (1 - SAY_OF_WORDS_IN_STATUS) * of_network + SAY_OF_WORDS_IN_STATUS * self.statuses
        return np.asarray(np.exp(both - np.log(np.exp(both).sum(1, keepdims=True))), np.float32)


def what_is_said(model: EventModel, sentence: Sentence, casts: Sequence[Cast], phrases: Phrases, number: int) -> Said:
    """What kind of event each trigger of a sentence is, given who takes part; `number` as in `Surroundings`."""

    def taking_part(heads: Iterable[Sequence[int]]) -> Floats:
        return np.stack([inside([phrases[head] for head in some], sentence).max(0, initial=0) for some in heads])

    triggers = [one.trigger for one in casts]
    at = inside([(trigger, trigger + 1) for trigger in triggers], sentence)
    actors, recipients = taking_part(one.actors for one in casts), taking_part(one.recipients for one in casts)
    logits = sentence.trigger[np.array(triggers) - sentence.first]
    around = Surroundings(sentence.words, sentence.tokens, sentence.first, sentence.last, sentence.children, number)
    events = model.events(sentence.meaning, at, actors, recipients, logits)
    return Said(events, *model.event_words([around.rows(*one) for one in casts]))


def _of_both(network: Floats, words: Floats) -> Floats:
    """The probability that network and words give an event, by what each says in logits."""

    def logit(probability: Floats) -> Floats:
        inside = np.clip(probability, 1e-4, 1 - 1e-4)
        return np.asarray(np.log(inside / (1 - inside)), np.float32)

    both = (1 - SAY_OF_WORDS) * logit(network) + SAY_OF_WORDS * logit(words)
    return np.asarray(1 / (1 + np.exp(-both)), np.float32)
