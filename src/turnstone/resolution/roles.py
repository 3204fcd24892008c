"""Who is said to hold an office: "Ada Obi resigns as Ruritania's education minister"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.titles import Description

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_AS = frozenset(("obl", "nmod", "advcl"))


def roles(board: Board, descriptions: Iterable[Description]) -> None:
    """Give an unknown person the country of the title that the sentence says is theirs: after "as", as what somebody
    is named or elected, or after "is"."""
    for one in descriptions:
        if not one.noun.human or one.noun.plural or one.name >= 0 or not one.values:
            continue
        value = one.values[0]
        holder = _holder(board, one.head) if value.country else -1
        known = board.at.get(holder)
        if known is None or known.kind != "PER" or known.country or known.entity_id:
            continue
        words = board.article.text[board.tree.tokens[one.places[0]].start : board.tree.tokens[one.places[-1]].end]
        basis = f"said to be {words!r}: {value.basis}"
        sectors = known.sectors or (() if value.entity_id else value.sectors)
        filled: Mention = replace(known, country=value.country, sectors=sectors, basis=basis)
        board.put(filled, board.tree.covering(known.start, known.end))


def _holder(board: Board, title: int) -> int:
    """The word for whom the title is said to belong to, -1 where the sentence says of nobody."""
    tree = board.tree
    relation, verb = tree.relations[title], tree.heads[title]
    if any(tree.relations[child] == "cop" for child in tree.children[title]):
        verb = title
    elif verb < 0 or not (relation == "xcomp" or (relation in _AS and "as" in tree.cases(title))):
        return -1
    for _ in range(3):
        found = {tree.relations[child]: child for child in tree.children[verb] if child != title}
        # whom somebody appoints, else who resigns or is appointed
        if verb != title and "obj" in found:
            return found["obj"]
        for subject in _SUBJECTS:
            if subject in found:
                return found[subject]
        if tree.relations[verb] not in ("xcomp", "conj") or tree.heads[verb] < 0:
            return -1
        verb = tree.heads[verb]
    return -1
