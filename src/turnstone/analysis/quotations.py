"""Attributions from the network's tags and links: source, cue and content put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnstone.analysis.decode import tags_to_spans
from turnstone.analysis.model import WindowScores

BIO = ("O", "B-x", "I-x")
ROLES = ("source", "cue", "content")

Range = tuple[int, int]


@dataclass
class Found:
    """An attribution being put together; ranges are (first, last + 1) words of the article."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]


def attributions(scores: WindowScores, offset: int, sentence: Sequence[int]) -> tuple[list[Found], list[Range]]:
    """The attributions of one window, and contents that no cue in it claims.

    `offset` is the article's index of the window's first word, `sentence` numbers each word's sentence.
    """
    table = scores.attribution.reshape(-1, 3, 3)
    spans = [[(a, b) for a, b, _ in tags_to_spans(table[:, k].argmax(1).tolist(), BIO)] for k in range(3)]
    sources, cues, contents = spans
    cues = _joined(cues, sentence)
    found = [Found([], [(a + offset, b + offset) for a, b in group], []) for group in cues]
    owner = {i: k for k, group in enumerate(cues) for a, b in group for i in range(a, b)}
    firsts = np.array([group[0][0] for group in cues], int)
    loose: list[Range] = []
    for role, parts in (("source", sources), ("content", contents)):
        for a, b in parts:
            cue = _cue_of(scores, a, b, firsts, owner, sentence)
            if cue is None:
                if role == "content":
                    loose.append((a + offset, b + offset))
            else:
                getattr(found[cue], role).append((a + offset, b + offset))
    return [f for f in found if f.content or f.source], loose


def _joined(cues: list[Range], sentence: Sequence[int]) -> list[list[Range]]:
    """Cue spans, with the pieces of a cue that the text parts ("asked X to") left as they are: one span each."""
    return [[cue] for cue in cues]


def _cue_of(
    scores: WindowScores, a: int, b: int, firsts: np.ndarray, owner: dict[int, int], sentence: Sequence[int]
) -> int | None:
    """Which cue the words [a, b) belong to: the words vote among the cues of their own and neighbouring sentences."""
    if not len(firsts):
        return None
    near = [k for k, first in enumerate(firsts) if abs(sentence[first] - sentence[a]) <= 2 or sentence[first] == sentence[b - 1]]
    if not near:
        return None
    links = scores.links[a:b][:, firsts[near]]
    votes = np.exp(links - links.max(1, keepdims=True))
    votes /= votes.sum(1, keepdims=True)
    return near[int(votes.mean(0).argmax())]
