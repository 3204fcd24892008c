"""Events as the network proposes them: triggers, the noun phrases that take part, and what kind of event it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, MODES, STATUSES
from turnstone.analysis.model import Model, WindowScores
from turnstone.records import Proposal, Span, Token

TRIGGER_LOGIT = 0.0
ROLE_LOGIT = 0.0

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
_TRIGGERS = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "ADV", "ADP", "X", "AUX"})
# parts after a noun that are told about it rather than name it
_LOOSE = frozenset(
    "acl acl:relcl advcl parataxis appos conj punct cc list discourse dep case cop aux nsubj mark obl obj ccomp xcomp "
    "dislocated orphan".split()
)
_MODES_OF = {t: np.array([m.split(".")[0] == t for m in MODES]) for t in EVENT_TYPES}


def proposals(
    model: Model, scores: WindowScores, tokens: Sequence[Token], offset: int, sentences: Sequence[tuple[int, int]]
) -> list[Proposal]:
    """The events of one window, whose words begin at token `offset`; `sentences` are its (first, last + 1) tokens."""
    found = []
    for first, last in sentences:
        a, b = first - offset, last - offset
        phrases: dict[int, tuple[int, int]] = {}
        casts: list[tuple[int, list[int], list[int]]] = []
        for t in range(a, b):
            if scores.trigger[t] <= TRIGGER_LOGIT or tokens[offset + t].upos not in _TRIGGERS:
                continue
            actors = _phrases(scores.actor[t, a:b], tokens, first, last, offset + t, phrases)
            recipients = _phrases(scores.recipient[t, a:b], tokens, first, last, offset + t, phrases)
            for head in set(actors) & set(recipients):
                likelier = scores.actor[t, head - offset] >= scores.recipient[t, head - offset]
                (recipients if likelier else actors).remove(head)
            casts.append((offset + t, actors, recipients))
        if casts:
            found.extend(_described(model, scores, tokens, (first, last), offset, casts, phrases))
    return found


def _phrases(
    logits: NDArray[np.float32], tokens: Sequence[Token], first: int, last: int, trigger: int,
    phrases: dict[int, tuple[int, int]],
) -> list[int]:  # fmt: skip
    """Heads of the noun phrases of the sentence [first, last) that the scores pick, in order.

    The words the scores pick vote for the topmost picked word above them.
    """
    picked = {first + i for i, logit in enumerate(logits) if logit > ROLE_LOGIT}
    picked.discard(trigger)
    heads: dict[int, float] = {}
    for i in sorted(picked):
        at = i
        while tokens[at].head in picked and tokens[at].relation not in _LOOSE:
            at = tokens[at].head
        if tokens[at].relation in ("case", "det", "punct", "mark", "cc") and tokens[at].head not in picked:
            continue
        if tokens[at].upos in _NOMINAL:
            heads[at] = max(heads.get(at, -9.0), float(logits[at - first]), float(logits[i - first]) - 1.0)
    for head in heads:
        phrases[head] = phrase(head, tokens, first, last)
    inside = [h for h in heads for other in heads if other != h and phrases[other][0] <= h < phrases[other][1]]
    return [h for h in sorted(heads) if h not in inside]


def phrase(head: int, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The noun phrase around `head` as (first, last + 1) tokens, without clauses, conjuncts and apposition."""
    own = {head}
    changed = True
    while changed:
        changed = False
        for i in range(first, last):
            token = tokens[i]
            if i in own or token.head not in own:
                continue
            if token.head == head and (
                token.relation in _LOOSE or (token.relation.startswith("nmod") and i > head and not _close(i, tokens))
            ):
                continue
            if token.relation in ("acl:relcl", "acl", "parataxis", "punct") and i > head:
                continue
            own.add(i)
            changed = True
    start = end = head
    while start - 1 in own or (start - 2 in own and tokens[start - 1].upos == "PUNCT" and start - 2 >= first):
        start -= 1
    while end + 1 in own or (end + 2 in own and tokens[end + 1].upos == "PUNCT" and end + 2 < last):
        end += 1
    return start, end + 1


def _close(i: int, tokens: Sequence[Token]) -> bool:
    """Whether a noun after its head names it (of ..., in ..., possessive) rather than adds circumstance."""
    cases = [k for k in range(max(0, i - 6), i) if tokens[k].head == i and tokens[k].relation == "case"]
    return not cases or tokens[cases[0]].lemma in ("of", "for", "from", "in", "to", "against")


def _described(
    model: Model, scores: WindowScores, tokens: Sequence[Token], sentence: tuple[int, int], offset: int,
    casts: Sequence[tuple[int, list[int], list[int]]], phrases: dict[int, tuple[int, int]],
) -> list[Proposal]:  # fmt: skip
    """What kind of event each trigger of a sentence is, given who takes part."""
    first, last = sentence
    masks = np.zeros((3, len(casts), last - first), np.float32)
    for n, (trigger, *roles) in enumerate(casts):
        masks[0, n, trigger - first] = 1
        for role, heads in enumerate(roles, 1):
            for head in heads:
                start, end = phrases[head]
                masks[role, n, start - first : end - first] = 1
    events = model.events(scores.meaning[first - offset : last - offset], *masks)
    found = []
    for n, (trigger, actors, recipients) in enumerate(casts):
        certainty = 1 / (1 + np.exp(-float(scores.trigger[trigger - offset])))
        types = _ranked(events.types[n] * certainty, EVENT_TYPES)
        own = np.flatnonzero(_MODES_OF[types[0][0]])
        share = np.exp(events.modes[n][own] - events.modes[n][own].max())
        found.append(
            Proposal(
                trigger=trigger,
                types=types[:4],
                modes=_ranked(share / share.sum(), [MODES[k].split(".")[1] for k in own])[:3],
                statuses=_ranked(events.statuses[n], STATUSES),
                contexts=_ranked(events.contexts[n], CONTEXTS)[:6],
                actors=tuple(_span(tokens, *phrases[head]) for head in actors),
                recipients=tuple(_span(tokens, *phrases[head]) for head in recipients),
            )
        )
    return found


def _ranked(values: NDArray[np.float32], names: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Names with their probabilities, likeliest first; three decimals, the same on every processor."""
    order = np.argsort(-values, kind="stable")
    return tuple((names[k], round(float(values[k]), 3)) for k in order)


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].start, tokens[last - 1].end)
