"""Names that bodies of many states have; the data knows the best known of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from turnstone.records import Mention, is_whole_article
from turnstone.resolution.board import Board
from turnstone.resolution.setting import is_state

_SHARED = frozenset(
    (
        "labour", "labour party", "conservative party", "conservatives", "liberal party", "liberal democrats",
        "national party", "democratic party", "democrats", "republican party", "republicans", "socialist party",
        "communist party",
        "green party", "greens", "social democratic party", "progressive party", "congress", "senate", "house",
        "house of representatives", "house of commons", "house of lords", "national assembly", "supreme court",
        "high court", "constitutional court", "home office", "ministry of defence", "coast guard", "national guard",
        "national security council", "federal reserve", "air force", "navy", "army", "central bank",
        "national liberation army",
    )
)  # fmt: skip
_MANY = 8  # words that tell a state, before an article is about it
_TIMES = 10  # as often as the state whose body the data knows


def is_shared(text: str, mention: Mention) -> bool:
    return text[mention.start : mention.end].lower().removeprefix("the ") in _SHARED


def shared_names(board: Board) -> None:
    """Give such a body, in an article that names one state over and over and the body's own hardly, that state:
    "Congress" in a long report about Peru. In a whole article that says nothing else of its own state it is nobody's
    yet."""
    text, named = board.article.text, board.named()
    shared = {
        one.entity_id
        for one in named
        if one.kind == "ORG" and one.entity_id and is_state(one.country) and is_shared(text, one)
    }
    if not shared:
        return
    told = Counter(one.country for one in named if is_state(one.country) and one.entity_id not in shared)
    told.update(state.code for state in board.adjectives.values())
    (state, number), *_ = told.most_common(1) or [("", 0)]
    whole = is_whole_article(len(board.tree.tokens))
    often = number >= _MANY
    for one in named:
        if one.entity_id not in shared or not is_shared(text, one):
            continue
        if often and told[one.country] * _TIMES <= number:
            country, basis = state, f"a name that bodies of many states have; the article names {state} over and over"
        elif whole and not told[one.country]:
            country, basis = "", "a name that bodies of many states have; the article says no more of whose"
        else:
            continue
        words = text[one.start : one.end]
        of_state = replace(one, entity_id="", name=words, country=country, basis=basis)
        board.put(of_state, board.tree.covering(one.start, one.end))
