"""What the table of contexts learns from, and what it is said to be worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus import GoldEvent, GoldReport, Span
from train_context_words import Events, events_of, read, scores, told
from turnstone.analysis.context_words import ContextWords
from turnstone.analysis.labels import CONTEXTS
from turnstone.analysis.words import words as find_words

TEXT = "It rained in Zenda. Two Ruritanian guards arrested voters. Nobody was hurt."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


ARREST = GoldEvent(
    at("arrested"), "COERCE", ("arrest",), "happened", (at("Two Ruritanian guards"),), (at("voters"),),
    None, None, None, ("election", "repression"),
)  # fmt: skip


def report(*events: GoldEvent) -> GoldReport:
    return GoldReport("zenda-1", "2023-03-01", "agency flash", TEXT, events)


def test_an_event_is_told_by_the_words_that_are_annotated() -> None:
    spans = find_words(TEXT)
    known = told(ARREST, spans)
    assert known is not None
    assert (known.event_type, known.mode, known.status) == ("COERCE", "arrest", "happened")
    words = [TEXT[first:last] for first, last in spans]
    assert words[known.trigger] == "arrested"
    (actors,), (recipients,) = known.actors, known.recipients
    assert (words[slice(*actors)], words[slice(*recipients)]) == (["Two", "Ruritanian", "guards"], ["voters"])
    assert told(replace(ARREST, modes=()), spans) == replace(known, mode="")


def test_each_event_is_asked_in_its_own_sentence() -> None:
    ((rows, event),) = events_of(report(ARREST))
    words = [TEXT[first:last] for first, last in find_words(TEXT)]
    known = told(ARREST, find_words(TEXT))
    assert known is not None and event is ARREST
    assert np.array_equal(rows, ContextWords(words, 5, 11).rows(known))


def test_what_is_annotated_in_no_word_teaches_nothing() -> None:
    assert list(events_of(report(replace(ARREST, trigger=(9, 9))))) == []


def test_a_file_is_read_as_events_and_their_contexts(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    line = "E arrested | COERCE arrest | happened | A: guards | ctx: election repression"
    path.write_text(f"## zenda-1 | 2023-03-01 | agency flash\n{TEXT}\n{line}\n", encoding="utf-8")
    found = read([path], tmp_path)
    assert len(found.rows) == 1 and [CONTEXTS[k] for k in np.flatnonzero(found.contexts[0])] == list(
        sorted(ARREST.contexts, key=CONTEXTS.index)
    )


def test_precision_and_recall_are_told_by_bar() -> None:
    table = np.full((4, len(CONTEXTS)), -127, np.int8)
    legal, crime = CONTEXTS.index("legal"), CONTEXTS.index("crime")
    table[0, legal], table[1, legal], table[2, crime] = 80, -16, 80  # 5, -1 and 5
    contexts = np.zeros((3, len(CONTEXTS)), np.float32)
    contexts[:2, legal] = contexts[2, legal] = 1
    found = scores(table, Events([np.array([0]), np.array([1]), np.array([2])], contexts))
    assert found[0.25] == {"P": 66.7, "R": 66.7, "F1": 66.7, "mean F1": 40.0}
    assert found[0.3] == {"P": 50.0, "R": 33.3, "F1": 40.0, "mean F1": 25.0}
