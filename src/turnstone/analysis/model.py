"""The packaged network: words of a window in, scores out. One thread, one window at a time, so that the scores of an
article never depend on what else is coded beside it (the int8 layers scale by what a batch holds)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.decode import best_tags_of_all, log_softmax
from turnstone.analysis.encode import SHAPES, Encoder
from turnstone.analysis.event_model import SHORT, WHOLE, EventModel
from turnstone.analysis.graphs import Floats, is_exact, session
from turnstone.analysis.hashed import STEP
from turnstone.analysis.model_files import PACKAGED, read_files
from turnstone.analysis.named_tables import log_odds, shares_of
from turnstone.errors import ModelError
from turnstone.records import is_whole_article

Marked = Sequence[bool] | NDArray[np.bool_]

MAX_PIECES = 510


@dataclass(frozen=True)
class WindowScores:
    """Scores of the W words of one window; `Model.labels` and `EventModel.events` take the last three further."""

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


class Model:
    """Loads the network from a folder: the files that its `card.json` lists.

    Raises ModelError where a file is missing or is not the one the card describes.
    """

    def __init__(self, folder: Path = PACKAGED) -> None:
        contents, self.digest = read_files(folder)
        unsigned = not is_exact(contents["labels.onnx"])
        self.encoder = Encoder(folder / "vocab.txt")
        self._network, self._labels, self._pairs = (
            session(contents[f"{name}.onnx"], unsigned) for name in ("network", "labels", "pairs")
        )
        self._relations: NDArray[np.int8] = np.load(BytesIO(contents["relations.npy"]))
        self._attachments: NDArray[np.int8] = np.load(BytesIO(contents["attachments.npy"]))
        self._pair_words: NDArray[np.int8] = np.load(BytesIO(contents["pair_words.npy"]))
        self._event_places: NDArray[np.int8] = np.load(BytesIO(contents["event_places.npy"]))
        self._likely_places: NDArray[np.int8] = np.load(BytesIO(contents["likely_places.npy"]))
        self._event_days: NDArray[np.int8] = np.load(BytesIO(contents["event_days.npy"]))
        self._retellings: NDArray[np.int8] = np.load(BytesIO(contents["retellings.npy"]))
        self._states: NDArray[np.int8] = np.load(BytesIO(contents["states.npy"]))
        decoding = json.loads(contents["decoding.json"])
        self._first_name, self._next_name = (np.array(decoding["names"][k], np.float32) for k in ("start", "step"))
        self._event_models = {
            prefix: EventModel(contents, prefix, (fitted["slope"], fitted["offset"]))
            for prefix, fitted in ((SHORT, decoding["confidence"]), (WHOLE, decoding["whole_confidence"]))
        }
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

    def event_model(self, words: int) -> EventModel:
        """What finds the events of a text of so many words."""
        return self._event_models[WHOLE if is_whole_article(words) else SHORT]

    def labels(self, scores: WindowScores, heads: Sequence[int]) -> Floats:
        """Relation scores [W, 51] of each word to its head."""
        feed = {"dependent": scores.label_dependent, "head": scores.label_head[list(heads)]}
        return np.array(self._labels.run(["labels"], feed)[0], np.float32)

    def relations(self, rows: Sequence[int]) -> Floats:
        """Log-probabilities [51] of a word's relations by its `turnstone.analysis.relations.rows`."""
        scores = self._relations[list(rows)].sum(0, dtype=np.int64) * STEP
        return np.asarray(log_softmax(scores), np.float32)

    def attachments(self, rows: NDArray[np.int64]) -> Floats:
        """What the rest of the tree says of P heads, by their rows [P, features] of `attachments.Places`: logits [P],
        to be compared between the heads of one word."""
        return np.asarray(self._attachments[rows].sum(1, dtype=np.int64) * STEP, np.float32)

    def pairs(self, meaning: Floats, actors: Floats, recipients: Floats) -> Floats:
        """Type probabilities [N, 16] of N marked pairs in a sentence whose words are [W, 416]."""
        feed: Mapping[str, Any] = {"meaning": meaning, "actors": actors, "recipients": recipients}
        return np.array(self._pairs.run(["types"], feed)[0], np.float32)

    def pair_words(self, rows: NDArray[np.int64]) -> Floats:
        """What words and tree say of a marked pair, by its rows (`pair_words.MarkedTree`): log-probabilities [15] of
        `pairs.CLASSES`."""
        scores = self._pair_words[rows].sum(0, dtype=np.int64) * STEP
        return np.asarray(log_softmax(scores), np.float32)

    def event_places(self, features: Sequence[Iterable[str]]) -> Floats:
        """What words and tree say of whether an event is at each of P places, by the names of the features of each
        (`coding.place_words`): log odds [P]."""
        return log_odds(self._event_places, features)

    def likely_places(self, features: Sequence[Iterable[str]]) -> list[float]:
        """What words, tree and the telling say of whether an event was at each of P places of its report, by the names
        of the features of each (`coding.likely_place_words`): the probabilities of P choices, of which one or none is
        right."""
        return shares_of(log_odds(self._likely_places, features).tolist())

    def event_days(self, features: Sequence[Iterable[str]]) -> list[float]:
        """What words, tree and the telling say of whether an event was on each of D days, by the names of the features
        of each (`coding.day_words`): the probabilities of D choices, of which one or none is right."""
        return shares_of(log_odds(self._event_days, features).tolist())

    def retellings(self, features: Sequence[Iterable[str]]) -> list[float]:
        """What words, tree and the telling say of whether an event is each of E earlier ones told again, by the names
        of the features of each (`coding.retelling_words`): the probabilities of E choices, of which one or none is
        right."""
        return shares_of(log_odds(self._retellings, features).tolist())

    def states(self, features: Sequence[Iterable[str]]) -> list[float]:
        """What words and tree say of whether somebody is of each of S states, by the names of the features of each
        (`resolution.state_words`): the probabilities of S choices, of which one or none is right."""
        return shares_of(log_odds(self._states, features).tolist())
