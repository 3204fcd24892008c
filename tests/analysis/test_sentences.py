"""Sentence ends in newswire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnstone.analysis.sentences import split
from turnstone.analysis.words import words

CASES = [
    ("He left. She stayed.", ["He left.", "She stayed."]),
    ("Mr. Ode met Sen. Hull. They talked.", ["Mr. Ode met Sen. Hull.", "They talked."]),
    ("He moved to the U.S. The visa came later.", ["He moved to the U.S.", "The visa came later."]),
    ("The U.S. Senate voted.", ["The U.S. Senate voted."]),
    ("It opens at 5 p.m. on Monday.", ["It opens at 5 p.m. on Monday."]),
    ("“We won.” He smiled.", ["“We won.”", "He smiled."]),
    ("LAGOS (NewsDesk) - A ferry sank. Two died.", ["LAGOS (NewsDesk) - A ferry sank.", "Two died."]),
    ("The plan (it was leaked. Twice.) failed.", ["The plan (it was leaked. Twice.) failed."]),
    ("Talks fail\n\nThe envoys left.", ["Talks fail", "The envoys left."]),
    ("Talks fail\nThe envoys left.", ["Talks fail", "The envoys left."]),
    ("Was it him? No! Never.", ["Was it him?", "No!", "Never."]),
    ("J. K. Amadi, of Acme Inc., spoke.", ["J. K. Amadi, of Acme Inc., spoke."]),
    ("Prices rose 3.5 percent. Wages did not.", ["Prices rose 3.5 percent.", "Wages did not."]),
]


def sentences(text: str) -> list[str]:
    spans = words(text)
    starts = split(text, spans)
    ends = [*starts[1:], len(spans)]
    return [text[spans[a][0] : spans[b - 1][1]] for a, b in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_line_wrapped_in_mid_sentence_goes_on() -> None:
    text = "The envoys of eleven states met in the capital on Monday and\nagreed to meet again."
    assert len(sentences(text)) == 1


@given(st.text(max_size=120))
def test_starts_are_words_in_order(text: str) -> None:
    spans = words(text)
    starts = split(text, spans)
    assert starts == sorted(set(starts))
    assert starts[:1] == ([0] if spans else [])
    assert all(0 <= start < len(spans) for start in starts)
