"""Windows on their way from the network to decoding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from turnstone.analysis.analyse import READ_AHEAD, Window, _ahead
from turnstone.analysis.model import Model, WindowScores


class Scripted(Model):
    """A model whose tags are the scores."""

    def __init__(self) -> None:
        pass

    def name_tags(self, names: Sequence[np.ndarray]) -> list[list[int]]:
        return [one[:, 0].astype(int).tolist() for one in names]


def window(first: int) -> Window:
    """Two sentences of two words and one; the name scores of a word are its number in the article."""
    numbers = np.arange(first, first + 3, dtype=np.float32)[:, None]
    return [(first, first + 2), (first + 2, first + 3)], WindowScores(*[numbers] * 12)


@pytest.mark.parametrize("count", [0, 1, READ_AHEAD, 2 * READ_AHEAD + 3])
def test_every_sentence_has_its_own_tags(count: int) -> None:
    windows = [window(3 * k) for k in range(count)]
    given = list(_ahead(iter(windows), Scripted()))
    assert [(sentences, scores) for sentences, scores, _ in given] == windows
    assert [tags for _, _, tags in given] == [[[a, a + 1], [a + 2]] for a in range(0, 3 * count, 3)]
