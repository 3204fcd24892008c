"""Countries of those on whom a state's organs act."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.records import Kind, Mention, Proposal, Span
from turnstone.resolution.own_people import own_people
from turnstone.resolution.trees import Tree

HELD = "Nigerian/ADJ/2/amod police/NOUN/3/nsubj held/VERB/0/root {} masons/NOUN/3/obj"


def found(
    rows: str,
    words: str,
    event_type: str = "COERCE",
    sectors: tuple[str, ...] = ("COP",),
    kind: Kind = "ORG",
    known: tuple[str, ...] | None = None,
    turned: bool = False,
) -> list[str]:
    """The countries of the mentions of `words`, which Nigerian police hold, or who are against it where `turned`."""
    article, analysis = parse(HELD.format(rows))
    at = article.text.index(words)
    police, held = Span(0, 15), Span(at, at + len(words))
    given = [Mention(0, 15, kind, "", "Nigerian police", "NGA", sectors, "given")]
    given += [] if known is None else [Mention(held.start, held.end, "OTHER", "", words, "", known, "given")]
    sides = ((held,), (police,)) if turned else ((police,), (held,))
    proposal = Proposal(2, ((event_type, 0.9),), (), (("happened", 0.9),), (), *sides)
    told = own_people(Tree(article.text, analysis), (proposal,), given)
    return [one.country for one in told if (one.start, one.end) == (held.start, held.end)]


def test_whom_police_hold_are_of_its_state() -> None:
    assert found("three/NUM/5/nummod", "three masons") == ["NGA"]
    assert found("three/NUM/5/nummod", "three masons", known=("CVL",)) == ["NGA"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("foreign/ADJ/5/amod", "foreign masons"),
        ("crew/NOUN/5/compound", "crew masons"),
        ("his/PRON/5/nmod:poss", "his masons"),
    ],
)
def test_not_who_may_be_from_elsewhere(rows: str, words: str) -> None:
    assert found(rows, words) == []


@pytest.mark.parametrize("sectors", [("JRN",), ("REB",), ("MIL",)])
def test_reporters_and_fighters_may_be_anybodys(sectors: tuple[str, ...]) -> None:
    assert found("three/NUM/5/nummod", "three masons", known=sectors) == [""]


def test_what_armies_and_states_by_their_names_do_may_be_done_to_others() -> None:
    assert found("three/NUM/5/nummod", "three masons", sectors=("MIL",)) == []
    assert found("three/NUM/5/nummod", "three masons", kind="GPE", sectors=("GOV",)) == []


def test_a_government_restricts_its_own_but_accuses_anybody() -> None:
    assert found("three/NUM/5/nummod", "three masons", sectors=("GOV",)) == ["NGA"]
    assert found("three/NUM/5/nummod", "three masons", sectors=("GOV",), event_type="ACCUSE") == []


def test_who_protests_against_police_is_of_its_state() -> None:
    assert found("three/NUM/5/nummod", "three masons", event_type="PROTEST", turned=True) == ["NGA"]
    assert found("three/NUM/5/nummod", "three masons", event_type="CONSULT", turned=True) == []
