"""What the rest of a tree says of the head that a word could have.

The network scores a head from two words and sees no other arc: nothing tells it that a verb has its object already,
or which preposition a noun brings along. These features see the tree, and a small table that learned from treebanks
alone says what they speak for (`Model.attachments`).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.labels import RELATIONS, UPOS
from turnstone.analysis.relations import Tree

ROWS = 1 << 20
"""Of the table, a power of two; features share rows by their hash."""

# relations of which it matters whether the head that a word could have, or the word, has such a child
_OF_HEAD = (
    "case", "mark", "cop", "cc", "conj", "punct", "nsubj", "obj", "obl", "nmod", "det", "aux", "acl:relcl", "advmod",
    "amod", "xcomp", "ccomp", "advcl", "appos", "compound",
)  # fmt: skip
_OF_WORD = ("case", "mark", "cop", "cc", "nsubj", "punct", "det", "aux", "obj", "conj", "nmod:poss", "nummod")
_BRINGS = ("case", "mark", "cc")  # a word by which a phrase is tied to its head
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_FAR = (2, 3, 4, 5, 7, 10, 15, 25)
_RELATION = {name: k for k, name in enumerate(RELATIONS)}
_UPOS = {name: k for k, name in enumerate(UPOS)}
_NO_UPOS, _NO_WORD = len(UPOS), 1

# what is seen of a word and a head it could have; `rows` gives a number for each
_SEEN = (
    # parts of speech and side of both; the word's own, and those of side and head
    "kind", "upos_side", "side_head",
    # how far; how many words are nearer on that side that it could hang on; what stands between
    "far", "nearer", "between", "verbs_nouns", "commas_ands",
    # both words, their last three letters, capitals, sameness
    "word", "head", "end", "head_end", "capitals", "same_end", "same_upos",
    # what ties the phrase (preposition, subordinator, conjunction) and by which relation; the same of the head
    "brings", "by", "head_brings", "same_by", "tied", "and",
    # above the head
    "over", "above", "above_word", "is_root",
    # whether words on both sides hang on the head, or also on what is above it, without the phrase
    "encloses", "above_encloses",
    # the head's punctuation on its other side
    "closes",
    # the head's child that is nearest to the word, between the two
    "next", "next_word", "next_brings",
    # around the phrase
    "upos_before", "upos_after", "word_before", "word_after", "touches",
)  # fmt: skip

_FEATURES = (
    "kind", "kind far", "kind nearer", "kind nearer by", "kind between", "kind verbs_nouns", "kind commas_ands",
    "head upos_side by", "head brings side_head", "head word", "word side_head", "word side_head nearer",
    "brings side_head", "brings kind nearer", "brings kind far", "brings over kind", "head_end brings upos_side",
    "head_end end", "head_end kind", "end kind", "over kind", "above over kind", "above kind",
    "head_brings brings kind", "head_brings by kind", "next kind", "next kind by", "next_word kind",
    "next_brings brings kind", "tied kind", "tied kind nearer", "tied kind commas_ands verbs_nouns",
    "upos_before upos_after kind", "word_before kind touches", "word_after kind touches", "upos_before kind nearer",
    "upos_after kind nearer", "capitals kind", "same_end kind tied", "same_upos kind tied nearer", "is_root kind by",
    "is_root word side_head", "word over side_head", "word commas_ands verbs_nouns side_head", "same_by by kind and",
    "word touches is_root side_head", "word encloses over side_head", "word next side_head",
    "head word nearer side_head", "above_word brings head", "word upos_before upos_after side_head",
    "kind encloses above_encloses", "word encloses above_encloses over side_head",
    "kind encloses above_encloses by over", "word closes side_head", "word closes encloses above_encloses",
    *(f"head_{name} kind" for name in _OF_HEAD),
    *(f"head_{name} upos_side by" for name in _OF_HEAD),
    *(f"has_{name} kind" for name in _OF_WORD),
)  # fmt: skip
_NAMES = (*_SEEN, *(f"head_{name}" for name in _OF_HEAD), *(f"has_{name}" for name in _OF_WORD))
_WIDEST = max(len(feature.split()) for feature in _FEATURES)
_PICKED = np.array(  # [features, _WIDEST], filled up with the column behind the last, which is zero
    [
        [_NAMES.index(name) for name in feature.split()] + [len(_NAMES)] * (_WIDEST - len(feature.split()))
        for feature in _FEATURES
    ]
)
_MIXER = np.uint64(0x9E3779B97F4A7C15)


class Places:
    """A tree and the places in it where a word, with all that hangs on it, could hang instead."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.children = tree.children()
        self._first = list(range(len(tree.heads)))  # of the words under each word, itself among them
        self._last = list(range(len(tree.heads)))
        order = [i for i, head in enumerate(tree.heads) if head == i]
        for i in order:
            order.extend(self.children[i])
        for i in reversed(order):
            head = tree.heads[i]
            self._first[head] = min(self._first[head], self._first[i])
            self._last[head] = max(self._last[head], self._last[i])
        self._words = [crc32(word.lower().encode()) for word in tree.words]
        self._ends = [crc32(word.lower()[-3:].encode()) for word in tree.words]
        self._upos = [_UPOS[name] for name in tree.upos]
        self._brings = [next((k for k in own if tree.relations[k] in _BRINGS), -1) for own in self.children]

    def around(self, i: int) -> list[int]:
        """The heads that a word could have without arcs that cross: the words beside its phrase and all above them."""
        found: list[int] = []
        for at in (self._first[i] - 1, self._last[i] + 1):
            while 0 <= at < len(self.tree.heads) and at != i:
                if at not in found:
                    found.append(at)
                if self.tree.heads[at] == at:
                    break
                at = self.tree.heads[at]
        return found

    def _spans_without(self, i: int) -> dict[int, tuple[int, int]]:
        """First and last word under each word that a word hangs below, without its phrase."""
        spans: dict[int, tuple[int, int]] = {}
        below, at = i, self.tree.heads[i]
        while below != at:
            own = [spans.get(k, (self._first[k], self._last[k])) for k in self.children[at] if k != i]
            spans[at] = min([at, *(a for a, _ in own)]), max([at, *(b for _, b in own)])
            below, at = at, self.tree.heads[at]
        return spans

    def is_under(self, i: int, above: int) -> bool:
        """Whether a word is another or hangs somewhere below it."""
        while i != above and self.tree.heads[i] != i:
            i = self.tree.heads[i]
        return i == above

    def rows(self, pairs: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
        """The rows of the table [pairs, features] that speak for a head of a word, given as (word, head) pairs.

        No word may be the root, and no head may hang below its word.
        """
        around: dict[int, list[int]] = {}
        without: dict[int, dict[int, tuple[int, int]]] = {}
        seen = []
        for i, head in pairs:
            if i not in around:
                around[i], without[i] = self.around(i), self._spans_without(i)
            seen.append(self._seen(i, head, around[i], without[i]))
        values = np.zeros((len(pairs), len(_NAMES) + 1), np.uint64)
        values[:, :-1] = seen
        mixed = np.tile(np.arange(len(_FEATURES), dtype=np.uint64), (len(pairs), 1))
        for column in _PICKED.T:
            mixed ^= values.take(column, axis=1)
            mixed *= _MIXER
            mixed ^= mixed >> np.uint64(29)
        return ((mixed >> np.uint64(24)) & np.uint64(ROWS - 1)).astype(np.int64)

    def _brings_without(self, head: int, i: int) -> int:
        """The child that ties a head's phrase to its own head, other than a word; -1 where there is none."""
        brings = self._brings[head]
        if brings != i:
            return brings
        return next((k for k in self.children[head] if k != i and self.tree.relations[k] in _BRINGS), -1)

    def _seen(self, i: int, head: int, around: Sequence[int], without: Mapping[int, tuple[int, int]]) -> list[int]:
        tree, words, upos = self.tree, self._words, self._upos
        relations, heads, size = tree.relations, tree.heads, len(tree.heads)
        right = head > i
        first, last = self._first[i], self._last[i]
        inner = range(last + 1, head) if right else range(head + 1, first)
        between = [tree.upos[k] for k in inner]
        nearer = sum((k > i) == right and abs(k - i) < abs(head - i) for k in around)
        beside = [k for k in self.children[head] if k != i]
        nearest = max((k for k in beside if head < k < i), default=-1)
        if right:
            nearest = min((k for k in beside if i < k < head), default=-1)
        of_head, of_word = {relations[k] for k in beside}, {relations[k] for k in self.children[i]}
        brings, head_brings = self._brings[i], self._brings_without(head, i)
        next_brings = self._brings_without(nearest, i) if nearest >= 0 else -1
        is_root = heads[head] == head
        by = _RELATION[relations[brings]] + 1 if brings >= 0 else 0
        head_by = _RELATION[relations[head_brings]] + 1 if head_brings >= 0 else 0

        def encloses(k: int) -> bool:
            start, end = without.get(k, (self._first[k], self._last[k]))
            return start < i < end

        marks = [k for k in beside if tree.upos[k] == "PUNCT" and (k > head) != (i > head)]
        closes = (max(marks) if right else min(marks)) if marks else -1

        def word(k: int) -> int:
            return words[k] if 0 <= k < size else _NO_WORD

        def part(k: int) -> int:
            return upos[k] if 0 <= k < size else _NO_UPOS

        side_head = 2 * upos[head] + right
        verbs, nouns = between.count("VERB"), sum(name in _NOMINAL for name in between)
        return [
            64 * side_head + upos[i], 2 * upos[i] + right, side_head,
            bisect(_FAR, abs(head - i)), min(nearer, 5), min(len(between), 7),
            4 * min(verbs, 2) + min(nouns, 3), 4 * min(between.count("PUNCT"), 2) + ("CCONJ" in between),
            words[i], words[head], self._ends[i], self._ends[head],
            2 * tree.words[i][0].isupper() + tree.words[head][0].isupper(),
            self._ends[i] == self._ends[head], upos[i] == upos[head],
            word(brings), by, word(head_brings), by == head_by,
            sum((name in of_word) << k for k, name in enumerate(_OF_WORD[:4])), "cc" in of_word,
            _RELATION["root" if is_root else relations[head]], _NO_UPOS if is_root else upos[heads[head]],
            words[heads[head]], is_root,
            encloses(head), encloses(heads[head]), word(closes),
            _RELATION[relations[nearest]] + 1 if nearest >= 0 else 0, word(nearest), word(next_brings),
            part(first - 1), part(last + 1), word(first - 1), word(last + 1),
            not between,
            *(name in of_head for name in _OF_HEAD), *(name in of_word for name in _OF_WORD),
        ]  # fmt: skip
