from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.reviews.samples import sample, say, seen, stored, values, who
from turnstone.knowledge.codebook import load_codebook
from turnstone.records import Record
from turnstone.reviews import Changes, Review, append, current, read, standing_in
from turnstone.reviews.tables import REVIEW_COLUMNS, VIEWS, register, write
from turnstone.store import SCHEMAS, connect, read_table

CODEBOOK = load_codebook()


def reviewed(directory: Path, *reviews: Review) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of both views once this was said."""
    for one in reviews:
        append(directory, one, CODEBOOK)
    connection = connect(directory)
    register(connection, standing_in(connection, read(directory)), CODEBOOK)
    found = []
    for view in VIEWS:
        rows = connection.sql(f"select * from {view} order by article_id, event_id").arrow().read_all()
        found.append(rows.to_pylist())
    connection.close()
    return found[0], found[1]


def states(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    return {row["article_id"]: row["state"] for row in rows}


def test_what_was_coded_stays_and_the_views_say_what_holds(tmp_path: Path) -> None:
    one, two, three, four = (sample(key) for key in "1234")
    before = {path.name: path.read_bytes() for path in stored(tmp_path / "r", one, two, three, four).iterdir()}
    changes = Changes(
        event_type="ASSAULT", actors=(who(one, "Strelsau", "Strelsau Guards", country="RUR"),), place=None
    )
    events, parties = reviewed(
        tmp_path / "r",
        say("correct", seen(one), changes=changes, note="look again"),
        say("reject", seen(two)),
        say("accept", seen(three)),
    )
    assert states(events) == {"1": "corrected", "2": "rejected", "3": "accepted", "4": "unreviewed"}
    row = events[0]
    assert (row["event_type"], row["modes"], row["quad"]) == ("ASSAULT", [], CODEBOOK.types["ASSAULT"].quad)
    assert row["score"] == CODEBOOK.types["ASSAULT"].score
    assert (row["place_name"], row["place_start"]) == ("", None)
    assert (row["reviewers"], row["note"]) == (["ana"], "look again")
    assert row["first_day"] == one.coded.events[0].first_day and row["date_basis"] == "Friday after"
    assert [(party["role"], party["name"]) for party in parties if party["article_id"] == "1"] == [
        ("actor", "Strelsau Guards"), ("recipient", "Graustark"),
    ]  # fmt: skip
    after = {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir() if path.name != "reviews.jsonl"}
    assert after == before


def test_an_accepted_event_is_as_it_was_coded(tmp_path: Path) -> None:
    one = sample()
    stored(tmp_path / "r", one)
    untouched = reviewed(tmp_path / "r")
    accepted = reviewed(tmp_path / "r", say("accept", seen(one)))
    columns = SCHEMAS["events"].names
    assert [{name: row[name] for name in columns} for row in accepted[0]] == [
        {name: row[name] for name in columns} for row in untouched[0]
    ]
    assert accepted[1] == untouched[1]
    assert list(accepted[0][0]) == [*columns, *(field.name for field in REVIEW_COLUMNS)]


def test_what_a_reviewer_sees_is_what_the_tables_have(tmp_path: Path) -> None:
    one = sample()
    stored(tmp_path / "r", one)
    append(tmp_path / "r", say("accept", seen(one)), CODEBOOK)
    _, found = current(tmp_path / "r")
    assert [judged.state for judged in found.judged] == ["accepted"]


def test_a_missing_event_is_added_with_what_was_said(tmp_path: Path) -> None:
    one = sample()
    stored(tmp_path / "r", one)
    new = replace(seen(one), trigger=seen(one).trigger.model_copy(update={"start": 60, "end": 67, "text": "envoy 1"}))
    missing = say("missing", replace(new, values=values("PROTEST")))
    events, _ = reviewed(tmp_path / "r", missing)
    added = next(row for row in events if row["state"] == "added")
    assert (added["event_type"], added["event_id"], added["confidence"]) == ("PROTEST", f"r{missing.id}", None)
    assert (added["trigger_start"], added["granularity"]) == (60, "day")


def test_corrections_survive_a_new_coding_with_other_ids(tmp_path: Path) -> None:
    one = sample()
    stored(tmp_path / "r", one)
    review = say("correct", seen(one), changes=Changes(status="negated"))
    append(tmp_path / "r", review, CODEBOOK)
    again: Record = sample(id="77", event_type="CONSULT", modes=())
    moved = stored(tmp_path / "s", again)
    (tmp_path / "r" / "reviews.jsonl").rename(moved / "reviews.jsonl")
    events, _ = reviewed(moved)
    assert [(row["event_id"], row["state"], row["status"], row["event_type"]) for row in events] == [
        ("77", "corrected", "negated", "AGREE")
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_the_views_can_be_kept_as_tables(tmp_path: Path, view: str) -> None:
    one = sample()
    stored(tmp_path / "r", one, sample("2"))
    append(tmp_path / "r", say("accept", seen(one)), CODEBOOK)
    connection = connect(tmp_path / "r")
    register(connection, standing_in(connection, read(tmp_path / "r")), CODEBOOK)
    assert write(connection, view, tmp_path / f"{view}.parquet") > 0
    table = view.removeprefix("reviewed_")
    kept = connection.sql(f"select * from '{tmp_path / view}.parquet'").arrow().read_all()
    assert kept.num_rows == read_table(tmp_path / "r", table).num_rows
