"""Windows fit the network and lose no word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from turnstone.analysis.model import MAX_PIECES
from turnstone.analysis.windows import windows


@given(st.lists(st.integers(1, 8), max_size=900), st.data())
def test_every_word_once_and_no_window_too_large(costs: list[int], data: st.DataObject) -> None:
    words = [str(cost) for cost in costs]
    starts = sorted({0, *data.draw(st.lists(st.integers(0, max(0, len(words) - 1)), max_size=20))}) if words else []
    packed = windows(starts, words, int)
    flat = [i for window in packed for a, b in window for i in range(a, b)]
    assert flat == list(range(len(words)))
    for window in packed:
        assert sum(int(word) for word in words[window[0][0] : window[-1][1]]) <= MAX_PIECES


def test_neighbouring_sentences_share_a_window() -> None:
    assert windows([0, 50, 100, 160], ["w"] * 200, len) == [[(0, 50), (50, 100)], [(100, 160), (160, 200)]]
