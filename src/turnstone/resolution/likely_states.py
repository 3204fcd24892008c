"""Who takes part, and of whom nothing tells the state: of the states that the report speaks of, the likely one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from turnstone.records import Analysis, Mention, Place, Proposal, Span
from turnstone.resolution.foreigners import OF_MANY
from turnstone.resolution.gathered import Gathered
from turnstone.resolution.setting import Setting, is_state
from turnstone.resolution.state_words import Part, StateWords
from turnstone.resolution.trees import Tree

StateShares = Callable[[Sequence[Iterable[str]]], Iterable[float]]
"""The probabilities of states by the names of their features (`state_words`), one or none of which is right."""

_OF_NO_STATE = OF_MANY | frozenset(("u.n.", "nations"))


def likely_states(
    text: str,
    analysis: Analysis,
    mentions: Sequence[Mention],
    places: Sequence[Place],
    proposals: Sequence[Proposal],
    shares: StateShares,
    least: float,
) -> tuple[Mention, ...]:
    """The mentions, with the state that is likeliest for those who take part in `proposals` and whose state nothing
    tells, where its probability is more than `least`. Whoever is named so has it wherever they are named."""
    tree = Tree(text, analysis)
    words = StateWords(tree, mentions, places, Setting(tree, mentions, places))
    found, named = Gathered(mentions), dict[str, str]()
    for part in parts_without_state(tree, mentions, proposals, words.states):
        known = zip(shares(words.features(part)), words.states, strict=True)
        share, state = max(known, key=lambda one: one[0])
        if share <= least:
            continue
        holding = found.holding(part.span, tree.starts[part.head])
        for k in holding:
            found.give(k, state, _why(state))
            if found.mentions[k].kind in ("PER", "ORG"):
                named.setdefault(found.mentions[k].name, state)
        if not holding:
            start, end = part.span.start, part.span.end
            found.add(Mention(start, end, "OTHER", "", text[start:end], state, (), f"not named; {_why(state)}"))
    for k, one in enumerate(found.mentions):
        if one.name in named and not (one.country or one.entity_id):
            found.give(k, named[one.name], _why(named[one.name]))
    return tuple(found.mentions)


def parts_without_state(
    tree: Tree, mentions: Sequence[Mention], proposals: Sequence[Proposal], states: Collection[str]
) -> list[Part]:
    """Those whose words tell no state, no known body and none of many states, each once, in the order met. Not
    pronouns, nor names where the report speaks of several `states`: from 0.7 on 111 of 165 of these were told rightly,
    and 937 of 1,101 of all others (five folds of the items' labels)."""
    known = Gathered(mentions)
    roles: dict[Span, set[tuple[str, str]]] = {}
    sides: dict[Span, tuple[set[str], set[str]]] = {}
    for one in proposals if states else ():
        for role, own, others in (("A", one.actors, one.recipients), ("R", one.recipients, one.actors)):
            for span in own:
                if not _is_open(tree, known, span, len(states) > 1):
                    continue
                roles.setdefault(span, set()).add((role, one.types[0][0]))
                beside, among = sides.setdefault(span, (set(), set()))
                beside |= _states(known, others)
                among |= _states(known, (fellow for fellow in own if fellow != span))
    return [
        Part(span, tree.top(tree.covering(span.start, span.end)), tuple(sorted(own)), *map(frozenset, sides[span]))
        for span, own in roles.items()
    ]


def _is_open(tree: Tree, known: Gathered, span: Span, several: bool) -> bool:
    places = tree.covering(span.start, span.end)
    if not places or any(tree.words[place] in _OF_NO_STATE for place in places):
        return False
    kind = tree.tokens[tree.top(places)].upos
    near = (known.mentions[k] for k in known.meeting(span))
    told = any(one.country or one.entity_id for one in near)
    return not told and kind != "PRON" and not (several and kind == "PROPN")


def _states(known: Gathered, spans: Iterable[Span]) -> set[str]:
    found = {known.mentions[k].country for span in spans for k in known.meeting(span)}
    return {code for code in found if is_state(code)}


def _why(state: str) -> str:
    return f"of the states spoken of likely {state}"
