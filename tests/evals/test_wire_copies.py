"""The edited wire copies: what is made of the corpus, and how it is counted."""

from __future__ import annotations

from collections import Counter
from datetime import date

import wire_copies
from wire_copies import Pair


def test_the_pairs_are_those_that_were_chosen() -> None:
    made = wire_copies.pairs()
    kinds = Counter((one.kind, one.copy) for one in made)
    assert sum(one.copy for one in made) == 500
    assert [kinds[str(grade), True] for grade in range(1, 6)] == [100] * 5
    assert {kind for kind, copy in kinds if not copy} == set(wire_copies.LOOKALIKES)
    assert made == wire_copies.pairs()
    assert all(one.texts[0] != one.texts[1] for one in made)


def test_copies_missed_and_made_up_are_counted() -> None:
    day = date(2023, 3, 1)
    text = "Dockers in Zenda went on strike on Monday because three of them had been dismissed without notice."
    other = "The chancellor of Graustark opened a bridge over the Hentz and promised two more before the winter."
    found = wire_copies.score(
        [
            Pair("1", True, (day, day), (text, text)),
            Pair("5", True, (day.replace(year=2001), day.replace(year=2001)), (text, other)),
            Pair("topic", False, (day.replace(year=2011), day.replace(year=2011)), (other, other)),
        ],
        "both",
        shown=False,
    )
    assert found == {"copies-recall": 50.0, "copies-precision": 50.0}
