"""The dead and hurt whom the words around an attack tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import parse
from turnstone.coding.casualties import with_casualties
from turnstone.records import Proposal, Span


def harmed(sentence: str, trigger: int, kind: str = "ASSAULT", known: str = "", after: str = "") -> list[str]:
    article, analysis = parse(sentence, *((after,) if after else ()))
    at = article.text.index(known)
    recipients = (Span(at, at + len(known)),) if known else ()
    proposal = Proposal(trigger, ((kind, 0.9),), (), (("happened", 0.9),), (), (), recipients)
    (found,) = with_casualties(replace(analysis, proposals=(proposal,)), 0.4).proposals
    return [article.text[one.start : one.end] for one in found.recipients]


KILLED_IN = (
    "Two/NUM/2/nummod guards/NOUN/4/nsubj:pass were/AUX/4/aux:pass kill/VERB/0/root and/CCONJ/8/cc six/NUM/7/nummod "
    "others/NOUN/8/nsubj:pass wound/VERB/4/conj in/ADP/11/case a/DET/11/det {word}/NOUN/{head}/obl"
)


def test_who_is_killed_and_who_is_hurt_in_an_attack() -> None:
    assert harmed(KILLED_IN.format(word="raid", head=4), 10, known="Two guards") == ["Two guards", "six others"]
    assert harmed(KILLED_IN.format(word="raid", head=8), 10, known="six others") == ["six others", "Two guards"]


def test_whom_fighting_kills_is_told_by_its_sides() -> None:
    assert harmed(KILLED_IN.format(word="clash", head=4), 10) == []


def test_what_is_no_attack_harms_nobody() -> None:
    assert harmed(KILLED_IN.format(word="protest", head=4), 10, kind="PROTEST") == []


STORMED = (
    "Rebels/NOUN/2/nsubj storm/VERB/0/root a/DET/4/det post/NOUN/2/obj +,/PUNCT/6/punct {verb}/VERB/2/advcl "
    "{which}/{kind}/8/{relation} officers/NOUN/6/obj"
)


@pytest.mark.parametrize(
    ("verb", "which", "kind", "relation", "found"),
    [
        ("kill", "ten", "NUM", "nummod", ["ten officers"]),
        ("kill", "no", "DET", "det", []),
        ("release", "ten", "NUM", "nummod", []),
    ],
)
def test_a_participle_tells_the_harm_of_its_verb(
    verb: str, which: str, kind: str, relation: str, found: list[str]
) -> None:
    assert harmed(STORMED.format(verb=verb, which=which, kind=kind, relation=relation), 1) == found


def test_what_an_attack_kills_and_leaves_hurt() -> None:
    left = "A/DET/2/det bomb/NOUN/3/nsubj leave/VERB/0/root ten/NUM/5/nummod men/NOUN/3/obj dead/ADJ/3/xcomp"
    assert harmed(left, 1) == ["ten men"]
    moved = "A/DET/2/det bomb/NOUN/3/nsubj leave/VERB/0/root ten/NUM/5/nummod men/NOUN/3/obj homeless/ADJ/3/xcomp"
    assert harmed(moved, 1) == []


def test_who_dies_when_somebody_attacks() -> None:
    shelled = (
        "Nine/NUM/2/nummod men/NOUN/4/nsubj:pass are/AUX/4/aux:pass kill/VERB/0/root when/SCONJ/7/mark "
        "rebels/NOUN/7/nsubj shell/VERB/4/advcl a/DET/9/det port/NOUN/7/obj"
    )
    assert harmed(shelled, 6) == ["Nine men"]


def test_who_kills_harms_nobody_by_being_attacked() -> None:
    killing = (
        "Nine/NUM/2/nummod men/NOUN/3/nsubj kill/VERB/0/root two/NUM/5/nummod guards/NOUN/3/obj "
        "during/ADP/8/case a/DET/8/det raid/NOUN/3/obl"
    )
    assert harmed(killing, 7) == []


def test_what_with_adds_is_harm_of_the_same_attack() -> None:
    sentence = (
        "Two/NUM/2/nummod guards/NOUN/4/nsubj:pass were/AUX/4/aux:pass kill/VERB/0/root in/ADP/7/case a/DET/7/det "
        "raid/NOUN/4/obl with/SCONJ/11/mark six/NUM/10/nummod others/NOUN/11/nsubj {verb}/VERB/{head}/advcl"
    )
    assert harmed(sentence.format(verb="hurt", head=4), 6, known="Two guards") == ["Two guards", "six others"]
    assert harmed(sentence.format(verb="miss", head=4), 6, known="Two guards") == ["Two guards"]


def test_who_is_only_counted_as_wounded_is_hurt() -> None:
    sentence = (
        "Two/NUM/2/nummod guards/NOUN/4/nsubj:pass were/AUX/4/aux:pass kill/VERB/0/root and/CCONJ/7/cc "
        "six/NUM/7/nummod wounded/ADJ/4/conj in/ADP/10/case a/DET/10/det raid/NOUN/4/obl"
    )
    assert harmed(sentence, 9, known="Two guards") == ["Two guards", "six wounded"]


@pytest.mark.parametrize(("verb", "found"), [("kill", ["ten guards"]), ("anger", [])])
def test_an_attack_that_killed_tells_whom(verb: str, found: list[str]) -> None:
    sentence = (
        "A/DET/2/det raid/NOUN/7/nsubj that/PRON/4/nsubj {verb}/VERB/2/acl:relcl ten/NUM/6/nummod guards/NOUN/4/obj "
        "end/VERB/0/root"
    )
    assert harmed(sentence.format(verb=verb), 1) == found


STORMED_A_POST = "Rebels/NOUN/2/nsubj storm/VERB/0/root a/DET/4/det post/NOUN/2/obj"


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("Ten/NUM/2/nummod guards/NOUN/4/nsubj:pass were/AUX/4/aux:pass kill/VERB/0/root", ["Ten guards"]),
        ("The/DET/2/det raid/NOUN/3/nsubj kill/VERB/0/root ten/NUM/5/nummod guards/NOUN/3/obj", ["ten guards"]),
        ("A/DET/2/det raid/NOUN/3/nsubj kill/VERB/0/root ten/NUM/5/nummod guards/NOUN/3/obj", []),
        ("Floods/NOUN/2/nsubj kill/VERB/0/root ten/NUM/4/nummod guards/NOUN/2/obj", []),
        (
            "Ten/NUM/2/nummod guards/NOUN/4/nsubj:pass were/AUX/4/aux:pass kill/VERB/0/root in/ADP/6/case "
            "Orla/PROPN/4/obl",
            [],
        ),
        (
            "Ten/NUM/2/nummod guards/NOUN/5/nsubj:pass have/AUX/5/aux been/AUX/5/aux:pass kill/VERB/0/root",
            [],
        ),
    ],
)
def test_the_sentence_after_an_attack_tells_its_harm_where_it_tells_nothing_else(after: str, found: list[str]) -> None:
    assert harmed(STORMED_A_POST, 1, after=after) == found


def test_what_becomes_an_event_is_told_for_itself() -> None:
    _, analysis = parse(STORMED_A_POST, "Ten/NUM/2/nummod guards/NOUN/3/nsubj:pass kill/VERB/0/root")
    storm, post, kill = (
        Proposal(trigger, (("ASSAULT", p),), (), (("happened", 0.9),), (), (), ())
        for trigger, p in ((1, 0.9), (3, 0.5), (6, 0.5))
    )
    for other in (post, kill):  # beside the attack, in the sentence after
        proposals = (storm, other)
        for least, number in ((0.5, 0), (0.51, 1)):
            attack, _ = with_casualties(replace(analysis, proposals=proposals), least).proposals
            assert len(attack.recipients) == number
