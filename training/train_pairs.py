"""Train what says of marked pairs what the one does to the other; the network stays.

    python training/train_pairs.py --data DIR --model src/turnstone/data/model [--folds 5] [--readings FOLDER]

The packaged network reads the published pairs and our own, as `turnstone classify` reads a user's. A small graph learns
from its words, several times over, and a table from words and tree alone. The event tower has seen our pairs, but no
published one: `--folds` scores published pairs by a graph and a table that have not seen their sentence, and writes
nothing. Otherwise writes `pairs.onnx` and `pair_words.npy`. On one thread two minutes for the reading, which
`--readings` keeps, three for the training, and four times that for five folds.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

import event_data as sets
from card import ask_where, read_card, write_trained
from descent import descend
from export import export_pairs
from logistic import DROPOUT, RATE, as_bytes, fit
from pair_scores import MeanOfPairScores, PairScores
from scores import macro_f1
from turnstone.analysis import pair_words
from turnstone.analysis.graphs import Floats
from turnstone.analysis.hashed import STEP
from turnstone.analysis.labels import EVENT_TYPES
from turnstone.analysis.model import Model
from turnstone.analysis.pair_words import ROWS
from turnstone.analysis.pairs import CLASS_OF_TYPE, CLASSES, MarkedPair, marked, of_both

BATCH = 16
PUBLISHED = 3  # how often an epoch has the published pairs


@dataclass(frozen=True)
class Pair:
    """A marked pair as the packaged model has read it, and the numbers of the types that its label allows."""

    read: MarkedPair
    types: tuple[int, ...]


@dataclass(frozen=True)
class Learned:
    """What was learned of pairs."""

    graph: MeanOfPairScores
    table: NDArray[np.int8]

    @torch.no_grad()
    def types(self, pair: MarkedPair) -> Floats:
        """Probabilities of types [16], as `turnstone.analysis.pairs.classify_pair` has them."""
        given = (torch.from_numpy(x) for x in (pair.meaning, pair.source[None], pair.target[None]))
        said = self.table[pair.rows].sum(0, dtype=np.int64) * STEP
        return of_both(self.graph(*given)[0].numpy(), np.asarray(said - np.logaddexp.reduce(said), np.float32))


def read_pairs(model: Model, examples: Sequence[sets.Example]) -> list[Pair]:
    found = []
    for example in examples:
        (event,) = example.events
        source, target = (
            np.array([float(i in spans) for i in range(len(example.words))], np.float32)
            for spans in (event.actors, event.recipients)
        )
        found.append(Pair(marked(model, example.words, source, target), event.types))
    return found


def kept_pairs(folder: Path, examples: Sequence[sets.Example], kept: Path | None, name: str) -> list[Pair]:
    """The pairs as the model of a folder reads them; taken from the folder `kept` where the same was asked before."""
    files = read_card(folder)["files"]
    parts = [files[one] for one in ("network.onnx", "labels.onnx", "relations.npy", "attachments.npy")]
    parts += [Path(pair_words.__file__).read_text(encoding="utf-8"), *(repr(example) for example in examples)]
    file = None if kept is None else kept / f"{name}.{crc32(' '.join(parts).encode()):08x}.pickle"
    if file is not None and file.exists():
        return list(pickle.loads(file.read_bytes()))
    found = read_pairs(Model(folder), examples)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(found, protocol=5))
    return found


def together(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Words [N, W, 416], which there are, which act and which receive [N, W], and which types are allowed [N, 16]."""
    most = max(len(pair.read.meaning) for pair in pairs)
    words = np.zeros((len(pairs), most, pairs[0].read.meaning.shape[1]), np.float32)
    spans, types = np.zeros((3, len(pairs), most), np.float32), np.zeros((len(pairs), len(EVENT_TYPES)), np.float32)
    for n, pair in enumerate(pairs):
        size = len(pair.read.meaning)
        words[n, :size] = pair.read.meaning
        for span, inside in zip(spans, (1, pair.read.source, pair.read.target), strict=True):
            span[n, :size] = inside
        types[n, list(pair.types)] = 1
    return tuple(map(torch.from_numpy, (words, *spans, types)))


def batches(pairs: Sequence[Pair], epochs: int, rng: random.Random) -> Iterator[Tensor]:
    """Numbers of pairs of like length."""
    order = list(range(len(pairs)))
    for _ in range(epochs):
        rng.shuffle(order)
        chunks = (order[i : i + 8 * BATCH] for i in range(0, len(order), 8 * BATCH))
        sorted_ = (sorted(chunk, key=lambda k: len(pairs[k].read.meaning)) for chunk in chunks)
        groups = [chunk[i : i + BATCH] for chunk in sorted_ for i in range(0, len(chunk), BATCH)]
        rng.shuffle(groups)
        yield from map(torch.tensor, groups)


def train_graph(pairs: Sequence[Pair], epochs: int, rate: float, seed: int) -> PairScores:
    torch.manual_seed(seed)
    counts = torch.ones(len(EVENT_TYPES))
    for pair in pairs:
        counts[list(pair.types)] += 1 / len(pair.types)
    weights = (counts.mean() / counts) ** 0.3
    quads = torch.as_tensor(sets.QUAD_OF_TYPE)
    model = PairScores()

    def loss_of(rows: Tensor) -> Tensor:
        *given, allowed = together([pairs[k] for k in rows.tolist()])
        said = model.score(*given).log_softmax(-1)
        loss = -(said + torch.log(allowed.clamp(min=1e-6))).logsumexp(-1)
        of_quads = torch.zeros(len(said), 4).index_add(1, quads, said.exp())
        quad = quads[allowed.argmax(-1)]
        loss = loss - 0.5 * of_quads.gather(1, quad[:, None]).clamp(min=1e-6).log().squeeze(1)
        return (loss * (allowed * weights).sum(-1) / allowed.sum(-1)).mean()

    descend(model, list(batches(pairs, epochs, random.Random(seed))), rate, loss_of)
    return model


def train_table(pairs: Sequence[Pair], epochs: int, seed: int) -> NDArray[np.int8]:
    """What speaks for each class of pairs [ROWS, 15]."""
    classes = np.array([CLASS_OF_TYPE[pair.types[0]] for pair in pairs])
    weights = fit([pair.read.rows for pair in pairs], classes, (ROWS, len(CLASSES)), epochs, DROPOUT, RATE, seed)
    return as_bytes(weights)


def learn(pairs: Sequence[Pair], args: argparse.Namespace) -> Learned:
    graphs = [train_graph(pairs, args.epochs, args.rate, args.seed + k) for k in range(args.times)]
    return Learned(MeanOfPairScores(graphs).eval(), train_table(pairs, args.table_epochs, args.seed))


def cross_validate(rows: Sequence[tuple[Pair, str, str, str]], ours: list[Pair], args: argparse.Namespace) -> None:
    """Print macro F1 on the published pairs, given with sentence, class and quad class."""
    ids = sorted({sentence for _, sentence, _, _ in rows})
    random.Random(0).shuffle(ids)
    fold_of = {sentence: i % args.folds for i, sentence in enumerate(ids)}
    gold, guess, gold4, guess4 = [], [], [], []
    for fold in range(args.folds):
        learned = learn([pair for pair, s, *_ in rows if fold_of[s] != fold] * PUBLISHED + ours, args)
        for pair, sentence, label, quad in rows:
            if fold_of[sentence] == fold:
                types = learned.types(pair.read)
                gold.append(label)
                guess.append(sets.pair_class(CLASSES[np.bincount(CLASS_OF_TYPE, types).argmax()]))
                gold4.append(quad)
                guess4.append(str(1 + np.bincount(sets.QUAD_OF_TYPE, types).argmax()))
        right = np.mean([one == other for one, other in zip(gold, guess, strict=True)])
        print(
            f"fold {fold}: so far {macro_f1(gold, guess)[0]:.4f} over 15, {macro_f1(gold4, guess4)[0]:.4f} over 4, "
            f"accuracy {right:.4f}",
            flush=True,
        )
    print(json.dumps({k: round(v, 3) for k, v in macro_f1(gold, guess)[1].items()}))
    print(f"macro F1 over 15: {macro_f1(gold, guess)[0]:.4f}, over 4: {macro_f1(gold4, guess4)[0]:.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parent.parent / "corpus")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--readings", type=Path, help="folder that keeps what the network says, for another training")
    parser.add_argument("--times", type=int, default=3, help="how many trainings the graph is the mean of")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--table-epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    published = sets.from_pairs(args.data / "plover-pairs/train.tsv")
    own = [example for path in sorted(args.corpus.glob("pairs*.tsv")) for example in sets.own_pairs(path)]
    rows = kept_pairs(args.model, [example for example, *_ in published], args.readings, "published")
    ours = kept_pairs(args.model, own, args.readings, "ours")
    if args.folds:
        labelled = [(pair, *labels) for pair, (_, *labels) in zip(rows, published, strict=True)]
        cross_validate(labelled, ours, args)
        return
    learned = learn(rows * PUBLISHED + ours, args)
    export_pairs(learned.graph, args.model / "pairs.onnx")
    np.save(args.model / "pair_words.npy", learned.table)
    write_trained(__file__, args, "pairs", (), ("times", "epochs", "table_epochs", "rate", "seed"))


if __name__ == "__main__":
    main()
