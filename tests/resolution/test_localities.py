"""Countries that the scene of an event tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import parse
from turnstone.records import Mention, Place
from turnstone.resolution.localities import localise

SENTENCE = (
    "Thousands/NOUN/4/nsubj of/ADP/3/case protesters/NOUN/1/nmod marched/VERB/0/root in/ADP/6/case Lagos/PROPN/4/obl"
)


def settle(
    group: Mention, *places: tuple[str, str], others: tuple[Mention, ...] = (), sentence: str = SENTENCE
) -> Mention:
    article, analysis = parse(sentence)
    text = article.text
    found = [Place(text.index(name), text.index(name) + len(name), name, code, 1, 0.0, 0.0) for name, code in places]
    settled = localise(text, analysis, (*others, group), found)
    assert len(settled) == len(others) + 1
    return settled[-1]


def mention(words: str, sectors: tuple[str, ...], sentence: str = SENTENCE, country: str = "") -> Mention:
    text = parse(sentence)[0].text
    start = text.index(words)
    return Mention(start, start + len(words), "OTHER", "", words, country, sectors, "unnamed")


def test_unnamed_people_are_of_the_country_of_the_scene() -> None:
    found = settle(mention("protesters", ("CVL",)), ("Lagos", "NGA"))
    assert found.country == "NGA"
    assert found.basis == "unnamed; what the sentence tells happens in NGA"


def test_a_town_is_of_the_country_it_lies_in() -> None:
    text = parse(SENTENCE)[0].text
    start = text.index("Lagos")
    town = Mention(start, start + 5, "LOC", "", "Lagos", "", (), "a name")
    assert settle(town, ("Lagos", "NGA")) == replace(town, country="NGA", basis="a place in NGA")


@pytest.mark.parametrize(("words", "sectors"), [("protesters", ("MIL",)), ("protesters", ()), ("protesters", ("JRN",))])
def test_soldiers_reporters_and_the_unknown_are_not_of_the_scene(words: str, sectors: tuple[str, ...]) -> None:
    assert settle(mention(words, sectors), ("Lagos", "NGA")).country == ""


def test_a_country_that_is_known_stays() -> None:
    assert settle(mention("protesters", ("CVL",), country="GHA"), ("Lagos", "NGA")).country == "GHA"


@pytest.mark.parametrize(
    ("sentence", "words", "sectors"),
    [
        ("Tourist/NOUN/2/nsubj fell/VERB/0/root in/ADP/4/case Lagos/PROPN/2/obl", "Tourist", ("CVL",)),
        (
            "Foreign/ADJ/2/amod doctors/NOUN/3/nsubj fell/VERB/0/root in/ADP/5/case Lagos/PROPN/3/obl",
            "doctors",
            ("MED",),
        ),
        ("Ministers/NOUN/2/nsubj met/VERB/0/root in/ADP/4/case Lagos/PROPN/2/obl", "Ministers", ("GOV",)),
    ],
)
def test_who_may_be_from_elsewhere_is_not_of_the_scene(sentence: str, words: str, sectors: tuple[str, ...]) -> None:
    assert settle(mention(words, sectors, sentence), ("Lagos", "NGA"), sentence=sentence).country == ""


def test_two_scenes_tell_nothing() -> None:
    sentence = (
        "Police/NOUN/2/nsubj marched/VERB/0/root in/ADP/4/case Lagos/PROPN/2/obl and/CCONJ/7/cc in/ADP/7/case "
        "Accra/PROPN/4/conj"
    )
    group = mention("Police", ("COP",), sentence)
    assert settle(group, ("Lagos", "NGA"), ("Accra", "GHA"), sentence=sentence).country == ""


def test_without_a_scene_the_only_country_of_the_article_counts() -> None:
    sentence = "Police/NOUN/2/nsubj thanked/VERB/0/root Nigeria/PROPN/2/obj"
    text = parse(sentence)[0].text
    start = text.index("Nigeria")
    state = Mention(start, start + 7, "GPE", "NGA", "Nigeria", "NGA", (), "name of a state")
    group = mention("Police", ("COP",), sentence)
    assert settle(group, others=(state,), sentence=sentence).country == "NGA"
    other = replace(state, country="GHA", start=start, end=start + 3)
    assert settle(group, others=(state, other), sentence=sentence).country == ""
