"""Train the syntax tower: sentences, parts of speech, dependencies, names and attributions in one pass.

    python training/train_syntax.py --data DIR --base FOLDER_OR_HUB_NAME --out syntax.pt \
        [--ud-epochs 12] [--polnear-epochs 4] [--device cpu|cuda]
    python training/train_syntax.py ... --start syntax.pt --rate 1e-4 --ud-epochs 4 --polnear-epochs 2

DIR holds ud-ewt, ud-gum, polnear and ner as `training/README.md` lists them. On two CPU cores with bfloat16
instructions this takes about an hour. With `--start` it goes on from a trained tower (`unpack.py` takes the packaged
one), the heads first. The weights are the mean over the last third of the way.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import data as sets
from half import half
from network import SyntaxHeads, Tower, base_folder, base_weights
from scores import parse_scores, span_f1, token_f1
from turnstone.analysis.decode import tags_to_spans, tree
from turnstone.analysis.encode import Encoder
from turnstone.analysis.labels import NAMES, RELATIONS, UPOS


def read_names(path: Path) -> dict[int, list[tuple[int, int, str]]]:
    """Hand-made name labels as (first, last + 1, kind) words by sentence, from `ewt_names.tsv`."""
    names: dict[int, list[tuple[int, int, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        index, _, marked = line.partition("\t")
        for part in marked.split():
            kind, _, place = part.partition(":")
            first, _, last = place.partition("-")
            names.setdefault(int(index), []).append((int(first), int(last) + 1, kind))
    return names


class Syntax(nn.Module):
    def __init__(self, base: dict[str, Tensor]) -> None:
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(base["embeddings.word_embeddings.weight"].float(), freeze=True)
        self.tower = Tower()
        self.tower.load(base)
        self.heads = SyntaxHeads(len(UPOS), len(RELATIONS), len(NAMES))

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        words = self.tower(
            self.embedding(batch["ids"]),
            batch["mask"],
            batch["piece_shapes"],
            batch["first"],
            batch["last"],
            batch["shapes"],
        )
        return self.heads(words)


def loss_of(model: Syntax, batch: dict[str, Tensor], out: dict[str, Tensor]) -> Tensor:
    """Sum of the losses for which the batch has labels."""
    total = out["arcs"].new_zeros(())
    if (batch["heads"] >= 0).any():
        same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
        arcs = out["arcs"].float().masked_fill(~same, -1e4)
        total = total + F.cross_entropy(arcs.flatten(0, 1), batch["heads"].flatten(), ignore_index=sets.IGNORE)
        b, i = (batch["heads"] >= 0).nonzero(as_tuple=True)
        labels = model.heads.labels(out["label_dependent"][b, i], out["label_head"][b, batch["heads"][b, i]])
        total = total + F.cross_entropy(labels.float(), batch["relations"][b, i])
        total = total + 0.5 * F.cross_entropy(
            out["upos"].float().flatten(0, 1), batch["upos"].flatten(), ignore_index=sets.IGNORE
        )
        known = batch["start"] >= 0
        total = total + 0.3 * F.binary_cross_entropy_with_logits(
            out["start"].float()[known], batch["start"][known].float()
        )
    if (batch["names"] >= 0).any():
        total = total + F.cross_entropy(
            out["names"].float().flatten(0, 1), batch["names"].flatten(), ignore_index=sets.IGNORE
        )
    if (batch["roles"] >= 0).any():
        roles = out["attribution"].float().unflatten(-1, (3, 3))
        for k in range(3):
            total = total + F.cross_entropy(
                roles[:, :, k].flatten(0, 1), batch["roles"][:, :, k].flatten(), ignore_index=sets.IGNORE
            )
        if (batch["links"] >= 0).any():
            links = out["links"].float().masked_fill(batch["word_mask"][:, None, :] == 0, -1e4)
            total = total + 0.3 * F.cross_entropy(
                links.flatten(0, 1), batch["links"].flatten(), ignore_index=sets.IGNORE
            )
    return total


@torch.no_grad()
def evaluate(model: Syntax, root: Path, encoder: Encoder, device: str) -> dict[str, float]:
    """Scores on EWT dev (gold tokens, one sentence a window), UNER EWT dev and PolNeAR dev."""
    model.eval()
    result: dict[str, float] = {}

    def run(packed: list[sets.Window]):
        for group in sets.batches(packed, encoder, 1500, None):
            batch = {k: v.to(device) for k, v in sets.collate(group, encoder).items()}
            with half(device):
                out = {k: v.float().cpu() for k, v in model(batch).items()}
            yield group, batch, out

    gold, guess, upos_hit, upos_all = [], [], 0, 0
    for group, batch, out in run([[s] for s in sets.read_conllu(root / "ud-ewt/dev.conllu")]):
        for b, (sentence,) in enumerate(group):
            n = len(sentence.words)
            heads = tree(out["arcs"][b, :n, :n].numpy())
            labels = model.heads.labels(
                out["label_dependent"][b, :n].to(device), out["label_head"][b, heads].to(device)
            )
            gold.append((sentence.heads, sentence.relations))
            guess.append((heads, labels.argmax(-1).tolist()))
            upos_hit += int((out["upos"][b, :n].argmax(-1) == batch["upos"][b, :n].cpu()).sum())
            upos_all += n
    result |= parse_scores(gold, guess) | {"UPOS": 100 * upos_hit / upos_all}

    gold_names, guess_names = [], []
    for group, _, out in run([[s] for s in sets.read_iob2(root / "ner/uner-ewt-dev.iob2")]):
        for b, (sentence,) in enumerate(group):
            n = len(sentence.words)
            gold_names.append(set(tags_to_spans(list(sentence.names), NAMES)))
            guess_names.append(set(tags_to_spans(out["names"][b, :n].argmax(-1).tolist(), NAMES)))
    result |= {f"names {k}": v for k, v in span_f1(gold_names, guess_names).items()}

    gold_roles, guess_roles = [], []
    link_hit = link_all = 0
    for group, batch, out in run(sets.windows(sets.read_polnear(root / "polnear/dev"), 120)):
        for b, window in enumerate(group):
            n = sum(len(s.words) for s in window)
            gold_roles.append(batch["roles"][b, :n].cpu().numpy() > 0)
            guess_roles.append(out["attribution"][b, :n].unflatten(-1, (3, 3)).argmax(-1).numpy() > 0)
            links = batch["links"][b, :n].cpu()
            link_hit += int((out["links"][b, :n, :n].argmax(-1)[links >= 0] == links[links >= 0]).sum())
            link_all += int((links >= 0).sum())
    result |= token_f1(np.concatenate(gold_roles), np.concatenate(guess_roles)) | {"link": 100 * link_hit / link_all}
    model.train()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--names", type=Path, default=Path(__file__).parent / "ewt_names.tsv")
    parser.add_argument("--ud-epochs", type=float, default=12)
    parser.add_argument("--polnear-epochs", type=float, default=4)
    parser.add_argument("--start", type=Path, help="a tower to go on from")
    parser.add_argument("--rate", type=float, default=2e-4, help="of the layers; the heads learn at five times that")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, help="stop after so many steps (a trial)")
    args = parser.parse_args()

    random.seed(args.seed)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    folder = base_folder(args.base)
    base = base_weights(folder)
    encoder = Encoder(folder / "vocab.txt")
    model = Syntax(base).to(args.device)
    if args.start:
        model.load_state_dict(torch.load(args.start, weights_only=False)["state"])

    ewt = sets.read_conllu(args.data / "ud-ewt/train.conllu", read_names(args.names))
    gum = sets.read_conllu(args.data / "ud-gum/train.conllu", gum=True)
    wnut = sets.read_wnut(args.data / "ner/wnut17-train.conll")
    polnear = sets.read_polnear(args.data / "polnear/train")
    print(len(ewt), len(gum), len(wnut), len(polnear), "sentences", flush=True)

    def epoch_of(kind: str) -> list[list[sets.Window]]:
        if kind == "ud":
            packed = [sets.without_stops(w, rng, 0.25) for w in sets.windows(ewt + gum, None, rng)]
            return list(sets.batches(packed + [[s] for s in wnut[::4]], encoder, 900, rng))
        return list(sets.batches(sets.windows(polnear, rng.choice([100, 120, 140])), encoder, 1400, rng))

    plan = {"ud": args.ud_epochs, "polnear": args.polnear_epochs}
    sizes = {kind: len(epoch_of(kind)) for kind in plan}
    steps = {kind: int(plan[kind] * sizes[kind]) for kind in plan}
    total = args.steps or sum(steps.values())
    order = [kind for kind in plan for _ in range(steps[kind])]
    rng.shuffle(order)
    order = order[:total]
    print(f"{sizes} batches an epoch, {total} steps", flush=True)

    heads = [p for n, p in model.named_parameters() if p.requires_grad and ("heads." in n or "shape" in n)]
    body = [p for n, p in model.named_parameters() if p.requires_grad and not ("heads." in n or "shape" in n)]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": 5 * args.rate}],
        weight_decay=0.01, betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    warm = total // 15

    def share(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))

    def share_of_body(step: int) -> float:
        return 0.0 if args.start and step < warm else share(step)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, [share_of_body, share])
    averaged, taken = [torch.zeros_like(p) for p in body + heads], 0
    queues: dict[str, list] = {kind: [] for kind in plan}
    model.train()
    began, running, words = time.time(), 0.0, 0
    for step, kind in enumerate(order, 1):
        if not queues[kind]:
            queues[kind] = epoch_of(kind)
        group = queues[kind].pop()
        lower = frozenset(b for b in range(len(group)) if kind == "ud" and rng.random() < 0.06)
        batch = {k: v.to(args.device) for k, v in sets.collate(group, encoder, lower).items()}
        with half(args.device):
            loss = loss_of(model, batch, model(batch))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(heads + body, 2.0)
        optimizer.step()
        schedule.step()
        if step > 0.7 * total and step % 4 == 0:
            torch._foreach_add_(averaged, [p.detach() for p in body + heads])
            taken += 1
        running += loss.item()
        words += int(batch["word_mask"].sum())
        if step % 100 == 0:
            spent = time.time() - began
            print(
                f"step {step}/{total} loss {running / 100:.3f} {words / spent:.0f} words/s "
                f"{spent / 60:.1f} min, {spent / step * (total - step) / 60:.1f} to go",
                flush=True,
            )
            running = 0.0
            if math.isnan(loss.item()):
                raise FloatingPointError(f"the loss is not a number at step {step}")
        if step == total:
            with torch.no_grad():
                for parameter, total_of in zip(body + heads, averaged, strict=True):
                    parameter.copy_(total_of / max(taken, 1))
        if step in (total // 3, 2 * total // 3) or step == total:
            result = evaluate(model, args.data, encoder, args.device)
            print(step, json.dumps({k: round(v, 2) for k, v in result.items()}), flush=True)
            torch.save(
                {"state": model.state_dict(), "scores": result, "settings": {k: str(v) for k, v in vars(args).items()}},
                args.out,
            )


if __name__ == "__main__":
    main()
