"""Sentences and paragraphs by offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import parse, plain
from turnstone.coding.layout import Layout
from turnstone.records import Analysis, Span


def test_a_headline_is_the_first_paragraph() -> None:
    article, analysis = parse(plain("Raid on Zenda"), "\n" + plain("Rebels raided Zenda."), plain("Two died."))
    layout, at = Layout(article.text, analysis), article.text.index
    assert [layout.paragraph(at(word)) for word in ("Raid", "Rebels", "Two")] == [0, 1, 1]
    assert [layout.sentence(at(word)) for word in ("Raid", "Rebels", "Two")] == [0, 1, 2]
    assert layout.sentence_of(4) == Span(at("Rebels"), at(" Two"))


@given(st.lists(st.lists(st.just("Word word."), min_size=1, max_size=3), min_size=1, max_size=4))
def test_numbers_never_fall(paragraphs: list[list[str]]) -> None:
    article, analysis = parse(
        *(("\n" if p and not s else "") + plain(one) for p, own in enumerate(paragraphs) for s, one in enumerate(own))
    )
    layout = Layout(article.text, analysis)
    for number in (layout.sentence, layout.paragraph):
        found = [number(at) for at in range(len(article.text))]
        assert found == sorted(found) and found[0] == 0
    assert layout.paragraph(len(article.text)) == len(paragraphs) - 1
    for k, token in enumerate(analysis.tokens):
        own = layout.sentence_of(k)
        assert own.start <= token.start and token.end <= own.end
        assert layout.sentence(token.start) == layout.sentence(own.start)


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n", "\n \n", "\n\t\n  "])
def test_empty_lines_part_paragraphs_however_many_there_are(gap: str) -> None:
    text = f"Head{gap}Body"
    layout = Layout(text, Analysis((), (), (), (), ()))
    assert [layout.paragraph(at) for at in (0, text.index("Body"))] == [0, 1]


def test_a_line_alone_does_not() -> None:
    assert Layout("Head\nBody", Analysis((), (), (), (), ())).paragraph(5) == 0
