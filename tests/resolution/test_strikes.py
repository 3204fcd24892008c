"""Of which states a report tells only that they strike."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.records import Mention
from turnstone.resolution.strikes import only_strikes
from turnstone.resolution.trees import Tree

HIT = "Obi/PROPN/2/nsubj:pass hit/VERB/0/root by/ADP/5/case Ruritanian/ADJ/5/amod {}/NOUN/2/obl:agent"
FROM = "{}/NOUN/4/nsubj from/ADP/3/case Ruritania/PROPN/1/nmod hit/VERB/0/root"


def strikes(sentence: str, words: str, sectors: tuple[str, ...] = ()) -> bool:
    article, analysis = parse(sentence)
    start = article.text.index(words)
    return only_strikes(
        Tree(article.text, analysis), Mention(start, start + len(words), "OTHER", "", words, "RUR", sectors)
    )


@pytest.mark.parametrize(
    ("weapon", "expected"),
    [
        *((weapon, True) for weapon in ("missile", "rocket", "drone", "warplane", "airstrike")),
        *((thing, False) for thing in ("bus", "train", "soldier")),
    ],
)
def test_whose_missiles_hit_somebody_only_strikes(weapon: str, expected: bool) -> None:
    assert strikes(HIT.format(weapon), "Ruritanian") is expected
    assert strikes(HIT.format(weapon), f"Ruritanian {weapon}") is expected  # a mention may be longer than the name


def test_where_missiles_are_from_does_not_strike_by_that() -> None:
    assert not strikes(FROM.format("missile"), "Ruritania")
    assert strikes(FROM.format("shelling").replace("from", "by"), "Ruritania")


def test_whose_missiles_are_shown_does_more_than_strike() -> None:
    shown = "Fairs/NOUN/2/nsubj show/VERB/0/root Ruritanian/ADJ/4/amod drones/NOUN/2/obj"
    assert not strikes(shown, "Ruritanian") and not strikes(shown, "Ruritanian drones")
