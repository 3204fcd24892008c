"""Take a tower out of an exported model, as what its training writes, within what int8 keeps of it.

    python training/unpack.py syntax --model src/turnstone/data/model --base FOLDER_OR_HUB_NAME --out syntax.pt
    python training/unpack.py events --model src/turnstone/data/model --base FOLDER_OR_HUB_NAME --out events.pt

So one tower and the names can be trained anew, or a tower further, without the hours of training before. The name
scores of the syntax tower's own and what finds the trigger of a marked pair in the event tower's heads, which are not
exported, are as before any training.
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
from train_events import Events
from train_syntax import Syntax

OF_PAIRS = ("heads.of_pair", "heads.query.", "heads.key.")  # not exported; only the tower's own training asks for them
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
        self.inputs = {n.name.removesuffix("_quant"): list(n.input) for n in graph.node}
        # weights that were alike when exported are there once
        self.alike = {n.output[0]: n.input[0] for n in graph.node if n.op_type == "Identity"}

    def value(self, name: str) -> np.ndarray | None:
        """A weight as float32: as it stands, or scaled back from int8."""
        name = self.alike.get(name, name).removesuffix("_quantized")
        if f"{name}_quantized" not in self.values:
            return self.values.get(name)
        scale, zero = self.values[f"{name}_scale"], self.values[f"{name}_zero_point"]
        return (self.values[f"{name}_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale

    def part(self, node: str, which: int) -> np.ndarray | None:
        """What a node takes as its input of this number."""
        inputs = self.inputs.get(node)
        return None if inputs is None else self.value(inputs[which])

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


def unpack_events(folder: Path, model: Events) -> list[str]:
    """Fill the event tower and its heads; returns the names of what is not in the folder's graphs: OF_PAIRS, if nothing
    is amiss.

    Types, modes and contexts are in `events.onnx` alone, which may have been trained anew since.
    """
    network, scores = (Graph(folder / f"{name}.onnx") for name in ("network", "events"))
    kind = network.part("/events/Add_1", 1)  # only its first row is ever used, added after the positions
    apart = {
        "tower.kind.weight": np.stack([kind, model.tower.kind.weight[1].detach().numpy()]),
        "heads.no_participant": np.stack([scores.part(f"/Where_{i}", 2) for i in (2, 3)]),
        "marks.weight": network.part("/marks/Gather", 0)[1:],
    }
    missing = []
    with torch.no_grad():
        for name, parameter in model.state_dict().items():
            part, _, rest = name.partition(".")
            value: np.ndarray | None
            if name in apart:
                value = apart[name]
            elif part == "heads" and not rest.startswith(("trigger", "actor", "recipient")):
                value = None
                for theirs in (f"first_{rest}", rest):
                    value = scores.value(theirs) if value is None else value
            else:
                theirs = {"tower": f"events.{rest}", "heads": f"event_heads.{rest}"}.get(part, name)
                value = network.value(theirs)
                if value is None and name.endswith("weight"):
                    value = network.product(node_of(theirs.removeprefix("event_heads.").removesuffix(".weight")))
                    if value is not None and not name.endswith(("actor.weight", "recipient.weight")):
                        value = value.T
            if value is None:
                missing.append(name)
            else:
                parameter.copy_(torch.from_numpy(np.array(value)).reshape(parameter.shape))
    return missing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tower", choices=["syntax", "events"])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    base = base_weights(base_folder(args.base))
    model = Syntax(base) if args.tower == "syntax" else Events(base)
    missing = unpack(args.model, model) if isinstance(model, Syntax) else unpack_events(args.model, model)
    print("as before any training:", ", ".join(missing))
    card = json.loads((args.model / "card.json").read_text(encoding="utf-8"))
    torch.save({"state": model.state_dict(), "settings": card["settings"][args.tower], "scores": {}}, args.out)


if __name__ == "__main__":
    main()
