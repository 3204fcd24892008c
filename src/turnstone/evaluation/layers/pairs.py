"""Marked pairs: the 15 classes and the four quad classes."""

from __future__ import annotations

from collections import Counter, defaultdict

from turnstone.evaluation.comparison import Comparison, each_label
from turnstone.evaluation.documents import Answer
from turnstone.evaluation.matching import Matched
from turnstone.evaluation.report import NOTHING
from turnstone.evaluation.scores import Counts, Macro, Right, count_found, count_right

CLASS = "class"
QUAD = "quad"


def compare(matched: Matched[Answer]) -> Comparison:
    """Intervals are drawn over sentences, since the pairs of one are alike."""
    found = Comparison()
    units: defaultdict[str, Counts] = defaultdict(Counter)
    for pair in matched.pairs:
        (want,) = pair.gold
        got = pair.predicted[0] if pair.predicted else None
        counts = units[want.sentence]
        for name, gold, predicted in (
            (CLASS, want.label, got.label if got else NOTHING),
            (QUAD, str(want.quad), str(got.quad) if got else NOTHING),
        ):
            count_right(counts, name, gold == predicted)
            count_found(counts, name, gold, gold=1, found=int(gold == predicted))
            if got:
                count_found(counts, name, predicted, predicted=1)
            found.confuse(name, gold, predicted)
    found.units = list(units.values())
    found.wanted = [
        Macro(CLASS),
        Right(CLASS),
        Macro(QUAD),
        Right(QUAD),
        *each_label(found.units, CLASS),
        *each_label(found.units, QUAD),
    ]
    return found
