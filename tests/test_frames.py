from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest

import turnstone
from tests.exports.made import TEXT, write_record
from tests.exports.test_export import add, review
from turnstone.errors import FramesError, StoreError
from turnstone.reviews import Changes, Who
from turnstone.store import SCHEMAS, TABLES


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_record(tmp_path_factory.mktemp("made"))


def test_events_come_with_names_days_and_categories(record: Path) -> None:
    events = turnstone.load(record).events
    assert list(events["event_id"]) == ["a:1", "a:2", "a:3", "a:4", "a:5"]
    assert list(events["actor_names"][1]) == ["soldiers", "police"]
    assert (events["actor"][0], events["actor_country"][0], events["recipient"][0]) == (
        'Michael "the Duke"; of Strelsau',
        "ROU",
        "Hamas",
    )
    assert (events["actor"][3], events["recipient_country"][3]) == ("", "XYZ")
    assert events["first_day"].dtype.kind == "M" and events["published"].dtype.kind == "M"
    assert isinstance(events["event_type"].dtype, pandas.CategoricalDtype)
    assert list(events["status"].cat.categories) == ["happened", "historical", "future", "hypothetical", "negated"]
    assert str(events["place_geonames_id"].dtype) == "Int64" and events["place_geonames_id"][0] == 281133
    assert events["place_geonames_id"].isna()[4]
    assert events.groupby("event_type", observed=True).size()["CONSULT"] == 2


def test_frames_are_as_reviewers_have_the_events(tmp_path: Path) -> None:
    path = write_record(tmp_path / "record")
    before = turnstone.load(path).events
    assert set(before["review"]) == {""}
    review(path, "reject", 1)
    review(path, "correct", 2, changes=Changes(event_type="COERCE", actors=(Who(name="Guards", country="ROU"),)))
    add(path)
    events = turnstone.load(path).events
    assert list(events["event_id"])[:-1] == ["a:2", "a:3", "a:4", "a:5"]
    assert list(events["review"]) == ["corrected", "", "", "", "added"]
    assert (events["event_type"][0], events["actor"][0], list(events["actor_countries"][0])) == (
        "COERCE", "Guards", ["ROU"],
    )  # fmt: skip
    assert (events["actor"][4], events["title"][4]) == ("Dockers", before["title"][0])
    assert pandas.isna(events["confidence"][4])
    dyads = turnstone.load(path).dyads
    assert dyads["actor"][0] == "Guards" and "a:1" not in set(dyads["event_id"])
    coded = turnstone.load(path, as_coded=True)
    pandas.testing.assert_frame_equal(coded.events, before)
    assert len(turnstone.load(path).table("events")) == 5


def test_polars_has_the_same_values(record: Path) -> None:
    ours, theirs = turnstone.load(record, "polars").events, turnstone.load(record).events
    assert isinstance(ours, polars.DataFrame) and ours.columns == list(theirs.columns)
    assert ours["actor_names"].to_list()[1] == ["soldiers", "police"]
    assert ours.schema["first_day"] == polars.Date
    assert ours["event_type"].to_list() == list(theirs["event_type"])
    assert ours["event_type"].dtype in (polars.Categorical, polars.Categorical())


def test_a_row_for_each_pair(record: Path) -> None:
    dyads = turnstone.load(record).dyads
    found = list(zip(dyads["event_id"], dyads["actor_country"], dyads["recipient_country"], strict=True))
    assert found == [
        ("a:1", "ROU", "PSE"),
        ("a:2", "USA", ""),
        ("a:2", "USA", ""),
        ("a:3", "FRA", ""),
        ("a:3", "UNO", ""),
        ("a:4", "", "XYZ"),
        ("a:5", "USA", ""),
    ]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_every_table_is_a_frame(record: Path, library: str) -> None:
    found = turnstone.load(record, library)
    for name in TABLES:
        assert list(found.table(name).columns) == [
            one for one in SCHEMAS[name].names if one != "text" or name != "articles"
        ]


def test_texts_of_articles_come_where_they_are_asked_for(record: Path) -> None:
    found = turnstone.load(record)
    assert "text" not in found.table("articles").columns
    assert found.table("articles", texts=True)["text"][0] == TEXT


def test_what_cannot_be_loaded_is_said(record: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no record"):
        turnstone.load(tmp_path)
    with pytest.raises(StoreError, match="there is no table 'actors'; the tables are"):
        turnstone.load(record).table("actors")
    with pytest.raises(FramesError, match="no library for frames; give pandas or polars"):
        turnstone.load(record, "dask")
    with pytest.raises(FramesError, match="no article 'z'"):
        turnstone.load(record).article("z")


def test_a_missing_extra_is_named(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    def without(name: str, *rest: Any) -> Any:
        if name == "polars":
            raise ImportError(name)
        return builtins.__import__(name, *rest)

    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(FramesError, match=r"pip install 'turnstone\[frames\]'"):
        turnstone.load(record, "polars")


def test_an_article_and_its_events_show_themselves(record: Path) -> None:
    found = turnstone.load(record)
    assert "5 events" in repr(found) and "pandas" in repr(found)
    article = found.article("a")
    assert "5 events" in repr(article) and article._repr_html_().count("<tr>") == 6
    assert repr(article.events[0]) == ('<2023-03-14 Michael "the Duke"; of Strelsau: CONSULT visit: Hamas>')
    assert 'class="trigger"' in article.events[0]._repr_html_()
