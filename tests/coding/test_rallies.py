"""Rallies of a campaign."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.coding.rallies import Rallies

HELD = "Obi/PROPN/2/nsubj held/VERB/0/root a/DET/4/det rally/NOUN/2/obj {more}+./PUNCT/2/punct"
VOTE = "The/DET/3/det {what}/NOUN/3/compound nears/VERB/0/root +./PUNCT/3/punct"


@pytest.mark.parametrize(
    ("more", "what", "campaigning"),
    [
        ("", "election", True),
        ("", "harvest", False),
        ("against/ADP/6/case taxes/NOUN/4/nmod ", "election", False),
    ],
)
def test_a_rally_before_an_election_is_no_protest(more: str, what: str, campaigning: bool) -> None:
    article, analysis = parse(HELD.format(more=more), VOTE.format(what=what))
    assert Rallies(article.text, analysis).is_campaigning(3) == campaigning


def test_who_rallies_may_protest() -> None:
    article, analysis = parse("Voters/NOUN/2/nsubj rally/VERB/0/root +./PUNCT/2/punct", VOTE.format(what="election"))
    assert not Rallies(article.text, analysis).is_campaigning(1)
