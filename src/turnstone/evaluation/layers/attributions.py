"""Attributions: the words of each role, whole roles, and whole statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from typing import Final

from turnstone.evaluation.comparison import Comparison
from turnstone.evaluation.documents import Spans, Statement
from turnstone.evaluation.matching import Matched
from turnstone.evaluation.scores import Counts, Found, count_found
from turnstone.records import Span

ROLES: Final = ("source", "cue", "content")


def compare(matched: Matched[Statement]) -> Comparison:
    """`words` counts the words of the text that a role covers; `exact` the roles whose words are all the same;
    `statement` those of which all three roles are."""
    found = Comparison(
        wanted=[
            *(Found(f"{role}, words") for role in ROLES),
            *(Found(f"{role}, exact") for role in ROLES),
            Found("statement, exact"),
        ]
    )
    for pair in matched.pairs:
        counts: Counts = Counter()
        gold, predicted = ({_joined(one) for one in side} for side in (pair.gold, pair.predicted))
        for role in ROLES:
            want, got = ({getattr(one, role) for one in side} - {()} for side in (gold, predicted))
            _count(counts, f"{role}, exact", want, got)
            _count(counts, f"{role}, words", _covered(want, pair.words), _covered(got, pair.words))
        _count(counts, "statement, exact", gold, predicted)
        found.units.append(counts)
    return found


def _count(counts: Counts, name: str, gold: Set[object], predicted: Set[object]) -> None:
    count_found(counts, name, found=len(gold & predicted), gold=len(gold), predicted=len(predicted))


def _joined(statement: Statement) -> Statement:
    return Statement(*(_together(getattr(statement, role)) for role in ROLES))


def _together(spans: Spans) -> Spans:
    """The pieces in order, those that touch as one."""
    joined: list[Span] = []
    for one in sorted(spans):
        if joined and one.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return tuple(joined)


def _covered(roles: Iterable[Spans], words: Spans) -> set[Span]:
    """The words that share a character with any piece."""
    pieces = _together(tuple(piece for role in roles for piece in role))
    found: set[Span] = set()
    at = 0
    for word in words:
        while at < len(pieces) and pieces[at].end <= word.start:
            at += 1
        if at < len(pieces) and pieces[at].start < word.end:
            found.add(word)
    return found
