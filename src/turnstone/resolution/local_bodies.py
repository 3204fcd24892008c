"""Offices and bodies of towns and provinces: "Toronto Mayor Rob Ford", "the governor of California"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.records import Mention
from turnstone.resolution.foreigners import FOREIGNERS
from turnstone.resolution.toponyms import is_toponym
from turnstone.resolution.trees import Tree, listed

_LOCAL = frozenset("GOV LEG JUD COP EDU MED REL CVL LAB AGR SOC CRM ELI".split())
_NAME_PARTS = frozenset(("compound", "nmod:desc", "amod", "flat", "nmod:poss", "nmod:unmarked", "appos"))
_OF = frozenset(("of", "for", "in", "at", "from"))
# they are elsewhere than where they are from, or from elsewhere than where they are
_AWAY = FOREIGNERS | listed("embassy consulate mission president minister premier")


def of_their_place(tree: Tree, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with the country of the one place that their title or name has beside it."""
    towns = [one for one in mentions if is_toponym(one)]
    return [_settled(tree, mention, towns) if towns else mention for mention in mentions]


def _settled(tree: Tree, mention: Mention, towns: Sequence[Mention]) -> Mention:
    if mention.country or mention.entity_id:
        return mention
    if mention.kind == "ORG" and not mention.sectors:
        found = [town for town in towns if town.start == mention.start and town.end < mention.end]
    elif mention.kind in ("OTHER", "ORG") and mention.sectors and mention.sectors[0] in _LOCAL:
        within = tree.covering(mention.start, mention.end)
        if not within:
            return mention
        head = tree.top(within)
        found = [town for town in towns if _belongs(tree, town, head, within)]
    else:
        return mention
    if len({town.country for town in found}) != 1:
        return mention
    town = found[0]
    words = tree.text[town.start : town.end]
    return replace(mention, country=town.country, basis=f"of {words}, a place in {town.country}; {mention.basis}")


def _belongs(tree: Tree, town: Mention, head: int, within: range) -> bool:
    """Whether the place hangs on the phrase's head through the parts of a name or title."""
    place = tree.top(tree.covering(town.start, town.end))
    if place == head:
        return False
    for _ in range(5):
        relation, above = tree.relations[place], tree.heads[place]
        if above < 0:
            return False
        if relation == "nmod":
            if not tree.cases(place) & _OF:
                return False
        elif relation not in _NAME_PARTS:
            return False
        lemma = tree.tokens[above].lemma.lower()
        if lemma in _AWAY and tree.cases(place) & {"in", "at", "from"}:
            return False
        if above == head or (above in within and tree.heads[above] not in within):
            return relation != "appos"
        place = above
    return False
