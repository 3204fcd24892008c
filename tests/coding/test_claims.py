"""Who claims an attack acts in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import parse
from tests.coding.test_one_act import event
from turnstone.coding.claims import with_claimants
from turnstone.coding.clauses import Clauses
from turnstone.coding.participants import Cast
from turnstone.coding.role_phrases import RolePhrases
from turnstone.records import Mention, Participant

BOMB = "A/DET/2/det bomb/NOUN/3/nsubj killed/VERB/0/root three/NUM/3/obj +./PUNCT/3/punct"
CLAIM = "The/DET/2/det Lions/PROPN/3/nsubj claimed/VERB/0/root responsibility/NOUN/3/obj +./PUNCT/3/punct"
LATER = "It/PRON/2/nsubj rained/VERB/0/root +./PUNCT/2/punct"


def claimants(*sentences: str, **values: object) -> list[str]:
    article, analysis = parse(*sentences)
    tokens = tuple(replace(t, lemma={"claimed": "claim"}.get(t.lemma, t.lemma)) for t in analysis.tokens)
    start = article.text.find("The Lions")
    mentions = [Mention(start, start + 9, "ORG", "lions", "Lions", "")] if start >= 0 else []
    bomb = event(article.text, "bomb", **({"actors": ()} | values))
    cast = Cast(article.text, replace(analysis, tokens=tokens), mentions)
    clauses = Clauses(tokens)
    phrases = RolePhrases(article.text, analysis, mentions, (), clauses)
    shot = [event(article.text, "shot", actors=())] if "shot" in article.text else []
    found = with_claimants([*shot, bomb], replace(analysis, tokens=tokens), phrases, clauses, cast)
    assert all(not one.actors for one in found[:-1])
    return [p.name for p in found[-1].actors]


def test_who_claims_an_attack_acts_in_it() -> None:
    assert claimants(BOMB, CLAIM) == ["Lions"]
    assert claimants(BOMB, LATER, CLAIM) == ["Lions"]


@pytest.mark.parametrize(
    "claim",
    [
        CLAIM.replace("The/DET", "No/DET"),
        CLAIM.replace("responsibility", "victory"),
        "They/PRON/2/nsubj claimed/VERB/0/root responsibility/NOUN/2/obj",
        "The/DET/2/det Lions/PROPN/4/nsubj may/AUX/4/aux claim/VERB/0/root responsibility/NOUN/4/obj",
        CLAIM.replace("responsibility/NOUN/3/obj", "never/ADV/3/advmod responsibility/NOUN/3/obj"),
    ],
)
def test_nobody_acts_for_a_claim_that_is_none(claim: str) -> None:
    assert claimants(BOMB, claim) == []


def test_of_several_attacks_the_one_that_the_claim_names() -> None:
    shooting = "They/PRON/2/nsubj shot/VERB/0/root four/NUM/2/obj +./PUNCT/2/punct"
    claim = (
        "The/DET/2/det Lions/PROPN/3/nsubj claimed/VERB/0/root responsibility/NOUN/3/obj for/ADP/7/case the/DET/7/det "
    )
    assert claimants(shooting, claim + "bomb/NOUN/4/nmod") == ["Lions"]
    assert claimants(claim + "bomb/NOUN/4/nmod") == ["Lions"]


def test_far_from_the_attack_or_of_one_that_did_not_happen_it_says_nothing() -> None:
    assert claimants(BOMB, LATER, LATER, LATER, CLAIM) == []
    assert claimants(BOMB, CLAIM, status="negated") == []
    assert claimants(BOMB, CLAIM, event_type="COERCE") == []
    army = Participant(0, 1, "army", "", "TCD", ("MIL",))
    assert claimants(BOMB, CLAIM, actors=(army,)) == ["army"]


def test_a_claimant_who_is_known_to_act_is_not_named_twice() -> None:
    known = Participant(0, 1, "Lions", "lions")
    assert claimants(BOMB, CLAIM, actors=(known,)) == ["Lions"]
    assert claimants(BOMB, CLAIM, actors=(replace(known, entity_id="others", name="gunmen"),)) == ["gunmen", "Lions"]
