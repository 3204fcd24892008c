"""Events as the network proposes them: triggers, the noun phrases that take part, and what kind of event it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.context_words import ContextWords, Told
from turnstone.analysis.event_model import EventModel
from turnstone.analysis.graphs import Floats
from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, MODES, STATUSES
from turnstone.analysis.looks import Cast, Look, ReadWindow, looks
from turnstone.analysis.participation import cast
from turnstone.analysis.roles_together import LIKELY, Together
from turnstone.records import Proposal, Span, Token

SAY_OF_ALL_TOGETHER = 0.6
"""How much of who takes part is left to the second look, with everybody in view."""
SAY_OF_WORDS_IN_CONTEXTS = 0.6
"""How much of the contexts is left to the words of the text."""

_MODES_OF = {t: np.array([m.split(".")[0] == t for m in MODES]) for t in EVENT_TYPES}


def proposals(model: EventModel, window: ReadWindow) -> list[Proposal]:
    """The events of one window."""
    found = []
    for look in looks(model, window):
        casts = cast_together(model, look) if model.looks_again else look.casts
        found.extend(_described(model, look, casts))
    return found


def cast_together(model: EventModel, look: Look) -> list[Cast]:
    """Who takes part, with everybody and what the events are in view."""
    tokens, occasions = look.sentence.tokens, look.occasions()
    together = Together(tokens, look.phrases, look.named, occasions)
    found = []
    for one, event in zip(look.casts, occasions, strict=True):
        may = event.may_take_part()
        if event.probability < LIKELY or not may:
            found.append(one)
            continue
        roles = event.roles.copy()
        roles[may] = said_of_roles(roles[may], model.roles_together(together.rows(event)))
        found.append(Cast(one.trigger, *cast(roles, event.ways, tokens, look.phrases)))
    return found


def said_of_roles(first: Floats, again: Floats) -> Floats:
    """What the first look and that with everybody in view say together of who takes part: logits."""
    return SAY_OF_ALL_TOGETHER * again + (1 - SAY_OF_ALL_TOGETHER) * first


def _described(model: EventModel, look: Look, casts: Sequence[Cast]) -> list[Proposal]:
    sentence, confidence, statuses, phrases = look.sentence, look.confidence, look.said.status(), look.phrases
    events, around = look.said.network, ContextWords(sentence.words, sentence.first, sentence.last)
    found = []
    for n, (trigger, acting, receiving) in enumerate(casts):
        types, ranked = _ranked(confidence[n], EVENT_TYPES, 4), _ranked(statuses[n], STATUSES, len(STATUSES))
        own = np.flatnonzero(_MODES_OF[types[0][0]])
        share = np.exp(events.modes[n][own] - events.modes[n][own].max())
        modes = _ranked(share / share.sum(), [MODES[k].split(".")[1] for k in own.tolist()], 3)
        actors, recipients = [phrases[head] for head in acting], [phrases[head] for head in receiving]
        known = Told(trigger, types[0][0], modes[0][0], ranked[0][0], actors, recipients)
        contexts = said_of_contexts(events.contexts[n], model.context_words(around.rows(known)))
        found.append(
            Proposal(
                trigger=trigger,
                types=types,
                modes=modes,
                statuses=ranked,
                contexts=_ranked(contexts, CONTEXTS, 6),
                actors=tuple(_span(sentence.tokens, *phrase) for phrase in actors),
                recipients=tuple(_span(sentence.tokens, *phrase) for phrase in recipients),
            )
        )
    return found


def said_of_contexts(network: Floats, words: Floats) -> Floats:
    """What the network's probabilities of the contexts [37] and the log odds that the words of the text give them say
    together: probabilities."""
    inside = np.clip(network, 5e-4, 1 - 5e-4)
    both = (1 - SAY_OF_WORDS_IN_CONTEXTS) * np.log(inside / (1 - inside)) + SAY_OF_WORDS_IN_CONTEXTS * words
    return np.asarray(1 / (1 + np.exp(-both)), np.float32)


def _ranked(values: NDArray[np.float32], names: Sequence[str], most: int) -> tuple[tuple[str, float], ...]:
    """The likeliest names with their probabilities; three decimals, the same on every processor."""
    order = np.argsort(-values, kind="stable")[:most].tolist()
    return tuple((names[k], round(float(values[k]), 3)) for k in order)


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].start, tokens[last - 1].end)
