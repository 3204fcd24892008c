"""Names within names that a gazetteer may know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import parse
from turnstone.knowledge.entities import Entities
from turnstone.records import Mention, Place
from turnstone.resolution.mentions import find_mentions
from turnstone.resolution.toponyms import settle_toponyms

SPRINGFIELD = Place(0, 11, "Springfield", "USA", 1, 0.0, 0.0)


def settled(sentence: str, names: str, entities: Entities, *known: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """Kind and country of what stays, where the gazetteer knows the places."""
    article, analysis = parse(sentence, names=names)
    mentions = find_mentions(article, analysis, entities)
    wanted = {(one.start, one.end): article.text[one.start : one.end] for one in mentions if one.kind == "LOC"}
    places = [
        Place(start, end, words, dict(known)[words], 1, 0.0, 0.0)
        for (start, end), words in wanted.items()
        if words in dict(known)
    ]
    return {
        article.text[one.start : one.end]: (one.kind, one.country)
        for one in settle_toponyms(article.text, mentions, places)
    }


def test_before_the_title_of_who_governs_a_place(entities: Entities) -> None:
    sentence = (
        "New/ADJ/2/amod Avon/PROPN/3/compound Governor/NOUN/4/nmod:desc Ada/PROPN/6/nsubj Obi/PROPN/4/flat"
        " spoke/VERB/0/root"
    )
    both = settled(sentence, "PER Ada Obi", entities, ("Avon", "GBR"), ("New Avon", "USA"))
    assert (both.get("Avon"), both["New Avon"]) == (None, ("LOC", "USA"))
    one = settled(sentence, "PER Ada Obi", entities, ("Avon", "GBR"))
    assert (one["Avon"], one.get("New Avon")) == (("LOC", "GBR"), None)
    assert {"Avon", "New Avon"}.isdisjoint(settled(sentence, "PER Ada Obi", entities))


def test_a_body_that_is_a_place_before_a_title(entities: Entities) -> None:
    sentence = "Avon/PROPN/2/compound governor/NOUN/3/nmod:desc Ada/PROPN/4/nsubj spoke/VERB/0/root"
    assert settled(sentence, "ORG Avon; PER Ada", entities, ("Avon", "GBR"))["Avon"] == ("LOC", "GBR")


AVON_POLICE = "{0} Police/PROPN/3/nsubj met/VERB/0/root{1}"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Avon/PROPN/2/compound", "", ("LOC", "GBR")),
        ("Avon/PROPN/2/compound", " Kenya/PROPN/3/obj", None),  # the report is of another state
        ("National/PROPN/2/compound", "", None),
    ],
)
def test_first_words_of_a_local_body(
    entities: Entities, before: str, after: str, expected: tuple[str, str] | None
) -> None:
    word = before.split("/")[0]
    sentence = AVON_POLICE.format(before, after)
    found = settled(sentence, f"ORG {word} Police", entities, (word, "GBR"))
    assert found.get(word) == expected


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Springfield, Kenya", "KEN"),
        ("Springfield (Kenya)", "KEN"),
        ("Springfield. Kenya", "USA"),
        ("Springfield, Kenya and Ghana", "USA"),
    ],
)
def test_the_state_written_after_the_name_counts(text: str, country: str) -> None:
    town = Mention(0, 11, "LOC", "", "Springfield", "", (), "a name")
    start = text.index("Kenya")
    state = Mention(start, start + 5, "GPE", "KEN", "Kenya", "KEN", (), "name of a state")
    found = settle_toponyms(text, [town, state], [SPRINGFIELD])
    assert [one.country for one in found] == [country, "KEN"]


def test_a_territory_is_of_its_state() -> None:
    town = Mention(0, 11, "LOC", "", "Springfield", "", (), "a name")
    (found,) = settle_toponyms("Springfield", [town], [replace(SPRINGFIELD, country="PRI")])
    assert (found.country, found.basis) == ("USA", "a place in USA")
