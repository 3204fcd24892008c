"""Names that the words beside them give a state: "Russia's Northern Fleet", "Ukrainian Olena Koval", "Ada Obi (UK)"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.trees import NOMINAL, listed

# what a state does to a body or ship that is thereby its own, unlike one that it backs or trains
_UNDER = listed("led owned run controlled operated flagged registered based headquartered")
_BESIDE = frozenset(("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked"))


def belonging(board: Board) -> None:
    """Give an unknown body or person the one state that the words with the name tell: a nationality or possessive
    before it, a state in brackets after it, and before a body's name that of a body it is of ("United Nations 61st
    General Assembly") or of who leads or owns it ("Ruritanian-led"). So is a known coalition of many states of the one
    whose lead its name tells. Titles and descriptions with a state of their own come later and win."""
    for mention in board.named():
        places = board.tree.covering(mention.start, mention.end)
        if mention.kind not in ("ORG", "PER") or not places or board.at.get(places[0]) != mention:
            continue
        if mention.country in SPECIAL_CODES and mention.entity_id:
            leader = _under(board, places)
            if leader is not None:
                board.put(replace(mention, country=leader.country, basis=f"led by {leader.name}"), places)
        if mention.country or mention.entity_id:
            continue
        owners = {owner.country: owner for owner in _owners(board, mention, places)}
        if len(owners) == 1:
            owner = next(iter(owners.values()))
            words = board.article.text[owner.start : owner.end]
            board.put(replace(mention, country=owner.country, basis=f"{words!r} with the name"), places)


def in_charge(board: Board, place: int) -> Mention | None:
    """The state that leads, owns or registers what a noun means: "a Ruritanian-led force"."""
    return _under(board, board.tree.children[place])


def _under(board: Board, words: Iterable[int]) -> Mention | None:
    tree = board.tree
    for place in words:
        if tree.words[place] not in _UNDER or place < 2 or tree.words[place - 1] not in ("-", "‑", "–"):
            continue
        token = tree.tokens[place - 2]
        if (state := board.adjectives.get(place - 2)) is not None:
            return Mention(token.start, token.end, "OTHER", "", state.name, state.code)
        known = board.inner.get(place - 2) or board.at.get(place - 2)
        if known is not None and known.kind == "GPE":
            return known
        words_before = board.article.text[token.start : token.end]
        pair = board.entities.state(words_before, board.day, "state", "adjective")  # within a known name
        if pair is not None:
            return Mention(token.start, token.end, "OTHER", "", pair[0].name, pair[0].code)
    return None


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
            elif (known := board.at.get(child)) is not None and known.country:
                if tree.relations[child] == "nmod:poss" and tree.is_possessive(child):
                    if known.kind == "GPE" or (known.kind == "ORG" and known.entity_id):
                        found.append(known)
                elif mention.kind == known.kind == "ORG" and tree.relations[child] == "compound" and known.entity_id:
                    found.append(known)
    if not found and mention.kind == "ORG" and (leader := in_charge(board, tree.top(places))) is not None:
        found.append(leader)
    if not found and (beside := _in_brackets(board, places[-1] + 1)) is not None:
        found.append(beside)
    return found


def _in_brackets(board: Board, opening: int) -> Mention | None:
    """The state that stands alone in brackets from this word on."""
    words = board.tree.words
    state = board.at.get(opening + 1) if words[opening : opening + 1] == ["("] else None
    if state is None or state.kind != "GPE":
        return None
    after = board.tree.covering(state.start, state.end)[-1] + 1
    return state if words[after : after + 1] == [")"] else None


def _adjoins(board: Board, adjective: int, name: int) -> bool:
    """Whether only adjectives and nouns stand between a nationality and a name: no hyphen, no comma."""
    return all(
        board.tree.tokens[place].upos in NOMINAL | {"ADJ"} and place not in board.adjectives
        for place in range(adjective + 1, name)
    )
