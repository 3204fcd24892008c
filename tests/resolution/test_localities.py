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
    found = [
        Place(text.index(name), text.index(name) + len(name), name, code, 1, 0.0, 0.0, "city") for name, code in places
    ]
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


def test_who_serves_a_state_stays_at_home() -> None:
    sentence = "Civil/ADJ/2/amod servant/NOUN/3/nsubj met/VERB/0/root in/ADP/5/case Lagos/PROPN/3/obl"
    found = settle(mention("Civil servant", ("GOV",), sentence), ("Lagos", "NGA"), sentence=sentence)
    assert found.country == "NGA"


@pytest.mark.parametrize(("word", "country"), [("Local", "NGA"), ("Indigenous", "NGA"), ("Young", "")])
def test_leaders_who_are_said_to_be_of_the_place_are(word: str, country: str) -> None:
    sentence = f"{word}/ADJ/2/amod leaders/NOUN/3/nsubj met/VERB/0/root in/ADP/5/case Lagos/PROPN/3/obl"
    assert settle(mention("leaders", ("GOV",), sentence), ("Lagos", "NGA"), sentence=sentence).country == country


def test_a_place_in_the_name_of_a_thing_is_a_scene_but_a_border_is_none() -> None:
    for thing, country in (("parade", "NGA"), ("border", "")):
        sentence = (
            "Police/NOUN/2/nsubj marched/VERB/0/root in/ADP/6/case Lagos/PROPN/6/nmod:poss +'s/PART/4/case "
            f"{thing}/NOUN/2/obl"
        )
        assert settle(mention("Police", ("COP",), sentence), ("Lagos", "NGA"), sentence=sentence).basis == (
            "unnamed; what the sentence tells happens in NGA" if country else "unnamed; the article speaks of NGA alone"
        )


def test_where_the_city_of_a_name_is_something_happens() -> None:
    for case in ("in", "near"):
        sentence = (
            f"Police/NOUN/2/nsubj marched/VERB/0/root {case}/ADP/5/case the/DET/5/det city/NOUN/2/obl of/ADP/7/case "
            "Lagos/PROPN/5/nmod"
        )
        basis = settle(mention("Police", ("COP",), sentence), ("Lagos", "NGA"), sentence=sentence).basis
        assert basis == "unnamed; what the sentence tells happens in NGA"
    away = (
        "Police/NOUN/2/nsubj met/VERB/0/root friends/NOUN/2/obj of/ADP/6/case the/DET/6/det city/NOUN/3/nmod "
        "of/ADP/8/case Lagos/PROPN/6/nmod"
    )
    basis = settle(mention("Police", ("COP",), away), ("Lagos", "NGA"), sentence=away).basis
    assert basis == "unnamed; the article speaks of NGA alone"


def test_a_state_beyond_the_border_is_not_spoken_of() -> None:
    rows = "Police/NOUN/2/nsubj met/VERB/0/root Kenyans/PROPN/2/obj near/ADP/6/case {}/DET/6/det border/NOUN/2/obl"
    for article, country in (("the", "KEN"), ("its", "")):  # "at its border with": one state deals with the other
        sentence = rows.format(article) + " with/ADP/8/case Chad/PROPN/6/nmod"
        others = (state("Kenyans", "KEN", sentence), state("Chad", "TCD", sentence))
        assert settle(mention("Police", ("COP",), sentence), others=others, sentence=sentence).country == country
        troops = (state("Kenyans", "KEN", sentence, ("MIL",)), others[1])
        assert settle(mention("Police", ("COP",), sentence), others=troops, sentence=sentence).country == ""


MARCHED = "Police/NOUN/2/nsubj marched/VERB/0/root"


def state(words: str, country: str, sentence: str, sectors: tuple[str, ...] = ()) -> Mention:
    start = parse(sentence)[0].text.index(words)
    return Mention(start, start + len(words), "GPE", country, words, country, sectors, "name of a state")


def test_bodies_of_several_states_are_no_state() -> None:
    sentence = MARCHED + " for/ADP/4/case Nigeria/PROPN/2/obl and/CCONJ/6/cc UN/PROPN/4/conj"
    others = (state("Nigeria", "NGA", sentence), state("UN", "UNO", sentence))
    assert settle(mention("Police", ("COP",), sentence), others=others, sentence=sentence).country == "NGA"
    assert settle(mention("Police", ("COP",), sentence), others=others[1:], sentence=sentence).country == ""


def test_the_topic_before_a_colon_is_the_scene_of_what_follows() -> None:
    sentence = (
        "Nigerian/ADJ/2/amod protests/NOUN/0/root +:/PUNCT/2/punct Police/NOUN/5/nsubj thanked/VERB/2/parataxis"
        " Ghana/PROPN/5/obj"
    )
    others = (
        replace(state("Nigerian", "NGA", sentence), kind="OTHER"),
        state("Ghana", "GHA", sentence),
    )
    found = settle(mention("Police", ("COP",), sentence), others=others, sentence=sentence)
    assert (found.country, found.basis) == ("NGA", "unnamed; the article's topic is in NGA")


def test_of_several_states_the_one_that_acts() -> None:
    sentence = (
        "Nigeria/PROPN/2/nsubj thanked/VERB/0/root Ghana/PROPN/2/obj +;/PUNCT/2/punct police/NOUN/6/nsubj"
        " met/VERB/2/parataxis"
    )
    others = (state("Nigeria", "NGA", sentence), state("Ghana", "GHA", sentence))
    assert settle(mention("police", ("COP",), sentence), others=others, sentence=sentence).country == "NGA"
    people = mention("police", ("CVL",), sentence)
    assert settle(people, others=others, sentence=sentence).country == ""


@pytest.mark.parametrize(
    ("sentence", "words", "sectors", "country"),
    [
        ("The/DET/2/det military/NOUN/3/nsubj left/VERB/0/root Nigeria/PROPN/3/obj", "The military", ("MIL",), "NGA"),
        (
            "Government/NOUN/2/compound forces/NOUN/3/nsubj left/VERB/0/root Nigeria/PROPN/3/obj",
            "Government forces",
            ("MIL",),
            "NGA",
        ),
        ("Soldiers/NOUN/2/nsubj left/VERB/0/root Nigeria/PROPN/2/obj", "Soldiers", ("MIL",), ""),
        (
            "Human/ADJ/2/amod rights/NOUN/3/compound groups/NOUN/4/nsubj left/VERB/0/root Nigeria/PROPN/4/obj",
            "Human rights groups",
            ("SOC",),
            "",
        ),
        (
            "Regional/ADJ/2/amod governments/NOUN/3/nsubj left/VERB/0/root Nigeria/PROPN/3/obj",
            "Regional governments",
            ("GOV",),
            "",
        ),
        (
            "The/DET/4/det Dawn/PROPN/4/compound Resistance/PROPN/4/compound Movement/PROPN/5/nsubj left/VERB/0/root"
            " Nigeria/PROPN/5/obj",
            "The Dawn Resistance Movement",
            ("REB",),
            "",
        ),
    ],
)
def test_what_a_state_has_one_of(sentence: str, words: str, sectors: tuple[str, ...], country: str) -> None:
    others = (state("Nigeria", "NGA", sentence),)
    assert settle(mention(words, sectors, sentence), others=others, sentence=sentence).country == country


@pytest.mark.parametrize(
    ("sentence", "words", "country"),
    [
        (
            "Residents/NOUN/4/nsubj of/ADP/3/case Lagos/PROPN/1/nmod left/VERB/0/root Accra/PROPN/4/obj",
            "Residents of Lagos",
            "NGA",
        ),
        (
            "Ambassador/NOUN/4/nsubj in/ADP/3/case Lagos/PROPN/1/nmod left/VERB/0/root Accra/PROPN/4/obj",
            "Ambassador in Lagos",
            "",
        ),
        (
            "Lagos/PROPN/2/compound police/NOUN/3/nsubj left/VERB/0/root Accra/PROPN/3/obj",
            "Lagos police",
            "NGA",
        ),
    ],
)
def test_what_a_town_has_is_of_its_country(sentence: str, words: str, country: str) -> None:
    article, _ = parse(sentence)
    towns = tuple(
        Mention(article.text.index(name), article.text.index(name) + 5, "LOC", "", name, "", (), "a name")
        for name in ("Lagos", "Accra")
    )
    group = mention(words, ("COP",), sentence)
    found = settle(group, ("Lagos", "NGA"), ("Accra", "GHA"), others=towns, sentence=sentence)
    assert found.country == country
    assert found.basis == ("of Lagos, a place in NGA; unnamed" if country else "unnamed")


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


def test_where_the_deed_was_is_not_where_the_court_is() -> None:
    for mark, country in (("for", ""), ("while", "NGA")):
        sentence = (
            "A/DET/2/det court/NOUN/3/nsubj convicted/VERB/0/root Chadians/PROPN/3/obj "
            f"{mark}/SCONJ/6/mark shooting/VERB/3/advcl in/ADP/8/case Lagos/PROPN/6/obl"
        )
        others = (state("Chadians", "TCD", sentence),)
        settled = settle(mention("A court", ("JUD",), sentence), ("Lagos", "NGA"), others=others, sentence=sentence)
        assert settled.country == country


def test_reproaches_are_made_where_the_deed_was() -> None:
    for verb, country in (("accuse", "NGA"), ("acquit", "")):
        sentence = (
            f"A/DET/2/det judge/NOUN/3/nsubj {verb}/VERB/0/root Chadians/PROPN/3/obj "
            "of/SCONJ/6/mark shooting/VERB/4/acl in/ADP/8/case Lagos/PROPN/6/obl"
        )
        others = (state("Chadians", "TCD", sentence),)
        settled = settle(mention("A judge", ("JUD",), sentence), ("Lagos", "NGA"), others=others, sentence=sentence)
        assert settled.country == country
