from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.query.records import event, told, write
from turnstone.errors import QueryError
from turnstone.query import Panel, panel

APRIL = dt.date(2023, 4, 20)


def rows(directory: Path, what: Panel) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = panel(directory, what, threads=1).table.to_pylist()
    return found


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(
        tmp_path_factory.mktemp("record"),
        told("a", 1, event("1", 1, "RUS/MIL", "UKR", "ASSAULT", 4, -9.0), event("2", 2, "RUS", "UKR", "AGREE", 1, 3.0)),
        told("b", 8, event("1", 8, "UKR", "RUS POL"), event("2", 8, "UKR", "RUS", status="future")),
        told("c", 20, event("1", 20, "USA UNO", "", last=dt.date(2023, 3, 31)), event("2", 8, "UKR", "RUS POL")),
    )


def test_a_dyad_has_a_row_for_each_period_and_zeros_for_silence(directory: Path) -> None:
    found = rows(directory, Panel("dyad", "week"))
    pair = [row for row in found if (row["actor_country"], row["recipient_country"]) == ("RUS", "UKR")]
    assert [row["period"] for row in pair] == [dt.date(2023, 2, 27) + dt.timedelta(7 * n) for n in range(4)]
    assert all(row["period"].weekday() == 0 and row["last_day"].weekday() == 6 for row in found)
    first = pair[0]
    assert (first["events"], first["assault"], first["agree"], first["quad_1"], first["quad_4"]) == (2, 1, 1, 1, 1)
    assert (first["score_sum"], first["score_mean"]) == (-6.0, -3.0)
    assert (pair[1]["events"], pair[1]["score_sum"], pair[1]["score_mean"]) == (0, 0.0, None)
    assert {(row["actor_country"], row["recipient_country"]) for row in found} == {
        ("RUS", "UKR"), ("UKR", "RUS"), ("UKR", "POL"), ("USA", "UNO"), ("UNO", "USA")
    }  # fmt: skip
    assert (first["actor_iso3"], first["actor_cow"], first["recipient_gw"]) == ("RUS", 365, 369)


def test_a_code_that_is_no_country_is_refused_and_a_silent_state_is_not(directory: Path, tmp_path: Path) -> None:
    for unit in ("dyad", "country"):
        with pytest.raises(QueryError, match="'ZZZ' is no country"):
            panel(directory, Panel(unit, countries=("RUS", "zzz")), threads=1)
        assert rows(directory, Panel(unit, countries=("TWN", "UNO", "isl")))
    strange = write(tmp_path, told("a", 1, event("1", 1, "QQQ", "UKR")))
    assert sum(row["events"] for row in rows(strange, Panel("country", countries=("QQQ",)))) == 1


def test_silence_and_absence_are_told_apart(directory: Path) -> None:
    found = [row for row in rows(directory, Panel("dyad", "week")) if row["actor_country"] == "RUS"]
    assert [(row["articles"], row["articles_with_events"]) for row in found] == [(1, 1), (2, 1), (0, 0), (1, 1)]


def test_a_country_counts_as_what_is_asked(directory: Path) -> None:
    def counted(role: str) -> dict[str, int]:
        return {row["country"]: row["events"] for row in rows(directory, Panel("country", "year", role))}

    assert counted("actor") == {"RUS": 2, "UKR": 2, "UNO": 1, "USA": 1}
    assert counted("recipient") == {"UKR": 2, "RUS": 2, "POL": 2}
    assert counted("either") == {"RUS": 4, "UKR": 4, "POL": 2, "UNO": 1, "USA": 1}
    codes = {row["country"]: (row["iso3"], row["cow"]) for row in rows(directory, Panel("country", "year"))}
    assert codes["UNO"] == (None, None) and codes["USA"] == ("USA", 2)


def test_an_event_counts_in_the_period_of_its_first_day_and_those_that_reach_beyond_are_told(directory: Path) -> None:
    (week,) = (row for row in rows(directory, Panel("country", "week")) if row["country"] == "USA" and row["events"])
    assert (week["period"], week["events_ranged"]) == (dt.date(2023, 3, 20), 1)
    (month,) = (row for row in rows(directory, Panel("country", "month")) if row["country"] == "USA" and row["events"])
    assert month["events_ranged"] == 0


def test_statuses_days_and_countries_choose(directory: Path) -> None:
    both = Panel("dyad", "day", statuses=("happened", "future"), countries=("rus", "ukr"))
    assert Counter({(row["actor_country"], row["recipient_country"]): 0 for row in rows(directory, both)}).keys() == {
        (a, b) for a in ("RUS", "UKR") for b in ("RUS", "UKR")
    }
    assert sum(row["events"] for row in rows(directory, both)) == 5
    assert sum(row["events"] for row in rows(directory, Panel("dyad", "day", statuses=("future",)))) == 1
    assert sum(row["events"] for row in rows(directory, Panel("dyad", "day", statuses=()))) == 9
    later = rows(directory, Panel("dyad", "month", first_day=dt.date(2023, 4, 2), last_day=APRIL, countries=("RUS",)))
    assert [(row["period"], row["events"], row["articles"]) for row in later] == [(dt.date(2023, 4, 1), 0, 0)]


def test_one_a_day_counts_what_its_view_keeps(directory: Path) -> None:
    def count(one_a_day: bool) -> int:
        found = rows(directory, Panel("dyad", "year", one_a_day=one_a_day))
        return sum(row["events"] for row in found if row["actor_country"] == "UKR")

    assert (count(False), count(True)) == (4, 2)


def test_a_happening_counts_once_whatever_the_types_of_its_reports(tmp_path: Path) -> None:
    write(
        tmp_path,
        told("a", 1, event("1", 2, "RUS", "UKR", "ASSAULT", 4, -9.0), event("2", 9, "RUS", "UKR", "AGREE", 1, 3.0)),
        told("b", 2, event("1", 1, "RUS", "UKR", "ACCUSE", 3, -3.0)),
    )
    links = [("a", "1", "h1"), ("a", "2", "h2"), ("b", "1", "h1")]
    columns = ("article_id", "event_id", "happening_id", "first_day", "event_type", "status")
    (tmp_path / "stories").mkdir()
    pq.write_table(
        pa.Table.from_pylist([dict(zip(columns, (*link, APRIL, "", ""), strict=True)) for link in links]),
        tmp_path / "stories" / "links.parquet",
    )
    (month,) = rows(tmp_path, Panel("dyad", "month", happenings=True))
    assert (month["events"], month["assault"], month["accuse"], month["agree"]) == (2, 1, 0, 1)
    assert month["score_sum"] == -6.0 + 3.0
    days = rows(tmp_path, Panel("dyad", "day", happenings=True))
    assert [row["period"].day for row in days if row["events"]] == [1, 9]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (Panel(unit="city"), "no unit"),
        (Panel(by="decade"), "no by"),
        (Panel(role="speaker"), "no role"),
        (Panel(statuses=("denied",)), "no status"),
        (Panel(one_a_day=True, happenings=True), "choose one"),
        (Panel(happenings=True), "turnstone stories"),
        (Panel(first_day=APRIL, last_day=dt.date(2023, 1, 1)), "other way round"),
    ],
)
def test_what_cannot_be_counted_is_a_clear_error(directory: Path, what: Panel, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        panel(directory, what)


def test_a_panel_too_large_is_refused(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turnstone.query.panels.MOST_ROWS", 10)
    with pytest.raises(QueryError, match="rows, more than"):
        panel(directory, Panel("dyad", "day"))


countries = st.lists(st.sampled_from(["RUS", "UKR", "POL", ""]), max_size=3)
made = st.lists(
    st.tuples(st.integers(1, 28), countries, countries, st.sampled_from(["happened", "future"])), max_size=6
)


@given(made)
@settings(deadline=None, max_examples=8)
def test_a_panel_counts_every_pair_of_every_event(events: list[tuple[int, list[str], list[str], str]]) -> None:
    expected: Counter[tuple[str, str, dt.date]] = Counter()
    for day, actors, recipients, status in events:
        if status == "happened":
            pairs = {(a, b) for a in actors for b in recipients if a and b}
            if not recipients:  # the events made here are of a mutual type
                pairs = {(a, b) for a in actors for b in actors if a and b and a != b}
            expected.update((a, b, dt.date(2023, 3, day)) for a, b in pairs)
    with tempfile.TemporaryDirectory() as holding:
        one = [
            event(
                str(n), day, " ".join(f"{a}/GOV" for a in actors), " ".join(f"{b}/GOV" for b in others), status=status
            )
            for n, (day, actors, others, status) in enumerate(events)
        ]
        write(Path(holding), told("a", 1, *one), told("z", 28))
        found = rows(Path(holding), Panel("dyad", "day"))
    counted = {(row["actor_country"], row["recipient_country"], row["period"]): row["events"] for row in found}
    assert {key: count for key, count in counted.items() if count} == dict(expected)
