"""Dictionary forms of English words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import simplemma

_UNCHANGED: Final = frozenset({"PROPN", "NUM", "PUNCT", "SYM", "X"})
_CLITICS: Final = {"n't": "not", "n’t": "not", "'m": "be", "’m": "be", "'re": "be", "’re": "be", "'ve": "have",
                   "’ve": "have", "'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "sha": "shall"}  # fmt: skip
# "cancell" beside "cancel", "panick" beside "panic": simplemma has some spellings of old as words of their own
_SPELT_ON: Final = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]+(?:[aeiouy]+(?:ll|rr|tt|pp)|ick)")
_VOWEL: Final = re.compile("[aeiouy]")
_DOUBLED: Final = re.compile(r"([^aeiouy])\1$")
_WANTS_E: Final = re.compile(r"^[^aeiou]*[aeiouy][^aeiouwxy]$|v$|th$")
_ENDS_DOUBLE: Final = ("fill", "pall", "roll", "stall", "still", "thrall")


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
    found = simplemma.lemmatize(lower, lang="en").lower()
    if upos == "VERB" and found == lower and lower.endswith("ing"):  # here they are not: kidnapping, beginning
        found = _without_ing(lower)
    if upos != "NOUN" and _SPELT_ON.fullmatch(found) and not found.endswith(_ENDS_DOUBLE) and _is_word(found[:-1]):
        return found[:-1]
    return found


def load() -> None:
    """Reads the dictionary, which the first lemma does otherwise; a quarter of a second."""
    simplemma.is_known("word", lang="en")


def _without_ing(word: str) -> str:
    """What a verb is without -ing, of the words known the one that its spelling says; the word itself where none is."""
    stem = word.removesuffix("ing")
    if not _VOWEL.search(stem):
        return word
    if _DOUBLED.search(stem):  # telling, passing, but planning, setting
        likely = [stem, stem[:-1]] if stem[-1] in "lsfz" else [stem[:-1], stem]
    elif _WANTS_E.search(stem):  # writing, trading, serving, breathing
        likely = [stem + "e", stem]
    else:
        likely = [stem, stem + "e"]
    return next((one for one in likely if _is_word(one)), word)


def _is_word(word: str) -> bool:
    return simplemma.is_known(word, lang="en") and simplemma.lemmatize(word, lang="en") == word
