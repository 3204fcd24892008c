"""What is loaded when: importing turnstone or asking it for help loads nothing heavy, coding a text only what codes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

# each asks for the modules that are loaded after it, in one process
STEPS = """
import contextlib, io, json, sys
def told(step):
    print(json.dumps([step, sorted({name.partition(".")[0] for name in sys.modules}), sorted(sys.modules)]))
import turnstone
told("import")
import turnstone.cli
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    turnstone.cli.app(["--help"])
told("help")
text = "Police arrested ten protesters in Lyon on Monday. Spanish police arrested two men on suspicion of terrorism."
assert all(event.place for event in turnstone.code(text, date="2023-03-21").events)
told("code")
"""
HEAVY = frozenset(
    """duckdb fastapi fastwarc feedparser fsspec jinja2 lxml pandas polars pydantic ray rich trafilatura uvicorn
    yaml""".split()
)
OF_CODING = frozenset("numpy onnxruntime pyarrow regex simplemma tokenizers".split())


@pytest.fixture(scope="module")
def loaded() -> dict[str, tuple[set[str], set[str]]]:
    printed = subprocess.run([sys.executable, "-c", STEPS], check=True, stdout=subprocess.PIPE, text=True).stdout
    return {step: (set(parts), set(modules)) for step, parts, modules in map(json.loads, printed.splitlines())}


@pytest.mark.parametrize("step", ["import", "help"])
def test_before_a_command_runs_nothing_heavy_is_loaded(loaded: dict[str, tuple[set[str], set[str]]], step: str) -> None:
    assert loaded[step][0] & (HEAVY | OF_CODING) == set()


def test_coding_a_text_loads_only_what_codes(loaded: dict[str, tuple[set[str], set[str]]]) -> None:
    parts, modules = loaded["code"]
    assert parts >= OF_CODING
    assert parts & HEAVY == set()
    assert modules & {"pyarrow.parquet", "pyarrow.compute", "pyarrow.dataset", "turnstone.store"} == set()
