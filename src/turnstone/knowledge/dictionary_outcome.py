"""What became of dictionaries: the rows of entities made from them, and what is said of their lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import yaml

from turnstone.knowledge.dictionary_lines import Remark
from turnstone.knowledge.entity_files import PACKAGED, EntityFile, Faults
from turnstone.knowledge.entity_rows import read_rows

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_FLOW: dict[str, Any] = {
    "Dumper": _Dumper,
    "default_flow_style": True,
    "sort_keys": False,
    "allow_unicode": True,
    "width": 10**6,
}
_FIRST = ("id", "office", "noun", "person")


@dataclass
class Imported:
    """What became of dictionaries. `entries` = `written` + `known` + `refused`; `unread` and `notes` name lines."""

    entries: int = 0
    written: int = 0
    known: int = 0
    refused: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    unread: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    known_names: list[Remark] = field(default_factory=list)
    files: list[tuple[str, str, int, int]] = field(default_factory=list)
    """Each file: its name, encoding, lines, and how many of them are comments or empty."""

    @property
    def kinds(self) -> dict[str, int]:
        """How many rows of each kind there are."""
        return dict(sorted(Counter(_kind(row) for row in self.rows).items()))

    def yaml(self) -> str:
        """The rows as a file of entities. Raises KnowledgeError where it would be refused, a fault of turnstone."""
        names = ", ".join(name for name, *_ in self.files)
        head = f"# Entities made from {names} by `turnstone entities import`. `source` names file and line.\n"
        text = head + ("".join("- " + yaml.dump(row, **_FLOW) for row in self.rows) or "[]\n")
        read_rows([PACKAGED], [EntityFile("the imported entities", text.encode())], Faults())
        return text


def _kind(row: dict[str, Any]) -> str:
    if "add" in row:
        return "additions"
    return {"id": "organisations", "person": "people", "noun": "agents"}[next(key for key in _FIRST if key in row)]
