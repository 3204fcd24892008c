"""Whom a surname alone stands for."""

from datetime import date

import pytest

from tests.builders import parse
from turnstone.knowledge.entities import Entities, load_entities
from turnstone.resolution.names import find_names


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Charles/PROPN/2/nsubj sued/VERB/0/root papers/NOUN/2/obj", ""),
        ("President/PROPN/2/nmod:desc Charles/PROPN/3/nsubj sued/VERB/0/root papers/NOUN/3/obj", "Pierre Charles"),
        ("Pierre/PROPN/3/nsubj Charles/PROPN/1/flat sued/VERB/0/root papers/NOUN/3/obj", "Pierre Charles"),
        ("Blair/PROPN/2/nsubj sued/VERB/0/root papers/NOUN/2/obj", "Tony Blair"),
    ],
)
def test_a_given_name_alone_is_not_the_known_person_with_that_surname(sentence: str, name: str) -> None:
    person = " ".join(item.split("/")[0] for item in sentence.split() if item.endswith(("nsubj", "flat")))
    made = parse(sentence, names=f"PER {person}", published=date(2003, 11, 10))
    (mention,) = [
        one for one in find_names(*made, load_entities()).named() if made[0].text[one.start :].startswith(person)
    ]
    assert (mention.name if mention.entity_id else "") == name


@pytest.mark.parametrize(
    ("sentence", "model", "words", "name"),
    [
        # who leads a state is known by the surname; a minister only where that state is spoken of
        ("Obama/PROPN/2/nsubj met/VERB/0/root envoys/NOUN/2/obj", "PER Obama", "Obama", "Barack Obama"),
        ("Curbelo/PROPN/2/nsubj met/VERB/0/root envoys/NOUN/2/obj", "PER Curbelo", "Curbelo", ""),
        (
            "Curbelo/PROPN/2/nsubj left/VERB/0/root Washington/PROPN/2/obj",
            "PER Curbelo; LOC Washington",
            "Curbelo",
            "Carlos Curbelo",
        ),
        # a noun with an article is nobody's surname
        ("A/DET/2/det Curbelo/PROPN/3/nsubj left/VERB/0/root Washington/PROPN/3/obj", "", "Curbelo", ""),
        # a title of the other gender is somebody else's
        ("Mrs./PROPN/2/compound Obama/PROPN/3/nsubj left/VERB/0/root", "PER Obama", "Obama", ""),
        # another given name before
        (
            "Michael/PROPN/4/nsubj Barack/PROPN/1/flat Obama/PROPN/1/flat left/VERB/0/root",
            "PER Michael Barack Obama",
            "Michael Barack Obama",
            "",
        ),
    ],
)
def test_namesakes(sentence: str, model: str, words: str, name: str) -> None:
    made = parse(sentence, names=model, published=date(2016, 5, 1))
    found = [one for one in find_names(*made, load_entities()).named() if made[0].text[one.start : one.end] == words]
    assert [one.name for one in found if one.entity_id] == ([name] if name else [])


@pytest.mark.parametrize(("title", "known"), [("", False), ("Governor/PROPN/2/nmod:desc ", True)])
def test_a_word_that_is_a_title_first_is_no_surname(title: str, known: bool) -> None:
    place = 2 if title else 1
    sentence = f"{title}Justice/PROPN/{place + 1}/nsubj left/VERB/0/root Washington/PROPN/{place + 1}/obj"
    article, analysis = parse(sentence, names="LOC Washington", published=date(2018, 5, 1))
    found = {article.text[one.start : one.end]: one for one in find_names(article, analysis, load_entities()).named()}
    assert ("Justice" in found) is known


@pytest.mark.parametrize(
    ("given", "surname", "entity"),
    [
        ("Vladímir", "Putin", "vladimir-putin"),
        ("Antonie", "Blinken", "antony-blinken"),
        ("Antonia", "Blinken", ""),
    ],
)
def test_who_is_known_under_another_spelling_is_no_stranger(
    entities: Entities, given: str, surname: str, entity: str
) -> None:
    made = parse(
        f"{given}/PROPN/3/nsubj {surname}/PROPN/1/flat left/VERB/0/root America/PROPN/3/obj +./PUNCT/3/punct",
        f"{surname}/PROPN/2/nsubj smiled/VERB/0/root",
        names=f"PER {given} {surname}; PER {surname}; LOC America",
    )
    (later,) = [
        one for one in find_names(*made, entities).named() if made[0].text[one.start :].startswith(f"{surname} s")
    ]
    assert later.entity_id == entity
