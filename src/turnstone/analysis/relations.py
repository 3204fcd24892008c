"""What the rest of a tree says of a word's relation to its head.

The network scores a relation from two words and sees no other relation: nothing keeps it from two subjects of one verb,
or from a passive auxiliary beside an active subject. These features see the tree, and a small table that was counted on
treebanks alone says what they speak for (`Model.relations`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

ROWS = 1 << 15
"""Of the table; features share rows by their hash."""

# relations of which it matters that a word has no such child, or no other such sibling
_TELLING_CHILDREN = ("case", "mark", "nsubj", "cop", "aux:pass", "det")
_TELLING_SIBLINGS = ("nsubj", "nsubj:pass", "obj", "cop", "aux:pass", "expl", "xcomp", "ccomp", "conj")
_NAMED_CHILDREN = frozenset(("case", "mark", "cop", "cc", "aux", "aux:pass", "nsubj", "expl"))


@dataclass(frozen=True)
class Tree:
    """A sentence's words with their parts of speech, heads (a root heads itself) and relations."""

    words: Sequence[str]
    upos: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]

    def children(self) -> list[list[int]]:
        """The children of each word."""
        below: list[list[int]] = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                below[head].append(i)
        return below


def rows(i: int, tree: Tree, children: Sequence[Sequence[int]]) -> list[int]:
    """The rows of the table that speak for a relation of a word, which must not be the root."""
    return [crc32(name.encode()) % ROWS for name in _features(i, tree, children)]


def _features(i: int, tree: Tree, children: Sequence[Sequence[int]]) -> Iterator[str]:
    """Names of what is seen of a word's place in the tree, all but its own relation."""
    words, upos, relations, head = tree.words, tree.upos, tree.relations, tree.heads[i]
    word, above = words[i].lower(), words[head].lower()
    side = ">" if head > i else "<"
    kind = f"{upos[i]}{side}{upos[head]}"
    over = "root" if tree.heads[head] == head else relations[head]
    yield kind
    yield f"far {min(abs(head - i), 6)} {kind}"
    yield f"over {over}"
    yield f"over {over} {kind}"
    yield f"word {word}"
    yield f"word {word} {side}{upos[head]}"
    yield f"head {above} {upos[i]}{side}"
    yield f"ends {word[-3:]} {kind}"
    yield f"head ends {above[-3:]} {kind}"
    yield f"both end {word[-3:]} {above[-3:]}"
    yield f"capitals {words[i][0].isupper()} {words[head][0].isupper()} {kind}"
    yield f"before {upos[i - 1] if i else ''} {kind}"
    yield f"after {upos[i + 1] if i + 1 < len(words) else ''} {kind}"
    below = {relations[k] for k in children[i]}
    for k in children[i]:
        yield f"child {relations[k]} {k < i} {kind}"
        if relations[k] in _NAMED_CHILDREN:
            yield f"child {relations[k]} {words[k].lower()} {kind}"
    for relation in _TELLING_CHILDREN:
        if relation not in below:
            yield f"no child {relation} {kind}"
    beside = {relations[k] for k in children[head] if k != i}
    for k in children[head]:
        if k != i:
            yield f"sibling {relations[k]} {k < i} {upos[i]}{side}"
            yield f"sibling {relations[k]} {kind}"
    for relation in _TELLING_SIBLINGS:
        if relation not in beside:
            yield f"no sibling {relation} {kind}"
