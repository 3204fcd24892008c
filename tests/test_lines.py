"""docs/lines.py: what counts as an event between two countries, and where it is drawn."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from tests.exports.made import RUN
from turnstone.records import Analysis, Article, Coded, Event, Participant, Record, Resolved, Span
from turnstone.store import Store

SCRIPT = Path(__file__).resolve().parent.parent / "docs" / "lines.py"


@pytest.fixture(scope="module")
def lines() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lines", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["lines"] = module
    spec.loader.exec_module(module)
    return module


def happened(
    key: str, event_type: str, quad: int, day: date, actors: str, recipients: str = "", **more: object
) -> Event:
    who, whom = (tuple(Participant(0, 2, one, "", one) for one in side.split()) for side in (actors, recipients))
    values = dict(status="happened", last_day=day, granularity="day") | more
    return Event(
        key, event_type, (), (), quad, 1.0, who, whom, first_day=day, date_basis="", place=None, attribution=-1,
        trigger=Span(0, 2), evidence=Span(0, 2), confidence=0.5, **values,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Path:
    with Store(tmp_path / "record", RUN) as store:
        for year in range(2021, 2025):
            for month in range(1, 13):
                day = date(year, month, 3)
                article = Article(f"{year}-{month:02}", day, "It happened.", origin="x")
                events: list[Event] = []
                if (year, month) == (2022, 2):
                    events = [
                        happened("1", "ASSAULT", 4, day, "RUS RUS", "UKR"),
                        happened("2", "ASSAULT", 4, day, "UKR RUS"),
                        happened("3", "COERCE", 4, day, "UKR RUS"),
                        happened("4", "CONSULT", 1, day, "RUS UKR"),
                        happened("5", "ASSAULT", 4, day, "RUS", "UKR", status="future"),
                        happened("6", "ASSAULT", 4, day, "RUS", "UKR", last_day=date(2022, 3, 9), granularity="range"),
                        happened("7", "ASSAULT", 4, day, "RUS", "POL"),
                        happened("8", "ACCUSE", 3, day, "RUS", "UKR"),
                    ]
                store.add(Record(article, Analysis((), (), (), (), ()), Resolved((), (), ()), Coded((), tuple(events))))
    return tmp_path / "record"


def test_each_event_between_the_two_counts_once(lines: ModuleType, record: Path) -> None:
    found, articles = lines.counted(record)
    assert found["Russia and Ukraine"] == {"conflict": {(2022, 2): 2}, "cooperation": {(2022, 2): 1}}
    assert found["United States and Iran"] == {"conflict": {}, "cooperation": {}}
    assert len(articles) == 48 and set(articles.values()) == {1}


def test_the_picture_is_drawn_and_the_page_gets_its_table(
    lines: ModuleType, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "lines.md"
    page.write_text(f"Before.\n\n{lines.BEGIN}\nold\n{lines.END}\n\nAfter.\n")
    monkeypatch.setattr(sys, "argv", ["lines.py", str(record), str(page)])
    lines.main()
    text = page.read_text()
    assert text.startswith("Before.") and text.endswith("After.\n") and "old" not in text
    assert "| Russia and Ukraine | 2022-02-24 | invasion | conflict | 2 | 0 | 0.0 |" in text
    assert "Crimea" not in text  # before the first report
    picture = tmp_path / "images" / "lines.svg"
    first = picture.read_bytes()
    root = ElementTree.fromstring(first)
    assert len(root.findall(".//{http://www.w3.org/2000/svg}polyline")) == 11
    lines.main()
    assert picture.read_bytes() == first and page.read_text() == text


def test_turning_points_stand_in_order_and_name_a_line(lines: ModuleType) -> None:
    for dyad in lines.DYADS:
        days = [day for day, _, _ in dyad.turns]
        assert days == sorted(days) and {kind for _, _, kind in dyad.turns} <= set(lines.LINES)


def test_what_is_no_record_is_said_in_words(lines: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["lines.py", str(tmp_path)])
    with pytest.raises(SystemExit, match="holds no record"):
        lines.main()
