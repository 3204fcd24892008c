"""Labels of whose state somebody is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from train_states import Asked, label_of, labels_of_articles, labels_of_items, scores

ROOT = Path(__file__).resolve().parent.parent.parent


def test_labels_stand_by_item_and_words() -> None:
    labels = labels_of_items(ROOT / "corpus/items/states.tsv")
    assert sum(map(len, labels.values())) == 4545
    for item, own in labels.items():
        assert item.startswith("item-") and len({span for span, _ in own}) == len(own)
        assert all(start < end and (code == "-" or (len(code) == 3 and code.isupper())) for (start, end), code in own)


@pytest.mark.parametrize(
    ("span", "code"), [((3, 9), "RUR"), ((0, 9), "GRA"), ((8, 12), "RUR"), ((20, 24), None), ((9, 12), None)]
)
def test_the_very_words_count_before_others_that_share_a_character(span: tuple[int, int], code: str | None) -> None:
    assert label_of(span, [((3, 9), "RUR"), ((0, 9), "GRA")]) == code


def test_an_article_tells_states_by_who_is_meant() -> None:
    articles = list(labels_of_articles(ROOT / "evals/gold/world.txt", Path()))
    codes = {code for _, labels in articles for _, code in labels}
    assert len(articles) == 14 and "-" in codes and all(code == "-" or len(code) == 3 for code in codes)


def test_what_is_told_is_counted_by_bar() -> None:
    table = np.array([32, -32, 0], np.int8)  # two, less two and none, in sixteenths
    sure, unsure = [np.array([0]), np.array([1])], [np.array([2])]
    held = [Asked(sure, 0), Asked(sure, 1), Asked(unsure, 0)]
    assert scores(table, held) == {0.5: (2, 1), 0.6: (2, 1), 0.7: (2, 1), 0.8: (2, 1)}
