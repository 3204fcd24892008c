"""The words below each word of an article, and the noun phrase around a word."""

from __future__ import annotations

from collections.abc import Sequence

from turnstone.records import Span, Token

_BEFORE = frozenset(
    "det det:predet amod compound nmod nmod:poss nmod:desc nmod:unmarked nummod flat advmod dep".split()
)
_BEHIND = frozenset({"flat", "goeswith", "fixed", "compound"})
_TOLD_BESIDE = frozenset({"acl", "acl:relcl", "appos", "parataxis", "conj", "cc"})


class NounPhrases:
    """Finds the noun phrases of one article by its trees."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self.below: list[list[int]] = [[] for _ in tokens]
        for i, token in enumerate(tokens):
            if token.head >= 0:
                self.below[token.head].append(i)

    def around(self, head: int) -> Span:
        """A noun with all that stands before it as a part of it, and behind it the rest of a name and "of ..."; no
        clause, apposition or conjunct."""
        own, pending = {head}, [k for k in self.below[head] if self._is_part(k, head)]
        while pending:
            word = pending.pop()
            own.add(word)
            told = (k for k in self.below[word] if k > head and self._tokens[k].relation in _TOLD_BESIDE)
            pending += set(self.below[word]).difference(told)
        first = last = head
        while first - 1 in own:
            first -= 1
        while last + 1 in own:
            last += 1
        return Span(self._tokens[first].start, self._tokens[last].end)

    def _is_part(self, word: int, head: int) -> bool:
        relation = self._tokens[word].relation
        if word < head:
            return relation in _BEFORE
        of = any(self._tokens[k].relation == "case" and self._tokens[k].lemma == "of" for k in self.below[word])
        return relation in _BEHIND or (relation == "nmod" and of)
