from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.web.marks import marked

spans = st.tuples(st.integers(-3, 40), st.integers(-3, 40), st.sampled_from(["who", "what", "when"]))


@settings(deadline=None)
@given(st.text(max_size=30), st.lists(spans, max_size=8))
def test_pieces_make_up_the_text_and_carry_exactly_the_marks_on_them(
    text: str, given_: list[tuple[int, int, str]]
) -> None:
    pieces = marked(text, given_)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        for place in range(at, at + len(piece.text)):
            assert set(piece.marks) == {mark for start, end, mark in given_ if start <= place < end}
        at += len(piece.text)


def test_a_part_of_a_text_is_cut_out_with_its_marks() -> None:
    pieces = marked("Ruritania invited Graustark", [(0, 9, "who"), (10, 17, "what")], 5, 14)
    assert [(piece.text, piece.marks) for piece in pieces] == [("ania", ("who",)), (" ", ()), ("invi", ("what",))]
