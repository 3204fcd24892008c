"""What README.md and the documentation promise a stranger."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from turnstone.reading import read
from turnstone.records import Article
from turnstone.store.schema import SCHEMAS, VERSION

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "examples"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("training/*.md"), *ROOT.glob("bench/*.md")]
)


def commands() -> list[str]:
    """The commands before the first section."""
    return re.findall(r"```\n(.*?)\n```", README.partition("\n## ")[0], re.DOTALL)


def test_there_are_two_commands_of_one_line() -> None:
    assert len(commands()) == 2
    assert all("\n" not in command and command.startswith("python3 -m venv ") for command in commands())


def test_the_first_command_codes_the_examples_and_shows_the_record() -> None:
    first = commands()[0]
    assert "turnstone code examples -o record" in first
    assert first.endswith("turnstone show record")


def test_the_second_command_has_every_check() -> None:
    steps = [step.removeprefix(".venv/bin/") for step in commands()[1].split(" && ")]
    assert steps[0] == "python3 -m venv --clear .venv"
    assert {"ruff check", "ruff format --check", "mypy", "pytest -q -n auto"} <= set(steps)
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["strict"] is True


def test_continuous_integration_runs_exactly_the_second_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    lines = [line for line in script.splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert lines == ["sh .ci/debian", commands()[1]]
    assert "set -eu\n" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_picture_comes_before_the_commands() -> None:
    assert 0 < README.index("![") < README.index("```")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    broken = [name for name in targets if "://" not in name and not (page.parent / name).exists()]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_figure_is_filled_in(page: Path) -> None:
    assert re.findall(r"\{\{.*?\}\}", page.read_text(encoding="utf-8")) == []


def test_every_example_is_read() -> None:
    found = list(read([EXAMPLES]))
    assert [one for one in found if not isinstance(one, Article)] == []
    assert len(found) == 8
    assert {path.suffix for path in EXAMPLES.iterdir()} == {".txt", ".jsonl", ".csv", ".html"}


def test_the_page_among_the_examples_brings_its_metadata() -> None:
    (page,) = read([EXAMPLES / "expulsion.html"])
    assert isinstance(page, Article)
    assert (page.published.isoformat(), page.publisher, page.author) == (
        "2021-12-02",
        "Vltava Courier",
        "Tereza Mlejnková",
    )
    assert "Weather" not in page.text


def documented() -> dict[str, list[tuple[str, str, str]]]:
    """The tables of docs/record.md: column, type, meaning."""
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    found = {}
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.splitlines() if line[:1] == "|"]
        found[section.split("\n")[0]] = [(row[0], row[1], row[2]) for row in rows[2:] if len(row) == 3]
    return found


def test_the_record_is_documented_column_by_column() -> None:
    schemas = {
        name: [
            (field.name, str(field.type), (field.metadata or {}).get(b"description", b"").decode()) for field in schema
        ]
        for name, schema in SCHEMAS.items()
    }
    pages = documented()
    assert {name: pages.get(name) for name in schemas} == schemas


def test_the_documentation_names_the_version_of_the_schema() -> None:
    assert f"version {VERSION} of the schema" in (ROOT / "docs" / "record.md").read_text(encoding="utf-8")


def test_the_coding_rules_list_every_type() -> None:
    from turnstone.knowledge.codebook import load_codebook

    page = (ROOT / "docs" / "coding-rules.md").read_text(encoding="utf-8")
    for name, known in load_codebook().types.items():
        row = f"| {name} | {known.quad} | {known.score:g} | {known.description}"
        modes = f"; modes: {', '.join(known.modes)}" if known.modes else ""
        assert f"{row}{modes} |" in page


def test_every_form_of_input_is_documented() -> None:
    from turnstone.reading.documents import KINDS

    page = (ROOT / "docs" / "bring-your-texts.md").read_text(encoding="utf-8")
    assert [suffix for suffix in KINDS if f"`{suffix}`" not in page] == []
