"""Countries that the place tells: of towns, and of unnamed people of whom only the scene of an event is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.records import Analysis, Mention, Place
from turnstone.resolution.trees import NOMINAL, Tree, listed

_LOCATIVE = frozenset(("in", "near", "at", "around", "outside", "across", "throughout", "inside", "through"))
# people and bodies that are of the place where they act, unless the words say otherwise
_LOCAL = frozenset("CVL COP CRM UAF REB JUD GOV LEG OPP PTY LAB EDU MED REL SOC".split())
# people who are elsewhere by what they are
_AWAY = listed(
    "tourist foreigner migrant refugee expatriate pilgrim traveller traveler visitor passenger crew sailor fisherman "
    "diplomat ambassador envoy delegation delegate hostage peacekeeper volunteer mercenary emigrant exile pirate "
    "neighbour neighbor ally partner counterpart rival enemy opponent"
)
# of those who govern, only these stay at home: ministers and presidents travel
_AT_HOME = listed("official authority authorities government mayor governor councillor councilor lawmaker parliament")
_MODIFIERS = frozenset(("amod", "compound", "nmod:poss", "nmod:desc", "nmod"))


def localise(
    text: str, analysis: Analysis, mentions: Sequence[Mention], places: Sequence[Place]
) -> tuple[Mention, ...]:
    """The mentions, with a country where the places of the article tell it and nothing else does.

    A toponym has the country of its place. Unnamed people ("thousands of protesters", "the police") are of the one
    country where their sentence happens, or else of the only country that the article speaks of.
    """
    tree = Tree(text, analysis)
    by_span = {(place.start, place.end): place for place in places if place.country}
    settled = [_toponym(mention, by_span) for mention in mentions]
    scenes = _scenes(tree, places)
    only = {mention.country for mention in settled if len(mention.country) == 3} | {p.country for p in places}
    only.discard("")
    return tuple(_of_scene(tree, mention, scenes, only) for mention in settled)


def _toponym(mention: Mention, places: dict[tuple[int, int], Place]) -> Mention:
    place = places.get((mention.start, mention.end))
    if place is None or mention.country or mention.kind not in ("GPE", "LOC"):
        return mention
    return replace(mention, country=place.country, basis=f"a place in {place.country}")


def _scenes(tree: Tree, places: Sequence[Place]) -> dict[int, set[str]]:
    """For each sentence the countries that something happens in."""
    scenes: dict[int, set[str]] = {}
    for place in places:
        tokens = tree.covering(place.start, place.end)
        if tokens and place.country and tree.cases(tree.top(tokens)) & _LOCATIVE:
            scenes.setdefault(tree.sentence[tokens[0]], set()).add(place.country)
    return scenes


def _of_scene(tree: Tree, mention: Mention, scenes: dict[int, set[str]], only: set[str]) -> Mention:
    if mention.country or mention.entity_id or mention.kind != "OTHER" or not _local(tree, mention):
        return mention
    sentence = tree.sentence[tree.covering(mention.start, mention.end)[0]]
    here = scenes.get(sentence, set())
    if len(here) == 1:
        country = next(iter(here))
        return replace(mention, country=country, basis=f"{mention.basis}; what the sentence tells happens in {country}")
    if not here and len(only) == 1:
        country = next(iter(only))
        return replace(mention, country=country, basis=f"{mention.basis}; the article speaks of {country} alone")
    return mention


def _local(tree: Tree, mention: Mention) -> bool:
    tokens = tree.covering(mention.start, mention.end)
    if not tokens or mention.sectors[:1] == () or mention.sectors[0] not in _LOCAL:
        return False
    head = tree.top(tokens)
    if tree.tokens[head].upos not in NOMINAL or tree.tokens[head].lemma.lower() in _AWAY:
        return False
    if mention.sectors[0] in ("GOV", "LEG") and tree.tokens[head].lemma.lower() not in _AT_HOME:
        return False
    described = {tree.words[child] for child in tree.children[head] if tree.relations[child] in _MODIFIERS}
    return not described & {"foreign", "international", "overseas", "migrant", "exiled", "visiting", "world"}
