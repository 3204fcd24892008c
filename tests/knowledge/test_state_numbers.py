from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from turnstone.errors import KnowledgeError
from turnstone.knowledge.entities import load_entities
from turnstone.knowledge.state_numbers import System, state_numbers


def number(code: str, system: System, day: date) -> int | None:
    found = [one.number for one in state_numbers() if (one.code, one.system) == (code, system) and one.holds_on(day)]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("code", "day", "cow", "gw"),
    [
        ("USA", "2024-01-01", 2, 2),
        ("DEU", "1990-10-02", 260, 260),
        ("DEU", "1990-10-03", 255, 260),
        ("DDR", "1990-10-02", 265, 265),
        ("DDR", "1990-10-03", None, None),
        ("YEM", "1990-05-21", 678, 678),
        ("YEM", "1990-05-22", 679, 678),
        ("YUG", "2001-01-01", 345, 345),
        ("SRB", "2006-06-04", 345, 345),
        ("SRB", "2006-06-05", 345, 340),
        ("MNE", "2006-06-05", None, 341),
        ("CZE", "1992-12-31", None, None),
        ("CZE", "1993-01-01", 316, 316),
        ("SSD", "2011-07-08", None, None),
        ("SSD", "2011-07-09", 626, 626),
        ("KIR", "2010-01-01", 946, 970),
        ("TUV", "2010-01-01", 947, 973),
        ("PSE", "2024-01-01", None, None),
        ("UNO", "2024-01-01", None, None),
    ],
)
def test_a_state_has_its_number_by_the_day(code: str, day: str, cow: int | None, gw: int | None) -> None:
    assert number(code, "cow", date.fromisoformat(day)) == cow
    assert number(code, "gw", date.fromisoformat(day)) == gw


def test_every_member_of_the_united_nations_has_both_numbers_today() -> None:
    without = {"ATA", "COK", "ESH", "HKG", "NIU", "PSE", "VAT"}
    today = date(2026, 1, 1)
    live = {state.code for state in load_entities().states if state.until is None or state.until > today}
    missing = {
        code for code in live - without for system in ("cow", "gw") if number(code, system, today) is None
    }  # fmt: skip
    assert missing == set()


def test_codes_are_those_of_the_entities_and_no_day_has_two_numbers() -> None:
    codes = {state.code for state in load_entities().states}
    assert {one.code for one in state_numbers()} <= codes
    spans = sorted((one.code, one.system, one.since or date.min, one.until or date.max) for one in state_numbers())
    assert all(a[:2] != b[:2] or a[3] <= b[2] for a, b in pairwise(spans))
    assert all(since < until for _, _, since, until in spans)


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("code,system,number,since,until\nUSA,cow,2,,\nUSA,un,2,,\n")
    with pytest.raises(KnowledgeError, match=r"numbers.csv:3: .*mend the line"):
        state_numbers(path)
