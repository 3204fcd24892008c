"""Export both towers as one int8 ONNX graph with its small heads beside it, and write the model card.

    python training/export.py --syntax syntax.pt --events events.pt --base FOLDER_OR_HUB_NAME \
        --out src/turnstone/data/model [--scores scores.json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from network import base_weights
from train_events import Events
from train_syntax import Syntax

INPUTS = ("ids", "piece_shapes", "first", "last", "shapes")
SYNTAX = ("start", "upos", "names", "attribution", "arcs", "links", "label_dependent", "label_head")
EVENTS = ("trigger", "actor", "recipient", "meaning")


class Both(nn.Module):
    """One window a call, no padding: both towers over the one embedding table."""

    def __init__(self, syntax: Syntax, events: Events) -> None:
        super().__init__()
        self.embedding, self.syntax, self.syntax_heads = syntax.embedding, syntax.tower, syntax.heads
        self.events, self.event_heads = events.tower, events.heads

    def forward(
        self, ids: Tensor, piece_shapes: Tensor, first: Tensor, last: Tensor, shapes: Tensor
    ) -> tuple[Tensor, ...]:
        embedded = self.embedding(ids)
        mask = torch.ones_like(ids)
        out = self.syntax_heads(self.syntax(embedded, mask, piece_shapes, first, last, shapes))
        words = self.events(embedded, mask, piece_shapes, first, last, shapes)
        heads = self.event_heads
        return (
            *(out[name] for name in SYNTAX),
            heads.trigger(words).squeeze(-1),
            heads.actor(words),
            heads.recipient(words),
            words,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--syntax", type=Path, required=True)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scores", type=Path, help="JSON of measured scores for the card")
    parser.add_argument("--temperature", type=float, default=1.0, help="softens type probabilities (calibration)")
    args = parser.parse_args()

    base = base_weights(args.base)
    saved = {
        "syntax": torch.load(args.syntax, weights_only=False),
        "events": torch.load(args.events, weights_only=False),
    }
    syntax, events = Syntax(base), Events(base)
    syntax.load_state_dict(saved["syntax"]["state"])
    events.load_state_dict(saved["events"]["state"])
    both = Both(syntax, events).eval()

    args.out.mkdir(parents=True, exist_ok=True)
    example = (
        torch.tensor([[101, 2023, 2003, 1037, 3231, 102]]), torch.tensor([[8, 1, 0, 0, 0, 8]]),
        torch.tensor([[1, 2, 3, 4]]), torch.tensor([[1, 2, 3, 4]]), torch.tensor([[1, 0, 0, 0]]),
    )  # fmt: skip
    dynamic = {name: {1: "words" if name in ("first", "last", "shapes") else "pieces"} for name in INPUTS}
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        torch.onnx.export(
            both,
            example,
            str(raw),
            input_names=list(INPUTS),
            output_names=[*SYNTAX, *EVENTS],
            dynamic_axes=dynamic,
            opset_version=17,
            dynamo=False,
        )
        graph = onnx.load(raw)
        small = [n.name for n in graph.graph.node if n.op_type == "MatMul" and not _has_weight(graph, n)]
        quantize_dynamic(
            raw,
            args.out / "model.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=small,
            extra_options={"MatMulConstBOnly": True},
        )
    heads = events.heads
    arrays = {
        "label_weight": syntax.heads.label_weight,
        "no_participant": heads.no_participant,
        "type_temperature": torch.tensor([args.temperature]),
    }
    for name in ("event", "types", "modes", "statuses", "contexts", "query", "key"):
        arrays[f"{name}_weight"], arrays[f"{name}_bias"] = getattr(heads, name).weight, getattr(heads, name).bias
    np.savez(args.out / "heads.npz", **{k: v.detach().numpy().astype(np.float16) for k, v in arrays.items()})
    source = Path(args.base) / "vocab.txt"
    shutil.copyfile(source, args.out / "vocab.txt")
    files = {
        n: hashlib.sha256((args.out / n).read_bytes()).hexdigest() for n in ("model.onnx", "heads.npz", "vocab.txt")
    }
    card = {
        "base": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "settings": {
            name: {k: v for k, v in value["settings"].items() if k not in ("data", "base", "out", "names", "corpus")}
            for name, value in saved.items()
        },
        "data": "UD EWT and GUM, PolNeAR, WNUT17, marked PLOVER pairs, our corpus; see NOTICE and training/README.md",
        "scores": json.loads(args.scores.read_text(encoding="utf-8")) if args.scores else {},
        "files": files,
    }
    (args.out / "card.json").write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print({n: round((args.out / n).stat().st_size / 1e6, 1) for n in files})


def _has_weight(graph: onnx.ModelProto, node: onnx.NodeProto) -> bool:
    return any(i.name in node.input for i in graph.graph.initializer)


if __name__ == "__main__":
    main()
