from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnstone.evaluation.documents import Dated, Happening, Named, Party, Statement, Text
from turnstone.records import Span

TEXTS = st.text(alphabet=st.sampled_from("ab. \n\t\u00a0\u2028é🕊"), max_size=40)


def test_spans_count_no_white_space() -> None:
    text = Text("An  envoy\nspoke.")
    assert (text.ink, text.span(4, 15), text.span(0, 4)) == ("Anenvoyspoke.", Span(2, 12), Span(0, 2))


@given(TEXTS, TEXTS.filter(str.strip), TEXTS)
def test_a_span_has_the_same_signs(before: str, words: str, after: str) -> None:
    text = Text(before + words + after)
    span = text.span(len(before), len(before) + len(words))
    assert text.ink[span.start : span.end] == "".join(words.split())


@given(TEXTS)
def test_words_cover_every_sign_once(text: str) -> None:
    found = Text(text)
    covered = [i for word in found.words() for i in range(word.start, word.end)]
    assert covered == list(range(len(found.ink)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 9), (2, 3)])
def test_no_place_in_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"no place|no words"):
        Text("ab cd").span(start, end)


def test_what_stands_before_the_beginning_goes() -> None:
    assert Named(Span(3, 5), "PER").moved(-3) == Named(Span(0, 2), "PER")
    assert Named(Span(3, 5), "PER").moved(-4) is None
    assert Dated(Span(0, 2), *[None] * 2, "day").moved(-1) is None  # type: ignore[arg-type]
    assert Statement((Span(0, 1),), (Span(4, 5),), ()).moved(-4) == Statement((), (Span(0, 1),), ())
    assert Statement((Span(0, 1),), (), ()).moved(-4) is None
    event = Happening((Span(6, 8),), "AID", None, None, (Party((Span(4, 5),)),), ())
    moved = event.moved(-4)
    assert moved is not None and (moved.trigger, moved.actors[0].spans) == ((Span(2, 4),), (Span(0, 1),))
    assert event.moved(-7) is None
