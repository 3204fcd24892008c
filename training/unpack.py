"""Take the syntax tower out of an exported model, as what `train_syntax.py` writes, within what int8 keeps of it.

    python training/unpack.py --model src/turnstone/data/model --base FOLDER_OR_HUB_NAME --out syntax.pt

So the event tower and the names can be trained anew, and the syntax tower further, without its hour of training. The
name scores of its own, which are not exported, are as before any training.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from network import base_folder, base_weights
from train_syntax import Syntax

PARTS = {"tower.": "syntax.", "heads.": "syntax_heads.", "embedding.": "embedding."}  # theirs by ours


class Graph:
    """The weights of an exported graph, by the names that they had before."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self.values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self.products = {
            n.name.removesuffix("_quant"): n.input[1] for n in graph.node if n.op_type in ("MatMul", "MatMulInteger")
        }
        self.sums = {n.name: n.input[1] for n in graph.node if n.op_type == "Add"}

    def value(self, name: str) -> np.ndarray | None:
        """A weight as float32: as it stands, or scaled back from int8."""
        name = name.removesuffix("_quantized")
        if f"{name}_quantized" not in self.values:
            return self.values.get(name)
        scale, zero = self.values[f"{name}_scale"], self.values[f"{name}_zero_point"]
        return (self.values[f"{name}_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale

    def product(self, module: str) -> np.ndarray | None:
        """The right side of the product that a module is, [inputs, outputs]."""
        name = self.products.get(f"/{module}/MatMul")
        return None if name is None else self.value(name)


def node_of(module: str) -> str:
    """`heads.links.head.0` -> `heads/links/head/head.0`, as the exporter names the steps of a sequence."""
    parts: list[str] = []
    for part in module.split("."):
        if part.isdigit():
            parts.append(f"{parts[-1]}.{part}") if parts[-1] != "layers" else parts.append(f"{parts.pop()}.{part}")
        else:
            parts.append(part)
    return "/".join(parts)


def unpack(folder: Path, model: Syntax) -> list[str]:
    """Fill the model with the weights of the folder's graphs; returns the names of what is not in them."""
    network, labels = Graph(folder / "network.onnx"), Graph(folder / "labels.onnx")
    missing = []
    with torch.no_grad():
        for name, parameter in model.state_dict().items():
            ours = next(part for part in PARTS if name.startswith(part))
            theirs = name.replace(ours, PARTS[ours], 1)
            value = network.value(theirs)
            if value is None and theirs.endswith("weight"):
                value = network.product(node_of(theirs.removesuffix(".weight")))
                if value is not None and not theirs.endswith(("arcs.weight", "links.weight")):
                    value = value.T
            if name == "tower.kind.weight":  # only its first row is ever used, added after the positions
                value = np.stack([network.values[network.sums["/syntax/Add_1"]], parameter[1].numpy()])
            if name == "heads.label_weight":
                left = labels.product("left")
                relations, _, width = parameter.shape
                value = None if left is None else left.T.reshape(relations, width, width).transpose(0, 2, 1)
            if value is None:
                missing.append(name)
            else:
                parameter.copy_(torch.from_numpy(np.array(value)))
    return missing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = Syntax(base_weights(base_folder(args.base)))
    print("as before any training:", ", ".join(unpack(args.model, model)))
    card = json.loads((args.model / "card.json").read_text(encoding="utf-8"))
    torch.save({"state": model.state_dict(), "settings": card["settings"]["syntax"], "scores": {}}, args.out)


if __name__ == "__main__":
    main()
