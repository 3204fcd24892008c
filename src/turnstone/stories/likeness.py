"""Whether one text is a copy of another: the exact check of what the index proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from turnstone.stories.texts import Sentence, Told

LEAST: Final = 0.6
"""The least share of the shorter text that must stand in the longer."""

_PLAIN: Final = 0.65
_PLAIN_OF_BOTH: Final = 0.4
_PLAIN_OF_ONE_SENTENCE: Final = 0.55
_FEW_WORDS: Final = 10
_SAME_SENTENCE: Final = 0.4
_WITHIN_SENTENCE: Final = 0.75
_WHOLE: Final = 0.85
_MANY_WORDS: Final = 45
_CHANGED_NUMBERS: Final = 0.34
_STRANGE_NAMES: Final = 0.15


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` is the share of the shorter text's words that stand in the longer, 0 to 1; `reason` says so in words."""

    score: float
    reason: str


def likeness(one: Told, other: Told, least: float = LEAST) -> Likeness | None:
    """How far one of two texts is a copy of the other; None where it is none.

    Sentences are matched; the names of matched sentences must agree, and so must their numbers, save that a longer
    text may have a few brought up to date. What begins the shorter text must stand in the longer, unless nearly all of
    it does: articles that share their background are no copies.
    """
    shorter, longer = sorted((one, other), key=lambda told: told.words)
    if shorter.sentences == longer.sentences:
        return Likeness(1.0, "the same text")
    if shorter.words < _FEW_WORDS:
        return None
    vocabulary = longer.vocabulary
    of_both = _PLAIN_OF_BOTH if len(shorter.sentences) > 1 else _PLAIN_OF_ONE_SENTENCE
    own = shorter.vocabulary
    shared = sum(len(s.words) for s in shorter.sentences if not s.words or _known(s, vocabulary) >= 0.5)
    if shared < least * shorter.words:
        return None
    covered = 0
    compared = strange = changed = 0
    lead = False
    for place, sentence in enumerate(shorter.sentences):
        match = _closest(sentence, longer.sentences, of_both)
        if match is None:
            continue
        there = set(match.words)
        covered += sum(word in there for word in sentence.words)
        compared += 1
        lead = lead or place == 0
        if sentence.names - vocabulary and match.names - own:
            strange += 1
        if sentence.numbers - match.numbers and match.numbers - sentence.numbers:
            changed += 1
    if not compared:
        return None
    score = covered / shorter.words
    if score < least or not (lead or score >= _WHOLE):
        return None
    if strange > _STRANGE_NAMES * compared:
        return None
    if changed and (covered < _MANY_WORDS or changed > max(1, _CHANGED_NUMBERS * compared)):
        return None
    return Likeness(round(score, 4), _reason(score, shorter, longer, changed))


def _known(sentence: Sentence, vocabulary: frozenset[str]) -> float:
    return sum(word in vocabulary for word in sentence.words) / len(sentence.words)


def _closest(sentence: Sentence, others: tuple[Sentence, ...], of_both: float) -> Sentence | None:
    best: Sentence | None = None
    most = 0.0
    for other in others:
        shared = len(sentence.tokens & other.tokens)
        if not shared:
            continue
        jaccard = shared / (len(sentence.tokens) + len(other.tokens) - shared)
        within = shared / min(len(sentence.tokens), len(other.tokens))
        like = jaccard >= _SAME_SENTENCE or within >= _WITHIN_SENTENCE
        if like and within > most and _tells_the_same(sentence, other, of_both):
            best, most = other, within
    return best


def _tells_the_same(one: Sentence, other: Sentence, of_both: float) -> bool:
    """Whether the plain words of one stand in the other, so that more than names are shared; where each has some that
    the other lacks, it can be a rewording or another report of the same people."""
    common = len(one.plain & other.plain)
    fewer = min(len(one.plain), len(other.plain))
    if common == fewer:
        return True
    return common >= _PLAIN * fewer and common >= of_both * len(one.plain | other.plain)


def _reason(score: float, shorter: Told, longer: Told, changed: int) -> str:
    said = f"{round(100 * score)} % of the shorter text stands in the longer"
    if longer.words > 1.25 * shorter.words:
        said += ", which has more"
    if changed:
        said += f"; numbers of {changed} sentence{'s' if changed > 1 else ''} were changed"
    return said
