"""Exports in which a row is a happening."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.exports.test_read_back import GDELT1, GDELT2, read_gdelt
from tests.query.records import event as told_event
from tests.query.records import told, write
from tests.query.test_after_review import missing, verdict
from tests.test_cli import Result
from turnstone.errors import ExportError
from turnstone.exports import Selection, export
from turnstone.exports.events import reviews_of
from turnstone.knowledge.codebook import load_codebook
from turnstone.records import Event, Record
from turnstone.reviews import NAME, append
from turnstone.store import file_digest
from turnstone.stories.directory import write as find_stories

BOOK = load_codebook()
DAY = date(2023, 3, 2)


def event(*values: Any, **more: Any) -> Event:
    """Without a mode, so that it has a CAMEO code."""
    return replace(told_event(*values, **more), modes=())


def coded() -> list[Record]:
    return [
        told("a", 1, event("1", DAY, "RUS", "UKR", "AGREE", status="future")),
        told("b", 2, event("1", DAY, "RUS", "UKR", "REQUEST", 1, confidence=0.9), event("2", 9, "UNO", "UKR", "AID")),
        told("c", 3, event("1", DAY, "RUS/GOV", "UKR", "AGREE", confidence=0.4)),
        told("d", 4, event("1", 9, "POL", "UKR", "AID", status="future")),
    ]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Three reports of one happening, announced first; and one of another that has not come yet."""
    write(tmp_path / "record", *coded())
    known = {"h1": ("AGREE", "happened", DAY, 3, 2, 3), "h2": ("AID", "happened", date(2023, 3, 9), 1, 1, 1)}
    known["h3"] = ("AID", "future", date(2023, 3, 9), 1, 1, 1)
    stories(
        tmp_path / "record",
        [("a", "1", "h1"), ("b", "1", "h1"), ("b", "2", "h2"), ("c", "1", "h1"), ("d", "1", "h3")],
        known,
    )
    return tmp_path / "record"


def stories(record: Path, links: list[tuple[str, str, str]], happenings: dict[str, tuple[Any, ...]]) -> None:
    folder = record / "stories"
    folder.mkdir()
    names = ("article_id", "event_id", "happening_id")
    table(folder / "links.parquet", [dict(zip(names, link, strict=True)) for link in links])
    names = ("event_type", "status", "first_day", "reports", "sources", "articles")
    rows = [{"happening_id": key, **dict(zip(names, row, strict=True))} for key, row in happenings.items()]
    table(folder / "happenings.parquet", [row | {"last_day": row["first_day"]} for row in rows])
    files = json.loads((record / "manifest.json").read_text())["files"]
    digests = {name: files[f"{name}.parquet"] for name in ("articles", "events", "participants", "places")}
    said = {"reviews": file_digest(record / NAME)} if (record / NAME).exists() else {}
    (folder / "manifest.json").write_text(json.dumps({"record": digests, **said}))


def table(path: Path, rows: list[dict[str, Any]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


@pytest.mark.parametrize(("name", "names"), [("gdelt1", GDELT1), ("gdelt2", GDELT2)])
def test_gdelt_counts_mentions_sources_and_articles(record: Path, tmp_path: Path, name: str, names: list[str]) -> None:
    found = export(record, name, tmp_path, happenings=True)
    assert (found.events, found.written, found.rows, found.status_left_out) == (3, 2, 2, 1)
    agreed, helped = sorted(read_gdelt(found.path, names), key=lambda row: -row["NumMentions"])
    assert [agreed[one] for one in ("NumMentions", "NumSources", "NumArticles")] == [3, 2, 3]
    assert [helped[one] for one in ("NumMentions", "NumSources", "NumArticles")] == [1, 1, 1]
    # The report that stands for it is the one with its type and status, which is the last of the three.
    assert (agreed["EventRootCode"], agreed["Actor1Code"], agreed["DATEADDED"] // 10**6 % 100) in {
        ("03", "RUSGOV", 0), ("03", "RUSGOV", 3), ("03", "RUSGOV", 20)
    }  # fmt: skip
    assert agreed["SOURCEURL"] == "urn:turnstone:c"
    assert [row["NumMentions"] for row in read_gdelt(export(record, name, tmp_path).path, names)] == [1, 1, 1]


def test_tables_have_the_happening_and_its_counts(record: Path, tmp_path: Path) -> None:
    path = export(record, "csv", tmp_path, happenings=True).path
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["happening_id"], row["reports"], row["sources"], row["articles"]) for row in csv.DictReader(file)]
    assert rows == [("h2", "1", "1", "1"), ("h1", "3", "2", "3"), ("h3", "1", "1", "1")]
    frame = polars.read_parquet(export(record, "parquet", tmp_path, happenings=True).path)
    assert frame["reports"].to_list() == [1, 3, 1] and frame["article_id"].to_list() == ["b", "c", "d"]
    value = json.loads(export(record, "geojson", tmp_path, happenings=True).path.read_text(encoding="utf-8"))
    assert [one["properties"]["sources"] for one in value["features"]] == [1, 2, 1]
    lines = export(record, "plover", tmp_path, happenings=True).path.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[1])["happening"] == {"id": "h1", "reports": 3, "sources": 2, "articles": 3}
    assert "reports" not in export(record, "csv", tmp_path).path.read_text(encoding="utf-8").splitlines()[0]
    assert "happening" not in json.loads(
        export(record, "plover", tmp_path).path.read_text(encoding="utf-8").splitlines()[1]
    )


def test_formats_without_a_place_for_the_counts_say_that_they_are_lost(record: Path, tmp_path: Path) -> None:
    for name in ("icews", "polecat", "phoenix"):
        found = export(record, name, tmp_path, happenings=True)
        assert (found.written, found.rows) == (2, 2)
        assert ("counts", "reports, sources and articles of a happening", "", 2) in found.lost
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert all(one["turnstone"]["happenings"] is True for one in package["resources"])


def test_filters_choose_the_reports_that_may_stand_for_a_happening(record: Path, tmp_path: Path) -> None:
    def told_by(selection: Selection) -> list[tuple[str, str, int]]:
        frame = polars.read_parquet(export(record, "parquet", tmp_path, selection, happenings=True).path)
        return list(zip(frame["article_id"], frame["event_type"], frame["reports"], strict=True))

    assert told_by(Selection(least_confidence=0.45)) == [("b", "REQUEST", 3), ("b", "AID", 1), ("d", "AID", 1)]
    assert told_by(Selection(least_confidence=0.6)) == [("b", "REQUEST", 3)]
    assert told_by(Selection(frozenset({"future"}))) == [("a", "AGREE", 3), ("d", "AID", 1)]
    assert told_by(Selection(last_day=DAY)) == [("c", "AGREE", 3)]
    found = export(record, "gdelt1", tmp_path, Selection(first_day=date(2023, 3, 5)), happenings=True)
    assert (found.events, found.filtered, found.status_left_out, found.written) == (3, 1, 1, 1)
    assert ("status", "future", "not written", 1) in found.lost


def test_happenings_that_are_not_known_or_of_an_older_record_are_an_error_with_the_remedy(
    record: Path, tmp_path: Path
) -> None:
    bare = write(tmp_path / "bare", told("a", 1, event("1", 2, "RUS", "UKR")))
    with pytest.raises(ExportError, match=r"bare: its happenings are not known; find them with: turnstone stories"):
        export(bare, "gdelt1", tmp_path, happenings=True)
    write(record, told("e", 5, event("1", 2, "RUS", "UKR")))
    found = Result("export", record, "--format", "gdelt1", "-o", tmp_path, "--happenings")
    assert found.status == 1 and "before it changed; find them with: turnstone stories" in found.err
    assert not (tmp_path / "gdelt1.tsv").exists()


def test_each_happening_that_stories_finds_is_written_once(record: Path, tmp_path: Path) -> None:
    found = find_stories(record)
    again = Result("export", record, "--format", "csv", "-o", tmp_path / "all.csv", "--happenings", "--json")
    assert json.loads(again.out)["written"] == len(found.happenings)
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        counts = {row["happening_id"]: int(row["reports"]) for row in csv.DictReader(file)}
    assert counts == {row["happening_id"]: row["reports"] for row in found.happenings}
    assert sum(counts.values()) == 5


@pytest.fixture
def reviewed(record: Path) -> Path:
    """The happening's last report was no agreement; another report of it had been overlooked; the third never was."""
    reports = {one.article.id: one for one in coded()}
    append(
        record,
        verdict(reports["c"], 0, (reports["c"], event("1", DAY, "RUS/GOV", "UKR", "REQUEST", 1, confidence=0.4))),
        BOOK,
    )
    append(record, verdict(reports["d"], 0, None), BOOK)
    append(record, missing(reports["d"], event("1", DAY, "RUS", "UKR", "AGREE")), BOOK)
    return record


def test_after_review_happenings_are_of_what_holds(reviewed: Path, tmp_path: Path) -> None:
    with pytest.raises(
        ExportError, match="those of the reviews before they changed; find them with: turnstone stories"
    ):
        export(reviewed, "parquet", tmp_path, happenings=True)
    links = [("a", "1", "h1"), ("b", "1", "h1"), ("b", "2", "h2"), ("c", "1", "h1")]
    (added,) = (one.event["event_id"] for some in reviews_of(reviewed, BOOK).added.values() for one in some)
    known = {"h1": ("AGREE", "happened", DAY, 4, 3, 4), "h2": ("AID", "happened", date(2023, 3, 9), 1, 1, 1)}
    shutil.rmtree(reviewed / "stories")
    stories(reviewed, [*links, ("d", added, "h1")], known)
    found = export(reviewed, "parquet", tmp_path, happenings=True)
    frame = polars.read_parquet(found.path)
    assert list(zip(frame["article_id"], frame["event_type"], frame["reports"], strict=True)) == [
        ("b", "AID", 1), ("d", "AGREE", 4)
    ]  # fmt: skip
    assert (found.events, found.written) == (2, 2)
    assert found.reviews is not None
    assert [found.reviews[name] for name in ("corrected", "rejected", "added")] == [1, 1, 1]
    least = export(reviewed, "parquet", tmp_path, Selection(least_confidence=0.99), happenings=True)
    assert polars.read_parquet(least.path)["article_id"].to_list() == ["d"]
    with pytest.raises(ExportError, match=r"found after review.* export happenings as reviewers have them"):
        export(reviewed, "parquet", tmp_path, happenings=True, as_coded=True)


def test_happenings_found_before_review_are_those_of_the_coding(reviewed: Path, tmp_path: Path) -> None:
    frame = polars.read_parquet(export(reviewed, "parquet", tmp_path, happenings=True, as_coded=True).path)
    assert list(zip(frame["article_id"], frame["event_type"], frame["reports"], strict=True)) == [
        ("b", "AID", 1), ("c", "AGREE", 3), ("d", "AID", 1)
    ]  # fmt: skip


def test_each_happening_found_after_review_is_written_once(reviewed: Path, tmp_path: Path) -> None:
    found = find_stories(reviewed)
    frame = polars.read_parquet(export(reviewed, "parquet", tmp_path, happenings=True).path)
    assert dict(zip(frame["happening_id"], frame["reports"], strict=True)) == {
        row["happening_id"]: row["reports"] for row in found.happenings
    }
    assert frame["reports"].sum() == 5
