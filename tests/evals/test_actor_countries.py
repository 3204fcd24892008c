"""How the actors of coded items are counted against annotated ones; no model is loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import actor_countries
from actor_countries import GoldActor, GoldItem
from tests.store.samples import article, record
from turnstone.records import Mention, Record


def mention(start: int, end: int, country: str) -> Mention:
    return Mention(start, end, "OTHER", "", "x", country)


def test_of_several_mentions_that_hold_the_head_the_nearest_counts() -> None:
    actor = GoldActor(8, 20, "KEN")
    whole, longer, within = mention(4, 20, "KEN"), mention(0, 60, "GHA"), mention(8, 12, "FRA")
    assert actor_countries.best(actor, (14, 20), [longer, whole, within]) == [whole]


def test_without_one_that_holds_the_head_what_stands_within_counts() -> None:
    within, beside = mention(8, 12, "FRA"), mention(0, 12, "GHA")
    assert actor_countries.best(GoldActor(8, 20, "FRA"), (14, 20), [beside, within]) == [within]
    assert actor_countries.best(GoldActor(8, 20, "FRA"), (14, 20), [beside]) == []


@pytest.mark.parametrize(
    ("countries", "expected"),
    [((), "not found"), (("",), "no country"), (("GHA",), "wrong"), (("GHA", "KEN"), "right")],
)
def test_what_became_of_an_actor(countries: tuple[str, ...], expected: str) -> None:
    found = [mention(0, 5, country) for country in countries]
    assert actor_countries.outcome(GoldActor(0, 5, "KEN"), found) == expected


def test_an_item_is_counted_and_faults_are_told() -> None:
    whole = record(article("x"))
    known = mention(0, 5, "KEN")
    resolved = replace(whole.resolved, mentions=(known,))

    class Recorded:
        def code(self, _: object) -> Record:
            return replace(whole, resolved=resolved)

    actors = (GoldActor(known.start, known.end, known.country), GoldActor(known.start, known.end, "ATA"))
    pipeline: Any = Recorded()
    counts, wrong = actor_countries.score(pipeline, GoldItem(7, date(2023, 3, 21), whole.article.text, actors))
    assert counts == {"right": 1, "wrong": 1}
    assert len(wrong) == 1 and "item 7" in wrong[0] and "is ATA, wrong" in wrong[0]


def test_halves_share_the_items_of_each_year() -> None:
    items = [GoldItem(k, date(2004 + k % 3, 1, 1), "", ()) for k in range(31)]
    first, second = (actor_countries.half(items, which) for which in ("first", "second"))
    assert sorted(one.number for one in first + second) == list(range(31))
    per_year = Counter(one.published.year for one in first)
    assert all(abs(per_year[year] - 5) <= 1 for year in (2004, 2005, 2006))
    assert first == actor_countries.half(items, "first")


def test_a_line_a_year_and_one_for_all() -> None:
    counted = {2004: [Counter(right=3, wrong=1)], 2005: [Counter({"right": 1, "not found": 3})]}
    assert actor_countries.shares(counted) == {2004: 75.0, 2005: 25.0}
    lines = actor_countries.rows(counted)
    assert lines[1].split() == ["2004", "4", "4", "3", "1", "0", "0", "75.0"]
    assert lines[3].split() == ["all", "8", "5", "4", "1", "0", "3", "50.0"]
