"""The noun phrase around a word."""

from __future__ import annotations

from tests.builders import parse
from turnstone.coding.noun_phrases import NounPhrases


def test_a_phrase_has_what_names_somebody_and_not_what_is_told_of_him() -> None:
    article, analysis = parse(
        "for/ADP/6/case at/ADP/3/case least/ADJ/4/nmod ten/NUM/6/nummod young/ADJ/6/amod guards/NOUN/0/root "
        "of/ADP/9/case the/DET/9/det palace/NOUN/6/nmod burned/VERB/9/acl and/CCONJ/12/cc cooks/NOUN/6/conj"
    )
    found = NounPhrases(analysis.tokens).around(5)
    assert article.text[found.start : found.end] == "at least ten young guards of the palace"


def test_a_phrase_has_the_rest_of_a_name_and_no_place_behind_it() -> None:
    article, analysis = parse(
        "Queen/PROPN/2/compound Ada/PROPN/0/root Obi/PROPN/2/flat in/ADP/5/case Narva/PROPN/2/nmod"
    )
    found = NounPhrases(analysis.tokens).around(1)
    assert article.text[found.start : found.end] == "Queen Ada Obi"
