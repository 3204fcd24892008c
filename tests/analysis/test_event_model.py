"""What the packaged event models say, in shape."""

from __future__ import annotations

import numpy as np
import pytest

from turnstone.analysis.context_words import ROWS
from turnstone.analysis.event_model import SHORT, WHOLE, EventModel
from turnstone.analysis.hashed import STEP
from turnstone.analysis.model_files import PACKAGED, read_files


@pytest.fixture(scope="module", params=[SHORT, WHOLE])
def model(request: pytest.FixtureRequest) -> EventModel:
    return EventModel(read_files()[0], request.param, (2.0, -1.0))


def test_a_table_gives_log_probabilities_of_types_with_none_and_of_statuses(model: EventModel) -> None:
    types, statuses = model.event_words([np.array([3, 70_000]), np.array([0])])
    assert types.shape == (2, 17) and statuses.shape == (2, 5)
    assert np.allclose(np.exp(types).sum(1), 1, atol=1e-5) and np.allclose(np.exp(statuses).sum(1), 1, atol=1e-5)


def test_a_phrase_cannot_both_act_and_receive_for_sure_by_the_table_of_roles(model: EventModel) -> None:
    p = 1 / (1 + np.exp(-model.role_words([np.array([k, k + 1]) for k in range(0, 2000, 40)])))
    assert p.shape == (50, 2) and (p.sum(1) <= 1 + 1e-3).all() and (p > 0).all()


def test_a_table_gives_log_odds_of_each_context(model: EventModel) -> None:
    one, other = (model.context_words(np.array([k])) for k in (17, 4096))
    table = np.load(PACKAGED / "context_words.npy")
    assert np.array_equal(one, table[17] * np.float32(STEP)) and table.shape == (ROWS, 37)
    assert one.shape == (37,) and np.allclose(model.context_words(np.array([17, 4096])), one + other)
    assert not model.context_words(np.array([], np.int64)).any()


def test_confidence_is_a_fitted_logit(model: EventModel) -> None:
    assert model.confidence(np.array([0.5, 0.9])).tolist() == pytest.approx([0.269, 0.968], abs=1e-3)
