"""Judged places of events, of items and of reports."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus import CorpusError
from judged_places import judged_items, judged_reports
from offsets import digest

ROOT = Path(__file__).parents[2]
HEADER = "# item\tdigest\tstart\tplace\tsmaller\n"
TEXT = "Rebels raided Zenda. Police slept."


def folder(tmp_path: Path) -> Path:
    items = tmp_path / "current-events" / "items.jsonl.gz"
    items.parent.mkdir()
    with gzip.open(items, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"date": "2023-03-21", "topic": "", "text": TEXT}) + "\n")
    return tmp_path


def test_the_places_of_an_item_by_the_start_of_the_word(tmp_path: Path) -> None:
    judged = tmp_path / "items.tsv"
    judged.write_text(f"{HEADER}0\t{digest(TEXT)}\t7\tZenda/RUR\t\n0\t{digest(TEXT)}\t28\t-\tHentzau/RUR\n")
    (one,) = judged_items(judged, folder(tmp_path))
    assert (one.report, one.date, one.text) == ("item-000000", "2023-03-21", TEXT)
    assert one.places == {7: "Zenda/RUR", 28: "-"}


def test_another_text_is_told(tmp_path: Path) -> None:
    judged = tmp_path / "items.tsv"
    judged.write_text(f"{HEADER}0\t000000000000\t7\t-\t\n")
    with pytest.raises(CorpusError, match="not the text that was annotated"):
        judged_items(judged, folder(tmp_path))


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("corpus/long.txt", 60), ("corpus/tidings.txt", 60), ("corpus/voices.txt", 60),
        ("corpus/articles/world.txt", 160), ("evals/gold/world.txt", 13),
    ],
)  # fmt: skip
def test_the_packaged_places_are_of_the_reports(name: str, least: int) -> None:
    found = list(judged_reports(ROOT / name, ROOT))
    assert len(found) > least
    for one in found:
        assert all(one.text[start].isalnum() for start in one.places)
        assert all(place == "-" or place.rpartition("/")[2] for place in one.places.values())


def test_a_report_that_was_changed_is_told(tmp_path: Path) -> None:
    corpus = tmp_path / "tidings.txt"
    text = (ROOT / "corpus" / "tidings.txt").read_text(encoding="utf-8")
    corpus.write_text(text, encoding="utf-8")
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "tidings.tsv").write_text(f"{HEADER}tidings-a-001\t000000000000\t7\t-\t\n")
    with pytest.raises(CorpusError, match="tidings-a-001 is not the text that was judged"):
        list(judged_reports(corpus, tmp_path))
