"""Who takes part in a long report that is mostly about one state."""

from __future__ import annotations

from itertools import count

import pytest

from tests.builders import parse
from turnstone.records import Mention, Proposal, Quotation, Span
from turnstone.resolution.main_state import of_the_main_state
from turnstone.resolution.trees import Tree

SHELLED = "{} shelled/VERB/0/root {} port/NOUN/2/obj"


def country_of(
    words: str,
    item: str,
    states: str,
    kind: str = "",
    known: str = "",
    beside: str = "the/DET/4/det",
    speaking: bool = False,
) -> tuple[str, str]:
    """The country of who shells the port, or is `speaking` only, and why. `states` are those that the article's other
    sentences speak of, a letter each; `beside` is the word before the port."""
    ruritania = " ".join(f"{letter}land/PROPN/0/root" for letter in states)
    article, analysis = parse(SHELLED.format(item, beside), ruritania)
    at = count(article.text.index(ruritania.split("/")[0]))
    given = []
    for letter in states:
        start = article.text.index(f"{letter}land", next(at))
        given.append(Mention(start, start + 5, "GPE", "", f"{letter}land", letter * 3))
    if "land" in beside:
        given.append(Mention(article.text.index("Oland"), article.text.index("Oland") + 5, "GPE", "", "Oland", "OOO"))
    actor = Span(0, len(words))
    if kind:
        given.append(Mention(0, len(words), kind, known, words, basis="found"))  # type: ignore[arg-type]
    proposal = Proposal(0, (("ASSAULT", 0.9),), (), (("happened", 0.9),), (), (actor,), ())
    says = Quotation((actor,), (), ())
    tree, part = Tree(article.text, analysis), ([], [says]) if speaking else ([proposal], [])
    found = of_the_main_state(tree, *part, given)
    return next(((one.country, one.basis) for one in found if one.end == len(words)), ("", ""))


REBELS = ("Rebels", "Rebels/NOUN/2/nsubj")


def test_people_without_a_name_are_of_the_state_that_the_article_is_mostly_about() -> None:
    assert country_of(*REBELS, "R" * 8 + "GGOO") == ("RRR", "not named; the article speaks mostly of RRR")


def test_so_are_those_who_speak() -> None:
    assert country_of(*REBELS, "R" * 12, speaking=True)[0] == "RRR"


def test_not_in_a_short_report_nor_in_one_about_several_states() -> None:
    assert country_of(*REBELS, "R" * 8 + "GGO")[0] == ""
    assert country_of(*REBELS, "R" * 5 + "GGGGOOO")[0] == ""


def test_not_where_the_sentence_speaks_of_another_state() -> None:
    assert country_of(*REBELS, "R" * 12, beside="Oland/PROPN/4/nmod:poss")[0] == ""


@pytest.mark.parametrize(
    ("words", "item", "country"),
    [
        ("They", "They/PRON/2/nsubj", "RRR"),
        ("We", "We/PRON/2/nsubj", ""),
        ("Diplomat", "Diplomat/NOUN/2/nsubj", ""),
        ("Muslims", "Muslims/PROPN/2/nsubj", ""),
    ],
)
def test_who_may_be_from_elsewhere_is_left_alone(words: str, item: str, country: str) -> None:
    assert country_of(words, item, "R" * 12)[0] == country


@pytest.mark.parametrize("kind", ["PER", "ORG"])
def test_people_and_bodies_by_name_need_a_larger_share(kind: str) -> None:
    name = ("Rassendyll", "Rassendyll/PROPN/2/nsubj")
    assert country_of(*name, "R" * 8 + "GGGO", kind=kind) == ("RRR", "found; the article speaks mostly of RRR")
    assert country_of(*name, "R" * 7 + "GGGGO", kind=kind)[0] == ""
    assert country_of(*name, "R" * 12, kind=kind, known="rassendyll")[0] == ""


def test_a_body_of_the_state_is_its_own_beside_another_that_is_named() -> None:
    court, oland = ("Court", "Court/NOUN/2/nsubj"), "Oland/PROPN/4/nmod:poss"
    assert country_of(*court, "R" * 12, beside=oland)[0] == "RRR"
    assert country_of(*court, "R" * 7 + "GGG", beside=oland)[0] == ""
    assert country_of(*REBELS, "R" * 12, beside=oland)[0] == ""


def test_a_name_written_small_may_be_known_to_be_of_elsewhere() -> None:
    assert country_of("Newsco", "Newsco/PROPN/2/nsubj", "R" * 12)[0] == "RRR"
    assert country_of("newsco", "newsco/PROPN/2/nsubj", "R" * 12)[0] == ""
