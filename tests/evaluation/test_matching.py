from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Collection, Document, Named, Text
from turnstone.evaluation.matching import match, one_to_one
from turnstone.records import Span


def article(key: str, text: str, *starts: int, title: str = "") -> Document[Named]:
    names = tuple(Named(Span(start, start + 1), "PER") for start in starts)
    return Document(key, Text(text).ink, names, f"there:{key}", len(Text(title).ink))


def collection(name: str, *documents: Document[Named]) -> Collection[Named]:
    return Collection(name, "article", documents)


def test_articles_belong_together_by_their_ids() -> None:
    gold = collection("gold", article("1", "a b", 0), article("2", "a b", 1))
    found = match(gold, collection("found", article("2", "a  b", 1), article("1", "a\nb"), article("3", "c")))
    assert (found.by, found.missing, found.left_out) == ("id", (), 1)
    assert [(pair.gold, pair.predicted) for pair in found.pairs] == [
        ((Named(Span(0, 1), "PER"),), ()),
        ((Named(Span(1, 2), "PER"),), (Named(Span(1, 2), "PER"),)),
    ]


@pytest.mark.parametrize("ids", [("", ""), ("x", "x"), ("x", "y")])
def test_without_ids_they_belong_together_by_their_words(ids: tuple[str, str]) -> None:
    gold = collection("gold", article(ids[0], "a b", 0), article(ids[1], "c", 0))
    found = match(gold, collection("found", article("1", "c"), article("2", "a b", 1)))
    assert (found.by, found.missing, found.left_out) == ("words", (), 0)
    assert [len(pair.predicted) for pair in found.pairs] == [1, 0]


def test_equal_texts_are_taken_in_order() -> None:
    gold = collection("gold", article("", "a"), article("", "a"), article("", "a"))
    found = match(gold, collection("found", article("", "a", 0), article("", "a")))
    assert [len(pair.predicted) for pair in found.pairs] == [1, 0, 0]
    assert found.missing == ("there:",)


def test_a_missing_article_is_named_and_has_nothing() -> None:
    gold = collection("gold", article("1", "a", 0), article("2", "b", 0))
    found = match(gold, collection("found", article("2", "b", 0)))
    assert (found.missing, found.pairs[0].predicted, found.left_out) == (("1",), (), 0)


@pytest.mark.parametrize("key", ["1", ""])
def test_a_title_before_the_text_is_passed_over(key: str) -> None:
    gold = collection("gold", article(key, "a b", 1))
    found = match(gold, collection("found", article("1", "Up\n\na b", 0, 3, title="Up")))
    assert found.pairs[0].predicted == found.pairs[0].gold


def test_another_text_under_the_same_id_is_an_error() -> None:
    gold = collection("gold", article("1", "the navy"))
    with pytest.raises(ReadingError, match=r"there:1: the text of '1' .*'rmy' stands where 'vy' should.*; analyse"):
        match(collection("gold", article("1", "a navy")), collection("found", article("1", "a narmy")))
    with pytest.raises(ReadingError, match="analyse the texts"):
        match(gold, collection("found", article("1", "the navy sailed")))


def test_nothing_in_common_is_an_error() -> None:
    with pytest.raises(ReadingError, match=r"found: no article of gold is in it.*'1', here '2'"):
        match(collection("gold", article("1", "a")), collection("found", article("2", "b")))


@given(st.lists(st.integers(0, 6)), st.lists(st.integers(0, 6)))
def test_pairs_are_one_to_one(gold: list[int], predicted: list[int]) -> None:
    pairs = one_to_one(gold, predicted, lambda a, b: abs(a - b) == 1)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(abs(gold[i] - predicted[j]) <= 1 for i, j in pairs)
    assert sum(gold[i] == predicted[j] for i, j in pairs) == sum(
        min(gold.count(one), predicted.count(one)) for one in set(gold)
    )
