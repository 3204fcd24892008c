from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.resolution.span_index import SpanIndex

spans = st.tuples(st.integers(0, 300), st.integers(1, 150)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(deadline=None)
@given(known=st.lists(spans, max_size=12), span=spans)
def test_an_index_finds_what_a_search_through_all_finds(known: list[tuple[int, int]], span: tuple[int, int]) -> None:
    index = SpanIndex(known)
    meeting = {one for one in known if one[0] < span[1] and span[0] < one[1]}
    assert set(index.meeting(span)) == meeting
    assert index.meets(span) == bool(meeting)
    assert list(index) == known and len(index) == len(known)
    expected = next((one for one in known if one[0] == span[0]), None)
    assert index.first_at(starts=[span[0]]) == expected
    expected = next((one for one in known if one[1] in span), None)
    assert index.first_at(ends=span) == expected
