"""People who are only counted: "Thousands march", "killing 22 and wounding six others"."""

from __future__ import annotations

from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.trees import listed

_MANY = listed("thousands hundreds dozens scores millions")
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "obl:agent"))
# what is done to people and to nothing else
_HARMS = listed(
    "kill injure wound hurt arrest detain jail kidnap abduct evacuate rescue displace deport execute behead"
)
# a count of these, or with "of", is of what they say; with "in" or "near" it is of those who are there
_WHERE = frozenset(("in", "at", "near", "outside", "around", "across"))
_COUNTS_OTHERS = frozenset(("nmod", "compound", "amod", "nmod:poss", "nmod:unmarked"))


def crowds(board: Board) -> None:
    """Make mentions of numbers that stand for people alone: those who act as subject, or to whom harm is done."""
    tree = board.tree
    for place, word in enumerate(tree.words):
        token = tree.tokens[place]
        if place in board.at or token.upos not in ("NOUN", "NUM") or tree.heads[place] < 0:
            continue
        if any(_is_counted(board, child) for child in tree.children[place]):
            continue
        subject = tree.relations[place] in _SUBJECTS and tree.tokens[tree.heads[place]].upos == "VERB"
        counted = [
            child for child in tree.children[place] if tree.relations[child] in ("nummod", "det") and child < place
        ]
        if not (
            (word in _MANY and (subject or _harmed(board, place)))
            or (word == "others" and counted and _harmed(board, place))
            or (token.upos == "NUM" and _harmed(board, place))
        ):
            continue
        span = tree.phrase(place, range(place, place + 1))
        words = board.article.text[span.start : span.end]
        board.put(
            Mention(span.start, span.end, "OTHER", "", words, "", ("CVL",), "people, only counted"),
            range(place, place + 1),
        )


def _is_counted(board: Board, word: int) -> bool:
    """Whether a word beside a number says what is counted, and not where: "22 of them", not "22 in Strelsau"."""
    tree = board.tree
    if tree.relations[word] not in _COUNTS_OTHERS:
        return False
    return tree.relations[word] != "nmod" or not tree.cases(word) & _WHERE


def _harmed(board: Board, place: int) -> bool:
    """Whether the number is of those to whom something is done that is done to people, or stands with "and" beside."""
    tree = board.tree
    if tree.relations[place] == "conj":
        place = tree.heads[place]
    head = tree.heads[place]
    if head < 0 or tree.relations[place] not in ("obj", "nsubj:pass"):
        return False
    return tree.tokens[head].lemma.lower() in _HARMS
