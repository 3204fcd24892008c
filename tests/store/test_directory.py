from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.samples import NO_ANALYSIS, RUN, article, record
from turnstone.errors import StoreError
from turnstone.records import Record, Refusal, Resolved, Span
from turnstone.store import SCHEMAS, TABLES, Run, Store, commit, connect, directory, read_table, set_aside

REFUSAL = Refusal("bad.jsonl:3", "no date", "give --date")


def files(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def write(path: Path, *values: Record | Refusal, run: Run = RUN) -> dict[str, bytes]:
    with Store(path, run) as store:
        for value in values:
            store.add(value)
    return files(path)


def ledger(path: Path) -> dict[str, tuple[str, str]]:
    return {row["origin"]: (row["outcome"], row["reason"]) for row in read_table(path, "ledger").to_pylist()}


def test_tables_hold_the_record_with_its_words(tmp_path: Path) -> None:
    one = record(article("7"))
    write(tmp_path, one, REFUSAL)
    for name in TABLES:
        table = read_table(tmp_path, name)
        assert table.schema.equals(SCHEMAS[name]), name
        assert table.num_rows == (2 if name in ("participants", "ledger") else 1), name
    event = read_table(tmp_path, "events").to_pylist()[0]
    assert (event["event_type"], event["modes"], event["speaker_name"], event["outlet"]) == (
        "AGREE",
        ["meet"],
        "an envoy",
        "RNA",
    )
    assert (event["trigger_text"], event["place_text"], event["place_geonames_id"]) == ("invited", "Strelsau", None)
    assert event["evidence_text"] == one.article.text
    roles = [(row["role"], row["text"], row["sectors"]) for row in read_table(tmp_path, "participants").to_pylist()]
    assert roles == [("actor", "Ruritania", ["GOV"]), ("recipient", "Graustark", [])]
    told = read_table(tmp_path, "attributions").to_pylist()[0]
    assert told["cue_texts"] == ["said"] and told["content"] == [{"start": 0, "end": 30}]
    assert told["kind"] == "indirect"
    assert read_table(tmp_path, "articles").to_pylist()[0]["contexts"] == ["diplomatic"]
    assert ledger(tmp_path) == {"reports.jsonl:7": ("coded", ""), "bad.jsonl:3": ("failed", "no date")}
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["outcomes"] == {"coded": 1, "empty": 0, "failed": 1}
    assert manifest["runs"][0]["settings"] == {"threshold": 0.5}
    assert set(files(tmp_path)) == {"manifest.json", *(f"{name}.parquet" for name in TABLES)}


_POOL = [
    *(record(article(str(n), day=1 + n % 3)) for n in range(6)),
    *(record(article(str(n), "Nothing of note.", day=2)) for n in range(6, 9)),
    # One id with another text, one with another day, one article read twice, one with another publisher.
    record(
        article("2", "Another text was invited by Ruritania, Graustark, Strelsau, Friday, envoy said.", origin="z:9")
    ),
    record(article("3", day=9, origin="a:10")),
    record(article("4", day=2, origin="a:2")),
    record(article("5", day=3, origin="a:1", publisher="Strelsau Mail")),
    REFUSAL,
    Refusal("bad.jsonl:4", "no text", "give one"),
]


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(_POOL), spill=st.integers(1, 20), cuts=st.sets(st.integers(1, len(_POOL) - 1), max_size=2))
def test_order_chunks_and_sessions_leave_no_trace(order: list[Record], spill: int, cuts: set[int]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        whole, pieces = Path(temporary, "whole"), Path(temporary, "pieces")
        expected = write(whole, *_POOL)
        first = 0
        for last in (*sorted(cuts), len(order)):
            with Store(pieces, RUN, inputs=spill) as store:
                for value in order[first:last]:
                    store.add(value)
            first = last
        assert files(pieces) == expected


def test_row_groups_depend_on_the_sorted_articles_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit, "GROUP_ARTICLES", 2)
    expected = write(tmp_path / "one", *_POOL)
    write(tmp_path / "two", *_POOL[7:])
    assert write(tmp_path / "two", *reversed(_POOL)) == expected
    assert [row["id"] for row in read_table(tmp_path / "one", "articles").to_pylist()] == [
        "0",
        "1",
        "4",
        "6",
        "7",
        "8",
        "2",
        "5",
        "3",
    ]


def test_the_same_again_adds_nothing_and_is_known(tmp_path: Path) -> None:
    one = record(article("1"))
    before = write(tmp_path, one, REFUSAL)
    with Store(tmp_path, RUN) as store:
        assert store.has(one.article)
        assert not store.has(article("1", "Another text."))
        store.note(one.article)
        store.add(REFUSAL)
        tally = store.commit()
    assert (tally.given, tally.coded, tally.empty, tally.failed, tally.events) == (2, 1, 0, 1, 1)
    assert files(tmp_path) == before


def test_another_run_does_not_know_but_keeps_and_replaces(tmp_path: Path) -> None:
    write(tmp_path, record(article("1")), record(article("2")))
    other = dataclasses.replace(RUN, model="better")
    with Store(tmp_path, other) as store:
        assert not store.has(article("1"))
        store.add(record(article("1")))
    runs = {row["id"]: row["run"] for row in read_table(tmp_path, "articles").to_pylist()}
    assert runs == {"1": other.digest, "2": RUN.digest}
    assert read_table(tmp_path, "events").num_rows == 2
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert {run["digest"]: run["articles"] for run in manifest["runs"]} == {other.digest: 1, RUN.digest: 1}


def test_an_id_that_names_another_text_is_failed_in_the_ledger(tmp_path: Path) -> None:
    write(tmp_path, record(article("1", "Nothing else.", origin="a:10")), record(article("1", origin="a:9")))
    assert ledger(tmp_path)["a:9"] == ("coded", "")
    outcome, reason = ledger(tmp_path)["a:10"]
    assert outcome == "failed" and reason.startswith("this id already names another text, read from a:9")
    assert read_table(tmp_path, "events").num_rows == 1


def test_a_failure_is_judged_anew(tmp_path: Path) -> None:
    one = article("1")
    with Store(tmp_path, RUN) as store:
        store.fail(one, "ended by signal SIGSEGV", "report it")
    assert ledger(tmp_path)[one.origin][0] == "failed"
    with Store(tmp_path, RUN) as store:
        assert not store.has(one)
        store.add(record(one))
    assert ledger(tmp_path) == {one.origin: ("coded", "")}


@pytest.mark.parametrize("bad", [Span(0, 10_000), Span(-1, 4), Span(5, 5), Span(17, 18), Span(8, 3)])
def test_offsets_outside_the_text_are_refused_and_nothing_is_taken(tmp_path: Path, bad: Span) -> None:
    one = record(article("1"))
    event = dataclasses.replace(one.coded.events[0], trigger=bad)
    wrong = dataclasses.replace(one, coded=dataclasses.replace(one.coded, events=(event,)))
    with Store(tmp_path, RUN) as store:
        with pytest.raises(StoreError, match=r"article '1'.*trigger at"):
            store.add(wrong)
        assert store.commit().given == 0


def test_an_event_without_its_attribution_is_refused(tmp_path: Path) -> None:
    one = record(article("1"))
    wrong = dataclasses.replace(one, coded=dataclasses.replace(one.coded, attributions=()))
    with Store(tmp_path, RUN) as store, pytest.raises(StoreError, match="attribution 0 of 0"):
        store.add(wrong)


def test_two_writers_refuse_each_other(tmp_path: Path) -> None:
    with Store(tmp_path, RUN), pytest.raises(StoreError, match="another turnstone is writing here"):
        Store(tmp_path, RUN).__enter__()
    with Store(tmp_path, RUN) as store:
        store.add(REFUSAL)
    assert ledger(tmp_path)["bad.jsonl:3"][0] == "failed"


def test_an_exception_keeps_the_old_tables_and_what_was_coded(tmp_path: Path) -> None:
    before = write(tmp_path, record(article("1")))
    with pytest.raises(KeyboardInterrupt), Store(tmp_path, RUN) as store:
        store.add(record(article("2")))
        raise KeyboardInterrupt
    assert {name: data for name, data in files(tmp_path).items() if ".pending" not in name} == before
    assert read_table(tmp_path, "articles").num_rows == 1
    with Store(tmp_path, RUN) as store:
        assert store.has(article("2"))
    resumed = files(tmp_path)
    assert resumed == write(tmp_path / "fresh", record(article("1")), record(article("2")))


def test_a_killed_writer_leaves_a_readable_record(tmp_path: Path) -> None:
    write(tmp_path, record(article("1")))
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.store.samples import RUN, article, record\n"
        "from turnstone.store import Store\n"
        "store = Store(Path(sys.argv[1]), RUN, inputs=1).__enter__()\n"
        "store.add(record(article('2')))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env={"PYTHONPATH": ":".join(sys.path)}, check=False
    )
    assert ended.returncode == -9
    assert read_table(tmp_path, "articles")["id"].to_pylist() == ["1"]
    with Store(tmp_path, RUN) as store:
        assert store.has(article("2"))
    assert read_table(tmp_path, "articles")["id"].to_pylist() == ["1", "2"]


def test_a_commit_broken_off_between_renames_reads_as_the_new_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = write(tmp_path / "whole", record(article("1")), record(article("2")))
    path = tmp_path / "broken"
    write(path, record(article("1")))

    def half(where: Path) -> None:
        commit = where / ".pending" / "commit"
        if commit.exists():
            (commit / "articles.parquet").replace(where / "articles.parquet")
            raise OSError("power cut")

    with monkeypatch.context() as patch, pytest.raises(StoreError, match="power cut"):
        patch.setattr(commit, "finish", half)
        patch.setattr(directory, "finish", half)
        write(path, record(article("2")))
    assert read_table(path, "articles").num_rows == read_table(path, "events").num_rows == 2
    assert connect(path).execute("select count(*) from events").fetchall() == [(2,)]
    with Store(path, RUN):
        pass
    assert files(path) == expected


def test_views_join(tmp_path: Path) -> None:
    path = tmp_path / "it's"
    write(path, record(article("1")), record(article("2", "Nothing.")))
    rows = connect(path).execute(
        "select e.trigger_text, substring(a.text, e.trigger_start + 1, e.trigger_end - e.trigger_start), a.published "
        "from events e join articles a on a.id = e.article_id"
    )
    assert [row[:2] for row in rows.fetchall()] == [("invited", "invited")]


def test_odd_bytes_in_a_name_are_escaped(tmp_path: Path) -> None:
    write(tmp_path, Refusal("caf\udce9.txt", "not \udce9 text", ""), record(article("1", origin="caf\udce9.csv:1")))
    assert set(ledger(tmp_path)) == {"caf\\udce9.txt", "caf\\udce9.csv:1"}
    with Store(tmp_path, RUN) as store, pytest.raises(StoreError, match="UTF-8"):
        store.add(Record(article("2", "lone \ud800"), NO_ANALYSIS, Resolved((), (), ())))


def test_clear_errors_for_strange_directories(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no record"):
        read_table(tmp_path, "events")
    with pytest.raises(StoreError, match="there is no table 'evnts'"):
        read_table(tmp_path, "evnts")
    (tmp_path / "events.parquet").write_bytes(b"mine")
    with pytest.raises(StoreError, match="did not write them"), Store(tmp_path, RUN):
        pass
    (tmp_path / "manifest.json").write_text('{"schema": 99}')
    with pytest.raises(StoreError, match="schema is 99"), Store(tmp_path, RUN):
        pass
    (tmp_path / "plain").write_text("")
    with pytest.raises(StoreError, match="cannot be written"), Store(tmp_path / "plain", RUN):
        pass


def test_an_empty_run_writes_empty_tables(tmp_path: Path) -> None:
    write(tmp_path)
    assert all(read_table(tmp_path, name).num_rows == 0 for name in TABLES)
    assert connect(tmp_path).execute("select count(*) from ledger").fetchall() == [(0,)]


def test_an_article_given_twice_is_judged_by_its_coding_wherever_that_is(tmp_path: Path) -> None:
    first, again = article("1", origin="a:1"), article("1", origin="b:1")
    with Store(tmp_path, RUN) as store:
        store.note(again, shard=7)
    assert ledger(tmp_path) == {}  # its run was broken off before the first was coded
    with Store(tmp_path, RUN) as store:
        store.fail(first, "ended by signal SIGSEGV", "report it", shard=0)
        store.note(again, shard=7)
    assert {outcome for outcome, _ in ledger(tmp_path).values()} == {"failed"}
    assert [one.origin for one in set_aside.articles(tmp_path)] == ["a:1"]
    with Store(tmp_path, RUN) as store:
        assert store.needs_no_coding(again) and not store.has(again)
        store.add(record(again))
    expected = write(tmp_path / "whole", record(again), record(first))
    assert {name: data for name, data in files(tmp_path).items() if "whole" not in name} == expected


def test_what_an_id_did_not_name_is_not_coded_again_where_it_stood(tmp_path: Path) -> None:
    wins, loses = article("1", origin="a:1"), article("1", "Nothing.", origin="a:2")
    write(tmp_path, record(wins), record(loses))
    with Store(tmp_path, RUN) as store:
        assert store.needs_no_coding(loses)
        assert not store.needs_no_coding(dataclasses.replace(loses, origin="a:0"))


def test_half_of_a_removed_shard_is_no_shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(path: Path, **_: object) -> None:
        if path.name.startswith("gone-"):
            (path / "articles.parquet").unlink()
            raise OSError("power cut")

    with monkeypatch.context() as patch, pytest.raises(StoreError, match="power cut"):
        patch.setattr(commit.shutil, "rmtree", half)
        write(tmp_path, record(article("1")))
    assert write(tmp_path) == write(tmp_path / "whole", record(article("1")))


def test_a_file_that_could_not_be_read_is_forgotten_once_something_is_read_from_it(tmp_path: Path) -> None:
    whole = Refusal("x.zip", "there is no such file", "check the name")
    part = Refusal("y.zip", "the file is damaged", "copy it again")
    write(tmp_path, whole, part, record(article("1", origin="y.zip:a.json[1]")))
    write(tmp_path, record(article("2", origin="x.zip:a.json[1]")), record(article("3", origin="y.zip:a.json[2]")))
    assert sorted(ledger(tmp_path)) == ["x.zip:a.json[1]", "y.zip", "y.zip:a.json[1]", "y.zip:a.json[2]"]
