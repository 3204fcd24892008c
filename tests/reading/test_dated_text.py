from __future__ import annotations

import codecs
import datetime as dt
import gzip
import hashlib

import pytest

DAY = dt.date(2023, 3, 21)


@pytest.mark.parametrize(
    "head",
    [
        " date 2023-03-21 ",
        "date 2023-03-21\n",
        "DATE: 2023-03-21\r\n\r\n",
        "\ufeffDate : 2023-03-21\n",
        "\n\n  date\t20230321\n",
        "date 2023-03-21T10:30:00Z ",
        "Date: 21 March 2023\n",
        "date March 21, 2023. ",
        "Date: Tuesday, 21 March 2023\n",
        "date 2023-03-21: ",
    ],
)
def test_the_header_is_read_and_cut(put, sort, head) -> None:
    [article], refusals = sort(put("a.txt", f"{head}Envoys met  10 times\r\nin Bergen.\r\n"), dt.date(1999, 1, 1))
    assert not refusals
    assert (article.published, article.text) == (DAY, "Envoys met  10 times\r\nin Bergen.")
    assert article.id == hashlib.sha256(b"2023-03-21\n" + article.text.encode()).hexdigest()[:16]
    assert article.origin.endswith("a.txt")


@pytest.mark.parametrize(
    "text", ["Date palms were planted.", "Dated 5 May, a letter", "Envoys met.", "Date 5 was kept."]
)
def test_text_without_header_takes_the_given_date_or_is_refused(put, sort, text) -> None:
    path = put("a.txt", text)
    [article], _ = sort(path, DAY)
    assert (article.published, article.text) == (DAY, text)
    [], [refusal] = sort(path)
    assert refusal.reason == "no date is given" and "--date" in refusal.remedy


@pytest.mark.parametrize(
    "head", ["date 2023-02-30 ", "Date: yesterday\n", "date 3/4/2023 ", "date 2023-03-21Envoys ", "date 2023-03\n"]
)
def test_a_header_that_is_no_date_is_refused_even_with_a_given_date(put, sort, head) -> None:
    [], [refusal] = sort(put("a.txt", head + "Envoys met."), DAY)
    assert head.split(":")[-1].split()[-1][:8] in refusal.reason


@pytest.mark.parametrize("text", ["", " \n", "date 2023-03-21", "date 2023-03-21\r\n \t\n"])
def test_empty_text(put, sort, text) -> None:
    [], [refusal] = sort(put("a.txt", text), DAY)
    assert refusal.reason == "the text is empty"


@pytest.mark.parametrize("bom, encoding", [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_utf16_by_its_mark(put, sort, bom, encoding) -> None:
    [article], _ = sort(put("a.txt", bom + "date 2023-03-21 Xi met 习 😀.".encode(encoding)))
    assert article.text == "Xi met 习 😀."


@pytest.mark.parametrize(
    "data, offset",
    [
        (b"date 2023-03-21 caf\xe9 met", 19),
        (codecs.BOM_UTF8 + b"date 2023-03-21 caf\xe9 met", 22),
        (codecs.BOM_UTF16_LE + b"a\0\x00\xd8b\0", 4),
        (codecs.BOM_UTF16_LE + b"a\0b", 4),
    ],
)
def test_bad_bytes_are_refused_with_their_offset(put, sort, data, offset) -> None:
    [], [refusal] = sort(put("a.txt", data), DAY)
    assert f"(byte offset {offset})" in refusal.reason and "valid UTF-" in refusal.reason


def test_nul_and_length(put, sort) -> None:
    [], [refusal] = sort(put("a.txt", "date 2023-03-21 a\0b"))
    assert "NUL" in refusal.reason
    [article], _ = sort(put("b.txt", "date 2023-03-21 " + "é" * 500), max_bytes=1000)
    assert len(article.text) == 500
    for extra in (501, 5000):
        [], [refusal] = sort(put("b.txt", "date 2023-03-21 " + "é" * extra), max_bytes=1000)
        assert refusal.reason == "the text is longer than 1000 bytes"


def test_half_a_compressed_text_is_not_taken_for_a_whole_one(put, sort) -> None:
    data = gzip.compress(b"date 2023-03-21 " + bytes(range(32, 127)) * 50)
    assert len(sort(put("a.txt.gz", data))[0]) == 1
    [], [refusal] = sort(put("b.txt.gz", data[:-9]))
    assert "ends too early" in refusal.reason
    [], [refusal] = sort(put("c.txt.gz", b"no gzip"))
    assert "damaged" in refusal.reason
