"""Words: the treebanks' conventions, and offsets that always slice back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnstone.analysis.words import words

CASES = [
    ("The minister can't say.", "The minister ca n't say ."),
    ("China’s U.S. envoy won’t go", "China ’s U.S. envoy wo n’t go"),
    ("The E.U.'s plan", "The E.U. 's plan"),
    ("Mr. J. Ruiz met Gen. Oduya on Jan. 5.", "Mr. J. Ruiz met Gen. Oduya on Jan. 5 ."),
    ("an all-round, pre-war pact", "an all - round , pre-war pact"),
    ("It cost $3.5bn (12,000 euros)", "It cost $ 3.5bn ( 12,000 euros )"),
    ("They cannot stay; we’ll see", "They can not stay ; we ’ll see"),
    ("O'Brien and D'Souza", "O'Brien and D'Souza"),
    ("the countries’ borders", "the countries ’ borders"),
    ("No. 10 said no. Nobody came", "No. 10 said no . Nobody came"),
    (
        "see https://example.org/a?b=1, or mail a.b@example.org",
        "see https://example.org/a?b=1 , or mail a.b@example.org",
    ),
    ("at 10:30 a.m. on the 5th", "at 10:30 a.m. on the 5th"),
    ("wait... what--now", "wait ... what -- now"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words(text: str, expected: str) -> None:
    assert " ".join(text[a:b] for a, b in words(text)) == expected


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_words_cover_everything_but_white_space(text: str) -> None:
    spans = words(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() or i in covered for i in range(len(text)))
