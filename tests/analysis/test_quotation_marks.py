"""What stands between quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import read
from turnstone.analysis.quotation_marks import REACH, passages


def quoted(text: str, closed: bool = True) -> list[str]:
    """The passages of a text, those with a closing mark or those without."""
    tokens, sentences = read(text)
    found = [one for one in passages(text, tokens, sentences) if one.closed is closed]
    return [text[tokens[one.first].start : tokens[one.last - 1].end] for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Okoye said "we must go" and left.', ['"we must go"']),
        ("Okoye said “we must go” and left.", ["“we must go”"]),
        ("Okoye said «we must go» and left.", ["«we must go»"]),
        ("Okoye said 'we must go' and left.", ["'we must go'"]),
        ('"Go," he said. "Now."', ['"Go,"', '"Now."']),
        ('The vote ("a farce") is over—"at last", he said.', ['"a farce"', '"at last"']),
        ("“He told me ‘never’ twice,” she said.", ["“He told me ‘never’ twice,”", "‘never’"]),
        ("\"He told me 'never,' \" she said.", ["\"He told me 'never,' \"", "'never,'"]),
        ('“The ferry is late", Diallo said of “the only ship“ there.', ['“The ferry is late"', "“the only ship“"]),
        ('"The “second” ferry is late," he said.', ['"The “second” ferry is late,"', "“second”"]),
    ],
)
def test_marks_of_every_form_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The leaders' talks failed and the farmers' march began.",
        "Rock 'n' roll came back in the '90s, 'til it went.",
        "It isn't what the minister's aide wants.",
        'A plank of 5" is too short.',
    ],
)
def test_apostrophes_and_inches_open_nothing(text: str) -> None:
    assert quoted(text) == quoted(text, closed=False) == []


def test_a_possessive_does_not_close_what_another_mark_does() -> None:
    assert quoted("He said 'the leaders' talks failed,' and left.") == ["'the leaders' talks failed,'"]


def test_a_quotation_runs_over_sentences() -> None:
    assert quoted('He said: "We go. You stay. They wait." Then he left.') == ['"We go. You stay. They wait."']


def test_a_paragraph_that_opens_anew_goes_on_with_the_quotation() -> None:
    text = "“The dam broke at night.\n\n“Nobody slept.\n\n“We lost the mill,” Diallo said. “It is gone.”"
    assert quoted(text) == [text[: text.index(" Diallo")], "“It is gone.”"]


def test_a_paragraph_without_a_mark_ends_what_was_left_open() -> None:
    text = '"We will build it.\n\nThe army "did not answer" on Monday.'
    assert quoted(text) == ['"did not answer"']
    assert quoted(text, closed=False) == ['"We will build it.']


def test_a_closed_quotation_is_not_gone_on_with() -> None:
    assert quoted("“We go.”\n\n“You stay,” he said.") == ["“We go.”", "“You stay,”"]


@pytest.mark.parametrize("more", [REACH, REACH + 1])
def test_a_quotation_is_followed_for_so_many_sentences(more: int) -> None:
    text = 'He said: "It rains. ' + "It pours. " * (more - 1) + 'It stops." They slept.'
    whole = text[text.index('"') : text.rindex('"') + 1]
    assert quoted(text) == ([whole] if more <= REACH else [])
    assert quoted(text, closed=False) == ([] if more <= REACH else ['"It rains.'])


def test_a_mark_left_open_ends_at_the_next_opening_one() -> None:
    text = "He said “it rains. She said “it pours” and left."
    assert quoted(text) == ["“it pours”"]
    assert quoted(text, closed=False) == ["“it rains."]


@given(st.lists(st.sampled_from(["“", "”", '"', "'", "‘", "’", "«", "»", " ", "\n", "\n\n", "so", "Go", ".", ", "])))
@settings(deadline=None)
def test_passages_of_any_marks_lie_in_the_text_and_keep_the_reach(parts: list[str]) -> None:
    text = "".join(parts)
    tokens, sentences = read(text)
    found = passages(text, tokens, sentences)
    assert [one.first for one in found] == sorted({one.first for one in found})
    ends = {last for _, last in sentences}
    for one in found:
        assert 0 <= one.first < one.last <= len(tokens)
        assert one.closed or one.last in ends
