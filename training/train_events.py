"""Train the event tower: triggers, types, modes, status, contexts and roles, first from annotated reports, then from
marked pairs too.

python training/train_events.py reports --data DIR --base FOLDER_OR_HUB_NAME --out reports.pt
python training/train_events.py reports --data DIR --base FOLDER_OR_HUB_NAME --start reports.pt --epochs 3 --out more.pt
python training/train_events.py pairs --data DIR --base FOLDER_OR_HUB_NAME --start reports.pt --out events.pt

The stage `reports` reads our reports, our annotations of real items and our own pairs, and no published pair; it can
go on from what it wrote, with only some of the items that `--old` names in an epoch. `pairs` goes on from there with
the published pairs, our own and a share of the reports, and trains the heads alone: the tower reads articles as before.
`train_pairs.py` has what says of marked pairs what they are. Neither stage sees the files that `--kept` names: what
scores events and who takes part learn from them later.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import event_data as sets
import items
from half import half
from network import EventHeads, Marks, Tower, base_folder, base_weights
from turnstone.analysis.encode import Encoder
from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, MODES, STATUSES

TYPE_OF_MODE = np.array([EVENT_TYPES.index(mode.split(".")[0]) for mode in MODES])


ExamplesOf = Callable[[random.Random], list[sets.Example]]


class Events(nn.Module):
    def __init__(self, base: dict[str, Tensor]) -> None:
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(base["embeddings.word_embeddings.weight"].float(), freeze=True)
        self.tower = Tower()
        self.tower.load(base)
        self.marks = Marks()
        self.heads = EventHeads(len(EVENT_TYPES), len(MODES), len(STATUSES), len(CONTEXTS))

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        return self.tower(
            self.embedding(batch["ids"]) + self.marks(batch["marks"]),
            batch["mask"],
            batch["piece_shapes"],
            batch["first"],
            batch["last"],
            batch["shapes"],
        )


def loss_of(model: Events, batch: dict[str, Tensor], weights: Tensor) -> Tensor:
    heads = model.heads
    words = heads.dropout(model(batch))
    total = words.new_zeros((), dtype=torch.float32)
    known = batch["triggers"] >= 0
    if known.any():
        logits = heads.trigger(words).squeeze(-1).float()[known]
        total = total + 2.0 * F.binary_cross_entropy_with_logits(logits, batch["triggers"][known].float())
    if not len(batch["window"]):
        return total
    own, mask = words[batch["window"]], batch["own"]
    marked = batch["trigger"] >= 0
    of_pair = (~marked).float()
    both = ~marked | ((batch["actors"].sum(1) > 0) & (batch["recipients"].sum(1) > 0))

    def type_loss(trigger: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        event = heads.describe(
            own[rows], trigger, batch["actors"][rows], batch["recipients"][rows], mask[rows], of_pair[rows]
        )
        log_p = heads.types(event).float().log_softmax(-1)
        allowed = batch["types"][rows].float()
        loss = -(log_p + torch.log(allowed.clamp(min=1e-6))).logsumexp(-1)
        quad_of_type = torch.as_tensor(sets.QUAD_OF_TYPE)
        quads = torch.zeros(len(log_p), 4).index_add_(1, quad_of_type, log_p.exp().cpu()).to(log_p.device)
        quad = quad_of_type.to(log_p.device)[allowed.argmax(-1)]
        weight = (allowed * weights).sum(-1) / allowed.sum(-1)
        quad_loss = -quads.gather(1, quad[:, None]).clamp(min=1e-6).log().squeeze(1)
        return ((loss + 0.5 * quad_loss) * weight).mean(), event

    if both.any():  # as a pair: attention finds the trigger
        rows = both.nonzero().squeeze(1)
        attention = heads.attend(own[rows], batch["actors"][rows], batch["recipients"][rows], mask[rows])
        total = total + type_loss(attention.exp(), rows)[0]
        seen = marked[rows]
        if seen.any():
            total = total + 0.3 * F.nll_loss(attention[seen], batch["trigger"][rows][seen])
    if marked.any():
        rows = marked.nonzero().squeeze(1)
        one_hot = F.one_hot(batch["trigger"][rows], own.shape[1])
        loss, event = type_loss(one_hot.to(own.dtype), rows)
        total = total + loss
        total = total + 0.7 * F.cross_entropy(heads.statuses(event).float(), batch["status"][rows])
        total = total + 1.0 * F.binary_cross_entropy_with_logits(
            heads.contexts(event).float(), batch["contexts"][rows].float(), pos_weight=event.new_tensor(3.0).float()
        )
        same_type = torch.as_tensor(TYPE_OF_MODE, device=own.device)[None] == batch["types"][rows].argmax(-1)[:, None]
        modes = heads.modes(event).float().masked_fill(~same_type, -1e4).log_softmax(-1)
        gold = batch["modes"][rows].float()
        total = total + 0.5 * -((modes * gold).sum(-1) / gold.sum(-1).clamp(min=1)).mean()
        at = batch["trigger"][rows]
        for head, name in ((heads.actor, "actors"), (heads.recipient, "recipients")):
            scores = head(words)[batch["window"][rows], at].float()
            inside = mask[rows] > 0
            total = total + 2.0 * F.binary_cross_entropy_with_logits(
                scores[inside], batch[name][rows].float()[inside], pos_weight=scores.new_tensor(1.5)
            )
    return total


REPORTS, PAIRS = 8, 16  # in a batch


def batches(examples: list[sets.Example], rng: random.Random | None) -> list[list[sets.Example]]:
    """Batches of like length, of reports alone or of pairs alone: mixed, the pairs drown in what reports teach."""
    out = []
    for complete, size in ((True, REPORTS), (False, PAIRS)):
        order = [e for e in examples if e.complete == complete]
        if rng:
            rng.shuffle(order)
        chunks = [sorted(order[i : i + size * 8], key=lambda e: len(e.words)) for i in range(0, len(order), size * 8)]
        out += [chunk[i : i + size] for chunk in chunks for i in range(0, len(chunk), size)]
    if rng:
        rng.shuffle(out)
    return out


def train(model: Events, examples_of: ExamplesOf, encoder: Encoder, args: argparse.Namespace, seed: int) -> Events:
    """Train on what `examples_of` gives for each epoch; the weights are the mean over the last third of the way."""
    random.seed(seed)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    device, epochs = args.device, args.epochs
    model = model.to(device)
    examples = examples_of(random.Random(0))
    for layer in model.tower.layers[: args.freeze]:
        layer.requires_grad_(False)
    only_heads = args.freeze == len(model.tower.layers)
    if only_heads:
        model.tower.requires_grad_(False)
        model.marks.requires_grad_(False)
    if args.freeze:
        model.tower.position.requires_grad_(False)
        model.tower.kind.requires_grad_(False)
        model.tower.norm.requires_grad_(False)
        model.tower.shape_in.requires_grad_(False)
    counts = np.full(len(EVENT_TYPES), 1.0)
    for example in examples:
        for event in example.events:
            counts[list(event.types)] += 1 / len(event.types)
    weights = torch.tensor((counts.mean() / counts) ** 0.3, dtype=torch.float32, device=device)
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("tower.layers")]
    rest = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("tower.layers")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": rest, "lr": 5e-4}], weight_decay=0.01, fused=True
    )
    total = epochs * len(batches(sets.packed(examples, random.Random(0)), None))
    averaged, taken = [torch.zeros_like(p) for p in body + rest], 0
    step = 0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.1 * total), max(0.05, (total - s) / (0.9 * total)))
    )
    model.train()
    if only_heads:
        model.tower.eval()
    began = time.time()
    for epoch in range(epochs):
        running = 0.0
        groups = batches(sets.packed(examples_of(rng), rng), rng)
        for group in groups:
            batch = {k: v.to(device) for k, v in sets.collate(group, encoder).items()}
            with half(device):
                loss = loss_of(model, batch, weights)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(body + rest, 1.0)
            optimizer.step()
            schedule.step()
            running += loss.item()
            step += 1
            if step > 0.7 * total and step % 4 == 0:
                torch._foreach_add_(averaged, [p.detach() for p in body + rest])
                taken += 1
        print(f"epoch {epoch + 1}/{epochs} loss {running / len(groups):.3f} {time.time() - began:.0f} s", flush=True)
    with torch.no_grad():  # the average of the last third of the way is steadier than its end
        for parameter, total_of in zip(body + rest, averaged, strict=True):
            parameter.copy_(total_of / max(taken, 1))
    model.eval()
    return model


@torch.no_grad()
def evaluate_corpus(model: Events, examples: list[sets.Example], encoder: Encoder, device: str) -> dict[str, float]:
    """Trigger F1; type, status and mode accuracy and role F1 on gold triggers with gold participants."""
    c: dict[str, float] = defaultdict(float)
    for example in examples:
        batch = {k: v.to(device) for k, v in sets.collate([example], encoder).items()}
        words = model(batch)
        heads = model.heads
        guess = set((heads.trigger(words)[0, :, 0] > 0).nonzero().flatten().tolist())
        gold = {e.trigger for e in example.events}
        c["t_hit"] += len(guess & gold)
        c["t_guess"] += len(guess)
        c["t_gold"] += len(gold)
        c["quiet"] += not gold and not guess
        c["empty"] += not gold
        n = len(batch["window"])
        if not n:
            continue
        own, mask = words[batch["window"]], batch["own"]
        one_hot = F.one_hot(batch["trigger"], own.shape[1]).float()
        event = heads.describe(own, one_hot, batch["actors"], batch["recipients"], mask, torch.zeros(n))
        types = heads.types(event).argmax(-1)
        c["n"] += n
        c["type"] += int(batch["types"].gather(1, types[:, None]).sum())
        c["status"] += int((heads.statuses(event).argmax(-1) == batch["status"]).sum())
        same_type = torch.as_tensor(TYPE_OF_MODE)[None] == batch["types"].argmax(-1)[:, None]
        modes = heads.modes(event).masked_fill(~same_type, -1e4).argmax(-1)
        c["mode"] += int(batch["modes"].gather(1, modes[:, None]).sum())
        for head, name in ((heads.actor, "actors"), (heads.recipient, "recipients")):
            got = (head(words)[batch["window"], batch["trigger"]] > 0) & (mask > 0)
            want = batch[name] > 0
            c[f"{name}_hit"] += int((got & want).sum())
            c[f"{name}_all"] += int(got.sum() + want.sum())
    return {
        "trigger F1": 2 * c["t_hit"] / (c["t_guess"] + c["t_gold"]), "trigger P": c["t_hit"] / max(c["t_guess"], 1),
        "empty kept empty": c["quiet"] / max(c["empty"], 1),
        **{k: c[k] / c["n"] for k in ("type", "status", "mode")},
        **{k: 2 * c[f"{k}_hit"] / max(c[f"{k}_all"], 1) for k in ("actors", "recipients")},
    }  # fmt: skip


def save(model: Events, args: argparse.Namespace) -> None:
    def name(value: object) -> str:
        if isinstance(value, list):
            return " ".join(map(name, value))
        return value.name if isinstance(value, Path) else str(value)

    settings = {k: name(v) for k, v in vars(args).items()}
    torch.save({"state": model.state_dict(), "settings": settings}, args.out)


@dataclass(frozen=True)
class Material:
    """What there is to learn from; `old` are reports of which an epoch has some."""

    reports: list[sets.Example]
    old: list[sets.Example]
    pairs: list[tuple[sets.Example, str, str, str]]
    ours: list[sets.Example]


def read_material(data: Path, folder: Path, kept: Sequence[Path], old: Sequence[Path]) -> Material:
    """All annotations of a corpus folder but those of the files `kept` for later."""
    away = {path.resolve() for path in (*kept, *old)}

    def here(pattern: str) -> list[Path]:
        return [path for path in sorted(folder.glob(pattern)) if path.resolve() not in away]

    reports = sets.from_corpus(here("*.txt"))
    texts = items.load_items(data / "current-events/items.jsonl.gz")

    def of_items(paths: Sequence[Path]) -> list[sets.Example]:
        return [sets.from_report(report, path.stem) for path in paths for report in items.read_items(path, texts)]

    reports += of_items(here("items/train*.tsv"))
    ours = [example for path in here("pairs*.tsv") for example in sets.own_pairs(path)]
    return Material(reports, of_items(old), sets.from_pairs(data / "plover-pairs/train.tsv"), ours)


def begun(base: dict[str, Tensor], start: Path | None) -> Events:
    """The tower as `start` has it, or as the base model."""
    model = Events(base)
    if start is not None:
        model.load_state_dict(torch.load(start, weights_only=False)["state"])
    return model


def train_reports(base: dict[str, Tensor], material: Material, encoder: Encoder, args: argparse.Namespace) -> Events:
    reports = material.reports
    if args.without is not None:
        reports = [e for e in reports if fold_of_report(e.id) != args.without]
    examples = reports + material.ours
    some = min(args.some, len(material.old))
    return train(
        begun(base, args.start), lambda rng: examples + rng.sample(material.old, some), encoder, args, args.seed
    )


def fold_of_report(ident: str) -> int:
    return zlib.crc32(ident.encode()) % 5


def train_pairs(
    base: dict[str, Tensor], material: Material, pairs: list[sets.Example], encoder: Encoder, args: argparse.Namespace
) -> Events:
    model = begun(base, args.start)
    reports = [e for e in material.reports if args.without is None or fold_of_report(e.id) != args.without]

    def examples_of(rng: random.Random) -> list[sets.Example]:
        again = rng.sample(reports, round(args.replay * len(reports)))
        return pairs * args.published + material.ours + again

    return train(model, examples_of, encoder, args, args.seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=["reports", "pairs"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parent.parent / "corpus")
    parser.add_argument("--kept", type=Path, nargs="*", default=[], help="annotated files that the tower is not to see")
    parser.add_argument("--old", type=Path, nargs="*", default=[], help="items of which an epoch is to see some")
    parser.add_argument("--some", type=int, default=4000, help="how many of the old items an epoch has")
    parser.add_argument("--base", required=True)
    parser.add_argument("--start", type=Path, help="what an earlier stage wrote")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--without", type=int, help="leave out this fifth of the reports, to score on it")
    parser.add_argument("--epochs", type=int, help="6 of the first stage, 3 of the second")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--replay", type=float, default=0.02, help="of the reports, in an epoch of the second stage")
    parser.add_argument("--published", type=int, default=3, help="how often it has the published pairs in an epoch")
    parser.add_argument(
        "--freeze", type=int, help="how many of the six layers stay: 2 in the first stage, 6 in the second"
    )
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.epochs = args.epochs or {"reports": 6, "pairs": 3}[args.stage]
    if args.freeze is None:
        args.freeze = {"reports": 2, "pairs": 6}[args.stage]

    folder = base_folder(args.base)
    base = base_weights(folder)
    encoder = Encoder(folder / "vocab.txt")
    material = read_material(args.data, args.corpus, args.kept, args.old)
    counts = {field.name: len(getattr(material, field.name)) for field in fields(material)}
    print(json.dumps(counts), flush=True)
    if args.stage == "reports":
        model = train_reports(base, material, encoder, args)
    else:
        model = train_pairs(base, material, [e for e, _, _, _ in material.pairs], encoder, args)
    if args.out:
        save(model, args)
    if args.without is not None:
        held = [e for e in material.reports if fold_of_report(e.id) == args.without]
        scores = evaluate_corpus(model, held, encoder, args.device)
        print({k: round(v, 3) for k, v in scores.items()}, flush=True)


if __name__ == "__main__":
    main()
