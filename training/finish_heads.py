"""Train the name and attribution heads once more, on the finished and now frozen syntax tower.

    python training/finish_heads.py --data DIR --base FOLDER_OR_HUB_NAME --syntax syntax.pt --out finished.pt

The tower reads each set once; the heads then learn from what it wrote, in minutes. The name head learns only from
labels made by one rule (EWT's), which the joint training mixes with other sets'.
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
from network import TagHead, base_folder, base_weights
from train_syntax import Syntax, evaluate, read_names
from turnstone.analysis.encode import Encoder

Rows = list[tuple[Tensor, Tensor]]


@torch.no_grad()
def features(model: Syntax, packed: list[sets.Window], encoder: Encoder, label: str, device: str) -> Rows:
    """Word vectors [W, 416] of each window, and its labels."""
    model.eval()
    rows: Rows = []
    for group in sets.batches(packed, encoder, 2000, None):
        batch = {k: v.to(device) for k, v in sets.collate(group, encoder).items()}
        with torch.autocast(device, torch.bfloat16):
            embedded = model.embedding(batch["ids"])
            words = model.tower(
                embedded, batch["mask"], batch["piece_shapes"], batch["first"], batch["last"], batch["shapes"]
            )
        for b in range(len(group)):
            n = int(batch["word_mask"][b].sum())
            rows.append((words[b, :n].to(torch.bfloat16).cpu(), batch[label][b, :n].cpu()))
    return rows


def fit(head: TagHead, rows: Rows, groups: int, epochs: int, rate: float, seed: int) -> None:
    """Train a head on rows; `groups` is how many tag sets of equal size its outputs hold."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    order = sorted(rows, key=lambda row: len(row[0]))
    batches = [order[i : i + 24] for i in range(0, len(order), 24)]
    optimizer = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.02)
    total = epochs * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / 100, (total - s) / total))
    head.train()
    began = time.time()
    for epoch in range(epochs):
        rng.shuffle(batches)
        running = 0.0
        for batch in batches:
            words = nn.utils.rnn.pad_sequence([words for words, _ in batch], batch_first=True)
            labels = nn.utils.rnn.pad_sequence([y for _, y in batch], batch_first=True, padding_value=sets.IGNORE)
            words = F.dropout(words.float(), 0.25)
            with torch.autocast("cpu", torch.bfloat16):
                out = head(words)
            out = out.float().unflatten(-1, (groups, -1))
            labels = labels.unflatten(-1, (groups, -1)) if groups == 1 else labels
            loss = sum(
                F.cross_entropy(out[:, :, k].flatten(0, 1), labels[:, :, k].flatten(), ignore_index=sets.IGNORE)
                for k in range(groups)
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            running += loss.item()
        print(f"epoch {epoch + 1}/{epochs} loss {running / len(batches):.4f} {time.time() - began:.0f} s", flush=True)
    head.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--syntax", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--names", type=Path, default=Path(__file__).parent / "ewt_names.tsv")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    folder = base_folder(args.base)
    encoder = Encoder(folder / "vocab.txt")
    saved = torch.load(args.syntax, weights_only=False)
    model = Syntax(base_weights(folder)).to(args.device)
    kept = {k: v for k, v in saved["state"].items() if not k.startswith(("heads.names.", "heads.attribution."))}
    model.load_state_dict(kept, strict=False)

    ewt = sets.read_conllu(args.data / "ud-ewt/train.conllu", read_names(args.names))
    packed = [[sentence] for sentence in ewt]
    rows = features(model, packed, encoder, "names", args.device)
    fit(model.heads.names, rows, 1, 12, 1e-3, args.seed)
    polnear = sets.windows(sets.read_polnear(args.data / "polnear/train"), 120)
    fit(model.heads.attribution, features(model, polnear, encoder, "roles", args.device), 3, 4, 1e-3, args.seed)

    result = evaluate(model, args.data, encoder, args.device)
    print(json.dumps({k: round(v, 2) for k, v in result.items()}))
    settings = saved["settings"] | {"finished": "names on EWT 12 epochs, attribution on PolNeAR 4 epochs"}
    torch.save({"state": model.state_dict(), "scores": result, "settings": settings}, args.out)


if __name__ == "__main__":
    main()
