"""Queries and panels of a reviewed record: what reviewers made of it, as if it had been coded so."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.query.records import event, told, write
from tests.query.test_panel_reference import asked as questions_asked
from tests.query.test_panel_reference import made
from tests.reviews.samples import seen
from turnstone.errors import QueryError, StoreError
from turnstone.knowledge.codebook import load_codebook
from turnstone.query import Limits, Panel, PanelRows, panel, panels, run
from turnstone.query.files import files_of
from turnstone.query.prepared import FOLDER, prepared
from turnstone.query.reviewed import reviewed
from turnstone.query.tables import connect
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


@pytest.fixture(scope="module")
def coded_wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wrong record, which nobody has reviewed. Whoever writes takes a copy, here and below."""
    return write(tmp_path_factory.mktemp("wrong") / "record", *wrong())


@pytest.fixture(scope="module")
def coded_right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("right") / "record", *right())


@pytest.fixture(scope="module")
def mended(coded_wrong: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wrong record, reviewed until it is right."""
    path = Path(shutil.copytree(coded_wrong, tmp_path_factory.mktemp("mended") / "record"))
    after = {(one.article.id, each.id): (one, each) for one in right() for each in one.coded.events}
    for record in wrong():
        for number, coded in enumerate(record.coded.events):
            found = after.pop((record.article.id, coded.id), None)
            append(path, verdict(record, number, found), BOOK)
    for record, added in after.values():
        append(path, missing(record, added), BOOK)
    return path


@pytest.fixture
def directory(mended: Path, tmp_path: Path) -> Path:
    """A copy of it, to write into."""
    return Path(shutil.copytree(mended, tmp_path / "coded", ignore=shutil.ignore_patterns(FOLDER)))


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
    mended: Path, coded_right: Path, view: str, ready: bool
) -> None:
    sql = f"SELECT {COLUMNS[view]} FROM {view}"
    assert asked(mended, sql, ready) == asked(coded_right, sql, False)


@READY
@pytest.mark.parametrize("view", sorted(COLUMNS))
def test_what_was_coded_is_there_under_another_name(mended: Path, coded_wrong: Path, view: str, ready: bool) -> None:
    sql = "SELECT {} FROM coded_" + view
    sql = sql.format(COLUMNS[view])
    assert asked(mended, sql, ready) == asked(coded_wrong, sql, False)


@READY
def test_events_and_participants_stand_corrected_beside_the_tables(mended: Path, ready: bool) -> None:
    rows = asked(mended, "SELECT article_id, event_type, state FROM corrected_events", ready)
    assert [row for row in rows if row[0] == "b"] == [("b", "AGREE", "corrected")]
    assert ("c", "CONSULT", "added") in rows and ("c", "AGREE", "accepted") in rows and len(rows) == 6
    names = asked(mended, "SELECT country FROM corrected_participants JOIN corrected_events "
                  "USING (article_id, event_id) WHERE state = 'added'", ready)  # fmt: skip
    assert names == [("DEU",), ("KAZ",)]
    assert asked(mended, "SELECT count(*) FROM events", ready) == [(6,)]
    numbers = asked(mended, "SELECT event_row, state = 'added' FROM events_with_names", ready)
    assert len(set(numbers)) == 6 and (6, True) in numbers
    assert asked(mended, "SELECT confidence FROM corrected_events WHERE state = 'added'", ready) == [(None,)]


@READY
def test_an_unreviewed_record_has_the_same_views(coded_wrong: Path, ready: bool) -> None:
    assert asked(coded_wrong, "SELECT DISTINCT state FROM corrected_events", ready) == [("unreviewed",)]
    assert asked(coded_wrong, "SELECT count(*) FROM corrected_participants", ready) == asked(
        coded_wrong, "SELECT count(*) FROM participants", ready
    )
    assert asked(coded_wrong, "SELECT DISTINCT state FROM events_with_names", ready) == [("unreviewed",)]


@pytest.mark.parametrize(
    "what", [Panel("dyad", "week"), Panel("country", "month", "either"), Panel("dyad", "day", one_a_day=True)]
)
def test_a_panel_counts_what_holds(mended: Path, coded_right: Path, coded_wrong: Path, what: Panel) -> None:
    assert panel(mended, what, 1).table == panel(coded_right, what, 1).table
    coded = panel(mended, replace(what, as_coded=True), 1).table
    assert coded == panel(coded_wrong, what, 1).table


@st.composite
def judged(draw: st.DrawFn) -> tuple[list[Record], list[Record], list[Event]]:
    """A record as it was coded and as it is right, without the events of its last article that were added."""
    countries = st.lists(st.sampled_from(["RUS", "UKR", "POL/MIL", "/GOV", ""]), max_size=2).map(" ".join)
    wrong, right = [], []
    for number, (day, events) in enumerate(draw(made())):
        after = []
        for coded in events:
            way = draw(st.sampled_from(["right", "right", "wrong", "rejected"]))
            if way == "wrong":
                kind, status = draw(st.sampled_from(["AGREE", "ACCUSE"])), draw(st.sampled_from(["happened", "future"]))
                first = draw(st.integers(1, 3))
                found = scored(coded.id, first, draw(countries), draw(countries), kind, status=status,
                               confidence=coded.confidence)  # fmt: skip
                record = told(str(number), day, coded)
                same = values_of(record, coded) == values_of(told(str(number), day, found), found)
                after.append(coded if same else found)
            elif way == "right":
                after.append(coded)
        wrong.append(told(str(number), day, *events))
        right.append(told(str(number), day, *after))
    new = scored("added", draw(st.integers(1, 3)), draw(countries), "UKR", "ACCUSE", confidence=1.0)
    wrong.append(told("final", 28))
    right.append(told("final", 28))
    return wrong, right, draw(st.sampled_from([[], [new]]))


def review(path: Path, wrong: list[Record], right: list[Record], added: list[Event]) -> None:
    """Says of each event what is right; of those that are, of every second one only."""
    for record, should in zip(wrong, right, strict=True):
        after = {one.id: one for one in should.coded.events}
        for number, coded in enumerate(record.coded.events):
            found = after.get(coded.id)
            if found != coded or number % 2:
                append(path, verdict(record, number, found and (should, found)), BOOK)
    for one in added:
        append(path, missing(told("final", 28, one), one), BOOK)


def link(path: Path, happenings: dict[tuple[str, str], str], reviewed: bool) -> None:
    """Stories of these happenings, a name for each event that holds, in which what was added is `added`."""
    with connect(files_of(path) | reviewed_files(path), 1, 500) as connection:
        keys = connection.execute("SELECT article_id, event_id, event_row FROM corrected_events").fetchall()
    rows = [
        {"article_id": a, "event_id": e, "happening_id": happenings[a, "added" if a == "final" else e]}
        for a, e, _ in sorted(keys, key=lambda key: key[2])
    ]
    (path / "stories").mkdir()
    schema = pa.schema([(name, pa.string()) for name in ("article_id", "event_id", "happening_id")])
    pq.write_table(pa.Table.from_pylist(rows, schema), path / "stories" / "links.parquet")
    said = {"reviews": "digest"} if reviewed else {}
    (path / "stories" / "manifest.json").write_text(json.dumps(said))


def reviewed_files(path: Path) -> dict[str, Path]:
    return reviewed(path, files_of(path), path / FOLDER)


@given(
    judged(), st.lists(st.integers(0, 3), min_size=25, max_size=25), st.lists(questions_asked(), min_size=3, max_size=3)
)
@settings(deadline=None, max_examples=4)
def test_a_panel_after_review_is_that_of_the_right_coding_wherever_events_are_read_from(
    found: tuple[list[Record], list[Record], list[Event]], numbers: list[int], questions: list[Panel]
) -> None:
    wrong, right, added = found
    keys = [(record.article.id, one.id) for record in wrong for one in record.coded.events] + [("final", "added")]
    happenings = {key: f"h{number}" for key, number in zip(keys, numbers, strict=False)}
    with tempfile.TemporaryDirectory() as holding, pytest.MonkeyPatch.context() as patch:
        directory = write(Path(holding) / "reviewed", *wrong)
        review(directory, wrong, right, added)
        link(directory, happenings, True)
        last = replace(right[-1], coded=replace(right[-1].coded, events=tuple(added)))
        expected = write(Path(holding) / "right", *right[:-1], last)
        link(expected, happenings, False)
        ready = partial(prepared, events=0)
        for what in questions:
            rows = cells(panel(expected, what, 1))
            assert cells(panel(directory, what, 1)) == rows
            patch.setattr(panels, "prepared", ready)
            assert cells(panel(directory, what, 1)) == rows
            patch.undo()
        coded = write(Path(holding) / "coded", *wrong)
        for what in (replace(one, happenings=False) for one in questions):
            rows = cells(panel(coded, what, 1))
            patch.setattr(panels, "prepared", ready)
            assert cells(panel(directory, replace(what, as_coded=True), 1)) == rows
            patch.undo()


def cells(found: PanelRows) -> list[dict[str, Any]]:
    """Rows; of the days with articles that have an event nothing: reviews add events, not what coding found."""
    rows = found.table.drop_columns(["articles_with_events"]).to_pylist()
    return [row | {"score_sum": pytest.approx(row["score_sum"]), "score_mean": row["score_mean"] and
            pytest.approx(row["score_mean"])} for row in rows]  # fmt: skip


def test_happenings_found_after_review_are_none_of_what_was_coded(directory: Path) -> None:
    happenings = dict.fromkeys(((a, e) for a in "abc" for e in "12"), "h")
    with connect(files_of(directory) | reviewed_files(directory), 1, 500) as connection:
        keys = connection.execute("SELECT article_id, event_id FROM corrected_events").fetchall()
    link(directory, happenings | dict.fromkeys(keys, "h"), True)
    with pytest.raises(QueryError, match="found after review"):
        panel(directory, Panel(happenings=True, as_coded=True))
    assert panel(directory, Panel("country", happenings=True), 1).table.num_rows
    (directory / "stories" / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match=r"manifest.json: cannot be read .* turnstone stories"):
        panel(directory, Panel(happenings=True, as_coded=True))


def test_the_process_of_a_query_reads_it_too(mended: Path) -> None:
    result = run(mended, "SELECT event_type FROM corrected_events WHERE state = 'added'", Limits(seconds=120))
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
