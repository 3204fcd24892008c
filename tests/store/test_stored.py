from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.store.samples import RUN, article, record
from turnstone.errors import StoreError
from turnstone.records import Analysis, Coded, Record, Resolved
from turnstone.store import Store
from turnstone.store.stored import is_record, stored


def many() -> list[Record]:
    made = [record(article(str(key), day=1 + key % 3)) for key in range(7)]
    told = made[3].coded.attributions[0]
    event = made[3].coded.events[0]
    made[3] = replace(
        made[3],
        coded=Coded(
            (told, replace(told, speaker=None, within=0)),
            (event, replace(event, id="2", place=None, attribution=-1, recipients=(), modes=())),
        ),
    )
    return [*made, Record(article("none", "Nothing."), Analysis((), (), (), (), ()), Resolved((), (), ()))]


def test_records_come_back_by_day_and_id(tmp_path: Path) -> None:
    with Store(tmp_path, RUN) as store:
        for one in many():
            store.add(one)
    expected = sorted(many(), key=lambda one: (one.article.published, one.article.id))
    assert list(stored(tmp_path)) == expected
    assert list(stored(tmp_path, "3")) == [many()[3]]
    assert list(stored(tmp_path, "no such")) == []


def test_columns_added_since_are_empty(tmp_path: Path) -> None:
    first, second = record(article("1")), record(article("2"))
    with Store(tmp_path, RUN) as store:
        store.add(first)
    for name, column in (
        ("articles", "contexts"),
        ("attributions", "kind"),
        ("places", "resolution"),
        ("events", "place_resolution"),
    ):
        path = tmp_path / f"{name}.parquet"
        pq.write_table(pq.read_table(path).drop_columns([column]), path)
    told = tuple(replace(one, kind="") for one in first.coded.attributions)
    (place,) = (replace(one, resolution="") for one in first.resolved.places)
    events = tuple(replace(one, place=place) for one in first.coded.events)
    older = replace(first, resolved=replace(first.resolved, places=(place,)), coded=Coded(told, events))
    assert list(stored(tmp_path)) == [older]
    with Store(tmp_path, RUN) as store:
        store.add(second)
    assert list(stored(tmp_path)) == [older, second]


def test_a_folder_without_a_record(tmp_path: Path) -> None:
    assert not is_record(tmp_path)
    with pytest.raises(StoreError, match="holds no record"):
        next(stored(tmp_path))
    with Store(tmp_path, RUN) as store:
        store.add(many()[0])
    assert is_record(tmp_path)
