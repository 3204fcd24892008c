from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from turnstone.reading.parsers import markup
from turnstone.reading.parsers.pages import page
from turnstone.reading.unreadable import Unreadable

BEFORE = (
    "The two delegations met in the harbour for the first time, and the mediator said that more rounds would follow."
)
INSIDE = "They came back in the morning, said the captain, who had not been asked."
AFTER = "The minister thanked the captain and asked both sides to refrain from violence while the talks went on."


def nested(tag: str, elements: int, closed: bool = True) -> str:
    inside = f"<{tag}>" * elements + INSIDE + f"</{tag}>" * (elements if closed else 0)
    top = "<!doctype html><html><head><title>Talks</title></head><body><article><h1>Talks open</h1>"
    return f"{top}<p>{BEFORE}</p><p>{inside}<p>{AFTER}</p></article></body></html>"


def words(html: str) -> str:
    (found,) = page(html)
    return " ".join(found.get("text", "").split())


@settings(deadline=None, max_examples=15)
@example("b", 300, False)
@example("b", 2_040, True)
@example("i", 2_050, True)
@given(some.sampled_from(["b", "i", "em", "span", "font", "a", "q"]), some.integers(0, 2_500), some.booleans())
def test_elements_one_in_the_other_leave_a_page_whole_or_have_it_refused(tag: str, elements: int, closed: bool) -> None:
    try:
        found = words(nested(tag, elements, closed))
    except Unreadable as error:
        assert elements > 2_000 and error.reason == markup.TOO_DEEP and error.remedy
    else:
        assert all(found.count(one) == 1 for one in (BEFORE, INSIDE, AFTER))


@pytest.mark.parametrize("tag", ["div", "blockquote", "section"])
def test_blocks_that_are_not_closed_cost_no_words(tag: str) -> None:
    found = words(nested(tag, 300, closed=False))
    assert all(one in found for one in (BEFORE, INSIDE, AFTER))


def test_lists_too_deep_for_what_finds_the_article_are_refused() -> None:
    assert INSIDE in words(nested("ul><li", 100, closed=False))
    with pytest.raises(Unreadable, match="nested too deeply"):
        words(nested("ul><li", 1_000, closed=False))


def test_what_was_found_is_not_parsed_again_within_narrower_limits() -> None:
    """Without paragraphs a page is given to the second method too."""
    html = "".join(f"<span>Ship number {number} left the harbour, and came back.<br>" for number in range(400))
    found = words(f"<html><body>{html}</body></html>")
    assert all(f"Ship number {number} left" in found for number in range(400))


def test_a_long_run_of_characters_is_read_whole() -> None:
    long = "word " * 2_000_100
    found = words(f"<html><body><article><p>{BEFORE}</p><p>{long}</p><p>{AFTER}</p></article></body></html>")
    assert found.startswith(BEFORE) and found.endswith(AFTER) and len(found) > 10_000_000
