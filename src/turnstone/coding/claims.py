"""Claims of responsibility: who claims an attack is one of those who made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from turnstone.coding.clauses import Clauses
from turnstone.coding.participants import Cast, identity
from turnstone.coding.role_phrases import RolePhrases
from turnstone.coding.status import DONE
from turnstone.records import Analysis, Event, Participant, Span, Token

_CLAIMED = frozenset({"responsibility", "credit"})
# with these nobody claims, or not yet
_UNCLAIMED = frozenset("no none nobody neither not never may might could would will if unless whether".split())
_PART = frozenset("det amod compound flat nummod nmod:poss nmod:desc".split())
_BACK = 3  # sentences in which the attack is looked for
_ORGANS = frozenset({"GOV", "MIL", "COP"})  # what they do, nobody else claims


@dataclass(frozen=True)
class _Claim:
    """Who claims, the word "claim", and the sentence."""

    claimant: Participant
    verb: int
    sentence: int


def with_claimants(
    events: Sequence[Event], analysis: Analysis, phrases: RolePhrases, clauses: Clauses, cast: Cast
) -> list[Event]:
    """The events, where somebody who claims an attack told in the same sentence or shortly before acts in it too: "A
    bomb kills three in Ard. The Lions claim responsibility." """
    found = list(events)
    claims = list(_claims(analysis, phrases, cast))
    attacks = [k for k, event in enumerate(found) if _is_attack(event)] if claims else []
    for claim in claims:
        at = _claimed(claim, [(k, found[k]) for k in attacks], analysis, clauses)
        if at is None:
            continue
        known = {identity(p) for p in (*found[at].actors, *found[at].recipients)}
        if identity(claim.claimant) not in known:
            found[at] = replace(found[at], actors=(*found[at].actors, claim.claimant))
    return found


def _is_attack(event: Event) -> bool:
    organs = any(_ORGANS.intersection(actor.sectors) for actor in event.actors)
    return event.event_type == "ASSAULT" and event.status in DONE and not organs


def _claimed(
    claim: _Claim, attacks: Sequence[tuple[int, Event]], analysis: Analysis, clauses: Clauses
) -> int | None:  # fmt: skip
    """Which attack is claimed: the one that the claim names, else the last before it; None where there is none."""
    tokens, sentences = analysis.tokens, analysis.sentences
    first = tokens[sentences[max(0, claim.sentence - _BACK)][0]].start
    last = tokens[sentences[claim.sentence][1] - 1].end
    near = [(k, event.trigger) for k, event in attacks if first <= event.trigger.start < last]
    for k, trigger in near:
        word = clauses.word(trigger.start, trigger.end)
        if word is not None and claim.verb in clauses.above(word):
            return k
    return max((k for k, trigger in near if trigger.start < claim.claimant.start), default=None)


def _claims(analysis: Analysis, phrases: RolePhrases, cast: Cast) -> Iterator[_Claim]:
    tokens = analysis.tokens
    for number, (first, last) in enumerate(analysis.sentences):
        for verb in range(first, last):
            if tokens[verb].lemma != "claim" or tokens[verb].upos != "VERB":
                continue
            below = [k for k in range(first, last) if tokens[k].head == verb]
            if not any(tokens[k].relation == "obj" and tokens[k].lemma in _CLAIMED for k in below):
                continue
            subjects = [k for k in below if tokens[k].relation == "nsubj"]
            words = {tokens[k].lemma for k in (*below, *(k for k in range(first, last) if tokens[k].head in subjects))}
            if words & _UNCLAIMED:
                continue
            for subject in subjects:
                if tokens[subject].upos != "PRON":
                    for one in cast.of(phrases.whole(_phrase(subject, tokens, first))):
                        yield _Claim(one, verb, number)


def _phrase(head: int, tokens: Sequence[Token], first: int) -> Span:
    """A noun with what stands before it as a part of it, and the rest of a name."""
    start = end = head
    while start > first and tokens[start - 1].head == head and tokens[start - 1].relation in _PART:
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1].head == head and tokens[end + 1].relation in ("flat", "goeswith"):
        end += 1
    return Span(tokens[start].start, tokens[end].end)
