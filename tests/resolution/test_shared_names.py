"""Names that bodies of many states have."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.knowledge.entities import load_entities
from turnstone.records import WHOLE_ARTICLE
from turnstone.resolution.mentions import find_mentions

CONGRESS = "Congress/PROPN/2/nsubj voted/VERB/0/root +./PUNCT/2/punct"
PERU = "Peru/PROPN/2/nsubj waited/VERB/0/root +./PUNCT/2/punct"
AMERICA = "America/PROPN/2/nsubj waited/VERB/0/root +./PUNCT/2/punct"
NOBODY = "It/PRON/2/nsubj rained/VERB/0/root +./PUNCT/2/punct"


def country(*sentences: str) -> str:
    states = [f"; LOC {name}" for name in ("Peru", "America") if any(name in one for one in sentences)]
    article, analysis = parse(CONGRESS, *sentences, names="ORG Congress" + "".join(states))
    found = find_mentions(article, analysis, load_entities())
    return next(one.country for one in found if article.text[one.start : one.end] == "Congress")


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([PERU] * 7, "USA"),
        ([PERU] * 8, "PER"),
        ([PERU] * 8 + [AMERICA], "USA"),
        ([PERU] * 10 + [AMERICA], "PER"),
        ([NOBODY] * (WHOLE_ARTICLE // 3), ""),
        ([NOBODY] * (WHOLE_ARTICLE // 3) + [AMERICA], "USA"),
    ],
)
def test_they_are_of_the_state_that_the_article_is_about(told: list[str], state: str) -> None:
    assert country(*told) == state
