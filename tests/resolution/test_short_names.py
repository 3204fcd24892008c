"""Parts of a person's name that stand for the whole."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities
from turnstone.records import Mention
from turnstone.resolution.mentions import find_mentions

TWO = "{one}/PROPN/3/nsubj Obi/PROPN/1/flat met/VERB/0/root {two}/PROPN/3/obj Obi/PROPN/4/flat +./PUNCT/3/punct"
FIRST = "{one}/PROPN/3/nsubj Obi/PROPN/1/flat spoke/VERB/0/root +./PUNCT/3/punct"


def named(entities: Entities, *sentences: str, names: str) -> list[str]:
    """The names of those whom "Obi" alone stands for."""
    built = parse(*sentences, names=names)
    found: list[Mention] = list(find_mentions(*built, entities))
    return [one.name for one in found if built[0].text[one.start : one.end] == "Obi"]


@pytest.mark.parametrize(("title", "meant"), [("Mrs.", "Ada Obi"), ("Mr.", "Joe Obi"), ("Lord", "Joe Obi")])
def test_a_title_tells_which_of_two(entities: Entities, title: str, meant: str) -> None:
    after = f"{title}/PROPN/2/compound Obi/PROPN/3/nsubj left/VERB/0/root +./PUNCT/3/punct"
    names = "PER Ada Obi; PER Joe Obi; PER Obi"
    assert named(entities, TWO.format(one="Ada", two="Joe"), after, names=names) == [meant]


def test_a_title_of_the_other_gender_names_somebody_else(entities: Entities) -> None:
    after = "Mr./PROPN/2/compound Obi/PROPN/3/nsubj left/VERB/0/root +./PUNCT/3/punct"
    assert named(entities, FIRST.format(one="Ada"), after, names="PER Ada Obi; PER Obi") == ["Obi"]


def test_of_two_the_first_to_be_named_is_meant(entities: Entities) -> None:
    alone = "Obi/PROPN/2/nsubj left/VERB/0/root +./PUNCT/2/punct"
    names = "PER Ada Obi; PER Joe Obi; PER Obi"
    second = FIRST.format(one="Joe")
    assert named(entities, FIRST.format(one="Ada"), alone, second, alone, names=names) == ["Ada Obi", "Ada Obi"]
    assert named(entities, FIRST.format(one="Ada"), second, alone, names=names) == ["Ada Obi"]
    assert named(entities, alone, FIRST.format(one="Ada"), second, names=names) == ["Obi"]


@pytest.mark.parametrize(("once", "meant"), [("PER", ["Ada Obi", "Ada Obi"]), ("ORG", ["Obi", "Obi"])])
def test_a_person_elsewhere_is_no_body_here(entities: Entities, once: str, meant: list[str]) -> None:
    alone = "Obi/PROPN/2/nsubj left/VERB/0/root +./PUNCT/2/punct"
    article, analysis = parse(FIRST.format(one="Ada"), alone, alone, names="PER Ada Obi; ORG Obi")
    names = [one for one in analysis.names if one.kind == "PER"]
    bodies = [one for one in analysis.names if one.kind == "ORG"]
    from dataclasses import replace

    kinds = [*names, replace(bodies[0], kind=once), *bodies[1:]]
    found = find_mentions(article, replace(analysis, names=tuple(kinds)), entities)
    assert [one.name for one in found if article.text[one.start : one.end] == "Obi"] == meant


def test_a_surname_that_is_a_nationality_is_the_person(entities: Entities) -> None:
    full = "Ada/PROPN/3/nsubj Russian/PROPN/1/flat spoke/VERB/0/root +./PUNCT/3/punct"
    after = "Russian/PROPN/2/nsubj left/VERB/0/root +./PUNCT/2/punct"
    troops = "Russian/ADJ/2/amod troops/NOUN/3/nsubj left/VERB/0/root +./PUNCT/3/punct"
    built = parse(full, after, troops, names="PER Ada Russian")
    found = find_mentions(*built, entities)
    assert [one.name for one in found if built[0].text[one.start : one.end] == "Russian"] == ["Ada Russian"]
    assert shown(entities, built)["Russian troops"] == [("", "RUS", ("MIL",))]
