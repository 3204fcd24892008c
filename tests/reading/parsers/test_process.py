from __future__ import annotations

from pathlib import Path

import pytest

from turnstone.reading.parsers.process import Parser
from turnstone.reading.unreadable import Unreadable

FAULTY = """
import os, time
from turnstone.reading.unreadable import Unreadable
print("a library that prints")
def parse(page):
    print("noise on standard output")
    yield {"pid": os.getpid()}
    if "hang" in page:
        time.sleep(600)
    if "die" in page:
        os._exit(9)
    if "raise" in page:
        raise RecursionError("too deep")
    if "refuse" in page:
        raise Unreadable("it is nothing", "give something")
    if "eat" in page:
        b"x" * 2**31
    yield b"bytes"
"""


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parser:
    (tmp_path / "faulty_parsing.py").write_text(FAULTY)
    monkeypatch.syspath_prepend(str(tmp_path))
    return Parser("faulty_parsing:parse", "the page", "give the article as text", 3.0, 2**30)


def outcome(parser: Parser, page: str) -> tuple[int, str]:
    """The process that answered, and what came of the page."""
    told = parser.ask(page)
    pid = next(told)["pid"]
    try:
        return pid, next(told).decode()
    except Unreadable as error:
        return pid, error.reason
    finally:
        assert next(told, None) is None


@pytest.mark.parametrize(
    "page, reason, survives",
    [
        ("raise", "the page broke its parser (RecursionError: too deep)", True),
        ("refuse", "it is nothing", True),
        ("hang", "reading the page took more than 3 seconds", False),
        ("die", "the page broke its parser", False),
        ("eat", "reading the page takes more than 1 GB of memory", False),
    ],
)
def test_one_process_serves_all_pages_and_is_replaced_after_one_it_does_not_survive(
    faulty: Parser, page: str, reason: str, survives: bool
) -> None:
    with faulty:
        first, said = outcome(faulty, "one")
        assert said == "bytes"
        assert outcome(faulty, page) == (first, reason)
        after, said = outcome(faulty, "two")
        assert said == "bytes" and (after == first) == survives
        process = faulty._process
        assert process and process.poll() is None
    assert process.poll() is not None


def test_values_left_early_do_not_answer_for_the_next_page(faulty: Parser) -> None:
    with faulty:
        told = faulty.ask("one")
        next(told)
        told.close()
        assert outcome(faulty, "two")[1] == "bytes"


def test_a_process_that_does_not_start() -> None:
    with Parser("no_such_module:parse", "the page", "") as parser:
        for _ in range(2):
            with pytest.raises(Unreadable, match="No module named 'no_such_module'"):
                parser.one("x")
