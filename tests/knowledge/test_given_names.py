from __future__ import annotations

from pathlib import Path

import pytest

from turnstone.errors import KnowledgeError
from turnstone.knowledge.given_names import gender_of_name, given_names


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Angela Merkel", "f"),
        ("J. Edgar Hoover", "m"),
        ("Park Geun-hye", "f"),  # the family name first
        ("Xi Jinping", None),
        ("Angela", None),  # one word may be a surname
        ("Zzyxx Angela", None),
        ("", None),
    ],
)
def test_a_full_name_tells_by_its_given_name(name: str, gender: str | None) -> None:
    assert gender_of_name(name) == gender


def test_names_stand_in_order_with_capitals() -> None:
    names = list(given_names())
    assert names == sorted(names)
    assert all(name[0].isupper() and name.strip() == name for name in names)


@pytest.mark.parametrize("line", ["Ada f", "Ada\tx", "\tf", "Ada\tf\nAda\tm"])
def test_a_line_at_fault_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "names.txt"
    path.write_text(f"# names\n{line}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"names\.txt:[23]: .*mend the line"):
        given_names(path)
