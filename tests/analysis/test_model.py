"""The packaged model."""

from __future__ import annotations

import pytest

from turnstone.analysis.hashed import STEP
from turnstone.analysis.model import Model
from turnstone.records import WHOLE_ARTICLE


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


def test_whole_articles_have_an_event_model_of_their_own(model: Model) -> None:
    short, whole = model.event_model(WHOLE_ARTICLE - 1), model.event_model(WHOLE_ARTICLE)
    assert short is model.event_model(1) and whole is model.event_model(10 * WHOLE_ARTICLE) and short is not whole


def test_places_are_asked_by_the_names_of_features(model: Model) -> None:
    assert model.event_places([]).shape == (0,)
    one, other = ("quad 4", "kind ASSAULT in"), ("apart",)
    both = model.event_places([one, other])
    assert list(both) == [model.event_places([names])[0] for names in (one, other)]
    assert model.event_places([("quad 4", "quad 4")])[0] == model.event_places([("quad 4",)])[0]
    assert all(odds % STEP == 0 for odds in both)


def test_states_are_asked_in_the_same_way(model: Model) -> None:
    assert model.states([]) == model.event_days([]) == model.likely_places([]) == []
    assert model.states([("scene in", "share 4 1")]) == model.states([("share 4 1", "scene in")])
    assert model.states([()]) == model.event_days([()]) == model.retellings([()]) == model.likely_places([()]) == [0.5]


def test_who_takes_part_is_asked_again_in_short_reports_alone(model: Model) -> None:
    assert model.event_model(1).looks_again and not model.event_model(WHOLE_ARTICLE).looks_again
