"""What of the phrases of a sentence takes part in an annotated event."""

from __future__ import annotations

from dataclasses import replace

from annotated import UNSURE, event_at, told_at, wanted
from corpus import GoldEvent

TEXT = "Troops of Ostra shelled the port."
EVENT = GoldEvent((16, 23), "ASSAULT", (), "happened", ((0, 15),), ((24, 32),), None, None, None, ())


def test_the_widest_phrase_in_the_words_of_a_participant_takes_part_and_its_parts_are_unsure() -> None:
    heads, phrases = [(0, 6), (10, 15), (28, 32)], [(0, 15), (10, 15), (24, 32)]
    assert wanted(EVENT, heads, phrases).tolist() == [[1, 0], [UNSURE, 0], [0, 1]]


def test_a_phrase_whose_head_lies_outside_a_participant_is_unsure() -> None:
    assert wanted(EVENT, [(16, 23)], [(0, 23)]).tolist() == [[UNSURE, 0]]


def test_the_event_at_a_word_is_the_one_whose_trigger_shares_letters_with_it() -> None:
    assert event_at((16, 23), [EVENT]) == EVENT
    assert event_at((24, 27), [EVENT]) is None


def test_a_word_may_tell_an_event_once_more() -> None:
    twice = replace(EVENT, again=((40, 45),))
    assert told_at((40, 45), [EVENT]) is None and told_at((40, 45), [twice]) == twice == told_at((16, 23), [twice])
    assert event_at((40, 45), [twice]) is None
