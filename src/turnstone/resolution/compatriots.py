"""Names that a report about one state leaves open: its own people and bodies, and "the Labour Party" of that state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.knowledge.given_names import given_names
from turnstone.records import Mention, Place
from turnstone.resolution.foreigners import OF_MANY
from turnstone.resolution.officials import ABROAD, title_of
from turnstone.resolution.setting import Setting, is_state
from turnstone.resolution.shared_names import is_shared
from turnstone.resolution.trees import Tree, listed

# words of the names of bodies that mostly act at home
_AT_HOME = listed(
    "commission committee council board court tribunal bureau office authority authorities agency ministry department "
    "parliament senate assembly congress police guard party union coalition"
)
_OFFICIAL = frozenset(("GOV", "LEG", "JUD", "COP"))


def of_the_state_spoken_of(tree: Tree, mentions: Sequence[Mention], places: Sequence[Place]) -> list[Mention]:
    """The mentions, where a name that bodies of many states have is that of the only other state spoken of: "the House
    of Representatives" in a report about Japan."""
    common = {
        mention.entity_id
        for mention in mentions
        if mention.kind == "ORG" and mention.entity_id and is_state(mention.country) and is_shared(tree.text, mention)
    }
    if not common:
        return list(mentions)
    others = [mention for mention in mentions if mention.entity_id not in common]
    state = Setting(tree, others, places).only
    if not state:
        return list(mentions)
    return [
        replace(
            mention,
            entity_id="",
            name=tree.text[mention.start : mention.end],
            country=state,
            basis=f"a name that bodies of many states have; the article speaks of {state} alone",
        )
        if mention.entity_id in common and mention.country != state and is_shared(tree.text, mention)
        else mention
        for mention in mentions
    ]


def compatriots(tree: Tree, mentions: Sequence[Mention], setting: Setting) -> list[Mention]:
    """The mentions, where people and bodies of whose state nothing is said have the only state that the report speaks
    of, or of a long one nearly the only. Not those who are met abroad by their title, nor where a body of no state is
    named too."""
    home, basis = setting.home
    if not home:
        return list(mentions)
    return [
        replace(mention, country=home, basis=f"{mention.basis}; {basis}")
        if not (mention.country or mention.entity_id) and _is_open(tree, mention, mentions)
        else mention
        for mention in mentions
    ]


def _is_open(tree: Tree, mention: Mention, mentions: Sequence[Mention]) -> bool:
    words = tree.text[mention.start : mention.end].lower().replace("-", " ").split()
    if mention.kind == "PER":
        if _is_bare(mention) and any(_are_joined(tree, mention, other) for other in mentions if _is_bare(other)):
            return False  # "paintings by Picasso and Matisse": whom the whole world knows by the surname
        return not set(mention.sectors[:1]) & _OFFICIAL and not title_of(tree, mention, mentions) & ABROAD
    places = tree.covering(mention.start, mention.end)
    if not places or set(words) & OF_MANY:
        return False
    if mention.kind == "ORG":
        return bool(set(words) & _AT_HOME) or is_shared(tree.text, mention)
    head = tree.words[tree.top(places)]
    some = any(tree.words[place] in ("a", "an", "another", "some", "any") for place in places)
    return mention.kind == "OTHER" and head in _AT_HOME and not some


def _is_bare(mention: Mention) -> bool:
    """Whether a person is named by one word that is no given name, and nothing is known of them."""
    known = mention.country or mention.entity_id or mention.sectors
    return mention.kind == "PER" and not known and " " not in mention.name and mention.name not in given_names()


def _are_joined(tree: Tree, one: Mention, other: Mention) -> bool:
    """Whether "and" or a comma joins two names."""
    places = [tree.covering(each.start, each.end) for each in (one, other)]
    if one is other or not all(places):
        return False
    first, second = map(tree.top, places)
    conjuncts = tree.relations[first] == tree.relations[second] == "conj" and tree.heads[first] == tree.heads[second]
    return conjuncts or any(
        tree.relations[a] == "conj" and tree.heads[a] == b for a, b in ((first, second), (second, first))
    )
