"""The packaged network: words of a window in, scores out. One thread, one window at a time, so that the scores of an
article never depend on what else is coded beside it (the int8 layers scale by what a batch holds)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from turnstone.analysis.encode import CLS, SEP, SHAPES, Encoder
from turnstone.errors import ModelError

Floats = NDArray[np.float32]

PACKAGED = Path(__file__).parent.parent / "data" / "model"
MAX_PIECES = 510


@dataclass(frozen=True)
class WindowScores:
    """Scores of the W words of one window; `Model.labels` and `Model.event` take the last three further."""

    start: Floats  # [W] a sentence begins here
    upos: Floats  # [W, 17]
    names: Floats  # [W, 7]
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
    """Probabilities for one event: types [16], statuses [5], contexts [37] each on its own; modes [83] are logits."""

    types: Floats
    modes: Floats
    statuses: Floats
    contexts: Floats


class Model:
    """Loads the network of a folder (`model.onnx`, `heads.npz`, `vocab.txt`, `card.json`).

    Raises ModelError where a file is missing or the card's hashes do not match.
    """

    def __init__(self, folder: Path = PACKAGED) -> None:
        try:
            card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
            contents = {name: (folder / name).read_bytes() for name in card["files"]}
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder}: the model cannot be loaded ({error}); install turnstone again") from error
        for name, content in contents.items():
            if hashlib.sha256(content).hexdigest() != card["files"][name]:
                raise ModelError(f"{folder / name}: not the file its card describes; install turnstone again")
        self.digest = hashlib.sha256(json.dumps(card["files"], sort_keys=True).encode()).hexdigest()
        self.encoder = Encoder(folder / "vocab.txt")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            contents["model.onnx"], options, providers=["CPUExecutionProvider"]
        )
        self._outputs = [output.name for output in self._session.get_outputs()]
        with np.load(folder / "heads.npz") as heads:
            self._heads = {name: heads[name].astype(np.float32) for name in heads.files}

    def run(self, words: list[str]) -> WindowScores:
        """Scores of a window of words; at most 510 word pieces (`pieces` counts them)."""
        encoded = self.encoder.encode(words)
        if len(encoded.pieces) > MAX_PIECES + 2 or encoded.pieces[0] != CLS or encoded.pieces[-1] != SEP:
            raise ModelError(f"a window of {len(encoded.pieces)} word pieces is more than the model reads")
        piece_shapes = np.full(len(encoded.pieces), SHAPES, np.int64)
        for first, last, shape in zip(encoded.first, encoded.last, encoded.shapes, strict=True):
            piece_shapes[first : last + 1] = shape
        feed = {
            "ids": np.array([encoded.pieces], np.int64),
            "piece_shapes": piece_shapes[None],
            "first": np.array([encoded.first], np.int64),
            "last": np.array([encoded.last], np.int64),
            "shapes": np.array([encoded.shapes], np.int64),
        }
        found = dict(zip(self._outputs, self._session.run(self._outputs, feed), strict=True))
        return WindowScores(**{name: value[0] for name, value in found.items()})

    def pieces(self, word: str) -> int:
        """How many word pieces a word takes."""
        return len(self.encoder.pieces_of(word))

    def labels(self, scores: WindowScores, heads: list[int]) -> Floats:
        """Relation scores [W, 51] of each word to its head."""
        weight = self._heads["label_weight"]  # [R, 129, 129]
        dependent = _with_one(scores.label_dependent)
        head = _with_one(scores.label_head[heads])
        left = np.einsum("wd,rde->wre", dependent, weight, optimize=True)
        return np.asarray(np.einsum("wre,we->wr", left, head, optimize=True), np.float32)

    def event(self, meaning: Floats, trigger: Floats, actors: Floats, recipients: Floats) -> EventScores:
        """Score one event over the words [W, 416] of its sentence.

        `trigger` weighs the words [W] and sums to 1; `actors` and `recipients` are 0 or 1 for each word.
        """
        h = self._heads
        parts = [
            trigger @ meaning,
            self._mean(meaning, actors, 0),
            self._mean(meaning, recipients, 1),
            meaning.mean(0),
        ]
        event = np.tanh(h["event_weight"] @ np.concatenate(parts) + h["event_bias"])

        def head(name: str) -> Any:
            return h[f"{name}_weight"] @ event + h[f"{name}_bias"]

        return EventScores(
            _softmax(head("types") / h["type_temperature"]),
            head("modes"),
            _softmax(head("statuses")),
            1 / (1 + np.exp(-head("contexts"))),
        )

    def attend(self, meaning: Floats, actors: Floats, recipients: Floats) -> Floats:
        """Where the trigger of a marked pair is: weights [W] that sum to 1."""
        h = self._heads
        pair = np.concatenate([self._mean(meaning, actors, 0), self._mean(meaning, recipients, 1)])
        query = h["query_weight"] @ pair + h["query_bias"]
        keys = meaning @ h["key_weight"].T + h["key_bias"]
        return _softmax(keys @ query / np.float32(np.sqrt(128)))

    def _mean(self, meaning: Floats, inside: Floats, which: int) -> Floats:
        if not inside.any():
            return np.asarray(self._heads["no_participant"][which])
        return np.asarray((inside @ meaning) / inside.sum(), np.float32)


def _with_one(values: Floats) -> Floats:
    return np.concatenate([values, np.ones_like(values[:, :1])], 1)


def _softmax(values: Floats) -> Floats:
    shifted = np.exp(values - values.max())
    return np.asarray(shifted / shifted.sum(), np.float32)
