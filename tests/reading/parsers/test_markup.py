from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from turnstone.reading.parsers import markup
from turnstone.reading.unreadable import Unreadable

WORDS = "They came back."


@settings(deadline=None, max_examples=40)
@example("b", 255, 0)
@example("b", 2045, 0)
@example("b", 2046, 200)
@example("div", 2047, 0)
@given(some.sampled_from(["b", "span", "div", "q"]), some.integers(0, 2_500), some.sampled_from([0, 99, 150]))
def test_html_is_read_whole_or_refused(tag: str, elements: int, faults: int) -> None:
    """Whatever else is wrong in it: of very many errors the parser tells a hundred."""
    html = "<html><body><p>Ships left." + "</i>" * faults + f"<{tag}>" * elements + WORDS
    try:
        tree = markup.tree(html, "give text")
    except Unreadable as error:
        assert elements > 2_000 and error.reason == markup.TOO_DEEP and error.remedy == "give text"
    else:
        assert tree.text_content() == f"Ships left.{WORDS}"
        assert markup.depth(tree) >= elements


@pytest.mark.parametrize("run", ["{}", "<script>{}</script>", "<!-- {} -->", "<p title='{}'>", "<p>&amp;{}"])
def test_a_run_of_more_than_ten_million_bytes_costs_nothing_that_follows(run: str) -> None:
    tree = markup.tree(f"<html><body><p>Ships left.{run.format('x' * 10_000_001)}<p>{WORDS}", "")
    assert tree.findall(".//p")[-1].text == WORDS


def test_nothing_but_comments_is_no_tree() -> None:
    assert markup.tree("<!-- Ships left. -->", "", remove_comments=True) is None
