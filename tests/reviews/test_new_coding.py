"""What was said of a record, after its input was coded anew by another version whose events have other ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.reviews.samples import sample, say, seen, with_events, words
from tests.store.samples import RUN
from turnstone.knowledge.codebook import load_codebook
from turnstone.records import Event, Record
from turnstone.reviews import Changes, Standing, append, current
from turnstone.reviews.lost import GONE, HOLDS, NO_EVENT, lost
from turnstone.reviews.tables import register
from turnstone.store import Run, Store, connect

NEWER = replace(RUN, version="1", code="another", model="another")
WORDS = {"AGREE": "invited", "CONSULT": "talks", "ACCUSE": "said", "PROTEST": "Friday"}


def told(key: str, prefix: str, triggers: dict[str, str]) -> Record:
    """An article with an event of each type, told by these words; the ids have a prefix of the coding."""
    of = sample(key)
    first = of.coded.events[0]
    events: list[Event] = [
        replace(first, id=f"{prefix}{number}", event_type=name, modes=(), trigger=words(of, found))
        for number, (name, found) in enumerate(triggers.items())
    ]
    return with_events(of, *sorted(events, key=lambda one: one.trigger.start))


def coded(directory: Path, run: Run, *records: Record) -> None:
    with Store(directory, run) as store:
        for one in records:
            store.add(one)


def reviewed(directory: Path) -> Record:
    """A coding of which the invitation is corrected, the talks are rejected, what was said is accepted, and the day is
    corrected."""
    of = told("1", "old-", WORDS)
    coded(directory, RUN, of)
    events = {one.values.event_type: one for one in (seen(of, number) for number in range(4))}
    for review in (
        say("correct", events["AGREE"], changes=Changes(status="happened", event_type="COOPERATE")),
        say("reject", events["CONSULT"]),
        say("accept", events["ACCUSE"]),
        say("correct", events["PROTEST"], changes=Changes(status="negated")),
    ):
        append(directory, review, load_codebook())
    return of


def states(standing: Standing) -> dict[str, tuple[str, str]]:
    """By the word that tells of it: the id that it has now, and what holds of it."""
    return {one.by.trigger.text: (one.coded.event if one.coded else "", one.state) for one in standing.judged
            if one.by.trigger}  # fmt: skip


def test_corrections_find_their_events_under_other_ids(tmp_path: Path) -> None:
    reviewed(tmp_path)
    moved = {"AGREE": "Ruritania invited", "CONSULT": "to talks", "ACCUSE": "envoy 1 said", "REQUEST": "Friday"}
    coded(tmp_path, NEWER, told("1", "new-", moved))
    _, standing = current(tmp_path)
    # The day is of another type now, and told by the very same word.
    assert states(standing) == {
        "invited": ("new-0", "corrected"), "talks": ("new-1", "rejected"),
        "said": ("new-2", "accepted"), "Friday": ("new-3", "corrected"),
    }  # fmt: skip
    assert not standing.lost and lost(standing) == []


def test_a_review_whose_event_is_gone_is_listed_and_what_was_said_to_be_there_holds(tmp_path: Path) -> None:
    reviewed(tmp_path)
    coded(tmp_path, NEWER, told("1", "new-", {"AGREE": "invited"}))
    _, standing = current(tmp_path)
    found = {one.word: one for one in lost(standing)}
    assert {word: one.becomes for word, one in found.items()} == {
        "talks": NO_EVENT, "said": HOLDS, "Friday": HOLDS,
    }  # fmt: skip
    assert (found["said"].event_type, found["said"].reviewers, found["said"].article) == ("ACCUSE", ("ana",), "1")
    with connect(tmp_path) as record:
        register(record, standing, load_codebook())
        rows = record.sql(
            "select event_type, status, state from reviewed_events where state <> 'rejected' order by all"
        ).fetchall()
    assert rows == [
        ("ACCUSE", "future", "added"), ("COOPERATE", "happened", "corrected"), ("PROTEST", "negated", "added"),
    ]  # fmt: skip


def test_what_was_lost_is_found_when_a_coding_has_it_again(tmp_path: Path) -> None:
    of = reviewed(tmp_path)
    coded(tmp_path, NEWER, told("1", "new-", {"AGREE": "invited"}))
    coded(tmp_path, replace(NEWER, version="2"), of)
    _, standing = current(tmp_path)
    assert not standing.lost
    assert states(standing)["said"] == ("old-2", "accepted")


def test_of_a_text_that_is_not_in_the_record_reviews_are_kept_and_count_for_nothing(tmp_path: Path) -> None:
    reviewed(tmp_path / "one")
    coded(tmp_path / "other", NEWER, told("2", "new-", WORDS))
    (tmp_path / "other" / "reviews.jsonl").write_bytes((tmp_path / "one" / "reviews.jsonl").read_bytes())
    _, standing = current(tmp_path / "other")
    assert {one.becomes for one in lost(standing)} == {GONE} and len(lost(standing)) == 4
    with connect(tmp_path / "other") as record:
        register(record, standing, load_codebook())
        assert record.sql("select distinct state from reviewed_events").fetchall() == [("unreviewed",)]
