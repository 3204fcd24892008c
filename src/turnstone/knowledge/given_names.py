"""Given names that tell whether a man or a woman bears them, as English-language news writes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from turnstone.errors import KnowledgeError

PACKAGED = Path(__file__).parent.parent / "data" / "given_names.txt"
Gender = Literal["m", "f"]


@cache
def given_names(path: Path = PACKAGED) -> dict[str, Gender]:
    """The gender of those who bear a name, of the names that nearly all bearers in the news share it in. Raises
    KnowledgeError that names file and line."""
    found: dict[str, Gender] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        name, tab, gender = line.partition("\t")
        if not name or not tab or gender not in ("m", "f") or name in found:
            raise KnowledgeError(f"{path}:{number}: not a new name, a tab and m or f; mend the line")
        found[name] = "m" if gender == "m" else "f"
    return found


def gender_of_name(name: str) -> Gender | None:
    """The gender that a person's full name tells by its first word that is no initial; None where it tells none."""
    words = name.split()
    first = next((word for word in words[:-1] if len(word.rstrip(".")) > 1), "")
    known = given_names()
    return known.get(first) or (known.get(words[-1]) if len(words) > 1 and "-" in words[-1] else None)
