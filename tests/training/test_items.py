"""Annotations of texts that are not in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import CorpusError, GoldReport, read
from items import read_items, to_lines

TEXT = "Ruritania's king meets rebels. Gunmen kill two villagers."
BLOCK = f"""## item-1 | 2011-02-03 | Politics
{TEXT}
E meets | CONSULT visit | happened | A: Ruritania's king; rebels | when: meets | ctx: diplomatic
E kill | ASSAULT firearms | historical | A: Gunmen | R: two villagers | by: rebels

## item-0 | 2011-02-03 | Sport
A cup final.
"""


@pytest.fixture
def reports(tmp_path: Path) -> list[GoldReport]:
    path = tmp_path / "annotated.txt"
    path.write_text(BLOCK, encoding="utf-8")
    found, faults = read(path)
    assert faults == []
    return found


def items(text: str = TEXT) -> list[dict[str, str]]:
    return [{"date": "2011-02-03", "topic": topic, "text": t} for topic, t in (("Sport", "A cup final."), ("", text))]


def test_what_is_written_reads_back(reports: list[GoldReport], tmp_path: Path) -> None:
    path = tmp_path / "items.tsv"
    path.write_text("\n".join(to_lines(reports)) + "\n", encoding="utf-8")
    back = read_items(path, items())
    assert [r.events for r in back] == [r.events for r in reports]
    assert [r.text for r in back] == [TEXT, "A cup final."]


def test_no_word_of_the_text_is_written(reports: list[GoldReport]) -> None:
    written = "\n".join(to_lines(reports)[1:])
    assert [word for word in ("Ruritania", "king", "Gunmen", "villagers", "cup") if word in written] == []


def test_another_text_than_the_annotated_one_is_refused(reports: list[GoldReport], tmp_path: Path) -> None:
    path = tmp_path / "items.tsv"
    path.write_text("\n".join(to_lines(reports)) + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"items\.tsv:2: item 1 is not the text"):
        read_items(path, items(TEXT.replace("two", "ten")))
