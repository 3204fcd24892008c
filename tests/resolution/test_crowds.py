"""People who are only counted."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Thousands/NOUN/2/nsubj marched/VERB/0/root", "Thousands"),
        ("Bombs/NOUN/2/nsubj kill/VERB/0/root 22/NUM/2/obj", "22"),
        ("Bombs/NOUN/2/nsubj wound/VERB/0/root six/NUM/4/nummod others/NOUN/2/obj", "six others"),
        ("Bombs/NOUN/2/nsubj hurt/VERB/0/root two/NUM/4/nummod cats/NOUN/2/obj and/CCONJ/6/cc 9/NUM/4/conj", "9"),
        (
            "Bombs/NOUN/2/nsubj wound/VERB/0/root six/NUM/4/nummod others/NOUN/2/obj in/ADP/6/case Orla/PROPN/4/nmod",
            "six others",
        ),
        ("It/PRON/2/nsubj cost/VERB/0/root thousands/NOUN/2/obj", None),
        ("Thousands/NOUN/4/nsubj of/ADP/3/case books/NOUN/1/nmod burned/VERB/0/root", None),
        ("Others/NOUN/2/nsubj agreed/VERB/0/root", None),
        ("It/PRON/2/nsubj sold/VERB/0/root 22/NUM/2/obj", None),
    ],
)
def test_numbers_that_are_people(entities: Entities, sentence: str, words: str | None) -> None:
    found = {each: values for each, values in shown(entities, parse(sentence)).items() if values[0][2] == ("CVL",)}
    assert found == ({} if words is None else {words: [("", "", ("CVL",))]})
