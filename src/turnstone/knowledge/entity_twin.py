"""The twin of the entities' YAML files: the same rows in one JSON file, which is read ten times faster.

`python -m turnstone.knowledge.entity_twin` writes it anew after the YAML files have changed. It carries their digest;
a twin of other files is passed over, so that an old one can slow the reading down but never change what is read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from turnstone.knowledge.entity_files import PACKAGED, EntityFile, Faults, digest_of, files_of, parse_yaml

TWIN = "twin.json"


def read_twin(folder: Path, digest: str) -> dict[str, list[Any]] | None:
    """The parsed rows of each file by its name in `folder`; None where there is no twin of exactly these files."""
    path = folder / TWIN
    if not path.is_file():
        return None
    try:
        twin = json.loads(path.read_bytes())
    except ValueError:
        return None
    if not isinstance(twin, dict) or twin.get("digest") != digest:
        return None
    rows = twin.get("rows")
    return rows if isinstance(rows, dict) else None


def write_twin(folder: Path) -> Path:
    """Check the YAML files of `folder` and write their twin; KnowledgeError where they are at fault."""
    # the reader of the files asks for the twin, so that it cannot be imported above
    from turnstone.knowledge.entities import read_entities

    path = folder / TWIN
    read_entities(folder)
    contents = files_of(folder)
    rows = {name: parse_yaml(EntityFile(str(folder / name), content), Faults()) for name, content in contents.items()}
    # one row a line, so that a change of one row is a change of one line
    parts = [
        f"{json.dumps(name)}: [\n"
        + ",\n".join(json.dumps(row, ensure_ascii=False, default=str, sort_keys=True) for row in listed)
        + "\n]"
        for name, listed in rows.items()
    ]
    path.write_text(
        f'{{"digest": "{digest_of(contents)}",\n"rows": {{\n' + ",\n".join(parts) + "\n}}\n", encoding="utf-8"
    )
    return path


if __name__ == "__main__":
    print(write_twin(PACKAGED))
