"""Export both towers as one int8 ONNX graph, with the small graphs that follow it, and write the model card.

    python training/export.py --syntax syntax.pt --events events.pt --names names.pt --base FOLDER_OR_HUB_NAME \
        --out src/turnstone/data/model [--scores scores.json]
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from card import FILES, write_card
from event_scores import EventScores
from network import NameHead, SyntaxHeads, base_folder, base_weights, words_in
from pair_scores import MeanOfPairScores, PairScores
from role_scores import RoleScores
from train_events import Events
from train_syntax import Syntax
from turnstone.analysis import (
    attachments,
    context_words,
    event_words,
    named_tables,
    pair_words,
    relations,
    role_words,
    roles_together,
)
from turnstone.analysis.event_model import SHORT, WHOLE
from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, NAMES, RELATIONS, STATUSES
from turnstone.analysis.pairs import CLASSES

SYNTAX = ("start", "upos", "names", "attribution", "arcs", "links", "label_dependent", "label_head")
# small layers that decide between near alternatives, left as they are
FLOAT = ("/attribution/", "/names/", "/links/", "/upos/", "/start/", "/trigger/")
EVENTS = ("trigger", "actor", "recipient", "meaning")


class Network(nn.Module):
    """One window a call, no padding: both towers over the one embedding table."""

    def __init__(self, syntax: Syntax, events: Events, names: NameHead) -> None:
        super().__init__()
        self.names = names
        self.embedding, self.syntax, self.syntax_heads = syntax.embedding, syntax.tower, syntax.heads
        self.events, self.event_heads, self.marks = events.tower, events.heads, events.marks

    def forward(self, ids: Tensor, piece_shapes: Tensor, marks: Tensor, first: Tensor, last: Tensor, shapes: Tensor):
        embedded = self.embedding(ids)
        mask = torch.ones_like(ids)
        read = self.syntax(embedded, mask, piece_shapes, first, last, shapes)
        out = self.syntax_heads(read)
        words = self.events(embedded + self.marks(marks), mask, piece_shapes, first, last, shapes)
        out["names"] = self.names(torch.cat([read, words], -1))
        heads = self.event_heads
        return (
            *(out[name] for name in SYNTAX),
            heads.trigger(words).squeeze(-1),
            heads.actor(words),
            heads.recipient(words),
            words,
        )


class Labels(nn.Module):
    """Relation scores of pairs of words."""

    def __init__(self, heads: SyntaxHeads) -> None:
        super().__init__()
        relations, width, _ = heads.label_weight.shape
        self.shape = (relations, width)
        self.left = nn.Linear(width, relations * width, bias=False)
        self.left.weight.data = heads.label_weight.detach().permute(0, 2, 1).reshape(relations * width, width)

    def forward(self, dependent: Tensor, head: Tensor) -> Tensor:
        one = torch.ones_like(dependent[:, :1])
        left = self.left(torch.cat([dependent, one], -1)).view(-1, *self.shape)
        return (left * torch.cat([head, one], -1)[:, None, :]).sum(-1)


def export(
    module: nn.Module, example: tuple[Tensor, ...], inputs: dict[str, dict[int, str]], outputs: list[str], path: Path,
    int8: bool,
) -> None:  # fmt: skip
    """Write a module as ONNX, quantised to int8 where asked: weights of matrix products and the embedding table."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        torch.onnx.export(
            module.eval(), example, str(raw), input_names=list(inputs), output_names=outputs, dynamic_axes=inputs,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        if not int8:
            shutil.copyfile(raw, path)
            return
        graph = onnx.load(raw)
        weights = {i.name for i in graph.graph.initializer}
        kept = [
            n.name
            for n in graph.graph.node
            if n.op_type == "MatMul" and (not weights & set(n.input) or any(part in n.name for part in FLOAT))
        ]
        quantize_dynamic(raw, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=kept)


def export_scores(scores: EventScores, path: Path) -> None:
    """Write the small graph that scores events, as floats."""
    of_event = {0: "events", 1: "words"}
    inputs = {
        "meaning": {0: "words"},
        **dict.fromkeys(("trigger", "actors", "recipients"), of_event),
        "logit": {0: "events"},
    }
    one = torch.tensor([[0.0, 1, 0, 0], [1, 0, 0, 0]])
    example = (torch.randn(4, words_in()), one, one, one, torch.zeros(2))
    export(scores, example, inputs, ["types", "modes", "statuses", "contexts", "occurs"], path, False)


def export_pairs(scores: MeanOfPairScores, path: Path) -> None:
    """Write the small graph that scores marked pairs, as int8."""
    of_pair = {0: "pairs", 1: "words"}
    inputs = {"meaning": {0: "words"}, "actors": of_pair, "recipients": of_pair}
    one = torch.tensor([[0.0, 1, 0, 0], [1, 0, 0, 0]])
    export(scores, (torch.randn(4, words_in()), one, one), inputs, ["types"], path, True)


def export_roles(scores: RoleScores, path: Path) -> None:
    """Write the small graph that scores roles, as floats."""
    pairs = {0: "triggers", 1: "phrases"}
    inputs = {
        "meaning": {0: "words"}, "triggers": {0: "triggers"}, "heads": {0: "phrases"},
        "phrases": {0: "phrases", 1: "words"}, "ways": pairs, "scores": pairs,
    }  # fmt: skip
    places = torch.tensor([0, 2, 3])
    example = (torch.randn(4, words_in()), torch.tensor([1, 0]), places, torch.eye(4)[places],
               torch.zeros(2, 3, dtype=torch.long), torch.zeros(2, 3, 2))  # fmt: skip
    export(scores, example, inputs, ["roles"], path, False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--syntax", type=Path, required=True)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scores", type=Path, help="JSON of measured scores for the card")
    parser.add_argument(
        "--confidence", type=float, nargs=2, default=(1.0, 0.0), metavar=("SLOPE", "OFFSET"),
        help="of the logit of an event's probability, from evals/calibration.py",
    )  # fmt: skip
    args = parser.parse_args()

    folder = base_folder(args.base)
    base = base_weights(folder)
    saved = {name: torch.load(getattr(args, name), weights_only=False) for name in ("syntax", "events", "names")}
    syntax, events = Syntax(base), Events(base)
    syntax.load_state_dict(saved["syntax"]["state"])
    events.load_state_dict(saved["events"]["state"])
    names = NameHead(NAMES)
    names.load_state_dict(saved["names"]["state"])

    args.out.mkdir(parents=True, exist_ok=True)
    window = (
        torch.tensor([[101, 2023, 2003, 1037, 3231, 102]]), torch.tensor([[8, 1, 0, 0, 0, 8]]),
        torch.tensor([[0, 1, 0, 0, 2, 0]]),
        torch.tensor([[1, 2, 3, 4]]), torch.tensor([[1, 2, 3, 4]]), torch.tensor([[1, 0, 0, 0]]),
    )  # fmt: skip
    by_piece, by_word = {1: "pieces"}, {1: "words"}
    pieces, words = ("ids", "piece_shapes", "marks"), ("first", "last", "shapes")
    inputs = dict.fromkeys(pieces, by_piece) | dict.fromkeys(words, by_word)
    export(Network(syntax, events, names), window, inputs, [*SYNTAX, *EVENTS], args.out / "network.onnx", True)
    views = {"dependent": {0: "words"}, "head": {0: "words"}}
    export(Labels(syntax.heads), (torch.randn(4, 128),) * 2, views, ["labels"], args.out / "labels.onnx", True)
    for prefix in (SHORT, WHOLE):
        export_roles(RoleScores(), args.out / f"{prefix}roles.onnx")
        export_scores(EventScores(events.heads), args.out / f"{prefix}events.onnx")
    untrained = PairScores()
    for none in (untrained.types.weight, untrained.types.bias):  # each type a sixteenth, until `train_pairs.py` has run
        nn.init.zeros_(none)
    export_pairs(MeanOfPairScores([untrained]), args.out / "pairs.onnx")
    start, step = (scores.detach().tolist() for scores in names.transitions())
    slope, offset = args.confidence
    fitted = {f"{prefix}confidence": {"slope": slope, "offset": offset} for prefix in (SHORT, WHOLE)}
    decoding = {"names": {"start": start, "step": step}, **fitted}
    (args.out / "decoding.json").write_text(json.dumps(decoding, sort_keys=True) + "\n", encoding="utf-8")
    # `train_relations.py`, `train_attachments.py`, `train_roles.py`, `train_event_words.py`, `train_context_words.py`,
    # `train_event_places.py`, `train_likely_places.py`, `train_event_days.py`, `train_retellings.py`, `train_states.py`
    # and `train_pairs.py` fill these
    np.save(args.out / "relations.npy", np.zeros((relations.ROWS, len(RELATIONS)), np.int8))
    np.save(args.out / "attachments.npy", np.zeros(attachments.ROWS, np.int8))
    np.save(args.out / "event_places.npy", np.zeros(named_tables.PLACES, np.int8))
    np.save(args.out / "event_days.npy", np.zeros(named_tables.DAYS, np.int8))
    np.save(args.out / "likely_places.npy", np.zeros(named_tables.LIKELY_PLACES, np.int8))
    np.save(args.out / "retellings.npy", np.zeros(named_tables.RETELLINGS, np.int8))
    np.save(args.out / "states.npy", np.zeros(named_tables.STATES, np.int8))
    np.save(args.out / "context_words.npy", np.zeros((context_words.ROWS, len(CONTEXTS)), np.int8))
    np.save(args.out / "roles_together.npy", np.zeros((roles_together.ROWS, 3), np.int8))
    np.save(args.out / "pair_words.npy", np.zeros((pair_words.ROWS, len(CLASSES)), np.int8))
    classes = len(EVENT_TYPES) + 1 + len(STATUSES)
    for prefix in (SHORT, WHOLE):
        np.save(args.out / f"{prefix}role_words.npy", np.zeros((role_words.ROWS, 3), np.int8))
        np.save(args.out / f"{prefix}event_words.npy", np.zeros((event_words.ROWS, classes), np.int8))
    shutil.copyfile(folder / "vocab.txt", args.out / "vocab.txt")

    left_out = ("data", "base", "out", "names", "corpus", "device", "syntax", "events")
    card = {
        "base": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "commands": [
            "training/train_syntax.py",
            "training/train_events.py",
            "training/train_names.py",
            "training/export.py",
        ],
        "settings": {
            name: {k: v for k, v in value["settings"].items() if k not in left_out} for name, value in saved.items()
        },
        "data": "UD EWT and GUM, UNER EWT dev, PolNeAR, WNUT17, marked PLOVER pairs, our corpus and annotations; "
        "see NOTICE and training/README.md",
        "scores": json.loads(args.scores.read_text(encoding="utf-8")) if args.scores else {},
    }
    write_card(args.out, card)
    print({name: round((args.out / name).stat().st_size / 1e6, 1) for name in FILES})


if __name__ == "__main__":
    main()
