"""Fighters of a known armed group are the group: "Zenda Guard militants", "fighters loyal to the Zenda Guards"."""

from __future__ import annotations

from dataclasses import replace

from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.descriptions_whose import LOYAL, SPOKEN_FOR, modifiers
from turnstone.resolution.titles import Description
from turnstone.resolution.trees import listed

_FIGHTERS = frozenset(("UAF", "REB", "MIL"))
_OFFICIAL = frozenset(("GOV", "COP", "JUD"))
# somebody of the group, and not it
_ONE = SPOKEN_FOR - {"member"} | listed("commander warlord chief suspect veteran defector deserter prisoner detainee")
_BESIDE = frozenset(("compound", "amod", "nmod:poss", "nmod:desc", "nmod:unmarked", "flat"))
_HYPHENS = frozenset(("-", "‑", "–"))


def of_band(board: Board, one: Description) -> list[Mention]:
    """What a description means that a known armed group's name modifies: the group where it is of fighters, else its
    values with the group's sectors, as commanders and authorities of rebels are no state's."""
    last = one.noun.singular.split()[-1]
    fighters = bool(_FIGHTERS & set(one.noun.sectors[:1])) or (last == "member" and one.noun.plural)
    if one.former or not (fighters or _OFFICIAL & set(one.noun.sectors[:1])):
        return one.values
    found = {known.entity_id: known for place in modifiers(board, one) if (known := _band(board, one, place))}
    groups = list(found.values())
    if not groups or (len(groups) > 1 and not one.noun.plural) or _others_too(one, groups):
        return one.values
    if fighters and last not in _ONE and one.name < 0:
        return [replace(group, basis=f"{one.noun.singular!r} of {group.name}") for group in groups]
    if fighters or all(group.sectors == ("REB",) for group in groups):
        return [replace(value, sectors=groups[0].sectors) for value in one.values]
    return one.values


def _others_too(one: Description, groups: list[Mention]) -> bool:
    """Whether a state is named beside the groups: "Zenda Guard and Ruritanian officials"."""
    countries = {group.country for group in groups}
    return not countries & SPECIAL_CODES and any(value.country not in countries for value in one.values)


def _band(board: Board, one: Description, place: int) -> Mention | None:
    """The armed group that a word names, where it says whose the fighters are."""
    tree = board.tree
    known = board.inner.get(place) or board.at.get(place)
    if known is None or known.kind != "ORG" or not known.entity_id or known.sectors[:1] != ("REB",):
        return None
    text = board.article.text
    if _HYPHENS & {text[known.start - 1 : known.start], text[known.end : known.end + 1]}:
        return None  # "anti-Guard militants", "Guard-linked militants"
    joined = tree.heads[place] if tree.relations[place] == "conj" else place
    if tree.relations[joined] in _BESIDE:
        return known if place < one.head else None
    if tree.words[tree.heads[joined]] in LOYAL:
        return known
    return known if tree.relations[joined] == "nmod" and tree.cases(joined) & {"of", "from"} else None
