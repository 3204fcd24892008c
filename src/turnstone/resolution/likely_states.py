"""Who takes part or speaks, and of whom nothing tells the state: of the states that the report speaks of, the likely
one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from turnstone.records import Analysis, Mention, Place, Proposal, Span
from turnstone.resolution.foreigners import OF_MANY
from turnstone.resolution.gathered import Gathered
from turnstone.resolution.setting import Setting, is_state
from turnstone.resolution.state_words import Part, StateWords
from turnstone.resolution.trees import Tree

StateOdds = Callable[[Sequence[Iterable[str]]], Iterable[float]]
"""The log odds of states by the names of their features (`state_words`), against that it is none of them."""

_OF_NO_STATE = OF_MANY | frozenset(("u.n.", "nations"))


def likely_states(
    text: str,
    analysis: Analysis,
    mentions: Sequence[Mention],
    places: Sequence[Place],
    proposals: Sequence[Proposal],
    odds: StateOdds,
    least: float,
) -> tuple[Mention, ...]:
    """The mentions, with the state that is likeliest for those who take part in `proposals` or say something and whose
    state nothing tells, where its probability is more than `least`. Whoever is named so has it wherever they are
    named."""
    tree = Tree(text, analysis)
    parts = parts_without_state(tree, analysis, mentions, proposals)
    if not parts or least >= 1:
        return tuple(mentions)
    words = StateWords(tree, mentions, places, Setting(tree, mentions, places))
    found, named = Gathered(mentions), dict[str, str]()
    for part in parts if words.states else ():
        shares = shares_of(list(odds(words.features(part))))
        share, state = max(zip(shares, words.states, strict=True), key=lambda one: one[0])
        if share <= least:
            continue
        why = f"of the states spoken of likely {state}"
        holding = found.holding(part.span, tree.starts[part.head])
        for k in holding:
            found.give(k, state, why)
            if found.mentions[k].kind in ("PER", "ORG"):
                named.setdefault(found.mentions[k].name, state)
        if not holding:
            start, end = part.span.start, part.span.end
            found.add(Mention(start, end, "OTHER", "", text[start:end], state, (), f"not named; {why}"))
    for k, one in enumerate(found.mentions):
        if one.name in named and not (one.country or one.entity_id):
            found.give(k, named[one.name], f"of the states spoken of likely {named[one.name]}")
    return tuple(found.mentions)


def parts_without_state(
    tree: Tree, analysis: Analysis, mentions: Sequence[Mention], proposals: Sequence[Proposal]
) -> list[Part]:
    """Those whose words tell no state, no known body and none of many states, each once, in the order met."""
    known = Gathered(mentions)
    roles: dict[Span, set[tuple[str, str]]] = {}
    sides: dict[Span, tuple[set[str], set[str]]] = {}

    def states(spans: Iterable[Span]) -> set[str]:
        found = {known.mentions[k].country for span in spans for k in known.meeting(span)}
        return {code for code in found if is_state(code)}

    for span, role, kind, others, fellows in _taking_part(analysis, proposals):
        near = [known.mentions[k] for k in known.meeting(span)]
        places = tree.covering(span.start, span.end)
        if not places or any(one.country or one.entity_id for one in near):
            continue
        if any(tree.words[place] in _OF_NO_STATE for place in places):
            continue
        roles.setdefault(span, set()).add((role, kind))
        beside = sides.setdefault(span, (set(), set()))
        beside[0].update(states(others))
        beside[1].update(states(one for one in fellows if one != span))
    return [
        Part(span, tree.top(tree.covering(span.start, span.end)), tuple(sorted(own)), *map(frozenset, sides[span]))
        for span, own in roles.items()
    ]


def _taking_part(
    analysis: Analysis, proposals: Sequence[Proposal]
) -> Iterator[tuple[Span, str, str, Sequence[Span], Sequence[Span]]]:
    """Everybody with their role, the type of the event, those on the other side and those on their own."""
    for one in proposals:
        kind = one.types[0][0]
        for role, own, others in (("A", one.actors, one.recipients), ("R", one.recipients, one.actors)):
            for span in own:
                yield span, role, kind, others, own
    for quotation in analysis.quotations:
        for span in quotation.source:
            yield span, "S", "", (), ()


def shares_of(odds: Sequence[float]) -> list[float]:
    """The probabilities of states by their log odds against none, of which one or none is right."""
    most = max(0.0, *odds)
    weights = [math.exp(one - most) for one in odds]
    whole = math.fsum((*weights, math.exp(-most)))
    return [weight / whole for weight in weights]
