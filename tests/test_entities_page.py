"""The examples of docs/entities.md are as it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from turnstone.knowledge.dictionary_import import import_dictionaries
from turnstone.knowledge.entities import load_entities
from turnstone.knowledge.entity_files import EntityFile
from turnstone.knowledge.entity_schema import SECTORS
from turnstone.knowledge.gazetteer import load_gazetteer

PAGE = (Path(__file__).parents[1] / "docs" / "entities.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
    return [text for named, text in fenced if named == language]


def test_the_files_can_be_used() -> None:
    files = [EntityFile(f"{number}.yaml", text.encode()) for number, text in enumerate(blocks("yaml"))]
    entities = load_entities(*files)
    premier = entities.holder("rur-prime-minister", date(2014, 9, 12))
    assert premier is not None and premier.name == "Flavia Tarlen"
    french = entities.holder("fra-prime-minister", date(2031, 5, 7))
    assert french is not None and french.name == "Ana Sapt"


def test_the_dictionary_can_be_read(tmp_path: Path) -> None:
    (text,) = (block for block in blocks("") if block.startswith("ZENDA"))
    (tmp_path / "sample.txt").write_text(text)
    found = import_dictionaries([tmp_path / "sample.txt"], load_entities(), load_gazetteer())
    assert (found.entries, found.refused, found.unread) == (4, 0, [])


def test_every_sector_is_named() -> None:
    (line,) = re.findall(r"Sectors are PLOVER's: ([A-Z\s]+),", PAGE)
    assert set(line.split()) == SECTORS
