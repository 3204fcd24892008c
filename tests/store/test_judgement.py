from __future__ import annotations

import hashlib
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store import plain_judgement
from turnstone.store.judgement import judgement
from turnstone.store.ledger import natural
from turnstone.store.marks import Counts, Marks, mark
from turnstone.store.merge import write_rows

RUN, OTHER_RUN = "this run", "another run"
# whole files, their lines and members, and an input that says nothing of where it stood
ORIGINS = ("x.zip", "x.zip:1", "x.zip:a.json[2]", "x.zip:a.json[10]", "b.txt", "")
# three texts under two ids, one of them on two days and from two publishers
ARTICLES = [(key, text, day, who) for key in "pq" for text in "st" for day in (3, 9) for who in ("", "the Mail")]


def input_row(origin: str, outcome: str, article: tuple[str, str, int, str] | None, why: str) -> dict[str, Any]:
    key, text, day, _ = article or ("", "", 0, "")
    failed = outcome == "failed"
    return {
        "origin": origin,
        "article_id": key,
        "outcome": outcome,
        "reason": why if failed else "",
        "remedy": "mend it" if failed else "",
        "events": 0,
        "published": date(2023, 3, day) if article else None,
        "sha256": hashlib.sha256(text.encode()).hexdigest() if article else "",
        "digest": hashlib.sha256(repr(article).encode()).hexdigest() if article else "",
    }


def coding(row: dict[str, Any], run: str) -> dict[str, Any]:
    names = ("published", "sha256", "digest", "origin")
    return {"id": row["article_id"], "run": run, "text": "words", **{name: row[name] for name in names}}


inputs = st.one_of(
    st.builds(
        input_row, st.sampled_from(ORIGINS), st.sampled_from(["coded", "coded", "given", "failed"]),
        st.sampled_from(ARTICLES), st.sampled_from(["it crashed", "it took too long"]),
    ),
    st.builds(input_row, st.sampled_from(ORIGINS), st.just("failed"), st.none(), st.sampled_from(["no date", "torn"])),
)  # fmt: skip
shards = st.lists(st.tuples(st.lists(inputs, max_size=5), st.sampled_from([RUN, OTHER_RUN])), max_size=3)


def write_part(place: Path, ledger: list[dict[str, Any]], articles: list[dict[str, Any]]) -> None:
    place.mkdir()
    write_rows(place / "ledger.parquet", "ledger", ledger, 3)
    ordered = sorted(articles, key=lambda row: (row["published"], row["id"]))
    write_rows(place / "articles.parquet", "articles", ordered, 10)


@settings(max_examples=150, deadline=None)
@given(sessions=st.lists(shards, min_size=1, max_size=3))
def test_every_input_is_judged_as_with_everything_in_memory(sessions: list[Any]) -> None:
    """Sessions one after another, each of shards of runs: inputs in any order, again, failing, and two texts under one
    id."""
    record: list[dict[str, Any]] = []
    stored: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for number, session in enumerate(sessions):
            root = Path(temporary, str(number))
            root.mkdir()
            directory = root / "record"
            if number:
                write_part(directory, record, stored)
            ledgers = [rows for rows, _ in session]
            codings = [
                list({row["digest"]: coding(row, run) for row in rows if row["outcome"] == "coded"}.values())
                for rows, run in session
            ]
            for place, (ledger, articles) in enumerate(zip(ledgers, codings, strict=True)):
                write_part(root / f"shard-{place}", ledger, articles)
            before = [stored] if number else []
            expected, stored_next = plain_judgement.ledger(record, ledgers, [*before, *codings], RUN)
            parts = [*([directory] if number else []), *(root / f"shard-{place}" for place in range(len(ledgers)))]
            with judgement(directory, parts, RUN, root) as judged:
                assert judged.named(0, 99)[0] == [row["id"] for row in stored_next]
                assert list(judged.ledger(np.ones(len(stored_next), np.int32))) == expected
                in_parts = [(row["run"], row["digest"]) for row in stored_next]
                assert sum(judged.articles_by_run().values()) == len(in_parts)
            record, stored = expected, stored_next


def test_ranks_name_each_stored_article_once_and_in_order(tmp_path: Path) -> None:
    rows = [input_row(f"a:{n}", "coded", (key, "s", day, ""), "") for n, (key, day) in enumerate([("q", 3), ("p", 9)])]
    write_part(tmp_path / "record", rows, [coding(row, RUN) for row in rows])
    new = input_row("a:7", "coded", ("r", "s", 5, ""), "")
    write_part(tmp_path / "shard", [new], [coding(new, RUN)])
    with judgement(tmp_path / "record", [tmp_path / "record", tmp_path / "shard"], RUN, tmp_path) as judged:
        assert judged.ranks_in_record(0)(pa.array(["q", "q", "p"])).tolist() == [0, 0, 2]
        assert judged.ranks_in_shard(1)(pa.array([new["digest"], "other"])).tolist() == [1, -1]
        assert judged.named(0, 3) == (["q", "r", "p"], ["a:0", "a:7", "a:1"])


origins = st.lists(st.sampled_from(["a", "b", "9", "10", "09", ":", "\0", "é", "٣", "file"]), max_size=5).map("".join)


@given(one=origins, other=origins)
def test_places_are_in_natural_order(one: str, other: str) -> None:
    try:
        expected = plain_judgement.natural(one) < plain_judgement.natural(other)
    except TypeError:  # a number beside a word, which the tuples cannot compare
        assert (natural(one) < natural(other)) != (natural(other) < natural(one))
    else:
        assert (natural(one) < natural(other)) == expected


@pytest.mark.parametrize(("before", "after"), [("x:9", "x:10"), ("news", "news2"), ("a" * 9 + "1" * 5000, "b")])
def test_numbers_are_in_their_order_however_long(before: str, after: str) -> None:
    assert natural(before) < natural(after)


@settings(deadline=None)
@given(st.lists(st.integers(0, 300), max_size=400))
def test_marks_are_a_set_and_counts_a_count(numbers: list[int]) -> None:
    known, counts = Marks(), Counts()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("turnstone.store.marks._RECENT", 7)
        for number in numbers:
            known.add(mark(str(number)))
            counts.add(mark(str(number)))
    assert len(known) == len(set(numbers)) and counts.total() == len(numbers)
    for number in range(302):
        assert (mark(str(number)) in known) == (number in numbers)
        assert counts.of(mark(str(number))) == numbers.count(number)


def test_marks_that_end_in_zeros_differ() -> None:
    known = Marks()
    ends = [b"a" * 14 + end for end in (b"\0\0", b"\0b", b"b\0")]
    for one in ends[:2]:
        known.add(one)
    assert [one in known for one in ends] == [True, True, False]
