"""What is told of somebody and a state that the report speaks of."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import parse
from turnstone.records import Mention, Place, Span
from turnstone.resolution.setting import Setting
from turnstone.resolution.state_words import Part, StateWords
from turnstone.resolution.trees import Tree

SENTENCE = (
    "Ruritania/PROPN/2/nsubj accused/VERB/0/root two/NUM/4/nummod gunmen/NOUN/2/obj in/ADP/6/case Strelsau/PROPN/2/obl"
)
AGAIN = "Ruritania/PROPN/2/nsubj mourns/VERB/0/root"


def features(
    others: frozenset[str] = frozenset(), again: str = AGAIN, more: tuple[Mention, ...] = ()
) -> dict[str, set[str]]:
    article, analysis = parse(SENTENCE, again)
    text, tree = article.text, Tree(article.text, analysis)
    mentions = [
        Mention(at, at + 9, "GPE", "", "Ruritania", "RUR") for at in {text.index("Ruritania"), text.rindex("Ruritania")}
    ]
    mentions += more
    at = text.index("Strelsau")
    places = [Place(at, at + 8, "Strelsau", "GRA", None, 0.0, 0.0, "city")]
    words = StateWords(tree, mentions, places, Setting(tree, mentions, places))
    start = text.index("two")
    part = Part(Span(start, start + 10), 3, (("R", "ACCUSE"),), others, frozenset())
    return dict(zip(words.states, map(set, words.features(part)), strict=True))


def test_mentions_and_places_tell_the_states() -> None:
    assert set(features()) == {"RUR", "GRA"}


def test_how_often_each_is_told_and_how_near() -> None:
    found = features()
    assert {"rank 0 2", "near 1 2"} <= found["RUR"]
    assert {"rank 1 2", "near 0 2"} <= found["GRA"]
    assert "share 3 2" in found["RUR"] and "share 2 2" in features(again="It/PRON/2/nsubj rains/VERB/0/root")["RUR"]


def test_where_it_happens_and_whose_the_other_side_is() -> None:
    assert "scene in" in features()["GRA"] and "scene elsewhere" in features()["RUR"]
    found = features(others=frozenset({"RUR"}))
    assert "role R ACCUSE own" in found["RUR"] and "role R ACCUSE another" in found["GRA"]


def test_who_it_is_and_the_path_between() -> None:
    found = features()
    assert "lemma gunmen" in found["RUR"] and "lemma gunmen number NOUN 3" in found["RUR"]
    assert "path obj|nsubj " in found["RUR"] and "path obj|obl in" in found["GRA"]


def test_known_media_tell_no_state() -> None:
    start = len("Ruritania ")
    radio = Mention(start, start + 7, "ORG", "zenda-radio", "Zenda Radio", "ZEN", ("JRN",))
    assert set(features(more=(radio,))) == {"RUR", "GRA"}
    assert set(features(more=(replace(radio, entity_id=""),))) == {"RUR", "GRA", "ZEN"}
