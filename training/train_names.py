"""Train the name head on what the two finished towers write of UD English EWT.

    python training/train_names.py --data DIR --base FOLDER_OR_HUB_NAME --syntax syntax.pt --events events.pt \
        --out names.pt [--folds 5]

Our labels on EWT's train part and UNER's on its dev part, which count twice; `--folds` scores on the dev part what was
trained without the fifth that is scored.

The towers read EWT once; the head then learns in minutes. The syntax tower has seen these labels and knows them too
well, the event tower has not: the features of the first are dropped out more.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import data as sets
from half import half
from network import NameHead, base_folder, base_weights, words_in
from scores import span_f1
from train_events import Events
from train_syntax import Syntax, read_names
from turnstone.analysis.decode import best_tags, tags_to_spans
from turnstone.analysis.encode import Encoder
from turnstone.analysis.labels import NAMES

LONGEST = 90  # words; the few longer sentences cost more time than they teach
Rows = list[tuple[Tensor, Tensor]]


@torch.no_grad()
def features(syntax: Syntax, events: Events, packed: list[sets.Window], encoder: Encoder) -> Rows:
    """Word vectors [W, 832] of each window from both towers, and its name labels."""
    rows: Rows = []
    for group in sets.batches(packed, encoder, 2000, None):
        batch = sets.collate(group, encoder)
        where = [batch[k] for k in ("mask", "piece_shapes", "first", "last", "shapes")]
        with half("cpu"):
            embedded = syntax.embedding(batch["ids"])
            words = torch.cat([syntax.tower(embedded, *where), events.tower(embedded, *where)], -1)
        for b in range(len(group)):
            n = int(batch["word_mask"][b].sum())
            rows.append((words[b, :n].to(torch.bfloat16), batch["names"][b, :n]))
    return rows


def fit(rows: Rows, epochs: int, dropout: float, seed: int) -> NameHead:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    head = NameHead(NAMES)
    rows = [row for row in rows if len(row[0]) < LONGEST]
    order = sorted(rows, key=lambda row: len(row[0]))
    batches = [order[i : i + 24] for i in range(0, len(order), 24)]
    layers = [*head.inner.parameters(), *head.outer.parameters()]
    optimizer = torch.optim.AdamW(
        [
            {"params": layers, "lr": 1e-3, "weight_decay": 0.05},
            {"params": [head.start, head.step], "lr": 1e-2, "weight_decay": 0.0},
        ]
    )
    total = epochs * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / 100, (total - s) / total))
    began = time.time()
    for epoch in range(epochs):
        rng.shuffle(batches)
        running = 0.0
        for batch in batches:
            words = nn.utils.rnn.pad_sequence([words for words, _ in batch], batch_first=True).float()
            labels = nn.utils.rnn.pad_sequence([y for _, y in batch], batch_first=True, padding_value=sets.IGNORE)
            seen, fresh = words[..., : words_in()], words[..., words_in() :]
            words = torch.cat([F.dropout(seen, dropout), F.dropout(fresh, 0.2)], -1)
            with half("cpu"):
                out = head(words)
            loss = head.loss(out.float(), labels)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            running += loss.item()
        print(f"epoch {epoch + 1}/{epochs} loss {running / len(batches):.4f} {time.time() - began:.0f} s", flush=True)
    return head.eval()


@torch.no_grad()
def spans(head: NameHead, rows: Rows) -> list[tuple[set, set]]:
    """The names of each sentence, by the labels and by the head."""
    start, step = (scores.numpy() for scores in head.transitions())
    return [
        (
            set(tags_to_spans(labels.tolist(), NAMES)),
            set(tags_to_spans(best_tags(head(words[None].float())[0].numpy(), start, step), NAMES)),
        )
        for words, labels in rows
    ]


def score(found: list[tuple[set, set]]) -> dict[str, float]:
    gold, guess = zip(*found, strict=True)
    return {name: round(value, 2) for name, value in span_f1(list(gold), list(guess)).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--syntax", type=Path, required=True)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--names", type=Path, default=Path(__file__).parent / "ewt_names.tsv")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--folds", type=int, default=0, help="of UNER's dev part, to score by")
    parser.add_argument("--dropout", type=float, default=0.5, help="of the syntax tower's features")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    folder = base_folder(args.base)
    encoder, base = Encoder(folder / "vocab.txt"), base_weights(folder)
    syntax, events = Syntax(base), Events(base)
    syntax.load_state_dict(torch.load(args.syntax, weights_only=False)["state"])
    events.load_state_dict(torch.load(args.events, weights_only=False)["state"])
    syntax.eval(), events.eval()

    ewt = sets.read_conllu(args.data / "ud-ewt/train.conllu", read_names(args.names))
    ours = features(syntax, events, [[s] for s in ewt], encoder)
    dev = features(syntax, events, [[s] for s in sets.read_iob2(args.data / "ner/uner-ewt-dev.iob2")], encoder)
    random.Random(0).shuffle(dev)
    found: list[tuple[set, set]] = []
    for fold in range(args.folds):
        held = dev[fold :: args.folds]
        seen = [row for k, row in enumerate(dev) if k % args.folds != fold]
        found += spans(fit(ours + 2 * seen, args.epochs, args.dropout, args.seed), held)
        print(fold, json.dumps(score(found)), flush=True)
    head = fit(ours + 2 * dev, args.epochs, args.dropout, args.seed)
    torch.save(
        {
            "state": head.state_dict(),
            "scores": score(found) if found else {},
            "settings": {k: str(v) for k, v in vars(args).items()},
        },
        args.out,
    )


if __name__ == "__main__":
    main()
