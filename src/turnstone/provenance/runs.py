"""In what the runs of two records differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from turnstone.store import Run

PARTS = ("code", "model", "codebook", "entities", "gazetteer")

_UNKNOWN = ("the run is not in the manifest",)


def runs_of(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The runs of a manifest by their digest."""
    return {run["digest"]: run for run in manifest["runs"]}


def as_row(run: Run) -> dict[str, Any]:
    """A run as a manifest has it."""
    return {"digest": run.digest, **run.as_json()}


def reasons(a: Mapping[str, Any] | None, b: Mapping[str, Any] | None) -> tuple[str, ...]:
    """What two runs have not in common, in words: "other code (0.1.0, 0.2.0)"; nothing for one and the same run."""
    if a is None or b is None:
        return _UNKNOWN
    if a["digest"] == b["digest"]:
        return ()
    found = []
    for part in PARTS:
        if a.get(part) != b.get(part):
            versions = f" (turnstone {a['turnstone']} and {b['turnstone']})" if part == "code" else ""
            found.append(f"other {part}{versions}")
    before, after = a.get("settings", {}), b.get("settings", {})
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            found.append(f"setting {name}: {before.get(name)} and {after.get(name)}")
    return tuple(found)
