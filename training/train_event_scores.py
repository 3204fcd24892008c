"""Train the small graph that scores events anew, mostly on items that the event tower has not seen; the network stays.

    python training/train_event_scores.py --data DIR --base FOLDER_OR_HUB_NAME --model src/turnstone/data/model \
        --items corpus/items/train_4.tsv --reports corpus/*.txt --held corpus/items/dev.tsv [--readings FOLDER]

A tower that has seen a report is surer of it than it will be of news, and heads trained with it believe that. Here the
packaged network reads items that are new to it, as users' articles are read, and what it proposes is compared with the
annotation: which proposals are events, of what type, modes, status and contexts. Reports that it has seen keep other
styles in view. Ten minutes on one thread, five where `--readings` has what the network said; nothing of the network
changes, so neither do syntax, names, attributions and marked pairs. Writes `events.onnx` and takes the old confidence
away: then fit it with `evals/calibration.py --write`. With `--whole` it is what scores events of whole articles
(`whole_events.onnx`); who takes part in these is then proposed by the roles of `--halves`, in short reports as ever.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from annotated import told_at
from card import set_confidence, write_trained
from corpus import GoldEvent
from descent import descend
from event_scores import EventScores, Parts
from export import export_scores
from network import base_folder, base_weights
from readings import Reading, articles_parted, ask_for_articles, readings
from scores import macro_f1
from train_events import TYPE_OF_MODE, Events
from turnstone.analysis.event_model import SHORT, WHOLE, EventModel
from turnstone.analysis.event_model import EventScores as Answer
from turnstone.analysis.graphs import Floats
from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, MODES, STATUSES
from turnstone.analysis.model_files import read_files
from unpack import OF_PAIRS, unpack_events

NOT_KNOWN = -100


class Listening(EventModel):
    """A packaged one; what it is asked to score is kept in `asked`."""

    def __init__(self, folder: Path, prefix: str) -> None:
        super().__init__(read_files(folder)[0], prefix, (1.0, 0.0))
        self.asked: list[Parts] = []

    def events(self, meaning: Floats, trigger: Floats, actors: Floats, recipients: Floats, logit: Floats) -> Answer:
        def mean(spans: Floats) -> Tensor:
            return torch.from_numpy(spans @ meaning / np.maximum(spans.sum(1, keepdims=True), 1))

        acted, received = (torch.from_numpy(spans.any(1)) for spans in (actors, recipients))
        sentence = mean(np.ones_like(trigger))
        self.asked.append(
            Parts(mean(trigger), mean(actors), mean(recipients), sentence, acted, received, torch.tensor(logit))
        )
        return super().events(meaning, trigger, actors, recipients, logit)


@dataclass(frozen=True)
class Candidates:
    """What was proposed, and what of it is in the annotation: occurs [N], and of those that do the numbers of type and
    status [N] and which modes [N, 83] and contexts [N, 37]; `events` is how many are annotated in all."""

    parts: Parts
    occurs: Tensor
    types: Tensor
    statuses: Tensor
    modes: Tensor
    contexts: Tensor
    events: int


def at(parts: Parts, rows: Tensor) -> Parts:
    return Parts(*(getattr(parts, field.name)[rows] for field in fields(Parts)))


def candidates(model: Listening, read: Sequence[Reading]) -> Candidates:
    """What the model proposes in these reports, beside their annotation."""
    gold: list[GoldEvent | None] = []
    model.asked = []
    for one in read:
        for proposal in one.propose(model):
            token = one.tokens[proposal.trigger]
            gold.append(told_at((token.start, token.end), one.report.events))
    parts = Parts(*(torch.cat([getattr(a, field.name) for a in model.asked]) for field in fields(Parts)))
    if len(parts.logit) != len(gold):
        raise ValueError(f"{len(parts.logit)} candidates were scored, {len(gold)} came out: are some left out since?")
    modes, contexts = torch.zeros(len(gold), len(MODES)), torch.zeros(len(gold), len(CONTEXTS))
    for n, event in enumerate(gold):
        for mode in (event.modes or ("",)) if event else ():
            modes[n, MODES.index(f"{event.event_type}.{mode}")] = 1
        for context in event.contexts if event else ():
            contexts[n, CONTEXTS.index(context)] = 1
    return Candidates(
        parts,
        torch.tensor([event is not None for event in gold]),
        torch.tensor([EVENT_TYPES.index(event.event_type) if event else NOT_KNOWN for event in gold]),
        torch.tensor([STATUSES.index(event.status) if event else NOT_KNOWN for event in gold]),
        modes,
        contexts,
        sum(len(one.report.events) for one in read),
    )


def joined(given: Sequence[Candidates]) -> Candidates:
    parts = Parts(*(torch.cat([getattr(one.parts, field.name) for one in given]) for field in fields(Parts)))
    labels = ("occurs", "types", "statuses", "modes", "contexts")
    return Candidates(
        parts, *(torch.cat([getattr(one, k) for one in given]) for k in labels), sum(g.events for g in given)
    )


def loss_of(model: EventScores, known: Candidates, rows: Tensor, weights: Tensor) -> Tensor:
    found, real = model.score(at(known.parts, rows)), known.occurs[rows]
    types = known.types[rows][real]
    rarity = torch.ones_like(found.occurs)
    rarity[real] = weights[types]
    total = F.binary_cross_entropy_with_logits(found.occurs, real.float(), rarity)
    if not real.any():
        return total
    total = total + F.cross_entropy(found.types[real], types, weight=weights)
    total = total + F.cross_entropy(found.statuses[real], known.statuses[rows][real])
    of_type = torch.as_tensor(TYPE_OF_MODE)[None] == types[:, None]
    modes = found.modes[real].masked_fill(~of_type, -1e4).log_softmax(-1)
    gold = known.modes[rows][real]
    total = total + 0.5 * -((modes * gold).sum(-1) / gold.sum(-1)).mean()
    return total + F.binary_cross_entropy_with_logits(
        found.contexts[real], known.contexts[rows][real], pos_weight=torch.tensor(3.0)
    )


def batches(count: int, size: int, epochs: int) -> Iterator[Tensor]:
    for _ in range(epochs):
        yield from torch.randperm(count).split(size)


def train(model: EventScores, known: Candidates, args: argparse.Namespace) -> None:
    """Train in place; the weights are the mean over the last third of the way."""
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    counts = torch.bincount(known.types[known.occurs], minlength=len(EVENT_TYPES)).float() + 1
    weights = (counts.mean() / counts) ** 0.3
    steps = list(batches(len(known.occurs), 64, args.epochs))
    descend(model, steps, args.rate, lambda rows: loss_of(model, known, rows, weights))


@torch.no_grad()
def scores(model: EventScores, known: Candidates) -> dict[str, float]:
    """The best F1 of trigger with type that any threshold gives, the threshold; and what is right, in per cent, of
    the type, status and mode of the events that were proposed."""
    found, real = model.eval().score(known.parts), known.occurs
    sure, types = found.types.softmax(-1).max(-1)
    sure = sure * found.occurs.sigmoid()
    order = torch.argsort(sure, descending=True, stable=True)
    hits = ((types == known.types) & real)[order].cumsum(0)
    f1 = 200 * hits / (torch.arange(1, len(order) + 1) + known.events)
    of_type = torch.as_tensor(TYPE_OF_MODE)[None] == known.types[:, None]
    modes = found.modes.masked_fill(~of_type, -1e4).argmax(-1)
    named = [[EVENT_TYPES[k] for k in column[real].tolist()] for column in (known.types, types)]
    return {
        "trigger and type": float(f1.max()),
        "threshold": float(sure[order][f1.argmax()]),
        "type": 100 * float((types == known.types)[real].float().mean()),
        "type, macro F1": 100 * macro_f1(*named)[0],
        "status": 100 * float((model.status(known.parts, found).argmax(-1) == known.statuses)[real].float().mean()),
        "mode": 100 * float(known.modes.gather(1, modes[:, None])[real].mean()),
    }


def write(model: EventScores, args: argparse.Namespace) -> None:
    """Put the graph and its digest into the model's folder."""
    prefix = WHOLE if args.whole else SHORT
    export_scores(model, args.model / f"{prefix}events.onnx")
    set_confidence(args.model, prefix, 1.0, 0.0)
    name = f"{prefix}event scores"  # those joined before are none any more
    write_trained(__file__, args, name, ("items", "reports", "articles"), ("epochs", "rate", "seed"), instead=name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--items", type=Path, nargs="+", required=True, help="annotated items that the tower never saw")
    parser.add_argument("--reports", type=Path, nargs="*", default=[], help="files of annotated reports")
    parser.add_argument("--held", type=Path, help="items or articles to score on, before and after")
    ask_for_articles(parser)
    parser.add_argument("--readings", type=Path, help="folder that keeps what the network says, for another training")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if len(args.halves) != (2 if args.articles else 0):
        parser.error("--articles and two --halves go together")
    events = Events(base_weights(base_folder(args.base)))
    missing = [name for name in unpack_events(args.model, events) if not name.startswith(OF_PAIRS)]
    if missing:
        raise ValueError(f"{args.model} lacks {missing}")
    prefix = WHOLE if args.whole else SHORT
    model, reader = EventScores(events.heads), Listening(args.model, prefix)
    held = candidates(reader, readings([args.held], args.data, args.model, args.readings)) if args.held else None
    if held is not None:
        print("before", {k: round(v, 2) for k, v in scores(model, held).items()}, flush=True)
    short = readings([*args.items, *args.reports], args.data, args.model, args.readings)
    known = candidates(Listening(args.model, SHORT), short)
    for folder, half in articles_parted(args):
        known = joined([known, *([candidates(Listening(folder, WHOLE), half)] * 4)])
    print(f"{len(known.occurs)} candidates, {int(known.occurs.sum())} of the {known.events} events", flush=True)
    train(model, known, args)
    if held is not None:
        print("after", {k: round(v, 2) for k, v in scores(model, held).items()}, flush=True)
    write(model, args)


if __name__ == "__main__":
    main()
