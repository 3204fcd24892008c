"""What grammar says of an event's status, beside the network's judgement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import parse
from turnstone.coding.status import status_of, told_with
from turnstone.records import Analysis, Proposal

CASES = [
    ("They/PRON/4/nsubj did/AUX/4/aux not/PART/4/advmod attack/VERB/0/root", 3, "happened", "negated"),
    ("They/PRON/3/nsubj will/AUX/3/aux meet/VERB/0/root", 2, "happened", "future"),
    ("They/PRON/3/nsubj will/AUX/3/aux keep/VERB/0/root on/PART/5/mark meet/VERB/3/xcomp", 4, "happened", "future"),
    ("They/PRON/3/nsubj will/AUX/3/aux help/VERB/0/root to/PART/5/mark meet/VERB/3/xcomp", 4, "happened", "happened"),
    ("If/SCONJ/3/mark they/PRON/3/nsubj attack/VERB/0/root", 2, "happened", "hypothetical"),
    ("They/PRON/2/nsubj attacked/VERB/0/root", 1, "happened", "happened"),
    ("They/PRON/2/nsubj deny/VERB/0/root they/PRON/4/nsubj attacked/VERB/2/ccomp", 3, "happened", "negated"),
    ("They/PRON/2/nsubj said/VERB/0/root they/PRON/4/nsubj attacked/VERB/2/ccomp", 3, "happened", "happened"),
    ("No/DET/2/det attack/NOUN/3/nsubj came/VERB/0/root", 1, "happened", "negated"),
    ("They/PRON/2/nsubj attacked/VERB/0/root", 1, "historical", "historical"),
    ("They/PRON/3/nsubj had/AUX/3/aux attacked/VERB/0/root", 2, "happened", "historical"),
]


@pytest.mark.parametrize(("sentence", "trigger", "learned", "expected"), CASES)
def test_status(sentence: str, trigger: int, learned: str, expected: str) -> None:
    article, analysis = parse(sentence)
    assert _status(article.text, analysis, trigger, learned, "ASSAULT", _children(analysis)) == expected


def test_a_threat_has_been_made_and_help_is_to_come() -> None:
    article, analysis = parse("They/PRON/3/nsubj will/AUX/3/aux help/VERB/0/root")
    statuses = [
        _status(article.text, analysis, 2, "happened", name, [[], [], [0, 1]]) for name in ("THREATEN", "AGREE")
    ]
    assert statuses == ["happened", "future"]


def test_a_threat_is_made_whatever_it_threatens() -> None:
    article, analysis = parse("They/PRON/2/nsubj threaten/VERB/0/root war/NOUN/2/obj")
    assert _status(article.text, analysis, 1, "future", "THREATEN", _children(analysis)) == "happened"


def test_what_is_planned_is_to_come() -> None:
    for helper, expected in (("are/AUX/3/aux:pass", "future"), ("are/AUX/3/cop", "happened")):
        article, analysis = parse(f"Protests/NOUN/3/nsubj:pass {helper} planned/VERB/0/root")
        tokens = tuple(
            replace(t, lemma={"planned": "plan", "are": "be"}.get(t.lemma, t.lemma)) for t in analysis.tokens
        )
        planned = replace(analysis, tokens=tokens)
        assert _status(article.text, planned, 0, "happened", "PROTEST", _children(planned)) == expected


BOTH = "They/PRON/3/nsubj will/AUX/3/aux help/VERB/0/root Bo/PROPN/3/obj and/CCONJ/6/cc train/VERB/3/conj"
SHARED = [
    (BOTH, "AGREE", True),
    (BOTH, "ASSAULT", True),
    (BOTH, "THREATEN", False),
    (BOTH.replace("will", "may"), "AGREE", True),
    (BOTH.replace("will", "did"), "AGREE", False),
    (BOTH.replace("train/VERB/3/conj", "never/ADV/7/advmod train/VERB/3/conj"), "AGREE", False),
    (BOTH.replace("and/CCONJ", "but/CCONJ"), "AGREE", False),
    (BOTH.replace("train/VERB", "trained/VERB"), "AGREE", False),
    (BOTH.replace("train/VERB/3/conj", "we/PRON/7/nsubj train/VERB/3/conj"), "AGREE", False),
    (BOTH.replace("train/VERB/3/conj", "train/VERB/3/advcl"), "AGREE", False),
]


@pytest.mark.parametrize(("sentence", "event_type", "shares"), SHARED)
def test_verbs_with_and_under_one_auxiliary_share_its_status(sentence: str, event_type: str, shares: bool) -> None:
    article, analysis = parse(sentence)
    tokens = [replace(t, lemma="train") if t.lemma == "trained" else t for t in analysis.tokens]
    first = Proposal(2, (("AGREE", 0.9),), (), (("happened", 0.8),), (), (), ())
    second = Proposal(len(tokens) - 1, ((event_type, 0.9),), (), (("future", 0.8),), (), (), ())
    others = {p.trigger: p for p in (first, second)}
    judged = told_with(article.text, second, others, tokens, _children(analysis))
    assert judged is (first if shares else second)
    assert told_with(article.text, first, others, tokens, _children(analysis)) is first


def _children(analysis: Analysis) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in analysis.tokens]
    for i, token in enumerate(analysis.tokens):
        if token.head >= 0:
            children[token.head].append(i)
    return children


def _status(
    text: str, analysis: Analysis, trigger: int, learned: str, event_type: str, children: list[list[int]]
) -> str:
    proposal = Proposal(trigger, ((event_type, 0.9),), (), ((learned, 0.8),), (), (), ())
    return status_of(text, proposal, analysis.tokens, children)
