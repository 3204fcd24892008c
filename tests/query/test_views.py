from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.query.records import event, told, write
from turnstone.errors import StoreError
from turnstone.query import prepared
from turnstone.query.files import files_of
from turnstone.query.prepared import FOLDER
from turnstone.query.tables import connect


def asked(directory: Path, sql: str, ready: bool) -> list[tuple[Any, ...]]:
    """The rows, from views computed with the query or from those written beside the record."""
    files = prepared.prepared(directory, 1, events=0) if ready else files_of(directory)
    with connect(files, 1, 500) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("ready", [False, True])
def test_events_have_the_names_of_all_who_take_part(tmp_path: Path, ready: bool) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS/MIL BLR/GOV", "UKR"), event("2", 3, "", "")))
    rows = asked(
        tmp_path,
        "SELECT event_row, event_id, published::VARCHAR, actor, actor_country, actor_sector, actors, actor_countries, "
        "recipient, recipient_country, recipients FROM events_with_names ORDER BY event_row",
        ready,
    )
    both = ["RUS MIL", "BLR GOV"]
    assert rows == [
        (0, "1", "2023-03-01", "RUS MIL", "RUS", "MIL", both, ["RUS", "BLR"], "UKR ", "UKR", ["UKR "]),
        (1, "2", "2023-03-01", "", "", "", [], [], "", "", []),
    ]


def test_a_record_in_which_nobody_takes_part_has_views_too(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "", "")))
    assert asked(tmp_path, "SELECT actor, actors FROM events_with_names", True) == [("", [])]
    assert asked(tmp_path, "SELECT count(*) FROM dyads", True) == [(0,)]


def test_columns_that_only_panels_read_are_in_no_view(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS", "RUS UKR")))
    for name in ("dyads", "country_roles"):
        described = [asked(tmp_path, f"DESCRIBE {name}", ready) for ready in (False, True)]
        assert described[0] == described[1]
    both = "SELECT role, country, both_roles FROM country_roles ORDER BY ALL"
    assert asked(tmp_path, both, True) == [
        ("actor", "RUS", True),
        ("recipient", "RUS", True),
        ("recipient", "UKR", False),
    ]


@pytest.mark.parametrize("ready", [False, True])
def test_an_event_has_every_pair_of_countries_once(tmp_path: Path, ready: bool) -> None:
    write(
        tmp_path,
        told(
            "a",
            1,
            event("1", 2, "RUS/MIL RUS/GOV BLR", "UKR POL"),
            event("2", 3, "USA", ""),
            event("3", 3, "/GOV", "FRA"),
        ),
    )
    rows = asked(tmp_path, "SELECT event_id, actor_country, recipient_country FROM dyads ORDER BY ALL", ready)
    assert rows == [("1", "BLR", "POL"), ("1", "BLR", "UKR"), ("1", "RUS", "POL"), ("1", "RUS", "UKR")]
    roles = asked(
        tmp_path, "SELECT event_id, role, country FROM country_roles WHERE event_id <> '1' ORDER BY ALL", ready
    )
    assert roles == [("2", "actor", "USA"), ("3", "recipient", "FRA")]


@pytest.mark.parametrize("ready", [False, True])
def test_what_is_mutual_goes_both_ways(tmp_path: Path, ready: bool) -> None:
    met = event("1", 2, "RUS/GOV CHN/GOV RUS/MIL", "", "CONSULT")
    accused = event("2", 2, "RUS/GOV CHN/GOV", "", "ACCUSE", 3)
    write(tmp_path, told("a", 1, met, accused))
    rows = asked(tmp_path, "SELECT event_id, actor_country, recipient_country, mutual FROM dyads ORDER BY ALL", ready)
    assert rows == [("1", "CHN", "RUS", True), ("1", "RUS", "CHN", True)]


@pytest.mark.parametrize("ready", [False, True])
def test_one_a_day_keeps_the_most_confident_report_and_counts_the_others(tmp_path: Path, ready: bool) -> None:
    write(
        tmp_path,
        told("a", 1, event("1", 2, "RUS/MIL", "UKR", confidence=0.6), event("2", 2, "RUS/MIL", "UKR", confidence=0.5)),
        told("b", 2, event("1", 2, "RUS/MIL", "UKR", confidence=0.9)),
        told("c", 3, event("1", 3, "RUS/MIL", "UKR")),
        told("d", 3, event("1", 2, "RUS/GOV", "UKR"), event("2", 2, "RUS/MIL", "UKR", "ASSAULT", 4)),
        told("e", 3, event("1", 2, "RUS/MIL", "UKR", status="future")),
    )
    rows = asked(
        tmp_path,
        "SELECT article_id, event_id, event_type, status, confidence, events, reports FROM one_a_day ORDER BY ALL",
        ready,
    )
    assert rows == [
        ("b", "1", "AGREE", "happened", 0.9, 3, 2),
        ("c", "1", "AGREE", "happened", 0.5, 1, 1),
        ("d", "1", "AGREE", "happened", 0.5, 1, 1),
        ("d", "2", "ASSAULT", "happened", 0.5, 1, 1),
        ("e", "1", "AGREE", "future", 0.5, 1, 1),
    ]


def test_events_of_which_nothing_is_known_each_stand_for_themselves(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "", ""), event("2", 2, "", "")), told("b", 1, event("1", 2, "", "")))
    assert asked(tmp_path, "SELECT count(*), sum(events) FROM one_a_day", False) == [(3, 3)]


def test_of_equals_the_first_in_the_record_is_kept(tmp_path: Path) -> None:
    write(tmp_path, told("b", 1, event("1", 2, "RUS", "UKR")), told("a", 1, event("1", 2, "RUS", "UKR")))
    assert asked(tmp_path, "SELECT article_id, reports FROM one_a_day", False) == [("a", 2)]


def test_views_are_written_anew_when_the_record_has_changed(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS", "UKR")))
    assert asked(tmp_path, "SELECT count(*) FROM dyads", True) == [(1,)]
    (first,) = (tmp_path / FOLDER).iterdir()
    assert asked(tmp_path, "SELECT count(*) FROM dyads", True) == [(1,)]
    assert list((tmp_path / FOLDER).iterdir()) == [first]
    write(tmp_path, told("b", 1, event("1", 2, "RUS", "UKR")))
    assert asked(tmp_path, "SELECT count(*) FROM dyads", True) == [(2,)]
    assert len(list((tmp_path / FOLDER).iterdir())) == 1 and not first.exists()


def test_where_views_cannot_be_written_they_are_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS", "UKR")))

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(prepared, "_write", full)
    said: list[str] = []
    assert "dyads" not in prepared.prepared(tmp_path, 1, said.append, events=0)
    assert "No space left" in said[-1]


def test_tables_of_stories_are_there_when_they_are(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS", "UKR")))
    assert "links" not in files_of(tmp_path)
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "links.parquet").write_bytes((tmp_path / "places.parquet").read_bytes())
    assert files_of(tmp_path)["links"] == tmp_path / "stories" / "links.parquet"


def test_each_day_says_what_was_read(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS", "UKR")), told("b", 1))
    for ready in (False, True):
        rows = asked(tmp_path, "SELECT day::VARCHAR, articles, articles_with_events FROM coverage ORDER BY day", ready)
        assert rows == [("2023-03-01", 2, 1), ("2023-03-09", 1, 0)]


def test_participants_out_of_order_are_no_view(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS", "UKR"), event("2", 3, "USA", "")))
    table = pq.read_table(tmp_path / "participants.parquet")
    pq.write_table(table.take([2, 1, 0]), tmp_path / "participants.parquet")
    with pytest.raises(StoreError, match="not in the order"):
        prepared.prepared(tmp_path, 1, events=0)
