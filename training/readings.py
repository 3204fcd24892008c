"""What the packaged network says of annotated reports, read once and kept, so that what follows it is soon trained.

`propose` of each window is then asked anew as often as one likes, by the code that users run.
"""

from __future__ import annotations

import argparse
import pickle
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

import articles as article_files
import items as item_files
import sheets
from card import read_card
from corpus import CorpusError, GoldReport, read
from turnstone.analysis.analyse import analyse
from turnstone.analysis.event_model import EventModel
from turnstone.analysis.graphs import Floats
from turnstone.analysis.looks import Look, ReadWindow, looks
from turnstone.analysis.model import Model, WindowScores
from turnstone.analysis.proposals import proposals
from turnstone.records import Proposal, Token


@dataclass(frozen=True)
class Window:
    """What `turnstone.analysis.looks` reads of one window: its scores as half floats, its first token, and the
    (first, last + 1) tokens of its sentences and names."""

    trigger: Floats
    actor: np.ndarray
    recipient: np.ndarray
    meaning: np.ndarray
    offset: int
    sentences: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int], ...]

    def scores(self) -> WindowScores:
        """As the network gave them, but for what no proposal asks for."""
        none = np.zeros((len(self.trigger), 0), np.float32)
        roles = (role.astype(np.float32) for role in (self.actor, self.recipient))
        meaning = self.meaning.astype(np.float32)
        return WindowScores(none[:, :0].sum(1), none, none, none, none, none, self.trigger, *roles, none, none, meaning)


@dataclass(frozen=True)
class Reading:
    """An annotated report with its tokens and windows."""

    report: GoldReport
    tokens: tuple[Token, ...]
    windows: tuple[Window, ...]

    def propose(self, model: EventModel) -> list[Proposal]:
        """The events that a model finds in it, the network left as it was."""
        return [found for window in self._windows() for found in proposals(model, window)]

    def looks(self, model: EventModel) -> Iterator[Look]:
        """What a model sees in it, sentence by sentence, each phrase taken by itself."""
        for window in self._windows():
            yield from looks(model, window)

    def _windows(self) -> Iterator[ReadWindow]:
        words = [self.report.text[token.start : token.end] for token in self.tokens]
        for one in self.windows:
            yield ReadWindow(one.scores(), words, self.tokens, one.offset, one.sentences, one.names)


def reading(report: GoldReport, model: Model) -> Reading:
    """Read a report with the network."""
    windows: list[Window] = []

    def keep(_: EventModel, read: ReadWindow) -> list[Proposal]:
        scores = read.scores
        half = (table.astype(np.float16) for table in (scores.actor, scores.recipient, scores.meaning))
        windows.append(Window(scores.trigger, *half, read.offset, tuple(read.sentences), tuple(read.names)))
        return []

    analysis = analyse(report.text, model, keep)
    return Reading(report, analysis.tokens, tuple(windows))


def read_annotated(path: Path, data: Path) -> list[GoldReport]:
    """What is annotated in a file of items, articles, sheets or reports. Raises CorpusError."""
    if sheets.is_sheet(path):
        return [sheet.report for sheet in sheets.sheets_of(path)]
    if path.suffix == ".tsv":
        if path.read_text(encoding="utf-8").startswith(article_files.HEADER):
            return article_files.read_articles(path, data)
        return item_files.read_items(path, _items(data / "current-events/items.jsonl.gz"))
    found, faults = read(path)
    if faults:
        raise CorpusError(faults[0])
    return found


def readings(paths: Sequence[Path], data: Path, model: Path, kept: Path | None) -> list[Reading]:
    """The readings of annotated files by the network in the folder `model`; those of each file are kept in the folder
    `kept`, and taken from there where the same network made them. `data` has the texts of items and articles."""
    network = read_card(model)["files"]["network.onnx"][:12]
    found: list[Reading] = []
    for path in paths:
        file = None if kept is None else kept / f"{path.absolute().parent.name}.{path.stem}.{network}.pickle"
        if file is not None and file.exists():
            found += pickle.loads(file.read_bytes())
            continue
        reader = Model(model)
        new = [reading(report, reader) for report in read_annotated(path, data)]
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(pickle.dumps(new, protocol=5))
        found += new
    return found


def in_half(report: GoldReport, half: int) -> bool:
    """Whether a report is in the first or second half, 0 or 1, of those that are parted for training."""
    return zlib.crc32(report.id.encode()) % 2 == half


def articles_parted(args: argparse.Namespace) -> list[tuple[Path, list[Reading]]]:
    """The annotated articles of `--articles`, each half with the folder of `--halves` whose roles have not seen it."""
    whole = readings(args.articles, args.data, args.model, args.readings)
    return [(folder, [one for one in whole if in_half(one.report, half)]) for half, folder in enumerate(args.halves)]


def ask_for_articles(parser: argparse.ArgumentParser) -> None:
    """The options that `articles_parted` reads, and `--whole`."""
    parser.add_argument("--whole", action="store_true", help="for whole articles, not for short reports")
    parser.add_argument(
        "--articles", type=Path, nargs="*", default=[], help="annotated articles; they count four times"
    )
    parser.add_argument(
        "--halves", type=Path, nargs="*", default=[], metavar="MODEL",
        help="with --articles: models whose roles were learned without the first and without the second half",
    )  # fmt: skip


@cache
def _items(path: Path) -> list[dict[str, str]]:
    return item_files.load_items(path)
