"""Whole articles mostly about one state: who takes part or speaks, and is said to be of none, is of that one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from turnstone.records import Mention, Proposal, Quotation, Span
from turnstone.resolution.foreigners import AWAY, FOREIGN, OF_MANY
from turnstone.resolution.gathered import Gathered
from turnstone.resolution.setting import is_state
from turnstone.resolution.trees import Tree, listed

# Of 360 who took part in 42 long reports of ours and had no state, this one was right for 218 of the 230 who would have
# got it; most of the other twelve are left out by the words below. Of 32 speakers likewise for 29.
_MANY = 12  # mentions that tell a state, before an article can be mostly about one
_MOSTLY = 0.5  # of them, for people without a name and a sentence that speaks of no other state
_LARGELY = 0.6  # of them, for people and bodies by name
_TIMES = 3  # as many as of the next state, for bodies of a state, whatever their sentence speaks of besides
_BODIES = listed(
    "government ministry minister parliament senate assembly legislature congress court tribunal council cabinet "
    "commission committee opposition authority authorities prosecutor prosecution police army military lawmaker deputy "
    "senator president premier"
)
_NOT_OF_ONE = AWAY | listed(
    "donor side state country nation embassy power observer mediator guest investor company firm community world"
)
_THIRD = frozenset("he him she her they them".split())


def of_the_main_state(
    tree: Tree, proposals: Sequence[Proposal], quotations: Sequence[Quotation], mentions: Sequence[Mention]
) -> list[Mention]:
    """The mentions, with the state that a whole article is mostly about for those who take part in `proposals` or say
    something, where nothing says what state they are of and their sentence speaks of no other; where it is far ahead
    of the next, bodies of a state whatever their sentence speaks of. People by name have it wherever they are named,
    bodies and companies by name where they act."""
    told = Counter(mention.country for mention in mentions if is_state(mention.country))
    state, number = next(iter(told.most_common(1)), ("", 0))
    if told.total() < _MANY or number < _MOSTLY * told.total():
        return list(mentions)
    largely = number >= _LARGELY * told.total()
    its = _is_unnamed_or_body if largely else _is_unnamed
    far_ahead = number >= _TIMES * next((n for _, n in told.most_common(2)[1:]), 0)
    found, basis = Gathered(mentions), f"the article speaks mostly of {state}"
    elsewhere = _sentences_about_others(tree, mentions, state)
    people: set[str] = set()
    for span in _taking_part(proposals, quotations):
        places = tree.covering(span.start, span.end)
        if not places:
            continue
        head = tree.top(places)
        near = found.meeting(span)
        holding = found.holding(span, tree.starts[head])
        others = any(found.mentions[k].country not in ("", state) for k in near)
        if others or any(found.mentions[k].country or found.mentions[k].entity_id for k in holding):
            continue
        if any(found.mentions[k].kind == "PER" for k in holding):
            people |= {found.mentions[k].name for k in holding}
        elif (tree.sentence[head] not in elsewhere and its(tree, head, places)) or (
            far_ahead and _is_body(tree, head, places)
        ):
            for k in holding:
                found.give(k, state, basis)
            if not holding:
                words = tree.text[span.start : span.end]
                found.add(Mention(span.start, span.end, "OTHER", "", words, state, (), f"not named; {basis}"))
    if largely:
        for k, one in enumerate(found.mentions):
            if one.name in people and not one.country and not one.entity_id:
                found.give(k, state, basis)
    return found.mentions


def _sentences_about_others(tree: Tree, mentions: Sequence[Mention], state: str) -> set[int]:
    others = (one for one in mentions if is_state(one.country) and one.country != state)
    return {tree.sentence[places[0]] for one in others if (places := tree.covering(one.start, one.end))}


def _taking_part(proposals: Sequence[Proposal], quotations: Sequence[Quotation]) -> Iterator[Span]:
    for proposal in proposals:
        yield from (*proposal.actors, *proposal.recipients)
    for quotation in quotations:
        yield from quotation.source


def _is_body(tree: Tree, head: int, places: range) -> bool:
    """Whether a phrase is of a body or office that a state has, by name or not: "the Constitutional Court"."""
    if tree.tokens[head].upos not in ("NOUN", "PROPN") or tree.tokens[head].lemma.lower() not in _BODIES:
        return False
    return not any(tree.words[place] in FOREIGN or tree.tokens[place].upos in ("PRON", "NUM") for place in places)


def _is_unnamed_or_body(tree: Tree, head: int, places: range) -> bool:
    """Whether a phrase is of people or a thing without a name, or of a body by name that is not of many states. What is
    written small, "al qaeda", is not found among the entities, even if it is known to be of another state or none."""
    token = tree.tokens[head]
    if token.upos != "PROPN":
        return _is_unnamed(tree, head, places)
    if tree.text[token.start : token.end].islower():
        return False
    return not any(tree.words[place] in OF_MANY | FOREIGN for place in places)


def _is_unnamed(tree: Tree, head: int, places: range) -> bool:
    """Whether a phrase is of people or a thing without a name, who are not likely to be from elsewhere."""
    token, word = tree.tokens[head], tree.words[head]
    if token.upos == "PRON":
        return word in _THIRD
    if token.upos not in ("NOUN", "NUM", "ADJ", "DET") or token.lemma.lower() in _NOT_OF_ONE:
        return False
    return not any(tree.words[place] in FOREIGN for place in places)
