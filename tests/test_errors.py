from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from turnstone.errors import why_unwritten


def failure(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize(
    ("where", "number", "why"),
    [
        ("folder", errno.EROFS, "Read-only file system"),
        ("folder", errno.ENOSPC, "No space left on device"),
        ("new/file", errno.ENOSPC, "No space left on device"),
        ("folder", errno.EISDIR, "it is a folder"),
        ("file", errno.EACCES, "permission denied"),
        ("file", errno.EEXIST, "a file of that name is there, not a folder"),
    ],
)
def test_the_reason_is_that_of_the_failure(tmp_path: Path, where: str, number: int, why: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    assert why_unwritten(tmp_path / where, failure(number)) == why


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, why in (
        (tmp_path / "file" / "out.csv", f"{tmp_path / 'file'} is a file, not a folder"),
        (tmp_path / "none" / "out.csv", f"there is no folder {tmp_path / 'none'}"),
    ):
        with pytest.raises(OSError) as caught:
            path.write_text("")
        assert why_unwritten(path, caught.value) == why


def test_other_failures_are_told_in_one_line() -> None:
    assert why_unwritten(Path("out"), ValueError("one\n  two")) == "one two"
