from __future__ import annotations

import datetime as dt
import gzip
import zlib

import brotli
import pytest

from tests.reading.samples import HTML, PAGE, record

DAY = dt.date(2021, 5, 4)
DATED = b'<meta property="article:published_time" content="2021-05-04">'


def test_responses_with_pages_are_read_and_the_rest_is_passed_over(put, sort) -> None:
    data = b"".join(
        [
            record(b"software: x\r\n", kind="warcinfo"),
            record(b"", kind="request"),
            record(),
            record(b"\x89PNG", http="Content-Type: image/png\r\n"),
            record(status="404 Not Found"),
            record(b"", status="301 Moved", http="Location: /x\r\n"),
            record(PAGE.replace(DATED, b""), "<https://harbour.example/2021/05/03/more>"),
            record(PAGE.replace(DATED, b""), "https://harbour.example/undated"),
        ]
    )
    [first, second], [refusal] = sort(put("a.warc", data))
    assert (first.published, first.url, first.title) == (DAY, "https://harbour.example/talks", "Harbour talks open")
    assert (second.published, second.url) == (dt.date(2021, 5, 3), "https://harbour.example/2021/05/03/more")
    assert [one.origin.rpartition(":")[2] for one in (first, second, refusal)] == ["3", "7", "8"]
    assert refusal.reason == "the page states no date of publication"
    members = b"".join(gzip.compress(one) for one in (record(), record(b"x", kind="request"), record()))
    assert len(sort(put("a.warc.gz", members))[0]) == 2


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    "body, http",
    [
        (chunked(PAGE), "Transfer-Encoding: chunked\r\n"),
        (PAGE, "Transfer-Encoding: chunked\r\n"),
        (gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
        (chunked(gzip.compress(PAGE)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        (zlib.compress(PAGE), "Content-Encoding: deflate\r\n"),
        (zlib.compress(PAGE, wbits=-15), "Content-Encoding: deflate\r\n"),
        (brotli.compress(PAGE), "Content-Encoding: br\r\n"),
        (PAGE, "Content-Encoding: gzip\r\n"),
        (PAGE, "Content-Encoding: identity\r\n"),
    ],
)
def test_a_page_however_it_was_sent(put, sort, body, http) -> None:
    [article], [] = sort(put("a.warc", record(body, http=HTML + http)))
    assert article.title == "Harbour talks open"


@pytest.mark.parametrize(
    "bad, said",
    [
        (record(gzip.compress(PAGE)[:-9], http=HTML + "Content-Encoding: gzip\r\n"), "damaged (it ends too early)"),
        (record(b"\x07\x08", http=HTML + "Content-Encoding: br\r\n"), "packed as br and damaged"),
        (record(http=HTML + "Content-Encoding: rot13\r\n"), "'rot13', which turnstone does not know"),
        (record(gzip.compress(b"<p>" * 10**6), http=HTML + "Content-Encoding: gzip\r\n"), "longer than 1000000 bytes"),
        (record(b"<p>" * 10**6), "longer than 1000000 bytes"),
        (record(headers="WARC-Truncated: length\r\n"), "cut off when it was stored (length)"),
        (record(b"caf\xe9"), "not valid UTF-8"),
        (record(b""), "the text is empty"),
    ],
)
def test_a_page_at_fault_costs_itself_alone(put, sort, bad, said) -> None:
    articles, [refusal] = sort(put("a.warc", record() + bad + record()), max_bytes=10**6)
    assert len(articles) == 2
    assert said in refusal.reason and refusal.origin.endswith("a.warc:2")


@pytest.mark.parametrize(
    "data, count, said",
    [
        (b"", 0, "the WARC file is empty"),
        (b"no archive at all\r\n" * 9, 0, "the WARC file is none"),
        (record(kind="request"), 0, "holds no web page"),
        (record() + b"\0nonsense\r\n" * 9 + record(), 1, "broken after record 1"),
        (record(headers="X: " + "a" * 10**5 + "\r\n"), 0, "header length"),
        (record() + record(length=len(PAGE)) + record(), 2, "broken after record 2"),
        (record() + record(length=10**6), 1, "ends in the middle of the record"),
        (record() + record()[:-90], 1, "ends in the middle of the record"),
    ],
)
def test_a_file_at_fault_is_told(put, sort, data, count, said) -> None:
    articles, refusals = sort(put("a.warc", data))
    assert len(articles) == count
    assert any(said in one.reason for one in refusals) or (said == "ends" and refusals)


def test_a_damaged_gzip_file_gives_what_is_before_the_damage(put, sort) -> None:
    [_], [refusal] = sort(put("a.warc.gz", gzip.compress(record()) + gzip.compress(record())[:-20]))
    assert "ends too early" in refusal.reason
