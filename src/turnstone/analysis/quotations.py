"""Attributions from the network's tags and links: source, cue and content put together.

The network tags one attribution a word and role; a statement inside another's report ("X said it would, Y reported")
is found by its grammar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.decode import tags_to_spans
from turnstone.analysis.model import WindowScores
from turnstone.records import Token

BIO = ("O", "B-x", "I-x")

Range = tuple[int, int]


@dataclass
class Found:
    """An attribution being put together; ranges are (first, last + 1) words of the article."""

    cue: list[Range]
    source: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)


def attributions(
    scores: WindowScores, offset: int, sentences: Sequence[Range], tokens: Sequence[Token]
) -> tuple[list[Found], list[Range]]:
    """The attributions of one window, and contents that no cue in it claims.

    `offset` is the article's index of the window's first word, `sentences` the window's (first, last + 1) words.
    """
    number = [k for k, (a, b) in enumerate(sentences) for _ in range(a, b)]
    table = scores.attribution.reshape(-1, 3, 3)
    sources, cues, contents = (
        _joined([(a, b) for a, b, _ in tags_to_spans(table[:, k].argmax(1).tolist(), BIO)], tokens, offset)
        for k in range(3)
    )
    found = [Found([(a + offset, b + offset)]) for a, b in cues]
    firsts = np.array([a for a, _ in cues], np.int64)
    loose: list[Range] = []
    for role, parts in (("source", sources), ("content", contents)):
        for a, b in parts:
            cue = _cue_of(scores, a, b, firsts, number)
            if cue is not None:
                getattr(found[cue], role).append((a + offset, b + offset))
            elif role == "content":
                loose.append((a + offset, b + offset))
    bounds = {i: sentence for sentence in sentences for i in range(*sentence)}
    for one in found:
        _complete(one, tokens, bounds[one.cue[0][0]])
    return [one for one in found if one.content or one.source], loose


def _joined(spans: list[Range], tokens: Sequence[Token], offset: int) -> list[Range]:
    """Spans with the holes of one word filled, unless the word is a mark."""
    out: list[Range] = []
    for a, b in spans:
        if out and a - out[-1][1] == 1 and tokens[offset + a - 1].upos not in ("PUNCT", "CCONJ"):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _cue_of(scores: WindowScores, a: int, b: int, firsts: NDArray[np.int64], sentence: Sequence[int]) -> int | None:
    """Which cue the words [a, b) belong to: they vote among the cues of their own sentences, else of those beside."""
    for reach in (0, 1, 2):
        near = [
            k for k, first in enumerate(firsts) if sentence[a] - reach <= sentence[first] <= sentence[b - 1] + reach
        ]
        if near:
            links = scores.links[a:b][:, firsts[near]]
            votes = np.exp(links - links.max(1, keepdims=True))
            votes /= votes.sum(1, keepdims=True)
            return near[int(votes.mean(0).argmax())]
    return None


def _complete(one: Found, tokens: Sequence[Token], sentence: Range) -> None:
    """Give a cue whose sentence holds no content of its own the clause it reports, by the tree."""
    first, last = sentence
    if any(a < last and b > first for a, b in one.content):
        return
    reported = _reported(one.cue[0], tokens, sentence)
    if reported:
        one.content = reported
        if not one.source:
            return
        one.content = [part for a, b in reported for part in _without((a, b), [*one.source, *one.cue])]


def _reported(cue: Range, tokens: Sequence[Token], sentence: Range) -> list[Range]:
    first, last = sentence
    inside = range(first, last)
    outside = [i for i in range(*cue) if tokens[i].head not in range(*cue)]
    at = outside[0] if outside else cue[0]
    if tokens[at].lemma.lower() in ("accord", "according", "per") or tokens[at].relation == "case":
        while tokens[at].relation in ("case", "fixed") and tokens[at].head in inside:
            at = tokens[at].head
        if tokens[at].relation.startswith("obl") and tokens[at].head in inside:
            return _runs(_subtree(tokens[at].head, tokens, inside) - _subtree(at, tokens, inside), tokens)
        return []
    complements = [i for i in inside if tokens[i].head == at and tokens[i].relation in ("ccomp", "parataxis")]
    if complements:
        return _runs(_subtree(complements[0], tokens, inside), tokens)
    if tokens[at].relation == "parataxis" and tokens[at].head in inside:
        return _runs(_subtree(tokens[at].head, tokens, inside) - _subtree(at, tokens, inside), tokens)
    return []


def _subtree(root: int, tokens: Sequence[Token], inside: range) -> set[int]:
    own = {root}
    grown = True
    while grown:
        more = {i for i in inside if i not in own and tokens[i].head in own}
        own |= more
        grown = bool(more)
    return own


def _runs(words: set[int], tokens: Sequence[Token]) -> list[Range]:
    """The words as ranges, without commas and stops at their ends; marks inside are bridged."""
    runs: list[list[int]] = []
    for i in sorted(words):
        if runs and i - runs[-1][-1] == 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    out = []
    for run in runs:
        while run and tokens[run[-1]].relation == "punct":
            run.pop()
        while run and tokens[run[0]].relation == "punct":
            run.pop(0)
        if len(run) > 1:
            out.append((run[0], run[-1] + 1))
    return out


def _without(part: Range, taken: Sequence[Range]) -> list[Range]:
    parts = [part]
    for a, b in taken:
        parts = [piece for x, y in parts for piece in ((x, min(y, a)), (max(x, b), y)) if piece[0] < piece[1]]
    return parts
