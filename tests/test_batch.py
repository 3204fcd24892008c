from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.store.samples import RUN, article, record
from turnstone.batch import Progress, Summary, code_all
from turnstone.coding_process import Coder
from turnstone.errors import TurnstoneError
from turnstone.limits import Limits
from turnstone.records import Article, Record, Refusal
from turnstone.store import Store, read_table


def code(given: Article) -> Record:
    if "raise" in given.text:
        raise ValueError("cannot be coded")
    if "die" in given.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "leave" in given.text:
        os._exit(3)
    if "hang" in given.text:
        time.sleep(600)
    return record(given)


def make_coder() -> Coder:
    return code


def make_nothing() -> Coder:
    raise RuntimeError("the model is missing")


def die_at_once() -> Coder:
    os._exit(9)


def must_not_code(given: Article) -> Record:
    raise AssertionError(f"{given.id} was coded again")


def make_idle() -> Coder:
    return must_not_code


def run(path: Path, inputs: Iterable[Article | Refusal], workers: int = 0, seconds: float = 60.0) -> Summary:
    with Store(path, RUN) as store:
        return code_all(iter(inputs), make_coder, store, workers, limits=Limits(seconds=seconds))


def outcomes(path: Path) -> dict[str, tuple[str, str]]:
    return {row["article_id"]: (row["outcome"], row["reason"]) for row in read_table(path, "ledger").to_pylist()}


def files(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(path.iterdir())}


def test_every_input_is_accounted_for(tmp_path: Path) -> None:
    refusal = Refusal("x:1", "no date", "give --date")
    inputs = [article("1"), article("2", "Nothing."), article("3", "raise"), refusal, article("1", origin="y:1")]
    seen: list[Progress] = []
    with Store(tmp_path, RUN) as store:
        summary = code_all(iter(inputs), make_coder, store, 0, seen.append)
    assert (summary.given, summary.coded, summary.empty, summary.failed) == (5, 2, 1, 2)
    assert (summary.already, summary.events) == (1, 1)
    assert set(summary.reasons) == {("no date", 1), ("ValueError: cannot be coded", 1)}
    assert seen[-1] == Progress(5, 5)
    assert outcomes(tmp_path)["3"] == ("failed", "ValueError: cannot be coded")


def test_the_same_again_is_not_coded(tmp_path: Path) -> None:
    inputs = [article("1"), article("2", "Nothing.")]
    run(tmp_path, inputs)
    before = files(tmp_path)
    with Store(tmp_path, RUN) as store:
        summary = code_all(iter(inputs), make_idle, store, 0)
    assert (summary.given, summary.coded, summary.empty, summary.already) == (2, 1, 1, 2)
    assert files(tmp_path) == before


def test_an_article_given_twice_fails_twice_but_is_tried_once(tmp_path: Path) -> None:
    summary = run(tmp_path, [article("1", "raise", origin="a:1"), article("1", "raise", origin="a:2")])
    assert (summary.given, summary.failed) == (2, 2)


def test_two_articles_of_one_id_end_the_same_in_any_order(tmp_path: Path) -> None:
    inputs = [
        article("1", origin="b:1"),
        article("1", "Nothing.", origin="b:2"),
        article("1", "Nothing.", origin="a:1"),
    ]
    for number, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 0, 2])):
        summary = run(tmp_path / str(number), [inputs[n] for n in order])
        assert (summary.given, summary.empty, summary.failed) == (3, 2, 1)
        assert files(tmp_path / str(number)) == files(tmp_path / "0")


def test_workers_leave_no_trace_and_a_dead_one_takes_one_article_with_it(tmp_path: Path) -> None:
    inputs = [article(str(n), day=1 + n % 5) for n in range(40)]
    inputs[7] = article("7", "die")
    inputs[8] = article("8", "leave")
    inputs[30] = article("30", "raise")
    summary = run(tmp_path / "two", inputs, workers=2)
    assert (summary.given, summary.coded, summary.failed) == (40, 37, 3)
    reasons = outcomes(tmp_path / "two")
    assert "SIGKILL" in reasons["7"][1] and "exit status 3" in reasons["8"][1]
    run(tmp_path / "one", reversed(inputs), workers=1)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_an_article_that_takes_too_long_is_failed(tmp_path: Path) -> None:
    summary = run(tmp_path, [article("1"), article("2", "hang"), article("3")], workers=1, seconds=1.0)
    assert (summary.coded, summary.failed) == (2, 1)
    assert outcomes(tmp_path)["2"][1] == "coding it took more than 1 seconds"


@pytest.mark.parametrize(("maker", "message"), [(make_nothing, "the model is missing"), (die_at_once, "do not start")])
def test_workers_that_cannot_start_end_the_batch(tmp_path: Path, maker: object, message: str) -> None:
    with pytest.raises(TurnstoneError, match=message), Store(tmp_path, RUN) as store:
        code_all(iter([article("1")]), maker, store, 1)  # type: ignore[arg-type]


def test_a_coder_that_answers_nonsense_fails_that_article(tmp_path: Path) -> None:
    def wrong(given: Article) -> Record:
        return record(article("other"))

    with Store(tmp_path, RUN) as store:
        summary = code_all(iter([article("1")]), lambda: wrong, store, 0)
    assert summary.failed == 1 and "another article" in outcomes(tmp_path)["1"][1]
