"""Words of one sentence that tell one act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.builders import parse
from turnstone.coding.clauses import Clauses
from turnstone.coding.one_act import one_act
from turnstone.records import Event, Participant, Span

REBELS, POLICE, DEAD = (Participant(0, 1, name) for name in ("rebels", "police", "five people"))


def event(text: str, word: str, **values: object) -> Event:
    start = text.index(word)
    made = Event(
        id=f"a:{start}", event_type="ASSAULT", modes=(), contexts=(), quad=4, score=-9.0, actors=(REBELS,),
        recipients=(POLICE,), status="happened", first_day=date(2021, 5, 3), last_day=date(2021, 5, 3),
        granularity="day", date_basis="", place=None, attribution=-1, trigger=Span(start, start + len(word)),
        evidence=Span(0, len(text)), confidence=0.6,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


def told(sentence: str, one: dict[str, object], other: dict[str, object]) -> list[tuple[str, list[str], list[str]]]:
    article, analysis = parse(sentence)
    text = article.text
    lemmas = {"carried": "carry", "killed": "kill"}
    tokens = [replace(token, lemma=lemmas.get(token.lemma, token.lemma)) for token in analysis.tokens]
    events = [event(text, **each) for each in (one, other)]  # type: ignore[arg-type]
    found = one_act(events, tokens, Clauses(tokens))
    return [
        (text[e.trigger.start : e.trigger.end], [p.name for p in e.actors], [p.name for p in e.recipients])
        for e in found
    ]


CARRIED = (
    "Rebels/NOUN/2/nsubj carried/VERB/0/root out/ADP/2/compound:prt attack/NOUN/2/obj on/ADP/6/case police/NOUN/4/nmod"
)
KILLED = "Five/NUM/2/nsubj:pass killed/VERB/0/root in/ADP/5/case an/DET/5/det attack/NOUN/2/obl"
AFTER = KILLED.replace("in/ADP", "after/ADP")


def test_a_light_verb_and_the_noun_of_its_act_are_one_with_the_roles_of_both() -> None:
    found = told(CARRIED, {"word": "carried", "recipients": ()}, {"word": "attack", "actors": (REBELS, POLICE)})
    assert found == [("attack", ["rebels", "police"], [])]


def test_a_full_verb_and_its_noun_are_not_one_without_more() -> None:
    found = told(CARRIED.replace("carried", "planned"), {"word": "planned"}, {"word": "attack"})
    assert [word for word, *_ in found] == ["planned", "attack"]


def test_who_is_killed_in_an_attack_is_told_by_the_attack() -> None:
    killed: dict[str, object] = {"word": "killed", "actors": (), "recipients": (DEAD,), "confidence": 0.9}
    attack: dict[str, object] = {"word": "attack", "recipients": (DEAD, POLICE)}
    assert told(KILLED, killed, attack) == [("attack", ["rebels"], ["five people", "police"])]


def test_what_is_done_after_another_act_is_a_second_one() -> None:
    killed: dict[str, object] = {"word": "killed", "recipients": (DEAD,)}
    attack: dict[str, object] = {"word": "attack", "recipients": (DEAD,)}
    assert len(told(AFTER, killed, attack)) == 2
    assert len(told(KILLED, killed, attack)) == 1


def test_acts_of_different_people_days_modes_or_types_stay_apart() -> None:
    others: tuple[dict[str, object], ...] = (
        {"actors": (POLICE,)},
        {"recipients": (DEAD,)},
        {"first_day": date(2020, 5, 3), "last_day": date(2020, 5, 3)},
        {"modes": ("aerial",)},
        {"event_type": "COERCE"},
        {"status": "future"},
    )
    for other in others:
        assert len(told(CARRIED, {"word": "carried", "modes": ("firearms",)}, {"word": "attack", **other})) == 2


def test_two_verbs_with_and_are_two_acts_and_two_nouns_of_one_are_one() -> None:
    pair = "Rebels/NOUN/2/nsubj shot/VERB/0/root and/CCONJ/4/cc killed/VERB/2/conj police/NOUN/4/obj"
    assert len(told(pair, {"word": "shot"}, {"word": "killed"})) == 2
    nouns = "A/DET/3/det shooting/NOUN/3/compound attack/NOUN/4/nsubj shook/VERB/0/root police/NOUN/4/obj"
    assert [word for word, *_ in told(nouns, {"word": "shooting"}, {"word": "attack"})] == ["attack"]


def test_acts_of_one_type_that_do_not_hang_together_stay_apart() -> None:
    two = "Rebels/NOUN/2/nsubj shot/VERB/0/root +;/PUNCT/2/punct others/NOUN/5/nsubj burned/VERB/2/parataxis"
    assert len(told(two, {"word": "shot"}, {"word": "burned"})) == 2
