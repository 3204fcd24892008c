"""People, bodies and things without a name or title that act or are acted on: "a checkpoint", "two pensioners"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from turnstone.records import Mention, Proposal, Span
from turnstone.resolution.foreigners import AWAY, FOREIGN
from turnstone.resolution.gathered import Gathered
from turnstone.resolution.setting import Setting
from turnstone.resolution.trees import Tree, listed

_SEVERAL = listed("countries nations states governments")
# the rest of somebody, where they are counted; not of a state that only the scene tells
_REST = listed("another other others more rest")
# sectors of people who may be anybody
_ANYBODY = frozenset(("UNK", "ELI"))
_BODIES = listed("group organization organisation institution agency body network party movement alliance bloc")
_HARMS = frozenset(("ASSAULT", "COERCE"))
_GOOD = frozenset(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT"))
_OWNERS = frozenset(("nmod:poss", "det:poss"))


def unnamed(tree: Tree, proposals: Sequence[Proposal], mentions: Sequence[Mention], setting: Setting) -> list[Mention]:
    """The mentions, with more for the phrases of proposals of which nothing else is known: they have the state that
    their sentence is set in, or, where no mention tells of those who act or are harmed, the only one that the report
    speaks of. Not what is done good to, which may come from elsewhere: "opens an office in Strelsau"."""
    found = Gathered(mentions)
    for proposal in proposals:
        for part in _parts(proposal):
            places = tree.covering(part.span.start, part.span.end)
            if places and _is_common(tree, part.span, places, part.is_harmed):
                _settle(tree, part, tree.top(places), found, setting)
    return found.mentions


@dataclass(frozen=True, slots=True)
class _Part:
    """The phrase of somebody who takes part in a proposal."""

    span: Span
    acts: bool
    is_harmed: bool


def _parts(proposal: Proposal) -> Iterator[_Part]:
    """Those who act, and who receive what is not good."""
    event_type = proposal.types[0][0]
    receiving = () if event_type in _GOOD else proposal.recipients
    harmed = receiving if event_type in _HARMS else ()
    for span in (*proposal.actors, *receiving):
        yield _Part(span, span in proposal.actors, span in harmed)


def _settle(tree: Tree, part: _Part, head: int, found: Gathered, setting: Setting) -> None:
    """Gives the state of a phrase to the mentions that hold its head, where they leave it open, or to a new mention of
    the phrase where there are none and no other in it has a state of its own."""
    near = found.meeting(part.span)
    holding = found.holding(part.span, tree.starts[head])
    state, basis = _state(tree, head, setting, (part.acts or part.is_harmed) and not holding)
    inside = (found.mentions[k] for k in near if part.span.start <= found.mentions[k].start)
    told = {one.country for one in inside if one.country}
    if not state or told - ({state} if holding else set()):
        return
    if not all(_is_open(tree, found.mentions[k]) for k in holding):
        return
    for k in holding:
        found.give(k, state, basis)
    if not holding:
        start, end = part.span.start, part.span.end
        found.add(Mention(start, end, "OTHER", "", tree.text[start:end], state, (), f"not named; {basis}"))


def _is_common(tree: Tree, span: Span, places: range, harmed: bool) -> bool:
    """Whether a phrase is of a common noun, or of a number of people to whom something is done, and not of those who
    may be from elsewhere."""
    head = tree.top(places)
    token, word = tree.tokens[head], tree.words[head]
    if token.upos != "NOUN" and not (harmed and (token.upos == "NUM" or word in _REST)):
        return False
    if token.start > span.start and tree.text[token.start].isupper():
        return False
    if token.lemma.lower() in AWAY or word in _SEVERAL:
        return False
    return not any(
        tree.words[place] in FOREIGN
        or (
            tree.relations[place] in _OWNERS
            and (tree.tokens[place].upos == "PRON" or tree.text[tree.starts[place]].isupper())
        )
        for place in places
    )


def _is_open(tree: Tree, mention: Mention) -> bool:
    """Whether a mention tells of people and not more: "two suspects", "a group of women", but no group by itself."""
    if mention.kind != "OTHER" or mention.country or mention.entity_id or not set(mention.sectors) <= _ANYBODY:
        return False
    head = tree.top(tree.covering(mention.start, mention.end))
    if tree.tokens[head].lemma.lower() not in _BODIES:
        return True
    return tree.tokens[head].lemma.lower() == "group" and any(
        "of" in tree.cases(child) for child in tree.children[head]
    )


def _state(tree: Tree, head: int, setting: Setting, by_report: bool) -> tuple[str, str]:
    """The state of a phrase and why; none of something in general ("corruption") but where its sentence is set."""
    here = setting.scenes_of(head)
    if len(here) == 1 and not (tree.words[head] in _REST and setting.states - here):
        (state,) = here
        return state, f"what the sentence tells happens in {state}"
    token = tree.tokens[head]
    general = (
        token.upos == "NOUN"
        and tree.words[head] == token.lemma.lower()
        and not any(tree.relations[child] in ("det", "nummod") for child in tree.children[head])
    )
    if not by_report or not setting.alone or here or general:
        return "", ""
    return setting.only, f"the article speaks of {setting.only} alone"
