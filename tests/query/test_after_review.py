"""Queries and panels of a reviewed record: what reviewers made of it, as if it had been coded so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.query.records import event, told, write
from tests.reviews.samples import seen
from turnstone.errors import StoreError
from turnstone.knowledge.codebook import load_codebook
from turnstone.query import Limits, Panel, panel, run
from turnstone.query.prepared import FOLDER, prepared
from turnstone.query.reviewed import reviewed
from turnstone.query.tables import connect, files_of
from turnstone.records import Event, Record
from turnstone.reviews import NAME, Changes, Review, append
from turnstone.reviews.coded import values_of

BOOK = load_codebook()
READY = pytest.mark.parametrize("ready", [False, True])


def wrong() -> list[Record]:
    return [
        told("a", 1, event("1", 2, "RUS/MIL", "UKR", "ASSAULT", 4, -9.0), event("2", 3, "USA", "CHN")),
        told("b", 2, event("1", 2, "RUS/MIL", "UKR", "ASSAULT", 4, -9.0, confidence=0.9), event("2", 4, "IRN", "IRQ")),
        told("c", 3, event("1", 2, "POL", "FRA"), event("2", 20, "UKR", "RUS POL")),
    ]


def right() -> list[Record]:
    """The same as it should have been coded: a corrected actor, type, status and day each; one rejected, one added."""
    return [
        told("a", 1, scored("1", 2, "BLR/MIL", "UKR", "ASSAULT"), scored("2", 3, "USA", "CHN", "ACCUSE")),
        told("b", 2, scored("2", 4, "IRN", "IRQ", status="future")),
        told("c", 3, scored("1", 9, "POL", "FRA"), event("2", 20, "UKR", "RUS POL"),
             scored("3", 3, "DEU KAZ", "", "CONSULT")),
    ]  # fmt: skip


def scored(key: str, day: int, actors: str, recipients: str, event_type: str = "AGREE", **more: Any) -> Event:
    """An event with the class and score of its type, as a correction has them; AGREE stays a meeting."""
    found = event(key, day, actors, recipients, event_type, **more)
    kind = BOOK.types[event_type]
    modes = tuple(one for one in found.modes if one in kind.modes)
    kept = found.modes if event_type == "ASSAULT" else modes
    return replace(found, modes=kept, quad=kind.quad, score=BOOK.score(event_type, list(modes)))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The wrong record, reviewed until it is right."""
    path = write(tmp_path / "coded", *wrong())
    after = {(one.article.id, each.id): (one, each) for one in right() for each in one.coded.events}
    for record in wrong():
        for number, coded in enumerate(record.coded.events):
            found = after.pop((record.article.id, coded.id), None)
            append(path, verdict(record, number, found), BOOK)
    for record, added in after.values():
        append(path, missing(record, added), BOOK)
    return path


def verdict(record: Record, number: int, right: tuple[Record, Event] | None) -> Review:
    of = seen(record, number)
    about: dict[str, Any] = {"reviewer": "ana", "article": of.article, "event": of.event, "sha256": of.sha256,
                             "trigger": of.trigger, "saw": of.values}  # fmt: skip
    if right is None:
        return Review(verdict="reject", **about)
    values = values_of(*right)
    if values == of.values:
        return Review(verdict="accept", **about)
    fields = {name: getattr(values, name) for name in Changes.model_fields if getattr(values, name) is not None}
    changed = {name: value for name, value in fields.items() if value != getattr(of.values, name)}
    return Review(verdict="correct", changes=Changes(**changed), **about)


def missing(record: Record, event: Event) -> Review:
    values = values_of(record, event)
    given = {name: getattr(values, name) for name in Changes.model_fields if getattr(values, name) is not None}
    of = seen(record)
    trigger = of.trigger.model_copy(update={"start": 0, "end": 9, "text": record.article.text[:9]})
    return Review(verdict="missing", reviewer="ana", article=of.article, sha256=of.sha256, trigger=trigger,
                  changes=Changes(**given))  # fmt: skip


COLUMNS = {
    "events_with_names": "article_id, event_type, quad, score, status, first_day, last_day, actors, actor_countries, "
    "recipients, recipient_countries",
    "dyads": "article_id, event_type, first_day, status, actor_country, recipient_country, mutual",
    "country_roles": "article_id, event_type, first_day, status, role, country",
    "one_a_day": "event_type, first_day, status, actor_country, recipient_country, events, reports",
    "coverage": "*",
}


def asked(directory: Path, sql: str, ready: bool) -> list[tuple[Any, ...]]:
    files = prepared(directory, 1, events=0 if ready else 10**9)
    with connect(files, 1, 500) as connection:
        return sorted(connection.execute(sql).fetchall(), key=str)


@READY
@pytest.mark.parametrize("view", sorted(COLUMNS))
def test_a_reviewed_record_answers_as_if_it_had_been_coded_so(
    directory: Path, tmp_path: Path, view: str, ready: bool
) -> None:
    sql = f"SELECT {COLUMNS[view]} FROM {view}"
    assert asked(directory, sql, ready) == asked(write(tmp_path / "right", *right()), sql, False)


@READY
@pytest.mark.parametrize("view", sorted(COLUMNS))
def test_what_was_coded_is_there_under_another_name(directory: Path, tmp_path: Path, view: str, ready: bool) -> None:
    sql = "SELECT {} FROM coded_" + view
    sql = sql.format(COLUMNS[view])
    assert asked(directory, sql, ready) == asked(write(tmp_path / "wrong", *wrong()), sql, False)


@READY
def test_events_and_participants_stand_corrected_beside_the_tables(directory: Path, ready: bool) -> None:
    rows = asked(directory, "SELECT article_id, event_type, state FROM corrected_events", ready)
    assert [row for row in rows if row[0] == "b"] == [("b", "AGREE", "corrected")]
    assert ("c", "CONSULT", "added") in rows and ("c", "AGREE", "accepted") in rows and len(rows) == 6
    names = asked(directory, "SELECT country FROM corrected_participants JOIN corrected_events "
                  "USING (article_id, event_id) WHERE state = 'added'", ready)  # fmt: skip
    assert names == [("DEU",), ("KAZ",)]
    assert asked(directory, "SELECT count(*) FROM events", ready) == [(6,)]
    numbers = asked(directory, "SELECT event_row, state = 'added' FROM events_with_names", ready)
    assert len(set(numbers)) == 6 and (6, True) in numbers
    assert asked(directory, "SELECT confidence FROM corrected_events WHERE state = 'added'", ready) == [(None,)]


@READY
def test_an_unreviewed_record_has_the_same_views(tmp_path: Path, ready: bool) -> None:
    path = write(tmp_path / "record", *wrong())
    assert asked(path, "SELECT DISTINCT state FROM corrected_events", ready) == [("unreviewed",)]
    assert asked(path, "SELECT count(*) FROM corrected_participants", ready) == asked(
        path, "SELECT count(*) FROM participants", ready
    )
    assert asked(path, "SELECT DISTINCT state FROM events_with_names", ready) == [("unreviewed",)]


@pytest.mark.parametrize(
    "what", [Panel("dyad", "week"), Panel("country", "month", "either"), Panel("dyad", "day", one_a_day=True)]
)
def test_a_panel_counts_what_holds(directory: Path, tmp_path: Path, what: Panel) -> None:
    assert panel(directory, what, 1).table == panel(write(tmp_path / "right", *right()), what, 1).table
    coded = panel(directory, replace(what, as_coded=True), 1).table
    assert coded == panel(write(tmp_path / "wrong", *wrong()), what, 1).table


def test_the_process_of_a_query_reads_it_too(directory: Path) -> None:
    result = run(directory, "SELECT event_type FROM corrected_events WHERE state = 'added'", Limits(seconds=120))
    assert list(result.rows()) == [("CONSULT",)]


def test_what_was_reviewed_is_written_once_for_each_state_of_the_reviews(directory: Path, tmp_path: Path) -> None:
    files = files_of(directory)
    first = reviewed(directory, files, directory / FOLDER)
    times = {path: path.stat().st_mtime_ns for path in first.values()}
    assert reviewed(directory, files, directory / FOLDER) == first
    assert {path: path.stat().st_mtime_ns for path in first.values()} == times
    records = {one.article.id: one for one in wrong()}
    append(directory, verdict(records["c"], 1, None), BOOK)
    assert reviewed(directory, files, directory / FOLDER) != first
    assert asked(directory, "SELECT count(*) FROM corrected_events", False) == [(5,)]
    assert reviewed(tmp_path, files, tmp_path) == {}


@pytest.mark.parametrize("ask", [lambda path: run(path, "SELECT 1"), lambda path: panel(path, Panel())])
def test_reviews_that_cannot_be_read_stop_the_query(directory: Path, ask: Callable[[Path], Any]) -> None:
    with (directory / NAME).open("a") as file:
        file.write('{"schema": "another/9"}\n')
    with pytest.raises(StoreError, match=NAME):
        ask(directory)
