"""The packaged model."""

from __future__ import annotations

import pytest

from turnstone.analysis.model import Model
from turnstone.records import WHOLE_ARTICLE


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


def test_whole_articles_have_an_event_model_of_their_own(model: Model) -> None:
    short, whole = model.event_model(WHOLE_ARTICLE - 1), model.event_model(WHOLE_ARTICLE)
    assert short is model.event_model(1) and whole is model.event_model(10 * WHOLE_ARTICLE) and short is not whole
