"""The rows of the packaged YAML files as they are parsed, in one JSON file that is read fifty times faster.

Files of entities are laid over rows, and the twin holds what is made of them; so this stands beside it. It carries the
digest of the files, as the twin does.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from turnstone.knowledge.digests import digest_of, files_of
from turnstone.knowledge.entity_files import EntityFile, Faults, parse_yaml

PARSED = "rows.json"


def read_parsed(folder: Path, digest: str) -> dict[str, list[Any]] | None:
    """The unchecked rows of each YAML file of `folder`, days as ISO 8601 words; None where there are none of exactly
    the files with this digest."""
    try:
        known = json.loads((folder / PARSED).read_bytes())
    except (OSError, ValueError):
        return None
    return known["files"] if isinstance(known, dict) and known.get("digest") == digest else None


def parsed_of(folder: Path) -> str:
    """What the file holds. Raises KnowledgeError where a file of the folder is not YAML."""
    contents = files_of(folder)
    rows = {name: parse_yaml(EntityFile(str(folder / name), content), Faults()) for name, content in contents.items()}
    # a row a line, so that a small change stays one
    files = (f"{_line(name)}: [\n" + ",\n".join(map(_line, listed)) + "\n]" for name, listed in rows.items())
    return f'{{"digest": {_line(digest_of(contents))},\n"files": {{\n' + ",\n".join(files) + "\n}}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=date.isoformat, separators=(",", ":"))
