from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cluster.planned import INPUTS, planned
from tests.store.samples import RUN, article
from turnstone.cluster.given import packed, unpacked
from turnstone.cluster.plan import chosen, drop_plan, find_plan, listed, open_plan, share
from turnstone.errors import ClusterError
from turnstone.records import Article, Refusal

words = st.text(max_size=20)
articles = st.builds(Article, words, st.dates(), words, words, words, words, words, words)
inputs = st.one_of(
    st.tuples(articles, st.booleans()), st.tuples(st.builds(Refusal, words, words, words, words), st.just(False))
)


@given(st.lists(inputs, max_size=5))
@settings(deadline=None)
def test_inputs_come_out_of_their_file_as_they_went_in(some: list[tuple[Article | Refusal, bool]]) -> None:
    assert unpacked(packed(some)) == some


@given(st.sets(st.integers(0, 50), min_size=1))
@settings(deadline=None)
def test_numbers_that_are_listed_are_chosen_again(numbers: set[int]) -> None:
    assert chosen(listed(sorted(numbers)), 51) == sorted(numbers)


@given(st.integers(0, 60), st.integers(1, 20))
@settings(deadline=None)
def test_the_shares_of_all_tasks_are_each_shard_once(shards: int, of: int) -> None:
    assert sorted(one for task in range(of) for one in share(task, of, shards)) == list(range(shards))


@pytest.mark.parametrize("text", ["", "a", "3-1", "0-9", "-1", "1,,2"])
def test_numbers_that_name_no_shards_are_told(text: str) -> None:
    with pytest.raises(ClusterError, match="from 0 to 8"):
        chosen(text, 9)


def test_a_task_counted_from_one_is_told() -> None:
    with pytest.raises(ClusterError, match="counted from 0, so the last of 4 is 3"):
        share(4, 4, 10)


def test_a_plan_has_every_input_once_and_is_found_as_it_was_made(tmp_path: Path) -> None:
    plan = planned(tmp_path, INPUTS)
    assert (plan.shards, plan.inputs, plan.missing()) == (4, 10, [0, 1, 2, 3])
    assert [value for shard in range(4) for value, _ in plan.given(shard)] == INPUTS
    assert find_plan(str(tmp_path)) == plan
    drop_plan(plan)
    assert find_plan(str(tmp_path)) is None and list(tmp_path.iterdir()) == []


def test_an_article_of_an_earlier_shard_needs_no_coding_in_a_later_one(tmp_path: Path) -> None:
    plan = planned(tmp_path, [article("1"), article("1", origin="b"), article("1", origin="c"), article("2")], 2)
    assert [known for shard in range(2) for _, known in plan.given(shard)] == [False, False, True, False]


def test_a_long_text_ends_its_shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turnstone.cluster.plan.BYTES", 100)
    plan = planned(tmp_path, [article("1"), article("2", "a " * 60), article("3"), article("4")], 9)
    assert [len(plan.given(shard)) for shard in range(plan.shards)] == [2, 2]


def test_a_second_plan_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    plan = planned(tmp_path, INPUTS)
    with pytest.raises(ClusterError, match="a plan lies there already"):
        planned(tmp_path, [article("9")])
    assert plan.given(0) == open_plan(str(tmp_path)).given(0)


def test_a_plan_that_was_broken_off_is_no_plan_and_leaves_nothing(tmp_path: Path) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield from INPUTS
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        planned(tmp_path, broken())
    assert find_plan(str(tmp_path)) is None
    plan = planned(tmp_path, [article("9")])
    assert len(list((tmp_path / ".plan" / "given").iterdir())) == plan.shards == 1


def test_what_is_wrong_with_a_plan_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="turnstone plan INPUT"):
        open_plan(str(tmp_path))
    plan = planned(tmp_path, INPUTS)
    path = tmp_path / ".plan" / "given" / "000001.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ClusterError, match="inputs of shard 1 are damaged"):
        plan.given(1)
    path.write_bytes(gzip.compress(b"{}\n"))
    with pytest.raises(ClusterError, match="inputs of shard 1 are damaged"):
        plan.given(1)
    path.unlink()
    with pytest.raises(ClusterError, match="inputs of shard 1 are not there"):
        plan.given(1)
    (tmp_path / ".plan" / "plan.json").write_text('{"format": 7}')
    with pytest.raises(ClusterError, match="is no plan"):
        open_plan(str(tmp_path))


def test_a_plan_names_the_run_that_is_to_code_it(tmp_path: Path) -> None:
    assert planned(tmp_path, INPUTS).run.digest == open_plan(str(tmp_path)).run.digest == RUN.digest
