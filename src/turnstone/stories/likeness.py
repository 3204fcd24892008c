"""Whether one text is a copy of another: the exact check of what the index proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from turnstone.stories.texts import Sentence, Told

LEAST: Final = 0.6
"""The least share of the shorter text that must stand in the longer."""

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
    vocabulary = longer.vocabulary
    own = shorter.vocabulary
    shared = sum(len(s.words) for s in shorter.sentences if not s.words or _known(s, vocabulary) >= 0.5)
    if shared < least * shorter.words:
        return None
    covered = 0
    compared = strange = changed = 0
    lead = False
    for place, sentence in enumerate(shorter.sentences):
        match, share = _closest(sentence, longer.sentences)
        if match is None:
            continue
        covered += len(sentence.words)
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


def _closest(sentence: Sentence, others: tuple[Sentence, ...]) -> tuple[Sentence | None, float]:
    best: Sentence | None = None
    most = 0.0
    for other in others:
        shared = len(sentence.tokens & other.tokens)
        if not shared:
            continue
        jaccard = shared / (len(sentence.tokens) + len(other.tokens) - shared)
        within = shared / min(len(sentence.tokens), len(other.tokens))
        if (jaccard >= _SAME_SENTENCE or within >= _WITHIN_SENTENCE) and within > most:
            best, most = other, within
    return best, most


def _reason(score: float, shorter: Told, longer: Told, changed: int) -> str:
    if score == 1.0 and shorter.words == longer.words and shorter.sentences == longer.sentences:
        return "the same text"
    said = f"{round(100 * score)} % of the shorter text stands in the longer"
    if longer.words > 1.25 * shorter.words:
        said += ", which has more"
    if changed:
        said += f"; numbers of {changed} sentence{'s' if changed > 1 else ''} were changed"
    return said
