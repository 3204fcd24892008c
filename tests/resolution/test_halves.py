"""States that are called by a point of the compass."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.knowledge.entities import load_entities
from turnstone.resolution.mentions import find_mentions

BOTH = "North/PROPN/2/compound Korea/PROPN/3/nsubj warned/VERB/0/root Seoul/PROPN/3/obj +./PUNCT/3/punct"
NORTH = "\nThe/DET/2/det North/PROPN/3/nsubj fired/VERB/0/root +./PUNCT/3/punct"
ATLANTIC = "\nThe/DET/3/det North/PROPN/3/compound Atlantic/PROPN/4/nsubj froze/VERB/0/root +./PUNCT/4/punct"


def meant(*sentences: str, names: str = "LOC North Korea; LOC Seoul") -> list[tuple[str, str]]:
    article, analysis = parse(*sentences, names=names)
    below = article.text.index("The ")
    found = find_mentions(article, analysis, load_entities())
    return [(article.text[one.start : one.end], one.country) for one in found if one.start >= below and one.country]


def test_the_north_is_the_state_of_that_name() -> None:
    assert meant(BOTH, NORTH) == [("North", "PRK")]


@pytest.mark.parametrize("names", ["LOC North Atlantic", ""])
def test_a_longer_name_is_another(names: str) -> None:
    assert meant(BOTH, ATLANTIC, names=names) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "\nThe/DET/4/det South/PROPN/3/compound African/ADJ/4/amod army/NOUN/5/nsubj fired/VERB/0/root",
        "\nThe/DET/2/det South/PROPN/5/nsubj of/ADP/4/case England/PROPN/2/nmod froze/VERB/0/root +./PUNCT/5/punct",
        "\nThe/DET/3/det South/ADJ/3/amod bank/NOUN/4/nsubj froze/VERB/0/root +./PUNCT/4/punct",
    ],
)
def test_a_part_of_a_phrase_is_none(sentence: str) -> None:
    both = "South/PROPN/2/compound Korea/PROPN/3/nsubj warned/VERB/0/root Seoul/PROPN/3/obj +./PUNCT/3/punct"
    assert "KOR" not in [country for _, country in meant(both, sentence, names="LOC South Korea; LOC Seoul")]


def test_without_such_a_state_it_is_nobody() -> None:
    seoul = "Seoul/PROPN/2/nsubj waited/VERB/0/root +./PUNCT/2/punct"
    article, analysis = parse(seoul, NORTH, names="LOC North")
    found = find_mentions(article, analysis, load_entities())
    assert "North" not in [article.text[one.start : one.end] for one in found]
