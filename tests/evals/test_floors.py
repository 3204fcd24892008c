"""What a file of floors holds, and what becomes of a floor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floors import FloorsError, GoldSet, examine, fingerprint, judge, raised, read, rounded_down, write

HERE = GoldSet("here", {"gold.txt": None}, {"one": None})


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    sets = (GoldSet("here", {"gold.txt": "ab" * 32}, {"one": 81.5, "two": None}), GoldSet("b", {"x": None}, {"c": 0.0}))
    write(tmp_path / "floors.json", sets)
    assert read(tmp_path / "floors.json") == sets


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ([], "not an object of gold sets"),
        ({"a": {"floors": {"b": None}}}, "a is not an object with fingerprints and floors"),
        ({"a": {"fingerprints": {}, "floors": {"b": None}}}, "a: fingerprints is not"),
        ({"a": {"fingerprints": {"f": "12"}, "floors": {"b": None}}}, "the fingerprint of f is '12'"),
        ({"a": {"fingerprints": {"f": None}, "floors": {"b": "80"}}}, "the floor of b is '80'"),
        ({"a": {"fingerprints": {"f": None}, "floors": {"b": True}}}, "the floor of b is True"),
        ({"a": {"fingerprints": {"f": None}, "floors": {"b": 100.1}}}, "the floor of b is 100.1"),
        ({"a": {"fingerprints": {"f": None}, "floors": {"a": None}}}, "the name 'a' is given twice"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_remedy(raw: object, reason: str, tmp_path: Path) -> None:
    path = written(tmp_path / "floors.json", json.dumps(raw))
    with pytest.raises(FloorsError) as told:
        read(path)
    assert str(told.value).startswith(str(path)) and reason in str(told.value) and "; " in str(told.value)


def test_a_file_that_is_no_json_or_not_there(tmp_path: Path) -> None:
    for path in (written(tmp_path / "floors.json", "{"), tmp_path / "none.json"):
        with pytest.raises(FloorsError, match="cannot be read"):
            read(path)


def test_a_fingerprint_sees_words_and_names(tmp_path: Path) -> None:
    one = written(tmp_path / "set" / "inner" / "a.txt", "one")
    first, of_file = fingerprint(tmp_path / "set"), fingerprint(one)
    assert fingerprint(tmp_path / "set") == first
    written(one, "two")
    second = fingerprint(tmp_path / "set")
    assert fingerprint(one) != of_file and second != first
    one.rename(one.with_name("b.txt"))
    assert fingerprint(tmp_path / "set") not in (first, second)
    written(tmp_path / "set" / "empty.txt", "")
    assert len({first, second, fingerprint(tmp_path / "set")}) == 3


def test_a_gold_file_is_the_same_or_changed_or_gone(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.txt", "one")
    known = GoldSet("here", {"gold.txt": fingerprint(path)}, {"one": 80.0})
    same = examine(known, tmp_path, None)
    assert (same.paths, same.skipped, same.changed, same.gone) == ((path,), "", (), ())
    written(path, "two")
    (fault,) = examine(known, tmp_path, None).changed
    assert fault.startswith(f"{path}: is not the gold") and "--fingerprints" in fault
    path.unlink()
    (fault,) = examine(known, tmp_path, None).gone
    assert fault.startswith(f"{path}: is not there") and "; restore it" in fault


def test_floors_without_a_fingerprint_do_not_pass(tmp_path: Path) -> None:
    written(tmp_path / "gold.txt", "one")
    assert examine(HERE, tmp_path, None).changed == ()
    assert "no fingerprint" in examine(GoldSet("here", HERE.fingerprints, {"one": 0.0}), tmp_path, None).changed[0]


def test_what_is_not_there_yet_is_told(tmp_path: Path) -> None:
    assert examine(HERE, tmp_path, None).skipped == "gold.txt is not there"
    data = GoldSet("far", {"DATA/gold.txt": "ab" * 32}, {"one": 80.0})
    assert "--data" in examine(data, tmp_path, None).skipped
    state = examine(data, tmp_path, tmp_path / "data")
    assert state.skipped == f"{tmp_path / 'data' / 'gold.txt'} is not there" and not state.gone
    written(tmp_path / "data" / "gold.txt", "one")
    assert examine(data, tmp_path, tmp_path / "data").changed


@pytest.mark.parametrize(
    ("floor", "now", "verdict"),
    [
        (80.0, 80.0, "holds"),
        (80.0, 79.99, "below"),
        (80.0, None, "nothing to count"),
        (None, 3.0, "no floor yet"),
        (None, None, "no floor yet"),
    ],
)
def test_a_measure_holds_its_floor_or_not(floor: float | None, now: float | None, verdict: str) -> None:
    row = judge("one", floor, now)
    assert row.verdict == verdict
    assert bool(row.fault) == (verdict in ("below", "nothing to count"))


@given(st.integers(0, 10000).map(lambda n: n / 100))
def test_a_floor_is_rounded_down_to_one_decimal(value: float) -> None:
    floor = rounded_down(value)
    assert floor == round(floor, 1)
    assert floor <= value < floor + 0.1 - 1e-9 or floor == value
    assert rounded_down(floor) == floor


@given(st.none() | st.integers(0, 1000).map(lambda n: n / 10), st.none() | st.integers(0, 10000).map(lambda n: n / 100))
def test_a_floor_only_rises(floor: float | None, now: float | None) -> None:
    gold = GoldSet("here", {"gold.txt": None}, {"one": floor, "other": 50.0})
    after = raised(gold, {"one": now}).floors
    assert after["other"] == 50.0
    if now is None:
        assert after["one"] == floor
    else:
        assert after["one"] == max(floor or 0.0, rounded_down(now))
        assert judge("one", after["one"], max(now, floor or 0.0)).verdict == "holds"
