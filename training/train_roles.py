"""Train what says who takes part anew, on reports that the event tower has not seen; the network stays.

    python training/train_roles.py --data DIR --model src/turnstone/data/model --items corpus/items/train_4.tsv \
        --reports corpus/*.txt --held corpus/items/dev.tsv [--readings FOLDER]

Each phrase of a sentence may act in the event of a trigger or receive. The network scores its words; grammar says how
it hangs on the trigger. What that is worth is learned here, by phrases as users get them, with the words of both in
view; and beside it a table of what words and tree say, which knows nothing of the network. A few minutes on one thread;
nothing of the network changes.
Writes `roles.onnx` and `role_words.npy`, or with `--whole` those for whole articles; then train what scores events
(`train_event_scores.py`, `train_event_words.py`), which looks at who takes part.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from annotated import UNSURE, event_at, overlap, wanted
from card import ask_where, write_trained
from descent import descend
from export import export_roles
from logistic import DROPOUT, RATE, as_bytes, fit
from readings import Reading, in_half, readings
from role_scores import RoleScores
from turnstone.analysis.event_model import SHORT, WHOLE, EventModel, EventScores
from turnstone.analysis.graphs import Floats, Integers
from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, MODES, STATUSES
from turnstone.analysis.role_words import ROWS


class Sketch(EventModel):
    """Says only who takes part, by the graph and the table of roles."""

    def __init__(self, roles: RoleScores, table: NDArray[np.int8]) -> None:
        self._slope, self._offset = 1.0, 0.0
        self._role_words, self.scores = table, roles

    @torch.no_grad()
    def roles(self, *given: np.ndarray) -> Floats:
        return self.scores(*map(torch.from_numpy, given)).numpy()

    def event_words(self, rows: Sequence[Integers]) -> tuple[Floats, Floats]:
        types, statuses = len(EVENT_TYPES) + 1, len(STATUSES)
        return np.zeros((len(rows), types), np.float32), np.zeros((len(rows), statuses), np.float32)

    def events(self, meaning: Floats, trigger: Floats, *_: Floats) -> EventScores:
        sizes = map(len, (EVENT_TYPES, MODES, STATUSES, CONTEXTS))
        tables = [np.zeros((len(trigger), size), np.float32) for size in sizes]
        return EventScores(*tables, tables[0][:, 0])


class Asked(Sketch):
    """Is in doubt of everybody; what it is asked is kept in `asked` and `rows`, a sentence each."""

    def __init__(self) -> None:
        super().__init__(RoleScores().eval(), np.zeros((ROWS, 3), np.int8))
        self.asked: list[tuple[Floats, Integers, Integers, Floats, Integers, Floats]] = []
        self.rows: list[Sequence[Integers]] = []

    def roles(self, *given: np.ndarray) -> Floats:
        self.asked.append(given)
        self.rows.append(())
        return np.zeros_like(given[-1])

    def role_words(self, rows: Sequence[Integers]) -> Floats:
        self.rows[-1] = rows
        return np.zeros((len(rows), 2), np.float32)


@dataclass(frozen=True)
class Pairs:
    """N pairs of a trigger and a phrase of its sentence: the words of T triggers [T, 416] and P phrases [P, 832], which
    of each [N, 2], the way one hangs on the other [N], what the network gave [N, 2], and whether the phrase acts and
    receives [N, 2]: 1, 0, or UNSURE where it is only a part of who does; and the rows of each in the table."""

    triggers: Tensor
    phrases: Tensor
    at: Tensor
    ways: Tensor
    words: Tensor
    wanted: Tensor
    rows: list[NDArray[np.int32]]


def pairs(read: Sequence[Reading]) -> Pairs:
    """The pairs that matter: of events, and of phrases that may take part."""
    triggers, phrases = [], []
    rows: list[np.ndarray] = []
    at = np.zeros(2, np.int64)
    sketch = Asked()
    seen: list[NDArray[np.int32]] = []
    for one in read:
        sketch.asked, sketch.rows = [], []
        proposed = iter([one.tokens[p.trigger] for p in one.propose(sketch)])
        starts = {token.start: k for k, token in enumerate(one.tokens)}
        for (meaning, places, heads, inside, ways, words), of_pairs in zip(sketch.asked, sketch.rows, strict=True):
            listed = iter(of_pairs)
            tokens = [next(proposed) for _ in places]
            first = starts[tokens[0].start] - int(places[0])
            of = [(t.start, t.end) for t in one.tokens[first : first + len(meaning)]]
            spans = [(of[row.argmax()][0], of[len(row) - 1 - row[::-1].argmax()][1]) for row in inside]
            triggers.append(meaning[places])
            phrases.append(np.concatenate([meaning[heads], inside @ meaning / inside.sum(1, keepdims=True)], 1))
            for n, token in enumerate(tokens):
                event = event_at((token.start, token.end), one.report.events)
                may = np.flatnonzero(ways[n] >= 0)
                own = [next(listed).astype(np.int32) for _ in may]
                if event and len(may):
                    seen += own
                    here = np.stack([np.full(len(may), n), may], 1) + at
                    gold = wanted(event, [of[h] for h in heads], spans)
                    rows.append(np.concatenate([here, ways[n, may, None], words[n, may], gold[may]], 1))
            at += (len(places), len(heads))
    table = torch.from_numpy(np.concatenate(rows))
    half = (torch.from_numpy(np.concatenate(x).astype(np.float16)) for x in (triggers, phrases))
    return Pairs(*half, table[:, :2].long(), table[:, 2].long(), table[:, 3:5].float(), table[:, 5:].float(), seen)


def loss_of(model: RoleScores, known: Pairs, rows: Tensor) -> Tensor:
    """Of each role on its own; what is UNSURE says nothing."""
    (own, trigger), (others, phrase) = (known.at[rows, k].unique(return_inverse=True) for k in (0, 1))
    triggers, phrases = model.views(known.triggers[own].float(), known.phrases[others].float())
    found = model.score(triggers[trigger], phrases[phrase], known.ways[rows], known.words[rows])
    sure = known.wanted[rows] != UNSURE
    return 2 * F.binary_cross_entropy_with_logits(found[sure], known.wanted[rows][sure], pos_weight=torch.tensor(1.5))


def train(model: RoleScores, known: Pairs, epochs: int, rate: float, seed: int) -> None:
    """Train in place; the weights are the mean over the last third of the way."""
    torch.manual_seed(seed)
    steps = [rows for _ in range(epochs) for rows in torch.randperm(len(known.ways)).split(512)]
    descend(model, steps, rate, lambda rows: loss_of(model, known, rows))


def table_of(known: Pairs, epochs: int, seed: int) -> NDArray[np.int8]:
    """The table of roles [ROWS, 3]: what speaks for a phrase that takes no part, that acts, that receives."""
    gold = known.wanted.numpy()
    sure = np.flatnonzero((gold != UNSURE).all(1))
    classes = np.where(gold[sure, 0] == 1, 1, 2 * gold[sure, 1]).astype(np.int64)
    weights = fit([known.rows[k] for k in sure], classes, (ROWS, 3), epochs, DROPOUT, RATE, seed)
    return as_bytes(weights)


def scores(model: RoleScores, table: NDArray[np.int8], read: Sequence[Reading]) -> dict[str, float]:
    """Of the events whose trigger was found, F1 of actors and recipients, and how many have all actors and no other,
    in per cent."""
    c: Counter[str] = Counter()
    for one in read:
        for proposal in one.propose(Sketch(model, table)):
            token = one.tokens[proposal.trigger]
            event = event_at((token.start, token.end), one.report.events)
            if event is None:
                continue
            right = []
            for role, spans, gold in (("actors", proposal.actors, event.actors),
                                      ("recipients", proposal.recipients, event.recipients)):  # fmt: skip
                got = [(span.start, span.end) for span in spans]
                good = sum(any(overlap(span, other) for other in gold) for span in got)
                met = sum(any(overlap(span, other) for other in got) for span in gold)
                c.update({f"{role} good": good, f"{role} got": len(got), f"{role} met": met, f"{role} gold": len(gold)})
                right.append(good == len(got) and met == len(gold))
            c.update(events=1, right=right[0])
    shares = {"all actors right": 100 * c["right"] / c["events"]}
    for role in ("actors", "recipients"):
        p, r = c[f"{role} good"] / c[f"{role} got"], c[f"{role} met"] / c[f"{role} gold"]
        shares[role] = 200 * p * r / (p + r)
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    parser.add_argument("--items", type=Path, nargs="+", required=True, help="annotated items that the tower never saw")
    parser.add_argument("--reports", type=Path, nargs="*", default=[], help="files of annotated reports")
    parser.add_argument("--held", type=Path, help="items or articles to score on, before and after")
    parser.add_argument("--whole", action="store_true", help="for whole articles, not for short reports")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="annotated articles; they count thrice")
    parser.add_argument("--without", type=int, choices=[0, 1], help="leave out this half of the articles")
    parser.add_argument("--readings", type=Path, help="folder that keeps what the network says, for another training")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--table-epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    model = RoleScores().eval()
    held = readings([args.held], args.data, args.model, args.readings) if args.held else []
    table = np.zeros((ROWS, 3), np.int8)
    if held:
        print("before", {k: round(v, 2) for k, v in scores(model, table, held).items()}, flush=True)
    articles = [
        one for one in readings(args.articles, args.data, args.model, args.readings)
        if args.without is None or not in_half(one.report, args.without)
    ]  # fmt: skip
    known = pairs([*readings([*args.items, *args.reports], args.data, args.model, args.readings), *(3 * articles)])
    print(f"{len(known.ways)} pairs of {len(known.triggers)} triggers and {len(known.phrases)} phrases", flush=True)
    train(model, known, args.epochs, args.rate, args.seed)
    if held:
        print("graph", {k: round(v, 2) for k, v in scores(model, table, held).items()}, flush=True)
    table = table_of(known, args.table_epochs, args.seed)
    if held:
        print("with the table", {k: round(v, 2) for k, v in scores(model, table, held).items()}, flush=True)
    prefix = WHOLE if args.whole else SHORT
    export_roles(model, args.model / f"{prefix}roles.onnx")
    np.save(args.model / f"{prefix}role_words.npy", table)
    files, numbers = ("items", "reports", "articles"), ("epochs", "table_epochs", "rate", "seed")
    write_trained(__file__, args, f"{prefix}roles", files, numbers)


if __name__ == "__main__":
    main()
