"""Peacekeepers are those of the one international body that the report names."""

from __future__ import annotations

from dataclasses import replace

from turnstone.resolution.board import Board
from turnstone.resolution.titles import Description

_BODIES = frozenset(("UNO", "IGO", "EUR"))


def peacekeepers(board: Board, descriptions: list[Description]) -> None:
    """Give peacekeepers and peacekeeping troops of whom nothing else is said the only international body's code."""
    tree = board.tree
    bodies = {one.country: one for one in board.named() if one.kind == "ORG" and one.country in _BODIES}
    if len(bodies) != 1:
        return
    body = next(iter(bodies.values()))
    for one in descriptions:
        known = board.at.get(one.head)
        keeps = "peacekeep" in one.noun.singular or any(
            tree.words[child] == "peacekeeping" for place in one.places for child in tree.children[place]
        )
        if not keeps or known is None or known.country or known.entity_id:
            continue
        basis = f"peacekeepers of {body.name}, the only international body named"
        board.put(replace(known, country=body.country, basis=basis), one.places)
