"""Whom an answer is given to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import parse
from tests.coding.test_repetitions import event
from turnstone.coding.clauses import Clauses
from turnstone.coding.replies import with_answered
from turnstone.records import Analysis, Article, Event, Participant, Span

OBI, SAPT, HENTZAU = (Participant(0, 1, name, name) for name in ("Obi", "Sapt", "Hentzau"))
BLAMES = "Obi/PROPN/2/nsubj blames/VERB/0/root Zenda/PROPN/2/obj +./PUNCT/2/punct"
RAINS = "It/PRON/2/nsubj rained/VERB/0/root +./PUNCT/2/punct"


def told(made: tuple[Article, Analysis], word: str, kind: str, *actors: Participant) -> Event:
    at = made[0].text.index(word)
    quiet = {"event_type": kind, "quad": 3, "actors": actors, "recipients": ()}
    return replace(event("Strikes"), trigger=Span(at, at + len(word)), **quiet)  # type: ignore[arg-type]


def answered(answer: str, kind: str = "REJECT", by: Participant = SAPT, first: str = "ACCUSE", between: int = 0) -> str:
    """To whom Sapt answers, after Obi has blamed somebody."""
    made = parse(BLAMES, *[RAINS] * between, answer)
    word = next(item.split("/")[0] for item in answer.split() if item.endswith("root"))
    said, reply = told(made, "blames", first, OBI), told(made, word, kind, by)
    found = with_answered([said, reply], made[1], Clauses(made[1].tokens))
    assert found[0] == said
    return "".join(one.name for one in found[1].recipients)


CHARGE = "Sapt/PROPN/2/nsubj dismissed/VERB/0/root the/DET/4/det charge/NOUN/2/obj"
PLAN = "Sapt/PROPN/2/nsubj dismissed/VERB/0/root the/DET/4/det plan/NOUN/2/obj"
ACCEPT = "Sapt/PROPN/2/nsubj accept/VERB/0/root at/ADP/4/case once/ADV/2/obl"
DECLINE = "Sapt/PROPN/2/nsubj decline/VERB/0/root to/PART/4/mark come/VERB/2/xcomp"


def test_who_made_a_charge_is_answered() -> None:
    assert answered(CHARGE) == answered(CHARGE, between=1) == "Obi"


def test_who_made_an_offer_is_answered_without_naming_it() -> None:
    assert answered(ACCEPT, "AGREE", first="AGREE") == "Obi"


@pytest.mark.parametrize(
    ("answer", "other"),
    [
        (CHARGE, {"first": "REQUEST"}),  # a call is no charge
        (CHARGE, {"by": OBI}),
        (CHARGE, {"between": 2}),
        (CHARGE, {"kind": "ACCUSE"}),
        (PLAN, {}),
        (DECLINE, {"first": "AGREE"}),
    ],
)
def test_others_are_left_open(answer: str, other: dict[str, object]) -> None:
    assert answered(answer, **other) == ""  # type: ignore[arg-type]


def test_whom_the_words_name_stays() -> None:
    made = parse(BLAMES, CHARGE)
    reply = replace(told(made, "dismissed", "REJECT", SAPT), recipients=(HENTZAU,))
    found = with_answered([told(made, "blames", "ACCUSE", OBI), reply], made[1], Clauses(made[1].tokens))
    assert found[1].recipients == (HENTZAU,)
