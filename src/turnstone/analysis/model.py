"""The packaged network: words of a window in, scores out. One thread, one window at a time, so that the scores of an
article never depend on what else is coded beside it (the int8 layers scale by what a batch holds)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from turnstone.analysis import attachments, event_words, pair_words, relations, role_words
from turnstone.analysis.decode import best_tags_of_all, log_softmax
from turnstone.analysis.encode import SHAPES, Encoder
from turnstone.analysis.labels import EVENT_TYPES
from turnstone.analysis.model_files import PACKAGED, read_files
from turnstone.errors import ModelError

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Marked = Sequence[bool] | NDArray[np.bool_]

MAX_PIECES = 510


@dataclass(frozen=True)
class WindowScores:
    """Scores of the W words of one window; `Model.labels` and `Model.events` take the last three further."""

    start: Floats  # [W] a sentence begins here
    upos: Floats  # [W, 17]
    names: Floats  # [W, 7]; `Model.name_tags` reads them
    attribution: Floats  # [W, 9] BIO of source, cue, content
    arcs: Floats  # [W, W] dependent, head
    links: Floats  # [W, W] word of a source or content, first word of its cue
    trigger: Floats  # [W]
    actor: Floats  # [W, W] trigger, word
    recipient: Floats  # [W, W]
    label_dependent: Floats  # [W, 128]
    label_head: Floats  # [W, 128]
    meaning: Floats  # [W, 416]


@dataclass(frozen=True)
class EventScores:
    """Scores of N events: probabilities of types [N, 16], statuses [N, 5] and, each on its own, contexts [N, 37];
    modes [N, 83] as logits, to be compared within a type; the probability that there is such an event [N]."""

    types: Floats
    modes: Floats
    statuses: Floats
    contexts: Floats
    occurs: Floats


class Model:
    """Loads the network from a folder: the files that its `card.json` lists.

    Raises ModelError where a file is missing or is not the one the card describes.
    """

    def __init__(self, folder: Path = PACKAGED) -> None:
        contents, self.digest = read_files(folder)
        unsigned = not is_exact(contents["labels.onnx"])
        self.encoder = Encoder(folder / "vocab.txt")
        self._network, self._labels, self._roles, self._events, self._pairs = (
            _session(contents[f"{name}.onnx"], unsigned) for name in ("network", "labels", "roles", "events", "pairs")
        )
        self._relations: NDArray[np.int8] = np.load(BytesIO(contents["relations.npy"]))
        self._attachments: NDArray[np.int8] = np.load(BytesIO(contents["attachments.npy"]))
        self._role_words: NDArray[np.int8] = np.load(BytesIO(contents["role_words.npy"]))
        self._pair_words: NDArray[np.int8] = np.load(BytesIO(contents["pair_words.npy"]))
        self._event_words: NDArray[np.int8] = np.load(BytesIO(contents["event_words.npy"]))
        decoding = json.loads(contents["decoding.json"])
        self._first_name, self._next_name = (np.array(decoding["names"][k], np.float32) for k in ("start", "step"))
        self._slope, self._offset = decoding["confidence"]["slope"], decoding["confidence"]["offset"]
        self._outputs = [output.name for output in self._network.get_outputs()]

    def run(self, words: Sequence[str], source: Marked = (), target: Marked = ()) -> WindowScores:
        """Scores of a window of words; at most 510 word pieces (`pieces` counts them).

        Of a marked pair `source` and `target` say of each word whether it is in it; nothing is marked in an article.
        """
        found = self._network.run(self._outputs, self.inputs(words, source, target))
        return WindowScores(**{name: value[0] for name, value in zip(self._outputs, found, strict=True)})

    def inputs(self, words: Sequence[str], source: Marked = (), target: Marked = ()) -> dict[str, NDArray[np.int64]]:
        """What the network is given of a window; as for `run`."""
        encoded = self.encoder.encode(words)
        if len(encoded.pieces) > MAX_PIECES + 2:
            raise ModelError(f"a window of {len(encoded.pieces)} word pieces is more than the model reads")
        first, last, shapes = (np.array(values, np.int64) for values in (encoded.first, encoded.last, encoded.shapes))
        piece_shapes = np.full(len(encoded.pieces), SHAPES, np.int64)
        piece_shapes[1:-1] = np.repeat(shapes, last - first + 1)
        marks = np.zeros(len(encoded.pieces), np.int64)
        for mark, marked in ((1, source), (2, target)):
            for k in np.flatnonzero(marked):
                marks[first[k] : last[k] + 1] = mark
        return {
            "ids": np.array([encoded.pieces], np.int64),
            "piece_shapes": piece_shapes[None],
            "marks": marks[None],
            "first": first[None],
            "last": last[None],
            "shapes": shapes[None],
        }

    def pieces(self, word: str) -> int:
        """How many word pieces a word takes."""
        return len(self.encoder.pieces_of(word))

    def name_tags(self, names: Sequence[Floats]) -> list[list[int]]:
        """The best sequence of name tags for the words [W, 7] of each of one or more sentences."""
        return best_tags_of_all(names, self._first_name, self._next_name)

    def confidence(self, probability: NDArray[Any]) -> Floats:
        """How often an event that the network gives this probability is right, by events it was not trained on."""
        inside = np.clip(probability.astype(np.float64), 1e-6, 1 - 1e-6)
        logit = np.log(inside / (1 - inside))
        return np.asarray(1 / (1 + np.exp(-(self._slope * logit + self._offset))), np.float32)

    def labels(self, scores: WindowScores, heads: Sequence[int]) -> Floats:
        """Relation scores [W, 51] of each word to its head."""
        feed = {"dependent": scores.label_dependent, "head": scores.label_head[list(heads)]}
        return np.array(self._labels.run(["labels"], feed)[0], np.float32)

    def roles(
        self, meaning: Floats, triggers: Integers, heads: Integers, phrases: Floats, ways: Integers, scores: Floats
    ) -> Floats:
        """Logits [T, P, 2] that each of P phrases acts, and that it receives, in the event of each of T triggers.

        `meaning` [W, 416] are the words of their sentence, `triggers` [T] and `heads` [P] places in it; `phrases`
        [P, W] are 1 where a word is in the phrase; `ways` [T, P] are numbers in `proposals.WAYS`, or -1 where the
        phrase cannot take part and its logits mean nothing; `scores` [T, P, 2] are what the network gave its words.
        """
        given = {"meaning": meaning, "phrases": phrases, "scores": scores}
        places = {"triggers": triggers, "heads": heads, "ways": ways}
        feed = {k: np.ascontiguousarray(v) for k, v in (given | places).items()}
        return np.array(self._roles.run(["roles"], feed)[0], np.float32)

    def relations(self, rows: Sequence[int]) -> Floats:
        """Log-probabilities [51] of a word's relations by its `turnstone.analysis.relations.rows`."""
        scores = self._relations[list(rows)].sum(0, dtype=np.int64) * relations.STEP
        return np.asarray(log_softmax(scores), np.float32)

    def attachments(self, rows: NDArray[np.int64]) -> Floats:
        """What the rest of the tree says of P heads, by their rows [P, features] of `attachments.Places`: logits [P],
        to be compared between the heads of one word."""
        return np.asarray(self._attachments[rows].sum(1, dtype=np.int64) * attachments.STEP, np.float32)

    def role_words(self, rows: Sequence[NDArray[np.int64]]) -> Floats:
        """What words and tree say of N triggers with a phrase each, by the rows of each (`role_words.Hangings`):
        logits [N, 2] that the phrase acts and that it receives."""
        scores = np.stack([self._role_words[own].sum(0, dtype=np.int64) for own in rows]) * role_words.STEP
        p = np.clip(np.exp(log_softmax(scores))[:, 1:], 1e-4, 1 - 1e-4)
        return np.asarray(np.log(p / (1 - p)), np.float32)

    def event_words(self, rows: Sequence[NDArray[np.int64]]) -> tuple[Floats, Floats]:
        """What the words and the tree around N triggers say, by the rows of each (`event_words.Surroundings`):
        log-probabilities of the types, with none as the last [N, 17], and of the statuses of an event [N, 5]."""
        scores = np.stack([self._event_words[own].sum(0, dtype=np.int64) for own in rows]) * event_words.STEP
        types, statuses = np.split(scores, [len(EVENT_TYPES) + 1], 1)
        return np.asarray(log_softmax(types), np.float32), np.asarray(log_softmax(statuses), np.float32)

    def events(
        self, meaning: Floats, trigger: Floats, actors: Floats, recipients: Floats, logit: Floats
    ) -> EventScores:
        """Score N events over the words [W, 416] of their sentence.

        `trigger` [N, W] weighs the words and sums to 1 for each event; `actors` and `recipients` [N, W] are 0 or 1;
        `logit` [N] is what the network gave the trigger by itself.
        """
        feed = {"meaning": meaning, "trigger": trigger, "actors": actors, "recipients": recipients, "logit": logit}
        names = ["types", "modes", "statuses", "contexts", "occurs"]
        return EventScores(*self._events.run(names, {k: np.ascontiguousarray(v) for k, v in feed.items()}))

    def pairs(self, meaning: Floats, actors: Floats, recipients: Floats) -> Floats:
        """Type probabilities [N, 16] of N marked pairs in a sentence whose words are [W, 416]."""
        feed: Mapping[str, Any] = {"meaning": meaning, "actors": actors, "recipients": recipients}
        return np.array(self._pairs.run(["types"], feed)[0], np.float32)

    def pair_words(self, rows: NDArray[np.int64]) -> Floats:
        """What words and tree say of a marked pair, by its rows (`pair_words.MarkedTree`): log-probabilities [15] of
        `pairs.CLASSES`."""
        scores = self._pair_words[rows].sum(0, dtype=np.int64) * pair_words.STEP
        return np.asarray(log_softmax(scores), np.float32)


def _session(content: bytes, unsigned: bool) -> Any:
    """`unsigned` has ONNX Runtime make signed weights unsigned, on processors where that is another way to multiply."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.x64quantprecision", str(int(unsigned)))
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def is_exact(graph: bytes) -> bool:
    """Whether this processor multiplies bytes without overflow: the packaged products of the largest activations are
    the same with signed and unsigned weights.

    Processors without instructions for products of bytes (VNNI) add two of them in sixteen bits, which overflows where
    activations meet large signed weights. Unsigned weights go another way, exact everywhere but slower, so that they
    are not for all, which is how ONNX Runtime would have it.
    """
    views = {"dependent": np.ones((1, 128), np.float32), "head": np.ones((1, 128), np.float32)}
    signed, exact = (_session(graph, unsigned).run(None, views)[0] for unsigned in (False, True))
    return bool(np.array_equal(signed, exact))
