"""Names that the words beside them give a state: "Russia's Northern Fleet", "Ukrainian Olena Koval"."""

from __future__ import annotations

from dataclasses import replace

from turnstone.records import Mention
from turnstone.resolution.names import Board
from turnstone.resolution.trees import NOMINAL

_BESIDE = frozenset(("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked"))


def belonging(board: Board) -> None:
    """Give an unknown body the one state that a nationality or possessive with its name tells, and an unknown person
    the one nationality before the name. Titles and descriptions with a state of their own come later and win."""
    for mention in board.named():
        if mention.country or mention.entity_id or mention.kind not in ("ORG", "PER"):
            continue
        places = board.tree.covering(mention.start, mention.end)
        if not places or board.at.get(places[0]) != mention:
            continue
        owners = {owner.country: owner for owner in _owners(board, mention, places)}
        if len(owners) == 1:
            owner = next(iter(owners.values()))
            words = board.article.text[owner.start : owner.end]
            board.put(replace(mention, country=owner.country, basis=f"{words!r} with the name"), places)


def _owners(board: Board, mention: Mention, places: range) -> list[Mention]:
    tree, found = board.tree, []
    for place in places:
        for child in tree.children[place]:
            if child >= places[0] or tree.relations[child] not in _BESIDE:
                continue
            token = tree.tokens[child]
            if (state := board.adjectives.get(child)) is not None:
                if _adjoins(board, child, places[0]):
                    found.append(Mention(token.start, token.end, "OTHER", "", state.name, state.code))
            elif mention.kind == "ORG" and tree.relations[child] == "nmod:poss" and tree.is_possessive(child):
                known = board.at.get(child)
                if known is not None and known.kind == "GPE" and known.country:
                    found.append(known)
    return found


def _adjoins(board: Board, adjective: int, name: int) -> bool:
    """Whether only adjectives and nouns stand between a nationality and a name: no hyphen, no comma."""
    return all(
        board.tree.tokens[place].upos in NOMINAL | {"ADJ"} and place not in board.adjectives
        for place in range(adjective + 1, name)
    )
