"""Who may import whom (docs/architecture.md), read from the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "turnstone"
STAGES = frozenset({"reading", "analysis", "resolution", "coding", "store"})

# What each part may import beside itself, `records`, `errors` and the version.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "records": frozenset(),
    "errors": frozenset(),
    "settings": frozenset(),
    "day_basis": frozenset(),
    "storage": frozenset(),
    "reading": frozenset({"storage"}),
    "analysis": frozenset(),
    "knowledge": frozenset(),
    "store": frozenset(),
    "resolution": frozenset({"knowledge"}),
    "coding": frozenset({"day_basis", "knowledge", "settings"}),
    "pipeline": STAGES | {"knowledge", "settings"},
    "this_run": frozenset({"analysis", "knowledge", "settings", "store"}),
    "limits": frozenset(),
    "coding_process": frozenset({"store", "limits"}),
    "workers": frozenset({"coding_process", "limits"}),
    "batch": frozenset({"coding_process", "limits", "workers", "store"}),
    "ordered": frozenset({"coding_process", "limits", "store"}),
    "pairs": frozenset({"knowledge"}),
    "display": frozenset({"store"}),
    "evaluation": frozenset({"knowledge"}),
    "stories": frozenset({"analysis", "day_basis", "knowledge", "reviews", "store"}),
    "query": frozenset({"knowledge", "reviews", "store"}),
    "provenance": frozenset({"store"}),
    "exports": frozenset({"analysis", "knowledge", "reviews", "store"}),
    "frames": frozenset({"knowledge", "marked", "reviews", "store"}),
    "marked": frozenset(),
    "reviews": frozenset({"knowledge", "store"}),
    "cluster": frozenset({"batch", "coding_process", "limits", "storage", "store", "workers"}),
    "web": STAGES
    | {
        "api",
        "batch",
        "coding_process",
        "display",
        "exports",
        "knowledge",
        "pipeline",
        "provenance",
        "query",
        "reviews",
    }
    | {"frames", "limits", "marked", "ordered", "pairs", "settings", "stories", "workers"},
    "api": frozenset({"pipeline", "analysis", "knowledge", "coding_process", "reading", "display", "marked"}),
}
ALONE = frozenset({"records", "errors", "settings"})
# What the command line may import outside its functions: nothing that is slow.
CLI_AT_ONCE = frozenset({"cli", "errors", "records", "settings", ""})


def imported(tree: ast.AST, package: str) -> set[str]:
    """The parts of turnstone that a module imports anywhere; "" for turnstone itself. `package` is the module's own."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "turnstone" else [module]
        else:
            continue
        for name in names:
            if name == "turnstone" or name.startswith("turnstone."):
                part = name.split(".")[1] if "." in name else ""
                found.add("" if part.startswith("__") else part)
    return found


def modules() -> list[tuple[str, Path]]:
    """Every module with the part it belongs to; the package's own `__init__` and `__main__` aside."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        if inside.name in ("__init__.py", "__main__.py") and len(inside.parts) == 1:
            continue
        found.append((inside.parts[0].removesuffix(".py"), path))
    return found


def own_package(path: Path) -> str:
    return ".".join(["turnstone", *path.relative_to(PACKAGE).parts[:-1]])


@pytest.mark.parametrize(
    ("part", "path"), modules(), ids=lambda value: value.name if isinstance(value, Path) else value
)
def test_a_module_imports_only_what_its_part_may(part: str, path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    if part == "cli":
        return
    assert part in MAY_IMPORT, f"{path}: give the part {part!r} a row in this table and in docs/architecture.md"
    allowed = MAY_IMPORT[part] | {part} | (set() if part in ALONE else {"records", "errors", ""})
    assert imported(tree, own_package(path)) <= allowed


@pytest.mark.parametrize("path", [path for part, path in modules() if part == "cli"], ids=lambda path: path.name)
def test_the_command_line_loads_nothing_before_a_command_runs(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert imported(ast.Module(at_once, []), own_package(path)) <= CLI_AT_ONCE


def test_stages_never_import_each_other() -> None:
    for stage in STAGES:
        assert not (MAY_IMPORT[stage] & STAGES)


@pytest.mark.parametrize(
    ("source", "package", "expected"),
    [
        ("from turnstone.coding.events import x", "turnstone.store", {"coding"}),
        ("import turnstone.coding.events", "turnstone.store", {"coding"}),
        ("from turnstone import coding, __version__", "turnstone.store", {"coding", ""}),
        ("import turnstone", "turnstone.store", {""}),
        ("from ..coding import events", "turnstone.store", {"coding"}),
        ("from .. import coding", "turnstone.store", {"coding"}),
        ("from .schema import x", "turnstone.store", {"store"}),
        ("def f():\n    from turnstone.coding import events", "turnstone.store", {"coding"}),
        ("import turnstones.coding", "turnstone.store", set()),
    ],
)
def test_every_way_to_import_is_seen(source: str, package: str, expected: set[str]) -> None:
    assert imported(ast.parse(source), package) == expected


def test_the_documentation_has_every_part() -> None:
    page = (PACKAGE.parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [part for part in {part for part, _ in modules()} if f"`{part}`" not in page] == []
