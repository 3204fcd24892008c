from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from turnstone.analysis.labels import EVENT_TYPES
from turnstone.analysis.pairs import classify_pair
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
        return SimpleNamespace(meaning=np.ones((len(words), 4), np.float32))

    def pairs(self, meaning: Any, actors: Any, recipients: Any) -> Any:
        assert actors.shape == recipients.shape == (1, len(meaning))
        self.actors = [word for word, inside in zip(self.read, actors[0], strict=True) if inside]
        self.recipients = [word for word, inside in zip(self.read, recipients[0], strict=True) if inside]
        types = np.zeros((1, 16), np.float32)
        types[0, EVENT_TYPES.index("AID")] = 0.75 if self.actors else 0.0
        types[0, EVENT_TYPES.index("ASSAULT")] = 0.25 if self.recipients else 0.0
        return types


def marked(words: str) -> Span:
    start = SENTENCE.index(words)
    return Span(start, start + len(words))


def classify(net: Net, *arguments: Any) -> tuple[tuple[str, float], ...]:
    return classify_pair(net, *arguments)  # type: ignore[arg-type]


def test_every_type_is_given_the_likeliest_first() -> None:
    net = Net()
    found = classify(net, SENTENCE, marked("Ruritania's king"), marked("Graustark"))
    assert found[:2] == (("AID", 0.75), ("ASSAULT", 0.25))
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
