"""Days and places of annotated events."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus import CorpusError
from whereabouts import days_of, whereabouts

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2016-02-09", (date(2016, 2, 9), date(2016, 2, 9))),
        ("2016-02", (date(2016, 2, 1), date(2016, 2, 29))),
        ("2016-12", (date(2016, 12, 1), date(2016, 12, 31))),
        ("2016", (date(2016, 1, 1), date(2016, 12, 31))),
        ("2016-02-01/2016-02", (date(2016, 2, 1), date(2016, 2, 29))),
        ("", None),
        ("spring", None),
    ],
)
def test_days(said: str, meant: tuple[date, date] | None) -> None:
    assert days_of(said) == meant


FILES = ("articles/train.tsv", "articles/dev.tsv", "articles/world.txt", "long.txt", "tidings.txt", "voices.txt",
         "items/train_10.tsv", "items/train_11.tsv")  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_was_annotated_so_tells_days_and_places(name: str) -> None:
    told = [both for known in whereabouts(ROOT / "corpus" / name).values() for both in known.values()]
    assert len(told) > 400
    for days, place in told:
        assert days in ("", "-") or days_of(days), days
        assert place in ("", "-") or place.count("/") >= 1, place


def test_what_is_beside_nothing_tells_none(tmp_path: Path) -> None:
    assert whereabouts(tmp_path / "items.tsv") == {}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("x\t-\t-", "invalid literal"),
        ("4\t-", "not enough values"),
        ("4\t2016-2-9\t-", "'2016-2-9' is no day"),
        ("4\t2016-02-30\t-", "day"),
        ("4\t2016-02-09/2016-02-01\t-", "is no day"),
        ("4\t\t-", "'' is no day"),
        ("4\t-\tZenda", "'Zenda' is no place"),
    ],
)
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str, why: str) -> None:
    (tmp_path / "when").mkdir()
    (tmp_path / "when" / "some.tsv").write_text(f"# report\ngazette_2023-03-01_x\t{line}\n")
    with pytest.raises(CorpusError, match=rf"some\.tsv:2: .*{why}.*a line has report"):
        whereabouts(tmp_path / "some.tsv")
    assert whereabouts(tmp_path / "some.tsv", added=False) == {}
