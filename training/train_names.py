"""Train the name head on what the two finished towers write of UD English EWT.

    python training/train_names.py --data DIR --base FOLDER_OR_HUB_NAME --syntax syntax.pt --events events.pt \
        --out names.pt

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
from network import NameHead, base_folder, base_weights, words_in
from scores import span_f1
from train_events import Events
from train_syntax import Syntax, read_names
from turnstone.analysis.decode import tags_to_spans
from turnstone.analysis.encode import Encoder
from turnstone.analysis.labels import NAMES

Rows = list[tuple[Tensor, Tensor]]


@torch.no_grad()
def features(syntax: Syntax, events: Events, packed: list[sets.Window], encoder: Encoder) -> Rows:
    """Word vectors [W, 832] of each window from both towers, and its name labels."""
    rows: Rows = []
    for group in sets.batches(packed, encoder, 2000, None):
        batch = sets.collate(group, encoder)
        where = [batch[k] for k in ("mask", "piece_shapes", "first", "last", "shapes")]
        with torch.autocast("cpu", torch.bfloat16):
            embedded = syntax.embedding(batch["ids"])
            words = torch.cat([syntax.tower(embedded, *where), events.tower(embedded, *where)], -1)
        for b in range(len(group)):
            n = int(batch["word_mask"][b].sum())
            rows.append((words[b, :n].to(torch.bfloat16), batch["names"][b, :n]))
    return rows


def fit(rows: Rows, epochs: int, dropout: float, seed: int) -> NameHead:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    head = NameHead(len(NAMES))
    order = sorted(rows, key=lambda row: len(row[0]))
    batches = [order[i : i + 24] for i in range(0, len(order), 24)]
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
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
            with torch.autocast("cpu", torch.bfloat16):
                out = head(words)
            loss = F.cross_entropy(
                out.float().flatten(0, 1), labels.flatten(), ignore_index=sets.IGNORE, label_smoothing=0.03
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            running += loss.item()
        print(f"epoch {epoch + 1}/{epochs} loss {running / len(batches):.4f} {time.time() - began:.0f} s", flush=True)
    return head.eval()


@torch.no_grad()
def score(head: NameHead, rows: Rows) -> dict[str, float]:
    gold, guess = [], []
    for words, labels in rows:
        gold.append(set(tags_to_spans(labels.tolist(), NAMES)))
        guess.append(set(tags_to_spans(head(words[None].float())[0].argmax(-1).tolist(), NAMES)))
    return span_f1(gold, guess)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--syntax", type=Path, required=True)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--names", type=Path, default=Path(__file__).parent / "ewt_names.tsv")
    parser.add_argument("--epochs", type=int, default=3)
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
    head = fit(features(syntax, events, [[s] for s in ewt], encoder), args.epochs, args.dropout, args.seed)
    held = [[s] for s in sets.read_iob2(args.data / "ner/uner-ewt-dev.iob2")]
    scores = score(head, features(syntax, events, held, encoder))
    print(json.dumps({k: round(v, 2) for k, v in scores.items()}))
    torch.save(
        {"state": head.state_dict(), "scores": scores, "settings": {k: str(v) for k, v in vars(args).items()}}, args.out
    )


if __name__ == "__main__":
    main()
