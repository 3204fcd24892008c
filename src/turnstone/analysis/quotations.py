"""Attributions from the network's tags and links: source, cue and content put together.

The network tags one attribution a word and role, so that statements inside another's report are found by their grammar
(see `turnstone.analysis.nested_statements`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.decode import tags_to_spans
from turnstone.analysis.model import WindowScores
from turnstone.analysis.phrases import Range, runs, subject, subtree, without
from turnstone.records import Token

BIO = ("O", "B-x", "I-x")

SAYING = frozenset("say tell add state declare announce insist write note explain warn stress ask reply argue".split())
_OPENING = frozenset('“"«„')
_CLOSING = frozenset('”"»')

# subtracted from "outside", "begins", "goes on" of source, cue, content: cues are missed more often than made up
_LEANING = np.array([[0, 0, 0], [0.25, 0, 0], [0, 0, 0]], np.float32)


@dataclass
class Found:
    """An attribution being put together; ranges are (first, last + 1) words of the article."""

    cue: list[Range]
    source: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)


def attributions(
    scores: WindowScores, offset: int, sentences: Sequence[Range], tokens: Sequence[Token]
) -> tuple[list[Found], list[Range]]:
    """The attributions of one window, and contents that no cue in it claims.

    `offset` is the article's index of the window's first word, `sentences` the window's (first, last + 1) words.
    """
    number = [k for k, (a, b) in enumerate(sentences) for _ in range(a, b)]
    table = scores.attribution.reshape(-1, 3, 3) - _LEANING
    sources, cues, contents = (
        _joined([(a, b) for a, b, _ in tags_to_spans(table[:, k].argmax(1).tolist(), BIO)], tokens, offset)
        for k in range(3)
    )
    found = [Found([(a + offset, b + offset)]) for a, b in cues]
    firsts = np.array([a for a, _ in cues], np.int64)
    loose: list[Range] = []
    for role, parts in (("source", sources), ("content", contents)):
        for a, b in parts:
            cue = _cue_of(scores, a, b, firsts, number)
            if cue is not None:
                getattr(found[cue], role).append((a + offset, b + offset))
            elif role == "content":
                loose.append((a + offset, b + offset))
    bounds = {i: sentence for sentence in sentences for i in range(*sentence)}
    for one in found:
        _complete(one, tokens, bounds[one.cue[0][0]])
        _close(one, tokens, bounds[one.cue[0][0]])
    found = [one for one in found if (one.content or one.source) and not _is_stray(one, tokens)]
    for sentence in sentences:
        found.extend(_direct_speech(tokens, sentence, found))
    return found, loose


def _is_stray(one: Found, tokens: Sequence[Token]) -> bool:
    """A preposition tagged as saying words, with nobody who says them."""
    return not one.source and all(
        tokens[i].upos == "ADP" and tokens[i].lemma.lower() not in ("accord", "according", "per")
        for a, b in one.cue
        for i in range(a, b)
    )


def _direct_speech(tokens: Sequence[Token], sentence: Range, known: Sequence[Found]) -> list[Found]:
    """Quotations between marks that the tags missed, given to the verb of saying next to them and its subject."""
    first, last = sentence
    opened = None
    found = []
    for i in range(first, last):
        mark = tokens[i].lemma
        if mark in _OPENING and (opened is None or mark not in _CLOSING):
            opened = i
        elif mark in _CLOSING and opened is not None:
            quoted = (opened, i + 1)
            opened = None
            held = any(one.source and _share(quoted, one.content) > 0.5 and _near(one, quoted) for one in known)
            if quoted[1] - quoted[0] >= 6 and not held:
                verb = _saying_verb(tokens, sentence, quoted)
                if verb is not None:
                    between = [(quoted[1], verb)] if quoted[1] < verb else []
                    found.append(Found([(verb, verb + 1)], subject(tokens, sentence, verb) or between, [quoted]))
    return found


def _near(one: Found, quoted: Range) -> bool:
    """Whether an attribution is about the quotation itself, not about a report that holds it."""
    return sum(b - a for a, b in one.content) <= 1.5 * (quoted[1] - quoted[0])


def _share(part: Range, spans: Sequence[Range]) -> float:
    return sum(max(0, min(part[1], b) - max(part[0], a)) for a, b in spans) / (part[1] - part[0])


def _saying_verb(tokens: Sequence[Token], sentence: Range, quoted: Range) -> int | None:
    """The nearest verb of saying, up to 12 words after the quotation, with somebody before it, or 6 before, with a
    subject."""
    for i in range(quoted[1] + 1, min(sentence[1], quoted[1] + 12)):
        if says(tokens[i]) and tokens[i - 1].upos in ("PROPN", "NOUN", "PRON"):
            return i
    for i in range(quoted[0] - 1, max(sentence[0], quoted[0] - 6) - 1, -1):
        if says(tokens[i]) and subject(tokens, sentence, i):
            return i
    return None


def says(token: Token) -> bool:
    return token.upos == "VERB" and token.lemma in SAYING


def _joined(spans: list[Range], tokens: Sequence[Token], offset: int) -> list[Range]:
    """Spans with the holes of one word filled, unless the word is a mark."""
    out: list[Range] = []
    for a, b in spans:
        if out and a - out[-1][1] == 1 and tokens[offset + a - 1].upos not in ("PUNCT", "CCONJ"):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _cue_of(scores: WindowScores, a: int, b: int, firsts: NDArray[np.int64], sentence: Sequence[int]) -> int | None:
    """Which cue the words [a, b) belong to: they vote among the cues of their own sentences, else of those beside."""
    for reach in (0, 1, 2):
        near = [
            k for k, first in enumerate(firsts) if sentence[a] - reach <= sentence[first] <= sentence[b - 1] + reach
        ]
        if len(near) == 1:
            return near[0]
        if near:
            links = scores.links[a:b][:, firsts[near]]
            votes = np.exp(links - links.max(1, keepdims=True))
            votes /= votes.sum(1, keepdims=True)
            return near[int(votes.mean(0).argmax())]
    return None


def _close(one: Found, tokens: Sequence[Token], sentence: Range) -> None:
    """ "..., X said, according to Y": Y alone is the source of what stands before, X's saying words and all."""
    cue = one.cue[0]
    after = [source for source in one.source if source[0] >= cue[1]]
    if tokens[cue[0]].lemma.lower() not in ("accord", "according") or not after or len(after) == len(one.source):
        return
    one.source = after
    if one.content and all(sentence[0] <= a and b <= cue[0] for a, b in one.content):
        end = cue[0]
        while tokens[end - 1].upos == "PUNCT" and end > one.content[0][0] + 1:
            end -= 1
        one.content = [(min(a for a, _ in one.content), end)]


def _complete(one: Found, tokens: Sequence[Token], sentence: Range) -> None:
    """Give a cue whose sentence holds no content of its own the clause it reports, by the tree."""
    first, last = sentence
    if any(a < last and b > first for a, b in one.content):
        return
    reported = _reported(one.cue[0], tokens, sentence)
    if reported:
        one.content = reported
        if not one.source:
            return
        one.content = [part for a, b in reported for part in without((a, b), [*one.source, *one.cue])]


def _reported(cue: Range, tokens: Sequence[Token], sentence: Range) -> list[Range]:
    first, last = sentence
    inside = range(first, last)
    outside = [i for i in range(*cue) if tokens[i].head not in range(*cue)]
    at = outside[0] if outside else cue[0]
    if tokens[at].lemma.lower() in ("accord", "according", "per") or tokens[at].relation == "case":
        while tokens[at].relation in ("case", "fixed") and tokens[at].head in inside:
            at = tokens[at].head
        if tokens[at].relation.startswith("obl") and tokens[at].head in inside:
            return runs(subtree(tokens[at].head, tokens, inside) - subtree(at, tokens, inside), tokens)
        return []
    complements = [i for i in inside if tokens[i].head == at and tokens[i].relation in ("ccomp", "parataxis")]
    if complements:
        return runs(subtree(complements[0], tokens, inside), tokens)
    if tokens[at].relation == "parataxis" and tokens[at].head in inside:
        return runs(subtree(tokens[at].head, tokens, inside) - subtree(at, tokens, inside), tokens)
    return []
