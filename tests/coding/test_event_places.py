"""Where an event is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pytest

from tests.builders import parse
from turnstone.coding.clauses import Clauses
from turnstone.coding.event_places import EventPlaces
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.place_words import Occurrence
from turnstone.records import Place, Span

RAIDS = (
    "Rebels/NOUN/2/nsubj raided/VERB/0/root villages/NOUN/2/obj near/ADP/5/case Zenda/PROPN/3/nmod in/ADP/7/case "
    "Ruritania/PROPN/2/obl"
)
ARTICLE, ANALYSIS = parse(RAIDS, "Strelsau/PROPN/2/nsubj slept/VERB/0/root")
STATES = {"Zenda": "RUR", "Ruritania": "RUR", "Strelsau": "RUR"}
SIZES = {"Zenda": "city", "Ruritania": "country", "Strelsau": "city"}


def where(odds: dict[str, float], states: dict[str, str] | None = None, least: float = 0.5) -> str:
    """The place of the raid, where those in `odds` have them and the others none."""
    places = []
    for word, size in SIZES.items():
        at = ARTICLE.text.index(word)
        country = (states or STATES)[word]
        places.append(Place(at, at + len(word), word, country, None, 1.0, 2.0, size))  # type: ignore[arg-type]
    asked: list[Sequence[Iterable[str]]] = []

    def told(features: Sequence[Iterable[str]]) -> list[float]:
        asked.append(features)
        return [odds[word] for word in ("Zenda", "Ruritania")]

    words = EventPlaces(ARTICLE, ANALYSIS.tokens, NounPhrases(ANALYSIS.tokens), places, Clauses(ANALYSIS.tokens), (1,),
                        told, least)  # fmt: skip
    found = words.of(Occurrence(1, "ASSAULT", 4, "happened", (), ()), Span(0, ARTICLE.text.index("Strelsau") - 1))
    assert len(asked) == 1 and len(asked[0]) == 2  # of the places of its sentence alone
    return found.name if found else ""


@pytest.mark.parametrize(
    ("zenda", "ruritania", "meant"),
    [(2.0, -1.0, "Zenda"), (-1.0, 2.0, "Ruritania"), (1.0, 2.0, "Zenda"), (-1.0, -2.0, ""), (0.0, 0.0, "")],
)
def test_the_likeliest_is_meant_or_a_smaller_one_of_its_state(zenda: float, ruritania: float, meant: str) -> None:
    assert where({"Zenda": zenda, "Ruritania": ruritania}) == meant


def test_a_smaller_one_of_another_state_or_of_none_is_not() -> None:
    nowhere = STATES | {"Zenda": "", "Ruritania": ""}
    assert where({"Zenda": 1.0, "Ruritania": 2.0}, nowhere) == "Ruritania"
    assert where({"Zenda": 1.0, "Ruritania": 2.0}, STATES | {"Zenda": "GRA"}) == "Ruritania"


def test_a_place_needs_the_least_probability() -> None:
    odds = {"Zenda": math.log(4), "Ruritania": -1.0}
    assert where(odds, least=0.79) == "Zenda" and where(odds, least=0.81) == ""
    assert where(odds, least=0.0) == "Zenda" and where(odds, least=1.0) == ""
