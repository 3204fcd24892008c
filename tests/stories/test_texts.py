from __future__ import annotations

from datetime import date

import pytest

from turnstone.records import Article
from turnstone.stories.texts import told


def words(text: str) -> list[tuple[str, ...]]:
    return [one.words for one in told(Article("x", date(2023, 3, 1), text)).sentences]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("ZENDA, March 6 (Cordillera Wire) - Dockers went on strike again.", "Cordillera Wire"),
        ("ZENDA (AP) -- Dockers went on strike again.", "AP"),
        ("(Nordlys News) Dockers went on strike again.", "Nordlys News"),
        ("Strike in the harbour\nBy Ana Sapt, staff writer\nDockers went on strike again.", ""),
        ("Dockers went on strike again.\n(Reuters)", "Reuters"),
        ("Dockers went on strike again.\n© Baltic Dispatch. All rights reserved.", "Baltic Dispatch"),
        ("Dockers went on strike again.\nReporting by Ana Sapt; editing by Ole Dunt", ""),
    ],
)
def test_what_says_only_where_a_text_was_printed_is_left_out(text: str, agency: str) -> None:
    article = Article("x", date(2023, 3, 1), text)
    assert words(text) == [("dockers", "went", "on", "strike", "again")]
    assert told(article).agency == agency


def test_a_text_that_is_a_headline_alone_is_kept() -> None:
    assert words("Dockers on strike in Zenda") == [("dockers", "on", "strike", "in", "zenda")]


def test_names_and_numbers_are_told_from_plain_words() -> None:
    (one,) = told(Article("x", date(2023, 3, 1), "Ana Sapt freed twelve dockers on the fifth day.")).sentences
    assert one.names == {"ana", "sapt"}
    assert one.numbers == {"12", "5"}
    assert one.plain == {"freed", "dockers", "day"}


def test_a_word_that_begins_a_sentence_is_a_name_only_where_it_always_is() -> None:
    (one,) = told(Article("x", date(2023, 3, 1), "Soldiers left the northern villages.")).sentences
    assert one.names == frozenset()
    (one,) = told(Article("x", date(2023, 3, 1), "Norway left the northern villages.")).sentences
    assert one.names == {"norway"}
