"""The state spoken of: "the country", "the nation's", "his country"."""

from __future__ import annotations

from dataclasses import replace

from turnstone.knowledge.entities import State
from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.trees import NOMINAL, listed

_COUNTRY = listed("country nation homeland motherland fatherland")
_DETERMINERS = frozenset(("the", "this", "that"))
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "obl:agent"))
_OWN = frozenset(("det", "case", "nmod:poss", "punct", "acl:relcl", "acl", "advmod"))
_INWARD = frozenset(("amod", "compound", "nmod:poss", "nmod:desc", "nmod", "flat", "appos", "conj", "nmod:unmarked"))


def the_country(board: Board) -> None:
    """Say which state "the country" is: the only one named before it in its sentence, of several the last where it is
    or describes the subject; with none in the sentence, the only one of the sentence before. "That country" takes up
    the last one."""
    tree = board.tree
    for place in _bare(board):
        first = next(child for child in tree.children[place] if tree.words[child] in _DETERMINERS)
        for sentence in (tree.sentence[place], tree.sentence[place] - 1):
            named = _named(board, place, sentence)
            if not named:
                continue
            last, central = named[-1]
            if tree.words[first] == "that" and sentence == tree.sentence[place]:
                _put(board, first, place, last, f"the last state named before is {last}")
            elif all(code == last for code, _ in named):
                _put(board, first, place, last, f"the only state named before is {last}")
            elif central and sentence == tree.sentence[place] and {code for code, how in named if how} == {last}:
                _put(board, first, place, last, f"the subject's state and the last named before is {last}")
            break


def own_countries(board: Board) -> None:
    """Say which state "his country" is: that of whom the pronoun stands for."""
    tree = board.tree
    for place, word in enumerate(tree.words):
        if word not in _COUNTRY or tree.tokens[place].upos not in NOMINAL or place in board.at:
            continue
        for child in tree.children[place]:
            if tree.relations[child] != "nmod:poss" or tree.tokens[child].upos != "PRON":
                continue
            owner = board.at.get(child)
            if owner is not None and owner.country:
                _put(board, child, place, owner.country, f"the country of {owner.name or owner.country}")


def _bare(board: Board) -> list[int]:
    tree = board.tree
    return [
        place
        for place, word in enumerate(tree.words)
        if word in _COUNTRY
        and tree.tokens[place].upos in NOMINAL
        and place not in board.at
        and any(tree.words[child] in _DETERMINERS for child in tree.children[place] if child == place - 1)
        and all(tree.relations[child] in _OWN for child in tree.children[place] if child < place)
        and not any(
            tree.relations[child] in ("nmod", "acl:relcl", "acl", "appos")
            for child in tree.children[place]
            if child > place
        )
    ]


def _named(board: Board, before: int, sentence: int) -> list[tuple[str, bool]]:
    """The states that a sentence names before a word, in order, and whether each ever is or describes a subject."""
    tree = board.tree
    named: list[str] = []
    subjects: set[str] = set()
    for place in range(before):
        if tree.sentence[place] != sentence:
            continue
        state = board.adjectives.get(place)
        if state is not None and tree.heads[place] == tree.heads[before]:  # "American soldiers in the country"
            continue
        known = board.at.get(place) or board.inner.get(place)
        code = state.code if state is not None else known.country if known is not None else ""
        if code and board.entities.state_of(code, board.day) is not None:
            named.append(code)
            if _central(board, place):
                subjects.add(code)
    return [(code, code in subjects) for code in named]


def _central(board: Board, place: int) -> bool:
    tree = board.tree
    for _ in range(6):
        if tree.relations[place] in _SUBJECTS:
            return True
        if tree.relations[place] not in _INWARD or tree.heads[place] < 0:
            return False
        place = tree.heads[place]
    return False


def _put(board: Board, first: int, place: int, code: str, basis: str) -> None:
    state: State | None = board.entities.state_of(code, board.day)
    if state is None:
        return
    tokens = board.tree.tokens
    meant = Mention(tokens[first].start, tokens[place].end, "GPE", state.id, state.name, code, state.sectors, basis)
    board.put(replace(meant), range(place, place + 1))
