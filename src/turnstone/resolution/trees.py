"""A dependency tree to walk: children, noun phrases, sentences, and tokens by offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from turnstone.records import Analysis, Span

NOMINAL = frozenset(("NOUN", "PROPN"))
# right-hand parts that belong to a noun phrase here; clauses, appositions and conjuncts do not
_TIGHT = frozenset(
    ("flat", "fixed", "compound", "goeswith", "case", "nummod", "amod", "nmod", "nmod:poss", "nmod:desc")
)
# left-hand parts of a noun phrase's head; a predicate noun has more on its left that is not of the phrase
_LEFT = frozenset(
    (
        "det",
        "det:predet",
        "amod",
        "compound",
        "nmod",
        "nmod:poss",
        "nmod:desc",
        "nmod:unmarked",
        "nummod",
        "flat",
        "dep",
    )
)


def listed(words: str) -> frozenset[str]:
    """The words of a list with spaces between."""
    return frozenset(words.split())


class Tree:
    """An analysis with indexes over it; heads out of range count as roots. Built once an article, not changed."""

    def __init__(self, text: str, analysis: Analysis) -> None:
        self.text = text
        self.tokens = analysis.tokens
        size = len(self.tokens)
        self.words: list[str] = [text[token.start : token.end].lower() for token in self.tokens]
        self.heads: list[int] = [
            token.head if 0 <= token.head < size and token.head != place else -1
            for place, token in enumerate(self.tokens)
        ]
        self.relations: list[str] = [token.relation for token in self.tokens]
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for place, head in enumerate(self.heads):
            if head >= 0:
                self.children[head].append(place)
        self.starts: list[int] = [token.start for token in self.tokens]
        self.sentence: list[int] = [0] * size
        for number, (first, last) in enumerate(analysis.sentences):
            for place in range(max(0, first), min(last, size)):
                self.sentence[place] = number

    def covering(self, start: int, end: int) -> range:
        """The tokens that share a character with [start, end)."""
        first = bisect_right(self.starts, start) - 1
        if first < 0 or self.tokens[first].end <= start:
            first += 1
        return range(first, max(first, bisect_left(self.starts, end)))

    def exactly(self, start: int, end: int) -> range:
        """The tokens that make up [start, end) exactly; none where it cuts through one."""
        places = self.covering(start, end)
        if places and self.tokens[places[0]].start == start and self.tokens[places[-1]].end == end:
            return places
        return range(0)

    def top(self, places: range, last: bool = True) -> int:
        """The token of `places` whose head lies outside; of several the last, or the first."""
        outside = [place for place in places if self.heads[place] not in places]
        return (outside or list(places))[-1 if last else 0]

    def cases(self, place: int) -> set[str]:
        """The prepositions and the possessive marker of a noun."""
        return {self.words[child] for child in self.children[place] if self.relations[child] == "case"}

    def is_possessive(self, place: int) -> bool:
        """Whether the noun carries 's."""
        return any(self.words[child] in ("'s", "’s", "'", "’") for child in self.children[place])

    def phrase(self, head: int, within: range, right: frozenset[str] = frozenset(("of",))) -> Span:
        """The noun phrase around `within` that `head` heads: everything of its own on the left, on the right only
        names, and nouns with a preposition in `right`."""
        own = set(within)
        pending = [child for child in self.children[head] if child not in own]
        for place in within:
            pending.extend(child for child in self.children[place] if child not in own)
        while pending:
            place = pending.pop()
            relation = self.relations[place]
            if place in own or (place > within[-1] and not self._tight(place, right)):
                continue
            if place < within[0] and relation not in _LEFT and self.heads[place] in within:
                continue
            if place > within[-1] and relation == "case" and self.heads[place] in within:
                continue
            own.add(place)
            pending.extend(self.children[place])
        first, last = within[0], within[-1]
        while first - 1 in own:
            first -= 1
        while last + 1 in own:
            last += 1
        return Span(self.tokens[first].start, self.tokens[last].end)

    def _tight(self, place: int, right: frozenset[str]) -> bool:
        relation = self.relations[place]
        if relation in ("nmod", "obl"):
            return bool(self.cases(place) & right)
        return relation in _TIGHT or relation == "det"
