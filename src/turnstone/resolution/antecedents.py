"""Where those stand whom a pronoun can stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from turnstone.records import Mention, Span
from turnstone.resolution.board import Board, who
from turnstone.resolution.direct_speech import speech_at
from turnstone.resolution.trees import listed

SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
OBJECTS = frozenset(("obj", "iobj", "obl"))
OWN = listed("himself herself itself themselves")


def sentences(board: Board, place: int, speech: tuple[Span, ...], back: int) -> Iterator[list[int]]:
    """The words before a pronoun, its own sentence first, then those before it; in direct speech only that speech's,
    outside of it nothing that is said in one. Sentences that are nothing but speech are passed over."""
    tree = board.tree
    own = speech_at(speech, tree.starts[place])
    number, last, seen = tree.sentence[place], place, 0
    while seen <= back and number >= 0:
        words = []
        while last > 0 and tree.sentence[last - 1] == number:
            last -= 1
            if speech_at(speech, tree.starts[last]) == own:
                words.append(last)
        if seen == 0 or any(tree.tokens[word].upos not in ("PUNCT", "SYM") for word in words):
            yield words[::-1]
            seen += 1
        number -= 1
        if last == 0 or (own is not None and not words):
            return


def barred(board: Board, place: int) -> set[int]:
    """The subjects that a pronoun cannot stand for, as it is the object of what they do, all words of each: "Obi met
    Sapt and urged him"."""
    heads = _subjects_above(board, place)
    known = {who(board.at[head]) for head in heads if head in board.at} - {("", "")}
    if not known:
        return heads
    return heads | {word for word, mention in board.at.items() if who(mention) in known}


def _subjects_above(board: Board, place: int) -> set[int]:
    tree = board.tree
    if tree.words[place] in OWN or tree.relations[place] not in OBJECTS | {"obl:agent"}:
        return set()
    verb = tree.heads[place]
    for _ in range(4):
        if verb < 0:
            break
        subjects = {child for child in tree.children[verb] if tree.relations[child] in SUBJECTS}
        if subjects:
            return subjects
        if tree.relations[verb] not in ("conj", "xcomp"):
            break
        verb = tree.heads[verb]
    return set()


def main_subjects(board: Board, words: list[int]) -> list[int]:
    """The subjects of a sentence's main clauses."""
    tree, found = board.tree, []
    for word in words:
        if tree.relations[word] not in SUBJECTS:
            continue
        verb = tree.heads[word]
        while verb >= 0 and tree.relations[verb] == "conj":
            verb = tree.heads[verb]
        if verb >= 0 and tree.heads[verb] < 0:
            found.append(word)
    return found


def different(mentions: Iterable[Mention]) -> list[Mention]:
    """The last mention of each who is meant."""
    return list({who(one): one for one in mentions}.values())
