"""Whole articles as they are annotated."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets import Who, is_sheet, read_sheets

NAME = "gazette_2011-02-03_king-meets"
MET = "A: Ruritania's king {Rudolf V, RUR}; rebels {group, RUR} | when: on Tuesday | again: @1 meets"
THEN = "day: 2011-02-01 | place: Zenda, RUR"
BLAMES = "A: he {Rudolf V, RUR} | R: the rebels {rebels, army of the south, RUR} | by: @2 king {a page, RUR}"
SHEET = f"""## {NAME} | 2011-02-03
[1] King meets rebels
[2] Ruritania's king met rebels on Tuesday.
E met | CONSULT visit | happened | {MET} | {THEN}
[3] Gunmen kill two; he blames the rebels.
E kill | ASSAULT | happened | A: Gunmen | R: two {{group, -}} | day: - | place: -
E blames | ACCUSE allege | happened | {BLAMES}
"""


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
    assert [(who.days, who.place) for who in one.who] == [("2011-02-01", "Zenda/RUR"), ("-", "-"), ("", "")]


def test_a_sheet_is_told_from_other_files(tmp_path: Path) -> None:
    assert is_sheet(sheet(tmp_path)) and not is_sheet(sheet(tmp_path, "## a | 2011-02-03 | x\nKing meets rebels.\n"))


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
        ("day: 2011-02-01", "day: Tuesday", "a day is YYYY-MM-DD or shorter"),
        ("day: 2011-02-01", "day: 2011-13", "month must be in 1..12"),
        ("day: 2011-02-01", "day: 2012/2011-05", "ends before it begins"),
        ("day: 2011-02-01", "day: 2011 | day: 2011", "'day' is given more than once"),
        ("when: on Tuesday", "when: on Tuesday {2011-02-01}", "days in braces are not read"),
        ("place: Zenda, RUR", "place: Zenda", "a place 'Name, CODE'"),
        ("E kill", "Kill", "is no header, paragraph or event"),
    ],
)
def test_a_fault_names_the_line(tmp_path: Path, was: str, instead: str, fault: str) -> None:
    _, faults = read_sheets(sheet(tmp_path, SHEET.replace(was, instead, 1)))
    assert any(fault in one and "sheet.txt:" in one for one in faults)
