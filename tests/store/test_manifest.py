from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from tests.store.samples import RUN
from turnstone.errors import StoreError
from turnstone.store import code_digest
from turnstone.store.manifest import manifest_text, read_manifest


def test_a_run_is_told_by_everything_in_it() -> None:
    changed = [
        dataclasses.replace(RUN, **{name: "x"})
        for name in ("version", "code", "model", "codebook", "entities", "gazetteer")
    ]
    changed.append(dataclasses.replace(RUN, settings={"threshold": 0.6}))
    assert len({RUN.digest, *(run.digest for run in changed)}) == 8


def test_the_code_digest_sees_names_and_contents_of_python_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "sub" / "b.py").write_text("")
    first = code_digest(tmp_path)
    (tmp_path / "a.pyc").write_text("compiled")
    (tmp_path / "a.py").write_bytes(b"x = 1\r\n")
    assert code_digest(tmp_path) == first
    (tmp_path / "a.py").write_text("x = 2\n")
    assert code_digest(tmp_path) != first
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "sub" / "b.py").rename(tmp_path / "b.py")
    moved = code_digest(tmp_path)
    assert moved != first
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "names.txt").write_text("Ada\tf\n")
    assert code_digest(tmp_path) != moved


def test_a_manifest_that_lacks_something_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    whole = json.loads(manifest_text({RUN.digest: RUN.as_json()}, {RUN.digest: 1}, {}, {}, {}, "i"))
    path.write_text(json.dumps(whole))
    assert read_manifest(path) == whole
    old = {name: value for name, value in whole.items() if name not in ("coding", "inputs")}
    path.write_text(json.dumps(old))
    assert read_manifest(path) == old
    (run,) = whole["runs"]
    del run["entities"]
    path.write_text(json.dumps(whole | {"files": None}))
    with pytest.raises(StoreError, match=r"manifest.json: it lacks files, entities of run 1, .* put back"):
        read_manifest(path)
    path.write_text(json.dumps(whole | {"runs": ["x"]}))
    with pytest.raises(StoreError, match=r"it lacks digest of run 1"):
        read_manifest(path)
