from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.reviews.samples import sample, say, seen, stored, who
from turnstone.errors import StoreError
from turnstone.evaluation import Report, evaluate
from turnstone.knowledge.codebook import load_codebook
from turnstone.records import Record
from turnstone.reviews import Changes, Review, Who, append, read, standing_in
from turnstone.reviews.gold import Gold, gold
from turnstone.store import connect
from turnstone.store.json_lines import as_line

CODEBOOK = load_codebook()


def made(directory: Path, records: list[Record], *reviews: Review) -> Gold:
    stored(directory, *records)
    for one in reviews:
        append(directory, one, CODEBOOK)
    connection = connect(directory)
    return gold(connection, standing_in(connection, read(directory)))


def scored(tmp_path: Path, found: Gold, records: list[Record]) -> Report:
    """What was coded against the gold."""
    (tmp_path / "gold.jsonl").write_text("".join(f"{line}\n" for line in found.lines), encoding="utf-8")
    (tmp_path / "coded.jsonl").write_text("".join(f"{as_line(one)}\n" for one in records), encoding="utf-8")
    return evaluate(tmp_path / "gold.jsonl", tmp_path / "coded.jsonl", "events", samples=0)


def test_accepted_articles_are_gold_that_what_was_coded_meets(tmp_path: Path) -> None:
    records = [sample("1"), sample("2")]
    events = [seen(one) for one in records]
    found = made(tmp_path / "r", records, *(say(verdict, one) for one in events for verdict in ("accept", "complete")))
    assert (found.articles, found.events, found.left_out) == (2, 2, ())
    report = scored(tmp_path, found, records)
    assert report.units == 2
    assert report.measure("whole event").counts == {"found": 2, "gold": 2, "predicted": 2}


def test_only_articles_marked_complete_are_gold(tmp_path: Path) -> None:
    records = [sample("1"), sample("2")]
    one, two = (seen(each) for each in records)
    found = made(tmp_path / "r", records, say("accept", one), say("accept", two), say("complete", two))
    assert [json.loads(line)["id"] for line in found.lines] == ["2"]


def test_gold_has_what_holds_after_review(tmp_path: Path) -> None:
    records = [sample("1"), sample("2"), sample("3")]
    one, two, three = (seen(each) for each in records)
    typed = Who(name="The Guards of Zenda", country="RUR")
    changes = Changes(event_type="CONSULT", recipients=(typed, who(records[0], "Strelsau", "Strelsau")))
    found = made(
        tmp_path / "r", records,
        say("correct", one, changes=changes), say("reject", two), say("accept", three), say("reject", three, by="ben"),
        *(say("complete", each) for each in (one, two, three)),
    )  # fmt: skip
    lines = [json.loads(line) for line in found.lines]
    assert [(line["id"], [event["event_type"] for event in line["events"]]) for line in lines] == [
        ("1", ["CONSULT"]), ("2", []),
    ]  # fmt: skip
    assert [one["start"] for one in lines[0]["events"][0]["recipients"]] == [None, 40]
    assert found.left_out == ("3: 1 of its events are disputed; settle them first",)
    report = scored(tmp_path, found, records)
    assert [(one.gold, one.predicted) for one in report.confusions["type"]] == [("-", "AGREE"), ("CONSULT", "AGREE")]
    assert report.measure("recipients").counts == {"found": 0, "gold": 2, "predicted": 1}


def test_days_place_and_speaker_of_gold_are_scored(tmp_path: Path) -> None:
    records = [sample("1"), sample("2"), sample("3")]
    one, two, three = (seen(each) for each in records)
    found = made(
        tmp_path / "r", records,
        say("accept", one),
        say("correct", two, changes=Changes(first_day=date(2023, 3, 1), speaker=None)),
        say("correct", three, changes=Changes(place=None, speaker=Who(name="Rupert Hentzau"))),
        *(say("complete", each) for each in (one, two, three)),
    )  # fmt: skip
    report = scored(tmp_path, found, records)
    assert report.measure("days").counts == {"right": 2, "of": 3}
    assert report.measure("first day").counts == {"right": 2, "of": 3}
    placed = sum(each.coded.events[0].place is not None for each in records)
    assert report.measure("place").counts == {
        "found": max(0, placed - 1),
        "gold": max(0, placed - 1),
        "predicted": placed,
    }
    assert report.measure("speaker").counts == {"found": 1, "gold": 2, "predicted": 3}


def test_without_a_complete_article_there_is_no_gold(tmp_path: Path) -> None:
    one = sample("1")
    with pytest.raises(StoreError, match="no article is marked complete"):
        made(tmp_path / "r", [one], say("accept", seen(one)))
