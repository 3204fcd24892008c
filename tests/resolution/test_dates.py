from __future__ import annotations

import csv
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from turnstone.records import DateMention, Token
from turnstone.resolution.dates import event_day, find_dates

Row = dict[str, str]


def _cases() -> list[tuple[str, str, list[tuple[str, ...]]]]:
    with Path(__file__).with_name("dated_expressions.tsv").open(encoding="utf-8", newline="") as file:
        rows: list[Row] = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    cases = []
    for (published, sentence), group in groupby(rows, key=lambda row: (row["published"], row["sentence"])):
        wanted = [
            (row["expression"], row["first_day"], row["last_day"], row["granularity"])
            for row in group
            if row["expression"] != "-"
        ]
        cases.append((published, sentence, wanted))
    return cases


def _found(text: str, published: date, tokens: tuple[Token, ...] = ()) -> list[tuple[str, ...]]:
    return [
        (text[m.start : m.end], m.first_day.isoformat(), m.last_day.isoformat(), m.granularity)
        for m in find_dates(text, published, tokens)
    ]


@pytest.mark.parametrize(("published", "sentence", "wanted"), _cases())
def test_the_list_of_dated_expressions(published: str, sentence: str, wanted: list[tuple[str, ...]]) -> None:
    assert _found(sentence, date.fromisoformat(published)) == wanted
