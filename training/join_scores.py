"""Join several trainings of what scores events into one graph that gives the mean of what they say.

    python training/join_scores.py --model src/turnstone/data/model one/events.onnx other/events.onnx ...

Each is an `events.onnx` of `train_event_scores.py` behind the same towers, with another `--seed` or other items, its
card beside it. Alone they differ by a point or two on any set; their mean is steadier than each. Weights are kept
as half floats, and once where all have the same. Writes `events.onnx` and takes the old confidence away: then fit it
with `evals/calibration.py --write`. With `--whole` all are `whole_events.onnx`, of whole articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, compose, helper, numpy_helper

from card import read_card, set_confidence, write_card
from turnstone.analysis.event_model import SHORT, WHOLE

AT_LEAST = 1024  # numbers in a weight that is worth halving


def joined(graphs: Sequence[onnx.ModelProto]) -> onnx.ModelProto:
    """One graph with the inputs and outputs of each, the outputs being means; the weights of the first keep their
    names, so that `unpack.py` finds them."""
    first = graphs[0]
    outputs = [one.name for one in first.graph.output]
    nodes: list[onnx.NodeProto] = []
    weights: dict[str, onnx.TensorProto] = {}
    names: dict[bytes, str] = {}
    for number, graph in enumerate(graphs):
        inner = number > 0
        renamed = compose.add_prefix(
            graph, f"{number}.", rename_nodes=inner, rename_edges=inner, rename_inputs=False, rename_initializers=inner
        ).graph
        same: dict[str, str] = {}
        for weight in renamed.initializer:
            content = numpy_helper.to_array(weight)
            kept = names.setdefault(str(content.shape).encode() + content.tobytes(), weight.name)
            same[weight.name] = kept
            weights.setdefault(kept, weight)
        for node in renamed.node:
            node.input[:] = [same.get(name, name) for name in node.input]
            nodes.append(node)
    nodes += [helper.make_node("Mean", [f"{k}.{name}" for k in range(len(graphs))], [name]) for name in outputs]
    casts, halves = [], []
    for name, weight in weights.items():
        content = numpy_helper.to_array(weight)
        if content.dtype == np.float32 and content.size >= AT_LEAST:
            weight = numpy_helper.from_array(content.astype(np.float16), name)
            casts.append(helper.make_node("Cast", [name], [f"{name}.whole"], to=TensorProto.FLOAT))
            for node in nodes:
                node.input[:] = [f"{name}.whole" if given == name else given for given in node.input]
        halves.append(weight)
    whole = helper.make_graph([*casts, *nodes], "events", first.graph.input, first.graph.output, halves)
    made = helper.make_model(whole, opset_imports=first.opset_import, ir_version=first.ir_version)
    onnx.checker.check_model(made)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", type=Path, nargs="+")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="for whole articles, not for short reports")
    args = parser.parse_args()
    prefix = WHOLE if args.whole else SHORT
    trained = [read_card(path.parent)["settings"][f"{prefix}event scores"] for path in args.graphs]
    onnx.save(joined([onnx.load(path) for path in args.graphs]), args.model / f"{prefix}events.onnx")
    set_confidence(args.model, prefix, 1.0, 0.0)
    card = read_card(args.model)
    card["commands"] = list(dict.fromkeys([*card["commands"], "training/join_scores.py"]))
    settings = {k: v for k, v in card["settings"].items() if not k.startswith(f"{prefix}event scores")}
    numbered = {f"{prefix}event scores {k}": one for k, one in enumerate(trained, 1)}
    write_card(args.model, card | {"settings": settings | numbered})


if __name__ == "__main__":
    main()
