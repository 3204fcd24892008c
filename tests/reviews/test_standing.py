from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reviews.samples import coded, say, undo, values
from turnstone.reviews import Changes, Journal, Review, standing
from turnstone.reviews.attach import CodedEvent, attached


def state(reviews: list[Review], *events: CodedEvent) -> list[str]:
    return [one.state for one in standing(Journal(tuple(reviews)), events).judged]


CORRECTION = Changes(event_type="CONSULT")


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([say("accept")], "accepted"),
        ([say("reject")], "rejected"),
        ([say("correct", changes=CORRECTION)], "corrected"),
        ([say("skip")], "skipped"),
        ([say("accept"), say("reject")], "rejected"),
        ([say("accept"), say("reject", by="ben")], "disputed"),
        ([say("accept"), say("accept", by="ben")], "accepted"),
        ([say("accept"), say("skip", by="ben")], "accepted"),
        ([say("accept"), say("correct", by="ben", changes=CORRECTION)], "disputed"),
        ([say("correct", changes=CORRECTION), say("correct", by="ben", changes=CORRECTION)], "corrected"),
        ([say("accept"), say("reject", by="ben"), say("reject", by="cleo", adjudicates=True)], "rejected"),
        ([say("accept", by="cleo", adjudicates=True), say("reject", by="ben")], "accepted"),
    ],
)
def test_what_is_said_settles_an_event(reviews: list[Review], expected: str) -> None:
    assert state(reviews, coded()) == [expected]


def test_an_undone_adjudication_leaves_the_dispute() -> None:
    settling = say("reject", by="cleo", adjudicates=True)
    assert state([say("accept"), say("reject", by="ben"), settling, undo(settling)], coded()) == ["disputed"]


def test_an_undo_leaves_the_event_as_it_was_before() -> None:
    second = say("reject")
    assert state([say("accept"), second, undo(second)], coded()) == ["accepted"]
    first = say("accept")
    assert state([first, undo(first)], coded()) == []


# --- after a new coding


@pytest.mark.parametrize(
    ("review", "now", "expected"),
    [
        (say("accept"), coded("7"), "accepted"),
        (say("accept"), coded("7", event_type="CONSULT"), "corrected"),
        (say("accept"), coded("7", start=12), "accepted"),
        (say("reject"), coded("7"), "rejected"),
        (say("correct", changes=CORRECTION), coded("7"), "corrected"),
        (say("correct", changes=CORRECTION), coded("7", event_type="CONSULT"), "accepted"),
        (say("correct", changes=CORRECTION), coded("7", start=12, event_type="CONSULT"), "accepted"),
        (say("missing", coded(event_type="PROTEST")), coded("7", event_type="PROTEST"), "accepted"),
        (say("missing", coded(event_type="PROTEST")), coded("7"), "corrected"),
    ],
)
def test_a_review_finds_its_event_under_another_id(review: Review, now: CodedEvent, expected: str) -> None:
    found = standing(Journal((review,)), [now])
    assert [(one.coded, one.state) for one in found.judged] == [(now, expected)]
    assert not found.lost


@pytest.mark.parametrize(
    ("review", "now"),
    [
        (say("accept"), coded("1", start=40)),
        (say("accept"), coded("1", start=12, event_type="PROTEST")),
        (say("reject"), coded("1", event_type="CONSULT")),
    ],
)
def test_a_review_of_what_is_not_coded_any_more_is_kept_and_told(review: Review, now: CodedEvent) -> None:
    found = standing(Journal((review,)), [now], ["0" * 64])
    assert [one.coded for one in found.judged] == [None]
    assert found.lost == found.judged


def test_a_review_belongs_to_the_text_it_was_said_of() -> None:
    assert attached(say("accept"), [coded()]) is not None
    assert attached(say("accept", sha256="1" * 64), [coded()]) is None


def test_of_two_events_at_one_word_the_one_with_the_same_values_is_meant() -> None:
    one, other = coded("1", status="happened"), coded("2", status="future")
    assert attached(say("accept", other), [one, other]) == other
    swapped = [coded("2", status="happened"), coded("1", status="future")]
    found = attached(say("accept", other), swapped)
    assert found is not None and found.values.status == "future"


def test_an_added_event_is_not_lost() -> None:
    found = standing(Journal((say("missing"),)), [], ["0" * 64])
    assert [one.state for one in found.judged] == ["added"]
    assert not found.lost


def test_two_people_who_add_one_event_add_one() -> None:
    assert state([say("missing"), say("missing", by="ben")]) == ["added"]
    assert state([say("missing"), say("missing", coded(start=90), by="ben")]) == ["added", "added"]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["ana", "ben"]), st.sampled_from(["accept", "reject", "skip"]), st.integers(0, 2)),
        max_size=12,
    )
)
def test_renaming_all_events_changes_nothing(said: list[tuple[str, str, int]]) -> None:
    before = [coded(str(number), start=20 * number) for number in range(3)]
    after = [coded(f"x{2 - number}", start=20 * number) for number in range(3)]
    journal = Journal(tuple(say(verdict, before[number], by=who) for who, verdict, number in said))

    def found(events: list[CodedEvent]) -> list[tuple[int, str]]:
        return [(one.coded.trigger.start if one.coded else -1, one.state) for one in standing(journal, events).judged]

    assert found(before) == found(after)


def test_values_are_alike_whatever_the_order_of_modes() -> None:
    assert values(modes=("a", "b")).label("modes") == values(modes=("b", "a")).label("modes")
