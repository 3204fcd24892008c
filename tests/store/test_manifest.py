from __future__ import annotations

import dataclasses
from pathlib import Path

from tests.store.samples import RUN
from turnstone.store import code_digest


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
    assert code_digest(tmp_path) != first
