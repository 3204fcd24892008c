"""The index against the tables it was made from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from tests.reviews.samples import sample
from tests.web.conftest import write
from tests.web.hostile_record import hostile
from turnstone.errors import StoreError
from turnstone.reviews.queues import sample as draw
from turnstone.store import connect
from turnstone.store.stored import stored
from turnstone.web.index.build import build, build_search, index_folder, newest
from turnstone.web.index.columns import read_columns
from turnstone.web.index.opened import open_record
from turnstone.web.index.progress import Progress, Stopped
from turnstone.web.index.rows import event_rows, ids_of


def test_every_article_is_read_back_whole(client: TestClient, tiny: Path) -> None:
    record = client.app.state.workbench.record()  # type: ignore[attr-defined]
    assert [record.report(told.article.id) for told in stored(tiny)] == list(stored(tiny))
    assert record.report("nope") is None


def test_rows_say_what_the_tables_say(tmp_path: Path) -> None:
    directory = write(tmp_path / "record", *hostile())
    folder = index_folder(directory, None, "0" * 16)
    build(directory, folder, Progress())
    record = open_record(folder, directory, "0" * 16, Progress())
    rows = event_rows(record, range(record.columns.events))
    found = connect(directory).execute("select article_id, event_id, evidence_text, place_name from events").fetchall()
    assert [(row.article, row.id, row.evidence, row.place) for row in rows] == found
    names = connect(directory).execute("select name from participants where role = 'actor'").fetchall()
    assert [(row.actors[0].name,) for row in rows] == names


def test_the_orders_of_review_are_those_of_the_draw_and_of_confidence(tmp_path: Path) -> None:
    told = [sample(f"{n:02}", confidence=0.4 + n / 50, event_type="AID" if n % 3 else "AGREE") for n in range(20)]
    directory = write(tmp_path / "record", *told)
    folder = index_folder(directory, None, "0" * 16)
    build(directory, folder, Progress())
    record = open_record(folder, directory, "0" * 16, Progress())
    drawn = [ids_of(record, number) for number in record.columns.drawn]
    assert drawn == [one.key for one in draw(connect(directory), 30).everything]
    assert [ids_of(record, number)[0] for number in record.columns.unsure] == [f"{n:02}" for n in range(20)]


def test_an_index_is_whole_or_not_there(tmp_path: Path) -> None:
    directory = write(tmp_path / "record", *hostile())
    progress = Progress()
    progress.stop()
    folder = index_folder(directory, tmp_path / "cache", "0" * 16)
    with pytest.raises(Stopped):
        build(directory, folder, progress)
    assert list((tmp_path / "cache").iterdir()) == []
    build(directory, folder, Progress())
    with pytest.raises(Stopped):
        build_search(folder, progress)
    assert not [path for path in folder.iterdir() if path.name.startswith("search")]


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    directory = write(tmp_path / "record", *hostile())
    left = index_folder(directory, None, "1" * 16).with_name("1" * 16 + ".part-999999999")
    left.mkdir(parents=True)
    build(directory, index_folder(directory, None, "0" * 16), Progress())
    assert not left.exists()


def test_an_index_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    directory = write(tmp_path / "record", *hostile())
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="--cache"):
        build(directory, tmp_path / "file" / ("0" * 16), Progress())


def test_every_state_of_a_record_has_a_mark_of_its_own(tmp_path: Path) -> None:
    assert newest(tmp_path) is None
    directory = write(tmp_path / "record", *hostile()[:2])
    first = newest(directory)
    write(directory, hostile()[2])
    assert newest(directory) not in (None, first)


def test_the_search_holds_no_text_of_its_own(tmp_path: Path) -> None:
    directory = write(tmp_path / "record", *hostile())
    folder = index_folder(directory, None, "0" * 16)
    build(directory, folder, Progress())
    build_search(folder, Progress())
    assert b"talks in Strelsau" not in (folder / "search.sqlite").read_bytes()
    columns, lists = read_columns(folder)
    assert columns.events == len(hostile())
    assert json.loads((folder / "groups.json").read_text())["events"] == [0]
    assert [lists.dyad(int(code)) for code in np.unique(columns.dyad)] == [("RUR", "GRA")]
