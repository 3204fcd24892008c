from __future__ import annotations

import codecs
import datetime as dt
import gzip
import io
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnstone.reading import Columns, json_records
from turnstone.reading.articles import Terms, digest
from turnstone.records import Article, Refusal

DAY = dt.date(2023, 3, 21)
GOOD = {"id": "a", "date": "2023-03-21", "text": "Envoys met."}
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\u200f\u202e\u0301\U0001f468\u200d\ufeff\x85\u2028\r\n\t\x01\\\"'"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    )
)


def chunked(data: bytes, size: int):
    return iter([data[i : i + size] for i in range(0, len(data), size)])


@given(
    st.lists(HOSTILE, max_size=4), st.booleans(), st.integers(1, 50), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_round_trip_whatever_the_chunks(texts, ascii_only, size, encoding) -> None:
    rows = [{"date": "2023-03-21", "text": text} for text in texts]
    forms = {
        json_records.read_lines: "\n".join(json.dumps(row, ensure_ascii=ascii_only) for row in rows),
        json_records.read_array: json.dumps(rows, ensure_ascii=ascii_only),
    }
    for reader, document in forms.items():
        found = list(reader(chunked(document.encode(encoding), size), "x", Terms(None, Columns(), 10**6)))
        assert [one.text if isinstance(one, Article) else one.reason for one in found] == [
            text.strip() or "the text is empty" for text in texts
        ]


def test_all_columns_and_ids(put, sort) -> None:
    full = GOOD | {"title": "Talks", "publisher": "Post", "author": "Ann Orr", "url": "https://e.org/1"}
    rows = [
        full,
        {"id": 7, "date": 20230321, "text": "Talks held.", "title": "Talks"},
        {"date": "2023-03-21", "text": "x"},
    ]
    articles, refusals = sort(put("a.jsonl", "\n\n".join(map(json.dumps, rows))))
    assert not refusals
    first, second, third = articles
    assert first == Article(
        "a", DAY, "Talks\n\nEnvoys met.", "Talks", "Post", "Ann Orr", "https://e.org/1", first.origin
    )
    assert (second.id, second.text, second.title) == ("7", "Talks held.", "Talks")
    assert third.id == digest(DAY, "x") and third.origin.endswith("a.jsonl:5")


def test_renamed_columns_and_given_date(put, sort) -> None:
    columns = Columns(id="key", date="day", text="body", title="headline")
    row = {"key": "k", "body": "Envoys met.", "headline": "Talks", "id": 1, "text": "not this"}
    [article], _ = sort(put("a.ndjson", json.dumps(row)), DAY, columns)
    assert (article.id, article.published, article.text) == ("k", DAY, "Talks\n\nEnvoys met.")
    [article], _ = sort(put("a.ndjson", json.dumps(row | {"day": "2020-01-02"})), DAY, columns)
    assert article.published == dt.date(2020, 1, 2)


@pytest.mark.parametrize(
    "line, said",
    [
        (b'{"id": "a", "date": "2023-03-21" "text": "x"}', "(line 2, column 34)"),
        (b'{"id": "a"', "line 2, column"),
        (b"[1, 2]", "no object: [1, 2]"),
        (b"null", "no object: None"),
        (b'{"date": "2023-03-21", "body": "x"}', "no column 'text'"),
        (b'{"date": "2023-03-21", "text": 5}', "column 'text' holds a number (5)"),
        (b'{"date": "2023-03-21", "text": ["x"]}', "column 'text' holds a list"),
        (b'{"date": "2023-03-21", "text": "x", "author": ["A"]}', "column 'author' holds a list"),
        (b'{"date": "2023-03-21", "text": "x", "id": 1.5}', "column 'id' holds a number (1.5)"),
        (b'{"date": "2023-03-21", "text": "x", "id": true}', "column 'id' holds a truth value"),
        (b'{"date": "last week", "text": "x"}', "'last week'"),
        (b'{"date": {}, "text": "x"}', "the date {}"),
        (b'{"date": "", "text": "x"}', "no date is given"),
        (b'{"text": "x"}', "no date is given"),
        (b'{"date": "2023-03-21", "text": null}', "the text is empty"),
        (b'{"date": "2023-03-21", "text": " ", "title": "T"}', "the text is empty"),
        (b'{"date": "2023-03-21", "text": "a\\u0000b"}', "column 'text' holds a NUL"),
        (b'{"date": "2023-03-21", "text": "a\\ud800b"}', "column 'text' holds a lone surrogate (at 1)"),
        (b'{"date": "2023-03-21", "text": "x", "title": "\\udfff"}', "column 'title' holds a lone surrogate"),
        (b'{"date": "2023-03-21", "text": "x", "id": "\\ud83d"}', "column 'id' holds a lone surrogate"),
        (b'{"text": "\xff"}', "not valid UTF-8 (byte offset 67)"),
        (b"[" * 200_000, "cannot be read"),
        (b'{"id": ' + b"9" * 5000 + b"}", "cannot be read"),
        (b'{"date": "2023-03-21", "text": "' + b"x" * 300_000 + b'"}', "the line is longer than 250000 bytes"),
    ],
)
def test_each_bad_line_is_refused_where_it_stands_and_the_rest_is_read(put, sort, line, said) -> None:
    good = json.dumps(GOOD).encode()
    articles, [refusal] = sort(put("a.jsonl", good + b"\n" + line + b"\r\n" + good), max_bytes=250_000)
    assert [one.origin[-2:] for one in articles] == [":1", ":3"]
    assert refusal.origin.endswith("a.jsonl:2")
    assert said in refusal.reason and refusal.remedy


def test_a_refusal_carries_the_id_it_could_read(put, sort) -> None:
    [], [refusal] = sort(put("a.jsonl", '{"id": 12, "date": "soon", "text": "x"}'))
    assert refusal.id == "12"


def test_repeated_ids_are_all_kept(put, sort) -> None:
    articles, _ = sort(put("a.jsonl", (json.dumps(GOOD) + "\n") * 3))
    assert [one.id for one in articles] == ["a"] * 3


@pytest.mark.parametrize("length", [999, 1000, 1001])
@pytest.mark.parametrize("size", [1, 7, 1000, 5000])
def test_the_limit_counts_the_line_without_its_break(length, size) -> None:
    line = json.dumps(GOOD | {"text": "x"})
    line = line[:-2] + "x" * (length - len(line)) + line[-2:]
    for end in ("", "\n"):
        [found] = json_records.read_lines(chunked((line + end).encode(), size), "f", Terms(None, Columns(), 1000))
        assert isinstance(found, Refusal) == (length > 1000)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.json.gz"])
def test_a_gzip_file_cut_short_keeps_what_came_before(put, sort, name) -> None:
    noise = random.Random(1)
    rows = [GOOD | {"id": str(i), "text": "".join(noise.choices("abcdefgh ", k=600)) + "."} for i in range(500)]
    text = json.dumps(rows) if name == "a.json.gz" else "\n".join(map(json.dumps, rows))
    data = gzip.compress(text.encode())
    articles, refusals = sort(put("whole" + name, data))
    assert (len(articles), refusals) == (500, [])
    articles, [refusal] = sort(put(name, data[: len(data) // 2]))
    assert [one.id for one in articles] == [str(i) for i in range(len(articles))] and len(articles) > 150
    assert "ends too early" in refusal.reason


def test_utf16_lines_cut_in_a_character_keep_what_came_before(put, sort) -> None:
    data = codecs.BOM_UTF16_LE + (json.dumps(GOOD) + "\n").encode("utf-16-le") + b"\x00\xd8x\0"
    articles, [refusal] = sort(put("a.jsonl", data))
    assert len(articles) == 1 and f"byte offset {len(data) - 4}" in refusal.reason


def test_an_array_reads_on_after_rows_that_are_no_articles(put, sort) -> None:
    rows = [GOOD, 3, "x", GOOD | {"text": "y" * 2000}, {"text": "x"}, GOOD]
    articles, refusals = sort(put("a.json", json.dumps(rows, indent=1)), max_bytes=1000)
    assert [one.origin.rpartition("a.json")[2] for one in articles] == ["[0]", "[5]"]
    assert [one.origin.rpartition("a.json")[2] for one in refusals] == ["[1]", "[2]", "[3]", "[4]"]
    assert refusals[2].reason == "the object is longer than 1000 bytes"


@pytest.mark.parametrize(
    "tail, said",
    [
        ('\n {"id" 5}]', "line 2, column 8"),
        ("", "line 1, column"),
        ("]", "Expecting value"),
        ("\n {}} ]", "Expecting ','"),
    ],
)
def test_a_break_in_an_array_is_named_and_what_came_before_kept(put, sort, tail, said) -> None:
    articles, refusals = sort(put("a.json", f"[{json.dumps(GOOD)},{tail}"))
    assert len(articles) == 1
    assert said in refusals[-1].reason and "not read" in refusals[-1].reason


def test_other_json_documents(put, sort) -> None:
    good = json.dumps(GOOD)
    assert sort(put("a.json", "[]")) == ([], [])
    assert len(sort(put("a.json", f"\ufeff {good} "))[0]) == 1
    assert len(sort(put("a.json", f"{good}\n{good}\n"))[0]) == 2
    for text, said in [
        ("", "the text is empty"),
        ("[1] x", "Extra data"),
        ("hello", "broken"),
        (f"[{good}] ]", "Extra"),
    ]:
        assert said in sort(put("a.json", text))[1][-1].reason
    articles, [refusal] = sort(put("a.json", f"[{good},".encode() + b'{"text": "\xff"}]'))
    assert len(articles) == 1 and f"byte offset {len(good) + 12}" in refusal.reason


def test_lines_are_read_lazily() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            data = (json.dumps(GOOD) + "\n").encode()
            buffer[: len(data)] = data
            return len(data)

    source = iter(lambda: Endless().read(4096), b"")
    found = json_records.read_lines(source, "x", Terms(None, Columns(), 1000))
    assert [type(next(found)) for _ in range(5)] == [Article] * 5
