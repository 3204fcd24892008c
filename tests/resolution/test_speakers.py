"""Who says what is quoted at a place."""

from __future__ import annotations

from tests.builders import parse
from turnstone.knowledge.entities import Entities
from turnstone.records import Quotation, Span
from turnstone.resolution.names import find_names
from turnstone.resolution.speakers import quoted_pieces, source_of, speakers_of, statements_at

SAID = (
    "Xi/PROPN/2/nsubj said/VERB/0/root Putin/PROPN/4/nsubj claimed/VERB/2/ccomp Kenya/PROPN/6/nsubj agreed/VERB/4/ccomp"
)


def test_the_innermost_statement_comes_first(entities: Entities) -> None:
    whole, inner = ("Xi", "said", "Putin claimed Kenya agreed"), ("Putin", "claimed", "Kenya agreed")
    article, analysis = parse(SAID, quotations=(whole, inner))
    board = find_names(article, analysis, entities)
    quoted = quoted_pieces(board, analysis.quotations)
    names = [who.name for one in statements_at(board, quoted, 4) if (who := source_of(board, one)) is not None]
    assert names == ["Vladimir Putin", "Xi Jinping"]
    assert {one.name for one in speakers_of(board, quoted, Span(0, len(article.text)))} == set(names)
    assert statements_at(board, quoted, 0) == []


def test_pieces_outside_the_text_are_dropped(entities: Entities) -> None:
    board = find_names(*parse(SAID), entities)
    assert quoted_pieces(board, [Quotation((), (), (Span(0, 4000), Span(5, 5)))]) == ()
