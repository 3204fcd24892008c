"""How joined reports are counted against labelled ones; no model is loaded."""

from __future__ import annotations

import happenings
from happenings import Item, same, scores


def item(number: int, reports: str = "", mentions: str = "", pool: int = 1) -> Item:
    return Item(pool, number, "", frozenset(reports.split()), frozenset(mentions.split()))


def test_what_is_only_mentioned_counts_neither_way() -> None:
    assert same(item(1, "1"), item(2, "1")) is True
    assert same(item(1, "1"), item(2, "2")) is False
    assert same(item(1, "1"), item(2, "", "1")) is None
    assert same(item(1, "1"), item(2, "1", pool=2)) is False


def test_what_is_left_alone_and_what_is_joined_wrongly_both_cost() -> None:
    gold = [item(1, "1"), item(2, "1"), item(3), item(4, "", "1")]
    nothing = scores(gold, lambda one, other: False)
    assert (nothing["P"], nothing["pairs F1"], nothing["items"]) == (100.0, 0.0, 4.0)
    assert nothing["R"] == 75.0
    right = scores(gold, lambda one, other: {one.number, other.number} == {1, 2})
    assert (right["F1"], right["pairs F1"], right["grouped F1"]) == (100.0, 100.0, 100.0)
    wrong = scores(gold, lambda one, other: {one.number, other.number} == {1, 3})
    assert wrong["pairs P"] == 0.0 and wrong["P"] < 100.0
    assert scores(gold, lambda one, other: 4 in (one.number, other.number))["P"] < 100.0


def test_the_gold_has_groups_and_lookalikes() -> None:
    gold = happenings.items()
    groups: dict[tuple[int, str], int] = {}
    for one in gold:
        for label in one.reports:
            groups[one.pool, label] = groups.get((one.pool, label), 0) + 1
    several = {key: count for key, count in groups.items() if count > 1}
    assert len(several) >= 60
    assert sum(several.values()) >= 150
    assert len({one.number for one in gold}) == len(gold)
