"""How answers are counted against the gold of what stands for whom; no model is loaded."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import coreference
from coreference import Anaphor
from turnstone.errors import ReadingError
from turnstone.records import Mention

TEXT = "Ada Obi met Rudolf Sapt. She praised him; both leaders left."
ADA, SAPT = (0, 7), (12, 23)


class Unknown:
    """A pipeline that knows no state."""

    class entities:
        @staticmethod
        def state(*_: object) -> None:
            return None


def mention(start: int, end: int, name: str) -> Mention:
    return Mention(start, end, "PER", "", name)


NAMED = [mention(*ADA, "Ada Obi"), mention(*SAPT, "Rudolf Sapt")]


def outcome(anaphor: Anaphor, *given: Mention) -> str:
    pipeline: Any = Unknown()
    return coreference.outcome(pipeline, anaphor, [anaphor], date(2024, 1, 1), TEXT, [*NAMED, *given])


@pytest.mark.parametrize(
    ("given", "expected"),
    [(["Ada Obi"], "right"), (["Rudolf Sapt"], "wrong"), ([], "no answer"), (["She"], "no answer")],
)
def test_what_became_of_a_pronoun(given: list[str], expected: str) -> None:
    she = Anaphor(25, 28, "pronoun", (ADA,))
    assert outcome(she, *(mention(25, 28, name) for name in given)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [(["Ada Obi", "Rudolf Sapt"], "right"), (["Ada Obi"], "wrong"), (["Ada Obi", "Rudolf Sapt", "Xi"], "wrong")],
)
def test_of_two_both_are_wanted_and_no_third(given: list[str], expected: str) -> None:
    both = Anaphor(42, 54, "description", (ADA, SAPT))
    assert outcome(both, *(mention(42, 54, name) for name in given)) == expected


def test_a_link_to_other_words_for_the_same_is_right() -> None:
    leader = Anaphor(42, 54, "description", (ADA,))
    she = Anaphor(25, 28, "pronoun", ((42, 54),))
    assert coreference.chain([leader, she], (42, 54)) == [ADA, (42, 54), (25, 28)]


def test_precision_and_recall() -> None:
    counts = Counter({("pronoun", "right"): 6, ("pronoun", "wrong"): 1, ("pronoun", "no answer"): 3})
    counts["pronoun", "uncalled"] = 1
    assert coreference.precision_recall(counts, ["pronoun"]) == (75.0, 60.0)
    assert coreference.precision_recall(counts, ["name"]) == (None, None)


def test_the_gold_is_that_of_the_reports_and_halves_share_it() -> None:
    gold = coreference.read_gold()
    first, second = coreference.half(gold, "first"), coreference.half(gold, "second")
    assert {one.report.id for one in first} | {one.report.id for one in second} == {one.report.id for one in gold}
    assert not {one.report.id for one in first} & {one.report.id for one in second}
    assert {one.kind for text in gold for one in text.anaphors} == set(coreference.KINDS)


def test_a_report_that_is_not_the_one_annotated_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / "gold.tsv"
    changed.write_text("news-A-02\t0-2\tno\tname\t5-9\n", encoding="utf-8")
    with pytest.raises(ReadingError, match="news-A-02 is not the text"):
        coreference.read_gold(changed)
