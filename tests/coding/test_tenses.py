"""The tense of an event's verb."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.tenses import tense_of


@pytest.mark.parametrize(
    ("verb", "lemma", "helps", "tense"),
    [
        ("raided", "raid", "", "past"),
        ("raided", "raid", "was/aux:pass", "past passive"),
        ("raided", "raid", "had/aux", "had"),
        ("raided", "raid", "has/aux", "has"),
        ("raid", "raid", "will/aux", "modal"),
        ("raid", "raid", "to/mark", "to"),
        ("raiding", "raid", "", "ing"),
        ("raids", "raid", "", "present"),
        ("raided", "raid", "is/aux:pass", "present"),
        ("raided", "raid", "'re/aux:pass", "present"),
        ("raid", "raid", "did/aux", "past"),
        ("raid", "raid", "'ll/aux", "modal"),
        ("raid", "raid", "wo/aux", "modal"),
        ("was", "be", "", "past"),
    ],
)
def test_what_stands_with_the_verb_tells_it(verb: str, lemma: str, helps: str, tense: str) -> None:
    first = f"{helps.split('/')[0]}/AUX/2/{helps.split('/')[1]}" if helps else "Rebels/NOUN/2/nsubj"
    article, analysis = parse(f"{first} {verb}/VERB/0/root raids/NOUN/2/obj")
    tokens = [t if k != 1 else type(t)(t.start, t.end, t.upos, lemma, t.head, t.relation)
              for k, t in enumerate(analysis.tokens)]  # fmt: skip
    below = NounPhrases(tokens).below
    assert tense_of(1, article.text, tokens, below) == tense
    assert tense_of(2, article.text, tokens, below) == f"noun {tense}"


def test_a_noun_by_itself_has_none() -> None:
    article, analysis = parse("Raid/NOUN/0/root")
    assert tense_of(0, article.text, analysis.tokens, NounPhrases(analysis.tokens).below) == "none"
