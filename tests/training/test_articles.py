"""Whole articles as they are annotated, and as they are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles import Who, blank, load_articles, read_articles, read_sheets, read_who, to_lines, who_lines
from corpus import CorpusError

NAME = "gazette_2011-02-03_king-meets"
TEXT = "King meets rebels\n\nRuritania's  king met rebels on Tuesday.\n\n\nGunmen kill two; he blames the rebels.\n"
MET = "A: Ruritania's king {Rudolf V, RUR}; rebels {group, RUR} | when: on Tuesday {2011-02-01} | again: @1 meets"
BLAMES = "A: he {Rudolf V, RUR} | R: the rebels {rebels, army of the south, RUR} | by: @2 king {a page, RUR}"
SHEET = f"""## {NAME} | 2011-02-03
[1] King meets rebels
[2] Ruritania's king met rebels on Tuesday.
E met | CONSULT visit | happened | {MET}
[3] Gunmen kill two; he blames the rebels.
E kill | ASSAULT | happened | A: Gunmen | R: two {{group, -}}
E blames | ACCUSE allege | happened | {BLAMES}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data/polnear/dev/text"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "data"


def sheet(tmp_path: Path, text: str = SHEET) -> Path:
    path = tmp_path / "sheet.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_are_found_in_their_paragraph(tmp_path: Path) -> None:
    (one,), faults = read_sheets(sheet(tmp_path))
    assert faults == []
    text = one.report.text
    assert (
        text == "King meets rebels\n\nRuritania's king met rebels on Tuesday.\n\nGunmen kill two; he blames the rebels."
    )
    met, kill, blames = one.report.events
    assert [text[slice(*span)] for span in (met.trigger, *met.actors, *met.again)] == [
        "met", "Ruritania's king", "rebels", "meets",
    ]  # fmt: skip
    assert met.actors[1][0] == text.rindex("rebels on")  # in its own paragraph, not in the headline
    assert [text[slice(*span)] for span in (kill.trigger, *kill.actors, *kill.recipients)] == ["kill", "Gunmen", "two"]
    assert blames.source is not None
    assert text[slice(*blames.source)] == "king"
    assert one.who[2] == Who(("Rudolf V/RUR",), ("rebels, army of the south/RUR",), "a page/RUR", "")


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


@pytest.mark.parametrize(
    ("was", "instead", "fault"),
    [
        ("[3]", "[4]", "paragraph 3 should stand here"),
        (" | 2011-02-03", "", "an article begins with"),
        ("| A: Gunmen", "| A: Gunwomen", "'Gunwomen' (occurrence 1) is not in the text"),
        ("@1 meets", "@9 meets", "there is no paragraph 9"),
        ("a page, RUR", "a page; two, RUR", "a name of 'by' has a semicolon"),
        ("| by: @2 king", "| by: he; @2 king", "'by' is given more than once"),
        ("ACCUSE allege", "BLAME", "unknown event type 'BLAME'"),
        ("E kill", "Kill", "is no header, paragraph or event"),
    ],
)
def test_a_fault_names_the_line(tmp_path: Path, was: str, instead: str, fault: str) -> None:
    _, faults = read_sheets(sheet(tmp_path, SHEET.replace(was, instead, 1)))
    assert any(fault in one and "sheet.txt:" in one for one in faults)


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
