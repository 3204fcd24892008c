"""What stands between quotation marks: straight, curly or angled, one inside another, over sentences and paragraphs.

A quotation that goes on in the next paragraph has an opening mark at its head, and a closing one only in its last.
Nothing is trusted for long: from its latest opening mark a quotation goes on for at most REACH sentences, past no other
opening mark of its kind and into no paragraph that begins without one. A mark that is not closed by then holds to the
end of its own sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from turnstone.records import Token

REACH = 6

_CLOSING = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’"}
_SINGLE = frozenset("'‘")
_MIXED = {'"': "”", "“": '"'}
_BEFORE_OPENING = frozenset("([{-–—/:=\"“'‘")
_ELISIONS = frozenset("n em til tis twas cause round bout".split())

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words from an opening mark to the closing one, the marks included: [first, last). Where `closed` is false there
    is no closing mark, and the passage ends with its sentence."""

    first: int
    last: int
    closed: bool = True


def passages(text: str, tokens: Sequence[Token], sentences: Sequence[Range]) -> list[Passage]:
    """The passages of a text by their first words, those inside others too."""
    page = _Page(text, tokens, sentences)
    found: list[Passage] = []
    taken: set[int] = set()
    for first in range(len(tokens)):
        if first in taken or not page.opens(first):
            continue
        last, anew = page.end(first)
        if last:
            found.append(Passage(first, last))
            taken.update((*anew, last - 1))
        elif page.word(first) not in _SINGLE:
            found.append(Passage(first, page.sentence_end(first), closed=False))
    return found


def paragraph_starts(text: str, tokens: Sequence[Token], sentences: Sequence[Range]) -> set[int]:
    """The words that begin a paragraph: those that begin a sentence on a new line."""
    return {first for first, _ in sentences if first == 0 or "\n" in text[tokens[first - 1].end : tokens[first].start]}


class _Page:
    def __init__(self, text: str, tokens: Sequence[Token], sentences: Sequence[Range]) -> None:
        self._text = text
        self._tokens = tokens
        self._sentences = sentences
        self._number = [k for k, (first, last) in enumerate(sentences) for _ in range(first, last)]
        self._paragraphs = paragraph_starts(text, tokens, sentences)

    def word(self, i: int) -> str:
        return self._text[self._tokens[i].start : self._tokens[i].end] if i < len(self._tokens) else ""

    def sentence_end(self, i: int) -> int:
        return self._sentences[self._number[i]][1]

    def opens(self, i: int) -> bool:
        """Whether a word is a mark that can open a quotation."""
        mark = self.word(i)
        if mark not in _CLOSING or self._leans(i) < 0:
            return False
        following = self.word(i + 1)
        return mark not in _SINGLE or (following[:1].isalpha() and following.lower() not in _ELISIONS)

    def closes(self, i: int, kind: str) -> bool:
        """Whether a word can close a quotation of the kind that the mark `kind` opens."""
        mark = self.word(i)
        return (mark == _CLOSING[kind] and self._leans(i) <= 0) or (mark == kind == "“" and self._leans(i) < 0)

    def end(self, first: int) -> tuple[int, list[int]]:
        """The word after the quotation that opens at `first`, 0 where nothing ends it, and the marks that open it anew
        at the heads of paragraphs."""
        kind = self.word(first)
        latest, possessive, inner = first, 0, False
        anew: list[int] = []
        for i in range(first + 1, len(self._tokens)):
            if i in self._paragraphs:
                if kind in _SINGLE or self.word(i) != kind or not self.opens(i):
                    break
                latest, inner = i, False
                anew.append(i)
            elif self._number[i] - self._number[latest] > REACH:
                break
            elif self.closes(i, kind):
                if kind not in _SINGLE or not self.word(i - 1).endswith("s"):
                    return i + 1, anew
                possessive = possessive or i + 1  # "the leaders' talks": it closes only where no other does
            elif kind in _MIXED and self.word(i) == _MIXED[kind] and self._leans(i) < 0:
                if not inner:  # “so", as careless editors have it
                    return i + 1, anew
                inner = False
            elif self.word(i) == kind and self.opens(i):
                break
            elif self.word(i) in _MIXED and self.opens(i):
                inner = True
        return (latest, anew[:-1]) if anew else (possessive, [])

    def _leans(self, i: int) -> int:
        """Which way a mark faces, by its form and the spaces around it: 1 opens, -1 closes, 0 for either."""
        mark, start, end = self.word(i), self._tokens[i].start, self._tokens[i].end
        before, after = self._text[start - 1 : start], self._text[end : end + 1]
        touches = bool(before.strip()), bool(after.strip())
        if touches == (True, True):
            opens = mark in "“‘«" or (mark in "\"'" and before in _BEFORE_OPENING)
            return 1 if opens else -1
        if mark in "‘«" or mark in "”»":
            return 1 if mark in "‘«" else -1
        return touches[1] - touches[0]
