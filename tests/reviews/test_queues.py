from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.reviews.samples import coded, sample, say, seen, stored
from turnstone.records import Participant
from turnstone.reviews import Journal, queues, standing
from turnstone.reviews.queues import Wanted, disputed, many
from turnstone.reviews.summary import scores
from turnstone.store import connect

KEYS = [f"{number:02}" for number in range(20)]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Twenty events, every fifth a PROTEST in Graustark; the later the surer."""
    guest = (Participant(0, 9, "Graustark", "", "GRA"),)
    stored(
        tmp_path / "r",
        *(
            sample(key, confidence=0.4 + number / 50, event_type="PROTEST" if number % 5 == 0 else "AGREE",
                   modes=(), recipients=guest if number % 5 == 0 else ())
            for number, key in enumerate(KEYS)
        ),
    )  # fmt: skip
    connection = connect(tmp_path / "r")
    yield connection
    connection.close()


def articles(record: duckdb.DuckDBPyConnection, limit: int = 30, **more: object) -> list[str]:
    return [one.key[0] for one in queues.sample(record, limit, **more).everything]  # type: ignore[arg-type]


def test_a_draw_is_the_same_for_a_seed_and_another_for_another(record: duckdb.DuckDBPyConnection) -> None:
    first = articles(record, seed=1)
    assert sorted(first) == KEYS and first != KEYS
    assert articles(record, seed=1) == first
    assert articles(record, seed=2) != first
    assert articles(record, 5, seed=1) == first[:5]


def test_the_draw_of_some_events_is_that_of_all_without_the_others(record: duckdb.DuckDBPyConnection) -> None:
    everything = articles(record)
    for wanted in (Wanted("PROTEST"), Wanted(country="GRA"), Wanted("PROTEST", "GRA")):
        assert articles(record, wanted=wanted) == [key for key in everything if int(key) % 5 == 0]
        assert many(record, wanted) == 4


def test_the_draw_does_not_depend_on_the_ids_of_events(tmp_path: Path, record: duckdb.DuckDBPyConnection) -> None:
    stored(tmp_path / "again", *(sample(key, id="9") for key in KEYS))
    stored(tmp_path / "first", *(sample(key) for key in KEYS))
    assert articles(connect(tmp_path / "again")) == articles(connect(tmp_path / "first"))


def test_a_filter_is_a_value_and_never_sql(record: duckdb.DuckDBPyConnection) -> None:
    assert many(record, Wanted("' or true --")) == 0
    assert many(record, Wanted(country="' or true --")) == 0


def test_what_reviewers_differ_on_is_a_queue() -> None:
    events = [coded("1"), coded("2", start=40, event_type="PROTEST")]
    said = [say("accept", one) for one in events] + [say("reject", one, by="ben") for one in events]
    found = standing(Journal(tuple(said)), events)
    assert [one.coded for one in disputed(found)] == events
    assert [one.coded for one in disputed(found, Wanted("PROTEST"))] == events[1:]


def test_a_sample_is_the_random_queue_by_type_and_of_all(record: duckdb.DuckDBPyConnection) -> None:
    for wanted in (Wanted(), Wanted(country="GRA"), Wanted("AGREE")):
        whole = queues.sample(record, 30, wanted)
        for name, some in whole.types.items():
            assert some == tuple(one for one in whole.everything if one.event_type == name)
            assert some == queues.sample(record, 30, Wanted(name, wanted.country)).everything
        short = queues.sample(record, 3, wanted)
        assert short.everything == whole.everything[:3]
        assert short.types == {name: some[:3] for name, some in whole.types.items()}


def test_precision_follows_what_is_said(record: duckdb.DuckDBPyConnection) -> None:
    rows = queues.sample(record, 6).everything
    events = [seen(sample(one.key[0], event_type=one.event_type, modes=())) for one in rows]
    said = standing(Journal(tuple(say("reject" if n == 2 else "accept", one) for n, one in enumerate(events))), events)
    overall, types = scores(queues.sample(record, 7), said)
    assert (overall.there.right, overall.there.of) == (5, 6)
    assert sum(one.there.of for one in types.values()) == 6
    elsewhere, _ = scores(queues.sample(record, 7, seed=2), said)
    assert elsewhere.there.of < 6
