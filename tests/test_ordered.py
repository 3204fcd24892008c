from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

import pytest

from tests.store.samples import article, record
from turnstone.coding_process import Coder, attempt
from turnstone.errors import TurnstoneError
from turnstone.limits import Limits
from turnstone.ordered import analysed_lines
from turnstone.records import Article, Record, Refusal
from turnstone.store.json_lines import as_line


def code(given: Article) -> Record:
    if "raise" in given.text:
        raise ValueError("cannot be coded")
    if "die" in given.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hang" in given.text:
        time.sleep(600)
    if "slow" in given.text:
        time.sleep(0.3)
    return record(given)


def make_coder() -> Coder:
    return code


def make_nothing() -> Coder:
    raise RuntimeError("the model is missing")


def leave() -> Coder:
    os._exit(9)


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_lines_come_in_the_order_given(workers: int) -> None:
    refusal = Refusal("x:1", "no date", "give --date")
    inputs = [article("1", "slow"), refusal, article("2", "raise"), *(article(str(key)) for key in range(3, 20))]
    found = list(analysed_lines(iter(inputs), make_coder, workers))
    assert found[0] == as_line(record(article("1", "slow")))
    assert found[1] == refusal
    assert isinstance(found[2], Refusal) and found[2].reason == "ValueError: cannot be coded"
    assert (found[2].id, found[2].origin) == ("2", "reports.jsonl:2")
    assert found[3:] == [as_line(record(article(str(key)))) for key in range(3, 20)]


def test_a_crash_costs_only_its_article() -> None:
    inputs = [article("1"), article("2", "die"), article("3")]
    first, second, third = analysed_lines(iter(inputs), make_coder, 1)
    assert (first, third) == (as_line(record(inputs[0])), as_line(record(inputs[2])))
    assert isinstance(second, Refusal) and "SIGKILL" in second.reason


def test_an_article_that_hangs_is_given_up() -> None:
    first, second = analysed_lines(iter([article("1", "hang"), article("2")]), make_coder, 1, Limits(seconds=1.0))
    assert isinstance(first, Refusal) and "more than 1 seconds" in first.reason
    assert second == as_line(record(article("2")))


@pytest.mark.parametrize(("make", "message"), [(make_nothing, "the model is missing"), (leave, "exit status 9")])
def test_processes_that_do_not_start_are_an_error(make: object, message: str) -> None:
    with pytest.raises(TurnstoneError, match=message):
        list(analysed_lines(iter([article("1")]), make, 1))  # type: ignore[arg-type]


def test_a_record_that_is_not_true_of_its_article_is_refused() -> None:
    given = article("1", "short")
    coded = record(article("1")).coded
    outside, other = replace(record(given), coded=coded), record(article("2"))
    for wrong, reason in ((outside, "lies outside the text"), (other, "the record of another article, '2'")):
        found = attempt(lambda _, wrong=wrong: wrong, given)  # type: ignore[misc]
        assert isinstance(found, Refusal) and reason in found.reason


def test_leaving_early_ends_the_processes() -> None:
    import multiprocessing

    before = {process.pid for process in multiprocessing.active_children()}  # other tests' in the same process
    lines = analysed_lines(iter([article(str(key)) for key in range(50)]), make_coder, 2)
    next(lines)
    lines.close()  # type: ignore[attr-defined]
    assert {process.pid for process in multiprocessing.active_children()} <= before
