"""Panels against counting by hand, whatever is asked and wherever the events are read from."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.query.records import event, told, write
from turnstone.knowledge.codebook import load_codebook
from turnstone.query import Panel, panel, panels
from turnstone.query import write as written
from turnstone.query.panels import PERIODS, ROLES, UNITS
from turnstone.query.prepared import prepared
from turnstone.query.result import write_parquet
from turnstone.query.spread import PanelRows
from turnstone.records import Event

MUTUAL = ("AGREE", "ASSAULT", "CONSULT", "COOPERATE", "SUPPORT")
NUMBERS = {"RUS": ("RUS", 365, 365), "UKR": ("UKR", 369, 369), "POL": ("POL", 290, 290), "UNO": (None, None, None)}
Row = dict[str, Any]


def period_of(day: dt.date, by: str) -> dt.date:
    back = {"day": 0, "week": day.weekday(), "month": day.day - 1, "year": day.timetuple().tm_yday - 1}[by]
    return day - dt.timedelta(back)


def after(period: dt.date, by: str) -> dt.date:
    if by in ("day", "week"):
        return period + dt.timedelta(1 if by == "day" else 7)
    return period_of(period + dt.timedelta(31 if by == "month" else 366), by)


def rows_of(directory: Path, table: str) -> list[Row]:
    path = directory / f"{table}.parquet"
    return pq.read_table(path).to_pylist() if path.exists() else []  # type: ignore[no-any-return]


def units_of(event: Row, actors: list[Row], recipients: list[Row], what: Panel) -> set[tuple[str, ...]]:
    first, second = ({one["country"] for one in side} - {""} for side in (actors, recipients))
    if what.unit == "country":
        return {(code,) for code in {"actor": first, "recipient": second, "either": first | second}[what.role]}
    if event["event_type"] in MUTUAL and not recipients:
        return {(a, b) for a, b in product(first, first) if a != b}
    return set(product(first, second))


def kept(events: list[Row], sides: list[tuple[list[Row], list[Row]]]) -> set[int]:
    best: dict[tuple[Any, ...], tuple[float, int]] = {}
    for number, (one, parties) in enumerate(zip(events, sides, strict=True)):
        who = [(side[0]["country"], (side[0]["sectors"] or [""])[0]) if side else ("", "") for side in parties]
        alone = number if who == [("", "")] * 2 else None
        key = (one["first_day"], one["event_type"], one["status"], *who, alone)
        best[key] = max(best.get(key, (-1.0, 0)), (one["confidence"], -number))
    return {-number for _, number in best.values()}


def by_hand(directory: Path, what: Panel) -> list[Row]:
    events, parties = rows_of(directory, "events"), rows_of(directory, "participants")
    sides = [
        tuple(
            [one for one in parties if (one["article_id"], one["event_id"], one["role"]) == (*key, role)]
            for role in ("actor", "recipient")
        )
        for key in ((one["article_id"], one["event_id"]) for one in events)
    ]
    links = {
        (row["article_id"], row["event_id"]): row["happening_id"] for row in rows_of(directory / "stories", "links")
    }
    chosen = kept(events, sides) if what.one_a_day else range(len(events))  # type: ignore[arg-type]
    days = [row["published"] for row in rows_of(directory, "ledger") if row["outcome"] != "failed"]
    first = period_of(what.first_day or min(days), what.by)
    periods = [first]
    while after(periods[-1], what.by) <= (what.last_day or max(days)):
        periods.append(after(periods[-1], what.by))

    reports: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for number in chosen:
        one = events[number]
        inside = periods[0] <= one["first_day"] < after(periods[-1], what.by)
        if not inside or (what.statuses and one["status"] not in what.statuses):
            continue
        for unit in units_of(one, *sides[number], what):
            if what.countries and not set(unit) <= set(what.countries):
                continue
            happening = links.get((one["article_id"], one["event_id"]), number) if what.happenings else number
            reports[unit, happening].append(one)
    cells: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    units = {unit for unit, _ in reports}
    for (unit, _), its in reports.items():
        day = min(one["first_day"] for one in its)
        score = sum(one["score"] for one in its) / len(its)
        whole = its[0] | {"score": score, "last_day": max(one["last_day"] for one in its)}
        cells[unit, period_of(day, what.by)].append(whole)
    if what.countries:
        units |= set(product(what.countries, repeat=2 if what.unit == "dyad" else 1))
    return [cell(unit, period, cells[unit, period], what, days) for unit in sorted(units) for period in periods]


def cell(unit: tuple[str, ...], period: dt.date, its: list[Row], what: Panel, days: list[dt.date]) -> Row:
    sides = ("actor_", "recipient_") if what.unit == "dyad" else ("",)
    end = after(period, what.by)
    found: Row = {f"{side}country": code for side, code in zip(sides, unit, strict=True)}
    for side, code in zip(sides, unit, strict=True):
        found |= dict(zip((f"{side}iso3", f"{side}cow", f"{side}gw"), NUMBERS[code], strict=True))
    found |= {"period": period, "last_day": end - dt.timedelta(1), "events": len(its)}
    found |= {name.lower(): sum(one["event_type"] == name for one in its) for name in load_codebook().types}
    found |= {f"quad_{n}": sum(one["quad"] == n for one in its) for n in range(1, 5)}
    total = sum(one["score"] for one in its)
    found |= {"score_sum": pytest.approx(total), "score_mean": pytest.approx(total / len(its)) if its else None}
    found["events_ranged"] = sum(one["last_day"] >= end for one in its)
    read = sum(period <= day < end for day in days)
    # The one article of the records below that has no event is that of the ninth.
    silent = period <= dt.date(2023, 3, 9) < end
    return found | {"articles": read, "articles_with_events": read - silent, "articles_failed": 0}


@st.composite
def made(draw: st.DrawFn) -> list[tuple[int, list[Event]]]:
    """Articles of March with their events, for the days of which February to April are likely."""
    countries = st.lists(st.sampled_from(["RUS", "UKR", "POL/MIL", "UNO", "/GOV", ""]), max_size=3).map(" ".join)
    articles = []
    for _ in range(draw(st.integers(1, 4))):
        events = []
        for number in range(draw(st.integers(1, 6))):
            first = dt.date(2023, 2, 20) + dt.timedelta(draw(st.sampled_from([0, 1, 9, 10, 11, 12, 30, 40, 60])))
            kind = draw(st.sampled_from(["AGREE", "ASSAULT", "ACCUSE"]))
            events.append(
                event(
                    str(number), first, draw(countries), draw(countries), kind, draw(st.integers(0, 4)),
                    draw(st.sampled_from([-9.5, 0.0, 0.1, 4.0])), draw(st.sampled_from(["happened", "future"])),
                    draw(st.sampled_from([0.25, 0.5])), first + dt.timedelta(draw(st.sampled_from([0, 0, 3, 40]))),
                )
            )  # fmt: skip
        articles.append((draw(st.integers(1, 28)), events))
    return articles


@st.composite
def asked(draw: st.DrawFn) -> Panel:
    first = draw(st.none() | st.just(dt.date(2023, 2, 28)))
    way = draw(st.sampled_from(["reports", "one a day", "happenings"]))
    return Panel(
        draw(st.sampled_from(UNITS)), draw(st.sampled_from(PERIODS)), draw(st.sampled_from(ROLES)),
        way == "one a day", way == "happenings", draw(st.sampled_from([("happened",), ("future",), ()])),
        first, draw(st.none() | st.just(dt.date(2023, 3, 30))), draw(st.sampled_from([(), ("RUS", "UKR")])),
    )  # fmt: skip


def link(directory: Path, happenings: Iterator[int]) -> None:
    rows = [
        {"article_id": one["article_id"], "event_id": one["event_id"], "happening_id": f"h{next(happenings)}"}
        for one in rows_of(directory, "events")
    ]
    (directory / "stories").mkdir()
    pq.write_table(pa.Table.from_pylist(rows), directory / "stories" / "links.parquet")


@given(made(), st.lists(st.integers(0, 3), min_size=24, max_size=24), st.lists(asked(), min_size=4, max_size=4))
@settings(deadline=None, max_examples=6)
def test_a_panel_is_what_counting_by_hand_gives(
    articles: list[tuple[int, list[Event]]], happenings: list[int], questions: list[Panel]
) -> None:
    with tempfile.TemporaryDirectory() as holding, pytest.MonkeyPatch.context() as patch:
        directory = write(Path(holding), *(told(str(n), day, *events) for n, (day, events) in enumerate(articles)))
        link(directory, iter(happenings))
        for what in questions:
            expected = by_hand(directory, what)
            assert panel(directory, what, threads=1).table.to_pylist() == expected
            patch.setattr(panels, "prepared", partial(prepared, events=0))
            assert panel(directory, what, threads=1).table.to_pylist() == expected
            patch.undo()


def plain(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)


@pytest.mark.parametrize("block", [1, 7, 100_000])
@pytest.mark.parametrize(("unit", "by"), [("dyad", "day"), ("country", "month"), ("dyad", "year")])
def test_rows_are_the_same_however_they_are_made_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unit: str, by: str, block: int
) -> None:
    monkeypatch.setattr("turnstone.query.spread._BLOCK", block)
    # Serbia has another Gleditsch-Ward number after the fifth of June 2006, Germany another COW number since 1990.
    days = [dt.date(2006, 5, 30), dt.date(2006, 6, 12), dt.date(2006, 6, 12)]
    events = [event(str(n), day, "SRB DEU", "UNO" if n else "SRB", score=-9.5) for n, day in enumerate(days)]
    write(tmp_path, told("a", 1, *events))
    found = panel(tmp_path, Panel(unit, by, first_day=days[0], last_day=dt.date(2006, 6, 20)), threads=1)
    rows = found.table.to_pylist()
    assert len(found) == len(rows) > 0 and found.table.schema == found.schema
    numbers = {row["actor_gw" if unit == "dyad" else "gw"] for row in rows}
    assert numbers == ({345, 340, 260} if by != "year" else {340, 260})
    held = io.StringIO()
    written(found, "csv", held)
    lines = list(csv.DictReader(io.StringIO(held.getvalue())))
    assert lines == [{name: plain(value) for name, value in row.items()} for row in rows]
    write_parquet(found, tmp_path / "panel.parquet")
    assert pq.read_table(tmp_path / "panel.parquet").to_pylist() == rows


def test_the_columns_of_a_panel_have_these_types(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS", "UKR")))
    schema = panel(tmp_path, Panel("country", "year"), threads=1).schema
    kinds = {name: str(schema.field(name).type) for name in schema.names}
    words, whole, long = "string", "int32", "int64"
    assert kinds == {
        "country": words, "iso3": words, "cow": whole, "gw": whole, "period": "date32[day]", "last_day": "date32[day]",
        "events": whole, **{name.lower(): whole for name in load_codebook().types},
        **{f"quad_{number}": whole for number in range(1, 5)}, "score_sum": "double", "score_mean": "double",
        "events_ranged": whole, "articles": long, "articles_with_events": long, "articles_failed": long,
    }  # fmt: skip


def test_a_record_without_events_has_a_panel_without_rows(tmp_path: Path) -> None:
    write(tmp_path)
    found = panel(tmp_path, Panel(), threads=1)
    assert isinstance(found, PanelRows) and len(found) == found.table.num_rows == 0
    assert "".join(found.csv()).count("\n") == 1
