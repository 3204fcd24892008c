"""What the table of days is said to be worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from corpus import GoldEvent, GoldReport
from tests.builders import parse
from tests.coding.proposed import COUNSEL, proposal
from tests.coding.test_likely_days import MONDAY, RAID
from train_event_days import Asked, asked, scores
from turnstone.records import Article, Coded, DateMention, Record, Resolved, Span
from turnstone.settings import Settings


def test_a_day_is_given_above_the_bar_and_that_of_publication_below_it() -> None:
    table = np.array([32, -32, 4], np.int8)  # two, less two and a quarter, in sixteenths
    sure, unsure = [np.array([0]), np.array([1])], [np.array([2]), np.array([1])]
    held = [
        Asked(sure, 0, of_today=False),
        Asked(sure, 1, of_today=True),
        Asked(unsure, 0, of_today=False),
        Asked(sure, -1, of_today=False),
    ]
    found = scores(table, held)
    assert found[0.6] == {"told": 3, "right": 1, "mended": 1, "spoilt": 1, "untold": 1, "given": 1}
    assert found[0.4]["right"] == found[0.4]["mended"] == 2


class Coder:
    """Gives a report as it is told; no day is likely."""

    settings, counsel = Settings(), COUNSEL

    def __init__(self, record: Record) -> None:
        self._record = record

    def code(self, article: Article) -> Record:
        return self._record


@pytest.mark.parametrize(
    ("day", "right"),
    [("2023-03-20", [1]), ("2023-03-21", [0]), ("-", [-1]), ("2022", []), ("", [])],
)
def test_an_event_of_an_open_day_asks_for_the_right_one_or_none(day: str, right: list[int]) -> None:
    article, analysis = parse(MONDAY, RAID)
    at = article.text.index
    raid = replace(proposal("ASSAULT", trigger=4), actors=(Span(at("Rebels"), at("Rebels") + 6),), recipients=())
    dates = (DateMention(at("Monday"), at("Monday") + 6, date(2023, 3, 20), date(2023, 3, 20), "day", ""),)
    record = Record(article, replace(analysis, proposals=(raid,)), Resolved((), dates, ()), Coded((), (), ()))
    trigger = (at("raided"), at("raided") + 6)
    gold = GoldEvent(trigger, "ASSAULT", (), "happened", (), (), None, None, None, ())
    report = GoldReport(article.id, article.published.isoformat(), "", article.text, (gold,))
    found = list(asked(Coder(record), report, {trigger[0]: (day, "-")}))  # type: ignore[arg-type]
    assert [one.right for one in found] == right
    assert list(asked(Coder(record), replace(report, events=()), {})) == []  # type: ignore[arg-type]
