"""The event between two marked participants of one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.graphs import Floats
from turnstone.analysis.labels import EVENT_TYPES, UPOS
from turnstone.analysis.lemmas import lemma
from turnstone.analysis.model import Model
from turnstone.analysis.pair_words import MarkedTree
from turnstone.analysis.trees import tree_of
from turnstone.analysis.windows import Range, windows
from turnstone.analysis.words import words as find_words
from turnstone.errors import ReadingError
from turnstone.records import Span

# the published pairs, from which this is learned, do not tell who concedes from who retreats
CLASSES = tuple(name for name in EVENT_TYPES if name != "RETREAT")
CLASS_OF_TYPE = np.array([CLASSES.index("CONCEDE" if name == "RETREAT" else name) for name in EVENT_TYPES])
SAY_OF_WORDS = 0.3
"""How much of what a pair is, is left to words and tree."""


@dataclass(frozen=True)
class MarkedPair:
    """What is asked of the W words of a sentence with a marked pair: their vectors [W, 416], which are the source and
    which the target [W], 1 or 0, and the rows of the pair in the table."""

    meaning: Floats
    source: Floats
    target: Floats
    rows: NDArray[np.int64]


def marked(model: Model, words: Sequence[str], source: Floats, target: Floats) -> MarkedPair:
    """Read the words of one sentence, of which `source` and `target` [W] are 1 in the participants."""
    scores = model.run(words, source > 0, target > 0)
    tags = [UPOS[k] for k in scores.upos.argmax(1).tolist()]
    lemmas = [lemma(word, upos) for word, upos in zip(words, tags, strict=True)]
    spans = (np.flatnonzero(span).tolist() for span in (source, target))
    return MarkedPair(
        scores.meaning, source, target, MarkedTree(tree_of(model, scores, words, tags), lemmas, *spans).rows()
    )


def of_both(network: Floats, words: Floats) -> Floats:
    """Probabilities of types [16], by those that the network gives and the log-probabilities of CLASSES [15] that words
    and tree do."""
    classes = np.bincount(CLASS_OF_TYPE, network) + 1e-4
    said = (1 - SAY_OF_WORDS) * np.log(classes) + SAY_OF_WORDS * np.maximum(words, np.log(1e-4))
    said = np.exp(said - said.max())
    found = network / classes[CLASS_OF_TYPE] * (said / said.sum())[CLASS_OF_TYPE]
    return np.asarray(found / found.sum(), np.float32)


def classify_pair(model: Model, text: str, source: Span | None, target: Span | None) -> tuple[tuple[str, float], ...]:
    """The 16 PLOVER types with their probabilities, likeliest first, for what the source does to the target.

    The spans are offsets into the sentence; None is a participant it does not name. Of a sentence that is too long
    for the network the part with most of the participants is read. Raises ReadingError for a text without words.
    """
    spans = find_words(text)
    if not spans:
        raise ReadingError("the sentence has no words; give the words of the sentence")
    acting, affected = (_inside(spans, span) for span in (source, target))
    words = [text[start:end] for start, end in spans]
    first, last = _part(words, model, acting + affected)
    pair = marked(model, words[first:last], acting[first:last], affected[first:last])
    types = model.pairs(pair.meaning, pair.source[None], pair.target[None])[0]
    types = of_both(types, model.pair_words(pair.rows))
    order = np.argsort(-types, kind="stable")
    return tuple((EVENT_TYPES[k], float(types[k])) for k in order)


def _inside(spans: list[tuple[int, int]], span: Span | None) -> NDArray[np.float32]:
    """1 for each word that the span touches."""
    found = np.zeros(len(spans), np.float32)
    if span is not None:
        found[:] = [start < span.end and span.start < end for start, end in spans]
    return found


def _part(words: list[str], model: Model, marked: NDArray[np.float32]) -> Range:
    parts = [part for window in windows([0], words, model.pieces) for part in window]
    return max(parts, key=lambda part: float(marked[part[0] : part[1]].sum()))
