"""Words of one sentence that tell one act: "carried out an attack", "killed in the bombing"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from turnstone.coding.clauses import CIRCUMSTANCE, Clauses
from turnstone.coding.participants import identity
from turnstone.coding.status import DONE
from turnstone.coding.words_of_harm import DIE, HARM
from turnstone.records import Event, Participant, Token

# how the word of an act hangs on another one of it
_LINKS = frozenset("obj obl obl:agent nmod acl xcomp".split())
_FARTHEST = 3
# verbs that lose to the noun or verb under them: "launch an attack"
_LIGHT = frozenset(
    "hold pay carry launch stage open file press issue give reach strike conclude declare put take make "
    "conduct mount let begin start end face go stand receive hand keep express voice show".split()
)


def one_act(events: Sequence[Event], tokens: Sequence[Token], clauses: Clauses) -> list[Event]:
    """The events, where those of one sentence that tell one act are one: the better one, with the roles of both.

    They are of one type and status and on one day, share somebody, and on either side one names nobody whom the other
    does not; and the word of one hangs on that of the other as the guide of the corpus has it: the noun of a light
    verb, of what kills, or a noun beside a noun; without "after" or "before" between.
    """
    kept = list(events)
    for one, other in combinations(events, 2):
        if one.evidence != other.evidence or not _alike(one, other):
            continue
        a, b = (clauses.word(e.trigger.start, e.trigger.end) for e in (one, other))
        if a is None or b is None or not _linked(a, b, tokens, clauses):
            continue
        better, worse = (one, other) if _is_better(a, b, tokens, clauses) else (other, one)
        kept[kept.index(better)] = _united(better, worse)
        kept.remove(worse)
        return one_act(kept, tokens, clauses)
    return kept


def _alike(one: Event, other: Event) -> bool:
    if one.event_type != other.event_type or (one.modes and other.modes and one.modes != other.modes):
        return False
    if one.status != other.status and not {one.status, other.status} <= DONE:
        return False
    if (one.first_day, one.last_day) != (other.first_day, other.last_day):
        return False
    if one.place and other.place and one.place.name != other.place.name:
        return False
    actors, others = ({identity(p) for p in e.actors} for e in (one, other))
    recipients, received = ({identity(p) for p in e.recipients} for e in (one, other))
    shared = bool(actors & others or recipients & received)
    return shared and _fits(actors, others) and _fits(recipients, received)


def _fits(ones: set[tuple[str, ...]], others: set[tuple[str, ...]]) -> bool:
    return ones <= others or others <= ones


def _linked(a: int, b: int, tokens: Sequence[Token], clauses: Clauses) -> bool:
    """Whether one of two words hangs on the other as words of one act do: the noun of a light verb, of what kills, or
    beside another noun of the act."""
    low, high = (a, b) if b in clauses.above(a) else (b, a)
    chain = clauses.above(low)
    if high not in chain or chain.index(high) > _FARTHEST:
        return False
    steps = chain[: chain.index(high)]
    relations = [tokens[step].relation for step in steps]
    verb = tokens[high].lemma.lower()
    if relations in (["compound"], ["appos"]):
        return tokens[low].upos == "NOUN"
    if not set(relations) <= _LINKS or any(clauses.introduced(step) & CIRCUMSTANCE for step in steps):
        return False
    return _is_told_below(verb, tokens[low])


def _is_better(a: int, b: int, tokens: Sequence[Token], clauses: Clauses) -> bool:
    """Whether the first of two words tells the act: the one above, unless it is a light verb or says only who died."""
    low, high = (a, b) if b in clauses.above(a) else (b, a)
    return (low if _is_told_below(tokens[high].lemma.lower(), tokens[low]) else high) == a


def _is_told_below(verb: str, below: Token) -> bool:
    """Whether the word below a verb tells the act: that of a light verb, or the noun of what happens to somebody ("five
    were killed in the attack")."""
    return verb in _LIGHT or (verb in HARM | DIE and below.upos == "NOUN")


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
    known = {identity(p) for p in ones}
    return (*ones, *(p for p in others if identity(p) not in known))
