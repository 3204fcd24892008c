from __future__ import annotations

import json
import multiprocessing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reviews.samples import coded, say, undo
from turnstone.errors import StoreError
from turnstone.knowledge.codebook import load_codebook
from turnstone.reviews import NAME, Changes, Review, Where, Who, append, read
from turnstone.reviews.journal import Journal, as_line, parse

CODEBOOK = load_codebook()
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PARTY = st.builds(
    Who, name=TEXT, entity_id=TEXT, country=st.sampled_from(["", "RUR"]), remember=st.booleans(),
    sectors=st.lists(st.sampled_from(["GOV", "MIL", "REB"]), max_size=3).map(tuple),
)  # fmt: skip
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "event_type": st.sampled_from(sorted(CODEBOOK.types)),
        "status": st.sampled_from(sorted(CODEBOOK.statuses)),
        "actors": st.lists(PARTY, max_size=3),
        "recipients": st.lists(PARTY, max_size=3),
        "first_day": st.dates(date(2020, 1, 1), date(2023, 3, 3)),
        "place": st.none() | st.builds(Where, name=TEXT, latitude=st.none() | st.floats(-90, 90)),
        "speaker": st.none() | PARTY,
    },
).filter(bool)


@settings(deadline=None)
@given(st.sampled_from(["accept", "reject", "correct", "skip", "complete"]), CHANGES, TEXT)
def test_a_review_is_read_as_it_was_written(verdict: str, changes: dict[str, object], note: str) -> None:
    more = {"changes": Changes.model_validate(changes)} if verdict == "correct" else {}
    review = say(verdict, note=note, **more)
    line = as_line(review)
    assert len(line.splitlines()) == 1
    assert parse(line.encode()).reviews == (review,)
    back = parse(line.encode()).reviews[0]
    if back.changes is not None:
        assert back.changes.model_fields_set == set(changes)
        assert back.final == review.final


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 6), st.data())
def test_a_file_cut_anywhere_keeps_every_line_before_the_cut(many: int, data: st.DataObject) -> None:
    reviews = [say("accept", note=f"no. {number} ∎") for number in range(many)]
    content = b"".join(as_line(one).encode() + b"\n" for one in reviews)
    cut = data.draw(st.integers(0, len(content)))
    ends = [at for at, sign in enumerate(content) if sign == ord("\n")]
    whole = sum(end <= cut for end in ends)
    found = parse(content[:cut])
    assert found.reviews == tuple(reviews[:whole])
    assert len(found.torn) <= 1


def test_what_is_added_after_a_cut_is_whole(tmp_path: Path) -> None:
    first, second = say("accept"), say("reject")
    (tmp_path / NAME).write_bytes(as_line(first).encode()[:50])
    append(tmp_path, second, CODEBOOK)
    found = read(tmp_path)
    assert found.reviews == (second,)
    assert found.torn == (1,)


def test_a_line_added_twice_stands_once(tmp_path: Path) -> None:
    review = say("accept")
    append(tmp_path, review, CODEBOOK)
    append(tmp_path, review, CODEBOOK)
    assert read(tmp_path).reviews == (review,)
    assert (tmp_path / NAME).read_bytes().count(b"\n") == 1


def test_no_file_is_no_review(tmp_path: Path) -> None:
    assert read(tmp_path) == Journal()


def test_people_can_read_a_line(tmp_path: Path) -> None:
    line = json.loads(as_line(say("reject", note="Œuvre: no event")))
    assert "Œuvre" in as_line(say("reject", note="Œuvre"))
    assert list(line)[:4] == ["schema", "id", "at", "reviewer"]
    assert line["at"] == "2026-03-01T09:00:00Z"
    assert (line["trigger"]["text"], line["saw"]["event_type"]) == ("invited", "AGREE")
    assert "adjudicates" not in line


def _lines(plan: list[tuple[str, int]]) -> tuple[list[Review], dict[int, int]]:
    """Lines by a plan of verdicts and undos (of the line with a number), and which line each undo names."""
    lines: list[Review] = []
    named: dict[int, int] = {}
    for kind, number in plan:
        if kind == "undo" and lines:
            named[len(lines)] = number % len(lines)
            lines.append(undo(lines[number % len(lines)]))
        else:
            lines.append(say("accept", coded(start=10 * len(lines))))
    return lines, named


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["say", "undo"]), st.integers(0, 30)), max_size=25))
def test_whatever_is_undone_and_undone_again_the_rest_holds(plan: list[tuple[str, int]]) -> None:
    lines, named = _lines(plan)

    def holds(number: int) -> bool:
        return not any(aim == number and holds(by) for by, aim in named.items())

    expected = [one.id for number, one in enumerate(lines) if number not in named and holds(number)]
    assert [one.id for one in Journal(tuple(lines)).holding()] == expected


@settings(deadline=None)
@given(st.integers(0, 8))
def test_undoing_an_undo_brings_back_what_it_took(times: int) -> None:
    lines = [say("reject")]
    for _ in range(times):
        lines.append(undo(lines[-1]))
    assert bool(Journal(tuple(lines)).holding()) == (times % 2 == 0)


def test_only_who_said_it_can_take_it_back(tmp_path: Path) -> None:
    review = say("accept")
    append(tmp_path, review, CODEBOOK)
    with pytest.raises(StoreError, match="is by 'ana'"):
        append(tmp_path, say("undo", by="ben", undoes=review.id), CODEBOOK)
    with pytest.raises(StoreError, match="no line 'ffffffffffffffff'"):
        append(tmp_path, say("undo", undoes="f" * 16), CODEBOOK)
    stranger = Journal((review, say("undo", by="ben", undoes=review.id)))
    assert stranger.holding() == (review,)


def test_an_undo_of_a_later_line_is_passed_over() -> None:
    review = say("accept")
    assert Journal((undo(review), review)).holding() == (review,)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"schema": "turnstone-reviews/2"}', "'turnstone-reviews/2', not 'turnstone-reviews/1'"),
        ("[]", "the schema is 'None'"),
        ('{"schema": "turnstone-reviews/1", "reviewer": "ana", "verdict": "accept"}', "accept needs article"),
        ('{"schema": "turnstone-reviews/1", "reviewer": "ana", "verdict": "maybe"}', "verdict: Input should be"),
        ('{"schema": "turnstone-reviews/1", "reviewer": " ", "verdict": "accept"}', "reviewer: "),
    ],
)
def test_a_whole_line_that_is_no_review_is_refused_with_its_place(line: str, reason: str) -> None:
    with pytest.raises(StoreError, match=r"reviews\.jsonl:2: ") as error:
        parse(as_line(say("accept")).encode() + b"\n" + line.encode() + b"\n")
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"event_type": "DANCE"}, "'DANCE' is no type"),
        ({"event_type": "ASSAULT", "modes": ["meet"]}, "'meet' is no mode of ASSAULT"),
    ],
)
def test_what_is_not_in_the_codebook_is_not_added(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        append(tmp_path, say("correct", changes=Changes.model_validate(changes)), CODEBOOK)
    assert not (tmp_path / NAME).exists()


def test_modes_of_another_type_go_with_it() -> None:
    event = coded(event_type="CONSULT", modes=("meet",))
    final = say("correct", event, changes=Changes(event_type="ASSAULT")).final
    assert final is not None and final.modes == ()


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="is before first_day"):
        say("correct", changes=Changes(last_day=date(2020, 1, 1)))


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing was added"):
        append(tmp_path / "gone", say("accept"), CODEBOOK)


def _write_many(directory: str, by: str) -> None:
    for number in range(15):
        review = say("accept", by=by, note=f"{number} " + "long " * 500)
        append(Path(directory), review, CODEBOOK)
        if number % 5 == 0:
            append(Path(directory), undo(review), CODEBOOK)
        assert not read(Path(directory)).torn


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    people = ["ana", "ben", "cleo"]
    context = multiprocessing.get_context("fork")
    running = [context.Process(target=_write_many, args=(str(tmp_path), who)) for who in people]
    for one in running:
        one.start()
    for one in running:
        one.join()
    assert [one.exitcode for one in running] == [0, 0, 0]
    found = read(tmp_path)
    assert not found.torn
    for who in people:
        lines = [one for one in found.reviews if one.reviewer == who]
        assert [int(one.note.split()[0]) for one in lines if one.verdict == "accept"] == list(range(15))
        assert sum(one.verdict == "undo" for one in lines) == 3
    assert len(found.holding()) == 3 * 12
