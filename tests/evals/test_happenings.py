"""How joined reports are counted against labelled ones; no model is loaded."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

import happenings
from happenings import AGAIN, GOLD, NAMED, SECOND, SETS, Item, agreement, half, same, scores, twice


def item(number: int, reports: str = "", mentions: str = "", pool: int = 1) -> Item:
    return Item(pool, number, "", frozenset(reports.split()), frozenset(mentions.split()))


def test_what_is_only_mentioned_counts_neither_way() -> None:
    assert same(item(1, "1"), item(2, "1")) is True
    assert same(item(1, "1"), item(2, "2")) is False
    assert same(item(1, "1"), item(2, "", "1")) is None
    assert same(item(1, "1"), item(2, "1", pool=2)) is False


def test_what_two_items_name_that_is_nobodys_news_counts_neither_way() -> None:
    one, other = (
        Item(1, number, "", frozenset({label}), frozenset(), frozenset({7})) for number, label in ((1, "1"), (2, "2"))
    )
    assert same(one, other) is None
    assert same(one, replace(other, names=frozenset({8}))) is False
    assert same(one, replace(other, reports=frozenset({"1"}))) is True


@pytest.mark.parametrize("path", SETS.values())
def test_names_are_those_of_items_of_one_pool(path: Path) -> None:
    gold = happenings.items(path)
    assert {one.names for one in happenings.items(path, named=False)} == {frozenset()}
    pools: dict[int, set[int]] = {}
    for one in gold:
        for name in one.names:
            pools.setdefault(name, set()).add(one.pool)
    assert len(pools) > 60 and all(len(its) == 1 for its in pools.values())


def test_every_line_of_names_has_several_items_of_its_pool() -> None:
    pools = {(name, one.number): one.pool for name, path in SETS.items() for one in happenings.items(path)}
    with NAMED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            items = row["items"].split()
            assert len(set(items)) == len(items) > 1
            assert {pools[row["set"], int(item)] for item in items} == {int(row["pool"])}


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


def test_two_readings_agree_where_they_say_the_same_of_a_pair() -> None:
    one = [item(1, "1"), item(2, "1"), item(3), item(9)]
    other = [item(1, "2"), item(2, "2"), item(3, "", "2")]
    found = agreement(one, other)
    assert (found["pairs"], found["one happening in both"], found["F1 of those"]) == (3.0, 1.0, 100.0)
    assert found["alike"] == 33.3


def test_the_second_labelling_is_compared_by_labels_alone() -> None:
    found = twice()
    assert (found["pairs"], found["alike"], found["one happening in both"]) == (382.0, 99.0, 13.0)


@pytest.mark.parametrize(("path", "groups_at_least", "reports_at_least"), [(GOLD, 60, 150), (SECOND, 40, 85)])
def test_the_gold_has_groups_and_lookalikes(path: Path, groups_at_least: int, reports_at_least: int) -> None:
    gold = happenings.items(path)
    groups: dict[tuple[int, str], int] = {}
    for one in gold:
        for label in one.reports:
            groups[one.pool, label] = groups.get((one.pool, label), 0) + 1
    several = {key: count for key, count in groups.items() if count > 1}
    assert len(several) >= groups_at_least
    assert sum(several.values()) >= reports_at_least
    assert len({one.number for one in gold}) == len(gold) > sum(several.values())


def test_no_item_is_in_both_sets_and_the_second_reading_is_of_a_fifth() -> None:
    first, second, again = ({one.number for one in happenings.items(path)} for path in (GOLD, SECOND, AGAIN))
    assert not first & second
    assert again < second
    assert {one.pool for one in half(happenings.items(SECOND), "second")} == set(range(2, 149, 2))
