"""Forces that somebody moves are the mover's: "the United States deploys troops along its border"."""

from __future__ import annotations

from dataclasses import replace

from turnstone.resolution.board import Board
from turnstone.resolution.titles import Description
from turnstone.resolution.trees import listed

_MOVES = listed(
    "deploy redeploy send dispatch withdraw mobilize mobilise station mass amass order pull move commit contribute"
)
_SUBJECTS = frozenset(("nsubj", "nsubj:outer"))


def deployments(board: Board, descriptions: list[Description]) -> None:
    """Give forces of which nothing else is said the country of whoever sends or withdraws them."""
    tree = board.tree
    for one in descriptions:
        verb = tree.heads[one.head]
        if one.noun.sectors[:1] not in (("MIL",), ("COP",)) or tree.relations[one.head] != "obj" or verb < 0:
            continue
        if tree.tokens[verb].lemma.lower() not in _MOVES or any(value.country for value in one.values):
            continue
        movers = [child for child in tree.children[verb] if tree.relations[child] in _SUBJECTS]
        mover = board.at.get(movers[0]) if movers else None
        known = board.at.get(one.head)
        if mover is None or not mover.country or known is None or known.country or known.entity_id:
            continue
        basis = f"{tree.words[verb]!r} by {mover.name or mover.country}"
        board.put(replace(known, country=mover.country, basis=basis), one.places)
