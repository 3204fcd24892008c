"""Topics and titles."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.coding.headings import Headings


def only_names(word: str, *sentences: str) -> bool:
    article, analysis = parse(*sentences)
    at = article.text.index(word)
    trigger = next(i for i, token in enumerate(analysis.tokens) if token.start == at)
    return Headings(article.text, analysis).only_name(trigger)


TOPIC = (
    "2021/NUM/3/nummod Orla/PROPN/3/compound invasion/NOUN/6/dep +:/PUNCT/3/punct Troops/NOUN/6/nsubj "
    "attack/VERB/0/root Veln/PROPN/6/obj +./PUNCT/6/punct"
)


def test_a_topic_before_a_colon_is_only_named() -> None:
    assert only_names("invasion", TOPIC)
    assert not only_names("attack", TOPIC)


def test_what_is_said_before_a_colon_is_told() -> None:
    said = (
        "Orla/PROPN/2/nsubj accuses/VERB/0/root Veln/PROPN/2/obj +:/PUNCT/2/punct It/PRON/6/nsubj lied/VERB/2/parataxis"
    )
    assert not only_names("accuses", said)


@pytest.mark.parametrize(
    "title",
    [
        "Aftermath/NOUN/0/root of/ADP/4/case the/DET/4/det raid/NOUN/1/nmod",
        "Aid/NOUN/0/root to/ADP/3/case Orla/PROPN/1/nmod during/ADP/6/case the/DET/6/det raid/NOUN/1/nmod",
        "List/NOUN/0/root of/ADP/3/case raids/NOUN/1/nmod",
    ],
)
def test_a_title_about_a_happening_does_not_tell_it(title: str) -> None:
    assert only_names("raid", title)


def test_a_title_that_names_it_and_a_sentence_about_it_do() -> None:
    assert not only_names("raid", "2016/NUM/3/nummod Orla/PROPN/3/compound raid/NOUN/0/root")
    told = (
        "Orla/PROPN/2/nsubj saw/VERB/0/root the/DET/4/det aftermath/NOUN/2/obj of/ADP/7/case the/DET/7/det "
        "raid/NOUN/4/nmod"
    )
    assert not only_names("raid", told)
