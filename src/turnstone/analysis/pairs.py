"""The event between two marked participants of one sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.labels import EVENT_TYPES
from turnstone.analysis.model import Model
from turnstone.analysis.windows import Range, windows
from turnstone.analysis.words import words as find_words
from turnstone.errors import ReadingError
from turnstone.records import Span


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
    actors, recipients = acting[first:last], affected[first:last]
    scores = model.run(words[first:last], actors > 0, recipients > 0)
    types = model.pairs(scores.meaning, actors[None], recipients[None])[0]
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
