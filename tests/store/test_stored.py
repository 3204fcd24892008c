from __future__ import annotations

from dataclasses import replace
from pathlib import Path

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


def test_a_folder_without_a_record(tmp_path: Path) -> None:
    assert not is_record(tmp_path)
    with pytest.raises(StoreError, match="holds no record"):
        next(stored(tmp_path))
    with Store(tmp_path, RUN) as store:
        store.add(many()[0])
    assert is_record(tmp_path)
