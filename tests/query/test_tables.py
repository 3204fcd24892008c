from __future__ import annotations

from pathlib import Path

import pytest

from tests.query.records import event, told, write
from turnstone.query import Limits, run
from turnstone.query.files import files_of
from turnstone.query.tables import connect, open_views


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return write(tmp_path, told("a", 1, event("1", 2, "RUS/MIL BLR/GOV", "UKR")))


def opened(directory: Path, sql: str | None) -> set[str]:
    with connect(files_of(directory), 1, 500, sql=sql) as connection:
        return {name for (name,) in connection.execute("SHOW TABLES").fetchall()}


@pytest.mark.parametrize(
    ("sql", "views"),
    [
        ("SELECT 1", set()),
        ("SELECT * FROM ledger", {"ledger"}),
        ('SELECT * FROM "Ledger" JOIN ARTICLES ON true', {"ledger", "articles"}),
        ("FROM coverage", {"coverage", "coded_coverage", "ledger", "articles", "events"}),
        (
            "SELECT count(*) FROM dyads",
            {"dyads", "coded_dyads", "coded_events_with_names", "participants", "articles", "events"},
        ),
    ],
)
def test_only_the_views_that_a_query_mentions_are_opened_and_those_they_need(
    directory: Path, sql: str, views: set[str]
) -> None:
    assert opened(directory, sql) == views


def test_each_view_can_be_asked_where_only_it_is_mentioned(directory: Path) -> None:
    files = files_of(directory)
    for name in sorted(opened(directory, None)):
        with connect(files, 1, 500, sql=f"FROM {name}") as few, connect(files, 1, 500) as every:
            assert few.execute(f"FROM {name}").fetchall() == every.execute(f"FROM {name}").fetchall()


def test_the_other_views_can_be_opened_later(directory: Path) -> None:
    with connect(files_of(directory), 1, 500, sql="FROM ledger") as connection:
        open_views(connection, files_of(directory))
        assert {name for (name,) in connection.execute("SHOW TABLES").fetchall()} == opened(directory, None)


def test_a_query_that_asks_for_the_tables_is_told_of_all(directory: Path) -> None:
    for sql in ("SHOW TABLES", "SELECT name FROM (SHOW TABLES)", "SELECT name FROM (DESCRIBE)"):
        assert {name for (name,) in run(directory, sql, Limits(threads=1)).rows()} == opened(directory, None)
