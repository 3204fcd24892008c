"""Dictionary forms of English words."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import simplemma

_UNCHANGED: Final = frozenset({"PROPN", "NUM", "PUNCT", "SYM", "X"})
_CLITICS: Final = {"n't": "not", "n’t": "not", "'m": "be", "’m": "be", "'re": "be", "’re": "be", "'ve": "have",
                   "’ve": "have", "'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "sha": "shall"}  # fmt: skip


@lru_cache(maxsize=50_000)
def lemma(word: str, upos: str) -> str:
    """Dictionary form of a word; names keep their spelling, everything else is lower case."""
    if upos in _UNCHANGED:
        return word
    lower = word.lower()
    if upos in ("VERB", "AUX", "PART") and lower in _CLITICS:
        return _CLITICS[lower]
    if upos == "AUX" and lower in ("'s", "’s", "'d", "’d"):
        return "be" if lower.endswith("s") else "would"
    if upos == "NOUN" and lower.endswith("ing"):  # meeting, training: nouns in their own right
        return lower
    return simplemma.lemmatize(lower, lang="en").lower()
