from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from turnstone.analysis.labels import EVENT_TYPES
from turnstone.analysis.pairs import CLASSES, classify_pair, of_both
from turnstone.errors import ReadingError
from turnstone.records import Span

SENTENCE = "Ruritania's king invited the people of Graustark."


class Net:
    """A network of two rules: AID where somebody acts, ASSAULT where somebody is acted on. Remembers what it reads."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.actors: list[str] = []
        self.recipients: list[str] = []
        self.marked: list[list[str]] = []

    def pieces(self, word: str) -> int:
        return 1

    def run(self, words: list[str], source: Any = (), target: Any = ()) -> Any:
        self.read = words
        self.marked = [[w for w, inside in zip(words, one, strict=True) if inside] for one in (source, target)]
        arcs = np.zeros((len(words), len(words)), np.float32)
        arcs[:, 0] = 100  # the first word has all others
        return SimpleNamespace(
            meaning=np.ones((len(words), 4), np.float32), upos=np.ones((len(words), 17), np.float32), arcs=arcs
        )

    def labels(self, scores: Any, heads: list[int]) -> Any:
        return np.tile(np.arange(51, dtype=np.float32) * 10, (len(heads), 1))

    def pair_words(self, rows: Any) -> Any:
        return np.full(len(CLASSES), -np.log(len(CLASSES)), np.float32)

    def pairs(self, meaning: Any, actors: Any, recipients: Any) -> Any:
        assert actors.shape == recipients.shape == (1, len(meaning))
        self.actors = [word for word, inside in zip(self.read, actors[0], strict=True) if inside]
        self.recipients = [word for word, inside in zip(self.read, recipients[0], strict=True) if inside]
        types = np.zeros((1, 16), np.float32)
        types[0, EVENT_TYPES.index("AID")] = 0.75 if self.actors else 0.0
        types[0, EVENT_TYPES.index("ASSAULT")] = 0.25 if self.recipients else 0.0
        types[0, EVENT_TYPES.index("CONSULT")] = 1 - types.sum()
        return types


def marked(words: str) -> Span:
    start = SENTENCE.index(words)
    return Span(start, start + len(words))


def classify(net: Net, *arguments: Any) -> tuple[tuple[str, float], ...]:
    return classify_pair(net, *arguments)  # type: ignore[arg-type]


def test_every_type_is_given_the_likeliest_first() -> None:
    net = Net()
    found = classify(net, SENTENCE, marked("Ruritania's king"), marked("Graustark"))
    assert [name for name, _ in found[:2]] == ["AID", "ASSAULT"]
    assert sum(p for _, p in found) == pytest.approx(1)
    assert sorted(name for name, _ in found) == sorted(EVENT_TYPES)
    assert net.actors == ["Ruritania", "'s", "king"]
    assert net.recipients == ["Graustark"]
    assert net.marked == [net.actors, net.recipients]


def test_a_span_marks_the_words_it_touches() -> None:
    net = Net()
    classify(net, SENTENCE, marked("uritania"), marked("people of Grau"))
    assert net.actors == ["Ruritania"]
    assert net.recipients == ["people", "of", "Graustark"]


def test_a_participant_may_be_missing() -> None:
    net = Net()
    assert dict(classify(net, SENTENCE, marked("king"), None))["ASSAULT"] == 0
    assert net.recipients == []
    assert dict(classify(net, SENTENCE, None, None))["AID"] == 0


def test_of_a_long_sentence_the_part_with_the_participants_is_read() -> None:
    net = Net()
    text = "so " * 1000 + SENTENCE
    start = text.index("Graustark")
    classify(net, text, None, Span(start, start + 9))
    assert net.recipients == ["Graustark"]
    assert len(net.read) <= 150


def test_a_sentence_without_words_is_an_error() -> None:
    with pytest.raises(ReadingError, match="no words"):
        classify(Net(), " \n", None, None)


def test_words_and_tree_lean_to_a_class_and_leave_types_of_one_class_in_their_proportion() -> None:
    network = np.zeros(16, np.float32)
    network[[EVENT_TYPES.index(name) for name in ("CONCEDE", "RETREAT", "AGREE")]] = 0.3, 0.15, 0.55
    said = np.full(15, np.log(0.01), np.float32)
    said[CLASSES.index("CONCEDE")] = np.log(0.86)
    found = dict(zip(EVENT_TYPES, of_both(network, said).tolist(), strict=True))
    assert found["CONCEDE"] == pytest.approx(2 * found["RETREAT"])
    assert found["CONCEDE"] + found["RETREAT"] > 0.55 > found["AGREE"]
    assert sum(found.values()) == pytest.approx(1)
