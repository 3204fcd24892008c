"""When the gate is open and when it is not; what is measured is made up, no model is loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import floors
import gate
from gold_scores import MEASURING, Packaged, Scores
from turnstone.errors import ReadingError


class Gate:
    """A repository with two gold sets, one of them under a data folder, and what is measured on them."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"
        self.now: dict[str, dict[str, float | None]] = {"here": {"one": 81.27, "two": 64.0}, "far": {"three": 90.0}}
        self.asked: list[str] = []
        self.spread = 0.0
        for path in (root / "evals", self.data):
            path.mkdir()
        (root / "gold.txt").write_text("gold", encoding="utf-8")
        (self.data / "far.txt").write_text("far gold", encoding="utf-8")
        self.hold({"one": 81.0, "two": 64.0}, {"three": None})

    def hold(self, here: Mapping[str, float | None], far: Mapping[str, float | None]) -> None:
        known = {name: floors.fingerprint(self.root / name) for name in ("gold.txt", "data/far.txt")}
        floors.write(
            self.root / gate.FLOORS,
            [
                floors.GoldSet("here", {"gold.txt": known["gold.txt"]}, here),
                floors.GoldSet("far", {"DATA/far.txt": known["data/far.txt"]}, far),
            ],
        )

    def run(self, *arguments: object) -> int:
        def measured(name: str) -> Any:
            def scores(_: Packaged, paths: Sequence[Path]) -> Scores:
                assert all(path.exists() for path in paths)
                self.asked.append(name)
                return self.now[name]

            return scores

        return gate.main(
            [*map(str, arguments)], self.root, {name: measured(name) for name in self.now}, lambda: self.spread
        )

    @property
    def kept(self) -> Any:
        return json.loads((self.root / gate.FLOORS).read_text(encoding="utf-8"))


@pytest.fixture
def held(tmp_path: Path) -> Gate:
    return Gate(tmp_path)


def rows(out: str) -> dict[str, str]:
    return {line.split()[0]: " ".join(line.split()[1:]) for line in out.split("\n\n")[0].splitlines()}


def test_at_or_above_the_floor_passes(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    before = held.kept
    assert held.run("--data", held.data) == 0
    found = rows(capsys.readouterr().out)
    assert found["one"] == "81.0 81.27 holds gold.txt"
    assert found["three"] == "- 90.00 no floor yet DATA/far.txt"
    assert held.kept == before


def test_a_processor_may_be_a_little_below_the_floor(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    held.spread = 0.3
    held.now["here"] = {"one": 81.0, "two": 63.7}
    assert held.run() == 0
    assert rows(capsys.readouterr().out)["two"].startswith("64.0 63.70 holds within the spread of processors")
    held.now["here"]["two"] = 63.69
    assert held.run() == 1


def test_below_the_floor_fails(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    held.now["here"]["two"] = 63.99
    assert held.run() == 1
    out = capsys.readouterr().out
    assert rows(out)["two"] == "64.0 63.99 below gold.txt"
    assert "two: 63.99 is below its floor of 64.0; " in out and "one: " not in out


def test_nothing_to_count_holds_no_floor(held: Gate) -> None:
    held.now["here"]["one"] = None
    assert held.run() == 1


def test_changed_gold_fails_and_is_not_measured(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    (held.root / "gold.txt").write_text("easier gold", encoding="utf-8")
    assert held.run() == 1
    out = capsys.readouterr().out
    assert rows(out)["one"] == "81.0 - changed gold.txt"
    assert out.count(f"{held.root / 'gold.txt'}: is not the gold that the floors were measured on") == 1
    assert held.asked == []


def test_gold_that_went_missing_fails(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    (held.root / "gold.txt").unlink()
    assert held.run() == 1
    assert "but floors were measured on it; restore it" in capsys.readouterr().out


def test_missing_data_is_skipped(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    held.hold({"one": 81.0, "two": 64.0}, {"three": 99.0})
    assert held.run() == 0
    out = capsys.readouterr().out
    assert rows(out)["three"] == "99.0 - skipped DATA/far.txt" and "far: skipped, " in out
    assert held.run("--data", held.root / "none") == 0
    assert f"far: skipped, {held.root / 'none' / 'far.txt'} is not there" in capsys.readouterr().out
    assert held.asked == ["here", "here"]
    assert held.run("--data", held.data) == 1


def test_changed_gold_fails_also_where_the_rest_is_skipped(held: Gate) -> None:
    floors.write(
        held.root / gate.FLOORS, [floors.GoldSet("far", {"gold.txt": "ab" * 32, "DATA/far.txt": None}, {"three": None})]
    )
    assert held.run() == 1


def test_only_what_is_named_is_measured(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    held.now["here"]["two"] = 0.0
    assert held.run("--data", held.data, "--only", "far,one") == 0
    assert set(rows(capsys.readouterr().out)) == {"measure", "one", "three"}
    with pytest.raises(SystemExit) as told:
        held.run("--only", "ones")
    assert told.value.code == 2
    assert "ones is not measured; give some of here, one, two, far, three" in " ".join(capsys.readouterr().err.split())


def test_raise_lifts_and_never_lowers(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    held.now = {"here": {"one": 85.69, "two": 12.0}, "far": {"three": 90.0}}
    assert held.run("--data", held.data, "--raise") == 1
    assert "one: raised to 85.6" in capsys.readouterr().out
    assert held.kept["here"]["floors"] == {"one": 85.6, "two": 64.0}
    assert held.kept["far"]["floors"] == {"three": 90.0}
    held.now = {"here": {"one": 0.0, "two": None}, "far": {"three": 89.99}}
    assert held.run("--data", held.data, "--raise") == 1
    assert held.kept["here"]["floors"] == {"one": 85.6, "two": 64.0}
    assert held.kept["far"]["floors"] == {"three": 90.0}


def test_raise_leaves_what_was_not_measured(held: Gate) -> None:
    far = held.kept["far"]
    held.now["here"] = {"one": 99.0, "two": 99.0}
    assert held.run("--raise", "--only", "one") == 0
    assert held.kept["here"]["floors"] == {"one": 99.0, "two": 64.0}
    assert held.kept["far"] == far


def test_raise_writes_fingerprints(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    (held.root / "gold.txt").write_text("more gold", encoding="utf-8")
    assert held.run("--raise") == 0
    assert "gold.txt: fingerprint written" in capsys.readouterr().out
    assert held.kept["here"]["fingerprints"] == {"gold.txt": floors.fingerprint(held.root / "gold.txt")}
    assert held.run() == 0


def test_fingerprints_are_written_alone(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    before = held.kept
    (held.root / "gold.txt").write_text("more gold", encoding="utf-8")
    assert held.run("--fingerprints") == 0
    assert capsys.readouterr().out.splitlines() == [
        "gold.txt: written",
        "DATA/far.txt: left as it was, the file is not there",
    ]
    assert held.asked == [] and held.kept["far"] == before["far"]
    assert held.kept["here"]["floors"] == before["here"]["floors"]
    assert held.run() == 0
    held.now["here"]["one"] = 80.0
    assert held.run() == 1


def test_what_cannot_be_measured_fails_and_the_rest_goes_on(
    held: Gate, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> Scores:
        raise ReadingError("gold.txt:3: no event; mend it")

    assert gate.main(["--data", str(held.data)], held.root, {"here": broken, "far": lambda *_: {"three": 1.0}}) == 1
    out = capsys.readouterr().out
    assert rows(out)["one"] == "81.0 - failed gold.txt" and rows(out)["three"].startswith("- 1.00")
    assert "here: gold.txt:3: no event; mend it" in out


def test_a_measure_without_a_floor_is_told(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    held.now["here"]["new"] = 50.0
    assert held.run() == 1
    assert "here has floors for one, two, but one, two, new are measured" in capsys.readouterr().err


def test_a_broken_file_of_floors_is_told(held: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    (held.root / gate.FLOORS).write_text("{", encoding="utf-8")
    assert held.run() == 1
    assert capsys.readouterr().err.startswith(f"gate: {held.root / gate.FLOORS}: cannot be read")


def test_every_gold_set_of_the_repository_can_be_measured() -> None:
    assert [one.name for one in floors.read(gate.ROOT / gate.FLOORS)] == list(MEASURING)
