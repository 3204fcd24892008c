from __future__ import annotations

import codecs
import datetime as dt
import gzip
import io
import os
from pathlib import Path

import pytest

from turnstone.reading import read
from turnstone.records import Article, Refusal

DAY = dt.date(2023, 3, 21)


def texts(found) -> list[str]:
    return [one.text if isinstance(one, Article) else one.reason for one in found]


def names(found, root: Path) -> list[str]:
    return [os.path.relpath(one.origin, root) for one in found]


def test_a_folder_is_read_by_name_whatever_the_order_on_disk(put, tmp_path) -> None:
    for name in ("c.txt", "a/z.txt", "b.TXT", "a/b.txt", "B.txt", ".hidden.txt", ".git/x.txt", "d.pdf"):
        put(name, "date 2023-03-21 " + name)
    found = list(read([tmp_path]))
    assert names(found, tmp_path) == ["B.txt", "a/b.txt", "a/z.txt", "b.TXT", "c.txt", "d.pdf"]
    assert isinstance(found[-1], Refusal)
    assert found[-1].reason == "not a kind of input turnstone reads" and ".jsonl" in found[-1].remedy


def test_each_file_once_in_the_order_given(put, tmp_path, monkeypatch) -> None:
    for name in ("a.txt", "b.txt", "c.md", "s/d.txt"):
        put(name, "date 2023-03-21 x")
    (tmp_path / "s" / "up").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    found = list(read(["b.txt", "*.txt", tmp_path, "./b.txt", "**/*", "c.md", "c.md"]))
    assert names(found, tmp_path)[:2] == ["b.txt", "a.txt"]
    assert sorted(Path(one.origin).name for one in found) == ["a.txt", "b.txt", "c.md", "d.txt"]


def test_a_name_with_signs_of_a_pattern_is_a_name_first(put, tmp_path) -> None:
    put("a[1].txt", "date 2023-03-21 this one")
    put("a1.txt", "date 2023-03-21 not this one")
    assert texts(read([tmp_path / "a[1].txt"])) == ["this one"]


def test_one_name_alone_is_taken_as_one_input(put) -> None:
    path = put("a.txt", "date 2023-03-21 x")
    assert texts(read(str(path))) == texts(read(path)) == ["x"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given, reason",
    [
        ("nothing.txt", "there is no such file or folder"),
        ("no*.txt", "no file matches the pattern"),
        ("a.pdf", "not a kind of input turnstone reads"),
        ("bare", "not a kind of input turnstone reads"),
        ("only.gz", "not a kind of input turnstone reads"),
        ("empty", "the folder is empty"),
        ("pipe.txt", "it is no regular file"),
        ("dangling.txt", "it cannot be read (No such file or directory)"),
    ],
)
def test_inputs_that_are_none(put, tmp_path, given, reason) -> None:
    for name in ("a.pdf", "bare", "only.gz"):
        put(name, "date 2023-03-21 x")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone")
    put("good.txt", "date 2023-03-21 x")
    refusal, good = read([tmp_path / given, tmp_path / "good.txt"])
    assert isinstance(refusal, Refusal) and isinstance(good, Article)
    assert (refusal.reason, refusal.origin) == (reason, str(tmp_path / given))
    assert refusal.remedy


def test_files_and_folders_that_may_not_be_opened(put, tmp_path, monkeypatch) -> None:
    put("a.txt", "date 2023-03-21 x")
    put("s/b.txt", "date 2023-03-21 x")

    def deny(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", deny)
        assert texts(read([tmp_path])) == ["it cannot be read (Permission denied)"] * 2
    monkeypatch.setattr(os, "scandir", deny)
    assert texts(read([tmp_path])) == ["it cannot be read (Permission denied)"]


def test_a_disk_that_fails_in_the_middle() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(size)

    line = b'{"date": "2023-03-21", "text": "x"}\n'
    assert texts(read(["-"], stdin=Failing(line * 2 + b'{"da'))) == ["x", "x", "it cannot be read (Input/output error)"]


def test_a_name_that_is_no_unicode_has_an_origin_that_is(tmp_path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("date 2023-03-21 x")
    [article] = read([tmp_path])
    assert article.origin.endswith("caf\\xe9.txt")


@pytest.mark.parametrize(
    "data, found",
    [
        (b'  \n{"date": "2023-03-21", "text": "a"}\n{"date": "2023-03-21", "text": "b"}', ["a", "b"]),
        ('\ufeff{"date": "2023-03-21", "text": "é"}'.encode(), ["é"]),
        ('{"date": "2023-03-21", "text": "é"}'.encode("utf-16"), ["é"]),
        (b"date 2023-03-21 a\n{b}", ["a\n{b}"]),
        (codecs.BOM_UTF8 + b"date 2023-03-21 \xff", ["the bytes are not valid UTF-8 (byte offset 19)"]),
        (b" " * 100_000 + b"date 2023-03-21 late", ["late"]),
        (b"no header", ["no date is given"]),
        (b"", ["the text is empty"]),
    ],
)
def test_standard_input(data, found) -> None:
    outcomes = list(read(["-", "-"], stdin=io.BytesIO(data), date=DAY if not data else None))
    assert texts(outcomes) == found
    assert all(one.origin.startswith("stdin") for one in outcomes)


def test_standard_input_over_the_limit() -> None:
    for data in (b" " * 5000, b"date 2023-03-21 " + b"x" * 5000):
        assert texts(read(["-"], stdin=io.BytesIO(data), max_bytes=1000)) == ["the text is longer than 1000 bytes"]


def test_gzip_of_a_table(put) -> None:
    path = put("a.csv.gz", gzip.compress(b"date,text\n2023-03-21,x\n") + gzip.compress(b"2023-03-21,y\n"))
    assert texts(read([path])) == ["x", "y"]


def test_nothing_is_opened_before_it_is_asked_for(put, tmp_path) -> None:
    put("a.txt", "date 2023-03-21 x")
    found = read([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert texts([next(found)]) == ["x"]
    put("b.txt", "date 2023-03-21 written later")
    assert texts(found) == ["written later"]
