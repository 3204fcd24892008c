"""Which sentence and which paragraph of an article something stands in."""

from __future__ import annotations

import re
from bisect import bisect_right

from turnstone.records import Analysis, Span

_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n\s*)")


class Layout:
    """The sentences and paragraphs of one article, numbered from 0; empty lines part paragraphs, and a headline is the
    first."""

    def __init__(self, text: str, analysis: Analysis) -> None:
        self._analysis = analysis
        self._firsts = [first for first, _ in analysis.sentences]
        self._starts = [analysis.tokens[first].start for first in self._firsts]
        self._paragraphs = [0, *(empty.end() for empty in _EMPTY_LINES.finditer(text))]

    def sentence(self, at: int) -> int:
        """The number of the sentence at an offset."""
        return max(0, bisect_right(self._starts, at) - 1)

    def paragraph(self, at: int) -> int:
        """The number of the paragraph at an offset."""
        return bisect_right(self._paragraphs, at) - 1

    def sentence_of(self, word: int) -> Span:
        """The sentence that a word stands in."""
        first, end = self._analysis.sentences[max(0, bisect_right(self._firsts, word) - 1)]
        return self.span(first, end - 1)

    def span(self, first: int, last: int) -> Span:
        """Of the words from the first to the last."""
        return Span(self._analysis.tokens[first].start, self._analysis.tokens[last].end)
