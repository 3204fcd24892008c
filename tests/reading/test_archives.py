from __future__ import annotations

import datetime as dt
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.reading.samples import PAGE, link, record, tarred, zipped
from turnstone.reading import MAX_BYTES, archives, streams
from turnstone.reading.parsers import process
from turnstone.reading.parsers.members import Limits, members
from turnstone.reading.unreadable import Unreadable

DAY = dt.date(2023, 3, 21)
GOOD = b"date 2023-03-21 Envoys met."


def table() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"date": ["2023-03-21"], "text": ["a row"]}), file)
    return file.getvalue()


def test_every_kind_of_member_is_read_in_the_order_of_the_archive(put, sort) -> None:
    files: list[tuple[str, bytes]] = [
        ("b/one.txt", GOOD),
        ("a.csv.gz", gzip.compress(b"date,text\n2023-03-21,x\n2023-03-21,y\n")),
        ("./.hidden/a.txt", GOOD),
        ("__MACOSX/._a.txt", GOOD),
        ("page.html", PAGE),
        ("rows.parquet", table()),
        ("picture.png", b"\x89PNG"),
        ("inner.zip", zipped(("a.txt", GOOD))),
        ("w.warc.gz", gzip.compress(record())),
    ]
    for name, data in (
        ("a.zip", zipped(("b/", b""), *files)),
        ("a.tar", tarred(*files)),
        ("a.tar.gz", tarred(*files, mode="w:gz")),
        ("a.tgz", tarred(*files, mode="w:gz")),
    ):
        found, refused = sort(put(name, data))
        assert [one.origin.partition(f"{name}:")[2] for one in found] == [
            "b/one.txt", "a.csv.gz:2", "a.csv.gz:3", "page.html", "rows.parquet:1"
        ]  # fmt: skip
        assert [one.origin.partition(f"{name}:")[2] for one in refused] == ["picture.png", "inner.zip", "w.warc.gz"]
        assert "not a kind of input" in refused[0].reason and "as a file only" in refused[1].reason


def symlink(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "b/../../a.txt", "..\\a.txt", "C:\\a.txt"])
def test_names_that_lead_out_are_refused(put, sort, name) -> None:
    for path in (
        put("a.zip", zipped(("x.txt", GOOD), (name, GOOD), ("y.txt", GOOD))),
        put("a.tar", tarred(("x.txt", GOOD), (name, GOOD), ("y.txt", GOOD))),
    ):
        found, [refusal] = sort(path)
        assert len(found) == 2
        assert "leads out of the archive" in refusal.reason and refusal.remedy


def test_links_devices_and_second_members_of_a_name_are_refused(put, sort, tmp_path) -> None:
    (tmp_path / "secret.txt").write_bytes(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(
            ("x.txt", GOOD), (symlink("l.txt"), str(tmp_path / "secret.txt")), ("x.txt", GOOD), ("y.txt", GOOD)
        )
    found, refused = sort(put("a.zip", data))
    assert len(found) == 2
    assert [one.reason for one in refused] == ["the member is a link", "the archive has another member of this name"]
    hard, device = link("h.txt", "x.txt"), tarfile.TarInfo("d.txt")
    hard.type, device.type = tarfile.LNKTYPE, tarfile.CHRTYPE
    files = [("x.txt", GOOD), (link("l.txt", "../secret.txt"), b""), (hard, b""), (device, b""), ("./x.txt", GOOD)]
    found, refused = sort(put("a.tar", tarred(*files, ("y.txt", GOOD))))
    assert len(found) == 2
    assert [one.reason for one in refused] == [
        "the member is a link", "the member is a link", "the member is no regular file",
        "the archive has another member of this name",
    ]  # fmt: skip


def test_bombs_cost_themselves_alone(put, sort) -> None:
    zeros = bytes(40 * 2**20)
    found, [refusal] = sort(put("a.zip", zipped(("x.txt", GOOD), ("b.csv", zeros), ("y.txt", GOOD))))
    assert len(found) == 2 and "more than 200 times its size" in refusal.reason and "b.csv" in refusal.origin
    found, refused = sort(put("a.tgz", tarred(("x.txt", GOOD), ("b.csv", zeros), ("y.txt", GOOD), mode="w:gz")))
    assert len(found) == 1
    assert all("more than 200 times its size" in one.reason for one in refused) and len(refused) == 2


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_limits(put, kind) -> None:
    files = [("a.txt", b"x" * 100), ("b.txt", b"y" * 1000), ("c.txt", b"z" * 100)]
    path = put(f"a.{kind}", zipped(*files) if kind == "zip" else tarred(*files))

    def told(*limits: int) -> list[object]:
        found: list[object] = []
        try:
            found.extend(
                one if isinstance(one, dict) else len(one) for one in members(path, kind, False, Limits(*limits))
            )
        except Unreadable as error:
            found.append(error.reason)
        return found

    names = [{"name": name} for name, _ in files]
    assert told(3, 1000, 1200) == [names[0], 100, names[1], 1000, names[2], 100]
    cut = told(3, 999, 1200)
    assert cut[:3] == [names[0], 100, names[1]] and "999 bytes" in str(cut[3]) and cut[4:] == [names[2], 100]
    assert told(2, 1000, 1200)[-1] == "the archive has more than 2 members; what follows is not read"
    assert told(3, 1000, 1199)[-1] == "the archive unpacks to more than 1199 bytes; what follows is not read"


def encrypted() -> bytes:
    data = bytearray(zipped(("a.txt", GOOD)))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.zip", b"", "the zip file is damaged"),
        ("a.zip", b"PK\5\6" + bytes(18), "the archive is empty"),
        ("a.zip", zipped(("a.txt", GOOD))[:-10], "the zip file is damaged"),
        ("a.zip", encrypted(), "the member is encrypted"),
        ("a.zip", zipped(("a.txt", GOOD)).replace(b"PK\3\4", b"PK\3\5", 1), "the member is damaged"),
        ("a.tar", b"", "the tar file is damaged"),
        ("a.tar", b"nonsense" * 100, "the tar file is damaged"),
        ("a.tar", bytes(10240), "the archive is empty"),
        ("a.tar", tarred(("a.txt", GOOD * 90))[:1024], "the member is damaged"),
        ("a.tgz", tarred(("a.txt", GOOD)), "the gzip file is damaged"),
        ("a.zip.gz", gzip.compress(zipped(("a.txt", GOOD))), "not a kind of input"),
    ],
)
def test_archives_at_fault(put, sort, name, data, said) -> None:
    found, refused = sort(put(name, data))
    assert not found and said in refused[0].reason


def test_a_member_that_is_not_read_to_its_end_leaves_the_next_in_place(put, sort) -> None:
    files = [("a.txt", b"date 2023-03-21 " + bytes(range(97, 123)) * 50_000), ("b.txt", GOOD)]
    for path in (put("a.zip", zipped(*files)), put("a.tar", tarred(*files))):
        [article], [refusal] = sort(path, max_bytes=100_000)
        assert article.origin.endswith(":b.txt") and "longer than 100000 bytes" in refusal.reason


def test_the_limits_are_as_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "bring-your-texts.md").read_text(encoding="utf-8")
    for row in (
        f"one article, and what an address holds | {MAX_BYTES // 2**20} MB |",
        f"a feed | {4 * MAX_BYTES // 2**20} MB |",
        f"an archive | {archives.MOST_MEMBERS:,} members, {archives.TOTAL_LIMITS * MAX_BYTES // 2**20:,} MB unpacked |",
        f"a compressed Parquet file | {archives.MEMBER_LIMITS * MAX_BYTES // 2**20:,} MB |",
        f"Parquet | {streams.RATIO} times their size, from {streams.FREE // 2**20} MB on |",
        f"an address | {process.SECONDS:g} seconds |",
        f"taking one of these apart | {process.MEMORY // 2**30} GB of memory",
    ):
        assert row in page
