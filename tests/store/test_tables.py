from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.samples import NO_ANALYSIS, article, record
from turnstone.errors import StoreError
from turnstone.records import Attribution, Coded, Record, Resolved, Span
from turnstone.store.tables import article_digest, rows_of, text_digest, verify


@given(text=st.text(st.characters(codec="utf-8"), min_size=1), data=st.data())
def test_every_quote_is_the_slice_of_its_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = (Span(start, end),)
    one = Record(article("1", text), NO_ANALYSIS, Resolved((), (), ()), Coded((Attribution(piece, piece, piece),)))
    if text[start:end].isspace():
        with pytest.raises(StoreError, match="white space"):
            rows_of(one, "r")
    else:
        rows = rows_of(one, "r")
        verify(rows)
        assert rows["attributions"][0]["source_texts"] == [text[start:end]]


@pytest.mark.parametrize(
    ("table", "column"), [("events", "trigger_text"), ("participants", "text"), ("places", "text"), ("dates", "text")]
)
def test_a_quote_that_does_not_stand_there_is_found(table: str, column: str) -> None:
    rows = rows_of(record(article("1")), "r")
    verify(rows)
    rows[table][0][column] += "x"
    with pytest.raises(StoreError, match=table):
        verify(rows)


def test_digests_tell_articles_apart_but_not_where_they_were_read() -> None:
    one = article("1")
    assert article_digest(one) == article_digest(article("1", origin="elsewhere"))
    assert article_digest(one) != article_digest(article("1", day=2))
    assert article_digest(one) != article_digest(article("1", title="T"))
    assert text_digest(one) == text_digest(article("9", one.text, day=5))
