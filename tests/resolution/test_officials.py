"""Named holders of offices whom no nationality places."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.knowledge.entities import Entities
from turnstone.records import Mention, Place
from turnstone.resolution.localities import localise
from turnstone.resolution.mentions import find_mentions
from turnstone.resolution.officials import follow
from turnstone.resolution.trees import Tree


def located(entities: Entities, sentence: str, names: str = "", **places: str) -> dict[str, Mention]:
    """What the words stand for, with places by their names in the text."""
    article, analysis = parse(sentence, names=names)
    text = article.text
    found = [
        Place(text.index(name), text.index(name) + len(name), name, code, 1, 0.0, 0.0) for name, code in places.items()
    ]
    settled = localise(text, analysis, find_mentions(article, analysis, entities), found)
    return {text[one.start : one.end]: one for one in settled}


@pytest.mark.parametrize(
    ("sentence", "places", "country"),
    [
        (  # schools in the only state
            "education/NOUN/2/compound minister/NOUN/3/nmod:desc Ada/PROPN/5/nsubj Obi/PROPN/3/flat"
            " closed/VERB/0/root schools/NOUN/5/obj in/ADP/8/case Kenya/PROPN/6/nmod",
            {"Kenya": "KEN"},
            "KEN",
        ),
        (  # whom she deals with is not where she is from
            "education/NOUN/2/compound minister/NOUN/3/nmod:desc Ada/PROPN/5/nsubj Obi/PROPN/3/flat"
            " criticised/VERB/0/root Kenya/PROPN/5/obj",
            {"Kenya": "KEN"},
            "",
        ),
        (
            "Kenya/PROPN/2/nsubj criticised/VERB/0/root education/NOUN/4/compound minister/NOUN/5/nmod:desc"
            " Ada/PROPN/2/obj Obi/PROPN/5/flat",
            {"Kenya": "KEN"},
            "",
        ),
        (  # the nationality that is left out the second time
            "Kenyan/ADJ/2/amod police/NOUN/3/nsubj met/VERB/0/root education/NOUN/5/compound"
            " minister/NOUN/6/nmod:desc Ada/PROPN/3/obj Obi/PROPN/6/flat",
            {},
            "KEN",
        ),
        (  # who is met abroad
            "foreign/ADJ/2/amod minister/NOUN/3/nmod:desc Ada/PROPN/5/nsubj Obi/PROPN/3/flat"
            " spoke/VERB/0/root in/ADP/7/case Kenya/PROPN/5/obl",
            {"Kenya": "KEN"},
            "",
        ),
        (  # but who governs where the report begins is at home
            "In/ADP/2/case Kenya/PROPN/7/obl ,/PUNCT/7/punct premier/NOUN/5/nmod:desc Ada/PROPN/7/nsubj"
            " Obi/PROPN/5/flat resigned/VERB/0/root",
            {"Kenya": "KEN"},
            "KEN",
        ),
        (  # two states
            "education/NOUN/2/compound minister/NOUN/3/nmod:desc Ada/PROPN/5/nsubj Obi/PROPN/3/flat"
            " closed/VERB/0/root schools/NOUN/5/obj in/ADP/8/case Kenya/PROPN/6/nmod for/ADP/10/case"
            " Syria/PROPN/5/obl",
            {"Kenya": "KEN", "Syria": "SYR"},
            "",
        ),
    ],
)
def test_the_only_state(entities: Entities, sentence: str, places: dict[str, str], country: str) -> None:
    found = located(entities, sentence, "PER Ada Obi", **places)
    assert found["Ada Obi"].country == country
    titled = next(one for words, one in found.items() if words.endswith("minister Ada Obi") or "premier" in words)
    assert titled.country == country


def test_named_together_with_the_president(entities: Entities) -> None:
    found = located(
        entities,
        "President/NOUN/2/nmod:desc Putin/PROPN/8/nsubj and/CCONJ/6/cc education/NOUN/5/compound"
        " minister/NOUN/6/nmod:desc Ada/PROPN/2/conj Obi/PROPN/6/flat met/VERB/0/root Kenya/PROPN/8/obj",
        "PER Putin; PER Ada Obi",
        Kenya="KEN",
    )
    assert found["Ada Obi"].country == "RUS"
    assert found["Ada Obi"].basis.startswith("named together with Vladimir Putin of RUS")


def test_short_names_and_pronouns_follow(entities: Entities) -> None:
    sentence = (
        "Avon/PROPN/2/compound governor/NOUN/3/nmod:desc Ada/PROPN/5/nsubj Obi/PROPN/3/flat said/VERB/0/root"
        " she/PRON/7/nsubj resigned/VERB/5/ccomp"
    )
    found = located(entities, sentence, "LOC Avon; PER Ada Obi", Avon="GBR")
    assert {found[words].country for words in ("Avon governor Ada Obi", "Ada Obi", "she")} == {"GBR"}
    assert found["she"].basis == "refers to Ada Obi"


@pytest.mark.parametrize(("known", "country"), [("PER Putin", "RUS"), ("ORG Gazprom", "RUS"), ("ORG UN", "")])
def test_an_office_alone_is_that_of_the_state_of_all_who_are_named(
    entities: Entities, known: str, country: str
) -> None:
    sentence = f"{known.split()[1]}/PROPN/2/nsubj met/VERB/0/root the/DET/4/det premier/NOUN/2/obj"
    article, analysis = parse(sentence, names=known)
    found = {article.text[one.start : one.end]: one for one in find_mentions(article, analysis, entities)}
    assert found["the premier"].country == country


def test_who_is_named_beside_a_title_is_of_the_titles_state() -> None:
    article, analysis = parse(
        "Ada/PROPN/5/nsubj Obi/PROPN/1/flat the/DET/4/det mayor/NOUN/1/appos spoke/VERB/0/root",
    )
    name = Mention(0, 7, "PER", "", "Ada Obi", "", ("GOV",))
    title = Mention(8, 17, "OTHER", "", "Ada Obi", "KEN", ("GOV",), "of Zenda, a place in KEN")
    assert [one.country for one in follow(Tree(article.text, analysis), [name, title])] == ["KEN", "KEN"]
