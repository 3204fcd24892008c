"""What words and tree say of whether a phrase acts or receives in an event, as `event_words` says of the event itself.

That a verb's object is whom it is done to, the network has learned; that "from" brings another party after "withdraw"
than after "receive", it knows only roughly. A small table that was counted on annotated reports alone says it
(`EventModel.role_words`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.hashed import in_order, numbers
from turnstone.records import Token

ROWS = 1 << 17
"""Of the table, a power of two; features share rows by their hash."""

_FARTHEST = 8  # heads above trigger and phrase among which the word above both is looked for
_NOMINAL = frozenset("NOUN PROPN PRON NUM DET ADJ SYM X".split())
_TELLING = ("nsubj", "obj", "obl:agent", "nsubj:pass", "nmod:poss")
_PASSIVE = frozenset(("aux:pass", "nsubj:pass"))


class Hangings:
    """A sentence [first, last) of an article's words, to ask for the rows of a trigger and a phrase.

    `children` are the words below each word of it.
    """

    def __init__(
        self, words: Sequence[str], tokens: Sequence[Token], first: int, last: int,
        children: Mapping[int, Sequence[int]],
    ) -> None:  # fmt: skip
        self._words = {i: words[i] for i in range(first, last)}
        self._lemmas = {i: tokens[i].lemma.lower() for i in range(first, last)}
        self._tokens, self._children = tokens, children
        self._phrases: dict[int, tuple[list[int], frozenset[int]]] = {}
        self._triggers: dict[int, tuple[list[int], frozenset[str]]] = {}

    def rows(self, trigger: int, head: int, span: tuple[int, int], way: str) -> NDArray[np.int64]:
        """The rows that speak for the phrase [first, last + 1) around `head`, which hangs on the trigger in one of
        `participation.WAYS`."""
        if head not in self._phrases:
            self._phrases[head] = self._of_phrase(head, span)
        up, own = self._phrases[head]
        return in_order(own, numbers(self._features(trigger, head, up, span, way), ROWS))

    def _features(
        self, trigger: int, head: int, up: Sequence[int], span: tuple[int, int], way: str
    ) -> Iterator[str]:  # fmt: skip
        tokens, lemmas = self._tokens, self._lemmas
        kind, of_head, lemma = tokens[trigger].upos, tokens[head].upos, lemmas[trigger]
        top, cases = up[0], self._cases(up[0])
        relation = tokens[top].relation
        if trigger not in self._triggers:
            below = frozenset(tokens[k].relation for k in self._children[trigger])
            self._triggers[trigger] = self._up(trigger), below
        over, below = self._triggers[trigger]
        yield f"w {way}"
        yield f"w {way} {lemma}"
        yield f"w {way} {kind}"
        yield f"p {lemmas[head]} {way}"
        yield f"p {lemmas[head]} {lemma}"
        yield f"q {of_head} {way}"
        yield f"c {cases} {lemma}"
        yield f"c {cases} {relation} {kind}"
        yield f"c {cases} {relation} {lemma}"
        common = next((k for k in up if k in over), None)
        if common is None:
            yield "far"
        else:
            own_steps, steps = up[: up.index(common)], over[: over.index(common)]
            own_path, path = (" ".join(tokens[k].relation for k in part) for part in (own_steps, steps))
            yield f"path {own_path}|{path}"
            yield f"path {own_path}|{path} {lemma}"
            yield f"path {own_path}|{path} {kind} {cases}"
            yield f"path {own_path}|{path} {lemmas[common]}"
            yield f"top {lemmas[common]} {lemma}"
            yield f"top {lemmas[common]} {own_path}"
            yield f"top {lemmas[common]} {path} {relation}"
            for k in own_steps[1:]:
                yield f"via {lemmas[k]} {tokens[k].relation}"
            for k in (*steps[1:], common):
                yield f"over {lemmas[k]} {relation} {tokens[trigger].relation}"
        after, form = head > trigger, self._words[trigger][-3:].lower()
        yield f"passive {bool(below & _PASSIVE)} {way} {cases}"
        yield f"form {form} {way} {kind}"
        yield f"far {max(-9, min(9, head - trigger))}"
        yield f"after {after} {way} {kind}"
        yield f"after {after} {lemma}"
        yield f"first {self._words[span[0]].lower()} {way}"
        yield f"capital {self._words[head][0].isupper()} {way}"
        yield f"last {self._words[head][-1]} {of_head} {way}"
        for k in (trigger - 1, trigger + 1):
            if k in lemmas:
                yield f"beside {k - trigger} {lemmas[k]}"
        for name in _TELLING:
            yield f"has {name in below} {name} {way}"

    def _of_phrase(self, head: int, span: tuple[int, int]) -> tuple[list[int], frozenset[int]]:
        """The words above a phrase, from the first of its conjuncts on, and its rows that no trigger changes."""
        tokens, lemmas, words = self._tokens, self._lemmas, self._words
        top = head
        while (
            tokens[top].relation == "conj" and tokens[top].head in lemmas and tokens[tokens[top].head].upos in _NOMINAL
        ):
            top = tokens[top].head
        own = [
            f"p {lemmas[head]}", f"q {tokens[head].upos} {tokens[head].relation}", f"c {self._cases(top)}",
            f"joined {top != head}", f"end {words[span[1] - 1].lower()}", f"first {words[span[0]].lower()}",
        ]  # fmt: skip
        own += [f"next {k - head} {lemmas[k]}" for k in (head - 1, head + 1) if k in lemmas]
        own += [f"child {tokens[k].relation} {lemmas[k]}" for k in self._children[head]]
        return self._up(top), numbers(own, ROWS)

    def _up(self, word: int) -> list[int]:
        found: list[int] = []
        while word in self._lemmas and len(found) < _FARTHEST:
            found.append(word)
            word = self._tokens[word].head
        return found

    def _cases(self, word: int) -> str:
        of = (k for k in self._children[word] if self._tokens[k].relation == "case")
        return " ".join(self._words[k].lower() for k in of)
