"""turnstone reviews, as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from tests.reviews.samples import sample, say, seen, stored
from turnstone.cli import app
from turnstone.knowledge.codebook import load_codebook
from turnstone.reviews import NAME, append


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Three events: one accepted, one rejected, one that reviewers differ on; the first article is complete."""
    events = [seen(sample(key)) for key in "123"]
    path = stored(tmp_path / "record", *(sample(key) for key in "123"))
    said = [say("accept", events[0]), say("reject", events[1]), say("accept", events[2])]
    for review in (*said, say("reject", events[2], by="ben"), say("complete", events[0])):
        append(path, review, load_codebook())
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["reviews", *map(str, arguments)])


def test_the_summary_says_what_was_reviewed_and_how_good_it_is(directory: Path) -> None:
    found = run(directory)
    assert found.exit_code == 0, found.output
    assert found.stdout == run("summary", directory).stdout
    assert "3 events: 1 accepted, 1 disputed, 1 rejected, 0 unreviewed" in found.stdout
    assert "reviews: 4 by ana, 1 by ben" in found.stdout
    assert "66.7 [20.8, 93.9]" in found.stdout
    value = json.loads(run(directory, "--json").stdout)
    assert (value["overall"]["there"]["right"], value["overall"]["there"]["of"]) == (2, 3)
    assert value["types"]["AGREE"]["disputed"] == 1


def test_gold_is_written_and_what_is_left_out_is_told(directory: Path, tmp_path: Path) -> None:
    found = run("export", directory, "-o", tmp_path / "gold.jsonl")
    assert found.exit_code == 0 and "1 articles with 1 events" in found.stderr
    (line,) = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["events"][0]["event_type"] == "AGREE"


def test_tables_are_written(directory: Path, tmp_path: Path) -> None:
    assert run("tables", directory, "-o", tmp_path / "out").exit_code == 0
    states = pq.read_table(tmp_path / "out" / "reviewed_events.parquet").column("state").to_pylist()
    assert states == ["accepted", "rejected", "disputed"]


def test_a_torn_line_is_told_and_the_rest_counts(directory: Path) -> None:
    with (directory / NAME).open("ab") as file:
        file.write(b'{"schema": "turnstone-rev')
    found = run(directory)
    assert found.exit_code == 0 and f"{NAME}:6: not JSON" in found.stderr


def test_a_line_of_another_schema_stops_the_command(directory: Path) -> None:
    with (directory / NAME).open("ab") as file:
        file.write(b'{"schema": "turnstone-reviews/9"}\n')
    found = run(directory)
    assert found.exit_code == 1 and f"{NAME}:6: the schema is" in found.stderr


def test_a_folder_without_a_record_is_told(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 1
    assert run("export", tmp_path, "-o", tmp_path / "gold").exit_code == 1


def test_help_is_that_of_the_group() -> None:
    assert "export" in run("--help").stdout
    assert "--seed" in run("summary", "--help").stdout
