"""The stages on arbitrary text: no exception, and no offset outside it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import read
from tests.test_whole import PIECES, true_of_its_text
from turnstone import api
from turnstone.analysis.sentences import split
from turnstone.analysis.words import words
from turnstone.records import Analysis, Article
from turnstone.resolution.dates import find_dates
from turnstone.store.json_lines import as_json

DAY = date(2023, 3, 21)
ODD = st.characters(codec="utf-8", exclude_characters="\0")
TIMES = (
    "last",
    "the",
    "of",
    "early",
    "Monday",
    "March",
    "3",
    "31",
    "2023",
    "9999",
    "0000",
    "1e9",
    "days",
    "ago",
    "years",
)
TEXTS = st.one_of(
    st.text(ODD, min_size=1, max_size=400),
    st.lists(st.sampled_from(PIECES + TIMES) | st.text(ODD, max_size=5), min_size=1, max_size=40).map(" ".join),
    st.tuples(st.sampled_from(PIECES + TIMES + tuple("“”\"'()[].-\n")), st.integers(1, 200)).map(
        lambda one: one[0] * one[1]
    ),
)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_words_and_sentences(text: str) -> None:
    spans = words(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    starts = split(text, spans)
    assert starts == sorted(set(starts)) and all(0 <= start < max(len(spans), 1) for start in starts)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_dated_expressions(text: str) -> None:
    tokens, _ = read(text)
    for found in find_dates(text, DAY, tokens):
        assert 0 <= found.start < found.end <= len(text)
        assert found.first_day <= found.last_day


@given(TEXTS.filter(str.strip))
@settings(max_examples=30, deadline=None)
def test_the_coder(text: str) -> None:
    record = api.pipeline().code(Article("a", DAY, text.strip(), origin="odd"))
    assert isinstance(record.analysis, Analysis)
    true_of_its_text(as_json(record))
