"""What the table of contexts learns from, and what it is said to be worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import GoldEvent, GoldReport, Span
from tests.analysis.scripted import Scripted, scored
from tests.builders import parse
from train_context_words import Annotated, events_of, read, scores
from turnstone.analysis.context_words import ContextWords, Told
from turnstone.analysis.graphs import Floats, Integers
from turnstone.analysis.labels import CONTEXTS
from turnstone.analysis.looks import ReadWindow
from turnstone.analysis.proposals import proposals
from turnstone.analysis.words import words as find_words

TEXT = "It rained in Zenda. Two Ruritanian guards arrested voters. Nobody was hurt."
WORDS = [TEXT[first:last] for first, last in find_words(TEXT)]


def at(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


ARREST = GoldEvent(
    at("arrested"), "COERCE", ("arrest",), "happened", (at("Two Ruritanian guards"),), (at("voters"),),
    None, None, None, ("election", "repression"),
)  # fmt: skip
KNOWN = Told(8, "COERCE", "arrest", "happened", [(5, 8)], [(9, 10)])


def rows_of(*events: GoldEvent) -> list[list[int]]:
    report = GoldReport("zenda-1", "2023-03-01", "agency flash", TEXT, events)
    return [rows.tolist() for rows, _ in events_of(report)]


def asked(told: Told, first: int, last: int) -> list[int]:
    found: list[int] = ContextWords(WORDS, first, last).rows(told).tolist()
    return found


@pytest.mark.parametrize(
    ("event", "told", "sentence"),
    [
        (ARREST, KNOWN, (5, 11)),
        (replace(ARREST, modes=()), replace(KNOWN, mode=""), (5, 11)),
        (replace(ARREST, status="future", actors=()), replace(KNOWN, status="future", actors=[]), (5, 11)),
        (replace(ARREST, trigger=at("Two")), replace(KNOWN, trigger=5), (5, 11)),
        (replace(ARREST, trigger=at("hurt")), Told(13, "COERCE", "arrest", "happened", [], []), (11, 15)),
        (replace(ARREST, actors=(at("Nobody"),)), replace(KNOWN, actors=[]), (5, 11)),
    ],
)
def test_an_event_is_asked_by_what_its_sentence_says(event: GoldEvent, told: Told, sentence: Span) -> None:
    assert rows_of(event) == [asked(told, *sentence)]


def test_what_is_annotated_in_no_word_teaches_nothing() -> None:
    assert rows_of(replace(ARREST, trigger=(9, 9))) == []


class Listening(Scripted):
    """Keeps the rows of which contexts are asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Integers] = []

    def context_words(self, rows: Integers) -> Floats:
        self.asked.append(rows)
        return super().context_words(rows)


def test_a_model_is_asked_as_it_was_taught() -> None:
    article, analysis = parse(
        "It/PRON/2/nsubj rained/VERB/0/root +./PUNCT/2/punct", "Ade/PROPN/2/nsubj met/VERB/0/root Bo/PROPN/2/obj"
    )
    spans = [(token.start, token.end) for token in analysis.tokens]
    model, given = Listening(), scored(6, {4: 5}, {4: [3]}, {4: [5]}, logit=5)
    words = [article.text[first:last] for first, last in spans]
    (found,) = proposals(model, ReadWindow(given, words, analysis.tokens, 0, analysis.sentences))
    modes, status = tuple(filter(None, [found.modes[0][0]])), found.statuses[0][0]
    event = GoldEvent(spans[4], "CONSULT", modes, status, (spans[3],), (spans[5],), None, None, None, ())
    ((taught, _),) = events_of(GoldReport("x", "2023-03-01", "", article.text, (event,)))
    assert [asked.tolist() for asked in model.asked] == [taught.tolist()]


def test_a_file_is_read_as_events_and_their_contexts(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    line = "E arrested | COERCE arrest | happened | A: guards | ctx: election repression"
    path.write_text(f"## zenda-1 | 2023-03-01 | agency flash\n{TEXT}\n{line}\n", encoding="utf-8")
    found = read([path], tmp_path)
    assert len(found.rows) == 1
    assert {CONTEXTS[k] for k in np.flatnonzero(found.contexts[0])} == set(ARREST.contexts)


def test_precision_and_recall_are_told_by_bar() -> None:
    table = np.full((4, len(CONTEXTS)), -127, np.int8)
    legal, crime = CONTEXTS.index("legal"), CONTEXTS.index("crime")
    table[0, legal], table[1, legal], table[2, crime] = 80, -16, 80  # 5, -1 and 5
    contexts = np.zeros((3, len(CONTEXTS)), np.float32)
    contexts[:2, legal] = contexts[2, legal] = 1
    found = scores(table, Annotated([np.array([0]), np.array([1]), np.array([2])], contexts))
    assert found[0.25] == {"P": 66.7, "R": 66.7, "F1": 66.7, "mean F1": 40.0}
    assert found[0.3] == {"P": 50.0, "R": 33.3, "F1": 40.0, "mean F1": 25.0}
