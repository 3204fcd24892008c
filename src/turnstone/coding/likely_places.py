"""Where an event likely was of which no clause tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from turnstone.coding.clauses import Clauses
from turnstone.coding.counsel import Counsel, StatePlace
from turnstone.coding.layout import Layout
from turnstone.coding.likely_place_words import LikelyPlaceWords
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.places_of_report import PlacesOfReport
from turnstone.coding.states_of_those import states_of_those
from turnstone.records import Analysis, Article, Event, Place


def words_of(
    article: Article, analysis: Analysis, nouns: NounPhrases, clauses: Clauses, layout: Layout,
    named: Sequence[Place], events: Sequence[Event], counsel: Counsel,
) -> LikelyPlaceWords:  # fmt: skip
    """What is asked of the events of a report and of the places that it names or that those who take part tell."""
    states, filed = states_of_those(events, named, counsel.state), counsel.filed(article.text)
    places = PlacesOfReport(article.text, analysis.tokens, layout, named, states, filed)
    return LikelyPlaceWords(article, analysis, nouns, clauses, layout, places, counsel.places, events)


def at_likely_places(
    events: Sequence[Event], words: LikelyPlaceWords, counsel: Counsel, least: float
) -> Iterator[Event]:
    """The events of a report in their order, each without a place with the likeliest that the report tells, at its
    mention nearest to the event; or with a state, where its places are only likely enough together.

    `words` are asked of these events; `least` is the probability that a place needs, and that a state needs.
    """
    for event in events:
        places, features = words.features(event) if event.place is None else ([], [])
        known = list(zip(places, counsel.likely_places(features), strict=True)) if places else []
        place = _likeliest(known, least) or _state_of_likeliest(known, counsel.state, least)
        # a state of former times may be where it was, and is on no map
        yield event if place is None or place.latitude is None else replace(event, place=place)


def _likeliest(known: Sequence[tuple[Place, float]], least: float) -> Place | None:
    place, share = max(known, key=lambda one: one[1], default=(None, 0.0))
    return place if share > least else None


def _state_of_likeliest(known: Sequence[tuple[Place, float]], state: StatePlace, least: float) -> Place | None:
    """The state whose places are likely enough together, told by the likeliest of them."""
    together: dict[str, float] = {}
    for place, share in known:
        together[place.country] = together.get(place.country, 0.0) + share
    together.pop("", None)
    country = max(together, key=together.__getitem__, default="")
    if together.get(country, 0.0) <= least:
        return None
    told, _ = max((one for one in known if one[0].country == country), key=lambda one: one[1])
    return state(told.start, told.end, country)
