"""Inputs that were made to do harm, each written by code."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from tests.reading.samples import HTML, PAGE, link, record, tarred, zipped

MB = 2**20
TEXT = "date 2023-03-21 Envoys of both sides met in Bergen."
LINE = '{"date": "2023-03-21", "text": "Envoys met in Bergen."}\n'
ROW = "2023-03-21,Envoys met in Bergen.\n"
ENTRY = "<item><title>Talks</title><description>Envoys met.</description><pubDate>4 May 2021</pubDate></item>"


@dataclass(frozen=True)
class Hostile:
    """A file by its name. `said` has a pattern for each thing that its refusals say, and nothing where it is odd but
    can be read; `good` counts the articles in it, where there are other things too."""

    name: str
    make: Callable[[], bytes]
    said: tuple[str, ...] = ()
    good: int = 0


def feed(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{body}</channel></rss>'.encode()


def entities(*declared: str) -> str:
    return f"<!DOCTYPE rss [{''.join(f'<!ENTITY {one}>' for one in declared)}]>"


def laughs() -> bytes:
    more = [f'l{n} "{f"&l{n - 1};" * 10}"' for n in range(1, 10)]
    return feed(ENTRY + ENTRY.replace("Envoys met.", "&l9;"), entities('l0 "ha"', *more))


def swollen() -> bytes:
    return feed(ENTRY.replace("Envoys met.", "&big;" * 20_000), entities(f'big "{"ha" * 50_000}"'))


def page(inside: str | bytes = b"", attributes: str = "", head: str = "") -> bytes:
    body = inside.encode() if isinstance(inside, str) else inside
    return PAGE.replace(b"</article>", body + b"</article>").replace(
        b"<body>", f"<body {attributes}>".encode()
    ).replace(b"<title>", f"{head}<title>".encode())  # fmt: skip


def attributes(count: int) -> str:
    return " ".join(f"a{n}='x'" for n in range(count))


def table(rows: int, text: pa.Array | None = None) -> bytes:
    file = io.BytesIO()
    one = text if text is not None else pa.nulls(rows, pa.string())
    pq.write_table(pa.table({"date": pa.nulls(rows, pa.string()), "text": one}), file, compression="gzip")
    return file.getvalue()


def repeated(text: str, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text]))


def holes() -> bytes:
    info = tarfile.TarInfo("holes.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    return tarred(("a.txt", TEXT.encode()), (info, b""), ("b.txt", TEXT.encode()))


def long_header() -> bytes:
    """A tar file whose extended header claims, and unpacks to, 3 GB."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 3 * 2**30
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as packed:
        packed.write(info.tobuf())
        for _ in range(300):
            packed.write(bytes(MB))
    return file.getvalue()


def duplicates() -> bytes:
    """Two articles under one id."""
    return b"".join(LINE.replace("{", f'{{"id": "1", "title": "{title}", ').encode() for title in ("One", "Two"))


def nested(depth: int) -> str:
    opened = "".join("“‘"[n % 2] + "He said, " for n in range(depth))
    return f"{TEXT} {opened}no{''.join('”’'[n % 2] for n in reversed(range(depth)))}."


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("l.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


def noise(seed: int) -> bytes:
    return random.Random(seed).randbytes(100_000)


def around(bad: bytes) -> bytes:
    """Something between two good lines of JSON."""
    return LINE.encode() + bad + b"\n" + LINE.encode()


CORPUS = (
    # --- pages
    Hostile("attributes.html", lambda: page(attributes=attributes(200_000)), ("took more than",)),
    Hostile("attribute.html", lambda: page(attributes=f"a='{'x' * 9 * MB}'")),
    Hostile("deep.html", lambda: page("<div>" * 1_000_000), ("nested too deeply",)),
    Hostile("brackets.html", lambda: page("<" * 1_000_000)),
    Hostile("tables.html", lambda: page("<table><tr><td>" * 20_000), ("nested too deeply",)),
    Hostile("dates.html", lambda: page("<time class=date>" * 20_000), ("nested too deeply",)),
    Hostile("line.html", lambda: page("x" * 50 * MB), ("longer than",)),
    Hostile("nul.html", lambda: page("\0" * 100)),
    Hostile("lying.html", lambda: page("café", head="<meta charset=koi8-r>")),
    Hostile("lying-worse.html", lambda: page(b"caf\xe9", head="<meta charset=utf-8>"), ("not valid UTF-8",)),
    Hostile("surrogate.html", lambda: page("&#xD800;&#55296;")),
    Hostile("year.html", lambda: PAGE.replace(b"2021-05-04", b"9999-12-31"), ("states no date",)),
    Hostile("bomb.html.gz", lambda: gzip.compress(b" " * 100 * MB), ("longer than",)),
    # --- feeds
    Hostile("laughs.rss", laughs, good=2),
    Hostile("swollen.rss", swollen),
    Hostile("outside.rss", lambda: feed(ENTRY.replace("met.", "&x;"), entities('x SYSTEM "file:///etc/passwd"'))),
    Hostile("declared.rss", lambda: feed(ENTRY, "<!DOCTYPE rss [" + "<!ENTITY a 'b'" * 100_000 + "]>"), good=1),
    Hostile("deep.rss", lambda: feed(ENTRY + "<a>" * 20_000), good=1),
    Hostile("markup.rss", lambda: feed(ENTRY.replace("Envoys met.", "&lt;p" * 200_000)), ("empty",)),
    Hostile("line.rss", lambda: feed(ENTRY.replace("met.", "x" * 50 * MB)), ("longer than",)),
    Hostile("lying.xml", lambda: feed(ENTRY.replace("met.", "café")).replace(b"?>", b" encoding='utf-16'?>", 1)),
    Hostile("nul.rss", lambda: feed(ENTRY + ENTRY.replace("met.", "\0")), good=2),
    Hostile("year.rss", lambda: feed(ENTRY + ENTRY.replace("4 May 2021", "9999-12-31T00:00:00Z")), ("9999",), good=1),
    Hostile("zero.rss", lambda: feed(ENTRY + ENTRY.replace("4 May 2021", "0000-00-00")), ("0000-00-00",), good=1),
    # --- records of text
    Hostile("line.jsonl", lambda: around(b'{"date": "2023-03-21", "text": "' + b"x" * 50 * MB), ("line is longer",), 2),
    Hostile("line.txt", lambda: TEXT.encode() + b"x" * 50 * MB, ("longer than",)),
    Hostile("line.json", lambda: b'[{"text": "' + b"x" * 50 * MB + b'"}]', ("longer than",)),
    Hostile("line.csv", lambda: f"date,text\n{ROW}2023-03-21,{'x' * 50 * MB}\n{ROW}".encode(), ("longer than",), 2),
    Hostile("quote.csv", lambda: f'date,text\n{ROW}2023-03-21,"{ROW * 100_000}'.encode(), ("broken|longer",), 1),
    Hostile("columns.csv", lambda: f"date,text\n{ROW}{',' * 1_000_000}\n{ROW}".encode(), ("1000001 columns",), 2),
    Hostile("brackets.jsonl", lambda: around(b"[" * 1_000_000), ("cannot be read|broken",), 2),
    Hostile("braces.jsonl", lambda: around(b'{"a":' * 1_000_000), ("cannot be read|broken",), 2),
    Hostile("brackets.json", lambda: b"[" * 1_000_000, ("broken",)),
    Hostile("number.jsonl", lambda: around(b'{"date": ' + b"1" * 1_000_000 + b', "text": "x"}'), ("",), 2),
    Hostile("keys.jsonl", lambda: around(b'{"text": "x", ' + b'"a": 1, ' * 500_000 + b'"b": 1}'), ("no date",), 2),
    Hostile("nul.jsonl", lambda: around(b'{"date": "2023-03-21", "text": "a\\u0000b"}'), ("NUL",), 2),
    Hostile("nul.txt", lambda: TEXT.encode() + b"\0", ("NUL",)),
    Hostile("surrogate.jsonl", lambda: around(b'{"date": "2023-03-21", "text": "\\ud800"}'), ("surrogate",), 2),
    Hostile("lying.jsonl", lambda: b"\xff\xfe" + LINE.encode(), ("UTF-16|broken|cannot be read",)),
    Hostile("lying.txt", lambda: b"\xfe\xff" + TEXT.encode() + b"!", ("no date",)),
    Hostile("duplicates.jsonl", duplicates, good=2),
    Hostile(
        "dates.jsonl",
        lambda: around(
            b"\n".join(
                b'{"text": "x", "date": "%s"}' % day
                for day in (b"0000-00-00", b"9999-12-31", b"2023-02-30", b"0001-01-01", b"10000-01-01", b"1e9")
            )
        ),
        ("0000-00-00", "9999-12-31", "2023-02-30", "0001-01-01", "10000-01-01", "1e9"),
        2,
    ),
    Hostile("bomb.txt.gz", lambda: gzip.compress(bytes(100 * MB)), ("longer than",)),
    Hostile("bomb.jsonl.gz", lambda: gzip.compress(LINE.encode() + (b" " * 99 + b"\n") * MB), ("200 times",), 1),
    Hostile("members.txt.gz", lambda: gzip.compress(b"") * 200_000 + gzip.compress(TEXT.encode())),
    # --- texts that are odd and no more
    Hostile("quotations.txt", lambda: nested(300).encode()),
    Hostile("brackets.txt", lambda: f"{TEXT} {'(' * 1_000_000}".encode()),
    Hostile("marks.txt", lambda: f"{TEXT} {'“' * 2_000}".encode()),
    Hostile("letters.txt", lambda: f"{TEXT} {'a' * 1_000_000}".encode()),
    Hostile("accents.txt", lambda: f"{TEXT} a{chr(0x301) * 100_000}".encode()),
    # --- tables in Parquet
    Hostile("rows.parquet", lambda: table(3_000_000), ("no date", "more than 200 times")),
    Hostile("repeated.parquet", lambda: table(9_000, repeated("x" * MB, 9_000)), ("no date", "more than 200 times")),
    # --- archives
    Hostile("bomb.zip", lambda: zipped(("a.txt", TEXT), ("b.csv", bytes(99 * MB)), ("c.txt", TEXT)), ("200 times",), 2),
    Hostile("bomb.tar.gz", lambda: tarred(("a.txt", TEXT.encode()), ("b.csv", bytes(100 * MB)), mode="w:gz"),
            ("200 times",), 1),
    Hostile("header.tgz", long_header, ("200 times",)),
    Hostile("holes.tar", holes, ("with holes",), 2),
    Hostile("dots.zip", lambda: zipped(("a.txt", TEXT), ("../../b.txt", TEXT), ("/c.txt", TEXT)), ("leads out",), 1),
    Hostile("dots.tar", lambda: tarred(("a.txt", TEXT.encode()), ("../b.txt", TEXT.encode())), ("leads out",), 1),
    Hostile("links.zip", lambda: zipped(("a.txt", TEXT), (linked(), "/etc/passwd")), ("a link",), 1),
    Hostile("links.tar", lambda: tarred(("a.txt", TEXT.encode()), (link("l.txt", "../../x"), b"")), ("a link",), 1),
    Hostile("inner.zip", lambda: zipped(("a.txt", TEXT), ("b.zip", zipped(("a.txt", TEXT)))), ("a file only",), 1),
    Hostile("bomb.warc.gz", lambda: gzip.compress(record()) + gzip.compress(record(bytes(100 * MB))),
            ("longer than|200 times", "200 times"), 1),
    Hostile("inside.warc", lambda: record() + record(gzip.compress(bytes(100 * MB)),
            http=HTML + "Content-Encoding: gzip\r\n") + record(), ("longer than",), 2),
    Hostile("length.warc", lambda: record() + record(length=2**62), ("longer than|ends in the middle",), 1),
    Hostile("header.warc", lambda: record() + record(headers="X: y\r\n" * 1_000_000), ("header length",), 1),
    *(Hostile(f"noise.{suffix}", lambda n=n: noise(n), ("",)) for n, suffix in enumerate(
        "txt jsonl json csv tsv parquet html rss warc zip tar tgz txt.gz parquet.gz warc.gz".split())),
)  # fmt: skip
