"""Whatever bytes an input holds, reading gives articles that keep their promises and refusals that help."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading.samples import HTML, PAGE, record, tarred, zipped
from turnstone.reading import documents
from turnstone.reading.articles import Columns, Terms
from turnstone.reading.dates import FIRST_YEAR, LAST_YEAR
from turnstone.reading.parsers.process import Parsers
from turnstone.records import Article

MOST = 100_000
TEXT = "date 2023-03-21 Envoys met in Bergen. “No,” he said.".encode()
LINES = b'{"date": "2023-03-21", "text": "Envoys met."}\n{"id": 7, "date": 20230321, "text": "x", "title": "y"}\n'
TABLE = 'id,date,text\n1,2023-03-21,"Envoys met, and ""more"""\n2,20230321,\u00e9\n'.encode()
RSS = b"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>P</title><item><title>T &a;</title>
<description><![CDATA[<p>Envoys <b>met</b>.]]></description><content:encoded>&lt;p&gt;x</content:encoded>
<pubDate>Tue, 04 May 2021 23:30:00 -0400</pubDate><link>http://x/</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><title type="html">T</title>
<author><name>A</name></author>
<updated>2021-05-04T00:00:00Z</updated><content type="xhtml"><div>Envoys met.</div></content></entry></feed>"""


def table() -> bytes:
    file = io.BytesIO()
    rows = {"date": ["2023-03-21", None], "text": ["Envoys met.", "x"], "id": [1, 2]}
    pq.write_table(pa.table(rows), file)
    return file.getvalue()


WARC = record() + record(b"x", kind="request") + record(gzip.compress(PAGE), http=HTML + "Content-Encoding: gzip\r\n")
FILES: list[tuple[str, bytes]] = [("a.txt", TEXT), ("b/c.jsonl", LINES), ("d.csv", TABLE)]
SEEDS = {
    "a.txt": TEXT,
    "a.jsonl": LINES,
    "a.json": b"[" + LINES.strip().replace(b"\n", b",") + b"]",
    "a.csv": TABLE,
    "a.tsv": TABLE.replace(b",", b"\t"),
    "a.parquet": table(),
    "a.html": PAGE,
    "a.rss": RSS,
    "a.atom": ATOM,
    "a.warc": WARC,
    "a.warc.gz": gzip.compress(WARC[: len(WARC) // 3]) + gzip.compress(WARC[len(WARC) // 3 :]),
    "a.zip": zipped(*FILES),
    "a.tar": tarred(*FILES),
    "a.tar.gz": tarred(*FILES, mode="w:gz"),
    "a.txt.gz": gzip.compress(TEXT),
}
PIECES = [
    b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"&#xD800;", b"&#0;",
    b"<", b">", b"]]>", b"<![CDATA[", b"<!--", b"&a;", b"<!ENTITY a 'b'>", b"<?xml encoding='utf-16'?>", b'"', b"'",
    b"[", b"]", b"{", b"}", b",", b"\n", b"\r\n\r\n", b"date 0000-00-00 ", b"9999-12-31", b"-1",
    b"99999999999999999999", b"1e999", b"NaN", b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n",
    b"../", b"<meta charset=utf-7>",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """A document with some of its bytes left out, repeated, written over, or others put between."""
    data = seed
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)) | st.integers(start, len(data)))
        new = draw(st.sampled_from(PIECES) | st.binary(max_size=8) | st.just(data[start:end] * 2) | st.just(b""))
        data = data[:start] + new + data[end:]
    return data


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damaged_documents(name: str, parsers: Parsers, tmp_path: Path, data: st.DataObject) -> None:
    check(name, data.draw(damaged(SEEDS[name])), parsers, tmp_path)


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_documents_of_another_kind(name: str, parsers: Parsers, tmp_path: Path, data: bytes) -> None:
    check(name, data, parsers, tmp_path)


def check(name: str, data: bytes, parsers: Parsers, folder: Path) -> None:
    """Reads a document as a file and as one that came another way. What is wrong with it never raises."""
    path = folder / name
    path.write_bytes(data)
    terms = Terms(None, Columns(), MOST)
    for found in (
        documents.read_file(path, str(path), terms, parsers),
        documents.read(name, iter([data[:9], data[9:]]), name, terms, parsers, "http://x/", "latin-1"),
    ):
        for one in found:
            if isinstance(one, Article):
                assert one.text.strip() == one.text and 0 < len(one.text.encode()) <= MOST
                assert FIRST_YEAR <= one.published.year <= LAST_YEAR
                for value in (one.id, one.text, one.title, one.publisher, one.author, one.url, one.origin):
                    assert "\0" not in value
                    value.encode()
            else:
                assert one.reason and one.remedy
                assert "broke its parser" not in one.reason, one.reason
            one.origin.encode()
