from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnstone.reading import Columns, tables
from turnstone.reading.articles import Terms
from turnstone.records import Article

DAY = dt.date(2023, 3, 21)
HEAD = "id,date,text\n"
GOOD = "a,2023-03-21,Envoys met.\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), max_size=5))
def test_round_trip(texts: list[str]) -> None:
    for delimiter in (",", "\t"):
        table = io.StringIO(newline="")
        writer = csv.writer(table, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerows([["date", "text"], *(["2023-03-21", text] for text in texts)])
        found = list(tables.read(iter([table.getvalue().encode()]), "x", Terms(None, Columns(), 10**6), delimiter))
        assert [one.text if isinstance(one, Article) else one.reason for one in found] == [
            text.strip() or "the text is empty" for text in texts
        ]


def test_origins_are_the_lines_where_rows_begin(put, sort) -> None:
    articles, _ = sort(
        put("a.csv", '\ufeff"id", date ,text\r\n1,20230321,"a\r\nb"\r\n\r\n2,2023-03-21,"say ""no"""\r\n')
    )
    assert [(one.id, one.text, one.origin.rpartition(":")[2]) for one in articles] == [
        ("1", "a\r\nb", "2"),
        ("2", 'say "no"', "5"),
    ]


def test_tsv_with_renamed_columns(put, sort) -> None:
    [article], _ = sort(
        put("a.tsv", "when\twhat\n2023-03-21\tEnvoys, too, met.\n"), columns=Columns(date="when", text="what")
    )
    assert (article.published, article.text) == (DAY, "Envoys, too, met.")


@pytest.mark.parametrize(
    "row, said",
    [
        (b"a,2023-03-21\n", "the row has 2 columns and the header 3"),
        (b"a,2023-03-21,x,y\n", "the row has 4 columns and the header 3"),
        (b'a,2023-03-21,"He said "no""\n', "the row is broken"),
        (b"a,soon,x\n", "'soon'"),
        (b"a,,x\n", "no date is given"),
        (b"a,2023-03-21,\n", "the text is empty"),
        (b"a,2023-03-21,x\0y\n", "NUL"),
        (b"a,2023-03-21,caf\xe9\n", "byte offset 54"),
        (b"a,2023-03-21," + b"x" * 2000 + b"\n", "longer than 1000 bytes"),
        (b'a,2023-03-21,"' + b"x\n" * 600 + b'"\n', "the text is longer than 1000 bytes"),
        (b"a,2023-03-21," + b"x" * 20_000 + b"\n", "the line is longer than 16000 bytes"),
        (b"a,2023-03-21," + b"x" * 15_990 + b"\n", "the line is longer than 16000 bytes"),
    ],
)
def test_each_bad_row_is_refused_where_it_stands_and_the_rest_is_read(put, sort, row, said) -> None:
    before = csv.field_size_limit()
    articles, refusals = sort(put("a.csv", HEAD.encode() + GOOD.encode() + row + GOOD.encode()), max_bytes=1000)
    assert said in refusals[0].reason and refusals[0].origin.endswith("a.csv:3")
    assert [one.id for one in articles] == ["a", "a"]
    assert csv.field_size_limit() == before


def test_bad_bytes_inside_quotes_do_not_make_rows_of_prose(put, sort) -> None:
    articles, [refusal] = sort(put("a.csv", b'id,text\na,"one\ncaf\xe9,two\nthree"\nb,four\n'), DAY)
    assert [one.text for one in articles] == ["four"]
    assert refusal.origin.endswith(":2") and "byte offset 18" in refusal.reason


def test_after_a_broken_row_without_dates_nothing_is_guessed(put, sort) -> None:
    articles, refusals = sort(put("a.csv", 'id,text\na,first\nb,"He said "no"\nand left, smiling"\nc,last\n'), DAY)
    assert [one.text for one in articles] == ["first"]
    assert "the row is broken" in refusals[0].reason and "after line 3 are not read" in refusals[1].reason


def test_a_quote_left_open_is_refused(put, sort) -> None:
    articles, refusals = sort(put("a.csv", HEAD + GOOD + 'b,2023-03-21,"never closed\n'))
    assert len(articles) == 1 and "unexpected end of data" in refusals[0].reason


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "the table is empty"),
        ("\n\n", "the table is empty"),
        ("id;date;text\na;2023-03-21;x\n", "no column 'text'"),
        (GOOD, "no column 'text'"),
        ("text,date,text\nx,2023-03-21,y\n", "2 columns 'text'"),
        (b"id,date,te\xffxt\n", "byte offset 10"),
    ],
)
def test_a_table_without_a_usable_header(put, sort, text, said) -> None:
    [], [refusal] = sort(put("a.csv", text))
    assert said in refusal.reason
