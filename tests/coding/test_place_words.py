"""What is told of an event and a place of its sentence."""

from __future__ import annotations

from tests.builders import parse
from turnstone.coding.clauses import Clauses
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.place_words import Occurrence, PlaceWords
from turnstone.records import Participant, Place

SENTENCE = (
    "Rebels/NOUN/2/nsubj raided/VERB/0/root villages/NOUN/2/obj near/ADP/5/case Zenda/PROPN/3/nmod in/ADP/7/case "
    "Ruritania/PROPN/2/obl"
)


def place(text: str, word: str, resolution: str) -> Place:
    at = text.index(word)
    return Place(at, at + len(word), word, "RUR", None, 1.0, 2.0, resolution)  # type: ignore[arg-type]


def features(triggers: tuple[int, ...] = (1,), recipients: tuple[Participant, ...] = ()) -> dict[str, set[str]]:
    article, analysis = parse(SENTENCE)
    places = [place(article.text, "Zenda", "city"), place(article.text, "Ruritania", "country")]
    words = PlaceWords(article.text, analysis.tokens, NounPhrases(analysis.tokens).below, Clauses(analysis.tokens),
                       triggers, places)  # fmt: skip
    event = Occurrence(1, "ASSAULT", 4, "happened", (), recipients)
    found = words.features(event)
    return {one.name: set(names) for one, names in zip(words.places, found, strict=True)}


def test_the_preposition_and_the_path_between_are_told() -> None:
    found = features()
    assert {"kind ASSAULT near", "path nmod obj| near", "of villages near"} <= found["Zenda"]
    assert {"kind ASSAULT in", "path obl| in"} <= found["Ruritania"]


def test_so_is_whether_a_smaller_place_of_the_state_is_named() -> None:
    found = features()
    assert "smaller True country" in found["Ruritania"] and "smaller False city" in found["Zenda"]


def test_so_is_who_has_the_place_among_his_words() -> None:
    text = parse(SENTENCE)[0].text
    villages = Participant(text.index("villages"), text.index(" in"), "villages near Zenda")
    found = features(recipients=(villages,))
    assert "role R ASSAULT" in found["Zenda"] and "role  ASSAULT" in found["Ruritania"]


def test_so_is_another_event_on_the_way() -> None:
    assert "via another" in features(triggers=(1, 2))["Zenda"] and "via another" not in features()["Zenda"]
