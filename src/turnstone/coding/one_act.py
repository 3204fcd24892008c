"""Words of one sentence that tell one act: "carried out an attack", "killed in the bombing"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from turnstone.coding.clauses import CIRCUMSTANCE, Clauses
from turnstone.coding.participants import identity
from turnstone.records import Event, Participant, Token

# how the word of an act hangs on another one of it
_LINKS = frozenset("obj obl obl:agent nmod acl acl:relcl compound appos xcomp advcl nsubj nsubj:pass conj".split())
_FARTHEST = 3
# what happens to somebody is named by its noun: "five were killed in the attack"
_HARMS = frozenset("kill injure wound hurt die slay".split())
_DONE = frozenset({"happened", "historical"})


def one_act(events: Sequence[Event], tokens: Sequence[Token], clauses: Clauses) -> list[Event]:
    """The events, where those of one sentence that tell one act are one: the better one, with the roles of both.

    They are of one type and status and on one day, share somebody, and on either side one names nobody whom the other
    does not; and the word of one hangs on that of the other, without "after", "before", "in response to" between.
    """
    kept = list(events)
    for one, other in combinations(events, 2):
        if one not in kept or other not in kept or one.evidence != other.evidence:
            continue
        if not _alike(one, other):
            continue
        a, b = (clauses.word(e.trigger.start, e.trigger.end) for e in (one, other))
        if a is None or b is None or not _linked(a, b, tokens, clauses, _same_hit(one, other)):
            continue
        better, worse = (one, other) if _is_better(one, other, a, b, tokens) else (other, one)
        kept[kept.index(better)] = _united(better, worse)
        kept.remove(worse)
        events = kept
        return one_act(kept, tokens, clauses)
    return kept


def _alike(one: Event, other: Event) -> bool:
    if one.event_type != other.event_type or (one.modes and other.modes and one.modes != other.modes):
        return False
    if one.status != other.status and not {one.status, other.status} <= _DONE:
        return False
    if (one.first_day, one.last_day) != (other.first_day, other.last_day):
        return False
    if one.place and other.place and one.place.name != other.place.name:
        return False
    actors, others = ({identity(p) for p in e.actors} for e in (one, other))
    recipients, received = ({identity(p) for p in e.recipients} for e in (one, other))
    shared = bool(actors & others or recipients & received)
    return shared and _fits(actors, others) and _fits(recipients, received)


def _same_hit(one: Event, other: Event) -> bool:
    return {identity(p) for p in one.recipients} == {identity(p) for p in other.recipients}


def _fits(ones: set[tuple[str, ...]], others: set[tuple[str, ...]]) -> bool:
    return ones <= others or others <= ones


def _linked(a: int, b: int, tokens: Sequence[Token], clauses: Clauses, alike: bool) -> bool:
    """Whether one of two words hangs on the other; verbs with "and" only where they are `alike` in whom they hit."""
    for low, high in ((a, b), (b, a)):
        chain = clauses.above(low)[: _FARTHEST + 1]
        if high not in chain:
            continue
        steps = chain[: chain.index(high)]
        relations = [tokens[step].relation for step in steps]
        if not set(relations) <= _LINKS or (relations[-1] == "conj" and len(steps) > 1):
            return False
        if relations == ["conj"]:  # "surrender and hand over their arms"; "raids and arrests" are two
            return tokens[low].upos == tokens[high].upos == "VERB" and alike
        return not any(clauses.introduced(step) & CIRCUMSTANCE for step in steps)
    return False


def _is_better(one: Event, other: Event, a: int, b: int, tokens: Sequence[Token]) -> bool:
    noun, verb = (a, b) if tokens[a].upos == "NOUN" else (b, a)
    if tokens[noun].upos == "NOUN" and tokens[verb].lemma.lower() in _HARMS:
        return noun == a
    return (one.confidence, -one.trigger.start) >= (other.confidence, -other.trigger.start)


def _united(better: Event, worse: Event) -> Event:
    actors = _joined(better.actors, worse.actors)
    taken = {identity(p) for p in actors}
    recipients = tuple(p for p in _joined(better.recipients, worse.recipients) if identity(p) not in taken)
    return replace(
        better,
        actors=actors,
        recipients=recipients,
        place=better.place or worse.place,
        modes=better.modes or worse.modes,
        score=better.score if better.modes else worse.score,
    )


def _joined(ones: Sequence[Participant], others: Sequence[Participant]) -> tuple[Participant, ...]:
    return tuple({identity(p): p for p in (*reversed(others), *reversed(ones))}.values())[::-1]
