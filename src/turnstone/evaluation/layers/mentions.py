"""Mentions: the same words, and the same kind."""

from __future__ import annotations

from collections import Counter
from typing import Final

from turnstone.evaluation.comparison import Comparison, each_label
from turnstone.evaluation.documents import Named
from turnstone.evaluation.matching import Matched
from turnstone.evaluation.report import NOTHING
from turnstone.evaluation.scores import Counts, Found, count_found

BOTH: Final = "words and kind"


def compare(matched: Matched[Named]) -> Comparison:
    found = Comparison()
    kinds = {one.kind for pair in matched.pairs for one in pair.gold}
    if "GPE" not in kinds:
        found.notes.append("the gold has no GPE, so that GPE is taken for LOC")
    if "OTHER" not in kinds:
        found.notes.append("the gold has no OTHER, so that OTHER is left out")
    for pair in matched.pairs:
        counts: Counts = Counter()
        gold = set(pair.gold)
        predicted = {
            Named(one.span, "LOC" if one.kind == "GPE" and "GPE" not in kinds else one.kind)
            for one in pair.predicted
            if one.kind != "OTHER" or "OTHER" in kinds
        }
        _count(counts, BOTH, gold, predicted)
        for kind in {one.kind for one in gold | predicted}:
            want_kind, got_kind = ({one for one in side if one.kind == kind} for side in (gold, predicted))
            _count(counts, BOTH, want_kind, got_kind, label=kind)
        want, got = {one.span for one in gold}, {one.span for one in predicted}
        count_found(counts, "words", found=len(want & got), gold=len(want), predicted=len(got))
        by_span = {one.span: one.kind for one in sorted(predicted, key=lambda one: one.kind)}
        for one in gold - predicted:
            found.confuse("kind", one.kind, by_span.get(one.span, NOTHING))
        for one in predicted:
            if one.span not in want:
                found.confuse("kind", NOTHING, one.kind)
        found.units.append(counts)
    found.wanted = [
        Found(BOTH),
        Found("words"),
        *each_label(found.units, BOTH),
    ]
    return found


def _count(counts: Counts, name: str, gold: set[Named], predicted: set[Named], *, label: str = "") -> None:
    count_found(counts, name, label, found=len(gold & predicted), gold=len(gold), predicted=len(predicted))
