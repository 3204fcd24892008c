"""The state spoken of."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities

LEFT = "He/PRON/2/nsubj left/VERB/0/root the/DET/4/det country/NOUN/2/obj"


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("Kenya/PROPN/2/nsubj voted/VERB/0/root", LEFT), "KEN"),
        (("Kenya/PROPN/2/nsubj met/VERB/0/root Syria/PROPN/2/obj", LEFT), ""),
        ((LEFT,), ""),
        (  # of two in the sentence the subject's, where no other state stands nearer
            (
                "Syrian/ADJ/2/amod troops/NOUN/3/nsubj left/VERB/0/root the/DET/5/det country/NOUN/3/obj"
                " for/ADP/7/case Kenya/PROPN/3/obl",
            ),
            "SYR",
        ),
        (
            (
                "Syria/PROPN/2/nsubj attacked/VERB/0/root Kenya/PROPN/2/obj and/CCONJ/5/cc took/VERB/2/conj"
                " the/DET/7/det country/NOUN/5/obj",
            ),
            "",
        ),
        (  # those in it are not of it
            (
                "American/ADJ/2/amod troops/NOUN/5/nsubj in/ADP/4/case the/DET/5/det country/NOUN/2/nmod"
                " rest/VERB/0/root",
            ),
            "",
        ),
        (  # not the one spoken of, but the one that follows
            ("Kenya/PROPN/2/nsubj left/VERB/0/root the/DET/4/det country/NOUN/2/obj of/ADP/6/case dreams/NOUN/4/nmod",),
            "",
        ),
    ],
)
def test_the_country(entities: Entities, sentences: tuple[str, ...], expected: str) -> None:
    found = shown(entities, parse(*sentences)).get("the country", [("", "", ())])
    assert [one[1] for one in found] == [expected]


def test_that_country_is_the_last_one_named(entities: Entities) -> None:
    sentence = (
        "Kenya/PROPN/2/nsubj watches/VERB/0/root Syria/PROPN/2/obj as/SCONJ/7/mark that/DET/6/det country/NOUN/7/nsubj "
        "arms/VERB/2/advcl"
    )
    assert shown(entities, parse(sentence))["that country"] == [("SYR", "SYR", ())]


def test_what_the_country_has_is_of_it(entities: Entities) -> None:
    second = "The/DET/2/det country/NOUN/4/nmod:poss +'s/PART/2/case government/NOUN/5/nsubj fell/VERB/0/root"
    found = shown(entities, parse("Kenya/PROPN/2/nsubj voted/VERB/0/root", second))
    assert found["The country's government"] == [("", "KEN", ("GOV",))]


def test_his_country(entities: Entities) -> None:
    sentence = "Putin/PROPN/2/nsubj praised/VERB/0/root his/PRON/4/nmod:poss country/NOUN/2/obj"
    assert shown(entities, parse(sentence, names="PER Putin"))["his country"] == [("RUS", "RUS", ())]
