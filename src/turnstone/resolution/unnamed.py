"""People, bodies and things without a name or title that act or are acted on: "a checkpoint", "two pensioners"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.records import Mention, Proposal, Span
from turnstone.resolution.foreigners import AWAY, FOREIGN
from turnstone.resolution.setting import Setting
from turnstone.resolution.span_index import SpanIndex
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
    found = list(mentions)
    spans = SpanIndex((one.start, one.end) for one in found)
    numbers: dict[tuple[int, int], list[int]] = {}
    for number, one in enumerate(found):
        numbers.setdefault((one.start, one.end), []).append(number)
    for proposal in proposals:
        event_type = proposal.types[0][0]
        receiving = () if event_type in _GOOD else proposal.recipients
        harmed = receiving if event_type in _HARMS else ()
        for span in (*proposal.actors, *receiving):
            places = tree.covering(span.start, span.end)
            if not places or not _is_common(tree, span, places, span in harmed):
                continue
            head = tree.top(places)
            near = sorted({number for one in spans.meeting((span.start, span.end)) for number in numbers[one]})
            holding = [number for number in near if found[number].start <= tree.starts[head] < found[number].end]
            by_report = (span in proposal.actors or span in harmed) and not holding
            state, basis = _state(tree, head, setting, by_report)
            told = {found[k].country for k in near if found[k].country and span.start <= found[k].start}
            if not state or told - ({state} if holding else set()):
                continue
            if not all(_is_open(tree, found[number]) for number in holding):
                continue
            for number in holding:
                one = found[number]
                found[number] = replace(one, country=state, basis=f"{one.basis}; {basis}")
            if not holding:
                words = tree.text[span.start : span.end]
                numbers.setdefault((span.start, span.end), []).append(len(found))
                spans.add((span.start, span.end))
                found.append(Mention(span.start, span.end, "OTHER", "", words, state, (), f"not named; {basis}"))
    return found


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
