"""What grammar says of an event's status, beside the network's judgement."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.coding.status import status_of
from turnstone.records import Analysis, Proposal

CASES = [
    ("They/PRON/4/nsubj did/AUX/4/aux not/PART/4/advmod attack/VERB/0/root", 3, "happened", "negated"),
    ("They/PRON/3/nsubj will/AUX/3/aux meet/VERB/0/root", 2, "happened", "future"),
    ("If/SCONJ/3/mark they/PRON/3/nsubj attack/VERB/0/root", 2, "happened", "hypothetical"),
    ("They/PRON/2/nsubj attacked/VERB/0/root", 1, "happened", "happened"),
    ("They/PRON/2/nsubj deny/VERB/0/root they/PRON/4/nsubj attacked/VERB/2/ccomp", 3, "happened", "negated"),
    ("They/PRON/2/nsubj said/VERB/0/root they/PRON/4/nsubj attacked/VERB/2/ccomp", 3, "happened", "happened"),
    ("No/DET/2/det attack/NOUN/3/nsubj came/VERB/0/root", 1, "happened", "negated"),
    ("They/PRON/2/nsubj attacked/VERB/0/root", 1, "historical", "historical"),
]


@pytest.mark.parametrize(("sentence", "trigger", "learned", "expected"), CASES)
def test_status(sentence: str, trigger: int, learned: str, expected: str) -> None:
    article, analysis = parse(sentence)
    children: list[list[int]] = [[] for _ in analysis.tokens]
    for i, token in enumerate(analysis.tokens):
        if token.head >= 0:
            children[token.head].append(i)
    assert _status(article.text, analysis, trigger, learned, "ASSAULT", children) == expected


def test_a_promise_has_been_made() -> None:
    article, analysis = parse("They/PRON/3/nsubj will/AUX/3/aux help/VERB/0/root")
    assert _status(article.text, analysis, 2, "happened", "AGREE", [[], [], [0, 1]]) == "happened"


def _status(
    text: str, analysis: Analysis, trigger: int, learned: str, event_type: str, children: list[list[int]]
) -> str:
    proposal = Proposal(trigger, ((event_type, 0.9),), (), ((learned, 0.8),), (), (), ())
    return status_of(text, proposal, analysis.tokens, children)
