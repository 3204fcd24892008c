"""Dated expressions: found by their words, then the days they mean."""

from __future__ import annotations

from collections import Counter

from turnstone.evaluation.comparison import Comparison
from turnstone.evaluation.documents import Dated
from turnstone.evaluation.matching import Matched, one_to_one, overlap
from turnstone.evaluation.scores import Counts, Found, Right, count_found, count_right


def compare(matched: Matched[Dated]) -> Comparison:
    """An expression is found where the two share a character; the days and the granularity are scored on those."""
    found = Comparison(
        wanted=[
            Found("expression"),
            Found("expression, exact"),
            Found("expression and both days"),
            Right("first day"),
            Right("last day"),
            Right("granularity"),
        ]
    )
    for pair in matched.pairs:
        counts: Counts = Counter()
        for name in ("expression", "expression, exact", "expression and both days"):
            count_found(counts, name, gold=len(pair.gold), predicted=len(pair.predicted))
        for i, j in one_to_one(pair.gold, pair.predicted, _exact, _touching):
            want, got = pair.gold[i], pair.predicted[j]
            days = (want.first_day == got.first_day, want.last_day == got.last_day)
            count_found(counts, "expression", found=1)
            count_found(counts, "expression, exact", found=int(want.span == got.span))
            count_found(counts, "expression and both days", found=int(all(days)))
            count_right(counts, "first day", days[0])
            count_right(counts, "last day", days[1])
            count_right(counts, "granularity", want.granularity == got.granularity)
            found.confuse("granularity", want.granularity, got.granularity)
        found.units.append(counts)
    return found


def _exact(gold: Dated, predicted: Dated) -> bool:
    return gold.span == predicted.span


def _touching(gold: Dated, predicted: Dated) -> bool:
    return overlap((gold.span,), (predicted.span,))
