"""Fighters of a known armed group, who are the group, and those who are only somebody of it."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import Shown, shown
from turnstone.knowledge.entities import Entities
from turnstone.resolution.mentions import find_mentions

HENTZAU: Shown = ("hentzau", "SYR", ("REB",))
RUPERT: Shown = ("rupert-front", "FRA", ("REB", "PTY"))
SOMEBODY: Shown = ("", "SYR", ("REB",))
BEFORE = "Hentzau/PROPN/2/{relation} {noun}/NOUN/3/nsubj left/VERB/0/root"
AFTER = "Fighters/NOUN/4/nsubj {case}/ADP/3/case Hentzau/PROPN/1/nmod left/VERB/0/root"
CLOSE = "Fighters/NOUN/5/nsubj {word}/ADJ/1/amod to/ADP/4/case Hentzau/PROPN/2/obl left/VERB/0/root"


def first(entities: Entities, sentence: str, names: str = "") -> list[Shown]:
    """What the longest words that the sentence begins with stand for."""
    built = parse(sentence, names=names)
    found = {words: who for words, who in shown(entities, built).items() if built[0].text.startswith(words)}
    return found[max(found, key=len)]


@pytest.mark.parametrize("relation", ["compound", "amod", "nmod:desc", "nmod:unmarked"])
@pytest.mark.parametrize("noun", ["fighters", "rebels", "troops", "gunman", "members"])
def test_fighters_before_whom_a_group_is_named_are_the_group(entities: Entities, noun: str, relation: str) -> None:
    found = shown(entities, parse(BEFORE.format(noun=noun, relation=relation)))
    assert found[f"Hentzau {noun}"] == [HENTZAU]


def test_so_are_the_groups_own_fighters(entities: Entities) -> None:
    sentence = "Hentzau/PROPN/3/nmod:poss +'s/PART/1/case fighters/NOUN/4/nsubj left/VERB/0/root"
    assert shown(entities, parse(sentence))["Hentzau's fighters"] == [HENTZAU]


@pytest.mark.parametrize(("case", "expected"), [("of", HENTZAU), ("from", HENTZAU), ("near", ("", "", ("UAF",)))])
def test_so_are_fighters_of_or_from_it_and_not_near_it(entities: Entities, case: str, expected: Shown) -> None:
    assert first(entities, AFTER.format(case=case)) == [expected]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("loyal", HENTZAU),
        ("faithful", HENTZAU),
        ("belonging", HENTZAU),
        ("allied", ("", "SYR", ("UAF",))),
        ("close", ("", "SYR", ("UAF",))),
    ],
)
def test_who_is_loyal_to_a_group_is_it_and_who_is_allied_to_it_is_not(
    entities: Entities, word: str, expected: Shown
) -> None:
    assert first(entities, CLOSE.format(word=word)) == [expected]


def test_a_group_of_several_words_is_the_one_named(entities: Entities) -> None:
    sentence = "Rupert/PROPN/2/compound Front/PROPN/3/compound fighters/NOUN/4/nsubj left/VERB/0/root"
    found = shown(entities, parse(sentence, names="ORG Rupert Front"))
    assert found["Rupert Front fighters"] == found["Rupert Front"] == [RUPERT]


@pytest.mark.parametrize("noun", ["commander", "member"])
def test_a_commander_or_member_is_somebody_of_the_group_with_its_sectors(entities: Entities, noun: str) -> None:
    assert first(entities, BEFORE.format(noun=noun, relation="compound")) == [SOMEBODY]
    front = f"Rupert/PROPN/2/compound Front/PROPN/3/compound {noun}/NOUN/4/nsubj left/VERB/0/root"
    assert first(entities, front, "ORG Rupert Front") == [("", *RUPERT[1:])]


def test_a_fighter_with_a_name_is_somebody_of_the_group_with_its_sectors(entities: Entities) -> None:
    built = parse(
        "Hentzau/PROPN/2/compound fighter/NOUN/3/nmod:desc Ada/PROPN/5/nsubj Obi/PROPN/3/flat left/VERB/0/root",
        names="PER Ada Obi",
    )
    found = shown(entities, built)
    assert found["Ada Obi"] == found["Hentzau fighter Ada Obi"] == [SOMEBODY]
    assert {one.basis for one in find_mentions(*built, entities) if one.kind == "PER"} == {"'Hentzau' with 'fighter'"}


def test_authorities_of_rebels_are_no_states_unless_the_group_is_more_than_rebels(entities: Entities) -> None:
    assert first(entities, BEFORE.format(noun="police", relation="compound")) == [SOMEBODY]
    party = "Rupert/PROPN/2/compound Front/PROPN/3/compound police/NOUN/4/nsubj left/VERB/0/root"
    assert first(entities, party, "ORG Rupert Front") == [("", "FRA", ("COP",))]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Anti/ADJ/4/amod +-/PUNCT/3/punct +Hentzau/PROPN/4/compound fighters/NOUN/5/nsubj left/VERB/0/root", ""),
        (
            "Hentzau/PROPN/4/compound +-/PUNCT/3/punct +linked/VERB/4/amod fighters/NOUN/5/nsubj left/VERB/0/root",
            "",
        ),
        ("Former/ADJ/3/amod Hentzau/PROPN/3/compound fighters/NOUN/4/nsubj left/VERB/0/root", ""),
        ("Gazprom/PROPN/2/compound fighters/NOUN/3/nsubj left/VERB/0/root", "ORG Gazprom"),
        ("UN/PROPN/2/compound troops/NOUN/3/nsubj left/VERB/0/root", "ORG UN"),
        ("Zzyxx/PROPN/2/compound fighters/NOUN/3/nsubj left/VERB/0/root", "ORG Zzyxx"),
        ("Hentzau/PROPN/2/compound migrants/NOUN/3/nsubj left/VERB/0/root", ""),
    ],
)
def test_others_are_no_group_and_no_rebels(entities: Entities, sentence: str, names: str) -> None:
    ((entity, _, sectors),) = first(entities, sentence, names)
    assert entity == "" and "REB" not in sectors


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("fighters", [HENTZAU, RUPERT]), ("fighter", [("", "SYR", ("UAF",)), ("", "FRA", ("UAF",))])],
)
def test_several_are_of_both_groups_and_one_is_neither(entities: Entities, noun: str, expected: list[Shown]) -> None:
    sentence = (
        f"Hentzau/PROPN/5/compound and/CCONJ/4/cc Rupert/PROPN/4/compound Front/PROPN/1/conj {noun}/NOUN/6/nsubj "
        "left/VERB/0/root"
    )
    assert first(entities, sentence, "ORG Rupert Front") == expected


@pytest.mark.parametrize(
    ("one", "other"), [("Russian/ADJ/4/amod", "Hentzau/PROPN"), ("Hentzau/PROPN/4/compound", "Russian/ADJ")]
)
def test_beside_a_state_nobody_is_made_a_rebel(entities: Entities, one: str, other: str) -> None:
    joined = f"{one} and/CCONJ/3/cc {other}/1/conj police/NOUN/5/nsubj left/VERB/0/root"
    assert sorted(first(entities, joined)) == [("", "RUS", ("COP",)), ("", "SYR", ("COP",))]
