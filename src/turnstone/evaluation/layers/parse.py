"""Parses: part of speech, head, and head with relation, subtypes counted, word by word."""

from __future__ import annotations

from collections import Counter

from turnstone.evaluation.comparison import Comparison
from turnstone.evaluation.documents import Word
from turnstone.evaluation.matching import Matched
from turnstone.evaluation.report import NOTHING
from turnstone.evaluation.scores import Counts, Right, count_right


def compare(matched: Matched[Word]) -> Comparison:
    found = Comparison(wanted=[Right("UPOS"), Right("UAS"), Right("LAS")])
    for pair in matched.pairs:
        counts: Counts = Counter()
        predicted = pair.predicted or (None,) * len(pair.gold)
        for want, got in zip(pair.gold, predicted, strict=True):
            count_right(counts, "UPOS", got is not None and got.upos == want.upos)
            count_right(counts, "UAS", got is not None and got.head == want.head)
            count_right(counts, "LAS", got is not None and (got.head, got.relation) == (want.head, want.relation))
            found.confuse("relation", want.relation, got.relation if got else NOTHING)
            found.confuse("part of speech", want.upos, got.upos if got else NOTHING)
        found.units.append(counts)
    return found
