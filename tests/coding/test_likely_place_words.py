"""What is told of an event and a place of its report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tests.builders import parse
from turnstone.coding.clauses import Clauses
from turnstone.coding.layout import Layout
from turnstone.coding.likely_place_words import LikelyPlaceWords
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.places_of_report import PlacesOfReport
from turnstone.records import Event, Participant, Place, Span

SENTENCES = (
    "The/DET/2/det mayor/NOUN/6/nsubj:pass of/ADP/4/case Zenda/PROPN/2/nmod was/AUX/6/aux:pass shot/VERB/0/root "
    "in/ADP/8/case Ruritania/PROPN/6/obl",
    "Strelsau/PROPN/2/compound police/NOUN/3/nsubj arrested/VERB/0/root two/NUM/5/nummod men/NOUN/3/obj "
    "there/ADV/3/advmod",
    "He/PRON/2/nsubj died/VERB/0/root in/ADP/4/case Zenda/PROPN/2/obl",
)
ARTICLE, ANALYSIS = parse(*SENTENCES)
CLAUSES, LAYOUT = Clauses(ANALYSIS.tokens), Layout(ARTICLE.text, ANALYSIS)
MAYOR = Participant(0, 18, "The mayor of Zenda", "", "RUR", ("GOV",))
POLICE = Participant(ARTICLE.text.index("Strelsau"), ARTICLE.text.index(" arrested"), "police", "", "RUR", ("COP",))


def place(name: str, size: str, after: int = 0, country: str = "RUR") -> Place:
    at = ARTICLE.text.index(name, after)
    return Place(at, at + len(name), name, country, None, 1.0, 2.0, size)  # type: ignore[arg-type]


ZENDA, RURITANIA = place("Zenda", "city"), place("Ruritania", "country")
STRELSAU, AGAIN = place("Strelsau", "city"), place("Zenda", "city", 60)
PLACES = (ZENDA, RURITANIA, STRELSAU, AGAIN)


def event(word: str, event_type: str, quad: int, **values: object) -> Event:
    start = ARTICLE.text.index(word)
    made = Event(
        id=f"a:{start}", event_type=event_type, modes=(), contexts=(), quad=quad, score=-5.0, actors=(), recipients=(),
        status="happened", first_day=date(2023, 3, 21), last_day=date(2023, 3, 21), granularity="day", date_basis="",
        place=None, attribution=-1, trigger=Span(start, start + len(word)),
        evidence=LAYOUT.sentence_of(CLAUSES.word(start, start + 1) or 0), confidence=0.8,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


SHOT = event("shot", "ASSAULT", 4, recipients=(MAYOR,))
ARREST = event("arrested", "COERCE", 4, actors=(POLICE,))


def odds(features: Sequence[Iterable[str]]) -> list[float]:
    return [1.5] * len(features)


def words_of(places: Sequence[Place], states: Sequence[Place], filed: int, events: Sequence[Event]) -> LikelyPlaceWords:
    of_report = PlacesOfReport(ARTICLE.text, ANALYSIS.tokens, LAYOUT, places, states, filed)
    return LikelyPlaceWords(ARTICLE, ANALYSIS, NounPhrases(ANALYSIS.tokens), CLAUSES, LAYOUT, of_report, odds, events)


def asked(
    one: Event,
    *others: Event,
    places: Sequence[Place] = PLACES,
    states: Sequence[Place] = (),
    filed: int = 0,
) -> dict[str, set[str]]:
    """By the name of the place what is told of it."""
    events = sorted((one, *others), key=lambda event: event.trigger.start)
    words = words_of(places, states, filed, events)
    nearest, features = words.features(one)
    return {place.name: set(names) for place, names in zip(nearest, features, strict=True)}


def test_every_place_is_asked_once_by_its_mention_nearest_to_the_event() -> None:
    words = words_of(PLACES, (), 0, (SHOT, ARREST))
    assert words.features(SHOT)[0] == [ZENDA, RURITANIA, STRELSAU]
    assert words.features(ARREST)[0] == [ZENDA, RURITANIA, STRELSAU]  # the last before it
    died = event("died", "ASSAULT", 4)
    later = words_of(PLACES, (), 0, (died,))
    assert later.features(died)[0] == [AGAIN, RURITANIA, STRELSAU]


def test_where_the_place_is_told() -> None:
    told = asked(ARREST, SHOT)
    assert {"locus same", "locus same 4", "locus same city"} <= told["Strelsau"]
    assert {"locus before 1", "locus before 1 COERCE", "locus before 1 country 4"} <= told["Ruritania"]
    assert "locus after 1" in asked(SHOT)["Strelsau"]


def test_what_its_own_sentence_says_is_asked_of_that_sentence_alone() -> None:
    told = asked(ARREST)
    assert {"odds 1", "odds 1 4", "odds 1 city"} <= told["Strelsau"]
    assert any(name.startswith("sentence role A") for name in told["Strelsau"])
    assert not any(name.startswith(("odds", "sentence role")) for name in told["Zenda"])


def test_how_it_stands_to_those_who_take_part() -> None:
    told = asked(ARREST)
    assert {"role in actor COERCE", "in actor police", "in actor COP COERCE"} <= told["Strelsau"]
    assert {"modifies True city in actor 4"} <= told["Strelsau"] and "modifies False city none 4" in told["Zenda"]
    assert {"role none 4", "state True - 4"} <= told["Zenda"]
    whole = replace(POLICE, end=STRELSAU.end)
    assert "role is actor COERCE" in asked(replace(ARREST, actors=(whole,)))["Strelsau"]
    abroad = [replace(one, country="GRA") for one in PLACES]
    assert "state False - 4" in asked(ARREST, places=abroad)["Zenda"]
    assert "state nowhere 4" in asked(ARREST, places=[replace(ZENDA, country="")])["Zenda"]


def test_how_it_stands_among_the_places() -> None:
    told = asked(ARREST)
    assert {"many 3 before 1", "rank 0 before 1", "first True before 1"} <= told["Zenda"]
    assert {"rank 1 before 1", "smaller 2 True before 1 country"} <= told["Ruritania"]
    assert {"larger True same", "others 0 same"} <= told["Strelsau"]
    assert "filed True before 1 4" in asked(ARREST, filed=ZENDA.end)["Zenda"]


def test_where_the_events_beside_it_are() -> None:
    told = asked(ARREST, replace(SHOT, place=ZENDA))
    assert {"event before True 1", "event before True 1 COERCE ASSAULT", "event after none before 1"} <= told["Zenda"]
    assert {"event before False 1", "event before False True before 1"} <= told["Ruritania"]
    assert "events 1 before 1" in told["Zenda"] and "event before none same" in asked(ARREST, SHOT)["Strelsau"]


def test_what_it_is_told_of_and_how() -> None:
    told = asked(ARREST, SHOT)
    assert {"back there same", "sentence 1 same", "paragraph True same"} <= told["Strelsau"]
    assert {"over shot in False", "under ASSAULT COERCE before 1"} <= told["Ruritania"]


def test_nothing_is_asked_where_no_place_is_named() -> None:
    assert asked(SHOT, places=()) == {}


def test_the_state_of_those_who_take_part_is_asked_too() -> None:
    graustark = Place(POLICE.start, POLICE.end, "Graustark", "GRA", None, 1.0, 2.0, "country")
    arrest = replace(ARREST, actors=(replace(POLICE, country="GRA"),))
    told = asked(arrest, SHOT, states=(graustark,))
    assert {
        "locus same state",
        "role of actor COERCE",
        "of actor police",
        "of actor COP COERCE",
        "rank state same",
    } <= (told["Graustark"])
    assert {"state True - 4"} <= told["Graustark"] and not any(name.startswith("odds") for name in told["Graustark"])
    assert told["Zenda"] == asked(arrest, SHOT)["Zenda"]
    assert set(asked(arrest, places=(), states=(graustark,))) == {"Graustark"}


def test_how_it_stands_to_the_whole_report() -> None:
    told = asked(ARREST, SHOT)
    assert {"state rank 0 1 city", "lead True same", "scene state same"} <= told["Strelsau"]
    assert {"scene here before 1", "scene here country 4"} <= told["Ruritania"]
    assert "scene none city" in asked(SHOT, places=(ZENDA,))["Zenda"]
    abroad = replace(ZENDA, country="GRA")
    assert "scene else city" in asked(ARREST, places=(abroad, RURITANIA, STRELSAU))["Zenda"]
    assert "filed in its state True city" in asked(ARREST, filed=ZENDA.end)["Strelsau"]
    assert not any(name.startswith("filed in") for name in told["Strelsau"])


def test_whose_force_it_is_and_against_whom() -> None:
    told = asked(replace(ARREST, recipients=(MAYOR,)), SHOT)
    assert {"sectors COP GOV True True COERCE", "country RUR in actor COP 4", "country RUR city 4"} <= told["Strelsau"]
    assert "sectors COP - True - COERCE" in asked(ARREST)["Zenda"]


def test_a_state_is_shown_by_those_who_take_part_in_the_event_itself() -> None:
    of_mayor = Place(MAYOR.start, MAYOR.end, "Ruritania", "RUR", None, 1.0, 2.0, "country")
    of_police = replace(of_mayor, start=POLICE.start, end=POLICE.end)
    words = words_of((ZENDA,), (of_mayor, of_police), 0, (SHOT, ARREST))
    assert words.features(SHOT)[0] == [ZENDA, of_mayor]
    assert words.features(ARREST)[0] == [ZENDA, of_police]
    assert words.features(replace(ARREST, recipients=(MAYOR,)))[0] == [ZENDA, of_police]
