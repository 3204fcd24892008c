"""Annotated articles as they are kept, without their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles import blank, load_articles, read_articles, read_who, to_lines, who_lines
from corpus import CorpusError
from sheets import read_sheets
from tests.training.test_sheets import NAME, sheet

TEXT = "King meets rebels\n\nRuritania's  king met rebels on Tuesday.\n\n\nGunmen kill two; he blames the rebels.\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data/polnear/dev/text"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "data"


def test_what_is_written_reads_back(data: Path, tmp_path: Path) -> None:
    sheets, _ = read_sheets(sheet(tmp_path))
    kept, who = tmp_path / "articles.tsv", tmp_path / "articles_who.tsv"
    kept.write_text("\n".join(to_lines(sheets)) + "\n", encoding="utf-8")
    who.write_text("\n".join(who_lines(sheets)) + "\n", encoding="utf-8")
    assert read_articles(kept, data) == [one.report for one in sheets]
    meant = read_who(who)
    assert [meant[NAME, event.trigger[0]] for event in sheets[0].report.events] == list(sheets[0].who)
    assert [word for word in ("Ruritania", "Gunmen", "rebels") if word in kept.read_text(encoding="utf-8")] == []


def test_an_article_without_events_is_kept(data: Path, tmp_path: Path) -> None:
    sheets, _ = read_sheets(sheet(tmp_path, "\n".join(blank(load_articles(data, [NAME])))))
    kept = tmp_path / "articles.tsv"
    kept.write_text("\n".join(to_lines(sheets)) + "\n", encoding="utf-8")
    assert [(one.id, one.events) for one in read_articles(kept, data)] == [(NAME, ())]


def test_another_text_than_the_annotated_one_is_refused(data: Path, tmp_path: Path) -> None:
    sheets, _ = read_sheets(sheet(tmp_path))
    kept = tmp_path / "articles.tsv"
    kept.write_text("\n".join(to_lines(sheets)) + "\n", encoding="utf-8")
    path = data / f"polnear/dev/text/{NAME}.txt"
    path.write_text(TEXT.replace("two", "ten"), encoding="utf-8")
    with pytest.raises(CorpusError, match="is not the text that was annotated"):
        read_articles(kept, data)
    path.unlink()
    with pytest.raises(CorpusError, match="has no article"):
        read_articles(kept, data)
