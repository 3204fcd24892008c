"""Claims of responsibility: who claims an attack is one of those who made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from turnstone.coding.participants import Cast, identity
from turnstone.coding.role_phrases import RolePhrases
from turnstone.records import Analysis, Event, Participant, Span, Token

_CLAIMED = frozenset({"responsibility", "credit"})
_NOBODY = frozenset("no none nobody neither not never".split())
_SUBJECT = frozenset({"nsubj"})
_PART = frozenset("det amod compound flat nummod nmod:poss nmod:desc".split())
_BACK = 3  # sentences in which the attack is looked for
_ORGANS = frozenset({"GOV", "MIL", "COP"})  # what they do, nobody else claims
_DONE = frozenset({"happened", "historical"})


def with_claimants(events: Sequence[Event], analysis: Analysis, phrases: RolePhrases, cast: Cast) -> list[Event]:
    """The events, where somebody who claims an attack told in the same sentence or shortly before acts in it too: "A
    bomb kills three in Ard. The Lions claim responsibility." """
    found = list(events)
    for sentence, claimant in _claims(analysis, phrases, cast):
        last = analysis.tokens[analysis.sentences[sentence][1] - 1].end
        first = analysis.tokens[analysis.sentences[max(0, sentence - _BACK)][0]].start
        told = [
            k
            for k, event in enumerate(found)
            if event.event_type == "ASSAULT" and event.status in _DONE and first <= event.trigger.start < last
            if not any(_ORGANS.intersection(actor.sectors) for actor in event.actors)
        ]
        before = [k for k in told if found[k].trigger.start < claimant.start]
        at = (before or told or [-1])[-1 if before else 0]
        if at < 0 or not _may_be(claimant, found[at]):
            continue
        found[at] = replace(found[at], actors=(*found[at].actors, claimant))
    return found


def _may_be(claimant: Participant, event: Event) -> bool:
    """Whether a claimant is neither known to act in it nor one of those whom it hit."""
    return identity(claimant) not in {identity(p) for p in (*event.actors, *event.recipients)}


def _claims(analysis: Analysis, phrases: RolePhrases, cast: Cast) -> Iterator[tuple[int, Participant]]:
    """Who claims responsibility, with the number of the sentence."""
    tokens = analysis.tokens
    for number, (first, last) in enumerate(analysis.sentences):
        for verb in range(first, last):
            if tokens[verb].lemma != "claim" or tokens[verb].upos != "VERB":
                continue
            below = [k for k in range(first, last) if tokens[k].head == verb]
            if not any(tokens[k].relation == "obj" and tokens[k].lemma in _CLAIMED for k in below):
                continue
            subjects = [k for k in below if tokens[k].relation in _SUBJECT]
            words = {tokens[k].lemma for k in (*below, *(k for k in range(first, last) if tokens[k].head in subjects))}
            if words & _NOBODY:
                continue
            for subject in subjects:
                if tokens[subject].upos != "PRON":
                    yield from ((number, one) for one in cast.of(phrases.whole(_phrase(subject, tokens, first))))


def _phrase(head: int, tokens: Sequence[Token], first: int) -> Span:
    """A noun with what stands before it as a part of it, and the rest of a name."""
    start = end = head
    while start > first and tokens[start - 1].head == head and tokens[start - 1].relation in _PART:
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1].head == head and tokens[end + 1].relation in ("flat", "goeswith"):
        end += 1
    return Span(tokens[start].start, tokens[end].end)
