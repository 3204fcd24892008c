"""What the words and the tree around a word say of an event there: its type or that there is none, and its status.

The network knows a trigger by a vector of what its sentence means, and says little of rare words and less of grammar.
These features are words and relations themselves; a small table that was counted on annotated reports alone says what
they speak for (`EventModel.event_words`). It errs elsewhere than the network, so that both together know more than
either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.hashed import in_order, numbers
from turnstone.records import Token

ROWS = 1 << 17
"""Of the table, a power of two; features share rows by their hash."""

LATER = 3
"""Sentences before one that stands no longer at the head of a report."""

_HIGHEST = 5  # heads above the trigger that are looked at
_NEAR = 3  # words on either side
_MISSED = (
    "nsubj",
    "det",
    "case",
    "mark",
    "aux",
    "obj",
)  # relations of which it matters that a trigger has no such child
_FORMS = frozenset(
    "aux aux:pass mark case cc cop expl advmod det nmod:poss amod nummod obl:unmarked compound compound:prt".split()
)
_OF_CLAUSE = frozenset(("advmod", "mark", "aux"))
# wherever they stand in a sentence, they may tell whether or when something happened
_TELLING = frozenset(
    "will would could may might if previously earlier have since alleged allegedly plan former last ago".split()
)


class Surroundings:
    """A sentence [first, last) of an article's words, to ask for the rows of its triggers.

    `children` are the words below each word of it; `number` is how many sentences stand before it, all from LATER on
    alike.
    """

    def __init__(
        self, words: Sequence[str], tokens: Sequence[Token], first: int, last: int,
        children: Mapping[int, Sequence[int]], number: int,
    ) -> None:  # fmt: skip
        self._words = {i: words[i].lower() for i in range(first, last)}
        self._capital = frozenset(i for i in range(first, last) if words[i][0].isupper())
        self._tokens, self._children = tokens, children
        self._first, self._last, self._number = first, last, min(number, LATER)
        self._lemmas = {i: tokens[i].lemma.lower() for i in range(first, last)}
        self._all = numbers((f"b {lemma}" for lemma in self._lemmas.values()), ROWS)
        self._telling = [(i, lemma) for i, lemma in self._lemmas.items() if lemma in _TELLING]

    def rows(self, trigger: int, actors: Collection[int], recipients: Collection[int]) -> NDArray[np.int64]:
        """The rows of the table that speak for a trigger, given the head words of who acts and who receives."""
        features = (*self._own(trigger), *self._above(trigger), *self._beside(trigger))
        roles = self._roles(trigger, actors, recipients)
        return in_order(self._all, numbers((*features, *roles), ROWS))

    def _own(self, i: int) -> Iterator[str]:
        """Of the word and of what hangs on it."""
        token, word, lemma, form = self._tokens[i], self._words[i], self._lemmas[i], self._form(i)
        kind, relation, helpers = token.upos, token.relation, self._helpers(i)
        yield f"k {kind} {form}"
        yield f"l {lemma} {kind}"
        yield f"w {word}"
        yield f"m {lemma[-4:]} {kind}"
        yield f"m {word[:5]}"
        yield f"m {word[:5]} {kind}"
        if i in self._capital:
            yield "cap"
            yield f"cap {kind} {i == self._first}"
        yield f"r {relation} {kind} {form}"
        yield f"r {relation} {lemma}"
        yield f"a {helpers} {form}"
        yield f"a {helpers} {lemma}"
        below = sorted({self._tokens[k].relation.split(":")[0] for k in self._children[i]})
        for k in self._children[i]:
            name, other = self._tokens[k].relation, self._lemmas[k]
            yield f"c {name} {other}"
            yield f"c {name} {other} {lemma}"
            if name in _FORMS:
                yield f"o {name} {self._words[k]} {kind} {form}"
            for n in self._children[k]:
                yield f"d {name} {self._tokens[n].relation} {self._lemmas[n]}"
        for name in below:
            yield f"h {name} {kind}"
            yield f"h {name} {lemma}"
        for name in _MISSED:
            if name not in below:
                yield f"n {name} {kind}"

    def _above(self, i: int) -> Iterator[str]:
        """Of the words above it, up to the root, and of its siblings."""
        lemma, kind, form = self._lemmas[i], self._tokens[i].upos, self._form(i)
        path, at = "", i
        for height in range(_HIGHEST):
            head, relation = self._tokens[at].head, self._tokens[at].relation
            if head not in self._lemmas:
                yield f"R {height} {kind}"
                yield f"R {height} {self._helpers(at)}"
                return
            path += f" {relation}"
            above, cases, helpers = self._lemmas[head], self._cases(at), self._helpers(head)
            yield f"u {height} {relation} {above}"
            yield f"u {height} {relation} {above} {cases}"
            yield f"v {height} {relation} {self._tokens[head].upos} {self._form(head)} {helpers}"
            yield f"x {height} {relation} {cases}"
            yield f"y {cases} {above}"
            yield f"p{path} {kind} {form}"
            if cases:
                yield f"p {height} {cases} {kind}"
            if height == 0:
                yield f"u {relation} {above} {lemma}"
            for k in self._children[head]:
                name = self._tokens[k].relation
                if name in _OF_CLAUSE:
                    yield f"z {height} {name} {self._words[k]}"
                if height == 0 and k != i:
                    yield f"s {name} {self._lemmas[k]} {relation}"
            at = head

    def _beside(self, i: int) -> Iterator[str]:
        """Of the words around it, and of where it stands."""
        token, form = self._tokens[i], self._form(i)
        for k in range(max(self._first, i - _NEAR), min(self._last, i + _NEAR + 1)):
            if k != i:
                yield f"e {k - i} {self._lemmas[k]}"
        yield f"P {min(i - self._first, 12) // 3} {token.upos}"
        yield f"S {self._number} {token.upos} {form}"
        yield f"F {self._number == 0} {token.relation} {form}"
        for k, lemma in self._telling:
            yield f"t {lemma} {token.upos}"
            yield f"t {lemma} {k < i} {form}"

    def _roles(self, i: int, actors: Collection[int], recipients: Collection[int]) -> Iterator[str]:
        yield f"N {bool(actors)} {bool(recipients)}"
        yield f"N {bool(actors)} {bool(recipients)} {self._lemmas[i]}"
        for name, heads in (("A", actors), ("B", recipients)):
            for head in heads:
                yield f"{name} {self._words[head]}"

    def _form(self, i: int) -> str:
        """How a word is inflected: its last letters, where it is not as in the dictionary."""
        return "base" if self._words[i] == self._lemmas[i] else self._words[i][-3:]

    def _helpers(self, i: int) -> str:
        names = (k for k in self._children[i] if self._tokens[k].relation.startswith(("aux", "cop")))
        return " ".join(self._words[k] for k in names)

    def _cases(self, i: int) -> str:
        return " ".join(self._words[k] for k in self._children[i] if self._tokens[k].relation in ("case", "mark"))
