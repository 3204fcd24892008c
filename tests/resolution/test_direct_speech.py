"""What stands between quotation marks and is somebody's own words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.resolution.direct_speech import direct_speech, speech_at


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ('"We agreed," he said. "It holds now."', ['"We agreed,"', '"It holds now."']),
        ("“We agreed at last”, he said.", ["“We agreed at last”"]),
        ('She called it "a bad deal" and left.', []),
        ('He said: "We are\nlate and "', ['"We are']),
        ("Nobody spoke.", []),
    ],
)
def test_speech_begins_with_a_capital_and_ends_with_its_paragraph(text: str, spoken: list[str]) -> None:
    assert [text[span.start : span.end] for span in direct_speech(text)] == spoken


@settings(deadline=None)
@given(st.text(alphabet='Aa b"“”«»\n.', max_size=60))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    found = direct_speech(text)
    ends = [0, *(span.end for span in found)]
    assert all(last <= span.start < span.end <= len(text) for last, span in zip(ends, found, strict=False))
    assert all(speech_at(found, span.start) == span for span in found)
    assert speech_at(found, len(text)) is None
