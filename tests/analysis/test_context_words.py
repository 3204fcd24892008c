"""What the words of a text say of the contexts of an event, as rows of a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnstone.analysis.context_words import ROWS, ContextWords, Told

WORDS = "The bishop of Zenda spoke . Guards arrested three voters at a polling station . It rained".split()
ARRESTED = Told(7, "COERCE", "arrest", "happened", [(6, 7)], [(8, 10)])


def rows(words: list[str] = WORDS, told: Told = ARRESTED, first: int = 6, last: int = 15) -> frozenset[int]:
    return frozenset(ContextWords(words, first, last).rows(told).tolist())


def put(at: int, word: str) -> list[str]:
    return [*WORDS[:at], word, *WORDS[at + 1 :]]


@pytest.mark.parametrize(
    "other",
    [
        {"event_type": "ASSAULT"},
        {"mode": ""},
        {"status": "historical"},
        {"trigger": 8},
        {"actors": []},
        {"actors": [(8, 10)], "recipients": [(6, 7)]},
    ],
)
def test_what_is_known_of_the_event_speaks(other: dict[str, Any]) -> None:
    assert rows(told=replace(ARRESTED, **other)) != rows()


def test_words_speak_by_how_they_begin_wherever_they_stand_near() -> None:
    assert rows(put(1, "mayor")) != rows() != rows(put(12, "railway"))
    assert rows(put(12, "Polling")) != rows(put(12, "pollinated")) == rows()  # but for the capital


def test_what_is_short_or_no_word_says_nothing() -> None:
    assert rows(put(2, "in")) == rows() == rows(put(5, "!"))


def test_nor_does_what_is_far_away() -> None:
    far = ["and"] * 40
    assert rows(["bishop", *far, *WORDS], replace(ARRESTED, trigger=48, actors=[], recipients=[]), 47, 56) == rows(
        ["goalkeeper", *far, *WORDS], replace(ARRESTED, trigger=48, actors=[], recipients=[]), 47, 56
    )


@pytest.mark.parametrize(("far", "says"), [(29, True), (30, False)])
def test_as_far_as_thirty_words_on_either_side(far: int, says: bool) -> None:
    between = ["of"] * far
    before = [rows([word, *between, *WORDS[6:]], Told(far + 2, "AID", "", "future", [], []), far + 1, far + 10)
              for word in ("bishop", "goalkeeper")]  # fmt: skip
    after = [rows([*WORDS, *between, word], last=len(WORDS)) for word in ("bishop", "goalkeeper")]
    assert (before[0] != before[1], after[0] != after[1]) == (says, says)


def test_words_near_the_trigger_speak_once_more() -> None:
    words = ["guards", *["of"] * 5, "met", "here"]  # six words before the trigger; one farther on it is too far
    near, far = (ContextWords(words, 0, 8).rows(Told(k, "AID", "", "future", [], [])) for k in (6, 7))
    assert len(near) == len(far) + 1  # both have the other verb near


def test_the_sentence_and_what_is_around_it_speak_apart() -> None:
    assert rows(last=15) != rows(last=len(WORDS)) and rows(first=0) != rows()


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=30), st.data())
def test_any_word_of_any_text_has_rows_of_the_table_in_order(words: list[str], data: st.DataObject) -> None:
    trigger = data.draw(st.integers(0, len(words) - 1))
    first, last = data.draw(st.integers(0, trigger)), data.draw(st.integers(trigger + 1, len(words)))
    found = ContextWords(words, first, last).rows(Told(trigger, "AID", "", "future", [(first, last)], []))
    assert found.dtype == np.int64 and len(found) and found[0] >= 0 and found[-1] < ROWS
    assert (np.diff(found) > 0).all()
