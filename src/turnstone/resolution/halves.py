"""States that begin with a point of the compass, and are called by it: "the North" after "North Korea"."""

from __future__ import annotations

from dataclasses import replace

from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.names import STATE_NAME

_POINTS = frozenset(("North", "South", "East", "West"))
_PARTS = frozenset(("amod", "compound", "flat", "nmod:desc", "nmod:unmarked"))


def halves(board: Board) -> None:
    """Give "the North" the only state of the report whose name begins with it; where there is none, what is said of the
    point of the compass is no place of that name."""
    text, tree = board.article.text, board.tree
    states: dict[str, dict[str, Mention]] = {}
    for one in board.named():
        if one.basis == STATE_NAME and one.name.split()[0] in _POINTS:
            states.setdefault(one.name.split()[0], {})[one.entity_id] = one
    for place, token in enumerate(tree.tokens):
        word = text[token.start : token.end]
        if word not in _POINTS or not place or tree.words[place - 1] != "the":
            continue
        known = board.at.get(place)
        if known is not None and ((known.start, known.end) != (token.start, token.end) or known.entity_id):
            continue
        if _is_part_of_more(board, place):
            continue
        meant = states.get(word, {})
        if len(meant) == 1:
            state = next(iter(meant.values()))
            basis = f"short for {state.name}"
            board.put(replace(state, start=token.start, end=token.end, basis=basis), range(place, place + 1))
        elif known is not None:
            board.mentions.pop((known.start, known.end), None)
            del board.at[place]


def _is_part_of_more(board: Board, place: int) -> bool:
    """Whether the word is no name by itself: "the North Atlantic", "the South African army", "the North of England"."""
    tree, after = board.tree, place + 1
    if tree.relations[place] in _PARTS and tree.heads[place] > place:
        return True
    if after == len(tree.tokens):
        return False
    token = tree.tokens[after]
    return token.upos == "PROPN" or after in board.adjectives or tree.words[after] in ("of", "-")
